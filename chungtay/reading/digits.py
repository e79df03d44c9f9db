"""Numbers in digits: which of them are symbols, times and phones, and the value of the others."""

import re
from collections.abc import Iterator
from fractions import Fraction

from chungtay.reading.claims import claimed, is_name
from chungtay.reading.number import Number, blocked
from chungtay.reading.plain import Plain
from chungtay.reading.shares import share
from chungtay.reading.tails import Tail, tail_at
from chungtay.reading.units import GLUED, MEASURES, UNITS
from chungtay.reading.values import value_of

_TOKEN = re.compile(
    r"\d{1,5}(?: \d{3,5})+(?:,\d+)?(?![\w]|[.,/]\d)|\d\w*(?:(?:\.\n?|,\n?|[:/+-])(?=[\dA-ZĐ])(?:(?<!\n)|(?=\d{1,3}\b))\w+)*(?:\.[A-ZĐ]\w*)*"
)
_NUMBER = re.compile(r"\d+(?:\.\n?\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}|\d+,\n?\d+|\d+\.\d+|\d+")
_SPACED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:,\d+)?")
_GLUED = re.compile(rf"({_NUMBER.pattern})([^\W\d]+[23²³]?)")
_FRACTION = re.compile(rf"({_NUMBER.pattern})/({_NUMBER.pattern})")
_RANGE = re.compile(rf"({_NUMBER.pattern})-({_NUMBER.pattern})([^\W\d]+[23²³]?)?")
_SLOGAN_BEFORE = re.compile(r"\d (?:phải|giảm|tăng|không|có|sạch|nhà|cùng|rõ)(?:,| và)? \Z")
_DOLLAR = re.compile(r"(?:us)?\$\Z")
_MINUS = re.compile(r"(?:\(|[^\W\d] )-\Z")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])[hg](?:[0-5]\d)?")
_SCALES = frozenset({"tỷ", "tỉ", "triệu", "tr", "nghìn", "ngàn", "trăm", "đ", "đồng", "vnđ", "vnd", "usd"})


def in_digits(text: Plain) -> Iterator[Number]:
    """Yield what is written in digits, figures and others."""
    cased = text.cased
    at = 0
    for match in _TOKEN.finditer(cased):
        start = match.start()
        if start < at:
            continue
        for number in _of_token(text, start, match[0]):
            yield number
            at = max(number.bare_end, number.tail.end if number.tail.factor > 1 else 0)


def _of_token(text: Plain, start: int, token: str, *, has_left: bool = False) -> Iterator[Number]:
    if not has_left and is_name(text, start):
        yield blocked(start, start + len(token))
        return
    if " " in token:
        if _SPACED.fullmatch(token):
            first = token.split(" ", 1)[0]
            if not claimed(text, start, Fraction(first), Tail(0, 0), first):
                yield _number(text, start, token)
                return
        elif token[0] == "0" or sum(map(str.isdigit, token)) >= 8:
            yield blocked(start, start + len(token))
            return
        at = start
        for piece in token.split(" "):
            yield _number(text, at, piece)
            at += len(piece) + 1
        return
    if token.isdigit() or _NUMBER.fullmatch(token):
        yield _number(text, start, token)
    elif _CLOCK.fullmatch(token.lower()):
        yield blocked(start, start + len(token))
    elif (glued := _GLUED.fullmatch(token)) and _is_glued_unit(glued[2]):
        yield _number(text, start, glued[1])
    elif "/" in token and all(
        (each := _GLUED.fullmatch(piece)) and _is_glued_unit(each[2]) for piece in token.split("/")
    ):
        first, second = token.split("/", 1)
        yield from _of_token(text, start, first)
        yield from _of_token(text, start + len(first) + 1, second, has_left=True)
    elif fraction := _FRACTION.fullmatch(token):
        yield share(text, start, fraction[1], fraction[2])
    elif (both := _RANGE.fullmatch(token)) and (not both[3] or _is_glued_unit(both[3])):
        if value_of(both[1]) is None:  # "0277-3851236"
            yield blocked(start, start + len(token))
            return
        yield _number(text, start, both[1], has_more=True)
        yield _number(text, start + both.start(2), both[2])
    else:
        yield blocked(start, start + len(token))


def _is_glued_unit(letters: str) -> bool:
    small = letters.lower()
    return small in GLUED or small in _SCALES


def _number(text: Plain, start: int, digits: str, *, has_more: bool = False) -> Number:
    end = start + len(digits)
    value = value_of(digits)
    if value is None:
        return blocked(start, end)
    small = value.denominator == 1 and value <= 12
    tail = Tail(end, end) if has_more else tail_at(text.low, end, is_small=small)
    if tail.factor == 1 and (tail.unit == "VND" or (tail.unit in UNITS and tail.unit not in MEASURES)):
        value = value_of(digits, counts=True) or value
    if tail.is_guess and value.denominator > 1:
        tail = Tail(tail.end, tail.end, tail.factor, tail.extra, is_strong=tail.is_strong)
    if tail.is_strong and _MINUS.search(text.low[max(0, start - 3) : start]):
        start, value = start - 1, -value
    number = Number(start, end, value, tail)
    if dollar := _DOLLAR.search(text.low[max(0, start - 3) : start]):
        number.start -= len(dollar[0])
        number.tail = tail = tail._replace(unit="USD", unit_end=tail.end, is_strong=True)
    number.label = claimed(text, start, value, tail, digits)
    number.is_blocked = (
        bool(number.label) or tail.is_time or (tail.is_bare and re.fullmatch(r"\d{1,2}\.\d{1,2}", digits) is not None)
    )
    if small and tail.is_bare and _SLOGAN_BEFORE.search(text.low[max(0, start - 16) : start]):
        number.is_blocked = True  # "1 phải 5 giảm"
    if tail.unit == "dân" and text.low[start - 1 : start] == "/":
        number.is_blocked = True  # "giường bệnh/10.000 dân"
    return number
