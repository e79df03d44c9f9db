"""Passages in the idiom of reports and articles, in our own words, with every figure marked by hand.

`{58,1 tỷ đồng|58.1e9|VND|over}` is a figure: text, value (`=` for the digits themselves, `3..5` for a range), unit, qualifier.
A figure's unit stands after it in the text. Every other number is no figure, nor is a word in `[…]`.
"""

import re
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

_MARK = re.compile(r"\{([^|{}]+)\|([^|{}]*)\|([^|{}]*)(?:\|(\w+))?\}|\[([^\]]+)\]")
_OTHER = re.compile(r"\d[\w.,/:-]*\w|\d")
HOME = Path(__file__).parent


class Label(NamedTuple):
    """A figure as a person marked it."""

    start: int
    end: int
    value: Fraction
    value_max: Fraction | None
    unit: str
    qualifier: str


class Passage(NamedTuple):
    """A text, its figures, and the places of what only looks like one."""

    name: str
    text: str
    labels: list[Label]
    others: list[tuple[int, int]]


def passages(part: str) -> list[Passage]:
    """Return the passages of "tuned" or "held_out"."""
    return [
        _passage(f"{path.stem} {at}", raw)
        for path in sorted((HOME / part).glob("*.txt"))
        for at, raw in enumerate(path.read_text(encoding="utf-8").split("\n", 1)[1].strip().split("\n---\n"), 1)
    ]


def _passage(name: str, raw: str) -> Passage:
    text, labels, others, at = "", [], [], 0
    for mark in _MARK.finditer(raw):
        text += raw[at : mark.start()]
        at = mark.end()
        said = mark[1] or mark[5]
        if mark[5]:
            others.append((len(text), len(text) + len(said)))
        else:
            low, _, high = (mark[2] if mark[2] != "=" else re.sub(r"\D", "", said)).partition("..")
            label = Label(
                len(text),
                len(text) + len(said),
                Fraction(low),
                Fraction(high) if high else None,
                mark[3],
                mark[4] or "exact",
            )
            labels.append(label)
        text += said
    text += raw[at:]
    for digits in _OTHER.finditer(text):
        if not any(label.start < digits.end() and digits.start() < label.end for label in labels):
            others.append(digits.span())
    return Passage(name, text, labels, sorted(others))
