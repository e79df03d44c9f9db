"""Start of the room: months of the funds show themselves as sources of figures, and the funds stand in the navigation."""

from django.apps import AppConfig
from django.http import HttpRequest


class FundsConfig(AppConfig):
    name = "chungtay.funds"
    label = "funds"
    verbose_name = "Quỹ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.funds import showing
        from chungtay.web import nav

        showing.register()
        nav.register(nav.NavItem("Quỹ", "fund-list", order=40, visible=_may_look, prefix="/quy/"))


def _may_look(request: HttpRequest) -> bool:
    """Whether the person may look into the funds of any place."""
    from chungtay.access import selectors as access
    from chungtay.accounts.models import User
    from chungtay.web import clock

    user = request.user
    return isinstance(user, User) and bool(access.areas_for(user, "view", "fund", on=clock.today()))
