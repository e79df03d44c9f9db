"""Whether a figure of a text holds against a known value: rounding and "trên", "gần", "khoảng" respected, never overstated. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from chungtay.kernel.folding import fold
from chungtay.reading import Figure, Qualifier


class Verdict(StrEnum):
    """What is said of one figure of a text."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NO_SOURCE = "no_source"
    UNCLEAR = "unclear"


VERDICT_LABELS = {
    Verdict.AGREES: "Khớp",
    Verdict.DIFFERS: "Lệch",
    Verdict.NO_SOURCE: "Không có nguồn",
    Verdict.UNCLEAR: "Chưa rõ",
}

NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:,\d+)?|\d+(?:[.,]\d+)?")
SCALES = {"ty": 10**9, "ti": 10**9, "trieu": 10**6, "nghin": 1000, "ngan": 1000, "tram": 100, "chuc": 10}
ABOUT_SHARE = Fraction(1, 20)
"""How far from the truth "khoảng" may be, as a share of it, where its last digit does not allow more."""


@dataclass(frozen=True)
class Precision:
    """`fine`: the worth of the last digit that was written; `coarse`: the same without the zeros that rounding leaves."""

    fine: Fraction
    coarse: Fraction


def precision_of(figure: Figure) -> Precision:
    """Return how exactly a figure was written: "58,1 tỷ" to 0.1 tỷ, "22.000" to 1, or to 1,000 when it says "trên"."""
    found = list(NUMBER.finditer(figure.text))
    if not found:
        return Precision(Fraction(1), Fraction(1))
    last = found[-1]
    digits, decimals = _digits(last.group())
    scale = _scale(figure.text[last.end() :])
    fine = Fraction(scale, 10**decimals)
    zeros = len(digits) - len(digits.rstrip("0")) if digits.strip("0") else 0
    return Precision(fine, fine * 10**zeros)


def holds(figure: Figure, known: Fraction) -> bool:
    """Say whether a writer who knew this value could have written this figure."""
    low, high, precision = figure.value, figure.value_max, precision_of(figure)
    if high is not None:
        return low - precision.fine / 2 <= known <= high + precision.fine / 2
    match figure.qualifier:
        case Qualifier.OVER:
            return low < known < low + precision.coarse
        case Qualifier.NEARLY:
            return low - precision.coarse < known < low
        case Qualifier.UNDER:
            return known < low
        case Qualifier.ABOUT:
            return abs(known - low) <= max(precision.coarse / 2, abs(known) * ABOUT_SHARE)
    # A written scale or decimals say that it was rounded; a number written out is meant to the last digit.
    return abs(known - low) <= precision.fine / 2 if precision.fine != 1 else known == low


def why_not(figure: Figure, known: Fraction) -> str:
    """Say in what way a figure does not hold, where its qualifier is the fault. "" otherwise."""
    if figure.qualifier is Qualifier.OVER and known == figure.value:
        return "Số liệu đúng bằng con số này, nên không viết “trên”, “hơn”."
    if figure.qualifier is Qualifier.OVER and known < figure.value:
        return "Số liệu chưa tới con số này, nên “trên”, “hơn” là nói quá."
    if figure.qualifier is Qualifier.NEARLY and known >= figure.value:
        return "Số liệu đã đạt con số này, nên không viết “gần”."
    if figure.qualifier is Qualifier.OVER:
        return "Con số này nói thấp hơn nhiều so với số liệu."
    return ""


def _digits(written: str) -> tuple[str, int]:
    """Return the digits of a number as written, and how many of them are decimals."""
    whole, comma, rest = written.partition(",")
    if comma and not (len(rest) == 3 and "." not in whole):
        return _plain(whole) + rest, len(rest)
    groups = re.split(r"[.\u00a0\u202f ,]", written)
    if len(groups) == 2 and len(groups[1]) != 3 and "." in written:
        return "".join(groups), len(groups[1])
    return _plain(written), 0


def _plain(written: str) -> str:
    return re.sub(r"\D", "", written)


def _scale(after: str) -> int:
    words = fold(after).split()
    scale = 1
    for word in words:
        if word not in SCALES:
            break
        scale *= SCALES[word]
    return scale
