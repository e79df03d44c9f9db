"""The closing of a year's books (kết chuyển): what came and went goes over to the balance, by purpose, as a voucher.

One person has it drafted, another posts it like any voucher. What is booked afterwards into the year gives a further one.
"""

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localdate

from chungtay.accounts.models import User
from chungtay.funds.accounts_offered import CARRIED, name_of
from chungtay.funds.books import chart
from chungtay.funds.drafting import write_draft
from chungtay.funds.models import Draft, Entry, Fund
from chungtay.funds.posting import locked_head
from chungtay.funds.rules import Content, Line, VoucherState
from chungtay.kernel.errors import DomainError
from chungtay.ledger.accounts import AccountType
from chungtay.ledger.entries import VoucherKind


class NothingToClose(DomainError):
    """A year that is not over, has nothing left to carry over, or whose closing waits already."""


def left_in_results(fund: Fund, year: int) -> dict[tuple[str, str], int]:
    """Return {(account, purpose): credits minus debits} of income and spending up to the end of a year, not yet carried over."""
    results = chart().codes_of(AccountType.INCOME, AccountType.EXPENSE)
    rows = Entry.objects.filter(fund=fund, occurred_on__lt=date(year + 1, 1, 1)).order_by()
    nets: dict[tuple[str, str], int] = defaultdict(int)
    for side, sign in (("credit", 1), ("debit", -1)):
        moved = rows.filter(**{f"{side}__in": results}).values_list(side, "purpose").annotate(total=Sum("amount"))
        for account, purpose, total in moved:
            nets[account, purpose] += sign * total
    return {key: net for key, net in sorted(nets.items()) if net}


def waiting_closing(fund: Fund) -> Draft | None:
    """Return the closing that somebody drafted and nobody has posted yet."""
    return Draft.objects.filter(fund=fund, kind=VoucherKind.CLOSING, state=VoucherState.DRAFT).first()


@transaction.atomic
def draft_closing(*, fund: Fund, year: int, now: datetime, by: User) -> Draft:
    """Draft the voucher that carries a year's income and spending over to the balance.

    Raises NothingToClose and what `write_draft` raises.
    """
    locked_head(fund.body)  # two who ask at once get one draft
    if date(year, 12, 31) > localdate(now):
        raise NothingToClose(f"Năm {year} chưa hết. Kết chuyển được lập từ ngày 31/12/{year}.")
    if (waits := waiting_closing(fund)) is not None:
        raise NothingToClose(f"{waits} đang chờ ghi sổ. Hãy ghi sổ hoặc bỏ bản nháp đó trước.")
    nets = left_in_results(fund, year)
    if not nets:
        raise NothingToClose(f"Năm {year} không còn khoản thu, chi nào chưa kết chuyển.")
    known = chart()
    lines = [
        Line(account, CARRIED, net, purpose, memo=f"Kết chuyển {name_of(known, account).lower()}")
        if net > 0
        else Line(CARRIED, account, -net, purpose, memo=f"Kết chuyển {name_of(known, account).lower()}")
        for (account, purpose), net in nets.items()
    ]
    content = Content(VoucherKind.CLOSING, date(year, 12, 31), lines, f"Kết chuyển thu, chi năm {year}")
    return write_draft(fund=fund, content=content, now=now, by=by)
