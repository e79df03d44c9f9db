"""Start of the room: mail is a way out, the bell stands at the head of every page."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "chungtay.notices"
    label = "notices"
    verbose_name = "Thông báo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.notices import bell, channels
        from chungtay.web.context import bell_provider

        channels.register(channels.Mail())
        bell_provider.register(bell.bell)
