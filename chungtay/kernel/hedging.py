"""Rounded figures for prose, computed from the exact value and never overstating.

"trên X" is cut down (the value is greater than X), "gần X" is rounded up (the value is less than X), and no hedge means
equal. People never type the hedge: text and annex come from the same number.
"""

from dataclasses import dataclass
from enum import StrEnum

from chungtay.kernel.numerals import format_integer, pad_count, scaled_text
from chungtay.kernel.text import NBSP

_BILLION = 9
_MILLION = 6
_UNITS = {_BILLION: "tỷ đồng", _MILLION: "triệu đồng"}


class Hedge(StrEnum):
    """The word before a rounded number; exact has none, so it is false where the others are true."""

    EXACT = ""
    OVER = "trên"
    NEAR = "gần"


@dataclass(frozen=True)
class Spoken:
    """A figure in prose. `text` ties the number to the first word of its unit with a no-break space."""

    hedge: Hedge
    number_text: str
    unit_text: str

    @property
    def text(self) -> str:
        number = f"{self.number_text}{NBSP}{self.unit_text}"
        return f"{self.hedge} {number}" if self.hedge else number

    def __str__(self) -> str:
        return self.text


def spoken_money(vnd: int, places: int = 1) -> Spoken:
    """Say an amount (integer đồng) in tỷ or triệu with at most `places` decimals: "trên 43,5 tỷ đồng".

    The nearer of "trên" and "gần" wins, a tie goes to "trên". Below one million, and below zero, the exact đồng are
    shown: a hedge on a negative amount would mislead.
    """
    if vnd < 10**_MILLION:
        return Spoken(Hedge.EXACT, format_integer(vnd), "đồng")
    exponent = _BILLION if vnd >= 10**_BILLION else _MILLION
    places = min(places, exponent)
    hedge, steps = _nearest(vnd, 10 ** (exponent - places))
    if exponent == _MILLION and steps == 10 ** (places + _BILLION - _MILLION):  # "gần 1.000 triệu" is "gần 1 tỷ"
        return Spoken(hedge, "1", _UNITS[_BILLION])
    return Spoken(hedge, _without_trailing_zeros(scaled_text(steps, places)), _UNITS[exponent])


def spoken_count(count: int, noun: str, step: int = 1) -> Spoken:
    """Say a count in multiples of `step`: 22046, "suất", 1000 -> "trên 22.000 suất"; below one step it is exact.

    Exact counts under ten take a leading zero ("06 căn", NĐ 30/2020). Raises ValueError unless `step` is positive.
    """
    if step < 1:
        raise ValueError(f"step must be positive, not {step}")
    if count < step:
        return Spoken(Hedge.EXACT, pad_count(count), noun)
    hedge, steps = _nearest(count, step)
    number = steps * step
    return Spoken(hedge, format_integer(number) if hedge else pad_count(number), noun)


def _nearest(value: int, step: int) -> tuple[Hedge, int]:
    """The hedge and the number of whole steps to show for a value that is at least one step."""
    steps, rest = divmod(value, step)
    if rest == 0:
        return Hedge.EXACT, steps
    if 2 * rest <= step:
        return Hedge.OVER, steps
    return Hedge.NEAR, steps + 1


def _without_trailing_zeros(number: str) -> str:
    return number.rstrip("0").rstrip(",") if "," in number else number
