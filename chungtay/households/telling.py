"""The ledger of classes: what is true of households, as steps per area and day; and the account told whenever it changes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.audit.rows import insert_new
from chungtay.households import facts
from chungtay.households.models import Classification, ClassStep, Household, StepBook
from chungtay.households.rules import Kind
from chungtay.households.timelines import Span, missing_steps, steps_of


def settle(households: Sequence[Household], *, now: datetime, by: User | None) -> int:
    """Bring the ledger in line with the classes of these households and those merged with them; return how many steps were added.

    A merged household is counted once, in the area of the one that stands for it. Call it under their locks, after the change.
    """
    roots = {row.root_id for row in households}
    lineage = list(Household.objects.filter(root__in=roots).values_list("id", "root", "area"))
    ids = [key for key, _, _ in lineage]
    told: dict[tuple[UUID, str, UUID], Counter[date]] = defaultdict(Counter)
    steps = ClassStep.objects.filter(household__in=ids)
    for key, kind, area, day, step in steps.values_list("household", "kind", "area", "day", "step"):
        told[key, kind, area][day] += step
    wanted = _wanted(lineage)
    added: dict[UUID, list[ClassStep]] = defaultdict(list)
    for where in dict.fromkeys([*wanted, *told]):
        key, kind, area = where
        for day, step in missing_steps(wanted.get(where, Counter()), told.get(where, Counter())):
            added[area].append(ClassStep(area_id=area, household_id=key, kind=kind, day=day, step=step, at=now))
    for area, new in sorted(added.items()):
        _append(area, new)
        facts.tell(area, min(step.day for step in new), now=now, by=by)
    return sum(len(new) for new in added.values())


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
    spans: dict[tuple[UUID, str, UUID], list[Span]] = defaultdict(list)
    rows = Classification.objects.filter(household__in=root_of, withdrawn_at=None)
    for key, kind, start, end in rows.values_list("household", "kind", "valid_from", "valid_to"):
        root = root_of[key]
        spans[root, kind, area_of[root]].append((start, end))
    return {where: steps_of(days) for where, days in spans.items()}


def _append(area: UUID, steps: Sequence[ClassStep]) -> None:
    """Add steps under the next positions of an area, whose book is locked until commit: positions follow the commits."""
    StepBook.objects.bulk_create([StepBook(area_id=area)], ignore_conflicts=True)
    book = StepBook.objects.select_for_update().get(pk=area)
    for step in steps:
        book.last += 1
        step.position = book.last
    insert_new(ClassStep, steps)
    book.save(update_fields=["last"])
