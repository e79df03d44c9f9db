"""On what a plan is judged: the maps before, on and after its day, read from the database.

A correction is judged on the maps as they would be without the reorganisation that it replaces. Nothing is written here.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from chungtay.kernel.errors import DomainError, Problem
from chungtay.kernel.text import date_text
from chungtay.places.map_checks import named
from chungtay.places.models import AreaVersion, Reorganisation
from chungtay.places.plans import Abolish, NewUnit, Plan, Revise
from chungtay.places.reorganising import Ground, Outcome, work_out
from chungtay.places.rules import Level, Place, Tree, build_tree
from chungtay.places.versions import as_ended


class AlreadyCorrected(DomainError):
    """Another reorganisation has replaced this one: that one can be corrected."""

    def __init__(self, earlier: Reorganisation) -> None:
        super().__init__(
            f"Đợt sắp xếp {earlier.legal_basis} ngày {date_text(earlier.effective_on)} đã được đính chính. "
            "Hãy đính chính bản mới nhất."
        )


class UnknownReorganisation(DomainError):
    """No reorganisation has that id."""

    def __init__(self, reorganisation_id: UUID) -> None:
        super().__init__(
            f"Không có đợt sắp xếp nào mang số {reorganisation_id}. Hãy chọn trong danh sách các đợt đã ghi."
        )


@dataclass(frozen=True)
class Undone:
    """What is held true without a reorganisation: rows that go, and the versions it had ended, open again (not saved)."""

    rows: tuple[AreaVersion, ...] = ()
    reopened: tuple[AreaVersion, ...] = ()
    formed: tuple[AreaVersion, ...] = ()  # of `rows`, those of the units that the reorganisation had made
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Held:
    """The history of the map as it would be held true: what is recorded now, without what `undone` takes back."""

    undone: Undone = Undone()

    def on(self, day: date) -> Tree:
        """Return the map of a day."""
        reopened = (row for row in self.undone.reopened if row.valid_from <= day)
        rows = (row for row in AreaVersion.objects.on(day) if row.id not in self._gone)
        return build_tree(as_place(row) for rows_ in (rows, reopened) for row in rows_)

    def change_days_after(self, day: date) -> list[date]:
        """Return the later days on which the map changes."""
        found = AreaVersion.objects.known().exclude(id__in=self._few_gone)
        begins = found.filter(valid_from__gt=day).values_list("valid_from", flat=True)
        ends = found.filter(valid_to__gt=day).values_list("valid_to", flat=True)
        return sorted({*begins, *(end for end in ends if end is not None)})

    def settled_on(self, day: date) -> dict[UUID, str]:
        """Return the units of the day before whose next change, on the day or later, is recorded already; and which."""
        rows = AreaVersion.objects.known().filter(valid_from__lt=day, valid_to__gte=day).select_related("ended_by")
        return {row.area_id: _settled(row) for row in rows if row.id not in self._gone}

    @cached_property
    def _gone(self) -> frozenset[int]:
        return frozenset(row.id for row in self.undone.rows)

    @cached_property
    def _few_gone(self) -> list[int]:
        """Ids for a NOT IN; of many, none: a day of change too much is looked at in vain, and that is all."""
        return list(self._gone) if len(self._gone) <= 500 else []


@dataclass(frozen=True)
class Rehearsal:
    """A plan worked out: what it takes back (when it corrects an earlier one), the maps it stands on, and its outcome."""

    undone: Undone
    ground: Ground
    outcome: Outcome


def rehearse(plan: Plan) -> Rehearsal:
    """Work a plan out on the maps as recorded; everything that is wrong with it stands in the outcome.

    Raises UnknownReorganisation, AlreadyCorrected.
    """
    undone = undo(plan.corrects) if plan.corrects else Undone()
    held = Held(undone)
    day = plan.effective_on
    ids, gone = _ids(plan, undone)
    ground = Ground(
        before=held.on(day - timedelta(days=1)),
        on_day=held.on(day),
        later=tuple((later, held.on(later)) for later in held.change_days_after(day)),
        settled=held.settled_on(day),
        refs=dict(_refs(plan)),
        gone=gone,
    )
    outcome = work_out(plan, ground, ids=ids)
    outcome.problems[:0] = undone.problems
    return Rehearsal(undone, ground, outcome)


def undo(earlier_id: UUID) -> Undone:
    """Return what is held true without a reorganisation, and why it cannot be taken back if others stand on it.

    Raises UnknownReorganisation, AlreadyCorrected.
    """
    earlier = Reorganisation.objects.filter(id=earlier_id).first()
    if earlier is None:
        raise UnknownReorganisation(earlier_id)
    if Reorganisation.objects.filter(replaces=earlier).exists():
        raise AlreadyCorrected(earlier)
    live = AreaVersion.objects.known().select_related("ended_by")
    begun = list(live.filter(reorganisation=earlier))
    ended = list(live.filter(ended_by=earlier))
    problems = [Problem(f"{row.name} {_settled(row)}", row.name) for row in begun if row.valid_to is not None]
    continued = {row.area_id for row in ended}
    return Undone(
        rows=(*begun, *(row for row in ended if row not in begun)),
        reopened=tuple(as_ended(row, None, now=earlier.recorded_at) for row in ended),
        formed=tuple(row for row in begun if row.area_id not in continued),
        problems=tuple(problems),
    )


def as_place(row: AreaVersion) -> Place:
    """Return what a version says of its area."""
    return Place(row.area_id, row.name, row.code, Level(row.level), row.parent_id)


def _ids(plan: Plan, undone: Undone) -> tuple[dict[int, UUID], dict[UUID, str]]:
    """Return the ids of units that the corrected reorganisation had formed, for those of the same code, else of the same
    name, by number of the change; and the names of those that are formed no more.
    """
    left = {row.area_id: row for row in undone.formed}
    ids: dict[int, UUID] = {}
    for alike in (_same_code, _same_name):
        for number, unit in plan.units():
            if number not in ids and (found := next((row for row in left.values() if alike(row, unit)), None)):
                ids[number] = found.area_id
                del left[found.area_id]
    return ids, {area_id: named(as_place(row)) for area_id, row in left.items()}


def _same_code(row: AreaVersion, unit: NewUnit) -> bool:
    return bool(unit.code) and row.code == unit.code


def _same_name(row: AreaVersion, unit: NewUnit) -> bool:
    return row.name == unit.name.strip()


def _refs(plan: Plan) -> Iterator[tuple[str, UUID]]:
    """Yield the units that references with a day mean."""
    said = {source.unit for _, _, source in plan.sources()} | {unit.parent for _, unit in plan.units()}
    for change in plan.changes:
        if isinstance(change, Revise):
            said |= {change.unit, change.parent or ""}
        elif isinstance(change, Abolish):
            said |= {change.unit, change.heir}
    for ref in sorted(ref for ref in said if "@" in ref):
        code, _, text = ref.partition("@")
        with suppress(ValueError):
            bearer = AreaVersion.objects.on(date.fromisoformat(text)).filter(code=code).first() if code else None
            if bearer:
                yield ref, bearer.area_id


def _settled(row: AreaVersion) -> str:
    day = date_text(row.valid_to) if row.valid_to else ""
    basis = f" ({row.ended_by.legal_basis})" if row.ended_by else ""
    return (
        f"đã có thay đổi được ghi nhận từ ngày {day}{basis}. "
        "Lịch sử được ghi theo thứ tự thời gian: hãy đính chính lần ghi đó trước."
    )
