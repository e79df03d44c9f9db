"""A group, a residential area, an activity and a movement of the unit, for the table of rights."""

from datetime import date, datetime
from typing import Any

from chungtay.community import services
from chungtay.community.models import Activity, Group, Hamlet, Movement
from tests.cast import Cast

SINCE = date(2020, 1, 1)
KINDS = {"group-create": "hoi-quan", "activity-create": "tuyen-truyen"}


def args_of(cast: Cast, url_name: str, thing: str, now: datetime) -> tuple[Any, ...]:
    """Return the arguments of an address of community life; what follows "community/" stands in for its last ones."""
    said = tuple(thing.split("/")[1:])
    if url_name.startswith("register-") and url_name != "register-list":
        return said
    if url_name in KINDS:
        return said or (KINDS[url_name],)
    if url_name.startswith("group-"):
        return _group(cast, now).pk, *(said or (("count",) if url_name == "group-write" else ()))
    if url_name.startswith("activity-"):
        return _activity(cast, now).pk, *((1,) if url_name == "activity-picture" else ())
    if url_name.startswith("movement-"):
        return (_movement(cast, now).pk,)
    return (_hamlet(cast, now).pk,)


def _group(cast: Cast, now: datetime) -> Group:
    about = services.About(name="Thuận Tân Hội quán")
    found = Group.objects.filter(area=cast.communes[0]).first()
    return found or services.found_group(
        kind="hoi-quan", about=about, area=cast.communes[0], founded_on=SINCE, now=now, by=cast.clerk
    )


def _hamlet(cast: Cast, now: datetime) -> Hamlet:
    found = Hamlet.objects.filter(area=cast.communes[0]).first()
    return found or services.enter_hamlet(
        area=cast.communes[0], kind="khom", name="2", founded_on=SINCE, now=now, by=cast.clerk
    )


def _activity(cast: Cast, now: datetime) -> Activity:
    """It waits for confirmation."""
    found = Activity.objects.filter(area=cast.communes[0]).first()
    if found is not None:
        return found
    told = services.Told(kind="tuyen-truyen", title="Tuyên truyền", held_on=SINCE)
    written = services.write_activity(told=told, area=cast.communes[0], now=now, by=cast.clerk)
    return services.record_activity(activity=written, now=now, by=cast.clerk)


def _movement(cast: Cast, now: datetime) -> Movement:
    about = services.Announced(kind="phong-trao", name="Hàng Việt", starts_on=SINCE)
    return Movement.objects.filter(area=cast.city).first() or services.open_movement(
        area=cast.city, about=about, now=now, by=cast.officer
    )
