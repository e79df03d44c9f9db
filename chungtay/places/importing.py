"""Takes lists of units in: checked as a whole, then recorded as a whole, or not at all.

Units of a list are added like `services.add_area` does, each with its event, but written together; a list old → new is one
reorganisation per day.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from chungtay.kernel.errors import DomainError
from chungtay.places import registry
from chungtay.places.models import Area, AreaVersion, Reorganisation
from chungtay.places.recording import PlanRefused, reorganise
from chungtay.places.rules import Actor, Level
from chungtay.places.unit_atlas import Atlas, Unit
from chungtay.places.unit_checking import Checked, Progress, Step, check_lists
from chungtay.places.unit_findings import Finding, Kind
from chungtay.places.unit_lists import ListKind, read_list
from chungtay.places.versions import stamp_map

_AT_ONCE = 500  # rows in one statement


class ListsRefused(DomainError):
    """The lists hold errors and nothing was recorded; `checked` has every finding."""

    def __init__(self, checked: Checked) -> None:
        self.checked = checked
        super().__init__(
            f"Chưa nhập gì: danh sách có {checked.errors} lỗi. Hãy sửa các dòng được nêu rồi nhập lại toàn bộ."
        )


@dataclass(frozen=True)
class Imported:
    """What was recorded."""

    checked: Checked
    reorganisations: tuple[Reorganisation, ...]


def check_files(
    files: Mapping[str, bytes], *, neighbours: tuple[str, bytes] | None = None, progress: Progress | None = None
) -> Checked:
    """Check files (by name) against the map as it is known now, writing nothing."""
    lists = [read_list(name, content) for name, content in files.items()]
    beside = read_list(*neighbours, kind=ListKind.NEIGHBOURS) if neighbours else None
    return check_lists(lists, _atlas(), beside, progress)


@transaction.atomic
def import_files(
    files: Mapping[str, bytes],
    *,
    neighbours: tuple[str, bytes] | None = None,
    progress: Progress | None = None,
    now: datetime,
    by: Actor | None,
) -> Imported:
    """Check files against the map and record what they say, all or nothing. Raises ListsRefused."""
    stamp_map()  # first: its row is the lock of every change of the map
    checked = check_files(files, neighbours=neighbours, progress=progress)
    if checked.errors:
        raise ListsRefused(checked)
    acts = [act for step in checked.steps for act in _take(step, checked, progress, now, by)]
    if checked.steps:
        data = {
            "files": [{"name": name, "sha256": hashlib.sha256(content).hexdigest()} for name, content in files.items()],
            "reorganisations": [act.id for act in acts],
            **checked.counts,
        }
        registry.recorder()("places.list.imported", data=data, now=now, by=by)
    return Imported(checked, tuple(acts))


def _take(
    step: Step, checked: Checked, progress: Progress | None, now: datetime, by: Actor | None
) -> list[Reorganisation]:
    """Record what one day brings: first the units that are added, then the plan."""
    tell = progress or (lambda what, done, of: None)
    if step.added:
        _add(step.added, progress, now, by)
    if step.plan is None:
        return []
    tell(f"Đang ghi đợt sắp xếp ngày {step.day:%d/%m/%Y}", 0, 1)
    try:
        act = reorganise(plan=step.plan, now=now, by=by)
    except PlanRefused as refusal:
        found = [Finding(Kind.REFUSED, f"{p.where}: {p.sentence}", checked.files[0]) for p in refusal.problems]
        raise ListsRefused(Checked(checked.files, checked.rows, [*found, *checked.findings])) from None
    tell(f"Đang ghi đợt sắp xếp ngày {step.day:%d/%m/%Y}", 1, 1)
    return [act]


def _add(added: Sequence[tuple[Unit, str]], progress: Progress | None, now: datetime, by: Actor | None) -> None:
    tell = progress or (lambda what, done, of: None)
    tell("Đang ghi đơn vị", 0, len(added))
    areas = [Area(id=unit.area_id) for unit, _ in added]
    Area.objects.bulk_create(areas, batch_size=_AT_ONCE)
    versions = [_version(unit, basis, now) for unit, basis in added]
    AreaVersion.objects.bulk_create(versions, batch_size=_AT_ONCE)
    entries = [_event(unit, basis) for unit, basis in added]
    for start in range(0, len(entries), _AT_ONCE):
        registry.bulk_recorder()(entries[start : start + _AT_ONCE], now=now, by=by)
        tell("Đang ghi đơn vị", min(start + _AT_ONCE, len(added)), len(added))


def _event(unit: Unit, basis: str) -> registry.Entry:
    """Tell of an added unit as `services.add_area` does."""
    data = {
        "name": unit.name,
        "code": unit.code,
        "level": str(unit.level),
        "valid_from": unit.since,
        "legal_basis": basis,
    }
    return registry.Entry("places.area.added", ("places.area", unit.area_id), unit.area_id, data)


def _version(unit: Unit, basis: str, now: datetime) -> AreaVersion:
    return AreaVersion(
        area_id=unit.area_id,
        name=unit.name,
        code=unit.code,
        level=unit.level,
        parent_id=unit.parent_id,
        valid_from=unit.since,
        legal_basis=basis,
        recorded_at=now,
    )


def _atlas() -> Atlas:
    """Return the history of the map as it is known now."""
    columns = ("area_id", "name", "code", "level", "parent_id", "valid_from", "valid_to")
    rows = AreaVersion.objects.known().values_list(*columns)
    return Atlas(
        Unit(area_id, name, code, Level(level), parent_id, since, until)
        for area_id, name, code, level, parent_id, since, until in rows.iterator()
    )
