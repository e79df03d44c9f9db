"""How a figure is said: number and unit, exact value, certainty, kind. A figure without data is never said as 0.

Money is said by `kernel.hedging`, so it never overstates; every short number has its exact one beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from chungtay.figures.rules import Figure, View
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.kernel.hedging import spoken_money
from chungtay.kernel.numerals import format_decimal, scaled_text
from chungtay.kernel.text import NBSP, date_text, join_and

PERCENT = "%"
PERCENT_PLACES = 1
KIND_WORDS = {
    Kind.FLOW: "Phát sinh trong kỳ: cộng được theo kỳ và theo đơn vị",
    Kind.STOCK: "Có đến một ngày: cộng được theo đơn vị, không cộng theo thời gian; lấy số mới nhất trong kỳ",
    Kind.RATIO: "Tỷ lệ: tính lại từ hai số ở từng cấp, không cộng, không lấy trung bình",
}


@dataclass(frozen=True)
class Said:
    """A figure in words. `number` is None when there is no number; `exact` repeats it in full with its unit.

    hedge: "trên" or "gần" before a number that was shortened, "" before an exact one.
    """

    number: str | None
    unit: str
    exact: str
    hedge: str = ""

    @property
    def text(self) -> str:
        """Number and unit: "400 căn", "1,0%"; "chưa có số" without a number."""
        if self.number is None:
            return "chưa có số"
        number = f"{self.hedge} {self.number}" if self.hedge else self.number
        return f"{number}{self.unit}" if self.unit == PERCENT else f"{number}{NBSP}{self.unit}"


def said(figure: Figure, indicator: Indicator, places: int = 1) -> Said:
    """Say a figure in a headline: money in tỷ or triệu with at most `places` decimals, everything else in full."""
    if indicator.kind == Kind.RATIO:
        number = None if figure.ratio is None else _ratio_number(figure.ratio, indicator)
        return Said(number, indicator.unit, _terms(figure, indicator))
    if figure.value is None:
        return Said(None, indicator.unit, "")
    exact = f"{scaled_text(figure.value, figure.decimals)}{NBSP}{indicator.unit}"
    if not indicator.is_money:
        return Said(scaled_text(figure.value, figure.decimals), indicator.unit, exact)
    spoken = spoken_money(figure.value, places)
    return Said(spoken.number_text, spoken.unit_text.replace(" ", NBSP), exact, spoken.hedge.value)


def in_full(figure: Figure, indicator: Indicator) -> str | None:
    """Write a figure in full for a table whose head names the unit; None when there is no number."""
    if indicator.kind == Kind.RATIO:
        return None if figure.ratio is None else _ratio_number(figure.ratio, indicator)
    return None if figure.value is None else scaled_text(figure.value, figure.decimals)


def in_full_with_unit(figure: Figure, indicator: Indicator) -> str:
    """Write a figure in full with its unit: "58.100.000.000 đồng", "1,0%", "chưa có số"."""
    return Said(in_full(figure, indicator), indicator.unit, "").text


def _ratio_number(ratio: Fraction, indicator: Indicator) -> str:
    return format_decimal(ratio * indicator.times, max(PERCENT_PLACES, indicator.decimals))


def _terms(figure: Figure, indicator: Indicator) -> str:
    """The two terms of a ratio: "432 hộ nghèo / 43.200 hộ dân cư"."""
    numerator, denominator = indicator.numerator, indicator.denominator
    if figure.numerator is None or figure.denominator is None or numerator is None or denominator is None:
        return ""
    above = counted(figure.numerator, figure.numerator_decimals, numerator)
    return f"{above} / {counted(figure.denominator, figure.denominator_decimals, denominator)}"


def counted(value: int, decimals: int, indicator: Indicator) -> str:
    """Say a value with what it counts: "432 hộ nghèo" when the name begins with the unit, else with both."""
    name = f"{indicator.name[:1].lower()}{indicator.name[1:]}"
    number = scaled_text(value, decimals)
    if name.startswith(indicator.unit.lower()):
        return f"{number}{NBSP}{name}"
    return f"{number}{NBSP}{indicator.unit} ({name})"


def certainty(figure: Figure) -> tuple[str, str]:
    """Return the state of a badge and its words: official, provisional (units or approval are awaited), estimated or missing."""
    if not figure.is_known:
        return "missing", "Chưa có số"
    if figure.expected == 0:
        return "provisional", "Sơ bộ, chưa giao đơn vị báo cáo"
    if not figure.is_complete:
        return "provisional", "Sơ bộ"
    if figure.status == View.ALL:
        return "provisional", "Tính cả số chưa duyệt"
    if figure.is_estimated:
        return "estimated", "Ước tính: có phần của đơn vị đã bị chia"
    return "official", "Chính thức"


def coverage_text(figure: Figure, names: Sequence[str]) -> str:
    """Say the coverage in a line: "14/15 đơn vị, chưa có Phường 6"; more than three names are counted."""
    if not figure.expected:
        return "Chưa giao đơn vị nào"
    counted_units = f"{figure.reported}/{figure.expected} đơn vị"
    if not names:
        return counted_units
    return f"{counted_units}, chưa có {join_and(names) if len(names) <= 3 else f'{len(names)} đơn vị'}"


def as_of_text(figure: Figure) -> str:
    """Say of which day a stock or a ratio of stocks is: "đến 31/12/2022", "" for a flow."""
    return f"có đến {date_text(figure.as_of)}" if figure.as_of is not None else ""


def share_text(part: int | None, whole: int | None) -> str:
    """Say a part of a whole in percent: "10,8%"; "" where that says nothing."""
    if part is None or not whole or whole < 0 or part < 0:
        return ""
    return f"{format_decimal(Fraction(part * 100, whole), 1)}%"
