"""A report written for the tests of copies, and what other outlets make of it."""

from __future__ import annotations

import datetime as dt

from timeline.extraction import extract
from timeline.ingest.readers import RawReport
from timeline.ingest.store import store_report
from timeline.models import Article

DAY = dt.date(2016, 3, 8)

OPENING = (
    "A convoy of 14 lorries with flour and blankets reached the northern suburb on Tuesday after waiting for nine hours "
    "at the last barrier, the drivers said."
)
MIDDLE = (
    "The lorries had left the depot before dawn, and two of them turned back with broken axles, said the man who keeps "
    "the list of loads. Bakers in the suburb had been mixing barley into the dough since the middle of February, and "
    "some ovens had gone cold for want of fuel."
)
END = (
    "Women queued along the wall of the school, where clerks checked the names of 320 families against a list drawn up in "
    "the autumn. The next convoy is planned for the end of the month, if the road over the hills stays open and the "
    "snow melts early."
)
WIRE = f"{OPENING}\n\n{MIDDLE}\n\n{END}"

OTHER = (
    "The river rose by two metres over the weekend and carried away the wooden bridge at the mill, the water board said. "
    "Engineers hung a cable across so that letters and medicine could be passed from one bank to the other.\n\n"
    "Farmers moved their sheep to the terraces above the village. The board expects the water to fall again by Friday, "
    "when a boat with a flat bottom is to begin crossing at the ford below the mill."
)


def taken_in(text: str, published: dt.date | None = DAY, outlet: str = "", title: str = "A convoy arrives") -> Article:
    raw = RawReport(
        text=text, title=title, outlet=outlet, published=published, url="", language="en", reference="", origin="a test"
    )
    return store_report(raw, extract(raw.text, raw.published))[0]
