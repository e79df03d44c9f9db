"""From an account and a map to Figures: which series make up a line, which areas a group, and the cells as values.

Whatever map is asked for, the cube is first put into its order (`restating`), so that former units count in their successors.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import product, repeat
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt

from chungtay.figures.account import Account
from chungtay.figures.consolidation import Answer, Line, Term, consolidate
from chungtay.figures.cube import Cube, Ints, Mask, parity_of
from chungtay.figures.restating import MapOf, Standing, estimated, has_data
from chungtay.figures.rules import Figure, View
from chungtay.indicators import selectors as dictionary
from chungtay.indicators.models import DimensionValue, Indicator, IndicatorDimension
from chungtay.indicators.rules import Keys, Kind, dimension_key
from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import Period, bin_start


class RatioOfRatio(DomainError):
    """A term of a ratio is itself a ratio."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line to answer: an indicator over all its keys ("") or for one key of its breakdown."""

    indicator: Indicator
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What all figures of an answer share."""

    view: View
    known_at: datetime | None
    on_map: date | None


@dataclass(frozen=True, slots=True)
class Area:
    """A group to answer for: [first, end) of the map's nodes, shown as figures of `area_id`.

    units: only these of the units that stand there.
    """

    area_id: UUID
    first: int
    end: int
    units: tuple[int, int] | None = None

    def units_on(self, standing: Standing) -> tuple[int, int]:
        """Return the units [first, end) of the group."""
        return self.units or standing.units(self.first, self.end)


def terms_of(indicator: Indicator) -> tuple[Indicator, ...]:
    """Return the indicators whose facts make up an indicator: itself, or numerator and denominator of a ratio."""
    if indicator.kind != Kind.RATIO:
        return (indicator,)
    if indicator.numerator is None or indicator.denominator is None:
        raise ValueError("a ratio has both terms")  # the database holds it
    terms = (indicator.numerator, indicator.denominator)
    if any(term.kind == Kind.RATIO for term in terms):
        raise RatioOfRatio(f"Chỉ tiêu “{indicator.name}” lấy một tỷ lệ khác làm tử số hoặc mẫu số: hãy sửa danh mục.")
    return terms


def keys_by_indicator(indicators: Iterable[Indicator]) -> dict[UUID, Keys]:
    """Return the keys of each indicator's breakdown, "" alone when it has none; three queries however many there are."""
    ids = sorted({indicator.id for indicator in indicators})
    return dict(dictionary.one_dictionary.held_or(("keys", *ids), lambda: _keys(ids)))


def _keys(ids: Sequence[UUID]) -> dict[UUID, Keys]:
    axes: dict[UUID, list[int]] = {i: [] for i in ids}
    breakdowns = IndicatorDimension.objects.filter(indicator_id__in=ids).order_by("position")
    for indicator_id, dimension_id in breakdowns.values_list("indicator_id", "dimension_id"):
        axes[indicator_id].append(dimension_id)
    codes: dict[int, list[str]] = {}
    if used := {dimension_id for dimensions in axes.values() for dimension_id in dimensions}:
        values = DimensionValue.objects.filter(dimension_id__in=used).order_by("position")
        for dimension_id, code in values.values_list("dimension_id", "code"):
            codes.setdefault(dimension_id, []).append(code)
    renamed = dictionary.key_mappings(ids)
    cells = {i: map(dimension_key, product(*(codes.get(d, []) for d in axes[i]))) for i in ids}
    return {i: Keys([key for key in cells[i] if key not in renamed.get(i, {})], renamed.get(i)) for i in ids}


def answer(
    account: Account,
    rows: Sequence[Row],
    areas: Sequence[Area],
    periods: Sequence[Period],
    *,
    on: MapOf,
    breakdowns: Mapping[UUID, Keys],
    asked: Asked,
) -> list[list[list[Figure]]]:
    """Return the figures [row][area][period]. Raises SumTooLarge, RatioOfRatio.

    breakdowns: indicator id -> keys of its breakdown; needed for rows of one key. Calendar periods and the windows from
    a 15th to a 14th are answered apart: a flow reported for one kind is never shown in the other.
    """
    kinds = [parity_of(*period.bins()) for period in periods]
    parts = {
        kind: _answer_alike(
            account,
            rows,
            areas,
            [period for period, mine in zip(periods, kinds, strict=True) if mine == kind],
            parity=kind,
            on=on,
            breakdowns=breakdowns,
            asked=asked,
        )
        for kind in dict.fromkeys(kinds)
    }
    if len(parts) == 1:
        return next(iter(parts.values()))
    return [
        [_in_order(kinds, {kind: part[row][area] for kind, part in parts.items()}) for area in range(len(areas))]
        for row in range(len(rows))
    ]


def _in_order(kinds: Sequence[int | None], parts: Mapping[int | None, Sequence[Figure]]) -> list[Figure]:
    """Return the figures of one row and area in the order of the periods."""
    waiting = {kind: iter(figures) for kind, figures in parts.items()}
    return [next(waiting[kind]) for kind in kinds]


def _answer_alike(
    account: Account,
    rows: Sequence[Row],
    areas: Sequence[Area],
    periods: Sequence[Period],
    *,
    parity: int | None,
    on: MapOf,
    breakdowns: Mapping[UUID, Keys],
    asked: Asked,
) -> list[list[list[Figure]]]:
    terms = [terms_of(row.indicator) for row in rows]
    standing = account.restated.standing(account.cube, on)
    cube = account.restated.cube(account.cube, standing, {term.id for parts in terms for term in parts})
    groups = standing.groups([area.units_on(standing) for area in areas])
    windows = np.array([period.bins() for period in periods], np.int32).reshape(-1, 2)
    first, end = windows[:, 0], windows[:, 1]
    wanted = [frozenset(term.id for term in parts) for parts in terms]
    masks, chosen = account.expectations.masks(wanted, cube.place_ids, groups.order, first, end)
    lines = [
        Line(tuple(term_of(cube, term, row.dimension, breakdowns) for term in parts), mask)
        for row, parts, mask in zip(rows, terms, chosen, strict=True)
    ]
    flows = {at for line in lines for term in line.terms if term.kind is Kind.FLOW for at in term.series}
    fit = cube.fit_for(parity, flows)
    found = consolidate(fit, lines, groups, first, end, masks, standing.lives_of(groups))
    marks = _Marks(found, standing)
    return [
        _figures_of_line(found, cube.place_ids, line, row, areas, periods, asked, marks.of(lines[line]))
        for line, row in enumerate(rows)
    ]


class _Marks:
    """Which figures are estimates: those with a portion of a divided unit, but not all of it."""

    def __init__(self, found: Answer, standing: Standing) -> None:
        self._setting, groups = found.setting, found.groups
        self._shape = (len(self._setting.first), len(groups))
        self._units, self._groups = estimated(standing, groups) if standing.cuts else (np.zeros(0, np.intp),) * 2
        self._places = groups.order[self._units]

    def of(self, line: Line) -> Mask | None:
        """Return [window, group] for a line, None when no group holds a mere portion."""
        if not len(self._units):
            return None
        setting = self._setting
        has = np.ones((len(setting.first), len(self._units)), np.bool_)
        for term in line.terms:
            is_flow = term.kind is Kind.FLOW
            has &= has_data(setting.cube, term.series, self._places, setting.first, setting.end, is_flow=is_flow)
        counting = setting.counting(line) if line.has_stock else None
        if counting is not None:
            has &= counting[:, self._units]
        marks = np.zeros(self._shape, np.bool_)
        window, pair = np.nonzero(has)
        marks[window, self._groups[pair]] = True
        return marks


def unknown_figure(row: Row, area_id: UUID, period: Period, asked: Asked) -> Figure:
    """Return the figure of an area that is not on the period's map: no data, nobody expected."""
    unknown = (None, None, None, 0, 0, (), None)
    return Figure(row.indicator.code, row.dimension, area_id, period, *unknown, *_shared(row.indicator, asked))


def term_of(cube: Cube, indicator: Indicator, dimension: str, breakdowns: Mapping[UUID, Keys]) -> Term:
    """Return the series of an indicator: of a cell, of a part of its breakdown, also as earlier versions called them.

    A term of a ratio that is not broken down like the ratio gives its total.
    """
    keys = cube.keys_of.get(indicator.id, [])
    own = breakdowns.get(indicator.id)
    if dimension and own is not None and dimension in own:
        keys = own.chosen(dimension, keys)
    return Term(Kind(indicator.kind), tuple(cube.series_at[indicator.id, key] for key in keys))


def _figures_of_line(
    found: Answer,
    place_ids: Sequence[UUID],
    line: int,
    row: Row,
    areas: Sequence[Area],
    periods: Sequence[Period],
    asked: Asked,
    marks: Mask | None,
) -> list[list[Figure]]:
    """Return the figures [area][period] of one line.

    A page asks for thousands: what they share is worked out once, and cells are made column by column.
    """
    head = repeat(row.indicator.code), repeat(row.dimension)
    shared = [repeat(one) for one in _shared(row.indicator, asked)]
    is_ratio = row.indicator.kind == Kind.RATIO
    unknown = repeat(None)
    said = [_known(found.total[line], found.known[line])]
    said += [_known(found.below[line], found.known[line])] if is_ratio else []
    reported, expected = found.reported[line].T.tolist(), found.expected[line].T.tolist()
    days = _days(found.as_of[line])
    missing = _Missing(found, place_ids, line)
    figures: list[list[Figure]] = []
    for group, area in enumerate(areas):
        values = (unknown, said[0][group], said[1][group]) if is_ratio else (said[0][group], unknown, unknown)
        absent = missing.of(group, reported[group], expected[group])
        estimated = repeat(False) if marks is None else marks[:, group].tolist()
        counts = (reported[group], expected[group], absent, unknown if days is None else days[group])
        cells = zip(*head, repeat(area.area_id), periods, *values, *counts, *shared, estimated, strict=False)
        figures.append(list(map(_figure, cells)))
    return figures


_figure: Callable[[Iterable[Any]], Figure] = partial(tuple.__new__, Figure)
"""As `Figure._make`, but without a call of Python for each of thousands."""


def _known(values: npt.NDArray[np.int64], known: Mask) -> list[list[int | None]]:
    """Return numbers [group][window], None where nothing is known."""
    found: list[list[int | None]] = values.T.tolist()
    for window, group in np.argwhere(~known).tolist():
        found[group][window] = None
    return found


def _days(as_of: Ints) -> list[list[date | None]] | None:
    """Return the last day of the newest values [group][window], None when no cell has one."""
    if (as_of < 0).all():
        return None
    days: dict[int, date | None] = {-1: None}
    days |= {bin_: bin_start(bin_ + 1) - timedelta(days=1) for bin_ in np.unique(as_of).tolist() if bin_ >= 0}
    return [[days[bin_] for bin_ in column] for column in as_of.T.tolist()]


class _Missing:
    """The units that are not in the figures of a line, named where one is incomplete."""

    def __init__(self, found: Answer, place_ids: Sequence[UUID], line: int) -> None:
        self._found, self._place_ids, self._line = found, place_ids, line
        self._pairs = None if found.groups.repeated else found.lacking_pairs(line)
        if self._pairs is None:
            return
        windows, units = self._pairs
        groups, width = found.groups, len(found.groups.order)
        keys, rows = windows * width + units, np.arange(len(found.setting.first)) * width
        self._low = np.searchsorted(keys, groups.starts[:, None] + rows).tolist()
        self._high = np.searchsorted(keys, groups.ends[:, None] + rows).tolist()
        self._named = tuple([place_ids[place] for place in groups.order[units].tolist()])

    def of(self, group: int, reported: Sequence[int], expected: Sequence[int]) -> list[tuple[UUID, ...]]:
        """Return the missing units of a group for every window."""
        if self._pairs is not None:
            cuts = zip(self._low[group], self._high[group], strict=True)
            return [self._named[low:high] for low, high in cuts]
        absent: list[tuple[UUID, ...]] = [()] * len(reported)
        for window, (mine, all_) in enumerate(zip(reported, expected, strict=True)):
            if mine < all_:
                places = self._found.missing(self._line, window, group)
                absent[window] = tuple([self._place_ids[place] for place in places])
        return absent


def _shared(indicator: Indicator, asked: Asked) -> tuple[str, datetime | None, date | None, Kind, int, int, int]:
    """Return the last fields of a Figure, from `status` on, which are the same for a whole line."""
    above, below = indicator.numerator, indicator.denominator
    return (
        asked.view.value,
        asked.known_at,
        asked.on_map,
        Kind(indicator.kind),
        indicator.decimals,
        above.decimals if above else 0,
        below.decimals if below else 0,
    )
