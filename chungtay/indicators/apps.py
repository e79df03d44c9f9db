"""Registers the dictionary's tables."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "chungtay.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"
