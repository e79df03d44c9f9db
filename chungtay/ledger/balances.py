"""Sums of entries: running balances, the trial balance of a period, and the detail lines of one account.

A balance is debits minus credits in integer đồng; `Account.natural` turns it to the side on which people read it. The day of
an entry in the books is its `booked_on`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from chungtay.ledger.entries import Entry


class Key(NamedTuple):
    """What a balance belongs to; purpose "" is unrestricted money."""

    fund: str
    purpose: str
    account: str


class Totals(NamedTuple):
    """What was booked on the two sides, integer đồng."""

    debit: int = 0
    credit: int = 0

    @property
    def net(self) -> int:
        """Debits minus credits."""
        return self.debit - self.credit


class Balances:
    """Balances per (fund, purpose, account) that grow entry by entry; `openings` are debits minus credits."""

    def __init__(self, openings: Mapping[Key, int] | None = None, entries: Iterable[Entry] = ()) -> None:
        self._openings = dict(openings or {})
        self._debits: dict[Key, int] = defaultdict(int)
        self._credits: dict[Key, int] = defaultdict(int)
        for entry in entries:
            self.apply(entry)

    def apply(self, entry: Entry) -> None:
        """Add one entry to its two accounts."""
        self._debits[Key(entry.fund, entry.purpose, entry.debit)] += entry.amount
        self._credits[Key(entry.fund, entry.purpose, entry.credit)] += entry.amount

    def __iter__(self) -> Iterator[Key]:
        """Go through everything that was opened with a balance or booked on."""
        return iter({*self._openings, *self._debits, *self._credits})

    def totals(self, key: Key) -> Totals:
        """Return what was booked on a key since its opening."""
        return Totals(self._debits.get(key, 0), self._credits.get(key, 0))

    def net(self, key: Key) -> int:
        """Return the balance of a key, its opening included."""
        return self._openings.get(key, 0) + self.totals(key).net

    def by_account(self) -> dict[str, int]:
        """Return {account: balance} over all funds and purposes, sorted by code."""
        sums: dict[str, int] = defaultdict(int)
        for key in sorted(self, key=lambda key: key.account):
            sums[key.account] += self.net(key)
        return dict(sums)


@dataclass(frozen=True)
class TrialLine:
    """One account in a trial balance, integer đồng; of opening and closing one side is zero."""

    account: str
    opening_debit: int
    opening_credit: int
    debit: int
    credit: int
    closing_debit: int
    closing_credit: int


@dataclass(frozen=True)
class TrialBalance:
    """The accounts that had a balance or were booked on in [start, end), sorted by code."""

    start: date
    end: date
    lines: tuple[TrialLine, ...]

    def only(self, accounts: Collection[str]) -> "TrialBalance":
        """Return the lines of some accounts: those on the balance sheet, or those off it."""
        return TrialBalance(self.start, self.end, tuple(line for line in self.lines if line.account in accounts))

    @property
    def total(self) -> TrialLine:
        """The foot of the table."""
        lines = self.lines
        return TrialLine(
            account="",
            opening_debit=sum(line.opening_debit for line in lines),
            opening_credit=sum(line.opening_credit for line in lines),
            debit=sum(line.debit for line in lines),
            credit=sum(line.credit for line in lines),
            closing_debit=sum(line.closing_debit for line in lines),
            closing_credit=sum(line.closing_credit for line in lines),
        )

    @property
    def is_balanced(self) -> bool:
        """Whether both sides are equal in all three pairs of columns."""
        foot = self.total
        return (foot.opening_debit, foot.debit, foot.closing_debit) == (
            foot.opening_credit,
            foot.credit,
            foot.closing_credit,
        )


def trial_balance(
    entries: Iterable[Entry], *, start: date, end: date, openings: Mapping[Key, int] | None = None
) -> TrialBalance:
    """Return the trial balance of [start, end); entries before `start` are part of the opening."""
    before: dict[str, int] = defaultdict(int)
    debits: dict[str, int] = defaultdict(int)
    credits_: dict[str, int] = defaultdict(int)
    for key, net in (openings or {}).items():
        before[key.account] += net
    for entry in entries:
        if entry.booked_on < start:
            before[entry.debit] += entry.amount
            before[entry.credit] -= entry.amount
        elif entry.booked_on < end:
            debits[entry.debit] += entry.amount
            credits_[entry.credit] += entry.amount
    lines = []
    for code in sorted({*before, *debits, *credits_}):
        opening, debit, credit = before.get(code, 0), debits.get(code, 0), credits_.get(code, 0)
        if opening or debit or credit:
            lines.append(TrialLine(code, *_sides(opening), debit, credit, *_sides(opening + debit - credit)))
    return TrialBalance(start, end, tuple(lines))


@dataclass(frozen=True)
class StatementLine:
    """An entry as one account sees it; `counter` is the other account, `balance` what stands after it."""

    entry: Entry
    counter: str
    debit: int
    credit: int
    balance: int


@dataclass(frozen=True)
class Statement:
    """The detail ledger of an account in [start, end)."""

    account: str
    opening: int
    lines: tuple[StatementLine, ...]
    turnover: Totals
    closing: int


def statement_of(
    account: str,
    entries: Iterable[Entry],
    *,
    start: date,
    end: date,
    opening: int = 0,
    parts: Collection[str] = (),
) -> Statement:
    """Return the detail lines of an account and, for a summing account, its `parts`, in order of booking day and id.

    `opening` is the balance before the first entry given. An entry between two parts gives two lines, debit first.
    """
    codes = {account, *parts}
    lines: list[StatementLine] = []
    debits = credits_ = 0
    concerned = (
        entry for entry in entries if entry.booked_on < end and (entry.debit in codes or entry.credit in codes)
    )
    balance = opening
    for entry in sorted(concerned, key=lambda entry: (entry.booked_on, entry.id)):
        for is_debit, own, counter in ((True, entry.debit, entry.credit), (False, entry.credit, entry.debit)):
            if own not in codes:
                continue
            debit, credit = (entry.amount, 0) if is_debit else (0, entry.amount)
            balance += debit - credit
            if entry.booked_on < start:
                opening = balance
                continue
            debits, credits_ = debits + debit, credits_ + credit
            lines.append(StatementLine(entry, counter, debit, credit, balance))
    return Statement(account, opening, tuple(lines), Totals(debits, credits_), balance)


def _sides(net: int) -> tuple[int, int]:
    """Split a balance into (debit, credit)."""
    return (net, 0) if net >= 0 else (0, -net)
