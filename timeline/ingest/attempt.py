"""One report read, or the reason why not. Imports nothing of Django, so that a fresh process can run it."""

from __future__ import annotations

import datetime as dt

from timeline.extraction import extract
from timeline.extraction.records import Extraction


def attempt(text: str, published: dt.date | None) -> Extraction | Exception:
    """What is read in the text, or the error: one report must not end a run of thousands."""
    try:
        return extract(text, published)
    except Exception as error:
        return error
