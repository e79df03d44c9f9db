"""Who finds which room in the navigation: asked once a request, whatever the number of rooms."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest

from chungtay.access import selectors
from chungtay.access.rules import Reach
from chungtay.access.selectors import Keys
from chungtay.web import clock

_KEPT = "_keys_of_the_navigation"


def sees(type_: str) -> Callable[[HttpRequest], bool]:
    """Return what tells whether the person of a request may view things of a type at any place."""

    def visible(request: HttpRequest) -> bool:
        return request.user.is_authenticated and _may_view_somewhere(_keys(request, clock.today()), type_)

    return visible


def _keys(request: HttpRequest, day: date) -> Keys:
    user = request.user
    kept: tuple[object, date, Keys] | None = getattr(request, _KEPT, None)
    if kept is None or kept[:2] != (user.pk, day):
        kept = user.pk, day, selectors.keys_of(user, on=day)
        setattr(request, _KEPT, kept)
    return kept[2]


def _may_view_somewhere(keys: Keys, type_: str) -> bool:
    """Every reach but that to the units below holds the post's own place, so only that one has to be walked."""
    roles = {post.role for post in keys.posts}
    reaches = {right.reach for right in selectors.rights().for_action(type_, "view") if right.role in roles}
    return bool(reaches - {Reach.CHILDREN}) or (bool(reaches) and bool(keys.areas_for("view", type_)))
