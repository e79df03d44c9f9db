"""Start of the room: months of the register show themselves as sources of figures, and the households stand in the navigation."""

from django.apps import AppConfig
from django.http import HttpRequest


class HouseholdsConfig(AppConfig):
    name = "chungtay.households"
    label = "households"
    verbose_name = "Hộ gia đình"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.households import facts
        from chungtay.web import nav

        facts.register()
        nav.register(nav.NavItem("Sổ hộ", "household-list", order=43, visible=_may_look, prefix="/ho/"))


def _may_look(request: HttpRequest) -> bool:
    """Whether the person may look at the households of any place."""
    from chungtay.access import selectors as access
    from chungtay.accounts.models import User
    from chungtay.web import clock

    user = request.user
    return isinstance(user, User) and bool(access.areas_for(user, "view", "household", on=clock.today()))
