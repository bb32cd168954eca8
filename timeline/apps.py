"""The app's registration with Django: its checks, and the guards it keeps in the database."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _install_guards(*, using: str, **_: Any) -> None:
    from timeline.models.guards import install

    install(using)


class TimelineConfig(AppConfig):
    name = "timeline"
    verbose_name = "Conflict Timeline"

    def ready(self) -> None:
        post_migrate.connect(_install_guards, sender=self, dispatch_uid="timeline.guards")
