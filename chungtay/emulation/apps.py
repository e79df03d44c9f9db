"""Start of the room: its entry of the navigation, what waits for people, and the guards of what was published."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EmulationConfig(AppConfig):
    """Contests, awards and certificates."""

    name = "chungtay.emulation"
    label = "emulation"
    verbose_name = "Thi đua, khen thưởng"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.access import navigation
        from chungtay.emulation import attending
        from chungtay.web import nav, waiting

        post_migrate.connect(install_guards, sender=self, dispatch_uid="emulation.guards")
        nav.register(
            nav.NavItem("Thi đua", "contest-list", order=47, visible=navigation.sees("contest"), prefix="/thi-dua/")
        )
        waiting.register("emulation", attending.waiting)


def install_guards(using: str, **kwargs: Any) -> None:
    """Set the database's guards of what was published again: a rebuilt SQLite table has lost them."""
    from chungtay.emulation import guards  # models are not loaded when this module is imported

    guards.install(using)
