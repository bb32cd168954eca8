"""How many people were harmed, according to one source, in one passage."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from simple_history.models import HistoricalRecords

from timeline.extraction.records import HARMS, QUALIFIERS, SCOPES
from timeline.models.act import OfAct
from timeline.models.article import Article
from timeline.models.event import Event
from timeline.models.mention import Mention, ReviewStatus
from timeline.models.source import STANDING, Source


def _choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value.replace("_", " ")) for value in values]


class TollClaimQuerySet(models.QuerySet["TollClaim"]):
    def standing(self) -> TollClaimQuerySet:
        """Claims that nobody has rejected, of entries that nobody has rejected."""
        return self.exclude(status=ReviewStatus.REJECTED).exclude(mention__status=ReviewStatus.REJECTED)

    def behind(self, *events: Event) -> TollClaimQuerySet:
        """The standing claims about these events, as the rule of the toll wants them: with source and report, not its text."""
        told = self.filter(mention__event__in=events).standing().select_related("article", "source")
        return told.defer("article__text", "article__extraction").order_by("article", "start")

    def untouched(self) -> TollClaimQuerySet:
        return self.filter(status=ReviewStatus.EXTRACTED)


class TollClaim(models.Model):
    """A toll in persons: ``low`` to ``high``, either empty where the passage sets no bound.

    A cumulative claim is about the whole conflict: it stands on its article alone and belongs to no mention.
    """

    article = models.ForeignKey(Article, verbose_name="report", on_delete=models.PROTECT, related_name="toll_claims")
    mention = models.ForeignKey(
        Mention, verbose_name="entry", null=True, blank=True, on_delete=models.CASCADE, related_name="toll_claims"
    )
    status = models.CharField(max_length=10, choices=ReviewStatus, default=ReviewStatus.EXTRACTED)

    start = models.PositiveIntegerField(help_text="Characters from the beginning of the text.")
    end = models.PositiveIntegerField(help_text="Characters from the beginning of the text, not included.")
    quote = models.TextField()

    harm = models.CharField(max_length=10, choices=_choices(HARMS))
    low = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: no lower bound given.")
    best = models.PositiveIntegerField(
        null=True, blank=True, help_text="Where the source itself gives a best estimate."
    )
    high = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: no upper bound given (“at least”).")
    qualifier = models.CharField(max_length=10, choices=_choices(QUALIFIERS), default="exact")
    victims = models.CharField(max_length=60, blank=True, help_text="Who they were: civilians, children, soldiers …")
    scope = models.CharField(max_length=10, choices=_choices(SCOPES), default="event")
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="parts")
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="toll_claims", limit_choices_to=STANDING
    )
    via = models.ForeignKey(
        Source,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="relayed_claims",
        limit_choices_to=STANDING,
    )
    basis = models.TextField(blank=True)
    discounted = models.CharField(
        max_length=200, blank=True, help_text="Why this figure does not count towards the event's toll. Readers see it."
    )

    gone_since = models.DateTimeField(
        "no longer at its address since",
        null=True,
        blank=True,
        editable=False,
        help_text="When its sentence was first seen changed or missing at the report's address.",
    )
    now_says = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="said_before",
        editable=False,
        help_text="The claim that stands at the address now, where one does.",
    )

    engine = models.JSONField(
        default=dict, editable=False, help_text="What the engine said. Empty for a claim made by hand."
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, editable=False
    )
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    history = HistoricalRecords(bases=[OfAct])

    objects = TollClaimQuerySet.as_manager()

    class Meta:
        ordering = ["article", "start"]
        # None on the scope, which nearly all claims share: SQLite would take it in place of the one on the entry.
        indexes = [
            models.Index(fields=["source", "mention"]),
            models.Index(fields=["-gone_since"], name="claim_gone", condition=Q(gone_since__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="toll_passage_in_order"),
            models.CheckConstraint(condition=Q(end=F("start") + Length("quote")), name="toll_quote_fills_passage"),
            models.CheckConstraint(
                condition=Q(low__isnull=False) | Q(high__isnull=False),
                name="toll_has_a_number",
                violation_error_message="Give a low or a high figure. A toll without a number is none: reject it instead.",
            ),
            models.CheckConstraint(
                condition=(Q(low__isnull=True) | Q(best__isnull=True) | Q(low__lte=F("best")))
                & (Q(best__isnull=True) | Q(high__isnull=True) | Q(best__lte=F("high")))
                & (Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high"))),
                name="toll_low_best_high",
                violation_error_message="The low figure must not be above the best, nor the best above the high one.",
            ),
            models.CheckConstraint(
                condition=Q(scope="event") | Q(mention__isnull=True),
                name="toll_cumulative_has_no_mention",
                violation_error_message="A toll of the whole conflict belongs to no event: take it off this entry.",
            ),
            models.CheckConstraint(condition=Q(status__in=ReviewStatus.values), name="toll_status_known"),
            models.CheckConstraint(condition=Q(harm__in=HARMS), name="toll_harm_known"),
            models.CheckConstraint(condition=Q(qualifier__in=QUALIFIERS), name="toll_qualifier_known"),
            models.CheckConstraint(condition=Q(scope__in=SCOPES), name="toll_scope_known"),
        ]

    def __str__(self) -> str:
        return f"{self.quote} ({self.harm})"

    @property
    def stands_now(self) -> TollClaim | None:
        """What its address says now in its place, after however many changes; None where it stands, or nothing does."""
        claim, seen = self, {self.pk}
        while claim.gone_since and claim.now_says and claim.now_says.pk not in seen:
            claim = claim.now_says
            seen.add(claim.pk)
        replaced = claim is not self and not claim.gone_since and claim.status != ReviewStatus.REJECTED
        return claim if replaced else None

    @property
    def touched(self) -> bool:
        return self.status != ReviewStatus.EXTRACTED
