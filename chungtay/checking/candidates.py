"""The figures of the account that a text about a programme may mean: every indicator, over every period and unit that it names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from chungtay.checking.pairing import WORD, Candidate, clause_at, words_of
from chungtay.figures import selectors as figures
from chungtay.figures.rules import Figure as Known
from chungtay.figures.wording import coverage_text
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.indicators.selectors import key_labels
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold
from chungtay.kernel.periods import Period, parse_period, period_of
from chungtay.places import selectors as places
from chungtay.programmes.models import Programme
from chungtay.reading import Figure
from chungtay.returns.selectors import indicators_of

YEAR = re.compile(r"(?<![\d./-])(20\d\d)(?![\d./-]|\s*[-–]\s*20)")
MOST_PERIODS = 24
"""Periods of a text that are asked for; a text that names more is answered for the first of them."""


@dataclass(frozen=True)
class Scope:
    """What a text is held against: a programme's figures of an area over a period, as known then (None: now)."""

    programme: Programme
    area_id: UUID
    period: Period
    known_at: datetime | None = None


def period_meant(text: str, figure: Figure, whole: Period) -> Period:
    """Return the period of a figure: what its sentence names, else a bare year before it, within the text's own; else that."""
    code = figure.period or _year_before(text, figure)
    if code is None:
        return whole
    try:
        named = parse_period(code)
    except DomainError:
        return whole
    start, end = max(named.start, whole.start), min(named.end, whole.end)
    if named.start < whole.start and named.end >= whole.end:
        return whole
    return period_of(start, end) if start < end else named


def _year_before(text: str, figure: Figure) -> str | None:
    """Return the one year that stands in the clause before a figure ("Riêng 2021 …"), None with none or several."""
    first, _ = clause_at(text, figure.start, figure.end)
    years = set(YEAR.findall(text[first : figure.start]))
    return years.pop() if len(years) == 1 else None


def units_named(text: str, figures_read: Iterable[Figure], scope: Scope) -> dict[int, UUID]:
    """Return {start of a figure: unit below the area} of the figures whose clause names exactly one such unit."""
    tree = places.tree_on(scope.period.last_day)
    if scope.area_id not in tree:
        return {}
    below = [node for node in tree.subtree(scope.area_id) if node.area_id != scope.area_id]
    names = [(f" {' '.join(WORD.findall(fold(node.name)))} ", node.area_id) for node in below]
    named = {}
    for figure in figures_read:
        first, last = clause_at(text, figure.start, figure.end)
        words = f" {' '.join(WORD.findall(fold(text[first:last])))} "
        found = {area_id for name, area_id in names if name in words}
        if len(found) == 1:
            named[figure.start] = found.pop()
    return named


def candidates_for(
    scope: Scope, periods: Sequence[Period], area_ids: Sequence[UUID]
) -> dict[tuple[str, UUID], list[Candidate]]:
    """Return {(period code, area): what the account says there}, of every indicator and every key of its breakdown."""
    known = {indicator.code: indicator for indicator in indicators_of(scope.programme)}
    asked = list(dict.fromkeys([scope.period, *periods]))[:MOST_PERIODS]
    found = figures.consolidate(
        indicators=list(known),
        area_ids=list(area_ids),
        periods=asked,
        known_at=scope.known_at,
        by_dimension=True,
    )
    totals = figures.consolidate(
        indicators=list(known), area_ids=list(area_ids), periods=asked, known_at=scope.known_at
    )
    labels = {code: key_labels(indicator) for code, indicator in known.items()}
    names = {area: places.name_on(area, scope.period.last_day) for area in area_ids}
    said: dict[tuple[str, UUID], list[Candidate]] = {(period.code, area): [] for period in asked for area in area_ids}
    seen: set[tuple[str, str, UUID, str]] = set()
    for one in [*totals, *found]:
        key = (one.indicator_code, one.dimension, one.area_id, one.period.code)
        if key in seen or not one.is_known:
            continue
        seen.add(key)
        indicator, label = known[one.indicator_code], labels[one.indicator_code].get(one.dimension, "")
        place = "" if one.area_id == scope.area_id else names[one.area_id]
        said[one.period.code, one.area_id].append(_candidate(one, indicator, label, names[one.area_id], place))
    return said


def _candidate(known: Known, indicator: Indicator, label: str, area_name: str, place: str) -> Candidate:
    unit = "VND" if indicator.is_money else indicator.unit
    return Candidate(
        indicator=indicator.code,
        dimension=known.dimension,
        name=f"{indicator.name}: {label}" if label else indicator.name,
        unit=unit,
        words=words_of(indicator.name, label, "" if indicator.is_money else indicator.unit),
        value=_value(known, indicator),
        period=known.period.code,
        period_label=known.period.label(),
        area_name=area_name,
        trace=known.trace,
        coverage=coverage_text(known, ()),
        place=place,
        adds_up=indicator.kind == Kind.FLOW,
    )


def _value(known: Known, indicator: Indicator) -> Fraction | None:
    if indicator.kind == Kind.RATIO:
        return None if known.ratio is None else known.ratio * indicator.times
    return known.amount
