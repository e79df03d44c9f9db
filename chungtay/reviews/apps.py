"""The room as Django knows it, and its entry in the navigation."""

from django.apps import AppConfig
from django.http import HttpRequest


class ReviewsConfig(AppConfig):
    name = "chungtay.reviews"
    label = "reviews"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from chungtay.access import navigation
        from chungtay.reviews import attending, words
        from chungtay.web import nav, waiting

        words.register()
        waiting.register("reviews", attending.waiting)
        nav.register(
            nav.NavItem("Sơ kết", "review-list", order=50, visible=navigation.sees("review"), prefix="/so-ket/")
        )
        nav.register(
            nav.NavItem("Nhận định", "assessment-list", order=51, visible=_may_only_state, prefix="/so-ket/nhan-dinh/")
        )


def _may_only_state(request: HttpRequest) -> bool:
    """Whether the person has a unit's statements to write and no review to come to them by."""
    from chungtay.access import selectors as access
    from chungtay.accounts.models import User
    from chungtay.web import clock

    user = request.user
    if not isinstance(user, User):
        return False
    keys = access.keys_of(user, on=clock.today())
    return bool(keys.areas_for("view", "assessment")) and not keys.areas_for("view", "review")
