"""Reads gold: TimeML files, and JSON lines in each of the layouts that people mark reports in.

The layout of a line is told by its keys (LAYOUTS). A line that cannot be read is named with its file, its number, what
was found and the mend; the others go on.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from timeline.evaluation.records import (
    Coded,
    GoldAttribution,
    GoldDate,
    GoldMention,
    GoldReport,
    GoldToll,
    MainEvent,
    Reading,
)
from timeline.evaluation.timeml import BadTimeML, read_timeml
from timeline.extraction.records import HARMS

SUFFIXES = (".tml", ".jsonl", ".expected.json")

LAYOUTS = (
    "'text' with 'deaths', 'injured', 'event_date' (coded reports); "
    "'text' with 'event_date', 'governorate', 'date_fits' (main events); "
    "'text' with any of 'dates', 'tolls', 'attributions', 'mentions' (readings)"
)
_ENTRIES = ("dates", "tolls", "attributions", "mentions")
# What cannot be said more often than this is said once, with the number of lines.
_TOLD_LINES = 20

Line = Mapping[str, Any]
_T = TypeVar("_T")


class BadGold(ValueError):
    """What cannot be read, with file, line, what was found and the mend."""


def read_gold(path: Path) -> Iterator[GoldReport | BadGold]:
    """The reports of a file, or of the gold files in a folder and the folders in it, by name; what fails as BadGold."""
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.name.endswith(SUFFIXES) and file.is_file())
        if not files:
            yield BadGold(f"{path}: no gold in this folder. Gold is {', '.join('*' + suffix for suffix in SUFFIXES)}.")
        for file in files:
            yield from read_gold(file)
        return
    try:
        raw = path.read_bytes()
    except OSError as reason:
        yield BadGold(f"{path} cannot be read: {reason.strerror or reason}.")
        return
    if path.name.endswith(".tml"):
        try:
            yield read_timeml(raw, path.name)
        except BadTimeML as reason:
            yield BadGold(f"{path}: {reason}. Give a TimeML document. Left out.")
    elif path.name.endswith(".json"):
        yield _whole_file(path, raw)
    elif path.name.endswith(".jsonl"):
        yield from _lines(path, raw)
    else:
        yield BadGold(f"{path} is no gold: its name ends in none of {', '.join(SUFFIXES)}. Rename it, or give another.")


def _lines(path: Path, raw: bytes) -> Iterator[GoldReport | BadGold]:
    """A file whose first line is in no known layout is refused at once, not line by line."""
    reports: list[GoldReport] = []
    names: list[str | None] = []
    told = failed = 0
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if not line.strip():
            continue
        where = f"{path.name} line {number}"
        try:
            values = _object(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
            reports.append(_report(values, where))
            names.append(None if values.get("id") is None else str(values["id"]))
        except ValueError as reason:
            if isinstance(reason, UnknownLayout) and not reports and not failed:
                yield BadGold(f"{path} line {number}: {reason} Nothing of this file was measured.")
                return
            failed += 1
            if told < _TOLD_LINES:
                told += 1
                yield BadGold(f"{path} line {number}: {reason} Left out.")
    if failed > told:
        yield BadGold(f"{path}: {failed - told} more lines like these were left out.")
    if not reports and not failed:
        yield BadGold(f"{path} is empty. Give one report a line, as JSON.")
    yield from _one_text_a_name(reports, names)


def _one_text_a_name(reports: list[GoldReport], names: list[str | None]) -> Iterator[GoldReport]:
    """Lines of one id are about one report, which may have several events; the last of them holds its text."""
    texts = {name: report.text for name, report in zip(names, reports, strict=True) if name is not None}
    for name, report in zip(names, reports, strict=True):
        yield report if name is None else replace(report, text=texts[name])


class UnknownLayout(BadGold):
    """The keys of a line are those of no layout."""


def _object(raw: bytes) -> Line:
    try:
        values = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as reason:
        raise ValueError(f"not UTF-8 (byte {reason.start + 1}). Convert the file to UTF-8.") from None
    except json.JSONDecodeError as reason:
        raise ValueError(f"not JSON ({reason.msg}, column {reason.colno}). Give one JSON object a line.") from None
    except RecursionError:
        raise ValueError("JSON nested too deeply. Give one report a line.") from None
    if not isinstance(values, dict):
        raise ValueError(f"a JSON object is wanted, not {type(values).__name__}. Give one report a line.")
    return values


def _report(values: Line, where: str) -> GoldReport:
    """One line as a report, by the layout that its keys tell. Raises ValueError with what was found and the mend."""
    layout = _layout(values)
    return GoldReport(where, _text(values), _day_or_none(values, "published"), layout(values))


def _layout(values: Line) -> Callable[[Line], Reading | Coded | MainEvent]:
    if "text" in values and "deaths" in values:
        return _coded
    if "text" in values and "date_fits" in values:
        return _main_event
    if "text" in values and any(name in values for name in _ENTRIES):
        return _reading
    keys = ", ".join(map(str, values)) or "none"
    raise UnknownLayout(f"this is gold in no known layout (keys found: {keys}). Known are {LAYOUTS}.")


def _whole_file(path: Path, raw: bytes) -> GoldReport | BadGold:
    """NAME.expected.json: one reading, its text in NAME.txt beside it unless it holds it."""
    try:
        values = dict(_object(raw))
        if "text" not in values:
            beside = path.with_name(path.name.removesuffix(".expected.json") + ".txt")
            try:
                values["text"] = beside.read_text(encoding="utf-8")
            except OSError:
                raise ValueError(f"no 'text', and there is no {beside.name} beside it. Put the report there.") from None
        return _report(values, path.name)
    except ValueError as reason:
        return BadGold(f"{path}: {reason} Left out.")


# ---- The layouts ----


def _coded(values: Line) -> Coded:
    return Coded(_number(values, "deaths"), _number(values, "injured"), _day_or_none(values, "event_date"))


def _main_event(values: Line) -> MainEvent:
    """The text of these reports begins with their title, as the paper printed it."""
    day = _day_or_none(values, "event_date")
    governorate = values.get("governorate")
    if day is None or not isinstance(governorate, str):
        raise ValueError("'event_date' and 'governorate' are wanted as a day and a name. Note both, or drop the line.")
    return MainEvent(day, governorate, bool(values["date_fits"]))


def _reading(values: Line) -> Reading:
    """A reading by the extraction contract; of its keys only those that people read need be there.

    In place of ``start`` and ``end`` an entry may give the words, as ``quote``, and which ``occurrence`` of them.
    ``events`` is another name for ``mentions``; these need no passage.
    """
    text = _text(values)
    dates = _each(values, "dates", lambda date: _date(date, text))
    tolls = _each(values, "tolls", _toll)
    attributions = _each(values, "attributions", lambda said: GoldAttribution(*_passage(said, text), _speaker(said)))
    mentions = _each(values, "mentions" if "mentions" in values else "events", lambda event: _mention(event, text))
    return Reading(
        dates=dates,
        tolls=None if tolls is None else tuple(toll for toll in tolls if toll is not None),
        attributions=attributions,
        mentions=mentions,
    )


def _each(values: Line, key: str, read: Callable[[Line], _T]) -> tuple[_T, ...] | None:
    """The entries under a key, None where the key is not there. An error names the entry."""
    if key not in values:
        return None
    entries = values[key]
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ValueError(f"'{key}' is no list of objects. Give a list, empty where nothing is to be found.")
    found = []
    for number, entry in enumerate(entries):
        try:
            found.append(read(entry))
        except ValueError as reason:
            raise ValueError(f"'{key}' {number}: {reason}") from None
    return tuple(found)


def _date(date: Line, text: str) -> GoldDate:
    first, last = _day_or_none(date, "earliest"), _day_or_none(date, "latest")
    days = (first.isoformat(), last.isoformat()) if first and last else None
    said = date.get("value") or (" to ".join(dict.fromkeys(days)) if days else "unresolved")
    return GoldDate(*_passage(date, text), days, str(said))


def _toll(toll: Line) -> GoldToll | None:
    """None for a part of another claim and for a vague one: measured neither way (readings.counted)."""
    if toll.get("part_of") is not None or toll.get("qualifier") == "vague":
        return None
    if toll.get("harm") not in HARMS:
        raise ValueError(f"'harm' is {toll.get('harm')!r}. Use one of {', '.join(HARMS)}.")
    return GoldToll(toll["harm"], _number(toll, "low"), _number(toll, "high"), toll.get("source"))


def _speaker(said: Line) -> str:
    speaker = said.get("speaker")
    if not isinstance(speaker, str):
        raise ValueError(f"'speaker' is {speaker!r}. Name who says it.")
    return speaker


def _mention(event: Line, text: str) -> GoldMention:
    passage = _passage(event, text) if "start" in event or "quote" in event else None
    if not isinstance(event.get("kind"), str):
        raise ValueError(f"'kind' is {event.get('kind')!r}. Name the kind of event.")
    first, last = _day_or_none(event, "earliest"), _day_or_none(event, "latest")
    days = (first.isoformat() if first else None, last.isoformat() if last else None)
    return GoldMention(passage, event["kind"], days, event.get("place"))


# ---- Their values ----


def _text(values: Line) -> str:
    text, title = values["text"], values.get("title")
    if not isinstance(text, str):
        raise ValueError(f"'text' is {type(text).__name__}. Give the words of the report.")
    return f"{title}\n\n{text}" if "date_fits" in values and isinstance(title, str) else text


def _passage(entry: Line, text: str) -> tuple[int, int]:
    quote = entry.get("quote")
    if isinstance(quote, str) and quote:
        start = -1
        for _ in range(_number(entry, "occurrence") or 1):
            start = text.find(quote, start + 1)
            if start < 0:
                raise ValueError(f"“{quote}” does not stand there. Copy it from the text, letter by letter.")
        return start, start + len(quote)
    first, last = entry.get("start"), entry.get("end")
    if not isinstance(first, int) or not isinstance(last, int) or not 0 <= first < last <= len(text):
        raise ValueError(
            f"'start' {first!r} and 'end' {last!r} are no passage of a text of {len(text)} characters. Count both from 0."
        )
    return first, last


def _number(values: Line, key: str) -> int | None:
    number = values.get(key)
    if number is not None and (not isinstance(number, int) or isinstance(number, bool) or number < 0):
        raise ValueError(f"'{key}' is {number!r}. Give a number of persons, or null.")
    return number


def _day_or_none(values: Line, key: str) -> dt.date | None:
    day = values.get(key)
    if day is None:
        return None
    try:
        return dt.date.fromisoformat(day)
    except (TypeError, ValueError):
        raise ValueError(f"'{key}' is {day!r}. Give a day as YYYY-MM-DD, or null.") from None
