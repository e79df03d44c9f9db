"""What numbers beside each other share: a label, a unit, a scale; and which two of them are one range."""

import re
from fractions import Fraction
from itertools import pairwise

from chungtay.reading.claims import NAME
from chungtay.reading.labels import LABELS, Label
from chungtay.reading.number import Number
from chungtay.reading.plain import Plain
from chungtay.reading.tails import GAP, Tail, tail_at

_LIST = re.compile(rf"(?:[,;]|{GAP}?(?:,|;)?{GAP}(?:và|hoặc|hay|cùng)){GAP}|;")
_RANGE = re.compile(rf"{GAP}?-{GAP}?|{GAP}(?:đến|tới|đến dưới|đến hơn|đến gần){GAP}|{GAP}?~{GAP}?")
_CHANGE = re.compile(rf"{GAP}(?:lên|xuống|còn|xuống còn|lên đến|lên tới|lên thành|thành){GAP}")
_LONGEST_JOIN = 16
_IN_PHONES = frozenset([" ", "\n", ") ", ")", ". "])
_PHONE = 4  # digits of the shortest beginning of a phone or an account
_HEAD = re.compile(
    r"\((?P<unit>[^()\d\n]{1,16}[23²³]?)\)[^\d\n;.()]{0,2}(?:[:=]|(?: là| đạt| ước đạt| trong| các| năm| giai đoạn| lần lượt)+:?)? ?\Z"
)
_SHARES = frozenset({"tháng", "ngày", "quý", "năm"})


def group(text: Plain, numbers: list[Number]) -> list[Number]:
    """Return the numbers that may be figures: labels passed on, tails shared, ranges joined."""
    _pass_labels_on(text, numbers)
    _take_heads(text, numbers)
    _share_tails(text, numbers)
    return _join_ranges(text, numbers)


def _between(text: Plain, left: Number, right: Number) -> str:
    end = left.bare_end if left.tail.is_bare or left.is_blocked else max(left.tail.end, left.tail.unit_end)
    return text.low[end : right.start] if 0 < right.start - end <= _LONGEST_JOIN else ""


def _is_joined(between: str) -> bool:
    return bool(between) and bool(_LIST.fullmatch(between) or _RANGE.fullmatch(between))


def _pass_labels_on(text: Plain, numbers: list[Number]) -> None:
    """ "khóm 1, 2 và 5", "năm 2021, 2022", "ngày 10 - 12/5"."""
    for left, right in pairwise(numbers):
        if left.is_blocked and right.tail.is_bare and text.low[left.bare_end : right.start] in _IN_PHONES:
            is_phone = left.bare_end - left.start >= _PHONE
            right.is_blocked, right.label = right.is_blocked or is_phone, "điện thoại" if is_phone else right.label
        if (
            left.label not in {"", NAME}
            and left.tail.is_bare
            and not right.is_blocked
            and _is_joined(_between(text, left, right))
        ):
            if left.label == "năm" and not 1900 <= right.value <= 2100:
                continue
            if (
                right.tail.is_bare
                or right.tail.is_guess
                or (left.label in _SHARES and left.label != "năm" and right.tail.is_time)
            ):
                right.is_blocked, right.label = True, left.label


def _take_heads(text: Plain, numbers: list[Number]) -> None:
    """ "Tổng vốn (tỷ đồng): 3,2; 4,1": the unit stands before."""
    last: Number | None = None
    for number in numbers:
        if number.is_blocked or not number.tail.is_bare:
            last = None
            continue
        start = max(0, number.start - 44)
        head = _HEAD.search(text.low[start : number.start]) if ")" in text.low[start : number.start] else None
        if head is not None:
            tail = tail_at(" " + head["unit"].strip() + " ", 0, is_small=False, may_guess=False)
            if tail.unit and not tail.is_time:
                number.tail = tail._replace(end=number.bare_end, unit_end=number.bare_end, is_strong=True)
                number.unit = head["unit"].strip() if tail.unit not in {"VND", "%", "USD"} else tail.unit
                last = number
                continue
        if last is not None and _LIST.fullmatch(text.low[last.bare_end : number.start]):
            number.tail = last.tail._replace(end=number.bare_end, unit_end=number.bare_end)
            number.unit = last.unit
            last = number
        else:
            last = None


def _share_tails(text: Plain, numbers: list[Number]) -> None:
    """ "3,2; 4,1 và 5 tỷ đồng", "từ 45 lên 62 triệu", "70, 75, 80 tuổi"."""
    for left, right in reversed(list(pairwise(numbers))):
        if left.tail.factor > 1 and not left.unit and right.unit == "VND" and _is_joined(_between(text, left, right)):
            left.unit = "VND"  # "500 ngàn đến 1 triệu đồng"
        if not left.tail.is_bare or left.of is not None or (left.is_blocked and not left.label):
            continue
        between = _between(text, left, right)
        if left.is_blocked and not (
            _yields(left) and between and _RANGE.fullmatch(between) and not right.tail.is_guess
        ):
            continue
        if not (_is_joined(between) or (between and _CHANGE.fullmatch(between))):
            continue
        if right.tail.is_time or (right.is_blocked and not right.label and _RANGE.fullmatch(between)):
            left.is_blocked, left.tail = True, Tail(left.bare_end, left.bare_end, is_time=right.tail.is_time)
        elif not right.is_blocked and not right.tail.is_bare:
            tail = right.tail
            factor = tail.factor
            if _RANGE.fullmatch(between) and left.value * factor > right.scaled:
                factor = 1
            left.tail = Tail(left.bare_end, left.bare_end, factor, Fraction(0), tail.unit, is_strong=tail.is_strong)
            left.unit, left.is_blocked, left.label = right.unit, False, ""


def _yields(number: Number) -> bool:
    """Whether the word before it claims it only for want of a unit: "đề án 3 - 5 tỷ đồng"."""
    return number.label == NAME or LABELS.get(number.label) is Label.SOFT


def _join_ranges(text: Plain, numbers: list[Number]) -> list[Number]:
    joined: list[Number] = []
    for number in numbers:
        last = joined[-1] if joined else None
        if last is not None and _is_range(text, last, number):
            last.top = number.scaled
            last.tail = number.tail._replace(factor=last.tail.factor, extra=last.tail.extra)
            last.bare_end = number.bare_end
            continue
        joined.append(number)
    return joined


def _is_range(text: Plain, low: Number, high: Number) -> bool:
    if low.is_blocked or high.is_blocked or low.top is not None or low.unit != high.unit or low.of or high.of:
        return False
    end = max(low.bare_end, low.tail.end)
    between = text.low[end : high.start]
    if not 0 < len(between) <= _LONGEST_JOIN + 8 or not low.scaled < high.scaled:
        return False
    if low.tail.unit_end > end and low.unit and between.strip().startswith(low.unit.lower()):
        between = text.low[low.tail.unit_end : high.start]
    if not _RANGE.fullmatch(between):
        return False
    if low.tail.end == low.bare_end:  # nothing of its own: shared
        return True
    before = text.low[max(0, low.start - 12) : low.start].split()
    return "-" in between or (before[-1:] == ["từ"] and before[-2:-1] not in (["tăng"], ["giảm"], ["nâng"]))
