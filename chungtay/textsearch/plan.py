"""A query made ready for looking through lines: bounds of columns, and words with the letters by which they are found."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from chungtay.textsearch.lines import Lines, Longs
from chungtay.textsearch.query import Order, Query

ANCHOR_REACH = 64
"""A word is found by two of its first letters; how many of them come into question."""

_RARE = 4


@dataclass(frozen=True, slots=True)
class Needle:
    """A folded word, and the places of the two letters by which it is looked for: the rarest, left before right."""

    word: bytes
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look for, and which lines to keep.

    needles: the rarest first. amounts, days: first and last. purposes: whether each uint16 code is wanted, None for all.
    keep: how many lines the page needs from its beginning.
    """

    needles: tuple[Needle, ...]
    amounts: tuple[int, int]
    days: tuple[int, int]
    purposes: npt.NDArray[np.bool_] | None
    order: Order
    descending: bool
    keep: int

    @property
    def has_amounts(self) -> bool:
        return self.amounts != _limits(np.int64)


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found in some lines: how many, the sum of their amounts, and those that may stand on the page.

    keys: by which the page is ordered, larger ones first.
    """

    count: int
    total: int
    keys: Longs
    ids: Longs


def plan_of(query: Query, parts: Sequence[Lines]) -> Plan | None:
    """Return the plan of a query, None when no line can match."""
    amounts = _bounds(query.amount_from, query.amount_to, np.int64)
    days = _bounds(query.day_from, query.day_to, np.int32)
    if amounts is None or days is None or not parts:
        return None
    purposes = None
    if query.purposes:
        purposes = np.zeros(1 << 16, np.bool_)
        purposes[[code & 0xFFFF for code in query.purposes if -(1 << 15) <= code < 1 << 15]] = True
    largest = max(parts, key=len)
    words = [key.encode("utf-8", "replace") for key in query.keys]
    needed = [word for word in words if not any(word != other and word in other for other in words)]
    needed.sort(key=lambda word: (largest.sample.count(word), -len(word)))
    needles = tuple(_needle(word, largest) for word in needed)
    return Plan(needles, amounts, days, purposes, query.order, query.descending, query.offset + query.limit)


def _needle(word: bytes, lines: Lines) -> Needle:
    """Choose the two letters: of the rare ones those that are rarest together, at their distance."""
    counts = lines.byte_counts
    rare = sorted(range(min(len(word), ANCHOR_REACH)), key=lambda at: int(counts[word[at]]))[:_RARE]
    pairs = list(combinations(sorted(rare), 2))
    if not pairs:
        return Needle(word, 0, 0)
    if len(pairs) == 1:
        return Needle(word, *pairs[0])
    text = np.frombuffer(lines.sample, np.uint8)
    stands = {at: text == word[at] for at in rare}

    def together(pair: tuple[int, int]) -> int:
        left, right = pair
        return int(np.count_nonzero(stands[left][: left - right] & stands[right][right - left :]))

    return Needle(word, *min(pairs, key=together))


def _bounds(low: int | None, high: int | None, kind: type[np.signedinteger]) -> tuple[int, int] | None:
    least, most = _limits(kind)
    first, last = max(low if low is not None else least, least), min(high if high is not None else most, most)
    return (first, last) if first <= last else None


def _limits(kind: type[np.signedinteger]) -> tuple[int, int]:
    info = np.iinfo(kind)
    return int(info.min), int(info.max)
