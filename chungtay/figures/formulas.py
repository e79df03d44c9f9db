"""What is worked out from figures after they are added up, the same way at every level: growth, achievement, so much per N.

Results are exact fractions with both of their parts and their coverage; what cannot be worked out says why. A figure is never
compared across a day on which its definition broke.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from chungtay.figures.rules import Figure
from chungtay.indicators.rules import Break, Kind
from chungtay.kernel.text import date_text


class Reason(StrEnum):
    """Why a comparison cannot be worked out."""

    NO_VALUE = "no_value"
    NO_BASE = "no_base"
    BASE_NOT_POSITIVE = "base_not_positive"
    BREAK = "break"
    NO_TARGET = "no_target"
    TARGET_NOT_POSITIVE = "target_not_positive"


_SENTENCES = {
    Reason.NO_VALUE: "Kỳ này chưa có số liệu.",
    Reason.NO_BASE: "Cùng kỳ năm trước chưa có số liệu trên cùng địa giới.",
    Reason.BASE_NOT_POSITIVE: "Cùng kỳ năm trước không lớn hơn 0 nên không tính được mức tăng, giảm.",
    Reason.NO_TARGET: "Chưa giao chỉ tiêu cho kỳ này.",
    Reason.TARGET_NOT_POSITIVE: "Chỉ tiêu giao không lớn hơn 0 nên không tính được phần trăm đạt.",
}


@dataclass(frozen=True, slots=True)
class Growth:
    """A figure against the same window of the year before.

    value: (now - base) / base; of a ratio the plain difference (`is_points`). None with the `reason` and its sentence.
    """

    now: Figure
    before: Figure | None
    value: Fraction | None
    is_points: bool
    reason: Reason | None = None
    sentence: str = ""

    @property
    def is_like_for_like(self) -> bool:
        """Whether both sides are complete, so that growth is never a matter of who reported."""
        return self.before is not None and self.now.is_complete and self.before.is_complete


@dataclass(frozen=True, slots=True)
class Achievement:
    """A figure against its target: `value` is their quotient; `is_reached` holds also where no quotient does."""

    figure: Figure
    amount: Fraction | None
    target: Fraction | None
    value: Fraction | None
    is_reached: bool
    reason: Reason | None = None

    @property
    def sentence(self) -> str:
        """Why there is no quotient, "" when there is one."""
        return _SENTENCES[self.reason] if self.reason else ""


def amount_of(figure: Figure) -> Fraction | None:
    """Return what a figure amounts to in its unit; of a ratio the quotient."""
    return figure.ratio if figure.kind is Kind.RATIO else figure.amount


def per_value(figure: Figure, per: int) -> Fraction | None:
    """Return a ratio as so much per N of its denominator: 3 of 200 are 1,5 per 100. None when unknown."""
    return None if figure.ratio is None else figure.ratio * per


def growth(now: Figure, before: Figure | None, breaks: Iterable[Break] = ()) -> Growth:
    """Hold a figure against that of the same window a year earlier; of stocks and flows relative, of ratios the difference.

    breaks: the days on which the indicator's definition broke. Both figures should stand on one map.
    """
    is_points = now.kind is Kind.RATIO
    amount, base = amount_of(now), None if before is None else amount_of(before)
    broken = None if before is None else break_between(before, now, breaks)
    if broken is not None:
        return Growth(now, before, None, is_points, Reason.BREAK, break_sentence(broken))
    if amount is None:
        return _unknown(now, before, is_points, Reason.NO_VALUE)
    if base is None:
        return _unknown(now, before, is_points, Reason.NO_BASE)
    if is_points:
        return Growth(now, before, amount - base, is_points)
    if base <= 0:
        return _unknown(now, before, is_points, Reason.BASE_NOT_POSITIVE)
    return Growth(now, before, (amount - base) / base, is_points)


def _unknown(now: Figure, before: Figure | None, is_points: bool, reason: Reason) -> Growth:
    return Growth(now, before, None, is_points, reason, _SENTENCES[reason])


def achievement(figure: Figure, target: Fraction | None, *, is_at_most: bool = False) -> Achievement:
    """Hold a figure against its target, both in the indicator's unit (a ratio as a fraction of one)."""
    amount = amount_of(figure)
    if target is None:
        return Achievement(figure, amount, None, None, False, Reason.NO_TARGET)
    if amount is None:
        return Achievement(figure, None, target, None, False, Reason.NO_VALUE)
    is_reached = amount <= target if is_at_most else amount >= target
    if target <= 0:
        return Achievement(figure, amount, target, None, is_reached, Reason.TARGET_NOT_POSITIVE)
    return Achievement(figure, amount, target, amount / target, is_reached)


# ---------------------------------------------------------------- breaks of a definition


def break_within(figure: Figure, breaks: Iterable[Break]) -> Break | None:
    """Return the break that a figure mixes: a sum over both sides of it, or a stock to which some units gave an older count."""
    period = figure.period
    for broken in breaks:
        if not period.start < broken.day <= period.last_day:
            continue
        if figure.as_of is None and figure.kind is not Kind.STOCK:
            return broken
        if figure.as_of is not None and figure.as_of >= broken.day and not figure.is_complete:
            return broken
    return None


def break_between(before: Figure, now: Figure, breaks: Iterable[Break]) -> Break | None:
    """Return the first break that keeps two figures from being compared, None when none does."""
    first = before.period.start if before.as_of is None else before.as_of
    last = now.period.last_day if now.as_of is None else now.as_of
    return next((broken for broken in breaks if first < broken.day <= last), None)


def break_sentence(broken: Break) -> str:
    """Say why figures across a break are not compared."""
    why = f" ({broken.note.rstrip('.')})" if broken.note else ""
    return f"Từ ngày {date_text(broken.day)} chỉ tiêu tính theo cách khác{why}, nên không so sánh với số trước đó."


def mixed_sentence(broken: Break) -> str:
    """Say that a figure adds up numbers from both sides of a break."""
    why = f" ({broken.note.rstrip('.')})" if broken.note else ""
    return (
        f"Con số này gộp hai cách tính: từ ngày {date_text(broken.day)} chỉ tiêu tính theo cách khác{why}. "
        "Hãy xem riêng trước và sau ngày đó."
    )
