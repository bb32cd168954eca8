"""The small questions that the review page asks while an editor types: what date is this, what figure, which names are there?

Nothing here changes anything.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from timeline.admin.review.forms import MOST_NEW, EntryForm, when_words
from timeline.admin.review.places import label
from timeline.admin.review.toll_line import TollLine
from timeline.admin.sent import number, one_line
from timeline.curation.rights import Right
from timeline.models import Actor, Article, Event, Mention, Place, Source, TollClaim
from timeline.models.text import folded
from timeline.query.reading import NO_DATE, date_in, read_typed_date, toll_in
from timeline.typed_dates import NotADate

# Events that are weighed for a search, on each side of the entry's day; a common word stands in thousands.
CONSIDERED = 80
# Characters of what is looked for: a title has no more, and SQLite takes neither 1,000 words nor one of 50,000 letters.
LONGEST = 300
SHOWN = 8  # names and events offered at once: what can be read at a glance


@require_GET
def date(request: HttpRequest, pk: int) -> HttpResponse:
    """The days that were typed (``when``) or selected in the report (``start``, ``end``), as the page shows them."""
    mention = _entry(request, pk)
    typed, problem, reading = request.GET.get("when", "")[:LONGEST], "", None
    if passage := _passage(request, mention.article):
        reading = date_in(mention.article, *passage)
        problem = "" if reading else "These words say no date that can be resolved. They stand as its evidence."
        typed = when_words(reading.earliest, reading.latest, reading.precision) if reading else typed
    else:
        try:
            reading = read_typed_date(typed, mention.article.published)
        except NotADate as error:
            problem = str(error)
    form = EntryForm(mention)
    read_for = "" if reading is None else typed
    for name, value in {**asdict(reading or NO_DATE), "read_for": read_for}.items():
        form.initial[name] = value
    context = {"form": form, "reading": reading, "problem": problem, "typed": typed, "selected": bool(passage)}
    return render(request, "admin/timeline/review/date.html", context)


@require_GET
def toll_words(request: HttpRequest, pk: int) -> HttpResponse:
    """The figure in words that were selected in the report: JSON, empty where there is none."""
    mention = _entry(request, pk)
    passage = _passage(request, mention.article)
    if passage is None:
        raise Http404("Nothing of the report is selected.")
    reading = toll_in(mention.article, *passage)
    return JsonResponse(asdict(reading) if reading else {})


@require_GET
def blank_toll(request: HttpRequest, pk: int) -> HttpResponse:
    """An empty toll line, the ``n``th new one of the page."""
    mention = _entry(request, pk)
    nth = number(request.GET.get("n", "0"))
    if nth is None or nth >= MOST_NEW:
        raise Http404(f"A page takes {MOST_NEW} new tolls. Save these first.")
    claims = list(TollClaim.objects.filter(article=mention.article_id).order_by("start"))
    line = TollLine(mention.article, claims, None, f"new-{nth}", near=mention.start)
    return render(request, "admin/timeline/review/toll.html", {"line": line, "mention": mention})


@require_GET
def events(request: HttpRequest, pk: int) -> HttpResponse:
    """Events whose words match what was typed."""
    mention = _entry(request, pk)
    asked = one_line(request.GET.get("event_words"))
    context = {"found": events_named(asked, mention), "asked": asked, "mention": mention}
    return render(request, "admin/timeline/review/events.html", context)


def events_named(asked: str, mention: Mention) -> list[Event]:
    """Drafts and published events in whose words all of ``asked`` stand.

    Those whose title has the words come first, then the nearest in time; for an entry without a day, those with the
    most reports.
    """
    words = folded(asked[:LONGEST].replace("\0", " ")).split()
    if not words:
        return []
    found = Event.objects.open_to_entries().select_related("place__governorate")
    for word in words:
        found = found.filter(search_text__contains=word)
    day = mention.earliest
    if day is None:
        rows = list(found.order_by("-earliest", "-pk")[:CONSIDERED])
    else:
        rows = list(found.filter(earliest__lte=day).order_by("-earliest", "-pk")[:CONSIDERED])
        rows += found.filter(earliest__gt=day).order_by("earliest", "pk")[:CONSIDERED]

    def nearest(event: Event) -> tuple[bool, int, int]:
        elsewhere = not all(word in folded(event.title) for word in words)
        days = abs((event.earliest - day).days) if event.earliest and day else 0
        return elsewhere, days, -event.report_count

    return sorted(rows, key=nearest)[:SHOWN]


@require_GET
def names(request: HttpRequest, kind: str) -> HttpResponse:
    """Names that begin with, or else hold, what was typed: the options of a box."""
    if not (request.user.has_perm("timeline.view_mention") or request.user.has_perm(Right.REVIEW)):
        raise PermissionDenied
    asked = one_line(request.GET.get("q"))[:LONGEST]
    options = _OPTIONS.get(kind)
    if options is None:
        raise Http404(f"There are no names of the kind “{kind}”.")
    return render(request, "admin/timeline/review/names.html", {"options": options(asked) if asked else []})


def _places(asked: str) -> list[dict[str, Any]]:
    name, _, above = asked.partition(",")
    places = Place.objects.standing().select_related("governorate")
    if above.strip():
        places = places.filter(governorate__name__istartswith=above.strip())
    begins = Q(name__istartswith=name.strip()) | Q(name_ar__startswith=name.strip())
    return [
        {"value": label(place), "key": place.pk, "slug": place.slug, "note": place.kind}
        for place in _first(places, begins, name.strip())
    ]


def _sources(asked: str) -> list[dict[str, Any]]:
    found = _first(Source.objects.standing(), Q(name__istartswith=asked), asked)
    return [{"value": s.name, "key": s.pk, "note": s.get_kind_display()} for s in found]


def _actors(asked: str) -> list[dict[str, Any]]:
    return [
        {"value": a.name, "key": a.pk, "note": ""}
        for a in _first(Actor.objects.standing(), Q(name__istartswith=asked), asked)
    ]


_OPTIONS = {"place": _places, "source": _sources, "actor": _actors}


def _first(records: QuerySet[Any], begins: Q, asked: str) -> list[Any]:
    """Those that begin with it, the shortest first, then those that hold it."""
    found = list(records.filter(begins).order_by(Length("name"), "name")[:SHOWN])
    if len(found) < SHOWN and len(asked) > 1:
        known = {record.pk for record in found}
        holding = records.filter(name__icontains=asked).exclude(pk__in=known).order_by(Length("name"), "name")
        found += holding[: SHOWN - len(found)]
    return found


def _entry(request: HttpRequest, pk: int) -> Mention:
    if not (request.user.has_perm("timeline.view_mention") or request.user.has_perm(Right.REVIEW)):
        raise PermissionDenied
    return get_object_or_404(Mention.objects.select_related("article", "place__governorate"), pk=pk)


def _passage(request: HttpRequest, article: Article) -> tuple[int, int] | None:
    """The selected passage, where one was sent that lies inside the text."""
    start, end = request.GET.get("start", ""), request.GET.get("end", "")
    if not (re.fullmatch(r"\d{1,9}", start) and re.fullmatch(r"\d{1,9}", end)):
        return None
    return (int(start), int(end)) if int(start) < int(end) <= len(article.text) else None
