"""How a figure came to be what it is: one line for each day that changed it, newest first, each open as known then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.figures.rules import Figure
from chungtay.figures.selectors import Trace
from chungtay.figures.tracing import HistoryRow
from chungtay.figures.wording import PERCENT, in_full
from chungtay.indicators.models import Indicator
from chungtay.kernel.text import NBSP, date_text

SHOWN_AT_ONCE = 8


@dataclass(frozen=True)
class Change:
    """One day, as `ui/timeline.html` reads it."""

    when: str
    what: str
    url: str
    state: str
    current: bool


def changes_of(trace: Trace, indicator: Indicator) -> list[Change]:
    """Return the days that changed the figure, newest first. "22/05/2023: 401 thành 400" means that a number was mended."""
    rows: Sequence[HistoryRow] = trace.history
    shown = []
    for position, row in enumerate(rows):
        before = rows[position - 1] if position else None
        shown.append(
            Change(
                when=date_text(localdate(row.recorded_at)),
                what=_what(trace.figure, indicator, row, before),
                url=reverse("figure-trace", args=[replace(trace.figure, known_at=row.recorded_at).trace]),
                state=_state(row, before),
                current=position == len(rows) - 1,
            )
        )
    return shown[::-1]


def _what(figure: Figure, indicator: Indicator, row: HistoryRow, before: HistoryRow | None) -> str:
    number = _number(figure, indicator, row)
    now = f"{row.reported}/{row.expected} đơn vị"
    if before is None:
        return f"{number}, {now}"
    coverage = "" if (before.reported, before.expected) == (row.reported, row.expected) else f", {now}"
    old = _number(figure, indicator, before)
    if old == number:
        return f"vẫn {number}{coverage or f', {now}'}"
    return f"{old.split(NBSP)[0]} thành {number}{coverage}"


def _number(figure: Figure, indicator: Indicator, row: HistoryRow) -> str:
    then = replace(figure, value=row.value, numerator=row.numerator, denominator=row.denominator)
    text = in_full(then, indicator)
    if text is None:
        return "chưa có số"
    return f"{text}{PERCENT}" if indicator.unit == PERCENT else f"{text}{NBSP}{indicator.unit}"


def _state(row: HistoryRow, before: HistoryRow | None) -> str:
    """A number that changed while the coverage stayed was mended: that is what a reader looks for."""
    if before is None or (before.reported, before.expected) != (row.reported, row.expected):
        return "submitted"
    return "returned"
