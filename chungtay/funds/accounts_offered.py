"""Accounts in a clerk's words: what may be chosen on a voucher, so that nobody has to know the chart by heart.

The value of each choice is the code of an account; its label says what it means.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from chungtay.funds.models import SpendingKind
from chungtay.ledger.accounts import Account, AccountType, Chart, Mark
from chungtay.ledger.entries import VoucherKind

Choice = tuple[str, str]
GIFT, GIFT_IN_KIND, INTEREST, CAME, SENT, GIVEN = "511", "512", "515", "518", "618", "6120"
CASH, BANK = "111", "112"
CARRIED = "421"
"""Where a year's income and spending go over to; an entry with it on one side is neither a gift nor a payment."""


@dataclass(frozen=True)
class Offer:
    """What a voucher offers on a day: where money lies, where it comes from, what it is spent on, where goods stand."""

    tills: Sequence[Choice]
    sources: Sequence[Choice]
    spending: Sequence[Choice]
    goods: Sequence[Choice]
    units: Mapping[str, str]  # account of a spending kind -> what it is counted in


def offer_on(chart: Chart, day: date) -> Offer:
    """Return what a voucher may choose from on a day (one query)."""
    kinds = list(SpendingKind.objects.order_by("account", "code"))
    tills = [(account.code, account.name_vi) for account in _leaves(chart, day) if Mark.CASH in account.marks]
    spending = [(kind.account, kind.name) for kind in kinds if chart.on(kind.account, day) is not None]
    known = {code for code, _ in spending}
    spending += [
        (account.code, account.name_vi)
        for account in _leaves(chart, day)
        if account.type is AccountType.EXPENSE
        and Mark.INTERNAL not in account.marks
        and account.code not in known | {GIVEN}
    ]
    incomes = [
        (account.code, account.name_vi)
        for account in _leaves(chart, day)
        if account.type is AccountType.INCOME and Mark.INTERNAL not in account.marks and account.code != GIFT_IN_KIND
    ]
    return Offer(
        tills=tills,
        sources=[*incomes, *((code, f"Rút, chuyển từ {name[0].lower()}{name[1:]}") for code, name in tills)],
        spending=[*spending, *((code, f"Nộp, chuyển vào {name[0].lower()}{name[1:]}") for code, name in tills)],
        goods=[(account.code, account.name_vi) for account in _leaves(chart, day) if Mark.GOODS in account.marks],
        units={kind.account: kind.unit for kind in kinds},
    )


def not_carried() -> Q:
    """Return the condition that an entry is a gift, a payment or the like: it carries no year over and opens no book."""
    return ~Q(debit=CARRIED) & ~Q(credit=CARRIED)


def name_of(chart: Chart, code: str) -> str:
    """Return the last name that an account bore, its code when it never had one."""
    account = chart.latest(code)
    return account.name_vi if account is not None else code


def is_sending(kind: VoucherKind, pairs: Sequence[tuple[str, str]], chart: Chart) -> bool:
    """Say whether money leaves by a voucher with these (debit, credit) pairs, so that somebody has to hand it out."""
    cash = chart.codes_marked(Mark.CASH)
    return kind in (VoucherKind.PAYMENT, VoucherKind.TRANSFER) and any(credit in cash for _, credit in pairs)


def _leaves(chart: Chart, day: date) -> list[Account]:
    return [a for a in chart if a.live_on(day) and not chart.has_parts(a.code, day)]
