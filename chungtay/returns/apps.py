"""Start of the room: versions show themselves as sources of figures, and the grid stands in the navigation."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "chungtay.returns"
    label = "returns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.returns import facts, words
        from chungtay.web import nav

        facts.register()
        words.register()
        nav.register(nav.NavItem("Báo cáo kỳ", "return-grid", order=30, prefix="/bao-cao/"))
