"""The results of a programme in one place: headline figures with target and trend, and the table of its parts.

Two questions to the account make the page (a third only to tell apart what is not approved yet); no figure is typed here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse

from chungtay.desk.programme_ask import Ask
from chungtay.desk.programme_selectors import asked_indicators
from chungtay.figures import selectors as figures
from chungtay.figures.cells import Cell, cell_of
from chungtay.figures.promised import Achievement, achievement, target_for
from chungtay.figures.rules import Figure, View, by_key
from chungtay.figures.series_breaks import SeriesBreak, breaks_of
from chungtay.figures.trends import Trend, trend_of
from chungtay.figures.wording import Said, as_of_text, certainty, coverage_text, in_full, said
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.kernel.periods import Period, period_of
from chungtay.places import selectors as places
from chungtay.places.rules import Node
from chungtay.programmes.models import Target


@dataclass(frozen=True)
class Card:
    """A headline figure as the page shows it."""

    indicator: Indicator
    figure: Figure
    said: Said
    url: str
    names: tuple[str, ...]
    state: str
    state_label: str
    note: str
    achievement: Achievement | None
    trend: Trend | None


@dataclass(frozen=True)
class PartRow:
    """One unit, or one reporting period, with its figures."""

    name: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class PartTable:
    """The parts of the headline figures and their totals."""

    title: str
    note: str
    head: str
    columns: tuple[Indicator, ...]
    rows: tuple[PartRow, ...]
    total: PartRow

    @property
    def has_partial(self) -> bool:
        """Whether some figure still awaits a unit or a period."""
        return any(cell.is_partial for row in (*self.rows, self.total) for cell in row.cells)

    @property
    def has_gap(self) -> bool:
        """Whether some cell has no number at all."""
        return any(cell.text is None for row in self.rows for cell in row.cells)

    @property
    def has_estimate(self) -> bool:
        """Whether some number holds a share of a divided unit."""
        return any(cell.is_estimated for row in (*self.rows, self.total) for cell in row.cells)


@dataclass(frozen=True)
class Board:
    """Everything the page of results shows."""

    cards: tuple[Card, ...]
    parts: PartTable | None
    has_unfinished_year: bool
    has_target_line: bool


@dataclass(frozen=True)
class IndicatorRow:
    """One line of the table of all indicators."""

    indicator: Indicator
    figure: Figure
    cell: Cell
    coverage: str
    as_of: str
    achievement: Achievement | None


def board(ask: Ask, area: Node, indicators: Sequence[Indicator], targets: Sequence[Target]) -> Board:
    """Return the results of an area: three questions to the account at most."""
    years = _years(ask)
    found = _ask(ask, indicators, [area.area_id], [ask.period, *years])
    names = _names(ask, found.values())
    mine = [target for target in targets if target.area_id == area.area_id]
    pending = _pending(ask, area, indicators, found)
    breaks = breaks_of([indicator.code for indicator in indicators], area.area_id, on_map=ask.map.day)
    cards = tuple(_card(ask, i, found, area, years, mine, names, pending, breaks[i.code]) for i in indicators)
    trends = [card.trend for card in cards if card.trend]
    return Board(
        cards,
        _parts(ask, area, indicators, [card.figure for card in cards]),
        any(trend.has_unfinished for trend in trends),
        any(trend.target is not None for trend in trends),
    )


def indicator_rows(
    ask: Ask, area: Node, indicators: Sequence[Indicator], targets: Sequence[Target]
) -> list[IndicatorRow]:
    """Return every indicator with its figure, coverage and target (one question to the account)."""
    found = _ask(ask, indicators, [area.area_id], [ask.period])
    names = _names(ask, found.values())
    mine = [target for target in targets if target.area_id == area.area_id]
    rows = []
    for indicator in indicators:
        figure = found[indicator.code, "", area.area_id, ask.period.code]
        target = target_for(mine, indicator, ask.period)
        rows.append(
            IndicatorRow(
                indicator,
                figure,
                cell_of(figure, indicator),
                coverage_text(figure, [names[area_id] for area_id in figure.missing]),
                as_of_text(figure),
                achievement(target, figure, indicator) if target else None,
            )
        )
    return rows


Found = dict[tuple[str, str, UUID, str], Figure]


def _ask(ask: Ask, indicators: Sequence[Indicator], areas: Sequence[UUID], periods: Iterable[Period]) -> Found:
    if not indicators or not areas:
        return {}
    return by_key(
        figures.consolidate(
            indicators=[indicator.code for indicator in indicators],
            area_ids=areas,
            periods=list(dict.fromkeys(periods)),
            on_map=ask.map.day,
            known_at=ask.known.moment,
            status=ask.view.value,
        )
    )


def _years(ask: Ask) -> list[Period]:
    """The programme's years so far, up to the end of the period that is looked at when that is later."""
    start = ask.usual_period.start
    end = ask.period.end if ask.period.start == start else ask.usual_period.end
    return period_of(start, max(end, ask.usual_period.end)).years()


def _names(ask: Ask, found: Iterable[Figure]) -> dict[UUID, str]:
    missing = {area_id for figure in found for area_id in figure.missing}
    return places.names_on(missing, ask.map_day) if missing else {}


def _pending(ask: Ask, area: Node, indicators: Sequence[Indicator], found: Found) -> set[str]:
    """The codes of indicators whose figure holds something that is not approved yet, when such is looked at."""
    if ask.view is not View.ALL:
        return set()
    approved = _ask(replace(ask, view=View.APPROVED), indicators, [area.area_id], [ask.period])
    return {key[0] for key, figure in approved.items() if _value(figure) != _value(found[key])}


def _value(figure: Figure) -> tuple[int | None, int | None, int | None]:
    return figure.value, figure.numerator, figure.denominator


def _card(
    ask: Ask,
    indicator: Indicator,
    found: Found,
    area: Node,
    years: Sequence[Period],
    targets: Sequence[Target],
    names: dict[UUID, str],
    pending: set[str],
    breaks: Sequence[SeriesBreak],
) -> Card:
    figure = found[indicator.code, "", area.area_id, ask.period.code]
    missing = tuple(names[area_id] for area_id in figure.missing)
    words = said(figure, indicator)
    target = target_for(targets, indicator, ask.period)
    reached = achievement(target, figure, indicator) if target else None
    state, label = _badge(figure, is_pending=indicator.code in pending)
    return Card(
        indicator=indicator,
        figure=figure,
        said=words,
        url=reverse("figure-trace", args=[figure.trace]),
        names=missing,
        state=state,
        state_label=label,
        note=_note(figure, indicator, words),
        achievement=reached,
        trend=trend_of(
            [found[indicator.code, "", area.area_id, year.code] for year in years],
            indicator,
            target=reached.level if reached else None,
            target_text=reached.level_text if reached else "",
            breaks=breaks,
        ),
    )


def _badge(figure: Figure, *, is_pending: bool) -> tuple[str, str]:
    """What must be said of the figure's certainty; the normal case recedes."""
    state, label = certainty(figure)
    if state == "provisional" and not figure.is_complete:
        return state, label
    if state == "estimated":
        return state, label
    if state == "missing":
        return state, "Chưa đơn vị nào có số" if figure.expected else label
    return ("provisional", "Sơ bộ, có số chưa duyệt") if is_pending else ("", "")


def _note(figure: Figure, indicator: Indicator, words: Said) -> str:
    if not figure.is_known:
        return ""
    parts = [words.exact] if indicator.kind == Kind.RATIO or words.hedge else []
    note = ", ".join(part for part in (*parts, as_of_text(figure)) if part)
    return f"{note[:1].upper()}{note[1:]}"


def _parts(ask: Ask, area: Node, indicators: Sequence[Indicator], totals: Sequence[Figure]) -> PartTable | None:
    """The figures by unit; for an area without units, by reporting period."""
    children = ask.tree.children(area.area_id)
    return _by_unit(ask, area, children, indicators, totals) if children else _by_period(ask, area, indicators, totals)


def _by_unit(
    ask: Ask, area: Node, children: Sequence[Node], indicators: Sequence[Indicator], totals: Sequence[Figure]
) -> PartTable:
    found = _ask(ask, indicators, [node.area_id for node in children], [ask.period])
    rows = [
        PartRow(
            node.name,
            ask.query(noi=node.code),
            tuple(cell_of(found[i.code, "", node.area_id, ask.period.code], i) for i in indicators),
        )
        for node in children
    ]
    rows += _own_row(area, indicators, totals, found)
    total = PartRow("Cộng", "", tuple(cell_of(f, i) for f, i in zip(totals, indicators, strict=True)))
    return PartTable("Theo đơn vị", ask.period.label(), "Đơn vị", tuple(indicators), tuple(rows), total)


def _by_period(ask: Ask, area: Node, indicators: Sequence[Indicator], totals: Sequence[Figure]) -> PartTable | None:
    """Only what the main form asks for: a yearly count has nothing to say of a quarter."""
    periods = [s.period for s in reversed(ask.statuses) if ask.period.contains(s.period)]
    asked = asked_indicators(ask.form)
    pairs = [(f, i) for f, i in zip(totals, indicators, strict=True) if i.pk in asked]
    if len(periods) < 2 or not pairs:
        return None
    columns = [i for _, i in pairs]
    found = _ask(ask, columns, [area.area_id], periods)
    rows = [
        PartRow(
            period.short(),
            ask.query(ky=period.code),
            tuple(cell_of(found[i.code, "", area.area_id, period.code], i) for i in columns),
        )
        for period in periods
    ]
    note = "Số có đến một ngày không cộng theo thời gian: dòng cuối lấy số mới nhất"
    total = PartRow("Cả kỳ", "", tuple(cell_of(f, i) for f, i in pairs))
    return PartTable("Theo kỳ báo cáo", note, "Kỳ", tuple(columns), tuple(rows), total)


def _own_row(area: Node, indicators: Sequence[Indicator], totals: Sequence[Figure], found: Found) -> list[PartRow]:
    """A row for what the area itself stated beside its units, when there is any: the column must add up."""
    below = {
        i.code: sum(f.value or 0 for (code, *_), f in found.items() if code == i.code)
        for i in indicators
        if i.kind != Kind.RATIO
    }
    own = [
        total._replace(value=(total.value or 0) - below[i.code])
        if total.value is not None and i.code in below
        else None
        for total, i in zip(totals, indicators, strict=True)
    ]
    if not any(figure is not None and figure.value for figure in own):
        return []
    cells = (
        Cell(in_full(figure, i) if figure is not None and figure.value else None, "", is_partial=False)
        for figure, i in zip(own, indicators, strict=True)
    )
    return [PartRow(f"Riêng {area.name[:1].lower()}{area.name[1:]}", "", tuple(cells))]
