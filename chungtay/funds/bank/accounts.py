"""Accounts of a fund at a bank, and how the files of each are laid out."""

import json
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.banking.profiles import Profile
from chungtay.funds.models import BankAccount, Fund
from chungtay.kernel.errors import DomainError


class AccountTaken(DomainError):
    """The code or the number belongs to another account."""


class UnknownAccount(DomainError):
    """No account of a bank has this code."""


def account_by_code(code: str) -> BankAccount:
    """Return the account of a code. Raises UnknownAccount."""
    found = BankAccount.objects.select_related("fund__body").filter(code=code).first()
    if found is None:
        raise UnknownAccount(f"Không có tài khoản ngân hàng nào mang mã “{code}”.")
    return found


@transaction.atomic
def open_account(
    *,
    fund: Fund,
    code: str,
    bank: str,
    number: str,
    holder: str,
    ledger_account: str = "112",
    now: datetime,
    by: User | None,
) -> BankAccount:
    """Name an account of a fund at a bank; in the books it is `ledger_account`.

    Raises AccountTaken and what `access.require` raises.
    """
    if by is not None:
        access.require(by, "import", Matter("statement", fund.access_area_id), on=localdate(now))
    if BankAccount.objects.filter(code=code).exists():
        raise AccountTaken(f"Mã “{code}” đã đặt cho tài khoản khác. Hãy chọn mã khác.")
    if BankAccount.objects.filter(bank=bank, number=number).exists():
        raise AccountTaken("Số tài khoản này của ngân hàng này đã được khai. Hãy xem lại danh sách tài khoản.")
    account = BankAccount.objects.create(
        fund=fund, code=code, bank=bank, number=number, holder=holder, ledger_account=ledger_account
    )
    data = {"code": code, "bank": bank, "ledger": ledger_account}
    audit.record("funds.account.opened", obj=account, area_id=fund.access_area_id, data=data, now=now, by=by)
    return account


@transaction.atomic
def remember_profile(*, account: BankAccount, profile: Profile, now: datetime, by: User) -> BankAccount:
    """Keep how the files of an account are laid out, for the next one."""
    row = BankAccount.objects.select_for_update(of=("self",)).select_related("fund__body").get(pk=account.pk)
    access.require(by, "import", row, on=localdate(now))
    row.profile = json.loads(profile.to_json())
    row.save(update_fields=["profile"])
    data = {"profile": profile.name}
    audit.record("funds.account.profile_kept", obj=row, area_id=row.access_area_id, data=data, now=now, by=by)
    return row
