"""Start of the room: registers show themselves as sources of figures, and community life stands in the navigation."""

from django.apps import AppConfig
from django.http import HttpRequest


class CommunityConfig(AppConfig):
    name = "chungtay.community"
    label = "community"
    verbose_name = "Cộng đồng"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.community import showing
        from chungtay.web import nav

        showing.register()
        nav.register(nav.NavItem("Cộng đồng", "group-list", order=50, visible=_may_look, prefix="/cong-dong/"))


def _may_look(request: HttpRequest) -> bool:
    """Whether the person may look into the groups of any place."""
    from chungtay.access import selectors as access
    from chungtay.accounts.models import User
    from chungtay.web import clock

    user = request.user
    return isinstance(user, User) and bool(access.areas_for(user, "view", "group", on=clock.today()))
