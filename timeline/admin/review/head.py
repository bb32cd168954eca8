"""The head of the review page: how much waits, the filters and the order, and who there is to give an entry to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from timeline.admin.person import editor
from timeline.curation.rights import Right, who_may
from timeline.models import Mention
from timeline.query import review_queue
from timeline.query.review_queue import COUNTED, ORDERS, WHATS, QueueQuery


def head(request: HttpRequest, query: QueueQuery, mention: Mention | None) -> dict[str, Any]:
    """What the head shows, with the entry that the page is about."""
    user = editor(request)
    waiting = review_queue.waiting(query, user)
    return {
        "mention": mention,
        "query": query,
        "filters": query.address(),
        "waiting": review_queue.in_words(waiting),
        "one_waits": waiting == 1,
        "many_wait": waiting > COUNTED,
        "whats": WHATS,
        "orders": ORDERS,
        "choices": review_queue.choices(query, user),
        "colleagues": who_may(Right.REVIEW),
    }
