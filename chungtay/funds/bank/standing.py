"""How each account stands: how far its statements reach, what the bank says it holds, what the books say, what waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, OuterRef, Subquery, Sum

from chungtay.funds.models import Balance, BankAccount, Fund, LineState, StatementFile, StatementLine


@dataclass(frozen=True)
class AccountStanding:
    """One account, integer đồng. `reaches` is the last day of its statements; `bank` None where no balance was told.

    `shares` is how many accounts of the fund stand behind the same account of the books.
    """

    account: BankAccount
    reaches: date | None
    bank: int | None
    book: int
    lines: int
    unmatched: int
    shares: int

    @property
    def difference(self) -> int | None:
        """Bank less book as they stand now, None where the bank's balance is not known or is only a part."""
        return None if self.bank is None or self.shares > 1 else self.bank - self.book


def standings_of(fund: Fund) -> list[AccountStanding]:
    """Return how the accounts of a fund stand, by code (five queries, however many accounts)."""
    last = StatementLine.objects.filter(account=OuterRef("pk")).exclude(balance=None).order_by("-booked_on", "-id")
    rows = BankAccount.objects.filter(fund=fund).order_by("code")
    accounts = list(rows.annotate(said=Subquery(last.values("balance")[:1])))
    files = StatementFile.objects.filter(account__in=accounts).values_list("account_id")
    reaches = dict(files.annotate(last=Max("to_on")).order_by())
    lines = StatementLine.objects.filter(account__in=accounts).values_list("account_id")
    counts = dict(lines.annotate(count=Count("pk")).order_by())
    said = lines.exclude(standing=None).exclude(standing__state=LineState.UNMATCHED)
    settled = dict(said.annotate(count=Count("pk")).order_by())
    books = _books(fund, {account.ledger_account for account in accounts})
    ledgers = [account.ledger_account for account in accounts]
    found = []
    for account in accounts:
        account.fund = fund
        total = counts.get(account.pk, 0)
        found.append(
            AccountStanding(
                account,
                reaches.get(account.pk),
                account.said,
                books.get(account.ledger_account, 0),
                total,
                total - settled.get(account.pk, 0),
                ledgers.count(account.ledger_account),
            )
        )
    return found


def _books(fund: Fund, codes: Iterable[str]) -> dict[str, int]:
    rows = Balance.objects.filter(fund=fund, account__in=codes).values_list("account")
    sums = rows.annotate(debit=Sum("debit"), credit=Sum("credit")).order_by()
    return {code: debit - credit for code, debit, credit in sums}
