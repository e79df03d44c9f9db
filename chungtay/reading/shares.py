"""Two numbers with a stroke: "10/17 xã", "1/3 diện tích", or a day that only looks like them."""

import re

from chungtay.reading.claims import claimed, previous_words
from chungtay.reading.labels import BEFORE_DATES, LABELS, Label
from chungtay.reading.number import Number, blocked
from chungtay.reading.plain import Plain
from chungtay.reading.tails import Tail, tail_at
from chungtay.reading.units import UNITS
from chungtay.reading.values import value_of

_OF_A_WHOLE = re.compile(
    r"[ \n](?:số|tổng|diện tích|dân số|chiều|sản lượng|quãng|giá trị|lượng|thời|vốn|khối lượng|kinh phí)(?!\w)"
)
_MAP_SCALE = 100  # "tỷ lệ 1/2.000" is a map's


def share(text: Plain, start: int, top: str, bottom: str) -> Number:
    """Return "10/17 xã" as 10 of 17, "1/3 diện tích" as a third, and what is a day, a month or a map's scale as blocked."""
    end = start + len(top) + 1 + len(bottom)
    part, whole = value_of(top), value_of(bottom)
    if part is None or not whole:
        return blocked(start, end)
    tail = tail_at(text.low, end, is_small=False)
    number = Number(start, end, part, tail)
    before = previous_words(text.low, start, 1)[-1:]
    is_part = _OF_A_WHOLE.match(text.low, end) is not None
    if is_part or (tail.is_bare and part < whole <= 10 and before != ["đạt"]):
        number.value, number.tail, number.is_share = part / whole, Tail(end, end), True
    else:
        number.of = whole
    counted = tail.unit in UNITS and tail.factor == 1
    label = claimed(text, start, part, tail, top)
    is_day = part <= 31 and whole <= 12 and part.denominator == whole.denominator == 1
    follows_time = bool(before) and before[0].strip("(") in BEFORE_DATES
    number.is_blocked = (
        (is_day and follows_time)
        or (is_day and not counted and not is_part and before != ["đạt"] and (number.of is not None or not before))
        or (len(bottom) == 4 and bottom.isdigit() and 1900 <= whole <= 2100 and not (counted and "." in top))
        or bool(label and (not counted or LABELS.get(label) is Label.HARD))
        or (before in (["lệ"], ["hoạch"]) and part == 1 and whole >= _MAP_SCALE)
        or tail.is_time
        or (part > whole and tail.is_bare)
    )
    return number
