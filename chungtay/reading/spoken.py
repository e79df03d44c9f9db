"""Numbers that a text says in words: "hai mươi ba", "nửa tỷ", "hai trăm rưỡi"."""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from chungtay.kernel.words import NotReadAloud, words_to_number

_DIGITS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "bẩy", "tám", "chín")
_INSIDE = (*_DIGITS, "mươi", "mười", "mốt", "tư", "lăm", "trăm", "nghìn", "ngàn", "triệu", "tỷ", "tỉ", "linh", "lẻ")
_MORE = (*_INSIDE, "không", "rưỡi", "chục", "phẩy")
_WORDS = "|".join(_MORE)
_GAP = r"(?: |[ ]?\n[ ]?)"

SAID = re.compile(rf"(?:nửa|một|mười|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)(?!\w)(?:{_GAP}(?:{_WORDS})(?!\w)){{0,15}}")
"""What may be a number in words; `value_of` says how much of it is one."""

_SIZES = {"chục": 10, "trăm": 100, "nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_SINGLE = {word: Fraction(at) for word, at in zip(_DIGITS, (1, 2, 3, 4, 5, 6, 7, 7, 8, 9), strict=True)}
_SINGLE["mười"] = Fraction(10)


@lru_cache(maxsize=4096)
def value_of(words: tuple[str, ...]) -> tuple[Fraction, int] | None:
    """Return the value of the longest beginning that is a number and how many words it has; None when there is none."""
    if len(words) == 1:
        return (_SINGLE[words[0]], 1) if words[0] in _SINGLE else None
    for size in range(len(words), 0, -1):
        value = _whole(words[:size])
        if value is not None:
            return value, size
    return None


def _whole(words: Sequence[str]) -> Fraction | None:
    """The value when every word belongs to the number."""
    last = words[-1]
    if words[0] == "nửa":
        return Fraction(_SIZES[last], 2) if len(words) == 2 and last in _SIZES else None
    if last == "rưỡi" and len(words) > 2 and words[-2] in _SIZES:
        head = _whole(words[:-1])
        return None if head is None else head + Fraction(_SIZES[words[-2]], 2)
    if last == "chục":
        head = _whole(words[:-1])
        return head * 10 if head is not None and head < 10 else None
    if "phẩy" in words:
        return _with_decimals(words)
    try:
        return Fraction(words_to_number(" ".join(words)))
    except NotReadAloud:
        return None


def _with_decimals(words: Sequence[str]) -> Fraction | None:
    """ "hai phẩy năm tỷ"."""
    at = words.index("phẩy")
    size = 1
    while words and words[-1] in _SIZES:
        size *= _SIZES[words[-1]]
        words = words[:-1]
    head, tail = _whole(words[:at]) if at else None, _whole(words[at + 1 :]) if words[at + 1 :] else None
    if head is None or tail is None:
        return None
    return Fraction(head + tail / 10 ** len(str(tail))) * size
