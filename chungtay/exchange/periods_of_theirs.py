"""Periods as other systems write them, and ours: ids of DHIS2, ISO intervals of ADX. What has no counterpart is said. Pure."""

import re
from datetime import date
from functools import lru_cache

from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import BadPeriod, Period, bin_of, bin_start, period_of

_MONTHS = re.compile(
    r"(?P<year>[0-9]{4})(?:Q(?P<quarter>[1-4])|S(?P<half>[12])|(?P<two>0[1-6])B|-?(?P<month>0[1-9]|1[0-2]))?"
)
_FISCAL = re.compile(r"(?P<year>[0-9]{4})(?P<month>April|July|Oct)(?:S(?P<half>[12]))?")
_FIRST_MONTH = {"April": 4, "July": 7, "Oct": 10}
_FINER = re.compile(r"[0-9]{8}|[0-9]{4}(?:Bi)?W[0-9]{1,2}|[0-9]{4}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)W[0-9]{1,2}")
_INTERVAL = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:T00:00(?::00(?:\.0{1,6})?)?Z?)?/P(?P<count>[0-9]{1,4})(?P<unit>[YMWD])"
)
_UNITS = {12: "", 6: "S", 3: "Q"}


class UnknownPeriod(DomainError):
    """The text names no period that is known here."""


class NoCounterpart(DomainError):
    """The period exists, but not on the other side: weeks and days here, windows and long spans there."""


@lru_cache(maxsize=4096)
def read_period(text: str) -> Period:
    """Return our period for an id of DHIS2 (202201, 2022Q1, 2022S1, 2022, 2022April) or an ISO interval (2022-01-01/P1M).

    Raises UnknownPeriod, NoCounterpart.
    """
    try:
        if found := _MONTHS.fullmatch(text):
            return _of_months(*_months_of(found))
        if found := _FISCAL.fullmatch(text):
            first = int(found["year"]) * 12 + _FIRST_MONTH[found["month"]] - 1
            if found["half"] is None:
                return _of_months(first, 12)
            if found["month"] == "April":
                return _of_months(first + (int(found["half"]) - 1) * 6, 6)
        elif found := _INTERVAL.fullmatch(text):
            return _of_interval(found["day"], int(found["count"]), found["unit"])
        elif _FINER.fullmatch(text):
            raise NoCounterpart(f"Kỳ “{text}” là ngày hoặc tuần; ở đây số liệu tính theo nửa tháng, tháng trở lên.")
    except BadPeriod as wrong:
        raise UnknownPeriod(str(wrong)) from None
    raise UnknownPeriod(f"Không đọc được kỳ “{text[:60]}”. Ví dụ đúng: 202201, 2022Q1, 2022S1, 2022, 2022-01-01/P1M.")


def dhis_period(period: Period) -> str:
    """Return the id of DHIS2 for a calendar month, quarter, half or year, or a financial year. Raises NoCounterpart."""
    first, months = _whole_months(period)
    year, month = divmod(first, 12)
    if months == 1:
        return f"{year}{month + 1:02d}"
    if months in _UNITS and month % months == 0:
        return f"{year}{_UNITS[months]}{month // months + 1 if months < 12 else ''}"
    if months == 2 and month % 2 == 0:
        return f"{year}{month // 2 + 1:02d}B"
    name = next((name for name, at in _FIRST_MONTH.items() if months == 12 and at == month + 1), None)
    if name is None:
        raise NoCounterpart(f"Kỳ {period.label()} không có mã trong DHIS2. Hãy dùng ADX, hoặc chọn tháng, quý, năm.")
    return f"{year}{name}"


def iso_interval(period: Period) -> str:
    """Return the ISO interval: "2022-01-01/P1M", also for windows ("2021-12-15/P3M"), else counted in days."""
    if period.start.day == period.end.day:
        months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
        return f"{period.start}/P{months // 12}Y" if months % 12 == 0 else f"{period.start}/P{months}M"
    return f"{period.start}/P{(period.end - period.start).days}D"


def _months_of(found: "re.Match[str]") -> tuple[int, int]:
    first = int(found["year"]) * 12
    for name, size in (("quarter", 3), ("half", 6), ("two", 2), ("month", 1)):
        if found[name]:
            return first + (int(found[name]) - 1) * size, size
    return first, 12


def _of_months(first: int, count: int) -> Period:
    return period_of(bin_start(2 * first), bin_start(2 * (first + count)))


def _of_interval(day: str, count: int, unit: str) -> Period:
    try:
        start = date.fromisoformat(day)
        if unit in "YM":
            end = bin_start(bin_of(start) + 2 * count * (12 if unit == "Y" else 1))
        else:
            end = date.fromordinal(start.toordinal() + count * (7 if unit == "W" else 1))
    except (ValueError, OverflowError):
        raise UnknownPeriod(f"Khoảng “{day}/P{count}{unit}” có ngày không có trong lịch.") from None
    if start.day not in (1, 15) or end.day not in (1, 15) or not count:
        raise NoCounterpart(
            f"Khoảng “{day}/P{count}{unit}” không bắt đầu và kết thúc ở đầu hoặc giữa tháng, nên không có kỳ tương ứng ở đây."
        )
    return period_of(start, end)


def _whole_months(period: Period) -> tuple[int, int]:
    if period.start.day != 1 or period.end.day != 1:
        raise NoCounterpart(f"Kỳ {period.label()} không trọn tháng lịch nên không có mã trong DHIS2. Hãy dùng ADX.")
    first = period.start.year * 12 + period.start.month - 1
    return first, period.end.year * 12 + period.end.month - 1 - first
