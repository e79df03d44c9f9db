"""Start of the room: its entry of the navigation, its sources of figures, and what waits for people."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Supervision, social criticism, recommendations and citizens' feedback."""

    name = "chungtay.supervision"
    label = "supervision"
    verbose_name = "Giám sát, phản biện"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.access import navigation
        from chungtay.supervision import attending, deadlines, facts, words
        from chungtay.web import nav, waiting

        facts.register()
        deadlines.register()
        words.register()
        waiting.register("supervision", attending.waiting)
        sees = navigation.sees("recommendation")
        nav.register(nav.NavItem("Giám sát", "recommendation-list", order=27, visible=sees, prefix="/giam-sat/"))
