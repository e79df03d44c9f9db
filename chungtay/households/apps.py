"""Start of the room: months of the register show themselves as sources of figures, and the households stand in the navigation."""

from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    name = "chungtay.households"
    label = "households"
    verbose_name = "Hộ gia đình"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.access import navigation
        from chungtay.households import attending, facts, inheriting
        from chungtay.places import registry
        from chungtay.web import nav, waiting

        facts.register()
        waiting.register("households", attending.waiting)
        registry.on_inheritance("households", inheriting.carry_over_when_recorded)
        nav.register(
            nav.NavItem("Sổ hộ", "household-list", order=43, visible=navigation.sees("household"), prefix="/ho/")
        )
