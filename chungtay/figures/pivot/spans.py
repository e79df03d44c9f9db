"""The periods of a table: a range of months cut by month, quarter, half or year, each alone or from the start to date."""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import BadPeriod, Period, bin_start, parse_period, period_of

_MONTH = re.compile(r"(0?[1-9]|1[0-2])[/.-](\d{4})")


class Step(StrEnum):
    """How a range is cut."""

    MONTH = "thang"
    QUARTER = "quy"
    HALF = "nua"
    YEAR = "nam"
    WHOLE = "ca"


STEP_LABELS = {
    Step.MONTH: "Từng tháng",
    Step.QUARTER: "Từng quý",
    Step.HALF: "Từng nửa năm",
    Step.YEAR: "Từng năm",
    Step.WHOLE: "Cả khoảng",
}
_MONTHS = {Step.MONTH: 1, Step.QUARTER: 3, Step.HALF: 6, Step.YEAR: 12}


class BadRange(DomainError):
    """An end of the range names no month, or the range runs backwards."""


def first_month(text: str) -> int:
    """Return the month (year*12 + month-1) in which "01/2020", "2020" or "2022Q3" begins. Raises BadRange."""
    return _months(text)[0]


def last_month(text: str) -> int:
    """Return the month in which "05/2023", "2023" or "2022Q3" ends. Raises BadRange."""
    return _months(text)[1]


def month_words(month: int) -> str:
    """Write a month as people type it: 24240 -> "01/2020"."""
    return f"{month % 12 + 1:02d}/{month // 12}"


def spans(first: int, last: int, step: Step, *, to_date: bool, from_15th: bool) -> list[Period]:
    """Return the periods that cut the months [first, last], first and last piece cut to the range.

    to_date: each runs from the start of the range. from_15th: the windows of NĐ 09/2019/NĐ-CP, which run from the 15th
    of the month before to the 14th. Raises BadRange when the range runs backwards.
    """
    if last < first:
        raise BadRange(
            f"Khoảng thời gian chạy ngược: {month_words(first)} sau {month_words(last)}. Hãy đổi chỗ hai tháng."
        )
    shift = 1 if from_15th else 0
    pieces = list(_pieces(first, last + 1, step))
    start = first
    try:
        return [
            period_of(bin_start(2 * (start if to_date else a) - shift), bin_start(2 * b - shift)) for a, b in pieces
        ]
    except BadPeriod as error:
        raise BadRange(str(error)) from None


def _pieces(first: int, end: int, step: Step) -> Iterator[tuple[int, int]]:
    size = _MONTHS.get(step)
    while first < end:
        after = end if size is None else min(end, (first // size + 1) * size)
        yield first, after
        first = after


def _months(text: str) -> tuple[int, int]:
    text = text.strip()
    if found := _MONTH.fullmatch(text):
        month = int(found[2]) * 12 + int(found[1]) - 1
        return month, month
    try:
        period = parse_period(text)
    except BadPeriod:
        raise BadRange(
            f"“{text}” không phải một tháng. Hãy ghi tháng/năm, ví dụ 01/2020, hoặc một năm, ví dụ 2022."
        ) from None
    return month_of(period.start), month_of(period.last_day)


def month_of(day: date) -> int:
    """Return the number of a day's month."""
    return day.year * 12 + day.month - 1
