"""The one box for searching: what people type there becomes a query.

Everything is a word to look for in the text, also a number, because references and account endings are numbers. Words
in double quotes stay whole. Only after "tiền:" stands an amount, or a range of them, in Vietnamese notation:
"tiền:500.000", "tiền:5tr", "tiền:1,5 tỷ", "tiền:500.000đ-2 triệu", "tiền:1tr-", "tiền:-1tr". A word "đồng" after it is
a word to look for: "tiền:5tr Đồng Tháp".
"""

import re

from chungtay.kernel.folding import nfc
from chungtay.kernel.numerals import NumberProblem, read_decimal, read_integer
from chungtay.textsearch.query import Query

_UNITS = {"tỷ": 9, "tỉ": 9, "ty": 9, "ti": 9, "triệu": 6, "trieu": 6, "tr": 6, "nghìn": 3, "nghin": 3, "ngàn": 3}
_UNITS |= {"ngan": 3, "k": 3}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_DONG = r"(?:đồng|dong|vnđ|vnd|đ|d)"
_AMOUNT = rf"[0-9](?:[0-9.,]*[0-9])?(?:[ ]?(?:{_UNIT})(?!\w)|[ ]?(?:{_UNIT})(?={_DONG}(?!\w)))?(?:{_DONG}(?!\w))?"
_SCALED = re.compile(rf"(?P<number>.*?) ?(?P<unit>{_UNIT})? ?{_DONG}?", re.IGNORECASE)
_ASKED = re.compile(
    rf"""["“”„](?P<phrase>[^"“”„]*)["“”„]
    | (?<!\S)(?:ti[eề]n|s[oố][ ]ti[eề]n):[ ]?
      (?:(?P<low>{_AMOUNT})?[ ]?(?P<dash>[-–])[ ]?(?P<high>{_AMOUNT})?(?!\S) | (?P<exact>{_AMOUNT})(?!\S) | (?P<odd>\S+))
    | (?P<word>[^\s"“”„]+)""",
    re.IGNORECASE | re.VERBOSE,
)


def parse(text: str) -> Query:
    """Read what was typed into the box. A quote that is never closed is passed over; the last amount counts.

    Raises NumberProblem when what follows "tiền:" is no amount.
    """
    words: list[str] = []
    low = high = None
    for found in _ASKED.finditer(" ".join(nfc(text).split())):
        if found["phrase"] or found["word"]:
            words.append(found["phrase"] or found["word"])
        elif found["exact"]:
            low = high = read_amount(found["exact"])
        elif found["dash"]:
            low = read_amount(found["low"]) if found["low"] else None
            high = read_amount(found["high"]) if found["high"] else None
        elif found["odd"]:
            low = high = read_amount(found["odd"])
    return Query(tuple(words), low, high)


def read_amount(text: str) -> int:
    """Read an amount as people write it, in integer đồng: "500.000", "500k", "5 triệu", "5tr", "1,5 tỷ", "200.000 đ".

    Raises NumberProblem; nothing is rounded away.
    """
    cleaned = " ".join(nfc(text).split())
    parts = _SCALED.fullmatch(cleaned)
    if parts is None:
        return read_integer(cleaned)
    try:
        if parts["unit"] is None:
            return read_integer(parts["number"])
        return read_decimal(parts["number"], _UNITS[parts["unit"].lower()])
    except NumberProblem as problem:
        if parts["number"] and not re.fullmatch(r"[0-9., −–-]+", parts["number"]):
            raise NumberProblem(
                f"“{cleaned}” không phải là số tiền: hãy ghi như 500.000, 5 triệu hoặc 1,5 tỷ."
            ) from problem
        raise
