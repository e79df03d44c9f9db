"""How cases become facts, a month of a place at a time.

The source of a fact is a month of a place as its records stood after so many handings over and so many acceptances: both are only ever
added to, so the same source says the same for ever, and telling again what has not changed adds nothing. Whoever tells holds the place
(`hold`), so that rows are counted in the order in which they are committed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from chungtay.accounts.models import User
from chungtay.figures import selectors as account
from chungtay.figures import services as figures
from chungtay.figures.models import Fact
from chungtay.figures.rules import Statement, Status
from chungtay.indicators import selectors as dictionary
from chungtay.indicators import services as indicators
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Keeper
from chungtay.kernel.folding import fold
from chungtay.kernel.periods import Period, month_of
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


class Given(NamedTuple):
    """One handing over, as it is counted; `undoes` the id of the one that it takes back."""

    case_id: UUID
    kind: str
    household: UUID | None
    day: date
    name: str
    hamlet: str
    quantity: int
    amount: int
    undoes: int | None


def given_until(area_id: UUID, month: Period) -> list[Given]:
    """Return the handings over of a place from the year's beginning to the end of a month, in the order of commit."""
    days = (month.start.replace(month=1), month.last_day)
    rows = Handover.objects.filter(area_id=area_id, day__range=days).order_by("id")
    return [Given(*row) for row in rows.values_list(*Given._fields)]


def acceptances(area_id: UUID) -> "list[CaseStep]":
    """Return every acceptance of what is built at a place, and each that was taken back, in the order of commit."""
    built = [code for code, kind in kinds().items() if kind.measure is not Measure.PACKAGE]
    back = Q(act=Act.SEND_BACK, state_before=State.ACCEPTED)
    steps = CaseStep.objects.filter(Q(act=Act.ACCEPT) | back, case__area_id=area_id, case__kind__in=built)
    return list(steps.select_related("case").order_by("id"))


def counted(
    month: Period, handovers: Sequence[Given], steps: Sequence[CaseStep], *, is_served_asked: bool = True
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
            yield Counted(one.case_id, (TIMES, ""), 1 if one.undoes is None else -1, one.day)
    if is_served_asked:
        yield from _served(handovers)


def _built(case: Case) -> Cell | None:
    if case.of_kind.measure is Measure.HOUSE:
        return HOUSES, case.work
    return (BRIDGES, "") if case.details.get("works") == "bridge" else None


def _served(handovers: Sequence[Given]) -> Iterator[Counted]:
    """Yield one for each household (or person without a record) that was given anything that stands, at its first time."""
    left: dict[Person, int] = defaultdict(int)
    first: dict[Person, Given] = {}
    roots = register.roots({one.household for one in handovers if one.household})
    for one in handovers:
        who = ("", str(roots[one.household])) if one.household else (fold(one.name), fold(one.hamlet))
        left[who] += 1 if one.undoes is None else -1
        first.setdefault(who, one)
    for who, times in left.items():
        if times > 0:
            yield Counted(first[who].case_id, (SERVED, ""), 1, first[who].day)


def tell(area_id: UUID, months: Iterable[Period], *, now: datetime, by: User | None) -> int:
    """Tell the account what a place's cases say of these months; return how many facts are new.

    Only indicators of the dictionary whose source of record the registers are, the whole month long. A month is told whole: what
    it has nothing of is 0. Raises what `figures.record_sources` raises.
    """
    known = list(Indicator.objects.filter(code__in=CODES))
    wanted = list(months)
    if not known or not wanted:
        return 0
    told = _Told(area_id, wanted, known)
    keys = account.keys_by_indicator(known)
    axes = {one.code: [(one.code, key) for key in keys[one.pk].current] for one in known}
    steps = acceptances(area_id)
    of_year: dict[int, list[Given]] = {}
    said: dict[str, list[Statement]] = {}
    for month in wanted:
        kept = dictionary.sources_during((one.pk for one in known), month.start, month.last_day)
        mine = {one.code: one for one in known if kept[one.pk] == {Keeper.REGISTERS}}
        if not mine:
            continue
        year = month.start.year
        if year not in of_year:
            last = max((one for one in wanted if one.start.year == year), key=lambda one: one.start)
            of_year[year] = given_until(area_id, last)
        handovers = [one for one in of_year[year] if one.day <= month.last_day]
        values = dict.fromkeys((cell for code in mine for cell in axes[code]), 0)
        for one in counted(month, handovers, steps, is_served_asked=SERVED in mine):
            if one.cell[0] in mine:
                values[one.cell] = values.get(one.cell, 0) + one.value
        _teach(mine, [cell for cell in values if cell not in axes[cell[0]]], now, by)
        if statements := told.changed(month, values):
            said[str(MonthMark(area_id, month, len(handovers), len(steps)))] = statements
    if said:
        figures.record_sources(said, status=Status.APPROVED, source_kind=SOURCE, now=now, by=by)
    return sum(len(statements) for statements in said.values())


def cell_name(cell: Cell) -> str:
    """Return the name of a cell of a source."""
    return ":".join(part for part in cell if part)


class _Told:
    """What the account was told last of the months of a place; what another source said last is not told yet (one query)."""

    def __init__(self, area_id: UUID, months: Collection[Period], known: Collection[Indicator]) -> None:
        self.area_id = area_id
        rows = Fact.objects.filter(
            area_id=area_id, period_start__in={one.start for one in months}, indicator__in=list(known)
        ).order_by("batch_id", "id")
        said = rows.values_list("period_start", "period_end", "indicator__code", "dimension", "source_kind", "value")
        self._last = {
            (start, end, code, key): (value if kind == SOURCE else None) for start, end, code, key, kind, value in said
        }

    def changed(self, month: Period, values: Mapping[Cell, int]) -> list[Statement]:
        """Return what of a month is not told yet as it is."""
        return [
            Statement(code, key, self.area_id, month, value, cell=cell_name((code, key)))
            for (code, key), value in values.items()
            if self._last.get((month.start, month.end, code, key)) != value
        ]


def _teach(mine: Mapping[str, Indicator], unknown: Collection[Cell], now: datetime, by: User | None) -> None:
    """Add to the dictionary the kinds of packages that its breakdown does not know yet."""
    names = {kind.gift_kind: kind.name for kind in kinds().values() if kind.gift_kind}
    for code in dict.fromkeys(code for code, _ in unknown if code in (PACKAGES, VALUE)):
        axes = dictionary.dimensions_of(mine[code])
        known = {key for key, _ in dictionary.dimension_keys(mine[code])}
        missing = {key: names[key] for said, key in unknown if said == code and key not in known and key in names}
        if len(axes) == 1 and missing:
            indicators.add_dimension_values(dimension=axes[0][0], values=missing, now=now, by=by)
