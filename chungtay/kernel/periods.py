"""Spans of time that figures belong to, as one type for calendar periods and for the reporting windows.

A period is [start, end) and starts on a 1st or a 15th. The windows of NĐ 09/2019/NĐ-CP run from the 15th to the 14th
(quarter I of 2022 = 15/12/2021 .. 14/3/2022) and are marked by "@15" in the code, so the two never mix by accident.
Time is counted in half-month bins: days 1-14 and days 15-end of each month.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import to_roman
from chungtay.kernel.text import month_text

FIRST_YEAR = 1900
LAST_YEAR = 2199

_UNIT = re.compile(
    r"(?P<year>[0-9]{4})(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?", re.IGNORECASE
)
_DAYS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})")
_WINDOW = "@15"


class BadPeriod(DomainError):
    """The code or the days do not name a period."""


@dataclass(frozen=True, order=True)
class Period:
    """[start, end) with its canonical code; `parse_period` and `period_of` make one. Ordered by start, then end.

    Raises BadPeriod when the days are not a period or the code is not theirs.
    """

    start: date
    end: date
    code: str

    def __post_init__(self) -> None:
        if self.code != _code_of(self.start, self.end):
            raise BadPeriod(f"Mã kỳ “{self.code}” không khớp với các ngày {self.start} đến {self.last_day}.")

    @property
    def last_day(self) -> date:
        """The last day inside the period."""
        return self.end - timedelta(days=1)

    def label(self) -> str:
        """Name the period in a sentence: "quý III năm 2022"; a window also shows its days, as every table must."""
        shape = _shape(self.start, self.end)
        if shape is None:
            return f"từ ngày {_slashed(self.start)} đến ngày {_slashed(self.last_day)}"
        label = _label(shape)
        return f"{label} ({_slashed(self.start)} - {_slashed(self.last_day)})" if shape.is_window else label

    def short(self) -> str:
        """Name the period in a column head: "Quý III/2022", "01/2020–05/2023".

        A window reads like its calendar twin, so the table's title must carry `label`.
        """
        shape = _shape(self.start, self.end)
        if shape is None:
            return f"{_slashed(self.start)}–{_slashed(self.last_day)}"
        return _short(shape)

    def previous(self) -> "Period":
        """The period of the same kind and length that ends where this one starts."""
        first, end = self.bins()
        return period_of(bin_start(2 * first - end), self.start)

    def same_period_last_year(self) -> "Period":
        """The same window one year earlier, the only fair basis of "so với cùng kỳ"."""
        first, end = self.bins()
        return period_of(bin_start(first - 24), bin_start(end - 24))

    def contains(self, other: "Period") -> bool:
        """Whether every day of the other period lies in this one."""
        return self.start <= other.start and other.end <= self.end

    def years(self) -> list["Period"]:
        """The years that make up the period, the first and last cut to it; years of a window run 15/12..14/12."""
        first, end = self.bins()
        shape = _shape(self.start, self.end)
        shift = 1 if shape is not None and shape.is_window else 0
        cuts = [first, *(b for b in range(first + 1, end) if (b + shift) % 24 == 0), end]
        return [period_of(bin_start(a), bin_start(b)) for a, b in pairwise(cuts)]

    def bins(self) -> tuple[int, int]:
        """The half-month bins [first, end) that the period covers."""
        return bin_of(self.start), bin_of(self.end)


def parse_period(code: str) -> Period:
    """Read a period code and return the period under its canonical code. Raises BadPeriod.

    `2022`, `2022H1`, `2022Q3`, `2022-05`; ranges of these `2020-01..2023-05`; windows of NĐ 09/2019 with suffix `@15`
    (`2022Q3@15`); whole half-months by their days, last day included (`2022-06-01..2022-06-14`).
    """
    return _parse(code.strip())


def period_of(start: date, end: date) -> Period:
    """Return the period of the days [start, end) under its canonical code. Raises BadPeriod."""
    return Period(start, end, _code_of(start, end))


def month_after(day: date) -> date:
    """Return the first day of the month after that of a day."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def month_of(day: date) -> Period:
    """Return the calendar month of a day."""
    return period_of(day.replace(day=1), month_after(day))


def bin_of(day: date) -> int:
    """The half-month bin of a day: (year*12 + month-1)*2, plus 1 from the 15th on."""
    return (day.year * 12 + day.month - 1) * 2 + (0 if day.day < 15 else 1)


def bin_start(number: int) -> date:
    """The first day of a half-month bin. Raises BadPeriod outside the years 1900..2199."""
    months, late = divmod(number, 2)
    year, month = divmod(months, 12)
    if not FIRST_YEAR - 1 <= year <= LAST_YEAR + 1:
        raise BadPeriod(f"Kỳ báo cáo phải nằm trong các năm {FIRST_YEAR} đến {LAST_YEAR}.")
    return date(year, month + 1, 15 if late else 1)


@dataclass(frozen=True)
class _Shape:
    """A period in whole months [first, end), counted year*12 + month-1. A window counts as the month it ends in."""

    first: int
    end: int
    is_window: bool

    @property
    def size(self) -> int:
        """12, 6, 3 or 1 for a year, half, quarter or month that stands where such a unit stands, else 0."""
        months = self.end - self.first
        return months if months in (12, 6, 3, 1) and self.first % months == 0 else 0

    @property
    def year(self) -> int:
        return self.first // 12

    @property
    def place(self) -> int:
        """Which half, quarter or month of the year it is, from 1."""
        return self.first % 12 // self.size + 1


def _shape(start: date, end: date) -> _Shape | None:
    """The whole months of a period, None when it starts on a 1st and ends on a 14th or the other way round."""
    if start.day != end.day:
        return None
    late = 0 if start.day == 1 else 1
    return _Shape(bin_of(start) // 2 + late, bin_of(end) // 2 + late, late == 1)


@lru_cache(maxsize=4096)
def _code_of(start: date, end: date) -> str:
    if start.day not in (1, 15) or end.day not in (1, 15):
        raise BadPeriod("Kỳ báo cáo phải bắt đầu từ ngày 1 hoặc ngày 15 và kết thúc trước ngày 1 hoặc ngày 15.")
    if start >= end:
        raise BadPeriod("Ngày cuối của kỳ báo cáo phải sau ngày đầu.")
    shape = _shape(start, end)
    first_year = shape.year if shape else start.year
    last_year = (end - timedelta(days=1)).year
    if first_year < FIRST_YEAR or last_year > LAST_YEAR:
        raise BadPeriod(f"Kỳ báo cáo phải nằm trong các năm {FIRST_YEAR} đến {LAST_YEAR}.")
    if shape is None:
        return f"{start}..{end - timedelta(days=1)}"
    suffix = _WINDOW if shape.is_window else ""
    match shape.size:
        case 12:
            return f"{shape.year}{suffix}"
        case 6:
            return f"{shape.year}H{shape.place}{suffix}"
        case 3:
            return f"{shape.year}Q{shape.place}{suffix}"
        case 1:
            return f"{_month_code(shape.first)}{suffix}"
        case _:
            return f"{_month_code(shape.first)}..{_month_code(shape.end - 1)}{suffix}"


@lru_cache(maxsize=4096)
def _parse(code: str) -> Period:
    if days := _DAYS.fullmatch(code):
        return _parse_days(code, days[1], days[2])
    body = code.removesuffix(_WINDOW)
    late = body != code
    parts = body.split("..")
    units = [_unit_months(part) for part in parts]
    if len(units) > 2 or None in units:
        raise BadPeriod(
            f"Mã kỳ “{code}” không đúng: hãy ghi như 2022, 2022H1, 2022Q3, 2022-05 hoặc 2020-01..2023-05, "
            "thêm @15 cho kỳ chốt số liệu từ ngày 15 đến ngày 14."
        )
    spans = [unit for unit in units if unit is not None]
    first, end = spans[0][0], spans[-1][1]
    shift = 1 if late else 0
    return period_of(bin_start(2 * first - shift), bin_start(2 * end - shift))


def _parse_days(code: str, first: str, last: str) -> Period:
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=1)
    except (ValueError, OverflowError):
        raise BadPeriod(f"Mã kỳ “{code}” có ngày không tồn tại trong lịch.") from None
    return period_of(start, end)


def _unit_months(text: str) -> tuple[int, int] | None:
    """The months [first, end) of `2022`, `2022H1`, `2022Q3` or `2022-05`."""
    match = _UNIT.fullmatch(text)
    if match is None:
        return None
    for name, size in (("half", 6), ("quarter", 3), ("month", 1)):
        if match[name]:
            first = int(match["year"]) * 12 + (int(match[name]) - 1) * size
            return first, first + size
    return int(match["year"]) * 12, int(match["year"]) * 12 + 12


def _month_code(months: int) -> str:
    return f"{months // 12}-{months % 12 + 1:02d}"


def _label(shape: _Shape) -> str:
    match shape.size:
        case 12:
            return f"năm {shape.year}"
        case 6:
            return f"6 tháng {('đầu', 'cuối')[shape.place - 1]} năm {shape.year}"
        case 3:
            return f"quý {to_roman(shape.place)} năm {shape.year}"
        case 1:
            return f"tháng {month_text(shape.place)} năm {shape.year}"
        case _:
            return f"từ tháng {_month_slashed(shape.first)} đến tháng {_month_slashed(shape.end - 1)}"


def _short(shape: _Shape) -> str:
    match shape.size:
        case 12:
            return str(shape.year)
        case 6:
            return f"6 tháng {('đầu', 'cuối')[shape.place - 1]} {shape.year}"
        case 3:
            return f"Quý {to_roman(shape.place)}/{shape.year}"
        case 1:
            return _month_slashed(shape.first)
        case _:
            first, last = shape.first, shape.end - 1
            return f"{first % 12 + 1:02d}/{first // 12}–{last % 12 + 1:02d}/{last // 12}"


def _month_slashed(months: int) -> str:
    return f"{month_text(months % 12 + 1)}/{months // 12}"


def _slashed(day: date) -> str:
    return f"{day.day:02d}/{month_text(day.month)}/{day.year}"
