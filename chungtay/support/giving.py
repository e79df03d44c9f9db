"""Handing over: a list's lines given out on a day, each an entry of its own; noted by mistake, each gets its mirror."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from chungtay.accounts.models import User
from chungtay.audit.rows import insert_saved
from chungtay.support.models import Case, Handover, HandoverHead, PackageLine

AT_ONCE = 2_000


def give(row: Case, lines: Iterable[PackageLine], *, on: Mapping[int, date], now: datetime, by: User) -> list[Handover]:
    """Note that lines were given, each on its day (`on`: by id of the line). The caller holds the lock of the case."""
    return give_all({row.pk: row}, list(lines), on=on, now=now, by=by)


def give_all(
    cases: Mapping[UUID, Case], lines: Sequence[PackageLine], *, on: Mapping[int, date], now: datetime, by: User
) -> list[Handover]:
    """Note the same of several cases (by id), whose locks the caller holds."""
    last = _locked_head(len(lines))
    made = [
        Handover(
            id=last + at,
            line=line,
            case_id=line.case_id,
            area_id=cases[line.case_id].area_id,
            kind=cases[line.case_id].kind,
            household_id=line.household_id,
            day=on[line.pk],
            name=line.name,
            hamlet=line.hamlet,
            quantity=line.quantity,
            amount=line.amount,
            at=now,
            by=by,
        )
        for at, line in enumerate(lines, 1)
    ]
    insert_saved(Handover, made)
    by_day: dict[date, list[int]] = defaultdict(list)
    for line in lines:
        line.given_on = on[line.pk]
        by_day[line.given_on].append(line.pk)
    for day, ids in by_day.items():
        for start in range(0, len(ids), AT_ONCE):
            PackageLine.objects.filter(pk__in=ids[start : start + AT_ONCE]).update(given_on=day)
    return made


def take_back(row: Case, *, now: datetime, by: User) -> list[date]:
    """Write a mirror for everything of a case that stands as given; return the days on which it had been given."""
    standing = list(Handover.objects.filter(case=row, quantity__gt=0, undone_by=None).order_by("id"))
    last = _locked_head(len(standing))
    same = ("line_id", "case_id", "area_id", "kind", "household_id", "day", "name", "hamlet")
    Handover.objects.bulk_create(
        [
            Handover(
                id=last + at,
                **{name: getattr(one, name) for name in same},
                quantity=-one.quantity,
                amount=-one.amount,
                undoes=one,
                at=now,
                by=by,
            )
            for at, one in enumerate(standing, 1)
        ],
        batch_size=AT_ONCE,
    )
    row.lines.exclude(given_on=None).update(given_on=None)
    return sorted({one.day for one in standing})


def _locked_head(count: int) -> int:
    """Reserve ids for `count` handings over and return the last one before them."""
    head = HandoverHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        HandoverHead.objects.bulk_create([HandoverHead()], ignore_conflicts=True)
        head = HandoverHead.objects.select_for_update().get(pk=1)
    before = head.last
    head.last += count
    head.save(update_fields=["last"])
    return before
