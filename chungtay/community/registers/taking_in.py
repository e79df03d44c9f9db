"""Takes the good rows of a register's workbook in, in one transaction; what is known already is left as it is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.community import activity_steps, hamlet_register, telling
from chungtay.community.models import Activity, Group, Hamlet
from chungtay.community.pen import take_pen
from chungtay.community.registering import About, enter_group
from chungtay.community.registers.columns import HEAD_OF_OWN, Register
from chungtay.community.registers.reading import Places, ReadRow, read_rows
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.places.registry import Entry


@dataclass(frozen=True)
class Preview:
    """What a workbook would do: rows that are new and good, rows that are known already, rows with problems."""

    new: tuple[ReadRow, ...]
    known: tuple[ReadRow, ...]
    wrong: tuple[ReadRow, ...]


def preview(register: Register, rows: list[list[Any]], *, today: date, by: User) -> Preview:
    """Read a workbook's rows for a person: only places where they may write. Raises NoHeads."""
    areas = access.areas_for(by, *register.right, on=today)
    tree = places.tree_on(today)
    units = {fold(node.name): node.area_id for node in tree if node.area_id in areas}
    hamlets = {
        (one.area_id, fold(str(one))): one
        for one in Hamlet.objects.filter(area__in=units.values(), ended_on=None).select_related("area")
    }
    read = read_rows(register, rows, Places(units, hamlets), today)
    seen = _known(register, set(units.values()))
    new: list[ReadRow] = []
    known: list[ReadRow] = []
    wrong: list[ReadRow] = []
    for row in read:
        if row.problems:
            wrong.append(row)
            continue
        key = _key(register, row.values)
        (known if key in seen else new).append(row)
        seen.add(key)
    return Preview(tuple(new), tuple(known), tuple(wrong))


def _key(register: Register, values: dict[str, Any]) -> tuple[Any, ...]:
    if register.right[1] == "hamlet":
        return values["area"], values["kind"], fold(values["name"])
    if register.right[1] == "group":
        return values["area"], fold(values["name"])
    hamlet = values.get("hamlet")
    return values["area"], values["held_on"], hamlet.pk if hamlet else None, fold(values.get("title") or register.title)


def _known(register: Register, areas: set[UUID]) -> set[tuple[Any, ...]]:
    if register.right[1] == "hamlet":
        rows = Hamlet.objects.filter(area__in=areas, ended_on=None).values_list("area_id", "kind", "name")
        return {(area, kind, fold(name)) for area, kind, name in rows}
    if register.right[1] == "group":
        found = Group.objects.filter(area__in=areas, kind=register.kind).values_list("area_id", "name")
        return {(area, fold(name)) for area, name in found}
    held = Activity.objects.filter(area__in=areas, kind=register.kind).exclude(state="withdrawn")
    told = held.values_list("area_id", "held_on", "hamlet_id", "title")
    return {(area, day, hamlet, fold(title)) for area, day, hamlet, title in told}


@transaction.atomic
def take_in(register: Register, rows: Iterable[ReadRow], *, now: datetime, by: User) -> int:
    """Write the rows down and return how many; activities are put forward for confirmation.

    Raises DomainError naming the row that the rules refuse; then nothing is written.
    """
    good = list(rows)
    areas = Area.objects.in_bulk({row.values["area"] for row in good})
    if register.right[1] == "group":
        _groups(register, good, areas, now, by)
        return len(good)
    for row in good:
        values = dict(row.values)
        area = areas[values.pop("area")]
        try:
            if register.right[1] == "hamlet":
                hamlet_register.enter_hamlet(area=area, **values, now=now, by=by)
            else:
                told = activity_steps.Told(
                    kind=register.kind,
                    title=values.pop("title", ""),
                    counts=_own(values),
                    **{key: value for key, value in values.items() if not key.startswith(HEAD_OF_OWN)},
                )
                activity = activity_steps.write_activity(told=told, area=area, now=now, by=by)
                activity_steps.record_activity(activity=activity, now=now, by=by)
        except DomainError as refused:
            raise DomainError(f"Dòng {row.number}: {refused}") from refused
    return len(good)


def _groups(register: Register, rows: list[ReadRow], areas: dict[UUID, Area], now: datetime, by: User) -> None:
    """Enter many groups and tell the account once for each place."""
    pen = take_pen(now, by)
    entries: list[Entry] = []
    first: dict[UUID, list[date]] = defaultdict(list)
    for row in rows:
        values = row.values
        group = Group(kind=register.kind, area=areas[values["area"]], founded_on=values["founded_on"])
        access.require(by, "edit", group, on=pen.today)
        about = About(
            name=values["name"],
            hamlet=values.get("hamlet"),
            schedule=values.get("schedule", ""),
            venue=values.get("venue", ""),
            details=_own(values),
        )
        numbers: dict[str, Any] = {name: values.get(name) for name in ("members", "households", "as_of")}
        try:
            entries.append(enter_group(group, about, pen, **numbers))
        except DomainError as refused:
            raise DomainError(f"Dòng {row.number}: {refused}") from refused
        first[group.area_id].append(group.founded_on)
    pen.lift()
    for area_id, days in first.items():
        telling.tell_groups(area_id, since=min(days), kinds={register.kind}, now=now, by=by)
    audit.record_all(entries, now=now, by=by)


def _own(values: dict[str, Any]) -> dict[str, Any]:
    return {key.removeprefix(HEAD_OF_OWN): value for key, value in values.items() if key.startswith(HEAD_OF_OWN)}
