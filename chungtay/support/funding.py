"""The fund's part: vouchers of `funds` that paid a case are named on it, and somebody confirms that they are the whole part."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.funds.models import Voucher
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.ledger.entries import VoucherKind
from chungtay.places import selectors as places
from chungtay.support import checking
from chungtay.support.models import Case, CaseMoney, CaseStep, MoneyVerb
from chungtay.support.moving import ReasonNeeded, locked, move, told
from chungtay.support.rules import OPEN_FOR_MONEY, STATE_LABELS, Act, NotReady, State

PAYING = frozenset({VoucherKind.PAYMENT, VoucherKind.IN_KIND_ISSUE})


class NotThisVoucher(DomainError):
    """The voucher cannot have paid the case."""


@transaction.atomic
def link_voucher(*, case: Case, voucher: Voucher, amount: int, revision: int, now: datetime, by: User) -> CaseMoney:
    """Name a voucher that paid so much (integer đồng) of a case. Raises NotThisVoucher, CaseMovedOn, `access.require`'s."""
    row = locked(case, "fund", revision, now=now, by=by)
    _require_open(row)
    # Two cases that name one voucher wait for each other here: its rows are only ever added to, so the lock is on the voucher.
    paid = Voucher.objects.select_for_update(of=("self",)).select_related("fund__body").get(pk=voucher.pk)
    if not access.can(by, "view", paid, on=localdate(now)):
        raise NotThisVoucher("Không có phiếu này trong các quỹ mà bạn được xem. Hãy chọn phiếu khác.")
    if wrong := _why_not(row, paid, amount, localdate(now)):
        raise NotThisVoucher(wrong)
    return _keep(row, paid, MoneyVerb.LINK, amount, "", now, by)


@transaction.atomic
def unlink_voucher(*, case: Case, voucher: Voucher, reason: str, revision: int, now: datetime, by: User) -> CaseMoney:
    """Take a voucher's name back, with the reason. Raises NotThisVoucher, ReasonNeeded, CaseMovedOn, `access.require`'s."""
    row = locked(case, "fund", revision, now=now, by=by)
    _require_open(row)
    if not reason.strip():
        raise ReasonNeeded("Chưa ghi lý do gỡ phiếu chi khỏi hồ sơ.")
    amount = checking.paid_by_voucher(row).get(voucher.pk, 0)
    if not amount:
        raise NotThisVoucher(f"Phiếu {voucher} không gắn với hồ sơ này. Hãy tải lại trang.")
    return _keep(row, voucher, MoneyVerb.UNLINK, amount, reason.strip(), now, by)


@transaction.atomic
def confirm_funded(*, case: Case, revision: int, now: datetime, by: User) -> CaseStep:
    """Say that the fund's part is there, to the đồng; a case without a part of the fund needs no voucher.

    Raises NotReady, CaseMovedOn, WrongTurn and what `access.require` raises.
    """
    row = locked(case, "fund", revision, now=now, by=by)
    if row.state == State.APPROVED and (wrong := checking.money_missing(row)):
        raise NotReady(wrong)
    vouchers = {str(number): amount for number, amount in checking.paid_by_voucher(row).items()}
    step = move(row, Act.FUND, day=localdate(now), data={"vouchers": vouchers}, now=now, by=by)
    told(step)
    return step


def _require_open(row: Case) -> None:
    if row.state not in OPEN_FOR_MONEY:
        raise NotThisVoucher(
            f"Hồ sơ đang ở bước “{STATE_LABELS[State(row.state)]}”: chỉ gắn, gỡ phiếu chi khi hồ sơ đã duyệt và chưa xác nhận "
            "đủ kinh phí."
        )


def why_not_paying(row: Case, voucher: Voucher, today: date) -> str:
    """Return why a voucher cannot have paid anything of a case, "" when it may have."""
    name = str(voucher)
    if VoucherKind(voucher.kind) not in PAYING:
        return f"{name} không phải phiếu chi hay phiếu xuất hiện vật."
    if hasattr(voucher, "reversal") or voucher.reverses_id:
        return f"{name} đã bị đảo, không còn giá trị. Hãy chọn phiếu khác."
    if voucher.fund.body.area_id not in places.ways_on(today).own.get(row.area_id, ()):
        return f"{name} là của quỹ ở địa bàn khác. Chỉ gắn phiếu của quỹ tại đơn vị hoặc cấp trên của đơn vị."
    if row.approved_on and voucher.occurred_on < row.approved_on:
        days = f"chi ngày {date_text(voucher.occurred_on)}, trước ngày duyệt {date_text(row.approved_on)}"
        return f"{name} {days}. Tiền chỉ chi sau khi duyệt."
    return ""


def _why_not(row: Case, voucher: Voucher, amount: int, today: date) -> str:
    if wrong := why_not_paying(row, voucher, today):
        return wrong
    name = str(voucher)
    left = voucher.amount - checking.used_of_voucher(voucher.pk)
    if not 0 < amount <= left:
        return f"{name} còn {format_integer(left)} đồng chưa gắn với hồ sơ nào. Hãy ghi số tiền từ 1 đến số đó."
    missing = row.fund_share - checking.paid_for(row)
    if amount > missing:
        return (
            f"Phần của Quỹ chỉ còn {format_integer(missing)} đồng chưa có phiếu chi. Hãy ghi số tiền không quá số đó."
        )
    return ""


def _keep(row: Case, voucher: Voucher, verb: MoneyVerb, amount: int, reason: str, now: datetime, by: User) -> CaseMoney:
    made = CaseMoney.objects.create(case=row, voucher=voucher, verb=verb, amount=amount, reason=reason, at=now, by=by)
    # The next step asks for the revision, so that nobody confirms a sum that another has just changed.
    Case.objects.filter(pk=row.pk).update(changed_at=now)
    data = {"case": str(row), "voucher": str(voucher), "amount": amount}
    past = "linked" if verb == MoneyVerb.LINK else "unlinked"
    audit.record(f"support.voucher.{past}", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return made
