"""Template filters: how numbers, money and dates are written, on English pages in English. An absent number is never empty or 0."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from chungtay.kernel import english, hedging, numerals, text
from chungtay.kernel.periods import Period
from chungtay.web.languages import is_english

NBSP = "\u00a0"


def absent() -> SafeString:
    """Draw the mark of a missing number."""
    mark = '<span class="absent" aria-hidden="true">…</span><span class="hidden-visually">{}</span>'
    return format_html(mark, gettext("Chưa có số"))


def _number(vietnamese: str) -> str:
    return english.number(vietnamese) if is_english() else vietnamese


def integer(value: int | None) -> str:
    """22047 -> "22.047"; None -> the mark of a missing number."""
    return absent() if value is None else _number(numerals.format_integer(value))


def decimal(value: Fraction | Decimal | int | None, places: int = 1) -> str:
    """Fraction(581, 10) -> "58,1"."""
    return absent() if value is None else _number(numerals.format_decimal(value, places))


def scaled(value: int | None, decimals: int = 0) -> str:
    """A stored value (times 10**decimals) as people read it: 2250, 2 -> "22,50"."""
    return absent() if value is None else _number(numerals.scaled_text(value, decimals))


def percent(value: Fraction | Decimal | int | None, places: int = 1) -> str:
    """Fraction(432, 43186) -> "1,0%"; the ratio itself, not a number of hundredths."""
    if value is None:
        return absent()
    exact = Fraction(value)
    return said_here(numerals.format_percent(exact.numerator, exact.denominator, places=places))


def money(vnd: int | None) -> str:
    """25000000 -> "25.000.000 đồng"; in a table the unit stands in the head: use `integer`."""
    return absent() if vnd is None else f"{integer(vnd)}{NBSP}đồng"


def spoken_money(vnd: int | None, places: int = 1) -> str:
    """58100000000 -> "58,1 tỷ đồng", with "trên" or "gần" when it was cut."""
    return absent() if vnd is None else said_here(hedging.spoken_money(vnd, places).text)


def spoken_count(value: int | None, noun: str) -> str:
    """3 -> "3 căn"."""
    return absent() if value is None else said_here(hedging.spoken_count(value, noun).text)


def date_vn(value: date | datetime | None) -> str:
    """date(2023, 5, 30) -> "30/05/2023", in English "30 May 2023"; None -> ""."""
    if value is None:
        return ""
    day = timezone.localdate(value) if isinstance(value, datetime) else value
    return english.day(day) if is_english() else text.date_text(day)


def datetime_vn(value: datetime | None) -> str:
    """An aware moment -> "30/05/2023, 15:40" in the time of the site; None -> ""."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{english.day(local.date())}, {local:%H:%M}" if is_english() else text.datetime_text(local)


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


def said_here(words: str | None) -> str:
    """Turn a figure that was written in Vietnamese: "trên 58,1 tỷ đồng" -> in English "over 58.1 billion đồng"."""
    return english.said(words or "") if is_english() else words or ""


def unit_here(unit: str) -> str:
    """Turn a unit of money: "tỷ đồng" -> in English "billion đồng"; other units are the programme's own words."""
    return english.unit(unit) if is_english() else unit


def coverage_here(words: str) -> str:
    """Turn a line of coverage: "14/15 đơn vị" -> in English "14 of 15 units"."""
    return english.coverage(words) if is_english() else words


def promise_here(words: str) -> str:
    """Turn a promise or how far it was kept: "400 căn năm 2022", "Đạt 107%" -> in English "400 căn in 2022", "107% reached"."""
    return english.promise(words) if is_english() else words


def period_here(value: Period) -> str:
    """Name a period in a sentence: "năm 2022", in English "2022"."""
    return english.period(value) if is_english() else value.label()


def in_words(names: Sequence[Any]) -> str:
    """["a", "b", "c"] -> "a, b và c"."""
    joined = text.join_and([str(name) for name in names])
    return " and ".join(joined.rsplit(" và ", 1)) if is_english() and len(names) > 1 else joined


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
    "said_here": said_here,
    "unit_here": unit_here,
    "coverage_here": coverage_here,
    "promise_here": promise_here,
    "period_here": period_here,
    "pad_count": numerals.pad_count,
    "roman": numerals.to_roman,
}
