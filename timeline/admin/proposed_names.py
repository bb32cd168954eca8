"""'Proposed names': what the lexicon did not know, name by name or many at once: a source, another name of one, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString

from timeline.admin.acts import say_done
from timeline.admin.evidence import sentence_html
from timeline.admin.person import editor
from timeline.admin.sent import number, one_line
from timeline.curation import names
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.models import Source
from timeline.query.proposed import examples, proposed_sources
from timeline.query.similar_names import Similar, similar_names

PAGE = 25  # names; with two sentences each about six screens at 1440 pixels
MOST_KNOWN = 2_000  # known names that the box completes; beyond that they are typed in full


@dataclass(frozen=True, slots=True)
class Row:
    """A proposed name as the page shows it."""

    source: Source
    claims: int
    sentences: list[SafeString]
    similar: list[Similar]


def proposed_names(request: HttpRequest, desk: admin.ModelAdmin[Source]) -> HttpResponse:
    """The page; sent back, it decides and comes again with the names that are left."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        _decide(request)
        return redirect(request.get_full_path())
    page = Paginator(proposed_sources(), PAGE).get_page(request.GET.get("page"))
    sources = list(page.object_list)
    said, similar = examples(sources), similar_names(sources)
    user = editor(request)
    known = Source.objects.standing().filter(status=Source.Status.KNOWN)
    context = {
        **desk.admin_site.each_context(request),
        "title": "Proposed names",
        "opts": Source._meta,
        "page": page,
        "rows": [
            Row(
                source,
                source.claim_count,
                [sentence_html(c.article.text, c.start, c.end) for c in said.get(source.pk, ())],
                similar[source.pk],
            )
            for source in sources
        ],
        "may_keep": user.has_perm(Right.KEEP_NAMES),
        "may_merge": user.has_perm(Right.PUBLISH),
        "known": known.order_by("name").values_list("name", flat=True)[:MOST_KNOWN],
    }
    return TemplateResponse(request, "admin/timeline/proposed_names.html", context)


def _decide(request: HttpRequest) -> None:
    """What the button that was pressed asks for: of one name (``confirm:12``, ``alias:12:7``), or of those ticked."""
    wish, _, rest = request.POST.get("do", "").partition(":")
    key, _, known_key = rest.partition(":")
    keys = [key] if key else request.POST.getlist("name")
    sources = list(Source.objects.filter(pk__in=[key for key in map(number, keys) if key is not None]))
    reason = one_line(request.POST.get("reason"))
    user = editor(request)
    try:
        if not sources:
            raise names.CannotKeep("No name was ticked. Tick those that you mean, or use the buttons beside one name.")
        match wish:
            case "confirm":
                with acting(user, Right.KEEP_NAMES, f"confirmed as sources: {_listed(sources)}", reason) as act:
                    names.confirm(sources, user, reason)
            case "reject":
                with acting(user, Right.KEEP_NAMES, f"rejected as no sources: {_listed(sources)}", reason) as act:
                    names.reject(sources, user, reason)
            case "alias":
                known = _known(known_key, request.POST.get("known", ""))
                with acting(user, Right.PUBLISH, f"merged into “{known}”: {_listed(sources)}", reason) as act:
                    names.merge_sources(known, sources, user, reason)
            case _:
                raise names.CannotKeep("Use one of the buttons: confirm, another name of, reject.")
    except names.CannotKeep as error:
        messages.error(request, f"{error} Nothing was changed.")
    else:
        say_done(request, act, f"{act.words[:1].upper()}{act.words[1:]}.")


def _known(key: str, typed: str) -> Source:
    """The known source that was chosen by its key or typed by its name. Raises CannotKeep where there is none."""
    known = Source.objects.standing().filter(status=Source.Status.KNOWN)
    typed = one_line(typed)
    if key:
        chosen = number(key)
        found = known.filter(pk=chosen).first() if chosen is not None else None
    elif not typed:
        raise names.CannotKeep("Type or choose the known source that these are other names of.")
    else:
        found = known.filter(name=typed).first() or known.filter(name__iexact=typed).first()
    if found is None:
        raise names.CannotKeep(
            f"There is no known source “{typed or key}”. Confirm it first, or choose one of the list."
        )
    return found


def _listed(sources: Sequence[Source]) -> str:
    return ", ".join(f"“{source}”" for source in sources[:5]) + (
        f" and {len(sources) - 5} more" if len(sources) > 5 else ""
    )
