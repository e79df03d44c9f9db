"""Reads of the map: areas by what people call them, the tree of a day, names and bodies."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Subquery

from chungtay.kernel.errors import DomainError
from chungtay.places.models import Area, AreaVersion, Body, MapStamp
from chungtay.places.rules import BODY_LABELS, BodyKind, Level, Place, Tree, build_tree, lineages

# What the map is now: its stamp, and its newest version with the area's random id.
_State = tuple[UUID | None, int, UUID | None]


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


def area_by_ref(ref: str) -> Area:
    """Return the area that bears a code: "866", or "29869@2023-05-30" on that day.

    Raises UnknownArea, AmbiguousArea.
    """
    code, at, day_text = ref.strip().partition("@")
    versions = AreaVersion.objects.filter(code=code).exclude(code="").order_by("valid_from")
    if at:
        try:
            day = date.fromisoformat(day_text)
        except ValueError:
            raise UnknownArea(ref) from None
        versions = versions.on(day)
    found = {version.area_id: version for version in versions.select_related("area")}
    if not found:
        raise UnknownArea(ref)
    if len(found) > 1:
        raise AmbiguousArea(code, (version.name for version in found.values()))
    return next(iter(found.values())).area


def tree_on(day: date) -> Tree:
    """Return the map of a day. Cached per day until the map changes; one small query tells whether it has."""
    return _tree(day, _map_state())


def lineages_on(day: date) -> Mapping[UUID, tuple[UUID, ...]]:
    """Return for every area that ever was the ids from its root down to itself, as on `day`.

    An area that is not on that day's map stands where it last stood (or first will): old returns keep their readers.
    """
    return _lineages(day, _map_state())


def name_on(area_id: UUID, day: date) -> str:
    """Return what an area is called on a day; outside its life, its last name (or its first). Raises UnknownArea."""
    return names_on([area_id], day)[area_id]


def names_on(area_ids: Iterable[UUID], day: date) -> dict[UUID, str]:
    """Return the names of areas on a day, as `name_on` does. Raises UnknownArea for an id without any version."""
    names = _places(day, _map_state())
    found: dict[UUID, str] = {}
    for area_id in area_ids:
        if area_id not in names:
            raise UnknownArea(str(area_id))
        found[area_id] = names[area_id].name
    return found


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
    """Return an area's versions, oldest first."""
    return list(AreaVersion.objects.filter(area_id=area_id).order_by("valid_from"))


def _map_state() -> _State:
    """Return what changes whenever the map does, in one query. A stamp of a rolled-back change never comes again."""
    newest = AreaVersion.objects.order_by("-id").annotate(stamp=Subquery(MapStamp.objects.values("stamp")))
    return newest.values_list("stamp", "id", "area_id").first() or (None, 0, None)


@lru_cache(maxsize=128)
def _tree(day: date, state: _State) -> Tree:
    return build_tree(_place(version) for version in AreaVersion.objects.on(day))


@lru_cache(maxsize=32)
def _places(day: date, state: _State) -> Mapping[UUID, Place]:
    """Return every area as on `day`, or as in the version nearest to it: the last before, else the first after."""
    chosen: dict[UUID, Place] = {}
    for version in AreaVersion.objects.order_by("valid_from"):
        if version.valid_from <= day or version.area_id not in chosen:
            chosen[version.area_id] = _place(version)
    return chosen


@lru_cache(maxsize=32)
def _lineages(day: date, state: _State) -> Mapping[UUID, tuple[UUID, ...]]:
    return lineages({area_id: place.parent_id for area_id, place in _places(day, state).items()})


def _place(version: AreaVersion) -> Place:
    return Place(version.area_id, version.name, version.code, Level(version.level), version.parent_id)
