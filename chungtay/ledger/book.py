"""Everything that is checked together: vouchers, the chart, and what other records claim about them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from chungtay.ledger.accounts import Account, Chart
from chungtay.ledger.balances import Balances, Key
from chungtay.ledger.entries import Entry, Voucher

DAYS_UNDER_WAY = 30
"""So long may a transfer between two funds be under way before the receiving end has booked it."""


class Opening(NamedTuple):
    """A balance that a body's books start with: debits minus credits, integer đồng."""

    body: str
    key: Key
    net: int


class StoredBalance(NamedTuple):
    """What a kept sum says was booked on a key since its opening, integer đồng."""

    body: str
    key: Key
    debit: int
    credit: int


class PeriodState(StrEnum):
    """Whether a period still takes entries."""

    OPEN = "open"
    CLOSED = "closed"


class BookPeriod(NamedTuple):
    """An accounting period [start, end) of a body.

    `last_position` is the position of the body's last voucher when the period was closed (0: none yet).
    """

    body: str
    start: date
    end: date
    state: PeriodState
    last_position: int = 0


class Transfer(NamedTuple):
    """A movement between two levels; `is_received` once the receiving body has booked it.

    One that was undone by reversals has the amount 0. It should be received on `due_on` at the latest, and is between the
    (body, fund) of `sender` and `receiver`, where that is known.
    """

    id: str
    amount: int
    is_received: bool
    due_on: date | None = None
    sender: tuple[str, str] | None = None
    receiver: tuple[str, str] | None = None


class BankLine(NamedTuple):
    """A line of a bank statement: `amount` is positive for money that came in.

    `account` is the account of the books that stands for the bank account. A settled line is one that is said to be
    explained by entries.
    """

    id: str
    account: str
    day: date
    amount: int
    is_settled: bool


class BankLink(NamedTuple):
    """How many đồng of a bank line an entry explains (> 0)."""

    line: str
    entry: int
    amount: int


class PublishedSeal(NamedTuple):
    """The seal of a body's voucher as it was given out; `where` says with what."""

    body: str
    position: int
    hash: str
    where: str


class ToldDay(NamedTuple):
    """What was published of an account's day, and what the bank's lines known at that moment say, integer đồng."""

    account: str
    day: date
    told_in: int
    told_out: int
    bank_in: int
    bank_out: int


@dataclass(frozen=True)
class Book:
    """The books of one or more bodies, as read back from where they are kept.

    `strays` are entries that no voucher claims. `stored` None means that no sums are kept. `heads` are
    {body: (position, hash)} that were given out. `asked` are seals that somebody kept outside and asks for.
    """

    vouchers: Sequence[Voucher]
    accounts: Sequence[Account]
    strays: Sequence[Entry] = ()
    openings: Sequence[Opening] = ()
    stored: Sequence[StoredBalance] | None = None
    periods: Sequence[BookPeriod] = ()
    transfers: Sequence[Transfer] = ()
    bank_lines: Sequence[BankLine] = ()
    bank_links: Sequence[BankLink] = ()
    heads: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    published: Sequence[PublishedSeal] = ()
    told: Sequence[ToldDay] = ()
    asked: Sequence[str] = ()

    @cached_property
    def chart(self) -> Chart:
        """The accounts by code and day."""
        return Chart(self.accounts)

    @cached_property
    def posted(self) -> list[tuple[Voucher, Entry]]:
        """Every entry with its voucher, in the order of the vouchers."""
        return [(voucher, entry) for voucher in self.vouchers for entry in voucher.entries]

    @cached_property
    def last_day(self) -> date:
        """The day on which something was booked last: so far the books reach."""
        return max((entry.booked_on for _, entry in self.posted), default=date.min)

    @cached_property
    def voucher_by_id(self) -> dict[int, Voucher]:
        """Vouchers by id."""
        return {voucher.id: voucher for voucher in self.vouchers}

    @cached_property
    def entry_by_id(self) -> dict[int, Entry]:
        """Entries by id."""
        return {entry.id: entry for _, entry in self.posted}

    @cached_property
    def balances(self) -> Mapping[str, Balances]:
        """What was booked in each body since its opening."""
        by_body: dict[str, Balances] = defaultdict(Balances)
        for voucher, entry in self.posted:
            by_body[voucher.body].apply(entry)
        return dict(by_body)

    @cached_property
    def chains(self) -> dict[str, list[Voucher]]:
        """The vouchers of each body in order of position."""
        chains: dict[str, list[Voucher]] = defaultdict(list)
        for voucher in self.vouchers:
            chains[voucher.body].append(voucher)
        for chain in chains.values():
            chain.sort(key=lambda voucher: voucher.position)
        return dict(chains)
