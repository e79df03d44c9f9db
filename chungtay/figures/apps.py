"""Registers the room with Django."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "chungtay.figures"
    label = "figures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.figures.services import inherit_expectations  # models are not loaded when this module is imported
        from chungtay.places import registry

        registry.on_inheritance("figures", inherit_expectations)
