"""How a figure came to be what it is: one line for each day that changed it, newest first, each open as known then."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.figures.history import HistoryRow
from chungtay.figures.rules import Figure
from chungtay.figures.selectors import Trace
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
    """Return the days that changed the number, newest first, and the newest day that changed only its coverage.

    "22/05/2023: 401 thành 400" after every unit was in means that a number was mended.
    """
    rows: Sequence[HistoryRow] = trace.history
    numbers = [_number(trace.figure, indicator, row) for row in rows]
    last = len(rows) - 1
    return [
        Change(
            when=date_text(localdate(row.recorded_at)),
            what=_what(row, numbers[at], rows[at - 1] if at else None, numbers[at - 1]),
            url=reverse("figure-trace", args=[trace.figure._replace(known_at=row.recorded_at).trace]),
            state="returned" if at and _is_correction(row, rows[at - 1]) else "submitted",
            current=at == last,
        )
        for at, row in reversed(list(enumerate(rows)))
        if at in (0, last) or numbers[at] != numbers[at - 1]
    ]


def _what(row: HistoryRow, number: str, before: HistoryRow | None, old: str) -> str:
    now = f"{row.reported}/{row.expected}{NBSP}đơn{NBSP}vị"
    if before is None:
        return f"{number}, {now}"
    if old == number:
        return f"vẫn {number}, {now}"
    coverage = "" if (before.reported, before.expected) == (row.reported, row.expected) else f", {now}"
    change = f"{old.split(NBSP)[0]} thành {number}{coverage}"
    return f"Đã sửa: {change}" if _is_correction(row, before) else change


def _is_correction(row: HistoryRow, before: HistoryRow) -> bool:
    """Whether a number changed after every unit was in: that is what a reader looks for."""
    return 0 < before.expected == before.reported == row.reported == row.expected


def _number(figure: Figure, indicator: Indicator, row: HistoryRow) -> str:
    then = figure._replace(value=row.value, numerator=row.numerator, denominator=row.denominator)
    text = in_full(then, indicator)
    if text is None:
        return "chưa có số"
    return f"{text}{PERCENT}" if indicator.unit == PERCENT else f"{text}{NBSP}{indicator.unit}"
