"""Who published a report, and in which language it is. Its day is left to dating.py; its text never changes."""

from __future__ import annotations

from django.contrib.auth.models import User

from timeline.curation import meanwhile
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.curation.signing import save_signed
from timeline.models import Article, Source


def set_outlet(article: Article, outlet: Source | None, user: User | None, reason: str = "") -> None:
    """The report was published by ``outlet``; None where that is not known. Raises ValidationError for a merged name."""
    _set(article, "outlet", outlet, user, f"set the outlet of “{article}” to “{outlet or 'none'}”", reason)


def set_language(article: Article, language: str, user: User | None, reason: str = "") -> None:
    """The report is written in ``language``, a code such as en, ar, fr. What was read in it stays until a re-run."""
    _set(article, "language", language, user, f"set the language of “{article}” to {language}", reason)


def _set(article: Article, field: str, value: object, user: User | None, words: str, reason: str) -> None:
    with acting(user, Right.REVIEW, words, reason):
        meanwhile.hold(article)
        if getattr(article, field) == value:
            return
        setattr(article, field, value)
        article.clean_fields(exclude={one.name for one in Article._meta.fields} - {field})
        save_signed(article, user, reason, [field])
