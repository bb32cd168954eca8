"""The review page as a browser draws it and sends it back."""

from __future__ import annotations

import re

from django.test import Client

from timeline.models import Mention

TEXT = (
    "Shelling killed 12 people in Homs on Thursday, residents said. At least 30 were wounded. "
    "On Friday protesters gathered in Hama."
)
PAGE = "/admin/timeline/mention/review/"


def address(entry: Mention, ending: str = "") -> str:
    return f"{PAGE}{entry.pk}/{ending}"


def boxes(page: str) -> dict[str, str]:
    """What a browser would send of the page's form: hidden boxes, boxes, lists and ticks as they are drawn."""
    form = page[page.index('id="review"') : page.index("</form>", page.index('id="review"'))]
    sent = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r' name="([^"]*)"', tag), re.search(r' value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or "checked" in tag):
            sent[name[1]] = unescaped(value[1]) if value else ("on" if "checkbox" in tag else "")
    for name, inside in re.findall(r'<textarea [^>]*?name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        sent[name] = unescaped(inside)
    for name, inside in re.findall(r'<select [^>]*?name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        sent[name] = chosen[1] if chosen else ""
    return sent


def unescaped(text: str) -> str:
    for code, sign in (("&quot;", '"'), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(code, sign)
    return text


def drawn(desk: Client, entry: Mention) -> dict[str, str]:
    return boxes(desk.get(address(entry)).content.decode())


def press(desk: Client, entry: Mention, do: str, htmx: bool = False, query: str = "", **typed: str):
    """Press a button of the page as it is drawn now, with ``typed`` in its boxes (``__`` stands for a dash)."""
    sent = drawn(desk, entry) | {name.replace("__", "-"): value for name, value in typed.items()} | {"do": do}
    headers = {"HX-Request": "true"} if htmx else {}
    return desk.post(address(entry, "decide/") + query, sent, headers=headers)


def line(entry: Mention) -> str:
    return f"toll__{entry.toll_claims.get(quote='12 people').pk}"


def text(response) -> str:
    return " ".join(response.content.decode().split())
