"""Reads of the map: areas by what people call them, the tree of a day, names and bodies.

Reads of reorganisations stand in `histories`; they are entered through this door.
"""

from collections.abc import Container, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from chungtay.kernel.errors import DomainError
from chungtay.places import cached
from chungtay.places.grounds import UnknownReorganisation as UnknownReorganisation
from chungtay.places.histories import Extent as Extent
from chungtay.places.histories import MapDay as MapDay
from chungtay.places.histories import days_once_held as days_once_held
from chungtay.places.histories import extents_of as extents_of
from chungtay.places.histories import history_of as history_of
from chungtay.places.histories import links as links
from chungtay.places.histories import map_days as map_days
from chungtay.places.histories import plan_of as plan_of
from chungtay.places.histories import preview_reorganisation as preview_reorganisation
from chungtay.places.histories import reorganisation as reorganisation
from chungtay.places.histories import reorganisations as reorganisations
from chungtay.places.histories import successions as successions
from chungtay.places.leavings import Leaving as Leaving
from chungtay.places.leavings import leavings as leavings
from chungtay.places.lifelines import inherited_ways
from chungtay.places.models import Area, AreaVersion, Body
from chungtay.places.one_map import State
from chungtay.places.one_map import steady as steady
from chungtay.places.rules import BODY_LABELS, BodyKind, Tree, Ways


class UnknownArea(DomainError):
    """No area bears that code (on that day)."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"Không có địa bàn nào mang mã {ref}. Hãy ghi mã hành chính, ví dụ 866 hoặc 29869@2023-05-30.")


class AmbiguousArea(DomainError):
    """More than one area has borne the code; a day is needed to tell them apart."""

    def __init__(self, ref: str, names: Iterable[str]) -> None:
        super().__init__(
            f"Mã {ref} đã dùng cho nhiều nơi: {', '.join(names)}. Hãy ghi kèm ngày, ví dụ {ref}@2023-05-30."
        )


class NoBody(DomainError):
    """The area has no body of the kind asked for."""

    def __init__(self, kind: BodyKind) -> None:
        super().__init__(f"Địa bàn này chưa có {BODY_LABELS[kind]}. Hãy thêm tổ chức trước.")


def area_by_ref(ref: str, day: date | None = None) -> Area:
    """Return the area that bears a code: "866", or "29869@2023-05-30" on that day.

    day: of several that have borne the code, the one that bears it on this day. Raises UnknownArea, AmbiguousArea.
    """
    code, at, day_text = ref.strip().partition("@")
    versions = AreaVersion.objects.known()
    if at:
        try:
            versions = AreaVersion.objects.on(date.fromisoformat(day_text))
        except ValueError:
            raise UnknownArea(ref) from None
    rows = list(versions.filter(code=code).exclude(code="").order_by("valid_from").select_related("area"))
    found = {version.area_id: version for version in rows}
    if day is not None and len(found) > 1:
        found = {version.area_id: version for version in rows if version.is_on(day)} or found
    if not found:
        raise UnknownArea(ref)
    if len(found) > 1:
        raise AmbiguousArea(code, (version.name for version in found.values()))
    return next(iter(found.values())).area


def day_of_code(code: str, among: Container[UUID]) -> date | None:
    """Return the last day on which one of some areas bore a code, or the first day of one that still does; else None."""
    rows = AreaVersion.objects.known().filter(code=code).exclude(code="")
    return max(
        (row.valid_to - timedelta(days=1) if row.valid_to else row.valid_from for row in rows if row.area_id in among),
        default=None,
    )


def tree_on(day: date, known_at: datetime | None = None) -> Tree:
    """Return the map of a day, as known now or at a moment.

    Cached per day until the map changes; one small query tells whether it has.
    """
    return cached.tree(day, known_at, cached.map_state())


def lineages_on(day: date) -> Mapping[UUID, tuple[UUID, ...]]:
    """Return for every area that ever was the ids from its root down to itself, as on `day`.

    An area that is not on that day's map stands where it last stood (or first will): old returns keep their readers.
    """
    return cached.lineages_of(day, cached.map_state())


def name_on(area_id: UUID, day: date) -> str:
    """Return what an area is called on a day; outside its life, its last name (or its first). Raises UnknownArea."""
    return names_on([area_id], day)[area_id]


def names_on(area_ids: Iterable[UUID], day: date) -> dict[UUID, str]:
    """Return the names of areas on a day, as `name_on` does. Raises UnknownArea for an id without any version."""
    names = cached.places(day, cached.map_state())
    found: dict[UUID, str] = {}
    for area_id in area_ids:
        if area_id not in names:
            raise UnknownArea(str(area_id))
        found[area_id] = names[area_id].name
    return found


def code_on(area_id: UUID, day: date) -> str:
    """Return the code that an area bears on a day; outside its life, its last (or its first). Raises UnknownArea."""
    place = cached.places(day, cached.map_state()).get(area_id)
    if place is None:
        raise UnknownArea(str(area_id))
    return place.code


def ways_on(day: date) -> Ways:
    """Return how every area is reached on a day, by itself and by its successors up to that day."""
    return _ways(day, cached.map_state())


def bodies_of(area_id: UUID) -> list[Body]:
    """Return the bodies at an area, in the order of their kinds."""
    order = list(BodyKind)
    return sorted(Body.objects.filter(area_id=area_id), key=lambda body: order.index(BodyKind(body.kind)))


def body_at(area_id: UUID, kind: BodyKind | str) -> Body:
    """Return the body of a kind at an area. Raises NoBody."""
    body = Body.objects.filter(area_id=area_id, kind=BodyKind(kind)).first()
    if body is None:
        raise NoBody(BodyKind(kind))
    return body


def versions_of(area_id: UUID) -> list[AreaVersion]:
    """Return an area's versions as held true now, oldest first."""
    return list(AreaVersion.objects.known().filter(area_id=area_id).order_by("valid_from"))


@lru_cache(maxsize=32)
def _ways(day: date, state: State) -> Ways:
    own = cached.lineages_of(day, state)
    heirs: dict[UUID, list[UUID]] = {}
    for link in cached.links(None, state):
        if link.on <= day:
            heirs.setdefault(link.from_area, []).append(link.to_area)
    return Ways(own, inherited_ways(own, heirs))
