"""Changes of the map and of its bodies: one transaction each, recorded, no hole and no overlap in an area's life.

Reorganisations, which change many units on one day, are written in `recording`; they are entered through this door.
"""

from datetime import date, datetime

from django.db import transaction

from chungtay.kernel.errors import DomainError
from chungtay.places import registry
from chungtay.places.models import Area, AreaVersion, Body
from chungtay.places.recording import PlanRefused as PlanRefused
from chungtay.places.recording import carry_out as carry_out
from chungtay.places.recording import correct_reorganisation as correct_reorganisation
from chungtay.places.recording import rehearsal as rehearsal
from chungtay.places.recording import reorganise as reorganise
from chungtay.places.recording import reorganise_all as reorganise_all
from chungtay.places.rules import Actor, BodyKind, Level
from chungtay.places.versions import as_ended, stamp_map, supersede


class CodeTaken(DomainError):
    """Another area bears the code on one of the days asked for."""

    def __init__(self, code: str, other: AreaVersion) -> None:
        super().__init__(
            f"Mã {code} đang là của {other.name} từ {other.valid_from:%d/%m/%Y}. Hãy kiểm tra lại mã hoặc ngày."
        )


class ParentNotOnMap(DomainError):
    """The area above does not exist on the first day of the version below it."""

    def __init__(self, name: str, day: date) -> None:
        super().__init__(f"Đơn vị cấp trên của {name} không có trên bản đồ ngày {day:%d/%m/%Y}. Hãy chọn đơn vị khác.")


class ParentBelowItself(DomainError):
    """The new parent hangs under the very area that is moved."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} không thể thuộc một đơn vị đang nằm dưới chính nó. Hãy chọn đơn vị cấp trên khác.")


class NotInForce(DomainError):
    """The area has no open version, or the change is dated on or before the day its open version began."""

    def __init__(self, name: str, day: date) -> None:
        super().__init__(
            f"{name} không có tên gọi nào còn hiệu lực để thay từ ngày {day:%d/%m/%Y}. Hãy kiểm tra lại ngày."
        )


class NameMissing(DomainError):
    """A place or body without a name."""

    def __init__(self) -> None:
        super().__init__("Chưa có tên. Hãy ghi tên đầy đủ, ví dụ “Xã Hòa An”.")


class BodyExists(DomainError):
    """The area already has a body of that kind."""

    def __init__(self, body: Body) -> None:
        super().__init__(f"Địa bàn này đã có {body.name}. Mỗi địa bàn chỉ có một tổ chức mỗi loại.")


@transaction.atomic
def add_area(
    *,
    name: str,
    code: str,
    level: Level | str,
    parent: Area | None,
    valid_from: date,
    legal_basis: str = "",
    now: datetime,
    by: Actor | None,
) -> Area:
    """Create an area with its first version, in force from `valid_from` on.

    Raises CodeTaken, ParentNotOnMap, NameMissing.
    """
    area = Area.objects.create()
    _open(area, name, code, Level(level), parent, valid_from, legal_basis, now)
    data = {"name": name, "code": code, "level": str(level), "valid_from": valid_from, "legal_basis": legal_basis}
    registry.recorder()("places.area.added", obj=area, area_id=area.id, data=data, now=now, by=by)
    return area


@transaction.atomic
def revise_area(
    area: Area,
    *,
    valid_from: date,
    legal_basis: str,
    name: str | None = None,
    code: str | None = None,
    level: Level | str | None = None,
    parent: Area | None = None,
    now: datetime,
    by: Actor | None,
) -> AreaVersion:
    """Give an area a new name, code, level or parent from `valid_from` on; what is None stays as it was.

    The version in force ends on that very day, so an area's life has no hole. Raises NotInForce, CodeTaken,
    ParentNotOnMap, ParentBelowItself.
    """
    old = _end_open_version(area, valid_from, now)
    new = _open(
        area,
        old.name if name is None else name,
        old.code if code is None else code,
        Level(old.level if level is None else level),
        parent or old.parent,
        valid_from,
        legal_basis,
        now,
    )
    data = {
        "from": {"name": old.name, "code": old.code, "level": old.level, "parent": old.parent_id},
        "to": {"name": new.name, "code": new.code, "level": new.level, "parent": new.parent_id},
        "valid_from": valid_from,
        "legal_basis": legal_basis,
    }
    registry.recorder()("places.area.revised", obj=area, area_id=area.id, data=data, now=now, by=by)
    return new


@transaction.atomic
def close_area(area: Area, *, valid_to: date, legal_basis: str, now: datetime, by: Actor | None) -> None:
    """Take an area off the map from `valid_to` on (merged or abolished). Raises NotInForce."""
    old = _end_open_version(area, valid_to, now)
    data = {"name": old.name, "valid_to": valid_to, "legal_basis": legal_basis}
    registry.recorder()("places.area.closed", obj=area, area_id=area.id, data=data, now=now, by=by)


@transaction.atomic
def add_body(*, area: Area, kind: BodyKind | str, name: str, now: datetime, by: Actor | None) -> Body:
    """Create the body of a kind at an area. Raises BodyExists, NameMissing."""
    if not name.strip():
        raise NameMissing
    if existing := Body.objects.filter(area=area, kind=BodyKind(kind)).first():
        raise BodyExists(existing)
    body = Body.objects.create(area=area, kind=BodyKind(kind), name=name.strip())
    registry.recorder()(
        "places.body.added", obj=body, area_id=area.id, data={"kind": str(kind), "name": name}, now=now, by=by
    )
    return body


def _open(
    area: Area,
    name: str,
    code: str,
    level: Level,
    parent: Area | None,
    valid_from: date,
    legal_basis: str,
    now: datetime,
) -> AreaVersion:
    """Add the version that is in force from `valid_from` on, after checking its code and parent."""
    name = name.strip()
    if not name:
        raise NameMissing
    others = AreaVersion.objects.known().exclude(area=area)
    clash = others.filter(code=code).exclude(valid_to__lte=valid_from).order_by("valid_from")
    if code and (other := clash.first()):
        raise CodeTaken(code, other)
    _check_parent(area, name, parent, valid_from)
    stamp_map()
    return AreaVersion.objects.create(
        area=area,
        name=name,
        code=code,
        level=level,
        parent=parent,
        valid_from=valid_from,
        legal_basis=legal_basis,
        recorded_at=now,
    )


def _check_parent(area: Area, name: str, parent: Area | None, day: date) -> None:
    """Walk up from `parent` on `day`: it must be on the map and the way must not lead back to `area`."""
    above = parent.id if parent else None
    while above is not None:
        if above == area.id:
            raise ParentBelowItself(name)
        version = AreaVersion.objects.on(day).filter(area_id=above).first()
        if version is None:
            raise ParentNotOnMap(name, day)
        above = version.parent_id


def _end_open_version(area: Area, day: date, now: datetime) -> AreaVersion:
    """End the open version on `day`: supersede it and record the same with its end. Return it as it is now."""
    live = AreaVersion.objects.known().filter(area=area)
    version = live.select_for_update().filter(valid_to__isnull=True).first()
    if version is None or version.valid_from >= day:
        last = live.order_by("-valid_from").first()
        raise NotInForce(last.name if last else "Địa bàn này", day)
    supersede([version], now=now)
    stamp_map()
    (ended,) = AreaVersion.objects.bulk_create([as_ended(version, day, now=now)])
    return ended
