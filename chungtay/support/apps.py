"""Start of the room: months of support show themselves as sources of figures, and the cases stand in the navigation."""

from django.apps import AppConfig
from django.http import HttpRequest


class SupportConfig(AppConfig):
    name = "chungtay.support"
    label = "support"
    verbose_name = "Hỗ trợ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.support import showing
        from chungtay.web import nav

        showing.register()
        nav.register(nav.NavItem("Hỗ trợ", "support-list", order=45, visible=_may_look, prefix="/ho-tro/"))


def _may_look(request: HttpRequest) -> bool:
    """Whether the person may look into the cases of any place."""
    from chungtay.access import selectors as access
    from chungtay.accounts.models import User
    from chungtay.web import clock

    user = request.user
    return isinstance(user, User) and bool(access.areas_for(user, "view", "case", on=clock.today()))
