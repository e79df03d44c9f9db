"""What a workbook would add, compared with the register and with itself; and adding it, in one transaction."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.households.classifying import Decision, classify_all
from chungtay.households.intake.columns import MOST_ROWS, CellProblem, Entry, NotTheForm, entries_of
from chungtay.households.likeness import Likeness, Trait, likeness
from chungtay.households.merging import Suspect, alike_to_all, marks_of
from chungtay.households.models import Household, Need
from chungtay.households.register import LegalGround, indexes_of, register_all
from chungtay.households.rules import SETTLES_DUPLICATES
from chungtay.places.models import Area
from chungtay.tables.apart import UnreadableTable, rows_apart

LARGEST = 8 * 1024 * 1024
HEAD_ROWS = 200  # titles and blank rows around the households
_AT_ONCE = 500


@dataclass(frozen=True)
class Doubt:
    """A row that may be a household that is there: in the register (`known`), or in an earlier row of the file."""

    entry: Entry
    likeness: Likeness
    known: Household | None
    earlier_row: int | None = None


@dataclass(frozen=True)
class Findings:
    """What a file would add. sha256: of its bytes. fresh: new households; doubts: those that may be there already."""

    sha256: str
    fresh: tuple[Entry, ...]
    doubts: tuple[Doubt, ...]
    problems: tuple[CellProblem, ...]


def _rows(data: bytes) -> list[list[Any]]:
    try:
        return rows_apart(data, most_rows=MOST_ROWS + HEAD_ROWS, largest=LARGEST)
    except UnreadableTable as refused:
        raise NotTheForm(str(refused)) from refused


def look_into(area: Area, data: bytes, *, now: datetime) -> Findings:
    """Read a workbook in a child process and compare it with the register of an area. Raises NotTheForm."""
    entries, problems = entries_of(_rows(data), localdate(now))
    traits = [_trait(entry) for entry in entries]
    doubts: dict[int, Doubt] = {}
    for start in range(0, len(entries), _AT_ONCE):
        part = traits[start : start + _AT_ONCE]
        for at, suspects in enumerate(alike_to_all(part, [area.pk]), start=start):
            if suspects:
                doubts[at] = _of_register(entries[at], suspects[0])
    for at, (earlier, like) in _within(traits).items():
        doubts.setdefault(at, Doubt(entries[at], like, None, entries[earlier].row))
    fresh = tuple(entry for at, entry in enumerate(entries) if at not in doubts)
    return Findings(
        hashlib.sha256(data).hexdigest(), fresh, tuple(doubts[at] for at in sorted(doubts)), tuple(problems)
    )


@transaction.atomic
def take_in(
    *,
    area: Area,
    findings: Findings,
    ground: LegalGround,
    with_doubts: bool = False,
    now: datetime,
    by: User,
) -> list[Household]:
    """Add what a file brings; with_doubts: also what may be there already. Raises NotAHousehold, NotClassed."""
    access.require(by, "edit", Matter("household", area.pk), on=localdate(now))
    entries = [*findings.fresh, *(doubt.entry for doubt in findings.doubts if with_doubts)]
    rows = register_all(area, [entry.personal for entry in entries], ground, now=now, by=by)
    classed = [(row, decision) for row, entry in zip(rows, entries, strict=True) if (decision := _decision(entry))]
    classify_all(classed, now=now, by=by)
    needs = [
        Need(household=row, root=row, kind=entry.need, since=localdate(now), recorded_at=now, recorded_by=by)
        for row, entry in zip(rows, entries, strict=True)
        if entry.need
    ]
    Need.objects.bulk_create(needs, batch_size=_AT_ONCE)
    data = {"households": len(rows), "classes": len(classed), "sha256": findings.sha256, "ground": ground.ground}
    audit.record("households.file.taken_in", area_id=area.pk, data=data, now=now, by=by)
    return rows


def _decision(entry: Entry) -> Decision | None:
    if entry.kind is None or entry.valid_from is None or entry.decided_on is None:
        return None
    return Decision(entry.kind, entry.valid_from, entry.number, entry.decided_on, reason=entry.reason)


def _trait(entry: Entry) -> Trait:
    person = entry.personal
    return Trait(person.head_name, person.hamlet, person.address, person.birth_year, *indexes_of(person))


def _of_register(entry: Entry, suspect: Suspect) -> Doubt:
    return Doubt(entry, suspect.likeness, suspect.household)


def _within(traits: Sequence[Trait]) -> dict[int, tuple[int, Likeness]]:
    """Return {place: (earlier place, likeness)} of rows that may be the same as an earlier one."""
    seen: dict[tuple[str, str], list[int]] = {}
    found: dict[int, tuple[int, Likeness]] = {}
    for at, trait in enumerate(traits):
        near = {earlier for mark in marks_of(trait) for earlier in seen.get(mark, [])}
        alike = [(earlier, likeness(trait, traits[earlier])) for earlier in sorted(near)]
        likely = [one for one in alike if one[1].score >= SETTLES_DUPLICATES]
        if likely:
            found[at] = max(likely, key=lambda one: one[1].score)
        for mark in marks_of(trait):
            seen.setdefault(mark, []).append(at)
    return found
