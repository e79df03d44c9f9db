"""How figures are said in a Vietnamese report: pure functions from exact numbers to words that never overstate.

Everything that depends on the data (tăng or giảm, đạt or chưa đạt, how many units) is inside the words made here, so that a
sentence around them stays true whatever the figure turns out to be.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from chungtay.kernel.hedging import spoken_count, spoken_money
from chungtay.kernel.numerals import format_integer, format_percent, pad_count, scaled_text
from chungtay.kernel.periods import Period
from chungtay.kernel.text import NBSP, date_text, join_and, month_text

NO_DATA = "chưa có số liệu"
NAMED_AT_MOST = 5
TENTHS = 1000  # of a percent, in one
SENTENCE_LETTERS = "abcdđeghik"


def said(value: int, *, unit: str, is_money: bool, decimals: int = 0, step: int = 1, places: int = 1) -> str:
    """Return a value (scaled by 10**decimals) for a sentence: "trên 18,15 tỷ đồng", "06 HTX", "trên 22.000 suất"."""
    if is_money:
        return spoken_money(value, places).text
    if decimals:
        return f"{scaled_text(value, decimals)}{NBSP}{unit}"
    return spoken_count(value, unit, step).text


def exact(value: int, *, unit: str, decimals: int = 0) -> str:
    """Return a value with all its digits and its unit: "18.153.450.000 đồng"."""
    return f"{scaled_text(value, decimals)}{NBSP}{unit}"


def cell(value: int, *, decimals: int = 0, divisor: int = 1, places: int = 0) -> str:
    """Return a value as a table prints it, cut down to `places`: 18153456789 by million -> "18.153,45"."""
    if divisor == 1:
        return scaled_text(value, decimals)
    return scaled_text(_toward_zero(Fraction(value * 10**places, 10**decimals * divisor)), places)


def _toward_zero(number: Fraction) -> int:
    whole = abs(number) // 1
    return -whole if number < 0 else whole


def of_target(value: int, target: int) -> str | None:
    """Return how much of a target was reached, never more than the truth: "107,3%". None when the target is zero."""
    if target == 0:
        return None
    return trimmed(format_percent(value, target, 1, rounding="down"))


def trimmed(percent: str) -> str:
    """Return "100%" for "100,0%"."""
    return percent.removesuffix("%").removesuffix(",0") + "%"


def change(now: int, before: int, compared: str = "cùng kỳ") -> str | None:
    """Return the growth on the same window of last year: "tăng 9,3% so với cùng kỳ", "bằng cùng kỳ".

    The signed growth is cut down, so neither an increase nor a decrease is ever shown better than it is. None when there is
    nothing to grow from.
    """
    if before <= 0:
        return None
    if now == before:
        return f"bằng {compared}"
    tenths = Fraction((now - before) * TENTHS, before) // 1
    if tenths == 0:
        return f"tăng dưới{NBSP}0,1% so với {compared}"
    word = "tăng" if now > before else "giảm"
    return f"{word} {scaled_text(abs(tenths), 1)}% so với {compared}"


def change_cell(now: int, before: int) -> str | None:
    """Return the same growth for a table: "+9,3%", "-2,2%", "0%"."""
    if before <= 0:
        return None
    tenths = Fraction((now - before) * TENTHS, before) // 1
    return f"{'+' if tenths > 0 else '-' if tenths < 0 else ''}{scaled_text(abs(tenths), 1)}%" if tenths else "0%"


def ratio(share: Fraction) -> str:
    """Return a ratio in percent to one decimal, halves up; an exact whole percent without decimals: "1%", "1,1%"."""
    text = format_percent(share.numerator, share.denominator, 1)
    return trimmed(text) if (share * 100).denominator == 1 else text


def terms(numerator: int, denominator: int, unit: str) -> str:
    """Return the two terms that stand beside every ratio: "432/43.200 hộ"."""
    return f"{format_integer(numerator)}/{format_integer(denominator)}{NBSP}{unit}"


def points(now: Fraction, before: Fraction, since: str) -> str:
    """Return the change of a ratio in percentage points: "giảm 0,5 điểm phần trăm so với cuối năm 2021"."""
    hundredths = (2 * abs(now - before) * 10_000 + 1) // 2
    if hundredths == 0:
        return f"bằng mức {since}"
    number = scaled_text(hundredths, 2).rstrip("0").rstrip(",")
    return f"{'giảm' if now < before else 'tăng'} {number}{NBSP}điểm phần trăm so với {since}"


def met(value: Fraction, target: Fraction, *, at_most: bool, target_text: str) -> str:
    """Return whether a target was reached: "đạt chỉ tiêu không quá 0,8%", "chưa đạt chỉ tiêu ít nhất 15 Hội quán"."""
    reached = value <= target if at_most else value >= target
    return f"{'đạt' if reached else 'chưa đạt'} chỉ tiêu {'không quá' if at_most else 'ít nhất'} {target_text}"


def coverage(reported: int, expected: int, missing: Sequence[str], noun: str = "đơn vị") -> str:
    """Return who is in a figure: "14/15 đơn vị đã báo cáo, chưa có Phường Hòa Thuận"; beyond five the rest are counted."""
    head = f"{reported}/{expected}{NBSP}{noun} đã báo cáo"
    if not missing:
        return head
    if len(missing) > NAMED_AT_MOST:
        rest = f"{pad_count(len(missing) - NAMED_AT_MOST)}{NBSP}{noun} khác"
        return f"{head}, chưa có {join_and([*missing[:NAMED_AT_MOST], rest])}"
    return f"{head}, chưa có {join_and(missing)}"


def short_coverage(reported: int, expected: int, noun: str = "đơn vị") -> str:
    """Return the coverage as the sources annex prints it: "14/15 đơn vị"; nothing when nobody is expected."""
    return f"{reported}/{expected}{NBSP}{noun}" if expected else ""


def window_name(period: Period) -> str:
    """Name a window in a sentence; the first months of a year as "5 tháng đầu năm 2023"."""
    months = _months_from_new_year(period)
    if months in (0, 6, 12):
        return period.label()
    if months == 1 or months == 3:
        return period.label()
    return f"{months}{NBSP}tháng đầu năm {period.start.year}"


def window_head(period: Period) -> str:
    """Name a window at the head of a row: "2022", "5 tháng 2023"."""
    months = _months_from_new_year(period)
    return period.short() if months in (0, 12) else f"{months}{NBSP}tháng {period.start.year}"


def _months_from_new_year(period: Period) -> int:
    """How many whole months from 1 January the window covers; 0 when it is no such window."""
    if (period.start.month, period.start.day, period.end.day) != (1, 1, 1):
        return 0
    months = (period.end.year - period.start.year) * 12 + period.end.month - 1
    return months if months <= 12 else 0


def day_of_stock(day: date) -> str:
    """Say the day of a stock: "cuối năm 2022", "cuối tháng 5 năm 2023", "ngày 14/6/2023" for others."""
    if (day.month, day.day) == (12, 31):
        return f"cuối năm {day.year}"
    following = date.fromordinal(day.toordinal() + 1)
    if following.day == 1:
        return f"cuối tháng {month_text(day.month)} năm {day.year}"
    return f"ngày {date_text(day)}"


def capital(text: str) -> str:
    """Return the text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Return the text with its first letter in lower case, but for names and abbreviations ("Hội quán", "HTX")."""
    first = text.split(maxsplit=1)[0] if text else ""
    return text if first.isupper() or first in {"Hội", "Tổ", "Quỹ"} else text[:1].lower() + text[1:]


def lettered(index: int) -> str:
    """Return the mark of a point in the Vietnamese order: a), b), c), d), đ)."""
    return f"{SENTENCE_LETTERS[index]})"
