"""The ledger of classes: what is true of households, as steps per area and day; and the account told whenever it changes."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.audit.rows import insert_new
from chungtay.households import facts
from chungtay.households.models import Classification, ClassStep, Household, HouseholdMove, StepBook
from chungtay.households.rules import Kind
from chungtay.households.timelines import Span, missing_steps, stays, steps_of, within

_AT_ONCE = 500


def settle(households: Sequence[Household], *, now: datetime, by: User | None) -> int:
    """Bring the ledger in line with the classes of these households and those merged with them; return how many steps were added.

    A merged household is counted once, where the one that stands for it was on each day. Call it under their locks, after the change.
    """
    roots = sorted({row.root_id for row in households})
    added: dict[UUID, list[ClassStep]] = defaultdict(list)
    for start in range(0, len(roots), _AT_ONCE):
        for area, step in _missing(roots[start : start + _AT_ONCE], now):
            added[area].append(step)
    for area, new in sorted(added.items()):
        _append(area, new)
        facts.tell(area, min(step.day for step in new), now=now, by=by)
    return sum(len(new) for new in added.values())


def _missing(roots: Sequence[UUID], now: datetime) -> Iterator[tuple[UUID, ClassStep]]:
    """Yield the steps that the ledger lacks of some households, each with its area."""
    lineage = list(Household.objects.filter(root__in=roots).values_list("id", "root", "area"))
    told: dict[tuple[UUID, str, UUID], Counter[date]] = defaultdict(Counter)
    steps = ClassStep.objects.filter(household__in=[key for key, _, _ in lineage])
    for key, kind, area, day, step in steps.values_list("household", "kind", "area", "day", "step"):
        told[key, kind, area][day] += step
    wanted = _wanted(lineage)
    for where in dict.fromkeys([*wanted, *told]):
        key, kind, area = where
        for day, step in missing_steps(wanted.get(where, Counter()), told.get(where, Counter())):
            yield area, ClassStep(area_id=area, household_id=key, kind=kind, day=day, step=step, at=now)


@transaction.atomic
def tell_months(*, area: UUID, now: datetime, by: User | None) -> int:
    """Tell the account all months of an area that are over; return how many facts are new, 0 when all was told."""
    new = facts.tell(area, None, now=now, by=by)
    if new:
        audit.record("households.facts.told", area_id=area, data={"facts": new}, now=now, by=by)
    return new


def tell_all(*, now: datetime, by: User | None = None) -> int:
    """Tell the months that are over of every area with a ledger; return how many facts are new. Run it as often as you like."""
    books = StepBook.objects.order_by("pk")
    return sum(tell_months(area=book.pk, now=now, by=by) for book in books)


def counts(areas: Iterable[UUID], day: date) -> list[tuple[tuple[UUID, Kind], int]]:
    """Return ((area, class), households on a day) of what is not nothing (one query)."""
    rows = ClassStep.objects.filter(area__in=list(areas), day__lte=day).values_list("area", "kind")
    return [((area, Kind(kind)), total) for area, kind, total in rows.annotate(n=Sum("step")).order_by() if total]


def _wanted(lineage: Sequence[tuple[UUID, UUID, UUID]]) -> dict[tuple[UUID, str, UUID], Counter[date]]:
    root_of = {key: root for key, root, _ in lineage}
    area_of = {key: area for key, _, area in lineage}
    moves: dict[UUID, list[tuple[date, UUID]]] = defaultdict(list)
    for key, day, left in _moves_of(set(root_of.values())):
        moves[key].append((day, left))
    spans: dict[tuple[UUID, str], list[Span]] = defaultdict(list)
    rows = Classification.objects.filter(household__in=root_of, withdrawn_at=None)
    for key, kind, start, end in rows.values_list("household", "kind", "valid_from", "valid_to"):
        spans[root_of[key], kind].append((start, end))
    wanted: dict[tuple[UUID, str, UUID], Counter[date]] = defaultdict(Counter)
    for (root, kind), days in spans.items():
        for area, first, after in stays(area_of[root], moves[root]):
            for day, step in steps_of(within(days, first, after)).items():
                wanted[root, kind, area][day] += step
    return wanted


def _moves_of(ids: Collection[UUID]) -> Iterable[tuple[UUID, date, UUID]]:
    rows = HouseholdMove.objects.filter(household__in=ids).order_by("on")
    return rows.values_list("household", "on", "from_area")


def _append(area: UUID, steps: Sequence[ClassStep]) -> None:
    """Add steps under the next positions of an area, whose book is locked until commit: positions follow the commits."""
    StepBook.objects.bulk_create([StepBook(area_id=area)], ignore_conflicts=True)
    book = StepBook.objects.select_for_update().get(pk=area)
    for step in steps:
        book.last += 1
        step.position = book.last
    insert_new(ClassStep, steps)
    book.save(update_fields=["last"])
