"""The editorial desk: Django's admin over the functions of curation/."""

from django.conf import settings
from django.contrib import admin

from timeline.admin import acts, articles, events, feeds, mentions, names, people  # noqa: F401
from timeline.admin.tables import offer_exports

admin.site.site_header = f"{settings.SITE_NAME}: editors’ desk"
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = "Reports, entries and events"

offer_exports()
