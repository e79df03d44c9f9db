"""The figures of an article as the account gives them: read for a draft, frozen for an edition, held against it afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from chungtay.figures import selectors as account
from chungtay.figures import wording
from chungtay.figures.rules import Figure
from chungtay.figures.trace_ids import TraceKey, UnknownTrace, decode_trace, encode_trace
from chungtay.figures.trends import trend_of
from chungtay.indicators.models import Indicator
from chungtay.indicators.selectors import UnknownIndicator, indicator_by_code
from chungtay.kernel.periods import BadPeriod, parse_period
from chungtay.places import selectors as places
from chungtay.portal.models import ArticleFigure, Edition, EditionFigure
from chungtay.portal.rules import Changed, Form, Frozen, changed_since

POINT = "@"
"""Between the key of a figure and the span of one point of its chart: "raised@2021"."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure ready to print. `number` and `unit` for a large figure, `text` for a sentence; `trace` opens as it was known."""

    key: str
    label: str
    text: str
    number: str
    unit: str
    mark: str
    state: str
    coverage: str
    reported: int
    expected: int
    trace: str
    form: str = Form.SPOKEN.value
    note: str = ""
    value: float | None = None


def trace_in(text: str) -> str:
    """Return the id of a figure out of an id or the address of its page. Raises UnknownTrace."""
    found = text.strip().split("?")[0].rstrip("/").rpartition("/")[2]
    decode_trace(found)
    return found


def read(figures: Iterable[ArticleFigure], at: datetime | None) -> dict[str, Shown]:
    """Return each figure of an article by key, as known at a moment (None: now; a figure that names its own keeps it).

    Raises UnknownTrace for one that leads nowhere.
    """
    return {one.key: _shown(one, *asked(one.trace, at)) for one in figures}


def asked(trace: str, at: datetime | None) -> tuple[Figure, Indicator]:
    """Return the figure that an id names, pinned to a moment unless it names its own. Raises UnknownTrace."""
    key = decode_trace(trace)
    return _ask(key if at is None or key.known_at else replace(key, known_at=at))


def _ask(key: TraceKey) -> tuple[Figure, Indicator]:
    try:
        indicator, period = indicator_by_code(key.indicator_code), parse_period(key.period_code)
        figure = account.figure(
            key.indicator_code,
            key.area_id,
            period,
            dimension=key.dimension,
            on_map=key.on_map,
            known_at=key.known_at,
            status=key.status,
        )
    except (UnknownIndicator, BadPeriod, account.AreaNotOnMap):
        raise UnknownTrace from None
    return figure, indicator


def mark_of(figure: Figure) -> str:
    """Return a figure's value so that two can be told apart: "58100000000/1", "432/43186", "" for none."""
    value = figure.value if figure.ratio is None else figure.ratio
    return "" if value is None else f"{value.numerator}/{value.denominator * 10**figure.decimals}"


def written(figure: Figure, indicator: Indicator, form: Form, given: str = "") -> str:
    """Return a figure as a sentence has it."""
    if form is Form.GIVEN and given:
        return given
    if form is Form.FULL:
        return wording.in_full_with_unit(figure, indicator)
    said = wording.said(figure, indicator, 2 if form is Form.FINE else 1)
    return said.number or said.text if form is Form.NUMBER else said.text


def _shown(one: ArticleFigure, figure: Figure, indicator: Indicator) -> Shown:
    said = wording.said(figure, indicator)
    names = places.names_on(figure.missing, figure.on_map or figure.period.last_day) if figure.missing else {}
    return Shown(
        key=one.key,
        label=one.label,
        text=written(figure, indicator, Form(one.form), one.given),
        number=said.number or "",
        unit=said.unit,
        mark=mark_of(figure),
        state=wording.certainty(figure)[0],
        coverage=wording.coverage_text(figure, [names[area_id] for area_id in figure.missing]),
        reported=figure.reported,
        expected=figure.expected,
        trace=figure.trace,
        form=one.form,
        note=one.note,
    )


def points_of(one: ArticleFigure, at: datetime | None) -> list[Shown]:
    """Return the points of a figure's chart: its span year by year."""
    figure, indicator = asked(one.trace, at)
    years = account.consolidate(
        indicators=[indicator.code],
        area_ids=[figure.area_id],
        periods=figure.period.years(),
        on_map=figure.on_map,
        known_at=figure.known_at,
        status=figure.status,
    )
    trend = trend_of(years, indicator)
    if trend is None:
        return []
    return [
        replace(
            _shown(one, row.figure, indicator),
            key=f"{one.key}{POINT}{row.figure.period.code}",
            label=point.label,
            text=point.text,
            number=row.text or "",
            unit=trend.unit,
            value=point.value,
            state="part" if point.partial else "whole",
        )
        for point, row in zip(trend.points, trend.rows, strict=True)
    ]


def live_key(trace: str) -> str:
    """Return the id of the same figure as known now."""
    return encode_trace(replace(decode_trace(trace), known_at=None))


def changes_of(edition: Edition) -> tuple[Changed, ...]:
    """Return the figures of an edition that the account now gives otherwise."""
    return _changes(edition.pk, account.account_state())


@lru_cache(maxsize=512)
def _changes(edition_id: UUID, state: tuple[object, ...]) -> tuple[Changed, ...]:
    """Both are fixed: an edition for ever, the account until its state is another."""
    rows = [row for row in EditionFigure.objects.filter(edition_id=edition_id).order_by("id") if POINT not in row.key]
    now = {}
    for row in rows:
        form = Form.SPOKEN if row.form == Form.GIVEN else Form(row.form)
        figure, indicator = asked(live_key(row.trace), None)
        now[row.key] = (mark_of(figure), written(figure, indicator, form))
    frozen = [Frozen(row.key, row.text, row.mark, row.trace) for row in rows]
    return tuple(changed_since(frozen, now, {row.key: row.label for row in rows}))
