"""Offers the demonstration's accounts on the sign-in page of a demonstration."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "chungtay.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.accounts import demo_hint
        from chungtay.demo import people

        demo_hint.register(people.accounts_to_try)
