"""What one figure is made of: its own and its children's part, the facts behind it, and how it changed."""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import itemgetter
from uuid import UUID

from django.utils import timezone

from chungtay.figures.account import Account, account_known_at, current_account, expected_rows_by_moment
from chungtay.figures.answering import Area, Asked, Row, answer, keys_by_indicator, terms_of
from chungtay.figures.cube import Cube, FactTuple, parity_of, rows_of
from chungtay.figures.expectations import Expectations
from chungtay.figures.models import Fact
from chungtay.figures.registry import SourceView, describe_sources
from chungtay.figures.rules import Figure
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.kernel.periods import Period, bin_of
from chungtay.places.rules import Tree


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact with its source; `value` is scaled by its indicator's decimals, None when withdrawn."""

    indicator_code: str
    area_id: UUID
    period: Period
    dimension: str
    value: int | None
    status: str
    source_kind: str
    source_id: str
    cell: str
    source: SourceView | None
    batch_id: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """What the figure was at the end of a day on which it changed; `recorded_at` is that day's last batch."""

    recorded_at: datetime
    value: int | None
    numerator: int | None
    denominator: int | None
    reported: int
    expected: int


@dataclass(frozen=True, slots=True)
class Trace:
    """A figure opened: own + by_child add up to it, and so do the facts (of a ratio: to its numerator and denominator).

    own: of the area alone, without those below. numerator, denominator: the full figures of a ratio's terms;
    left_out: the areas with only one of the two, which the ratio leaves out of both sums.
    """

    figure: Figure
    own: Figure
    by_child: tuple[Figure, ...]
    facts: tuple[FactRow, ...]
    history: tuple[HistoryRow, ...]
    numerator: Figure | None
    denominator: Figure | None
    left_out: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """The figure to open, and where it stands: its line, area, period, map and point of view."""

    row: Row
    area_id: UUID
    period: Period
    tree: Tree
    asked: Asked

    @property
    def terms(self) -> tuple[Indicator, ...]:
        return terms_of(self.row.indicator)

    def rows(self) -> list[Row]:
        """Return the line itself, and for a ratio the lines of its two terms."""
        if len(self.terms) == 1:
            return [self.row]
        keys = keys_by_indicator(self.terms)
        return [
            self.row,
            *(Row(term, self.row.dimension if self.row.dimension in keys[term.id] else "") for term in self.terms),
        ]

    def breakdowns(self, rows: Sequence[Row]) -> dict[UUID, frozenset[str]]:
        """Return the keys of every indicator that the rows need (two queries)."""
        return keys_by_indicator([row.indicator for row in rows] + list(self.terms))

    def answered(
        self, account: Account, rows: Sequence[Row], areas: Sequence[Area], breakdowns: Mapping[UUID, frozenset[str]]
    ) -> list[list[Figure]]:
        """Return the figures [row][area]."""
        figures = answer(
            account,
            rows,
            areas,
            [self.period],
            tree_order=[node.area_id for node in self.tree.nodes],
            breakdowns=breakdowns,
            asked=self.asked,
        )
        return [[cells[0] for cells in by_area] for by_area in figures]


def trace_of(opened: Opened) -> Trace:
    """Open one figure. The area must be on the map."""
    tree, area_id = opened.tree, opened.area_id
    first, end = tree.span(area_id)
    children = [Area(node.area_id, *tree.span(node.area_id)) for node in tree.children(area_id)]
    areas = [Area(area_id, first, end), Area(area_id, first, first + 1), *children]
    view, known_at = opened.asked.view, opened.asked.known_at
    rows = opened.rows()
    ids = {term.id for term in opened.terms}
    order = [node.area_id for node in tree.nodes]
    with (
        current_account(view, order) if known_at is None else nullcontext(account_known_at(view, ids, known_at)) as now
    ):
        (figure, own, *by_child), *parts = opened.answered(now, rows, areas, opened.breakdowns(rows))
    facts = _stated(opened)
    shown, left_out = _contributing(opened, facts)
    return Trace(
        figure=figure,
        own=own,
        by_child=tuple(by_child),
        facts=tuple(fact_rows(shown)),
        history=tuple(_history(opened, facts)),
        numerator=parts[0][0] if parts else None,
        denominator=parts[1][0] if parts else None,
        left_out=left_out,
    )


def fact_rows(facts: Iterable[Fact]) -> list[FactRow]:
    """Return facts (with batch and indicator selected) as people see them, sources described."""
    listed = list(facts)
    views = describe_sources((fact.source_kind, fact.source_id) for fact in listed)
    return [
        FactRow(
            indicator_code=fact.indicator.code,
            area_id=fact.area_id,
            period=_period(fact),
            dimension=fact.dimension,
            value=fact.value,
            status=fact.status,
            source_kind=fact.source_kind,
            source_id=fact.source_id,
            cell=fact.source_cell,
            source=views.get((fact.source_kind, fact.source_id)),
            batch_id=fact.batch_id,
            recorded_at=fact.batch.recorded_at,
        )
        for fact in listed
    ]


def _stated(opened: Opened) -> list[Fact]:
    """Return every fact, also superseded ones, that could ever have mattered to the figure, oldest first."""
    facts = Fact.objects.filter(
        indicator_id__in={term.id for term in opened.terms},
        status__in=[status.value for status in opened.asked.view.statuses],
        period_end__gt=opened.period.start,
        period_end__lte=opened.period.end,
    )
    if opened.asked.known_at is not None:
        facts = facts.filter(batch__recorded_at__lte=opened.asked.known_at)
    return list(facts.select_related("batch", "indicator").order_by("batch_id", "id"))


def _contributing(opened: Opened, facts: Iterable[Fact]) -> tuple[list[Fact], tuple[UUID, ...]]:
    """Return the facts that add up to the figure, in tree order, and the areas that a ratio leaves out."""
    place = {area: position for position, area in enumerate(opened.tree.ids_under(opened.area_id))}
    keys = {row.indicator.id: row.dimension for row in opened.rows()[-len(opened.terms) :]}
    latest: dict[tuple[UUID, str, UUID, Period], Fact] = {}
    for fact in facts:
        if fact.area_id in place and keys[fact.indicator_id] in ("", fact.dimension):
            latest[fact.indicator_id, fact.dimension, fact.area_id, _period(fact)] = fact
    live = [fact for fact in latest.values() if fact.value is not None]
    live.sort(key=lambda f: (place[f.area_id], f.indicator.position, f.indicator.code, f.dimension, f.period_end))
    kinds = {term.id: Kind(term.kind) for term in opened.terms}
    last = {(f.indicator_id, f.dimension, f.area_id): f for f in live}
    shown = [
        fact
        for fact in live
        if (
            fact.period_start >= opened.period.start and _serves(fact, opened.period)
            if kinds[fact.indicator_id] is Kind.FLOW
            else last[fact.indicator_id, fact.dimension, fact.area_id] is fact
        )
    ]
    having = [{fact.area_id for fact in shown if fact.indicator_id == term.id} for term in opened.terms]
    left_out = having[0] ^ having[-1]
    return [fact for fact in shown if fact.area_id not in left_out], tuple(sorted(left_out, key=place.__getitem__))


def _history(opened: Opened, facts: Sequence[Fact]) -> list[HistoryRow]:
    """Return the figure at the end of each day that brought it facts, where it differs from the day before.

    One cube takes the facts day by day, and what does not change from day to day is read once.
    """
    below = set(opened.tree.ids_under(opened.area_id))
    whole = Area(opened.area_id, *opened.tree.span(opened.area_id))
    ends: dict[date, datetime] = {}
    for fact in facts:
        if fact.area_id in below:
            day = timezone.localdate(fact.batch.recorded_at)
            ends[day] = max(fact.batch.recorded_at, ends.get(day, fact.batch.recorded_at))
    waiting = deque(sorted(facts, key=lambda fact: (fact.batch.recorded_at, fact.batch_id, fact.id)))
    said = expected_rows_by_moment({term.id for term in opened.terms})
    breakdowns = opened.breakdowns([opened.row])
    cube, expectations, heard = Cube(), Expectations(), 0
    history: list[HistoryRow] = []
    for _, moment in sorted(ends.items()):
        news = []
        while waiting and waiting[0].batch.recorded_at <= moment:
            news.append(_tuple(waiting.popleft()))
        cube.apply(rows_of(news))
        if (by_now := bisect_right(said, moment, key=itemgetter(0))) != heard:
            heard, expectations = by_now, Expectations(row for _, row in said[:by_now])
            cube.grow(place_ids=sorted(expectations.area_ids))
        [[f]] = opened.answered(Account(cube, expectations), [opened.row], [whole], breakdowns)
        entry = HistoryRow(moment, f.value, f.numerator, f.denominator, f.reported, f.expected)
        if not history or replace(entry, recorded_at=history[-1].recorded_at) != history[-1]:
            history.append(entry)
    return history


def _serves(fact: Fact, window: Period) -> bool:
    """Whether a flow of this fact's kind of period may be shown in the window (`Cube.fit_for` holds the same rule)."""
    first, end = bin_of(fact.period_start), bin_of(fact.period_end)
    kinds = {parity_of(first, end), parity_of(*window.bins())} - {None}
    return end - first == 1 or len(kinds) < 2


def _tuple(fact: Fact) -> FactTuple:
    first, end = bin_of(fact.period_start), bin_of(fact.period_end)
    return fact.indicator_id, fact.dimension, fact.area_id, first, end, fact.value


def _period(fact: Fact) -> Period:
    return Period(fact.period_start, fact.period_end, fact.period_code)
