"""A figure taken apart rung by rung, each rung an equation that says whether it holds.

An area is the sum of its units; a span is the sum of its years or reporting periods; a ratio is one sum over another;
at the foot stand the facts, each with the return it came from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from chungtay.figures import selectors
from chungtay.figures.cells import Cell, cell_of
from chungtay.figures.rules import Figure
from chungtay.figures.selectors import Trace
from chungtay.figures.trends import is_whole_year, span_label
from chungtay.figures.wording import counted, in_full, in_full_with_unit, share_text
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.kernel.numerals import scaled_text
from chungtay.kernel.periods import Period


@dataclass(frozen=True)
class Bar:
    """One part of a sum, as `ui/bars.html` reads it."""

    label: str
    value: int | None
    text: str
    url: str


@dataclass(frozen=True)
class Sum:
    """Parts that add up, or should: `difference` is what the whole has beyond its parts, 0 when the equation holds."""

    words: str
    written: str
    difference: int
    difference_text: str


@dataclass(frozen=True)
class UnitRung:
    """The whole as the sum of its units (of a ratio: the same ratio in each unit, which do not add up)."""

    sum: Sum | None
    words: str
    bars: tuple[Bar, ...]
    maximum: int


@dataclass(frozen=True)
class TermRung:
    """A ratio as numerator over denominator, each of which opens further."""

    numerator: str
    numerator_url: str
    denominator: str
    denominator_url: str
    holds: bool


@dataclass(frozen=True)
class SpanRow:
    """One year or reporting period: a cell for every part of the breakdown, and the whole."""

    label: str
    cells: tuple[Cell, ...]
    total: Cell
    coverage: str


@dataclass(frozen=True)
class SpanRung:
    """The whole by years or reporting periods, and by the parts of its breakdown."""

    title: str
    sum: Sum | None
    words: str
    columns: tuple[str, ...]
    rows: tuple[SpanRow, ...]
    foot: SpanRow | None


def unit_rung(trace: Trace, indicator: Indicator, names: Mapping[UUID, str]) -> UnitRung | None:
    """Return the figure by its units, None for an area without units."""
    if not trace.by_child:
        return None
    parts = [trace.own, *trace.by_child] if trace.own.is_known else list(trace.by_child)
    if indicator.kind == Kind.RATIO:
        bars = tuple(_ratio_bar(part, indicator, names) for part in parts)
        return UnitRung(None, "", bars, max([bar.value or 0 for bar in bars] or [1]) or 1)
    whole = trace.figure.value
    bars = tuple(_bar(part, whole, indicator, _part_name(part, trace, names)) for part in parts)
    added = _sum(trace.figure, parts, indicator, _units_words(trace))
    return UnitRung(added, "", bars, max([bar.value or 0 for bar in bars] or [1]) or 1)


def _units_words(trace: Trace) -> str:
    known = sum(child.is_known for child in trace.by_child)
    count = f"tổng của {known} đơn vị{'' if known == len(trace.by_child) else ' đã có số'}"
    return f"phần riêng + {count}" if trace.own.is_known else count


def _part_name(part: Figure, trace: Trace, names: Mapping[UUID, str]) -> str:
    name = names[part.area_id]
    return f"Riêng {name[:1].lower()}{name[1:]}" if part is trace.own else name


def _bar(part: Figure, whole: int | None, indicator: Indicator, name: str) -> Bar:
    text = in_full(part, indicator) or ""
    share = share_text(part.value, whole)
    url = reverse("figure-trace", args=[part.trace]) if part.is_known and not name.startswith("Riêng ") else ""
    return Bar(name, part.value, f"{text} ({share})" if share and text else text, url)


def _ratio_bar(part: Figure, indicator: Indicator, names: Mapping[UUID, str]) -> Bar:
    value = None if part.ratio is None else int(part.ratio * 10**9)
    return Bar(
        names[part.area_id],
        value,
        in_full_with_unit(part, indicator) if value is not None else "",
        reverse("figure-trace", args=[part.trace]) if part.is_known else "",
    )


def _sum(whole: Figure, parts: Iterable[Figure], indicator: Indicator, words: str) -> Sum:
    known = [part.value for part in parts if part.value is not None]
    return equation(whole.value or 0, known, indicator, words)


def equation(whole: int, parts: Sequence[int], indicator: Indicator, words: str) -> Sum:
    """Return the equation whole = sum of parts, all scaled by the indicator's decimals, and by how much it fails."""
    difference = whole - sum(parts)
    written = " + ".join(scaled_text(part, indicator.decimals) for part in parts)
    return Sum(
        words=words,
        written=f"{written} = {scaled_text(sum(parts), indicator.decimals)}" if len(parts) > 1 else "",
        difference=difference,
        difference_text=f"{scaled_text(abs(difference), indicator.decimals)} {indicator.unit}",
    )


def term_rung(trace: Trace, indicator: Indicator) -> TermRung | None:
    """Return the terms of a ratio, None for anything else."""
    above, below = indicator.numerator, indicator.denominator
    figure, numerator, denominator = trace.figure, trace.numerator, trace.denominator
    if above is None or below is None or numerator is None or denominator is None or figure.numerator is None:
        return None
    return TermRung(
        numerator=counted(figure.numerator, figure.numerator_decimals, above),
        numerator_url=reverse("figure-trace", args=[numerator.trace]),
        denominator=counted(figure.denominator or 0, figure.denominator_decimals, below),
        denominator_url=reverse("figure-trace", args=[denominator.trace]),
        holds=(figure.numerator, figure.denominator) == (numerator.value, denominator.value),
    )


def span_rung(
    figure: Figure, indicator: Indicator, keys: Sequence[tuple[str, str]], stated: Iterable[Period] = ()
) -> SpanRung | None:
    """Return the figure by years, or within a year by its reporting periods; None when there is only one of them.

    keys: (key, label) of the breakdown, [("", "")] without one; stated: the periods of its facts. Two questions to the
    account at most.
    """
    spans = figure.period.years()
    title = "Theo năm"
    if indicator.kind != Kind.FLOW:  # a year that is not over yet says nothing before its own count
        spans = [span for span in spans if is_whole_year(span) or _stands_in(figure, span)]
    if len(spans) < 2:
        spans = sorted(set(stated))
        title = "Theo kỳ báo cáo"
    has_keys = keys != [("", "")] and not figure.dimension and indicator.kind != Kind.RATIO
    if len(spans) < 2 and not (has_keys and figure.is_known):
        return None
    if len(spans) < 2:
        spans, title = [figure.period], "Theo phân loại"
    try:
        totals = {f.period: f for f in _asked(figure, spans, by_dimension=False)}
    except selectors.AreaNotOnMap:  # a new unit whose number still is that of the units before it
        return None
    parts: dict[tuple[str, Period], Figure] = {}
    if has_keys:
        parts = {(f.dimension, f.period): f for f in _asked(figure, [*spans, figure.period], by_dimension=True)}
    columns = [(key, label) for key, label in keys if has_keys]
    rows = tuple(
        SpanRow(
            span_label(span),
            tuple(cell_of(parts[key, span], indicator) for key, _ in columns),
            cell_of(totals[span], indicator),
            f"{totals[span].reported}/{totals[span].expected}",
        )
        for span in spans
    )
    is_flow = indicator.kind == Kind.FLOW
    added = None
    if is_flow and len(spans) > 1:
        words = f"tổng của {len(spans)} {'năm' if title == 'Theo năm' else 'kỳ báo cáo'}"
        added = _sum(figure, (totals[span] for span in spans), indicator, words)
    elif has_keys:
        added = _sum(
            figure, (parts[key, figure.period] for key, _ in columns), indicator, f"tổng của {len(columns)} loại"
        )
    foot = SpanRow(
        "Cộng" if is_flow else "Mới nhất",
        tuple(cell_of(parts[key, figure.period], indicator) for key, _ in columns),
        cell_of(figure, indicator),
        f"{figure.reported}/{figure.expected}",
    )
    return SpanRung(
        title=title,
        sum=added,
        words=""
        if is_flow or len(spans) < 2
        else "mỗi dòng là số mới nhất của năm hay kỳ đó, không cộng theo thời gian",
        columns=tuple(label for _, label in columns),
        rows=rows if len(spans) > 1 else (),
        foot=foot,
    )


def _stands_in(figure: Figure, span: Period) -> bool:
    return figure.as_of is None or span.start <= figure.as_of


def _asked(figure: Figure, periods: Sequence[Period], *, by_dimension: bool) -> list[Figure]:
    if not by_dimension and figure.dimension:
        every = _asked(figure, periods, by_dimension=True)
        return [one for one in every if one.dimension == figure.dimension]
    return selectors.consolidate(
        indicators=[figure.indicator_code],
        area_ids=[figure.area_id],
        periods=list(dict.fromkeys(periods)),
        on_map=figure.on_map,
        known_at=figure.known_at,
        status=figure.status,
        by_dimension=by_dimension,
    )
