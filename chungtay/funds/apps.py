"""Start of the room: months of the funds show themselves as sources of figures, and the funds stand in the navigation."""

from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "chungtay.funds"
    label = "funds"
    verbose_name = "Quỹ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.access import navigation
        from chungtay.funds import attending, showing, words
        from chungtay.web import nav, waiting

        showing.register()
        words.register()
        waiting.register("funds", attending.waiting)
        nav.register(nav.NavItem("Quỹ", "fund-list", order=40, visible=navigation.sees("fund"), prefix="/quy/"))
