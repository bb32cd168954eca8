"""Every address of the site."""

from django.contrib import admin
from django.urls import path

from timeline.admin import tables
from timeline.views.event import event
from timeline.views.pages import favicon, method
from timeline.views.report import report
from timeline.views.timeline import timeline

urlpatterns = [
    # The reading side
    path("", timeline, name="timeline"),
    path("events/<str:slug>/", event, name="event"),
    path("reports/<int:pk>/", report, name="report"),
    path("method/", method, name="method"),
    # Browsers ask for it by themselves, on pages of the admin too.
    path("favicon.ico", favicon),
    # The editorial desk
    path("admin/tables/", admin.site.admin_view(tables.tables), name="tables"),
    path("admin/tables/<str:name>/import/", admin.site.admin_view(tables.import_), name="table_import"),
    path("admin/tables/<str:name>.<str:form>", admin.site.admin_view(tables.export), name="table_export"),
    path("admin/", admin.site.urls),
]
