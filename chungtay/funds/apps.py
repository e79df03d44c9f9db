"""Registers the room with Django."""

from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "chungtay.funds"
    label = "funds"
    verbose_name = "Quỹ"
    default_auto_field = "django.db.models.BigAutoField"
