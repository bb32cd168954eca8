"""Keys pressed on the review page, without a browser: the form as it was drawn is sent as htmx sends it, over its address."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from lxml import html

Fields = dict[str, str]
HTMX = {"HX-Request": "true", "HX-Target": "desk"}


class WrongAnswer(RuntimeError):
    """The page did not answer a key as it should; says how."""


@dataclass(frozen=True, slots=True)
class Form:
    """The form of the entry in hand: where it goes, what stands in it, and what its buttons say."""

    address: str
    fields: Fields
    buttons: tuple[str, ...]


class Desk:
    """The page of one editor."""

    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user)
        self.form = _form(self.client.get(reverse("admin:timeline_review"), follow=True).content)
        self.worked: list[float] = []  # milliseconds that this process worked itself, a key

    def press(self, do: str, change: Callable[[Fields], None] = lambda fields: None) -> float:
        """Milliseconds from the key to the last byte of the next entry. ``change`` types into the form before it."""
        fields = dict(self.form.fields)
        change(fields)
        begin, work = time.perf_counter(), time.process_time()
        answer = self.client.post(self.form.address, {**fields, "do": do}, headers=HTMX)
        body = answer.content
        taken = (time.perf_counter() - begin) * 1000
        self.worked.append((time.process_time() - work) * 1000)
        following = _form(body)
        if answer.status_code != 200 or (following.address == self.form.address and do != "save"):
            said = html.fromstring(body.decode()).xpath("//*[@role='alert' or contains(@class, 'error')]//text()")
            raise WrongAnswer(
                f"“{do}” led to no other entry ({answer.status_code}): {' '.join(said) or 'nothing said'}"
            )
        self.form = following
        return taken


def _form(body: bytes) -> Form:
    document = html.fromstring(body.decode())
    found = document.xpath("//form[@id='review']")
    if not found:
        raise WrongAnswer("The page shows no entry. Is there one to review?")
    buttons = document.xpath("//button[@name='do' and not(@disabled)]/@value")
    return Form(found[0].get("action"), dict(found[0].form_values()), tuple(map(str, buttons)))
