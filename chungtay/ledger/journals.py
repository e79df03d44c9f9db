"""The books as plain text for hledger and beancount, so that programs of other people check them too.

Both texts end with the balance of every account, so a changed amount is refused by the tool even where both sides of an
entry were changed alike. Names of people are left out: nobody needs them to add up. An account is named
Type:Body:Fund:Code, so that every book is asserted by itself.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from chungtay.kernel.errors import DomainError
from chungtay.ledger.accounts import AccountType, Chart
from chungtay.ledger.book import Opening
from chungtay.ledger.entries import Voucher

ROOTS = {
    AccountType.ASSET: "Assets",
    AccountType.LIABILITY: "Liabilities",
    AccountType.EQUITY: "Equity",
    AccountType.INCOME: "Income",
    AccountType.EXPENSE: "Expenses",
    # beancount knows five roots only; an account and its counterpart cancel out, so equity is not changed by them.
    AccountType.OFF_BALANCE: "Equity:Off-balance",
}
DAWN = date(1900, 1, 1)
"""The day on which beancount opens every account: before any entry, so that accounts can be named as they come up."""

Place = tuple[str, str, str]
"""(body, fund, account code): what is asserted at the end."""

Narration = Callable[[Voucher], str]
Posting = tuple[str, int, str]
"""(account name, đồng, purpose)."""


class AccountUnknown(DomainError):
    """An account that the chart does not know: it has no type, hence no place in a journal."""


def to_hledger(
    vouchers: Iterable[Voucher],
    chart: Chart,
    *,
    openings: Sequence[Opening] = (),
    opened_on: date = DAWN,
    asserted: Mapping[Place, int] | None = None,
    narration: Narration | None = None,
) -> Iterator[str]:
    """Write a journal for hledger, piece by piece; every piece ends with a line break.

    `asserted` are the balances that the journal must end with, as kept elsewhere ({(body, fund, account): debits minus
    credits}); without it they are added up on the way. `narration` says what stands beside a voucher's number, nothing
    without it. Raises AccountUnknown.
    """
    tally = _Tally(chart)

    def transaction(day: date, head: str, postings: Iterable[Posting]) -> Iterator[str]:
        yield from (f"account {name}\n" for name in tally.take_new_names())
        yield f"{day} {head}\n"
        for name, amount, purpose in postings:
            yield f"    {name}  {amount} VND{f'  ; purpose:{_tag(purpose)}' if purpose else ''}\n"
        yield "\n"

    yield "commodity 1000. VND\n\n"
    if openings:
        yield from transaction(opened_on, "(OPENING)", tally.open(openings))
    for voucher in vouchers:
        if voucher.entries:
            head = f"({voucher.label}) {_flat(narration(voucher), ';') if narration else ''}".rstrip()
            yield from transaction(voucher.entries[0].booked_on, head, tally.book(voucher))
    closing = tally.closing(asserted)
    yield from (f"account {name}\n" for name in tally.take_new_names())
    yield f"{tally.last} (CLOSING) balances\n"
    yield from (f"    {name}  0 VND = {amount} VND\n" for name, amount in closing)


def to_beancount(
    vouchers: Iterable[Voucher],
    chart: Chart,
    *,
    openings: Sequence[Opening] = (),
    opened_on: date = DAWN,
    asserted: Mapping[Place, int] | None = None,
    narration: Narration | None = None,
) -> Iterator[str]:
    """Write a journal for beancount, piece by piece; arguments as in `to_hledger`. Raises AccountUnknown."""
    tally = _Tally(chart)

    def transaction(day: date, title: str, text: str, postings: Iterable[Posting]) -> Iterator[str]:
        yield from (f"{DAWN} open {name} VND\n" for name in tally.take_new_names())
        yield f"{day} * {_quoted(title)} {_quoted(text)}\n"
        for name, amount, purpose in postings:
            yield f"  {name}  {amount} VND\n"
            if purpose:
                yield f"    purpose: {_quoted(purpose)}\n"
        yield "\n"

    yield 'option "operating_currency" "VND"\n\n'
    if openings:
        yield from transaction(opened_on, "OPENING", "", tally.open(openings))
    for voucher in vouchers:
        if voucher.entries:
            text = narration(voucher) if narration else ""
            yield from transaction(voucher.entries[0].booked_on, voucher.label, text, tally.book(voucher))
    closing = tally.closing(asserted)
    yield from (f"{DAWN} open {name} VND\n" for name in tally.take_new_names())
    after = tally.last + timedelta(days=1)  # beancount asserts what stands in the morning
    yield from (f"{after} balance {name}  {amount} ~ 0 VND\n" for name, amount in closing)


def component(text: str) -> str:
    """Return a code as one part of an account's name, which both tools accept; different codes stay different.

    Letters and digits of ASCII stand as they are, any other sign as its number between hyphens, and "Z--" stands before
    what does not begin with a capital or a digit: "VNN" -> "VNN", "quỹ" -> "Z--qu-1ef9-".
    """
    safe = re.sub("[^A-Za-z0-9]", lambda sign: f"-{ord(sign[0]):x}-", text)
    return safe if re.match("[A-Z0-9]", safe) else f"Z--{safe}"


@dataclass
class _Tally:
    """Names of the accounts in use, and the balance that each will have in the end."""

    chart: Chart
    last: date = DAWN
    _names: dict[Place, str] = field(default_factory=dict)
    _new_names: list[str] = field(default_factory=list)
    _sums: dict[Place, int] = field(default_factory=dict)

    def open(self, openings: Iterable[Opening]) -> list[Posting]:
        """Take in the balances at the start."""
        return [
            self._post((opening.body, opening.key.fund, opening.key.account), opening.net, opening.key.purpose)
            for opening in openings
        ]

    def book(self, voucher: Voucher) -> list[Posting]:
        """Take in a voucher: two postings for each entry."""
        postings = []
        for entry in voucher.entries:
            self.last = max(self.last, entry.booked_on)
            postings.append(self._post((voucher.body, entry.fund, entry.debit), entry.amount, entry.purpose))
            postings.append(self._post((voucher.body, entry.fund, entry.credit), -entry.amount, entry.purpose))
        return postings

    def take_new_names(self) -> list[str]:
        """Return the names that came up since the last call."""
        names, self._new_names = self._new_names, []
        return names

    def closing(self, asserted: Mapping[Place, int] | None) -> list[tuple[str, int]]:
        """Return (name, balance) to assert; an account that is in use but not asserted must be empty."""
        balances = self._sums if asserted is None else {**dict.fromkeys(self._sums, 0), **asserted}
        return sorted((self._name(place), balance) for place, balance in balances.items())

    def _post(self, place: Place, amount: int, purpose: str) -> Posting:
        self._sums[place] = self._sums.get(place, 0) + amount
        return self._name(place), amount, purpose

    def _name(self, place: Place) -> str:
        if place not in self._names:
            account = self.chart.latest(place[2])
            if account is None:
                raise AccountUnknown(f"Tài khoản {place[2]} không có trong hệ thống tài khoản nên chưa xuất được sổ.")
            self._names[place] = ":".join((ROOTS[account.type], *map(component, place)))
            self._new_names.append(self._names[place])
        return self._names[place]


def _flat(text: str, forbidden: str) -> str:
    """Return the text on one line, without signs that would end it."""
    return " ".join(re.sub(rf"[\x00-\x1f{forbidden}]", " ", text).split())


def _tag(text: str) -> str:
    return _flat(text, ",;")


def _quoted(text: str) -> str:
    return '"{}"'.format(_flat(text, "").replace("\\", "\\\\").replace('"', '\\"'))
