"""From a gift to what it bought, and back: money of one fund and purpose leaves in the order in which it came.

Money has no marks; first in, first out is a rule that everybody can recompute. What was undone by a reversal takes no part.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from typing import NamedTuple

from chungtay.ledger.accounts import AccountType, Chart, Mark
from chungtay.ledger.entries import Entry


class Share(NamedTuple):
    """So many đồng of what an entry brought in left by another entry."""

    source: int
    use: int
    amount: int


class Trails(NamedTuple):
    """Every share, in the order of the uses; what is left of each source; what of a use no source covers (openings)."""

    shares: tuple[Share, ...]
    unspent: dict[int, int]
    uncovered: dict[int, int]


def trails(entries: Iterable[Entry], chart: Chart) -> Trails:
    """Return which gifts paid for what; entries of any funds and purposes, in any order."""
    incomes = chart.codes_of(AccountType.INCOME, AccountType.EQUITY)
    spending = chart.codes_of(AccountType.EXPENSE)
    earned = chart.codes_of(AccountType.INCOME)  # debited when a year is closed: nothing comes in
    goods = chart.codes_marked(Mark.GOODS)
    kept = list(entries)
    undone = {entry.reverses for entry in kept if entry.reverses is not None}
    lots: dict[tuple[str, str, str], deque[list[int]]] = defaultdict(deque)
    shares: list[Share] = []
    uncovered: dict[int, int] = {}
    for entry in sorted(kept, key=lambda one: (one.occurred_on, one.debit in spending, one.id)):
        if entry.reverses is not None or entry.id in undone:
            continue
        # Goods are given out as themselves: rice is not what a gift of money bought.
        item = entry.item if {entry.debit, entry.credit} & goods else ""
        lot = lots[entry.fund, entry.purpose, item]
        if entry.credit in incomes and entry.debit not in spending | earned:
            lot.append([entry.id, entry.amount])
        elif entry.debit in spending and (left := _take(lot, entry, shares)):
            uncovered[entry.id] = left
    unspent = {source: amount for lot in lots.values() for source, amount in lot}
    return Trails(tuple(shares), unspent, uncovered)


def _take(lot: deque[list[int]], use: Entry, shares: list[Share]) -> int:
    """Cover a use from the oldest sources; return what is left uncovered."""
    left = use.amount
    while left and lot:
        source = lot[0]
        taken = min(left, source[1])
        shares.append(Share(source[0], use.id, taken))
        left -= taken
        source[1] -= taken
        if not source[1]:
            lot.popleft()
    return left
