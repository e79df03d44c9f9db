"""Registers the programmes' tables."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "chungtay.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.programmes import own_kinds, pending
        from chungtay.web import waiting

        own_kinds.register()
        waiting.register("programmes", pending.find)
