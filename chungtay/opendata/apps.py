"""The room as Django knows it, and its entry in the navigation."""

from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    """Open data."""

    name = "chungtay.opendata"
    label = "opendata"
    verbose_name = "Dữ liệu mở"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.access import navigation
        from chungtay.web import nav

        nav.register(
            nav.NavItem(
                "Dữ liệu mở", "open-data-desk", order=89, visible=navigation.sees("open_data"), prefix="/du-lieu-mo/"
            )
        )
