"""What an invariant says when it does not hold, and how it points at the place."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import NamedTuple, TypeVar

from chungtay.ledger.entries import Entry, Voucher

K = TypeVar("K")


class Finding(NamedTuple):
    """A place where an invariant does not hold: `sentence` is Vietnamese, for people."""

    where: str
    sentence: str


class Shortfall(NamedTuple):
    """A quantity that is below zero at the end of a day."""

    day: date
    quantity: int


def place(voucher: Voucher, entry: Entry | None = None) -> str:
    """Point at a voucher or at one of its entries; works for a number that is no number too."""
    label = f"{voucher.body}, chứng từ {voucher.prefix}-{voucher.year}-{voucher.number:06d}"
    return label if entry is None else f"{label}, bút toán {entry.id}"


def shortfalls(
    changes: Iterable[tuple[K, date, int]], openings: Mapping[K, int] | None = None
) -> Iterator[tuple[K, Shortfall]]:
    """Return the first day on which each quantity is below zero once the whole day is counted.

    A day counts as a whole: within it nobody knows what came first. An opening below zero shows on the first day.
    """
    days: dict[K, dict[date, int]] = {}
    for key, day, change in changes:
        of_key = days.setdefault(key, {})
        of_key[day] = of_key.get(day, 0) + change
    for key in dict.fromkeys(chain(openings or (), days)):
        quantity = (openings or {}).get(key, 0)
        for day, change in sorted(days.get(key, {date.min: 0}).items()):
            quantity += change
            if quantity < 0:
                yield key, Shortfall(day, quantity)
                break
