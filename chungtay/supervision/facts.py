"""How what was counted becomes facts: a month of a place, as its count stood at a position; and how such a figure is shown.

Counted rows are only ever added, so that the same source says the same for ever, and telling again what has not changed adds nothing.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from chungtay.accounts.models import User
from chungtay.figures import services as figures
from chungtay.figures.months import MonthMark, ended_months, told_before
from chungtay.figures.registry import SourcePart, SourceView, register_source
from chungtay.figures.rules import Statement, Status
from chungtay.indicators import selectors as dictionary
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Keeper
from chungtay.places import selectors as places
from chungtay.supervision.models import CountBook, Counted
from chungtay.supervision.rules import MEASURE_WORDS, Measure

SOURCE = "supervision-month"
CODES = {f"supervision.{measure}": measure for measure in Measure}
"""Indicators of the dictionary that this room tells, when the dictionary has them and registers keep them."""


def tell(area_id: UUID, *, now: datetime, by: User | None) -> int:
    """Tell the account every month of a place that is over, from the first of which anything was counted; return how many facts are new.

    Only indicators whose source of record the registers are. A month in which nothing was counted is 0.
    """
    known = list(Indicator.objects.filter(code__in=CODES))
    rows = list(Counted.objects.filter(area_id=area_id).order_by("day").values_list("measure", "day"))
    if not known or not rows:
        return 0
    position = CountBook.objects.values_list("last", flat=True).get(area_id=area_id)
    counts: Counter[tuple[str, date]] = Counter((measure, day.replace(day=1)) for measure, day in rows)
    told = told_before(SOURCE, area_id, [one.pk for one in known])
    said: dict[str, list[Statement]] = {}
    for month in ended_months(rows[0][1], localdate(now)):
        if area_id in places.ways_on(month.last_day).own:
            kept = dictionary.sources_during([one.pk for one in known], month.start, month.last_day)
            statements = [
                Statement(one.code, "", area_id, month, value, cell=CODES[one.code].value)
                for one in known
                if kept[one.pk] == {Keeper.REGISTERS}
                and told.get((one.pk, month.start)) != (value := counts[CODES[one.code], month.start])
            ]
            if statements:
                said[str(MonthMark(area_id, month, position))] = statements
    if said:
        figures.record_sources(said, status=Status.APPROVED, source_kind=SOURCE, now=now, by=by)
    return sum(len(statements) for statements in said.values())


def tell_all(*, now: datetime, by: User | None = None) -> int:
    """Tell the account the months that are over of every place where anything was counted; return how many facts are new."""
    return sum(
        tell(area_id, now=now, by=by)
        for area_id in CountBook.objects.order_by("area_id").values_list("area_id", flat=True)
    )


def register() -> None:
    """Tell the account how to show months of supervision as sources."""
    register_source(SOURCE, describe)


def describe(ids: Sequence[str]) -> dict[str, SourceView]:
    """Return how each month shows itself: the visits, recommendations and answers behind it, each with its link."""
    return {one: _view(MonthMark.read(one)) for one in ids}


def _view(mark: MonthMark) -> SourceView:
    days = (mark.month.start, mark.month.last_day)
    rows = Counted.objects.filter(area_id=mark.area_id, position__lte=mark.position, day__range=days).order_by(
        "position"
    )
    parts = tuple(SourcePart(row.title, row.measure, 1, row.path) for row in rows)
    counts = Counter(part.cell for part in parts)
    detail = tuple(f"{MEASURE_WORDS[Measure(cell)].capitalize()}: {n}" for cell, n in sorted(counts.items()))
    return SourceView(
        title=f"Giám sát, kiến nghị của {places.name_on(mark.area_id, mark.month.last_day)}, {mark.month.label()}",
        detail=detail or ("Trong tháng không có lượt giám sát, kiến nghị nào",),
        url="",
        version=str(mark.position),
        parts=parts,
        noun="tháng giám sát, kiến nghị",
        locked=("recommendation", mark.area_id),
    )
