"""The room as Django knows it."""

from django.apps import AppConfig


class BoundariesConfig(AppConfig):
    """Boundaries of units."""

    name = "chungtay.boundaries"
    label = "boundaries"
    verbose_name = "Ranh giới"
    default_auto_field = "django.db.models.BigAutoField"
