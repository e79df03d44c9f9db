"""Registers the programmes' tables."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "chungtay.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"
