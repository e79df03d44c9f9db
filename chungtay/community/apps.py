"""Start of the room: registers show themselves as sources of figures, and community life stands in the navigation."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    name = "chungtay.community"
    label = "community"
    verbose_name = "Cộng đồng"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.access import navigation
        from chungtay.community import attending, inheriting, showing
        from chungtay.places import registry
        from chungtay.web import nav, waiting

        showing.register()
        waiting.register("community", attending.waiting)
        registry.on_inheritance("community", inheriting.carry_over_when_recorded)
        nav.register(
            nav.NavItem("Cộng đồng", "group-list", order=50, visible=navigation.sees("group"), prefix="/cong-dong/")
        )
