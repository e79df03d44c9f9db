"""What a text says against itself, and what it leaves open: two values for one thing, sums, percentages, a year within a total. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from chungtay.checking.pairing import Candidate, Finding, words_of
from chungtay.checking.rules import precision_of
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold
from chungtay.kernel.numerals import format_decimal
from chungtay.kernel.periods import parse_period
from chungtay.reading import Figure, Qualifier

PARTS_ALL = re.compile(r"\b(?:bao )?gom\b")
PARTS_SOME = re.compile(r"\btrong do\b")
TELLS_INCLUSION = re.compile(
    r"trong do|bao gom|ke ca|tinh ca|rieng|khong ke|chua ke|khong tinh|ngoai ra|nam trong|thuoc tong|da gom|khong gom|khong bao gom"
)
GAP_OF_PERCENT = 60  # code points between "10/17 xã" and its "58,8%"
OTHER_BASE = re.compile(r"\b(?:tang|giam|so voi|ke hoach|chi tieu|con lai)\b")  # the percentage compares something else
BETWEEN = re.compile(r"[.;]\s")


@dataclass(frozen=True)
class Note:
    """Something about several figures of a text: `kind` two-values, sum, percent or inclusion; `at` their places in the text."""

    kind: str
    sentence: str
    at: Sequence[tuple[int, int]]


def notes(text: str, findings: Sequence[Finding]) -> list[Note]:
    """Return everything that a text says against itself or leaves open, in the order of the text."""
    figures = [finding.figure for finding in findings]
    found = [*_two_values(findings), *_sums(text, figures), *_percentages(text, figures), *_inclusions(findings)]
    return sorted(found, key=lambda note: note.at[0])


def _two_values(findings: Sequence[Finding]) -> Iterable[Note]:
    groups: dict[tuple[str, str, str, str], list[Finding]] = {}
    for finding in findings:
        if (known := finding.paired) is not None:
            groups.setdefault((known.indicator, known.dimension, known.period, known.place), []).append(finding)
    for same in groups.values():
        for earlier, later in pairwise(same):
            if (known := later.paired) is not None and _apart(earlier.figure, later.figure):
                values = f"“{earlier.figure.text}” và “{later.figure.text}”"
                sentence = f"Hai chỗ nói khác nhau về “{known.name}” ({known.period_label}): {values}."
                yield Note("two-values", sentence, _places(earlier.figure, later.figure))


def _apart(a: Figure, b: Figure) -> bool:
    """Whether no value could have been written in both ways."""
    (low_a, high_a), (low_b, high_b) = _range(a), _range(b)
    return high_a < low_b or high_b < low_a


def _range(figure: Figure) -> tuple[Fraction, Fraction]:
    precision = precision_of(figure)
    match figure.qualifier:
        case Qualifier.OVER:
            return figure.value, figure.value + precision.coarse
        case Qualifier.NEARLY:
            return figure.value - precision.coarse, figure.value
        case Qualifier.UNDER:
            return Fraction(0), figure.value
        case Qualifier.ABOUT:
            slack = max(precision.coarse / 2, figure.value / 20)
            return figure.value - slack, figure.value + slack
    half = precision.fine / 2 if precision.fine != 1 else Fraction(0)
    return figure.value - half, (figure.value_max or figure.value) + half


def _sums(text: str, figures: Sequence[Figure]) -> Iterable[Note]:
    for sentence in _by_sentence(figures):
        for at, whole in enumerate(sentence[:-1]):
            between = fold(text[whole.end : sentence[at + 1].start])
            must_equal, some = PARTS_ALL.search(between), PARTS_SOME.search(between)
            parts = [part for part in sentence[at + 1 :] if _is_same_kind(whole, part)]
            if not (must_equal or some) or not parts or whole.value_max is not None:
                continue
            low = sum((_range(part)[0] for part in parts), Fraction(0))
            high = sum((_range(part)[1] for part in parts), Fraction(0))
            least, most = _range(whole)
            total = sum((part.value for part in parts), Fraction(0))
            if low > most or (must_equal and not some and len(parts) > 1 and high < least):
                yield Note(
                    "sum",
                    f"Các phần cộng lại là {_said(total, whole)}, không khớp với “{whole.text}”.",
                    _places(whole, *parts),
                )
            break


def _is_same_kind(whole: Figure, part: Figure) -> bool:
    if part.unit == "%" or whole.unit == "%" or part.of is not None or part.value_max is not None:
        return False
    if "VND" in (part.unit, whole.unit):
        return part.unit == whole.unit
    return not part.unit or bool(words_of(part.unit) & words_of(whole.unit))


def _percentages(text: str, figures: Sequence[Figure]) -> Iterable[Note]:
    for part, percent in pairwise(figures):
        between = text[part.end : percent.start]
        if not part.of or percent.unit != "%" or len(between) > GAP_OF_PERCENT:
            continue
        if BETWEEN.search(between) or OTHER_BASE.search(fold(between)):
            continue
        true = 100 * part.value / part.of
        low, high = _range(percent)
        slack = precision_of(percent).fine / 2
        if not low - slack <= true <= high + slack:
            sentence = f"“{part.text}” là {format_decimal(true, 2)}%, không phải “{percent.text}”."
            yield Note("percent", sentence, _places(part, percent))


def _inclusions(findings: Sequence[Finding]) -> Iterable[Note]:
    """A part of the time told beside the whole of it: is it inside? The text should say; the account knows."""
    paired = [(finding.figure, finding.paired) for finding in findings if finding.paired is not None]
    for outer, whole in paired:
        for inner, part in paired:
            if (
                _is_part(part, whole)
                and inner.value <= outer.value
                and not TELLS_INCLUSION.search(fold(inner.sentence))
            ):
                yield Note(
                    "inclusion",
                    f"Văn bản không nói rõ “{inner.text}” ({part.period_label}) đã nằm trong “{outer.text}” "
                    f"({whole.period_label}) hay chưa. Theo số liệu, “{whole.name}” {whole.period_label} đã gồm cả "
                    f"{part.period_label}. Nên viết rõ “trong đó …”.",
                    _places(outer, inner),
                )


def _is_part(part: Candidate, whole: Candidate) -> bool:
    """Whether one is the same thing over a part of the other's time, and adds up over time."""
    same = (part.indicator, part.dimension, part.place) == (whole.indicator, whole.dimension, whole.place)
    return same and whole.adds_up and part.period != whole.period and _within(part.period, whole.period)


def _within(inner: str, outer: str) -> bool:
    try:
        return parse_period(outer).contains(parse_period(inner))
    except DomainError:
        return False


def _by_sentence(figures: Sequence[Figure]) -> list[list[Figure]]:
    sentences: list[list[Figure]] = []
    for figure in figures:
        if sentences and sentences[-1][-1].sentence == figure.sentence:
            sentences[-1].append(figure)
        else:
            sentences.append([figure])
    return sentences


def _places(*figures: Figure) -> list[tuple[int, int]]:
    return [(figure.start, figure.end) for figure in figures]


def _said(value: Fraction, like: Figure) -> str:
    if like.unit == "VND" and value >= 10**9:
        return f"{_short(value / 10**9)} tỷ đồng"
    if like.unit == "VND" and value >= 10**6:
        return f"{_short(value / 10**6)} triệu đồng"
    return f"{_short(value)} {'đồng' if like.unit == 'VND' else like.unit}".strip()


def _short(value: Fraction) -> str:
    text = format_decimal(value, 3)
    return text.rstrip("0").rstrip(",") if "," in text else text
