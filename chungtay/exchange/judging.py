"""Each line of a file against what is known here: first what it means, then whether it may be written. Pure, the same for dry run and real.

A line is taken, has no effect, or is a conflict; it never is changed, rounded or completed.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from chungtay.exchange.faults import Code, Conflict, shown
from chungtay.exchange.naming import AreaNames, Names
from chungtay.exchange.periods_of_theirs import NoCounterpart, UnknownPeriod, read_period
from chungtay.exchange.rules import DEFAULT_COMBOS, Scheme, Strategy
from chungtay.exchange.values import DataValue
from chungtay.kernel.periods import Period

_NUMBER = re.compile(r"(?P<sign>-?)(?P<whole>0|[1-9][0-9]*)(?:\.(?P<part>[0-9]+))?")
_EXPONENT = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+")
MAX_VALUE = 10**15


class Cell(NamedTuple):
    """Where a fact stands, its period left out."""

    indicator: str
    dimension: str
    area_id: UUID


class Row(NamedTuple):
    """A line that is understood. at: its place from 0; value: scaled, None takes back what stands."""

    at: int
    where: str
    cell: Cell
    period: Period
    value: int | None
    said: DataValue


class Standing(NamedTuple):
    """What the account holds of a cell and period: the value (None: withdrawn), who stated it, and whether it waits for approval."""

    value: int | None
    is_ours: bool
    is_waiting: bool


@dataclass(frozen=True)
class Ground:
    """What the account says about the cells of a file.

    standing: per cell and period. is_kept_here: whether the import may state an indicator during a period (its source of record).
    held: indicator -> areas that hold a value at all, with the periods.
    """

    standing: Mapping[Cell, Mapping[Period, Standing]]
    is_free: Callable[[str, Period], bool]
    areas_on: Callable[[date], AreaNames]


@dataclass
class Judged:
    """What a file would do: rows by what becomes of them, and the conflicts in the order of the file."""

    imported: list[Row] = field(default_factory=list)
    updated: list[Row] = field(default_factory=list)
    deleted: list[Row] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def written(self) -> list[Row]:
        """Every row that says something new, in the order of the file."""
        return sorted([*self.imported, *self.updated, *self.deleted], key=lambda row: row.at)

    @property
    def ignored(self) -> int:
        """Lines without effect: known already, or in conflict."""
        return self.unchanged + len(self.conflicts)


def understand(
    values: Sequence[DataValue], names: Names, *, strategy: Strategy = Strategy.CREATE_AND_UPDATE, today: date
) -> tuple[list[Row], list[Conflict]]:
    """Return the lines that name a cell, a period and a value here, and the conflicts of the others."""
    rows, conflicts = [], []
    for index, said in enumerate(values):
        try:
            rows.append(_row(index, said, names, strategy, today))
        except _Wrong as wrong:
            conflicts.append(Conflict(index, said.where, wrong.code, shown(wrong.value)))
    return rows, conflicts


def decide(rows: Sequence[Row], ground: Ground, *, strategy: Strategy = Strategy.CREATE_AND_UPDATE) -> Judged:
    """Return what the lines would do to the account, one line a cell and period; whatever contradicts is a conflict."""
    judged = Judged()
    live = [
        row for row in _once(rows, judged) if _stood(row, ground) != row.value
    ]  # who repeats what stands says nothing
    judged.unchanged = len(rows) - len(judged.conflicts) - len(live)
    live = _kept_apart(live, ground, judged)
    live = _without_totals(live, ground, judged)
    for row in _without_overlaps(live, ground, judged):
        if row.value is None:
            judged.deleted.append(row)
        elif _stood(row, ground) is None:
            _take(judged, judged.imported, row, is_wanted=strategy is not Strategy.UPDATE)
        else:
            _take(judged, judged.updated, row, is_wanted=strategy is not Strategy.CREATE)
    judged.conflicts.sort(key=lambda one: one.index)
    return judged


def _take(judged: Judged, into: list[Row], row: Row, *, is_wanted: bool) -> None:
    if is_wanted:
        into.append(row)
    else:
        judged.unchanged += 1


class _Wrong(Exception):
    def __init__(self, code: Code, value: str = "") -> None:
        super().__init__(code)
        self.code, self.value = code, value


def _row(index: int, said: DataValue, names: Names, strategy: Strategy, today: date) -> Row:
    if said.fault:
        raise _Wrong(Code(said.fault))
    period = _period(said.period, today)
    area_id = _area(said.org_unit, names, period.last_day)
    if said.attribute_option_combo not in DEFAULT_COMBOS:
        raise _Wrong(Code.ATTRIBUTE_COMBO, said.attribute_option_combo)
    indicator, dimension, decimals = _element(said, names, period.last_day)
    is_gone = said.deleted or strategy is Strategy.DELETE
    value = None if is_gone else scaled(said.value, decimals)
    return Row(index, said.where, Cell(indicator, dimension, area_id), period, value, said)


def _period(text: str, today: date) -> Period:
    if not text:
        raise _Wrong(Code.PERIOD_MISSING)
    try:
        period = read_period(text)
    except UnknownPeriod:
        raise _Wrong(Code.PERIOD_UNKNOWN, text) from None
    except NoCounterpart:
        raise _Wrong(Code.PERIOD_NO_COUNTERPART, text) from None
    if period.end > today:
        raise _Wrong(Code.PERIOD_FUTURE, text)
    return period


def _area(text: str, names: Names, day: date) -> UUID:
    if not text:
        raise _Wrong(Code.UNIT_MISSING)
    found = names.units_meant(text, day)
    if len(found) > 1:
        raise _Wrong(Code.UNIT_AMBIGUOUS, text)
    if not found:
        raise _Wrong(Code.UNIT_UNKNOWN, text)
    [area_id] = found
    if area_id not in names.areas_on(day).within:
        raise _Wrong(Code.UNIT_OUTSIDE, text)
    return area_id


def _element(said: DataValue, names: Names, day: date) -> tuple[str, str, int]:
    text, combo = said.data_element, said.category_option_combo
    if not text:
        raise _Wrong(Code.ELEMENT_MISSING)
    found = names.elements_meant(text, combo, day)
    if len(found) > 1:
        raise _Wrong(Code.ELEMENT_AMBIGUOUS, text)
    if not found:
        raise _Wrong(Code.ELEMENT_UNKNOWN, text)
    [(code, key)] = found
    known = names.indicators[code]
    if known.is_ratio:
        raise _Wrong(Code.ELEMENT_DERIVED, text)
    if key is None:
        key = known.key_of(combo, said.dimensions, by_name=names.element_scheme is Scheme.NAME)
    if key is None or key not in known.keys:
        if known.keys and combo in DEFAULT_COMBOS and not said.dimensions:
            raise _Wrong(Code.COMBO_NEEDED, text)
        raise _Wrong(Code.COMBO_UNKNOWN, combo or ", ".join("=".join(pair) for pair in said.dimensions))
    return code, key, known.decimals


def scaled(text: str | None, decimals: int) -> int:
    """Return a number as an integer scaled by 10**decimals, exact. Raises what `understand` makes a conflict of."""
    if text is None or not text.strip():
        raise _Wrong(Code.VALUE_MISSING)
    found = _NUMBER.fullmatch(text.strip()) if len(text) <= 60 else None
    if found is None:
        raise _Wrong(
            Code.VALUE_EXPONENT if len(text) <= 60 and _EXPONENT.fullmatch(text.strip()) else Code.VALUE_NO_NUMBER, text
        )
    part = (found["part"] or "").rstrip("0")
    if len(part) > decimals:
        raise _Wrong(Code.VALUE_DECIMALS, text)
    number = int(found["whole"] + part.ljust(decimals, "0"))
    if found["sign"] and number:
        raise _Wrong(Code.VALUE_NEGATIVE, text)
    if number > MAX_VALUE:
        raise _Wrong(Code.VALUE_TOO_LARGE, text)
    return number


def _once(rows: Sequence[Row], judged: Judged) -> list[Row]:
    """Keep the first of lines that say the same of a cell; of lines that differ keep none."""
    by_cell: dict[tuple[Cell, Period], list[Row]] = defaultdict(list)
    for row in rows:
        by_cell[row.cell, row.period].append(row)
    live = []
    for found in by_cell.values():
        if len({row.value for row in found}) > 1:
            judged.conflicts += [_conflict(row, Code.TWICE_DIFFERENT, row.said.value or "deleted") for row in found]
        else:
            live.append(found[0])
            judged.conflicts += [_conflict(row, Code.TWICE, row.said.value or "") for row in found[1:]]
    return live


def _kept_apart(rows: Iterable[Row], ground: Ground, judged: Judged) -> list[Row]:
    """Keep the lines whose cells neither a return nor a register keeps, and that no waiting import speaks of otherwise."""
    live = []
    for row in rows:
        stands = ground.standing.get(row.cell, {}).get(row.period)
        if not ground.is_free(row.cell.indicator, row.period) or (
            stands is not None and stands.value is not None and not stands.is_ours
        ):
            judged.conflicts.append(_conflict(row, Code.OWNED, row.said.data_element))
        elif stands is not None and stands.is_waiting:
            judged.conflicts.append(_conflict(row, Code.WAITING))
        else:
            live.append(row)
    return live


def _without_totals(rows: Sequence[Row], ground: Ground, judged: Judged) -> list[Row]:
    """Keep what has no value above or below it on its map: of a place and a place above it the lower one is the fact."""
    holders: dict[str, dict[UUID, set[Period]]] = defaultdict(lambda: defaultdict(set))
    gone = {(row.cell, row.period) for row in rows if row.value is None}
    for cell, periods in ground.standing.items():
        for period, stands in periods.items():
            if stands.value is not None and (cell, period) not in gone:
                holders[cell.indicator][cell.area_id].add(period)
    standing = {code: {area: frozenset(of) for area, of in areas.items()} for code, areas in holders.items()}
    for row in rows:
        if row.value is not None:
            holders[row.cell.indicator][row.cell.area_id].add(row.period)
    above: dict[tuple[str, date], dict[UUID, set[Period]]] = {}
    live = []
    for row in rows:
        day = row.period.last_day
        code = row.cell.indicator
        if (code, day) not in above:
            above[code, day] = _above(holders[code], ground.areas_on(day))
        lower = above[code, day].get(row.cell.area_id, ())
        upper = [
            period
            for area_id in ground.areas_on(day).way_of(row.cell.area_id)
            for period in standing.get(code, {}).get(area_id, ())
        ]
        if row.value is not None and any(_meet(row.period, period) for period in (*lower, *upper)):
            judged.conflicts.append(_conflict(row, Code.TOTAL, row.said.org_unit))
        else:
            live.append(row)
    return live


def _above(holders: Mapping[UUID, set[Period]], areas: AreaNames) -> dict[UUID, set[Period]]:
    """Return for every place above one that holds a value the periods of those values."""
    found: dict[UUID, set[Period]] = defaultdict(set)
    for area_id, periods in holders.items():
        for upper in areas.way_of(area_id):
            found[upper] |= periods
    return found


def _without_overlaps(rows: Sequence[Row], ground: Ground, judged: Judged) -> list[Row]:
    """Keep what overlaps no other period of its cell, neither in the file nor in the account."""
    after: dict[Cell, dict[Period, bool]] = defaultdict(dict)
    for cell in {row.cell for row in rows}:
        after[cell] = {period: one.value is not None for period, one in ground.standing.get(cell, {}).items()}
    for row in rows:
        after[row.cell][row.period] = row.value is not None
    clashing: set[tuple[Cell, Period]] = set()
    for cell, periods in after.items():
        live = sorted(period for period, stands in periods.items() if stands)
        reached = None
        for period in live:
            if reached is not None and period.start < reached.end:
                clashing |= {(cell, period), (cell, reached)}
            if reached is None or period.end > reached.end:
                reached = period
    found = []
    for row in rows:
        if row.value is not None and (row.cell, row.period) in clashing:
            judged.conflicts.append(_conflict(row, Code.OVERLAP, row.said.period))
        else:
            found.append(row)
    return found


def _stood(row: Row, ground: Ground) -> int | None:
    stands = ground.standing.get(row.cell, {}).get(row.period)
    return None if stands is None else stands.value


def _meet(one: Period, other: Period) -> bool:
    return one.start < other.end and other.start < one.end


def _conflict(row: Row, code: Code, value: str = "") -> Conflict:
    return Conflict(row.at, row.where, code, shown(value))
