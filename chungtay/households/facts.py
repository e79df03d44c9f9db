"""How the register becomes figures: households of a class at the end of each month, and how such a figure is shown.

The source of a fact is an area's month with the position of its ledger: steps are only ever added, so that the same source
says the same for ever, and telling again what has not changed adds nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Sum
from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.accounts.models import User
from chungtay.figures import services as figures
from chungtay.figures.months import MonthMark, ended_months, told_before
from chungtay.figures.registry import SourceView, register_source
from chungtay.figures.rules import Statement, Status
from chungtay.households.models import ClassMeasure, ClassStep, StepBook
from chungtay.households.rules import KIND_LABELS, Kind
from chungtay.indicators import selectors as dictionary
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Keeper
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places

SOURCE = "household-month"


def measure(*, indicator: Indicator, kind: Kind) -> ClassMeasure:
    """Say that an indicator counts the households of a class. It is told once registers are its source of record."""
    row, _ = ClassMeasure.objects.get_or_create(indicator=indicator, defaults={"kind": kind})
    return row


def tell(area: UUID, since: date | None, *, now: datetime, by: User | None) -> int:
    """Tell the account the months of an area that are over, from that of a day on; return how many facts are new.

    since: None from the first month of which the ledger says anything. A month of which it says nothing is 0.
    """
    measures = list(ClassMeasure.objects.select_related("indicator").order_by("id"))
    if not measures:
        return 0
    steps = ClassStep.objects.filter(area=area).values_list("kind", "day").annotate(n=Sum("step")).order_by("day")
    rows = list(steps)
    first = since or (rows[0][1] if rows else None)
    if first is None:
        return 0
    position = StepBook.objects.values_list("last", flat=True).get(area=area)
    told = told_before(SOURCE, area, [one.indicator_id for one in measures])
    new = 0
    for month in ended_months(first, localdate(now)):
        new += _tell_month(MonthMark(area, month, position), measures, rows, told, now, by)
    return new


def _tell_month(
    mark: MonthMark,
    measures: Sequence[ClassMeasure],
    rows: Sequence[tuple[str, date, int]],
    told: dict[tuple[UUID, date], int | None],
    now: datetime,
    by: User | None,
) -> int:
    month = mark.month
    if mark.area_id not in places.ways_on(month.last_day).own:
        return 0
    kept = dictionary.sources_during([one.indicator_id for one in measures], month.start, month.last_day)
    count: Counter[str] = Counter()
    for kind, day, step in rows:
        if day <= month.last_day:
            count[kind] += step
    statements = [
        Statement(one.indicator.code, "", mark.area_id, month, count[one.kind], cell=one.kind)
        for one in measures
        if kept[one.indicator_id] == {Keeper.REGISTERS} and told.get((one.indicator_id, month.start)) != count[one.kind]
    ]
    if statements:
        figures.record_facts(
            statements, status=Status.APPROVED, source_kind=SOURCE, source_id=str(mark), now=now, by=by
        )
    return len(statements)


def register() -> None:
    """Tell the account how to show months of registers as sources."""
    register_source(SOURCE, describe)


def describe(ids: Sequence[str]) -> dict[str, SourceView]:
    """Return how each month of a register shows itself, as its ledger stood then. No household is named here."""
    marks = [MonthMark.read(one) for one in ids]
    counts: dict[MonthMark, list[str]] = defaultdict(list)
    for mark in marks:
        rows = ClassStep.objects.filter(area=mark.area_id, day__lte=mark.month.last_day, position__lte=mark.position)
        for kind, n in rows.values_list("kind").annotate(n=Sum("step")).order_by("kind"):
            counts[mark].append(f"{KIND_LABELS[Kind(kind)]}: {n}")
    return {str(mark): _view(mark, counts[mark]) for mark in marks}


def _view(mark: MonthMark, counts: Sequence[str]) -> SourceView:
    last = mark.month.last_day
    return SourceView(
        title=f"Sổ hộ của {places.name_on(mark.area_id, last)}, đến hết ngày {date_text(last)}",
        detail=tuple(counts) or ("Sổ chưa có hộ nào được công nhận",),
        url=f"{reverse('household-list')}?noi={mark.area_id}&ngay={last.isoformat()}",
        version=str(mark.position),
        noun="tháng sổ hộ",
        locked=("household", mark.area_id),
    )
