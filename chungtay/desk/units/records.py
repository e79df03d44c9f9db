"""What is recorded about units, read for their pages: versions, who bore a code, who works there, when the map changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from chungtay.access.models import Assignment
from chungtay.access.rules import ROLE_LABELS, Role
from chungtay.places import selectors as places
from chungtay.places.models import AreaVersion

MOST_PEOPLE = 30


@dataclass(frozen=True)
class Bearer:
    """A unit that bore a code from `since` to `until` (the last day; None: still)."""

    area_id: UUID
    name: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Post:
    """Somebody's role at a unit."""

    person: str
    title: str
    role: str


def days_of_change() -> list[date]:
    """Return the days on which the map changed, oldest first."""
    return [one.day for one in places.map_days()]


def versions_of(area_ids: Iterable[UUID]) -> dict[UUID, list[AreaVersion]]:
    """Return the versions of units as they are held now, each unit's oldest first (one query)."""
    found: dict[UUID, list[AreaVersion]] = {}
    for version in AreaVersion.objects.known().filter(area_id__in=list(area_ids)).order_by("valid_from"):
        found.setdefault(version.area_id, []).append(version)
    return found


def bearers_of(code: str) -> list[Bearer]:
    """Return every unit that has borne a code, in order of time; spells of one unit are one."""
    spells: list[Bearer] = []
    for version in AreaVersion.objects.known().filter(code=code).exclude(code="").order_by("valid_from"):
        until = last_day(version)
        if spells and spells[-1].area_id == version.area_id:
            spells[-1] = Bearer(version.area_id, version.name, spells[-1].since, until)
        else:
            spells.append(Bearer(version.area_id, version.name, version.valid_from, until))
    return spells


def posts_at(area_id: UUID, day: date) -> list[Post]:
    """Return who holds which role at a unit on a day, by role and name."""
    live = Assignment.objects.on(day).filter(area_id=area_id, user__is_active=True).select_related("user")
    order = list(Role)
    found = sorted(live, key=lambda one: (order.index(Role(one.role)), one.user.full_name))
    return [Post(one.user.full_name, one.user.title, ROLE_LABELS[Role(one.role)]) for one in found[:MOST_PEOPLE]]


def last_day(version: AreaVersion) -> date | None:
    """Return the last day of a version, None while it is in force."""
    return None if version.valid_to is None else version.valid_to - timedelta(days=1)
