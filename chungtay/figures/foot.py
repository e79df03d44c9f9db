"""The foot of a trace: the reports behind a figure, cell by cell, with who signed, who approved and the seal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from chungtay.figures.ladder import Sum, equation
from chungtay.figures.registry import SourceView
from chungtay.figures.rules import Status
from chungtay.figures.selectors import FactRow, Trace
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.kernel.numerals import scaled_text
from chungtay.kernel.periods import Period
from chungtay.kernel.text import join_and

MOST_SOURCES, MOST_SOURCES_OF_UNITS = 60, 20
"""More reports than this are not listed on one page: the reader goes on through a unit or a year."""


@dataclass(frozen=True)
class SourceRow:
    """What one report gave to the figure: per cell its name, number and the place in the report.

    parts: of a register the records behind these cells, each (title, number, address).
    """

    area: str
    period: Period
    source: SourceView | None
    fallback: str
    cells: tuple[tuple[str, str, str], ...]
    total: str
    is_provisional: bool
    recorded_at: datetime
    parts: tuple[tuple[str, str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class SourceRung:
    """The reports at the foot. `rows` is empty when there are too many for a page; `fact_count` and `source_count` stay.

    noun: what its sources are called, together "nguồn" where they are of several kinds.
    """

    sum: Sum | None
    fact_count: int
    source_count: int
    rows: tuple[SourceRow, ...]
    noun: str


def source_rung(
    trace: Trace,
    indicator: Indicator,
    terms: Mapping[str, Indicator],
    keys: Mapping[tuple[str, str], str],
    names: Mapping[UUID, str],
    may_open: Callable[[SourceView], bool],
) -> SourceRung | None:
    """Return the reports behind the figure, by area and time.

    terms: indicators by code (itself, or the two terms of a ratio); keys: the words for (indicator code, dimension key);
    may_open: whether the reader may look into a source.
    """
    if not trace.facts:
        return None
    notes = carried_notes(trace, names)
    grouped: dict[tuple[UUID, Period, str, str], list[FactRow]] = {}
    for fact in trace.facts:
        if fact.source and not may_open(fact.source):
            fact = replace(fact, source=fact.source.shut())
        grouped.setdefault((fact.area_id, fact.period, fact.source_kind, fact.source_id), []).append(fact)
    added = None
    if indicator.kind != Kind.RATIO:
        stated = [fact.value for fact in trace.facts if fact.value is not None]
        added = equation(trace.figure.value or 0, stated, indicator, "")
    rows: list[SourceRow] = []
    if len(grouped) <= (MOST_SOURCES_OF_UNITS if trace.by_child else MOST_SOURCES):
        order = {area_id: position for position, area_id in enumerate(dict.fromkeys(f.area_id for f in trace.facts))}
        ordered = sorted(grouped.items(), key=lambda item: (order[item[0][0]], item[0][1]))
        rows = [_source_row(facts, terms, keys, names, notes) for _, facts in ordered]
    nouns = {fact.source.noun if fact.source else "nguồn" for fact in trace.facts}
    noun = nouns.pop() if len(nouns) == 1 else "nguồn"
    return SourceRung(added, len(trace.facts), len({key[2:] for key in grouped}), tuple(rows), noun)


def carried_notes(trace: Trace, names: Mapping[UUID, str]) -> dict[UUID, str]:
    """Return what is to be said of each former unit whose number still counts."""
    return {
        former.area_id: f"Số của đơn vị cũ, {join_and([names[one] for one in former.owing]) or 'đơn vị mới'} chưa báo"
        for former in trace.carried
    }


def carried_words(trace: Trace, names: Mapping[UUID, str]) -> list[str]:
    """Return who has not reported yet, and whose numbers still count instead: one sentence for each who owe together."""
    former_of: dict[tuple[UUID, ...], list[str]] = {}
    for former in trace.carried:
        former_of.setdefault(former.owing, []).append(names[former.area_id])
    return [
        f"{join_and([names[one] for one in owing]) or 'Đơn vị mới'} chưa báo: còn tính số của đơn vị cũ {join_and(formers)}."
        for owing, formers in former_of.items()
    ]


def _source_row(
    facts: Sequence[FactRow],
    terms: Mapping[str, Indicator],
    keys: Mapping[tuple[str, str], str],
    names: Mapping[UUID, str],
    notes: Mapping[UUID, str],
) -> SourceRow:
    first = facts[0]
    one_indicator = len({fact.indicator_code for fact in facts}) == 1
    cells = tuple(
        (
            keys.get((fact.indicator_code, fact.dimension), fact.dimension)
            if one_indicator
            else terms[fact.indicator_code].name,
            scaled_text(fact.value or 0, terms[fact.indicator_code].decimals),
            f"{fact.source.url}#{fact.cell}" if fact.source and fact.source.url and fact.cell else "",
        )
        for fact in facts
    )
    total = sum(fact.value or 0 for fact in facts) if one_indicator else None
    return SourceRow(
        area=names[first.area_id],
        note=notes.get(first.area_id, ""),
        period=first.period,
        source=first.source,
        fallback=f"{first.source_kind} {first.source_id}",
        cells=cells,
        total="" if total is None else scaled_text(total, terms[first.indicator_code].decimals),
        is_provisional=any(fact.status == Status.PROVISIONAL for fact in facts),
        recorded_at=max(fact.recorded_at for fact in facts),
        parts=tuple(
            (part.title, scaled_text(part.value, terms[first.indicator_code].decimals), part.url)
            for part in (first.source.parts_of(fact.cell for fact in facts) if first.source else ())
        ),
    )
