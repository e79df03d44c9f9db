"""Start of the room: its entries of the navigation, and what every page is told about the person and the figures."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "chungtay.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.desk import frame, programme_nav, units_nav

        frame.register()
        programme_nav.register()
        units_nav.register()
