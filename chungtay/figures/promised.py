"""What was promised against what was reached: which target a period answers to, and how far it has come.

Percentages are cut down, never rounded up: 99,9% is not "đạt 100%".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from chungtay.figures import formulas
from chungtay.figures.rules import Figure
from chungtay.figures.trends import is_whole_year
from chungtay.figures.wording import PERCENT
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.kernel.hedging import spoken_money
from chungtay.kernel.numerals import format_integer, scaled_text
from chungtay.kernel.periods import Period, parse_period
from chungtay.kernel.text import NBSP
from chungtay.programmes.models import Target

_NO_BREAK = "\u2060"
RATIO_SCALE = 10_000
"""A ratio's target is stored in ten-thousandths of one: 80 is 0,8%."""


@dataclass(frozen=True)
class Achievement:
    """A target beside a figure. `percent` is cut down, None where it says nothing; `level` is in the indicator's unit."""

    promise: str
    text: str
    is_reached: bool
    percent: int | None
    level: Fraction
    level_text: str
    basis: str

    @property
    def short(self) -> str:
        """The percentage alone: "80%"."""
        return "" if self.percent is None else f"{format_integer(self.percent)}%"

    @property
    def verdict(self) -> str:
        """What the badge of something reached says: "Đạt 107%", "Đạt mục tiêu"."""
        return "Đạt mục tiêu" if self.percent is None else f"Đạt {self.short}"

    @property
    def what(self) -> str:
        """What was promised: "kế hoạch 15 Hội quán giai đoạn 2020–2024", "không quá 0,8% năm 2024"."""
        return self.promise if self.percent is None else f"kế hoạch {self.promise}"

    @property
    def bar(self) -> int:
        """How far the bar of work is filled, 0 to 100."""
        return min(max(self.percent or 0, 0), 100)


def target_for(targets: Iterable[Target], indicator: Indicator, period: Period) -> Target | None:
    """Return the target that the period answers to.

    A flow: the shortest plan that begins with the period and lasts at least as long. A stock or ratio: the next level
    to be reached at or after the period's end.
    """
    own = [(parse_period(target.period_code), target) for target in targets if target.indicator_id == indicator.pk]
    if indicator.kind == Kind.FLOW:
        fitting = [(p, t) for p, t in own if p.start == period.start and p.contains(period)]
    else:
        fitting = [(p, t) for p, t in own if p.end >= period.end]
    return min(fitting, key=lambda pair: pair[0].end)[1] if fitting else None


def achievement(target: Target, figure: Figure, indicator: Indicator) -> Achievement:
    """Return how far a figure has come towards its target. What is not known yet has reached nothing."""
    found = formulas.achievement(figure, level_of(target, indicator), is_at_most=target.is_at_most)
    when = when_of(parse_period(target.period_code))
    said = said_level(target.amount, indicator)
    promise = f"{'không quá ' if target.is_at_most else ''}{said} {when}"

    def reached(text: str, *, percent: int | None = None) -> Achievement:
        level = found.target or Fraction(0)
        level_text = f"mục tiêu {_until(target)}: {said}"
        return Achievement(promise, text, found.is_reached, percent, level, level_text, target.basis)

    if target.is_at_most:
        return reached(f"{'Đạt mục tiêu' if found.is_reached else 'Mục tiêu'} {promise}")
    if found.value is None:
        return reached(f"Kế hoạch {promise}")
    percent = int(found.value * 100 // 1)
    return reached(f"Đạt {format_integer(percent)}% kế hoạch {promise}", percent=percent)


def level_of(target: Target, indicator: Indicator) -> Fraction:
    """Return what is to be reached in the indicator's unit, of a ratio as a fraction of one."""
    return Fraction(target.amount, RATIO_SCALE if indicator.kind == Kind.RATIO else 10**indicator.decimals)


def said_level(value: int, indicator: Indicator) -> str:
    """Say a target's value with its unit, money spoken: "120 căn", "18,5 tỷ đồng", "0,8%"."""
    if indicator.kind == Kind.RATIO:
        number = _trimmed(scaled_text(value * indicator.times, 4))
        return f"{number}{PERCENT}" if indicator.unit == PERCENT else number
    if indicator.is_money:
        return spoken_money(value, 3).text.replace(" ", NBSP)
    return f"{_trimmed(scaled_text(value, indicator.decimals))}{NBSP}{indicator.unit}"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(",") if "," in text else text


def when_of(period: Period) -> str:
    """Name the span of a plan: "năm 2022", "giai đoạn 2020–2024", "quý III năm 2022"."""
    first, last = period.start.year, period.last_day.year
    if first != last and is_whole_year_range(period):
        return f"giai đoạn {first}{_NO_BREAK}–{_NO_BREAK}{last}"
    return period.label()


def _until(target: Target) -> str:
    period = parse_period(target.period_code)
    return str(period.last_day.year) if is_whole_year(period) or is_whole_year_range(period) else period.short()


def is_whole_year_range(period: Period) -> bool:
    """Whether the period runs from a 1 January to a 31 December."""
    return (period.start.month, period.start.day, period.end.month, period.end.day) == (1, 1, 1, 1)
