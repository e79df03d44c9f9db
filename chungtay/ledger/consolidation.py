"""Several books as one: what levels hand to each other is taken out, so that no đồng is counted twice.

Both ends of a movement between levels bear the same transfer id, and each books its end against an internal account. What
both ends say is removed from the internal accounts; money that only one end has booked stays there and is named.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from chungtay.ledger.balances import Totals
from chungtay.ledger.entries import Entry


class OpenTransfer(NamedTuple):
    """A transfer whose ends differ, integer đồng; id "" gathers entries on internal accounts that name no transfer."""

    transfer: str
    sent: int
    received: int


@dataclass(frozen=True)
class Consolidation:
    """Totals by account: `plain` as the books add up, `eliminated`, and what is left of each account.

    `opened` lists the transfers that only one end has booked, wholly or in part.
    """

    plain: Mapping[str, Totals]
    eliminated: Mapping[str, Totals]
    totals: Mapping[str, Totals]
    opened: tuple[OpenTransfer, ...]


def consolidate(books: Iterable[Iterable[Entry]], *, internal: Collection[str]) -> Consolidation:
    """Add up books and remove movements between them; `internal` are the accounts through which levels pay each other.

    Of each transfer the internal accounts lose what both ends agree on, and every other account loses what left it in one
    book and came back to it in another: cash that only moved inside is neither a receipt nor a payment of the whole.
    """
    plain = _Sums()
    by_transfer: dict[str, _Sums] = defaultdict(_Sums)
    for entries in books:
        for entry in entries:
            plain.add(entry)
            if entry.debit in internal or entry.credit in internal:
                by_transfer[entry.transfer].add(entry)
    eliminated: dict[str, Totals] = defaultdict(Totals)
    opened = []
    for transfer, sums in sorted(by_transfer.items()):
        sent = sum(sums.debits[code] for code in sums.codes() if code in internal)
        received = sum(sums.credits[code] for code in sums.codes() if code in internal)
        if sent != received or not transfer:
            opened.append(OpenTransfer(transfer, sent, received))
        if transfer:
            for code, removed in _removed(sums, internal, min(sent, received)).items():
                before = eliminated[code]
                eliminated[code] = Totals(before.debit + removed.debit, before.credit + removed.credit)
    added = {code: Totals(plain.debits[code], plain.credits[code]) for code in sorted(plain.codes())}
    left = {
        code: Totals(total.debit - eliminated[code].debit, total.credit - eliminated[code].credit)
        for code, total in added.items()
    }
    return Consolidation(
        added, {code: eliminated[code] for code in added if any(eliminated[code])}, left, tuple(opened)
    )


class _Sums:
    """What entries say of accounts on their two sides."""

    def __init__(self) -> None:
        self.debits: dict[str, int] = defaultdict(int)
        self.credits: dict[str, int] = defaultdict(int)

    def add(self, entry: Entry) -> None:
        self.debits[entry.debit] += entry.amount
        self.credits[entry.credit] += entry.amount

    def codes(self) -> set[str]:
        return {*self.debits, *self.credits}


def _removed(sums: _Sums, internal: Collection[str], agreed: int) -> dict[str, Totals]:
    """Return what one transfer takes out of each account: as much on the debit side as on the credit side."""
    removed = {}
    debits_left = credits_left = agreed
    for code in sorted(sums.codes()):
        debit, credit = sums.debits[code], sums.credits[code]
        if code in internal:
            taken = Totals(min(debit, debits_left), min(credit, credits_left))
            debits_left, credits_left = debits_left - taken.debit, credits_left - taken.credit
        else:
            taken = Totals(min(debit, credit), min(debit, credit))
        removed[code] = taken
    return removed
