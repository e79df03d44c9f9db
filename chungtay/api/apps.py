"""Start of the room: nothing to register, addresses and the guard of requests are named by the settings."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "chungtay.api"
    label = "api"
    verbose_name = "API"
    default_auto_field = "django.db.models.BigAutoField"
