"""Start of the room: imports show themselves as sources of figures, and the room stands in the navigation."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "chungtay.exchange"
    label = "exchange"
    verbose_name = "Trao đổi số liệu"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.access import navigation
        from chungtay.exchange import showing
        from chungtay.web import nav

        showing.register()
        nav.register(
            nav.NavItem(
                "Trao đổi",
                "partner-list",
                order=57,
                visible=navigation.sees("partner"),
                prefix="/trao-doi-so-lieu/",
            )
        )
