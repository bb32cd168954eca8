"""Tables in and out on the desk: a page that lists them, one that tries a file out and then keeps it, the lists' actions."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from timeline.admin.acts import say_done
from timeline.admin.person import editor
from timeline.curation.rights import require
from timeline.models import Draft
from timeline.tables import TABLES, Table
from timeline.tables.files import FORMATS, BadTable, read_table, write_table
from timeline.tables.rows import Outcome

# What a page waits for: a claim's row takes about 15 ms and keeps other writers out of an SQLite file meanwhile.
MOST_ROWS = 1000
# In bytes; what waits for its second step is kept in the database.
LARGEST_UPLOAD = 5_000_000


@dataclass(frozen=True, slots=True)
class Listed:
    """A table as the page lists it."""

    name: str
    title: str
    count: int
    may_import: bool


def _table(name: str) -> Table:
    if name not in TABLES:
        raise Http404(f"There is no table “{name}”.")
    return TABLES[name]()


def _may_see(request: HttpRequest, table: Table) -> bool:
    return bool(request.user.has_perm(f"timeline.view_{table._meta.model._meta.model_name}"))


@require_GET
def tables(request: HttpRequest) -> HttpResponse:
    """Every table that the person may see, with its number of rows."""
    listed = []
    for name in TABLES:
        table = _table(name)
        if _may_see(request, table):
            count = table._meta.model._default_manager.count()
            listed.append(Listed(name, table.plural.capitalize(), count, request.user.has_perm(table.right)))
    if not listed:
        raise PermissionDenied
    return TemplateResponse(request, "admin/timeline/tables.html", _context(request, "Tables", tables=listed))


def _context(request: HttpRequest, title: str, **values: Any) -> dict[str, Any]:
    return {**admin.site.each_context(request), "title": title, **values}


# ---- Out ----


@require_GET
def export(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """The whole table as a file; ``?empty`` gives its columns alone."""
    table = _table(name)
    if form not in FORMATS:
        raise Http404
    if not _may_see(request, table):
        raise PermissionDenied
    return _file(
        request, table, name, form, table._meta.model._default_manager.none() if "empty" in request.GET else None
    )


def _file(request: HttpRequest, table: Table, name: str, form: str, records: QuerySet[Any] | None) -> HttpResponse:
    headers = [column.column_name for column in table.columns()]
    try:
        data = write_table(form, headers, table.lines(records))
    except BadTable as error:
        messages.error(request, str(error))
        return redirect("tables")
    answer = HttpResponse(data, content_type=FORMATS[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate()}.{form}"'
    return answer


def _export_action(name: str, form: str) -> Any:
    @admin.action(description=f"Export as {form.upper()}", permissions=["view"])
    def action(_: Any, request: HttpRequest, records: QuerySet[Any]) -> HttpResponse:
        return _file(request, _table(name), name, form, records)

    action.__name__ = f"export_{form}"
    return action


def offer_exports() -> None:
    """Give the list of each table's records an action for each form."""
    for name, table in TABLES.items():
        if not admin.site.is_registered(table._meta.model):
            continue
        desk = admin.site.get_model_admin(table._meta.model)
        desk.actions = [*(desk.actions or []), *(_export_action(name, form) for form in FORMATS)]


# ---- In ----


@require_http_methods(["GET", "POST"])
def import_(request: HttpRequest, name: str) -> HttpResponse:
    """A file is chosen, tried out, and on a second step kept: whole, or not at all."""
    table = _table(name)
    require(editor(request), table.right)
    if request.method == "POST" and "keep" in request.POST:
        return _keep(request, table, name)
    context = _context(request, f"Import {table.plural}", name=name, table=table, most=MOST_ROWS)
    if request.method == "POST":
        context |= _try_out(request, table, name)
    return TemplateResponse(request, "admin/timeline/table_import.html", context)


def _try_out(request: HttpRequest, table: Table, name: str) -> dict[str, Any]:
    upload = request.FILES.get("file")
    if upload is None:
        return {"refused": "Choose a file first."}
    if (upload.size or 0) > LARGEST_UPLOAD:
        return {"refused": _too_much(name, upload.name or name, f"{LARGEST_UPLOAD // 1_000_000} MB")}
    data = upload.read()
    file = str(upload.name or name)
    try:
        outcome = _run(table, request, file, data, keep=False)
    except BadTable as error:
        return {"refused": str(error)}
    if outcome.problems or not (outcome.new or outcome.changed):
        return {"outcome": outcome, "file": file}
    fields = {"file": file, "data": base64.b64encode(data).decode()}
    Draft.objects.update_or_create(user=editor(request), key=_key(name), defaults={"fields": fields})
    return {"outcome": outcome, "file": file, "digest": hashlib.sha256(data).hexdigest()}


def _key(name: str) -> str:
    return f"import:{name}"


def _too_much(name: str, file: str, most: str) -> str:
    command = f"manage.py import_table {name} FILE --dry-run"
    return f"{file} has more than the {most} that a page can wait for. Split it, or let an operator run: {command}"


def _run(table: Table, request: HttpRequest, file: str, data: bytes, *, keep: bool) -> Outcome:
    dataset = read_table(file, data)
    if len(dataset) > MOST_ROWS:
        name = next(name for name, known in TABLES.items() if isinstance(table, known))
        raise BadTable(_too_much(name, file, f"{MOST_ROWS:,} rows ({len(dataset):,} are there)"))
    return table.import_file(dataset, editor(request), file, keep=keep)


@transaction.atomic
def _keep(request: HttpRequest, table: Table, name: str) -> HttpResponse:
    """Do what was tried out, with the very file that was; what has changed since may still refuse it."""
    # Two clicks at once: the second waits here, and then finds nothing.
    waiting = Draft.objects.select_for_update().filter(user=editor(request), key=_key(name)).first()
    data = base64.b64decode(waiting.fields["data"]) if waiting else b""
    if waiting is None or hashlib.sha256(data).hexdigest() != request.POST.get("digest"):
        messages.error(request, "That file has been imported already, or another was tried since. Choose it again.")
        return redirect("table_import", name)
    file = waiting.fields["file"]
    outcome = _run(table, request, file, data, keep=True)
    if outcome.problems:
        context = _context(request, f"Import {table.plural}", name=name, table=table, most=MOST_ROWS)
        return TemplateResponse(
            request, "admin/timeline/table_import.html", context | {"outcome": outcome, "file": file}
        )
    waiting.delete()
    said = f"Imported {file}: {outcome}"
    if outcome.act:
        say_done(request, outcome.act, said)
    else:
        messages.success(request, said)
    return redirect(reverse(f"admin:timeline_{table._meta.model._meta.model_name}_changelist"))
