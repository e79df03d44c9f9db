"""From an account and a map to Figures: which series make up a line, which areas a group, and the cells as values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from uuid import UUID

import numpy as np

from chungtay.figures.account import Account
from chungtay.figures.consolidation import Answer, Line, Term, consolidate
from chungtay.figures.cube import Cube, parity_of
from chungtay.figures.grouping import groups_of
from chungtay.figures.rules import Figure, View
from chungtay.indicators.models import DimensionValue, Indicator, IndicatorDimension
from chungtay.indicators.rules import Kind, dimension_key
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
    """A group to answer for: [first, end) of the map's nodes, shown as figures of `area_id`."""

    area_id: UUID
    first: int
    end: int


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


def keys_by_indicator(indicators: Iterable[Indicator]) -> dict[UUID, frozenset[str]]:
    """Return the keys of each indicator's breakdown, {""} when it has none; two queries however many there are."""
    ids = {indicator.id for indicator in indicators}
    axes: dict[UUID, list[int]] = {i: [] for i in ids}
    breakdowns = IndicatorDimension.objects.filter(indicator_id__in=ids).order_by("position")
    for indicator_id, dimension_id in breakdowns.values_list("indicator_id", "dimension_id"):
        axes[indicator_id].append(dimension_id)
    codes: dict[int, list[str]] = {}
    if used := {dimension_id for dimensions in axes.values() for dimension_id in dimensions}:
        values = DimensionValue.objects.filter(dimension_id__in=used).order_by("position")
        for dimension_id, code in values.values_list("dimension_id", "code"):
            codes.setdefault(dimension_id, []).append(code)
    return {
        i: frozenset(dimension_key(cell) for cell in product(*(codes.get(d, []) for d in dimensions)))
        for i, dimensions in axes.items()
    }


def answer(
    account: Account,
    rows: Sequence[Row],
    areas: Sequence[Area],
    periods: Sequence[Period],
    *,
    tree_order: Sequence[UUID],
    breakdowns: Mapping[UUID, frozenset[str]],
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
            tree_order=tree_order,
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
    tree_order: Sequence[UUID],
    breakdowns: Mapping[UUID, frozenset[str]],
    asked: Asked,
) -> list[list[list[Figure]]]:
    cube = account.cube
    groups = groups_of(cube.place_at, tree_order, [(area.first, area.end) for area in areas])
    windows = np.array([period.bins() for period in periods], np.int32).reshape(-1, 2)
    first, end = windows[:, 0], windows[:, 1]
    unit_at = {cube.place_ids[place]: unit for unit, place in enumerate(groups.order.tolist())}
    terms = [terms_of(row.indicator) for row in rows]
    masks, chosen = account.expectations.masks(
        [frozenset(term.id for term in parts) for parts in terms], unit_at, first, end
    )
    lines = [
        Line(tuple(_term(cube, term, row.dimension, breakdowns) for term in parts), mask)
        for row, parts, mask in zip(rows, terms, chosen, strict=True)
    ]
    flows = {at for line in lines for term in line.terms if term.kind is Kind.FLOW for at in term.series}
    found = consolidate(cube.fit_for(parity, flows), lines, groups, first, end, masks)
    return [_figures_of_line(found, cube.place_ids, line, row, areas, periods, asked) for line, row in enumerate(rows)]


def unknown_figure(row: Row, area_id: UUID, period: Period, asked: Asked) -> Figure:
    """Return the figure of an area that is not on the period's map: no data, nobody expected."""
    unknown = (None, None, None, 0, 0, (), None)
    return Figure(row.indicator.code, row.dimension, area_id, period, *unknown, *_shared(row.indicator, asked))


def _term(cube: Cube, indicator: Indicator, dimension: str, breakdowns: Mapping[UUID, frozenset[str]]) -> Term:
    """Return the series of an indicator; a term of a ratio that is not broken down like the ratio gives its total."""
    keys = cube.keys_of.get(indicator.id, [])
    if dimension and dimension in breakdowns.get(indicator.id, frozenset()):
        keys = [key for key in keys if key == dimension]
    return Term(Kind(indicator.kind), tuple(cube.series_at[indicator.id, key] for key in keys))


def _figures_of_line(
    found: Answer,
    place_ids: Sequence[UUID],
    line: int,
    row: Row,
    areas: Sequence[Area],
    periods: Sequence[Period],
    asked: Asked,
) -> list[list[Figure]]:
    """Return the figures [area][period] of one line. A page asks for thousands: what they share is worked out once."""
    code, dimension, shared = row.indicator.code, row.dimension, _shared(row.indicator, asked)
    is_ratio = row.indicator.kind == Kind.RATIO
    arrays = (found.total, found.below, found.known, found.reported, found.expected, found.as_of)
    columns = [array[line].T.tolist() for array in arrays]  # [group][window], plain numbers
    figures: list[list[Figure]] = []
    for group, area in enumerate(areas):
        cells = zip(periods, *(column[group] for column in columns), strict=True)
        by_period: list[Figure] = []
        for window, (period, total, below, known, reported, expected, as_of) in enumerate(cells):
            value, above, under = (None, total, below) if is_ratio else (total, None, None)
            if not known:
                value = above = under = None
            missing: tuple[UUID, ...] = ()
            if reported < expected:
                missing = tuple(place_ids[place] for place in found.missing(line, window, group))
            day = bin_start(as_of + 1) - timedelta(days=1) if as_of >= 0 else None
            by_period.append(
                Figure(
                    code,
                    dimension,
                    area.area_id,
                    period,
                    value,
                    above,
                    under,
                    reported,
                    expected,
                    missing,
                    day,
                    *shared,
                )
            )
        figures.append(by_period)
    return figures


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
