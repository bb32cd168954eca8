"""The app's registration with Django: its checks, and the guards it keeps in the database."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


def _remove_guards(*, using: str, **_: Any) -> None:
    from timeline.models.guards import remove

    remove(using)


def _install_guards(*, using: str, **_: Any) -> None:
    from timeline.models.guards import install

    install(using)


class TimelineConfig(AppConfig):
    name = "timeline"
    verbose_name = "Conflict Timeline"

    def ready(self) -> None:
        pre_migrate.connect(_remove_guards, sender=self, dispatch_uid="timeline.guards")
        post_migrate.connect(_install_guards, sender=self, dispatch_uid="timeline.guards")
