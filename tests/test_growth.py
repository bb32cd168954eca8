"""The judge of growth tells linear work from quadratic."""

from __future__ import annotations

import pytest

from tests.growth import assert_linear


def test_linear_work_passes():
    assert_linear(lambda text: sum(map(ord, text)), "a", 50_000)


def test_quadratic_work_fails():
    with pytest.raises(AssertionError, match="nearer to the square"):
        assert_linear(lambda text: sum(1 for _ in text for _ in text), "a", 1_000)
