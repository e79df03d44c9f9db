"""Who is told what of a review: its signer when it waits, its writers when it was published."""

from collections.abc import Iterator
from datetime import datetime
from typing import cast

from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.notices.registry import register_kinds
from chungtay.notices.rules import Kind, Pace
from chungtay.notices.services import tell
from chungtay.reviews.models import Review

WAITS = Kind("reviews.waits", "Báo cáo sơ kết chờ bạn ban hành", Pace.NOW)
PUBLISHED = Kind("reviews.published", "Báo cáo sơ kết đã ban hành", Pace.DAILY)
_TOLD = {
    "submit": (WAITS, "publish", "chờ bạn ban hành", "review-publish"),
    "publish": (PUBLISHED, "edit", "đã ban hành", "review-detail"),
}


def register() -> None:
    """Make the kinds known."""
    register_kinds(WAITS, PUBLISHED)


def tell_moved(row: Review, what: str, now: datetime, by: User) -> None:
    """Tell who has to know that a review moved, within the same transaction."""
    if what not in _TOLD:
        return
    kind, action, words, page = _TOLD[what]
    people = cast(Iterator[User], iter(access.people_who(action, "review", row.area_id, on=localdate(now))))
    tell(
        kind=kind.code,
        to=people,
        key=f"review/{row.pk}/{what}/{row.revision}",
        subject=f"{row} {words}",
        url=reverse(page, args=[row.pk]),
        area=row.area_id,
        now=now,
        by=by,
    )
