"""How cases become facts, a month of a place at a time.

The source of a fact is a month of a place as its records stood after so many handings over and so many acceptances: both are only ever
added to, so the same source says the same for ever, and telling again what has not changed adds nothing. Whoever tells holds the place
(`hold`), so that rows are counted in the order in which they are committed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from chungtay.accounts.models import User
from chungtay.figures import services as figures
from chungtay.figures.models import Fact
from chungtay.figures.rules import Statement, Status
from chungtay.indicators import selectors as dictionary
from chungtay.indicators import services as indicators
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Keeper
from chungtay.kernel.folding import fold
from chungtay.kernel.periods import Period, period_of
from chungtay.support import register
from chungtay.support.kinds import Measure, kind_of, kinds
from chungtay.support.models import Case, CaseStep, Handover
from chungtay.support.rules import Act, State

SOURCE = "support-month"
HOUSES, BRIDGES = "support.houses", "support.bridges"
PACKAGES, VALUE, TIMES, SERVED = "support.packages", "support.package_value", "support.times", "support.households"
CODES = (HOUSES, BRIDGES, PACKAGES, VALUE, TIMES, SERVED)
"""Packages, times and households are three: two packages at once are one time, two times of one household are one household."""

Cell = tuple[str, str]
Person = tuple[str, str]


@dataclass(frozen=True)
class MonthMark:
    """A month of a place as its records stood: the year's first so many handings over, the place's first so many acceptances."""

    area_id: UUID
    month: Period
    handovers: int
    acceptances: int

    def __str__(self) -> str:
        return f"{self.area_id}:{self.month.code}:{self.handovers}.{self.acceptances}"

    @classmethod
    def read(cls, source_id: str) -> "MonthMark":
        """Return the mark that a source id names."""
        area_id, month, counts = source_id.split(":")
        handovers, acceptances = (int(count) for count in counts.split("."))
        return cls(UUID(area_id), month_of(date.fromisoformat(f"{month}-01")), handovers, acceptances)


@dataclass(frozen=True)
class Counted:
    """One record behind a cell: the case, what it adds, on which day."""

    case_id: UUID
    cell: Cell
    value: int
    day: date


def month_of(day: date) -> Period:
    """Return the calendar month of a day."""
    return period_of(day.replace(day=1), date(day.year + day.month // 12, day.month % 12 + 1, 1))


def given_until(area_id: UUID, month: Period) -> "list[Handover]":
    """Return the handings over of a place from the year's beginning to the end of a month, in the order of commit."""
    days = (month.start.replace(month=1), month.last_day)
    return list(Handover.objects.filter(area_id=area_id, day__range=days).order_by("id"))


def acceptances(area_id: UUID) -> "list[CaseStep]":
    """Return every acceptance of what is built at a place, and each that was taken back, in the order of commit."""
    built = [code for code, kind in kinds().items() if kind.measure is not Measure.PACKAGE]
    back = Q(act=Act.SEND_BACK, state_before=State.ACCEPTED)
    steps = CaseStep.objects.filter(Q(act=Act.ACCEPT) | back, case__area_id=area_id, case__kind__in=built)
    return list(steps.select_related("case").order_by("id"))


def counted(
    month: Period, handovers: Sequence[Handover], steps: Sequence[CaseStep], *, is_served_asked: bool = True
) -> Iterator[Counted]:
    """Yield what each record adds to a month's cells; distinct households are counted once for the year up to then."""
    standing: dict[UUID, tuple[Case, date]] = {}
    for step in steps:
        if step.act == Act.ACCEPT:
            standing[step.case_id] = (step.case, step.day)
        else:
            standing.pop(step.case_id, None)
    for case, day in standing.values():
        if month.start <= day <= month.last_day and (cell := _built(case)):
            yield Counted(case.pk, cell, 1, day)
    for one in handovers:
        if one.day >= month.start:
            key = kind_of(one.kind).gift_kind
            yield Counted(one.case_id, (PACKAGES, key), one.quantity, one.day)
            yield Counted(one.case_id, (VALUE, key), one.amount, one.day)
            yield Counted(one.case_id, (TIMES, ""), 1 if one.undoes_id is None else -1, one.day)
    if is_served_asked:
        yield from _served(handovers)


def _built(case: Case) -> Cell | None:
    if case.of_kind.measure is Measure.HOUSE:
        return HOUSES, case.work
    return (BRIDGES, "") if case.details.get("works") == "bridge" else None


def _served(handovers: Sequence[Handover]) -> Iterator[Counted]:
    """Yield one for each household (or person without a record) that was given anything that stands, at its first time."""
    left: dict[Person, int] = defaultdict(int)
    first: dict[Person, Handover] = {}
    roots = register.roots({one.household_id for one in handovers if one.household_id})
    for one in handovers:
        who = ("", str(roots[one.household_id])) if one.household_id else (fold(one.name), fold(one.hamlet))
        left[who] += 1 if one.undoes_id is None else -1
        first.setdefault(who, one)
    for who, times in left.items():
        if times > 0:
            yield Counted(first[who].case_id, (SERVED, ""), 1, first[who].day)


def tell(area_id: UUID, months: Iterable[Period], *, now: datetime, by: User | None) -> int:
    """Tell the account what a place's cases say of these months; return how many facts are new.

    Only indicators of the dictionary whose source of record the registers are, the whole month long. A month is told whole: what
    it has nothing of is 0. Raises what `figures.record_facts` raises.
    """
    known = list(Indicator.objects.filter(code__in=CODES))
    wanted = list(months)
    if not known or not wanted:
        return 0
    axes = {one.code: list(_cells([one])) for one in known}
    steps = acceptances(area_id)
    of_year: dict[int, list[Handover]] = {}
    new = 0
    for month in wanted:
        kept = dictionary.sources_during((one.pk for one in known), month.start, month.last_day)
        mine = {one.code: one for one in known if kept[one.pk] == {Keeper.REGISTERS}}
        if mine:
            year = month.start.year
            if year not in of_year:
                last = max((one for one in wanted if one.start.year == year), key=lambda one: one.start)
                of_year[year] = given_until(area_id, last)
            handovers = [one for one in of_year[year] if one.day <= month.last_day]
            cells = [cell for code in mine for cell in axes[code]]
            new += _tell_month(area_id, mine, month, cells, handovers, steps, now, by)
    return new


def _tell_month(
    area_id: UUID,
    mine: Mapping[str, Indicator],
    month: Period,
    cells: Iterable[Cell],
    handovers: Sequence[Handover],
    steps: Sequence[CaseStep],
    now: datetime,
    by: User | None,
) -> int:
    values = dict.fromkeys(cells, 0)
    for one in counted(month, handovers, steps, is_served_asked=SERVED in mine):
        if one.cell[0] in mine:
            values[one.cell] = values.get(one.cell, 0) + one.value
    _teach(mine, values, now, by)
    told = _told(area_id, month, mine.values())
    statements = [
        Statement(code, key, area_id, month, value, cell=cell_name((code, key)))
        for (code, key), value in values.items()
        if told.get((code, key)) != value
    ]
    if statements:
        mark = MonthMark(area_id, month, len(handovers), len(steps))
        figures.record_facts(
            statements, status=Status.APPROVED, source_kind=SOURCE, source_id=str(mark), now=now, by=by
        )
    return len(statements)


def cell_name(cell: Cell) -> str:
    """Return the name of a cell of a source."""
    return ":".join(part for part in cell if part)


def _cells(mine: Iterable[Indicator]) -> Iterator[Cell]:
    for one in mine:
        for key, _ in dictionary.dimension_keys(one):
            yield one.code, key


def _told(area_id: UUID, month: Period, mine: Iterable[Indicator]) -> dict[Cell, int | None]:
    rows = Fact.objects.filter(
        area_id=area_id, period_start=month.start, period_end=month.end, indicator__in=list(mine)
    ).order_by("batch_id", "id")
    said = rows.values_list("indicator__code", "dimension", "source_kind", "value")
    last = {(code, key): (kind, value) for code, key, kind, value in said}
    return {cell: value for cell, (kind, value) in last.items() if kind == SOURCE}


def _teach(mine: Mapping[str, Indicator], values: Iterable[Cell], now: datetime, by: User | None) -> None:
    """Add to the dictionary the kinds of packages that its breakdown does not know yet."""
    names = {kind.gift_kind: kind.name for kind in kinds().values() if kind.gift_kind}
    for code in (PACKAGES, VALUE):
        if code not in mine:
            continue
        axes = dictionary.dimensions_of(mine[code])
        known = {key for key, _ in dictionary.dimension_keys(mine[code])}
        missing = {key: names[key] for said, key in values if said == code and key not in known and key in names}
        if len(axes) == 1 and missing:
            indicators.add_dimension_values(dimension=axes[0][0], values=missing, now=now, by=by)
