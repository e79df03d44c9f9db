"""Reads of the account: figures with their coverage, what a figure is made of, and what a source stated."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date, datetime
from uuid import UUID

from chungtay.figures.account import account_known_at, current_account
from chungtay.figures.answering import Area, Asked, Row, answer, keys_by_indicator, terms_of, unknown_figure
from chungtay.figures.maps import maps_for
from chungtay.figures.models import BatchHead, Fact
from chungtay.figures.rules import Figure, UnknownView, view_of
from chungtay.figures.trace_ids import UnknownTrace, decode_trace
from chungtay.figures.tracing import FactRow, Opened, Trace, fact_rows, trace_of
from chungtay.indicators.selectors import UnknownIndicator, dimension_keys, indicator_by_code, indicators_by_code
from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import BadPeriod, Period, parse_period
from chungtay.places.rules import Tree

__all__ = ["AreaNotOnMap", "FactRow", "Trace", "UnknownTrace", "consolidate", "facts_of_source", "figure", "trace"]


class AreaNotOnMap(DomainError):
    """An asked area is on none of the maps of the question."""


def consolidate(
    *,
    indicators: Sequence[str],
    area_ids: Sequence[UUID],
    periods: Sequence[Period],
    on_map: date | None = None,
    known_at: datetime | None = None,
    status: str = "approved",
    by_dimension: bool = False,
) -> list[Figure]:
    """Return the figures of every indicator (and key of its breakdown) × area × period, in that order.

    on_map: the day whose map adds up; None takes for each period the map of its last day. known_at: as known at that
    moment, rebuilt from the facts. status: "approved", or "all" with provisional facts. A figure of an area is its own
    facts and those of all areas below it. Raises UnknownIndicator, UnknownView, AreaNotOnMap, SumTooLarge, RatioOfRatio.
    """
    found = indicators_by_code(indicators)
    rows = [
        Row(indicator, key)
        for indicator in found.values()
        for key in ([key for key, _ in dimension_keys(indicator)] if by_dimension else [""])
    ]
    return _figures(rows, list(area_ids), list(periods), Asked(view_of(status), known_at, on_map))


def figure(
    indicator_code: str,
    area_id: UUID,
    period: Period,
    *,
    dimension: str = "",
    on_map: date | None = None,
    known_at: datetime | None = None,
    status: str = "approved",
) -> Figure:
    """Return one figure; for many ask `consolidate` once. Raises as `consolidate` does."""
    row = Row(indicator_by_code(indicator_code), dimension)
    return _figures([row], [area_id], [period], Asked(view_of(status), known_at, on_map))[0]


def trace(trace_id: str) -> Trace:
    """Open the figure with this id down to its facts. Raises UnknownTrace when the id names no figure."""
    key = decode_trace(trace_id)
    try:
        indicator, period, view = (
            indicator_by_code(key.indicator_code),
            parse_period(key.period_code),
            view_of(key.status),
        )
    except (UnknownIndicator, BadPeriod, UnknownView):
        raise UnknownTrace from None
    [(tree, _)] = maps_for([period], key.on_map)
    if key.area_id not in tree or key.dimension not in keys_by_indicator([indicator])[indicator.id] | {""}:
        raise UnknownTrace
    asked = Asked(view, key.known_at, key.on_map)
    return trace_of(Opened(Row(indicator, key.dimension), key.area_id, period, tree, asked))


def facts_of_source(source_kind: str, source_id: str) -> list[FactRow]:
    """Return everything that a source ever stated, oldest first."""
    facts = Fact.objects.filter(source_kind=source_kind, source_id=source_id)
    return fact_rows(facts.select_related("batch", "indicator").order_by("batch_id", "id"))


def last_batch_id() -> int:
    """Return the id of the newest batch, 0 when there is none."""
    return BatchHead.objects.values_list("last_batch", flat=True).first() or 0


def _figures(rows: Sequence[Row], area_ids: list[UUID], periods: list[Period], asked: Asked) -> list[Figure]:
    maps = maps_for(periods, asked.on_map)
    for area_id in area_ids:
        if maps and not any(area_id in tree for tree, _ in maps):
            raise AreaNotOnMap("Địa bàn được hỏi không có trên bản đồ của kỳ này: hãy chọn kỳ hoặc bản đồ khác.")
    if len(maps) == 1 and len(set(area_ids)) == len(area_ids):
        by_line = _on_one_map(rows, area_ids, periods, maps[0][0], asked)
        return [cell for by_area in by_line for by_period in by_area for cell in by_period]
    found: dict[tuple[int, UUID, int], Figure] = {}
    for tree, positions in maps:
        on_tree = [area_id for area_id in dict.fromkeys(area_ids) if area_id in tree]
        figures = _on_one_map(rows, on_tree, [periods[position] for position in positions], tree, asked)
        for line, by_area in enumerate(figures):
            for area_id, by_period in zip(on_tree, by_area, strict=True):
                for position, cell in zip(positions, by_period, strict=True):
                    found[line, area_id, position] = cell
    return [
        found.get((line, area_id, position)) or unknown_figure(row, area_id, period, asked)
        for line, row in enumerate(rows)
        for area_id in area_ids
        for position, period in enumerate(periods)
    ]


def _on_one_map(
    rows: Sequence[Row], area_ids: Sequence[UUID], periods: Sequence[Period], tree: Tree, asked: Asked
) -> list[list[list[Figure]]]:
    order = [node.area_id for node in tree.nodes]
    ids = {term.id for row in rows for term in terms_of(row.indicator)}
    breakdowns = {}
    if any(row.dimension for row in rows):
        breakdowns = keys_by_indicator([term for row in rows for term in terms_of(row.indicator)])
    account = (
        current_account(asked.view, order)
        if asked.known_at is None
        else nullcontext(account_known_at(asked.view, ids, asked.known_at))
    )
    areas = [Area(area_id, *tree.span(area_id)) for area_id in area_ids]
    with account as now:
        return answer(now, rows, areas, periods, tree_order=order, breakdowns=breakdowns, asked=asked)
