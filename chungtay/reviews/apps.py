"""The room as Django knows it, and its entry in the navigation."""

from django.apps import AppConfig
from django.http import HttpRequest


class ReviewsConfig(AppConfig):
    name = "chungtay.reviews"
    label = "reviews"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.web import nav

        nav.register(nav.NavItem("Sơ kết", "review-list", order=50, visible=_may_look, prefix="/so-ket/"))


def _may_look(request: HttpRequest) -> bool:
    """Whether the person may look at the reviews of any place."""
    from chungtay.access import selectors as access
    from chungtay.accounts.models import User
    from chungtay.web import clock

    user = request.user
    return isinstance(user, User) and bool(access.areas_for(user, "view", "review", on=clock.today()))
