"""What one figure is made of: its own and its children's part, former units, the facts behind it, and how it changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chungtay.figures.account import Account
from chungtay.figures.answering import Area, Asked
from chungtay.figures.contributing import Carried, Counted, days_of
from chungtay.figures.former import Former, formers_of
from chungtay.figures.history import RECENT_DAYS, History, HistoryRow, history_of, stage_of
from chungtay.figures.models import Fact
from chungtay.figures.opening import Opened
from chungtay.figures.registry import SourceView, describe_sources
from chungtay.figures.rules import Figure
from chungtay.kernel.periods import Period, bin_start, period_of
from chungtay.places.rules import WHOLE

AT_ONCE = 400
"""So many facts are listed on one page; of more, PAGE at a time."""
PAGE = 50


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact with its source; `value` is scaled by its indicator's decimals, None when withdrawn.

    counted: what of the value counts in the figure that was opened, `share_ppm` of it where the unit was divided.
    """

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
    counted: int | None = None
    share_ppm: int = WHOLE


@dataclass(frozen=True, slots=True)
class Trace:
    """A figure opened: own + by_child add up to it, and so does what is counted of all facts (of a ratio: to its terms).

    own: of the area alone, with its former units, without those below. formerly: the former units in it. numerator,
    denominator: the full figures of a ratio's terms; left_out: the areas with only one of the two, which the ratio leaves
    out of both sums. carried: the former units whose last stocks count until their heirs state theirs. facts: one page of
    `fact_count`, in tree order; periods: of all. history: the last RECENT_DAYS, () where even that takes too long, which
    `has_all_history` says; the whole is `selectors.trace_history`.
    """

    figure: Figure
    own: Figure
    by_child: tuple[Figure, ...]
    facts: tuple[FactRow, ...]
    history: tuple[HistoryRow, ...]
    numerator: Figure | None
    denominator: Figure | None
    left_out: tuple[UUID, ...]
    formerly: tuple[Former, ...] = ()
    fact_count: int = 0
    fact_total: int | None = None
    page: int = 1
    pages: int = 1
    periods: tuple[Period, ...] = ()
    has_all_history: bool = True
    carried: tuple[Carried, ...] = ()


def trace_of(opened: Opened, page: int = 1, *, at_once: int = AT_ONCE) -> Trace:
    """Open one figure with one page of its facts; of at most `at_once` facts all are on the first page."""
    tree, whole = opened.on.tree, opened.whole
    children = [Area(node.area_id, *tree.span(node.area_id)) for node in tree.children(opened.area_id)]
    areas = [whole, Area(opened.area_id, whole.first, whole.first + 1), *children]
    is_ratio = len(opened.terms) == 2
    rows = [opened.row, *(opened.term_rows() if is_ratio else [])]
    with opened.account() as account:
        (figure, own, *by_child), *parts = opened.answered(account, rows, areas)
        contribution = opened.contribution(account)
        size = at_once if len(contribution) <= at_once else PAGE
        pages = max(1, -(-len(contribution) // size))
        page = min(max(page, 1), pages)
        cells = contribution.page((page - 1) * size, size)
        facts = _facts_of(cells, opened.asked, account)
        formerly = formers_of(opened, account)
        stage = stage_of(opened, account)
    told = history_of(opened, stage, RECENT_DAYS) if stage.is_affordable else History()
    return Trace(
        figure=figure,
        own=own,
        by_child=tuple(by_child),
        facts=tuple(fact_rows(facts, cells)),
        history=told.rows,
        numerator=parts[0][0] if parts else None,
        denominator=parts[1][0] if parts else None,
        left_out=tuple(contribution.left_out),
        formerly=formerly,
        fact_count=len(contribution),
        fact_total=None if is_ratio else contribution.total,
        page=page,
        pages=pages,
        periods=tuple(sorted(period_of(bin_start(first), bin_start(end)) for first, end in contribution.spans)),
        has_all_history=told.is_whole,
        carried=tuple(contribution.carried),
    )


def history(opened: Opened) -> tuple[HistoryRow, ...]:
    """Return how the figure was known over time, however long that takes."""
    with opened.account() as account:
        stage = stage_of(opened, account)
    return history_of(opened, stage).rows


def fact_rows(facts: Iterable[Fact], cells: Sequence[Counted] = ()) -> list[FactRow]:
    """Return facts (with batch and indicator selected) as people see them, sources described.

    cells: what of each fact counts; all of it where none are given.
    """
    listed = list(facts)
    views = describe_sources((fact.source_kind, fact.source_id) for fact in listed)
    counted: list[tuple[int | None, int]] = [(cell.counted, cell.share_ppm) for cell in cells]
    counted = counted or [(fact.value, WHOLE) for fact in listed]
    return [
        FactRow(
            indicator_code=fact.indicator.code,
            area_id=fact.area_id,
            period=Period(fact.period_start, fact.period_end, fact.period_code),
            dimension=fact.dimension,
            value=fact.value,
            status=fact.status,
            source_kind=fact.source_kind,
            source_id=fact.source_id,
            cell=fact.source_cell,
            source=views.get((fact.source_kind, fact.source_id)),
            batch_id=fact.batch_id,
            recorded_at=fact.batch.recorded_at,
            counted=value,
            share_ppm=share_ppm,
        )
        for fact, (value, share_ppm) in zip(listed, counted, strict=True)
    ]


def _facts_of(cells: Sequence[Counted], asked: Asked, account: Account) -> list[Fact]:
    """Return the fact that stands in each cell."""
    if not cells:
        return []
    wanted = [days_of(cell.key) for cell in cells]
    facts = Fact.objects.filter(
        indicator_id__in={key[0] for key in wanted},
        area_id__in={key[2] for key in wanted},
        period_end__in={key[4] for key in wanted},
        status__in=[status.value for status in asked.view.statuses],
    )
    if asked.known_at is not None:
        facts = facts.filter(batch__recorded_at__lte=asked.known_at)
    elif account.upto is not None:
        facts = facts.filter(batch_id__lte=account.upto)
    latest = {
        (fact.indicator_id, fact.dimension, fact.area_id, fact.period_start, fact.period_end): fact
        for fact in facts.select_related("batch", "indicator").order_by("batch_id", "id")
    }
    return [latest[key] for key in wanted]
