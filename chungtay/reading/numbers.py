"""Every number of a text in the order of their places, in digits or in words."""

import re

from chungtay.reading.digits import in_digits
from chungtay.reading.number import Number
from chungtay.reading.plain import Plain
from chungtay.reading.tails import Tail
from chungtay.reading.worded import in_words

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII)


def numbers_in(text: Plain) -> list[Number]:
    """Return the numbers in the order of their places; of two that overlap the first stays."""
    addresses = [match.span() for match in _ADDRESS.finditer(text.cased)] if _has_address(text.low) else []
    found = sorted([*in_digits(text), *in_words(text)], key=lambda number: number.start)
    kept: list[Number] = []
    end = at = 0
    for number in found:
        if number.start < end:
            continue
        while at < len(addresses) and addresses[at][1] <= number.start:
            at += 1
        if at < len(addresses) and addresses[at][0] <= number.start:
            continue
        number.unit = _written(text, number.tail)
        kept.append(number)
        end = max(number.bare_end, number.tail.end)
    return kept


def _has_address(low: str) -> bool:
    return "://" in low or "www." in low or "@" in low


def _written(text: Plain, tail: Tail) -> str:
    """The unit as it is written, or its sign."""
    if tail.unit in {"VND", "%", "‰", "USD", "EUR"} or not tail.unit:
        return tail.unit
    piece = text.cased[tail.end : tail.unit_end] or tail.unit
    return " ".join(piece.split()).strip("()").strip() or tail.unit
