"""Template filters: how numbers, money and dates are written. An absent number is never an empty place and never 0."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from chungtay.kernel import hedging, numerals, text

ABSENT: SafeString = SafeString(
    '<span class="absent" aria-hidden="true">…</span><span class="hidden-visually">Chưa có số</span>'
)
NBSP = "\u00a0"


def integer(value: int | None) -> str:
    """22047 -> "22.047"; None -> the mark of a missing number."""
    return ABSENT if value is None else numerals.format_integer(value)


def decimal(value: Fraction | Decimal | int | None, places: int = 1) -> str:
    """Fraction(581, 10) -> "58,1"."""
    return ABSENT if value is None else numerals.format_decimal(value, places)


def scaled(value: int | None, decimals: int = 0) -> str:
    """A stored value (times 10**decimals) as people read it: 2250, 2 -> "22,50"."""
    return ABSENT if value is None else numerals.scaled_text(value, decimals)


def percent(value: Fraction | Decimal | int | None, places: int = 1) -> str:
    """Fraction(432, 43186) -> "1,0%"; the ratio itself, not a number of hundredths."""
    if value is None:
        return ABSENT
    exact = Fraction(value)
    return numerals.format_percent(exact.numerator, exact.denominator, places=places)


def money(vnd: int | None) -> str:
    """25000000 -> "25.000.000 đồng"; in a table the unit stands in the head: use `integer`."""
    return ABSENT if vnd is None else f"{numerals.format_integer(vnd)}{NBSP}đồng"


def spoken_money(vnd: int | None, places: int = 1) -> str:
    """58100000000 -> "58,1 tỷ đồng", with "trên" or "gần" when it was cut."""
    return ABSENT if vnd is None else hedging.spoken_money(vnd, places).text


def spoken_count(value: int | None, noun: str) -> str:
    """3 -> "3 căn"."""
    return ABSENT if value is None else hedging.spoken_count(value, noun).text


def date_vn(value: date | datetime | None) -> str:
    """date(2023, 5, 30) -> "30/05/2023"; None -> ""."""
    if value is None:
        return ""
    return text.date_text(timezone.localdate(value) if isinstance(value, datetime) else value)


def datetime_vn(value: datetime | None) -> str:
    """An aware moment -> "30/05/2023, 15:40" in the time of the site; None -> ""."""
    return "" if value is None else text.datetime_text(timezone.localtime(value))


def day_vn(value: date | None) -> str:
    """date(2024, 1, 5) -> "ngày 05 tháng 01 năm 2024", as official papers write it."""
    return "" if value is None else text.day_text(value)


def due(day: date | datetime | None, today: date) -> str:
    """How far a day is from today: "hôm nay", "còn 2 ngày", "trễ 5 ngày"."""
    if day is None:
        return ""
    left = ((timezone.localdate(day) if isinstance(day, datetime) else day) - today).days
    if left == 0:
        return "hôm nay"
    return f"còn{NBSP}{left}{NBSP}ngày" if left > 0 else f"trễ{NBSP}{-left}{NBSP}ngày"


def in_words(names: Sequence[Any]) -> str:
    """["a", "b", "c"] -> "a, b và c"."""
    return text.join_and([str(name) for name in names])


FILTERS: dict[str, Callable[..., str]] = {
    "integer": integer,
    "decimal": decimal,
    "scaled": scaled,
    "percent": percent,
    "money": money,
    "spoken_money": spoken_money,
    "spoken_count": spoken_count,
    "date_vn": date_vn,
    "datetime_vn": datetime_vn,
    "day_vn": day_vn,
    "due": due,
    "join_and": in_words,
    "pad_count": numerals.pad_count,
    "roman": numerals.to_roman,
}
