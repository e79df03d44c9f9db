"""A number of a text, with what follows it and what is known of it so far."""

from dataclasses import dataclass
from fractions import Fraction

from chungtay.reading.tails import Tail


@dataclass(slots=True)
class Number:
    """A number at text[start:bare_end] with its tail. `of` is the whole of "10/17"; a blocked one is no figure.

    `label` is the word that claims it ("khóm 3"), which also claims what is listed after it.
    """

    start: int
    bare_end: int
    value: Fraction
    tail: Tail
    of: Fraction | None = None
    is_blocked: bool = False
    label: str = ""
    is_worded: bool = False
    is_share: bool = False
    top: Fraction | None = None
    unit: str = ""

    @property
    def scaled(self) -> Fraction:
        """The value with its scale."""
        if self.tail.factor == 1 and not self.tail.extra:
            return self.value
        return self.value * self.tail.factor + self.tail.extra


def blocked(start: int, end: int) -> Number:
    """Return what stands for digits that are no figure."""
    return Number(start, end, Fraction(0), Tail(end, end), is_blocked=True)
