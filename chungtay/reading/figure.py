"""What the reader finds: a figure with its place in the text, its value and what it counts."""

from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple


class Qualifier(StrEnum):
    """How a writer holds a figure: exact, or on which side of the truth it may lie."""

    EXACT = "exact"
    OVER = "over"
    NEARLY = "nearly"
    ABOUT = "about"
    UNDER = "under"


class Figure(NamedTuple):
    """A figure of a text.

    `text` is text[start:end] in code points: digits or words of the number, its scale, and đồng, % or a currency; a counted
    noun stands outside. `value` is exact: đồng for money, the number itself for percent; `value_max` ends a range, `of` is
    the whole in "10/17 xã". `unit` is "VND", "%" or as written, "" when nothing tells it. `period` is a code of
    `kernel.periods`, None when the sentence names none.
    """

    start: int
    end: int
    text: str
    value: Fraction
    value_max: Fraction | None
    of: Fraction | None
    unit: str
    qualifier: Qualifier
    noun: str
    period: str | None
    sentence: str

    def as_json(self) -> dict[str, Any]:
        """Return it with plain numbers: whole ones as integers, others rounded to 12 decimals."""
        numbers = {"value": self.value, "value_max": self.value_max, "of": self.of}
        return {**self._asdict(), **{name: _plain(number) for name, number in numbers.items()}}


def _plain(number: Fraction | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number.denominator == 1 else round(float(number), 12)
