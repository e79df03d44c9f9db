"""Start of the room: the guards of the map are set up after every migration."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PlacesConfig(AppConfig):
    name = "chungtay.places"
    label = "places"
    verbose_name = "Địa bàn"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(install_guards, sender=self, dispatch_uid="places.guards")


def install_guards(using: str, **kwargs: Any) -> None:
    """Set the database's guards against overlapping versions again: a rebuilt SQLite table has lost them."""
    from chungtay.places import guards  # models are not loaded when this module is imported

    guards.install(using)
