"""Every write of the room: a file of boundaries is taken in whole, and taken back whole."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.boundaries.models import Boundary, BoundarySet, BoundarySetEnd
from chungtay.boundaries.rules import Matched, Problem, Unit, matched, read_features, simpler, to_text
from chungtay.kernel.errors import DomainError
from chungtay.places import selectors as places

ACTION, TYPE = "reorganise", "area"


class BoundariesRefused(DomainError):
    """Some shapes cannot be used, and nothing was taken in; `problems` has each."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            f"Chưa nhận gì: {len(self.problems)} hình không dùng được. Hãy sửa tệp, hoặc chọn bỏ qua những hình đó."
        )


class SourceMissing(DomainError):
    """Nobody would know where the lines come from."""

    def __init__(self) -> None:
        super().__init__("Chưa ghi nguồn của ranh giới, ví dụ số quyết định hay tên cơ quan cung cấp.")


class ReasonMissing(DomainError):
    """A file is taken back for a reason."""

    def __init__(self) -> None:
        super().__init__("Chưa ghi vì sao rút tệp này.")


class AlreadyEnded(DomainError):
    """The file was taken back before."""

    def __init__(self) -> None:
        super().__init__("Tệp ranh giới này đã được rút trước đó.")


@dataclass(frozen=True)
class Taken:
    """What a file brought: the set, and the shapes that were left out."""

    set: BoundarySet
    left_out: tuple[Problem, ...]


def judge(data: bytes, *, day: date) -> tuple[Matched, list[Problem]]:
    """Return which shape of a file is of which unit of a day's map, and every problem. Raises BadGeoJSON."""
    features, broken = read_features(data)
    tree = places.tree_on(day)
    found = matched(features, (Unit(node.area_id, node.code or "", node.name) for node in tree))
    return found, sorted([*broken, *found.problems], key=lambda one: one.place)


@transaction.atomic
def take_in(
    *, data: bytes, name: str, valid_from: date, source: str, keep_good: bool, now: datetime, by: User
) -> Taken:
    """Keep the shapes of a GeoJSON file, from a day on. Raises BadGeoJSON, SourceMissing, BoundariesRefused, NotAllowed."""
    if not source.strip():
        raise SourceMissing
    found, problems = judge(data, day=valid_from)
    reach = access.keys_of(by, on=localdate(now)).areas_for(ACTION, TYPE)
    for area_id in found.by_unit:
        if area_id not in reach:
            access.require(by, ACTION, Matter(TYPE, area_id), localdate(now))
    if not found.by_unit or (problems and not keep_good):
        raise BoundariesRefused(problems)
    made = BoundarySet.objects.create(
        valid_from=valid_from,
        source=source.strip(),
        file_name=name[:120],
        sha256=hashlib.sha256(data).hexdigest(),
        told_by=found.told_by[:120],
        left_out=len(problems),
        at=now,
        by=by,
    )
    ids: list[UUID] = list(found.by_unit)
    shapes = simpler([found.by_unit[area_id].geometry for area_id in ids])
    Boundary.objects.bulk_create(
        (Boundary(set=made, area_id=area_id, shape=to_text(one)) for area_id, one in zip(ids, shapes, strict=True)),
        batch_size=500,
    )
    told = {
        "file": made.sha256,
        "units": len(ids),
        "left_out": len(problems),
        "from": valid_from,
        "source": made.source,
    }
    audit.record("boundaries.taken_in", obj=made, data=told, now=now, by=by)
    return Taken(made, tuple(problems))


@transaction.atomic
def take_back(*, boundary_set: BoundarySet, reason: str, now: datetime, by: User) -> None:
    """Let a file count for nothing from now on. Raises AlreadyEnded, ReasonMissing, NotAllowed."""
    row = BoundarySet.objects.select_for_update().get(pk=boundary_set.pk)
    reach = access.keys_of(by, on=localdate(now)).areas_for(ACTION, TYPE)
    for area_id in row.shapes.values_list("area_id", flat=True):
        if area_id not in reach:
            access.require(by, ACTION, Matter(TYPE, area_id), localdate(now))
    if BoundarySetEnd.objects.filter(set=row).exists():
        raise AlreadyEnded
    if not reason.strip():
        raise ReasonMissing
    BoundarySetEnd.objects.create(set=row, reason=reason.strip()[:300], at=now, by=by)
    audit.record("boundaries.taken_back", obj=row, data={"reason": reason.strip()[:300]}, now=now, by=by)
