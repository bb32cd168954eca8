"""The editorial desk: Django's admin over the functions of curation/."""

from timeline.admin import articles, events, mentions, names  # noqa: F401
