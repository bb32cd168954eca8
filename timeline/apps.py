"""The app's registration with Django: the guards it keeps in the database, and the roles at the desk."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, pre_migrate


def _remove_guards(*, using: str, **_: Any) -> None:
    from timeline.models.guards import remove

    remove(using)


def _install_guards(*, using: str, **_: Any) -> None:
    from timeline.models.guards import install

    install(using)


def _make_roles(**_: Any) -> None:
    from django.contrib.auth.management import create_permissions

    from timeline.curation.rights import make_roles

    # Django makes them too, after this signal has come here: whichever is first, the other finds them there.
    for label in ("auth", "timeline"):
        create_permissions(apps.get_app_config(label), verbosity=0)
    make_roles()


class TimelineConfig(AppConfig):
    name = "timeline"
    verbose_name = "Conflict Timeline"

    def ready(self) -> None:
        pre_migrate.connect(_remove_guards, sender=self, dispatch_uid="timeline.guards")
        post_migrate.connect(_install_guards, sender=self, dispatch_uid="timeline.guards")
        post_migrate.connect(_make_roles, sender=self, dispatch_uid="timeline.roles")
