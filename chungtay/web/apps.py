"""The web room registers its own check: every entry of the navigation has an address."""

from django.apps import AppConfig
from django.core.checks import register

from chungtay.web.checks import check_navigation


class WebConfig(AppConfig):
    """No models; templates, static files and one system check."""

    name = "chungtay.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(check_navigation)
