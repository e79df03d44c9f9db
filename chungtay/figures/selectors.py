"""Reads of the account: figures with their coverage, what a figure is made of, and what a source stated."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from chungtay.figures.answering import Area, Asked, Row, answer, terms_of, unknown_figure
from chungtay.figures.answering import keys_by_indicator as keys_by_indicator
from chungtay.figures.claims import Claimed, Discrepancy
from chungtay.figures.former import Former, formers_of
from chungtay.figures.history import HistoryRow
from chungtay.figures.maps import maps_of
from chungtay.figures.models import BatchHead, Fact
from chungtay.figures.opening import Opened, account_for
from chungtay.figures.rules import Figure, UnknownView, View, view_of
from chungtay.figures.said import explanations_of, standing_claims
from chungtay.figures.trace_ids import TraceKey, UnknownTrace, decode_trace
from chungtay.figures.tracing import AT_ONCE, FactRow, Trace, fact_rows, history, trace_of
from chungtay.indicators.selectors import UnknownIndicator, indicator_by_code, indicators_by_code
from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import BadPeriod, Period, parse_period
from chungtay.places.selectors import steady

__all__ = [
    "AreaNotOnMap",
    "FactRow",
    "Former",
    "HistoryRow",
    "Trace",
    "UnknownTrace",
    "consolidate",
    "discrepancies",
    "facts_of_source",
    "figure",
    "formerly",
    "trace",
    "trace_history",
]


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

    on_map: the day whose map adds up; None takes for each period the map of its last day. Units that are not on it count in
    their successors or predecessors. known_at: facts and map as known at that moment, rebuilt from the facts. status:
    "approved", or "all" with provisional facts. A figure of an area is its own facts and those of all areas below it.
    Raises UnknownIndicator, UnknownView, AreaNotOnMap, SumTooLarge, RatioOfRatio.
    """
    found = indicators_by_code(indicators)
    keys = keys_by_indicator(found.values()) if by_dimension else {}
    rows = [
        Row(indicator, key)
        for indicator in found.values()
        for key in (keys[indicator.id].current if by_dimension else [""])
    ]
    return figures_of_rows(rows, list(area_ids), list(periods), Asked(view_of(status), known_at, on_map))


def account_state() -> tuple[object, ...]:
    """Return what changes whenever facts come in (one query): to be compared, not read. The map is not part of it.

    A batch that was rolled back never comes again with the same stamp.
    """
    return BatchHead.objects.values_list("identity", "last_batch", "last_stamp").first() or ()


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
    return figures_of_rows([row], [area_id], [period], Asked(view_of(status), known_at, on_map))[0]


def trace(trace_id: str, page: int = 1, *, at_once: int = AT_ONCE) -> Trace:
    """Open the figure with this id down to one page of its facts. Raises UnknownTrace when the id names no figure.

    Of at most `at_once` facts all are on the first page, else 50 on each; a page that does not exist is the nearest one.
    """
    return trace_of(_opened(decode_trace(trace_id)), page, at_once=at_once)


def trace_history(trace_id: str) -> tuple[HistoryRow, ...]:
    """Return how a figure was known over time, also where that takes long. Raises UnknownTrace."""
    return history(_opened(decode_trace(trace_id)))


def formerly(figure: Figure) -> tuple[Former, ...]:
    """Return the former units inside a figure that was answered here, () when there are none. Raises UnknownTrace."""
    opened = _opened(decode_trace(figure.trace))
    with opened.account() as account:
        return formers_of(opened, account)


def _opened(key: TraceKey) -> Opened:
    try:
        indicator, period, view = (
            indicator_by_code(key.indicator_code),
            parse_period(key.period_code),
            view_of(key.status),
        )
    except (UnknownIndicator, BadPeriod, UnknownView):
        raise UnknownTrace from None
    [(on, _)] = maps_of([period], key.on_map, [key.area_id], key.known_at)
    opened = Opened(Row(indicator, key.dimension), key.area_id, period, on, Asked(view, key.known_at, key.on_map))
    if key.area_id not in on.tree or key.dimension not in opened.breakdowns[indicator.id] | {""}:
        raise UnknownTrace
    return opened


def facts_of_source(source_kind: str, source_id: str) -> list[FactRow]:
    """Return everything that a source ever stated, oldest first."""
    facts = Fact.objects.filter(source_kind=source_kind, source_id=source_id)
    return fact_rows(facts.select_related("batch", "indicator").order_by("batch_id", "id"))


def last_batch_id() -> int:
    """Return the id of the newest batch, 0 when there is none."""
    return BatchHead.objects.values_list("last_batch", flat=True).first() or 0


@steady()
def figures_of_rows(rows: Sequence[Row], area_ids: list[UUID], periods: list[Period], asked: Asked) -> list[Figure]:
    """Return the figures of lines × area × period, in that order, as `consolidate` does."""
    maps = maps_of(periods, asked.on_map, area_ids, asked.known_at)
    for area_id in area_ids:
        if maps and not any(area_id in on.tree for on, _ in maps):
            raise AreaNotOnMap("Địa bàn được hỏi không có trên bản đồ của kỳ này: hãy chọn kỳ hoặc bản đồ khác.")
    breakdowns = {}
    if any(row.dimension for row in rows):
        breakdowns = keys_by_indicator([term for row in rows for term in terms_of(row.indicator)])
    found: dict[tuple[int, UUID, int], Figure] = {}
    with account_for(asked, {term.id for row in rows for term in terms_of(row.indicator)}) as account:
        for on, positions in maps:
            areas = [Area(area_id, *on.tree.span(area_id)) for area_id in dict.fromkeys(area_ids) if area_id in on.tree]
            chosen = [periods[position] for position in positions]
            figures = answer(account, rows, areas, chosen, on=on, breakdowns=breakdowns, asked=asked)
            if len(maps) == 1 and len(areas) == len(area_ids):
                return [cell for by_area in figures for by_period in by_area for cell in by_period]
            for line, by_area in enumerate(figures):
                for area, by_period in zip(areas, by_area, strict=True):
                    for position, cell in zip(positions, by_period, strict=True):
                        found[line, area.area_id, position] = cell
    return [
        found.get((line, area_id, position)) or unknown_figure(row, area_id, period, asked)
        for line, row in enumerate(rows)
        for area_id in area_ids
        for position, period in enumerate(periods)
    ]


# ---------------------------------------------------------------- what others say of the figures


@steady()
def discrepancies(
    *,
    area_ids: Collection[UUID] | None = None,
    indicators: Collection[str] | None = None,
    periods: Collection[str] | None = None,
    claim_id: UUID | None = None,
    known_at: datetime | None = None,
) -> list[Discrepancy]:
    """Return the claims that stand, each beside its approved figure on the map of its period, those that match too.

    Newest period first. area_ids, indicators, periods (codes): only claims about these, None for all. known_at: the figures as known at a
    moment. One consolidation for all periods that are claimed about alike, however many claims there are.
    """
    claims = standing_claims(area_ids=area_ids, indicators=indicators, periods=periods, claim_id=claim_id)
    if not claims:
        return []
    said = explanations_of(claims)
    figures = _derived([one.claimed for one in claims], known_at)
    return [
        Discrepancy(one.claimed, figures.get(one.claimed.claim_id), tuple(said.get(one.said, ()))) for one in claims
    ]


_Line = tuple[str, str]
"""(indicator code, dimension key)."""


def _derived(claims: Sequence[Claimed], known_at: datetime | None) -> dict[UUID, Figure]:
    """Return the figure of each claim by its id; none where the area is not on the map, or no breakdown has the key."""
    by_period: dict[Period, list[Claimed]] = defaultdict(list)
    for claim in claims:
        by_period[claim.period].append(claim)
    defined = indicators_by_code(dict.fromkeys(claim.indicator_code for claim in claims))
    keys = keys_by_indicator(defined.values())
    lines = {(code, key) for code, of in defined.items() for key in keys[of.id] | {""}}
    alike: dict[tuple[frozenset[_Line], frozenset[UUID]], list[tuple[Period, list[Claimed]]]] = defaultdict(list)
    for period, told in by_period.items():
        [(on, _)] = maps_of([period], None, list({claim.area_id for claim in told}), known_at)
        there = [c for c in told if c.area_id in on.tree and (c.indicator_code, c.dimension) in lines]
        asked = frozenset((c.indicator_code, c.dimension) for c in there), frozenset(c.area_id for c in there)
        if there:
            alike[asked].append((period, there))
    found: dict[UUID, Figure] = {}
    for (asked_lines, areas), told_alike in alike.items():  # periods that are claimed about alike: one consolidation
        rows = [Row(defined[code], dimension) for code, dimension in sorted(asked_lines)]
        asked_for = [period for period, _ in told_alike]
        figures = figures_of_rows(rows, list(areas), asked_for, Asked(View.APPROVED, known_at, None))
        at = {(f.indicator_code, f.dimension, f.area_id, f.period): f for f in figures}
        for period, there in told_alike:
            found |= {c.claim_id: at[c.indicator_code, c.dimension, c.area_id, period] for c in there}
    return found
