"""Start of the room: months of support show themselves as sources of figures, and the cases stand in the navigation."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "chungtay.support"
    label = "support"
    verbose_name = "Hỗ trợ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.access import navigation
        from chungtay.households import registry
        from chungtay.support import attending, erasing, showing, words
        from chungtay.web import nav, waiting

        showing.register()
        words.register()
        waiting.register("support", attending.waiting)
        nav.register(
            nav.NavItem("Hỗ trợ", "support-list", order=45, visible=navigation.sees("case"), prefix="/ho-tro/")
        )
        registry.on_erasure("support", erasing.erase_words)
