"""Every table in and out as CSV and XLSX: one class a table, all rows through the functions that editors use."""

from __future__ import annotations

from timeline.tables.entries import Claims, Entries
from timeline.tables.happenings import Events
from timeline.tables.names import Actors, Feeds, Places, Sources
from timeline.tables.reports import Reports
from timeline.tables.rows import Table

TABLES: dict[str, type[Table]] = {
    "reports": Reports,
    "entries": Entries,
    "claims": Claims,
    "events": Events,
    "sources": Sources,
    "actors": Actors,
    "places": Places,
    "feeds": Feeds,
}
