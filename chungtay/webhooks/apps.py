"""Start of the room: the notice that a webhook was stopped."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "chungtay.webhooks"
    label = "webhooks"
    verbose_name = "Webhook"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.webhooks import words

        words.register()
