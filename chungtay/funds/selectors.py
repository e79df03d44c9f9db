"""Reads of the funds: what a person may see, balances, journals and whole books."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import QuerySet, Sum

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.funds import books
from chungtay.funds.bank.accounts import account_by_code as account_by_code
from chungtay.funds.bank.finding import find_lines as find_lines
from chungtay.funds.bank.importing import look_into as look_into
from chungtay.funds.bank.reconciling import all_days as all_days
from chungtay.funds.bank.reconciling import compared as compared
from chungtay.funds.bank.settling import proposals_for as proposals_for
from chungtay.funds.bank.settling_many import sure_pairs as sure_pairs
from chungtay.funds.books import chart as chart
from chungtay.funds.books import whole_book as whole_book
from chungtay.funds.disclosure.composing import said_of as said_of
from chungtay.funds.disclosure.frozen import faults_of as faults_of
from chungtay.funds.models import Balance, Draft, Entry, Fund, Voucher
from chungtay.ledger.balances import TrialBalance, TrialLine
from chungtay.ledger.entries import Entry as PureEntry


def funds_seen_by(actor: User, *, on: date) -> list[Fund]:
    """Return the funds that a person may look into, by place and name."""
    areas = access.areas_for(actor, "view", "fund", on=on)
    return list(Fund.objects.filter(body__area_id__in=areas).select_related("body").order_by("body__name", "name"))


def fund_seen_by(actor: User, fund_id: UUID, *, on: date) -> Fund | None:
    """Return a fund with its body, None when there is none or not for this person."""
    found = Fund.objects.filter(pk=fund_id).select_related("body").first()
    return found if found is not None and access.can(actor, "view", found, on=on) else None


def balances_now(fund: Fund) -> dict[str, int]:
    """Return {account: debits minus credits} from the kept sums (one query)."""
    rows = Balance.objects.filter(fund=fund).values_list("account").annotate(debit=Sum("debit"), credit=Sum("credit"))
    return {account: debit - credit for account, debit, credit in rows.order_by("account")}


def trial_balance_now(fund: Fund) -> TrialBalance:
    """Return the trial balance since the fund's opening, from the kept sums (one query)."""
    rows = Balance.objects.filter(fund=fund).values_list("account").annotate(debit=Sum("debit"), credit=Sum("credit"))
    lines = []
    for account, debit, credit in rows.order_by("account"):
        net = debit - credit
        lines.append(TrialLine(account, 0, 0, debit, credit, max(net, 0), max(-net, 0)))
    return TrialBalance(fund.opened_on, date.max, tuple(lines))


def vouchers_of(fund: Fund) -> "QuerySet[Voucher]":
    """Return the vouchers of a fund, newest first."""
    return (
        Voucher.objects.filter(fund=fund)
        .select_related("handout", "reversal", "drafted_by", "posted_by")
        .order_by("-position")
    )


def drafts_of(fund: Fund) -> "QuerySet[Draft]":
    """Return what is still being written, oldest first."""
    return Draft.objects.filter(fund=fund, state="draft").select_related("drafted_by").order_by("drafted_at")


def entries_of(fund: Fund, *, before: date | None = None) -> Iterator[PureEntry]:
    """Yield the entries of a fund in order of booking; `before`: only those booked earlier."""
    return books.entries_of(fund, before=before)


def entry_count() -> int:
    """Return how many entries all books hold."""
    return Entry.objects.count()
