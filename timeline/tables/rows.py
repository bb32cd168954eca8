"""A table of records as its rows: read with every error named by row and column, tried out first, kept whole or not at all.

django-import-export goes through the rows; each is added or changed by the functions of curation/ that editors use,
all of a file as one act that can be undone.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import tablib
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.results import Result

from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.models import Act
from timeline.tables.values import Whole

# What a page shows; a file that is wrong in one place is often wrong in the same way in all.
MOST_PROBLEMS = 100
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a file. ``row`` as a spreadsheet program counts it (the columns' names are row 1); 0 for the whole."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = [f"row {self.row}"] if self.row else []
        where += [f"column “{self.column}”"] if self.column else []
        return f"{', '.join(where)}: {self.message}".removeprefix(": ")


@dataclass(frozen=True, slots=True)
class Planned:
    """What a row does: its number, the record's words, and from what to what by column (from None: it is new)."""

    row: int
    record: str
    changes: list[tuple[str, str | None, str]]


@dataclass(slots=True)
class Outcome:
    """What came of a file, in rows; ``act`` where it was kept. With ``problems`` nothing was."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    problems: list[Problem] = field(default_factory=list)
    more_problems: int = 0
    planned: list[Planned] = field(default_factory=list)
    act: Act | None = None

    def __str__(self) -> str:
        rows = f"{self.rows:,} row" if self.rows == 1 else f"{self.rows:,} rows"
        return f"{rows}: {self.new:,} new, {self.changed:,} changed, {self.same:,} as they were."


class _NotKept(Exception):
    """Leaves the act without a trace."""


class Column(Field):
    """A column: what its cells hold, in words. ``exported`` alone: it is written and, coming back, left out of account."""

    _declared = count()

    def __init__(self, attribute: str, about: str, widget: Any, *, exported: bool = False) -> None:
        super().__init__(attribute=attribute, column_name=attribute, widget=widget, readonly=exported)
        self.about = about
        self.position = next(self._declared)


class Table(ModelResource):
    """The rows of one model. Subclasses declare columns and say how a row is added and changed."""

    user: User | None = None

    class Meta:
        import_id_fields = ("id",)
        clean_model_instances = True
        skip_diff = True  # what changes is gathered below, in words
        report_skipped = False

    id = Column("id", "the record's number; empty for a new one", Whole())

    # ---- What the tables say ----

    plural = ""
    right = Right.IMPORT

    def add(self, record: Any, row: dict[str, Any]) -> Any:
        """Store a new record with the act's signature; returns it."""
        raise NotImplementedError

    def change(self, record: Any, names: list[str]) -> None:
        """Store the attributes ``names`` of a record that is there."""
        raise NotImplementedError

    def rows(self) -> models.QuerySet[Any]:
        """What is exported, with all that its columns ask for."""
        return self._meta.model._default_manager.order_by("pk")

    # ---- Out ----

    def columns(self) -> list[Column]:
        """In the order in which the table declares them."""
        found = [column for column in self.fields.values() if isinstance(column, Column)]
        return sorted(found, key=lambda column: column.position)

    def lines(self, records: models.QuerySet[Any] | None = None) -> Iterator[list[Any]]:
        """The cells of each record, in the order of ``columns``."""
        columns = self.columns()
        found = self.rows() if records is None else self.rows().filter(pk__in=records.values("pk"))
        for record in found.iterator(chunk_size=1000):
            yield [column.widget.render(column.get_value(record)) for column in columns]

    # ---- In ----

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.outcome = Outcome()
        self.on_row: Callable[[], object] = lambda: None

    def get_import_fields(self) -> list[Column]:
        return self.columns()

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        if "id" not in dataset.headers:
            dataset.append_col([""] * len(dataset), header="id")

    def _wrong_columns(self, headers: list[str]) -> list[Problem]:
        known = [column.column_name for column in self.columns()]
        wrong = []
        for header in headers:
            if header not in known:
                near = difflib.get_close_matches(header, known, n=1)
                hint = f" Did you mean “{near[0]}”?" if near else f" There are: {', '.join(known)}."
                wrong.append(Problem(1, header, f"The table of {self.plural} has no such column.{hint}"))
        return wrong

    def get_or_init_instance(self, instance_loader: Any, row: dict[str, Any]) -> tuple[Any, bool]:
        try:
            key = self.fields["id"].clean(row)
        except ValueError as error:
            raise ValidationError({"id": str(error)}) from error
        if key is None:
            return self.init_instance(row), True
        if (first := self._seen.setdefault(key, self._row)) != self._row:
            raise ValidationError({"id": f"{key} stands in row {first} already. Each record has one row."})
        found = self.rows().filter(pk=key).first()
        if found is None:
            raise ValidationError(
                {"id": f"There is no {self._meta.model._meta.verbose_name} {key}. Leave it empty to add one."}
            )
        return found, False

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        self._row = kwargs["row_number"] + 1

    def after_init_instance(self, instance: Any, new: bool, row: dict[str, Any], **kwargs: Any) -> None:
        self._was = None if new else {c.column_name: c.widget.render(c.get_value(instance)) for c in self._given(row)}

    def _given(self, row: dict[str, Any]) -> list[Column]:
        """The columns of the file that say something new of a record."""
        return [c for c in self.columns() if c.column_name in row and not c.readonly and c.column_name != "id"]

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        self._now = {c.column_name: c.widget.render(c.get_value(instance)) for c in self._given(row)}
        return not import_validation_errors and self._was == self._now

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        names = [name for name, value in self._now.items() if self._was is None or self._was[name] != value]
        record = self.add(instance, self._now) if is_create else instance
        if not is_create:
            self.change(record, names)
        if len(self.outcome.planned) < MOST_SHOWN:
            changes = [(n, None if self._was is None else str(self._was[n]), str(self._now[n])) for n in names]
            self.outcome.planned.append(Planned(self._row, str(record), [c for c in changes if c[1] or c[2]]))

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        self.on_row()

    def import_file(
        self,
        dataset: tablib.Dataset,
        user: User | None,
        name: str,
        *,
        keep: bool,
        on_row: Callable[[], object] = lambda: None,
    ) -> Outcome:
        """Go through all rows as one act of ``user``. Nothing is kept with ``keep`` off, nor where anything is wrong."""
        self.user, self.on_row, self.outcome = user, on_row, Outcome(rows=len(dataset))
        self._seen: dict[int, int] = {}
        if wrong := self._wrong_columns(dataset.headers):
            self.outcome.problems = wrong
            return self.outcome
        try:
            with acting(user, self.right, f"imported {self.plural} from {name}"[:400]) as act:
                result = self.import_data(dataset, use_transactions=True, rollback_on_validation_errors=True)
                self._settle(result)
                if not keep or self.outcome.problems:
                    raise _NotKept
        except _NotKept:
            return self.outcome
        self.outcome.act = act if act.pk else None
        return self.outcome

    def _settle(self, result: Result) -> None:
        out = self.outcome
        out.new, out.changed = result.totals["new"], result.totals["update"]
        out.same = result.totals["skip"]
        found = [Problem(0, "", str(error.error)) for error in result.base_errors]
        for failed in result.error_rows:
            found += [Problem(failed.number + 1, "", str(error.error)) for error in failed.errors]
        for invalid in result.invalid_rows:
            told = invalid.field_specific_errors
            found += [Problem(invalid.number + 1, name, m) for name, messages in told.items() for m in messages]
            found += [Problem(invalid.number + 1, "", message) for message in invalid.non_field_specific_errors]
        found.sort(key=lambda problem: problem.row)
        out.problems, out.more_problems = found[:MOST_PROBLEMS], max(0, len(found) - MOST_PROBLEMS)
