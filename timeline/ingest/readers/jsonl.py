"""JSONL: a report a line, each an object with a 'text'."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any

from timeline.ingest.reports import MAX_TEXT_BYTES, Failure, RawReport, build

FIELDS = ("text", "title", "outlet", "published", "url", "language", "reference")
# A line holds one report and its fields; JSON may write each character of it as six ("\u0642").
MAX_LINE_BYTES = 6 * MAX_TEXT_BYTES
KEYS_NAMED = 200  # characters of the keys found that a message repeats
_KINDS = {dict: "an object", list: "a list", str: "a string", bool: "true or false", int: "a number", float: "a number"}
_ONE_OBJECT = "Write one JSON object on the line."


def read_jsonl(lines: Iterable[bytes], name: str, today: dt.date) -> Iterator[RawReport | Failure]:
    """A report or a failure for each line that is not empty. A bad line keeps no other line back."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _report(line, f"{name} line {number}", today)


def _report(line: bytes, origin: str, today: dt.date) -> RawReport | Failure:
    if len(line) > MAX_LINE_BYTES:
        return Failure(origin, f"the line is over {MAX_LINE_BYTES // 1_000_000} MB", "Give one report a line.")
    try:
        found: Any = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Failure(
            origin,
            f"byte {error.start} of the line is not UTF-8, as JSON asks",
            "Convert the file, for example: iconv -f WINDOWS-1256 -t UTF-8 FILE > NEW.",
        )
    except json.JSONDecodeError as error:
        return Failure(origin, f"not JSON ({error.msg}, at character {error.pos + 1})", _ONE_OBJECT)
    except ValueError:  # Python turns no number of more than 4,300 digits into an int
        return Failure(
            origin, "it holds a number of thousands of digits", "Leave it out, or put it in quotation marks."
        )
    except RecursionError:
        return Failure(origin, "the JSON is nested too deeply", "Write one flat JSON object on the line.")
    if not isinstance(found, dict):
        return Failure(origin, f"{_KINDS.get(type(found), 'null')}, not a JSON object", _ONE_OBJECT)
    if found.get("text") is None:
        keys = ", ".join(key for key in found if found[key] is not None) or "none"
        return Failure(
            origin, f"no 'text' (keys found: {keys[:KEYS_NAMED]})", "Add a 'text' key holding the report's words."
        )
    if found.get("published") in (None, ""):
        found["published"] = found.get("date")
    values: dict[str, str] = {}
    for field in FIELDS:
        value = found.get(field)
        if value is None:
            continue
        if not isinstance(value, str):
            return Failure(origin, f"'{field}' is {_KINDS[type(value)]}, not a string", "Put it in quotation marks.")
        values[field] = value
    return build(values, origin, today)
