"""Undoing a booked voucher: somebody asks and says why, somebody else books the mirror or declines."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.funds.models import ReversalAct, ReversalVerb, Voucher
from chungtay.funds.posting import NotReversible, locked_head, reverse_voucher
from chungtay.funds.rules import VoucherState
from chungtay.ledger.entries import VoucherKind


def open_request(voucher: Voucher) -> ReversalAct | None:
    """Return the standing request that a voucher be undone, None when nobody asks for it."""
    last = ReversalAct.objects.filter(voucher=voucher).select_related("by").order_by("-id").first()
    return last if last is not None and last.verb == ReversalVerb.ASK else None


@transaction.atomic
def ask_reversal(*, voucher: Voucher, reason: str, now: datetime, by: User) -> ReversalAct:
    """Ask that a voucher be undone. Raises NotReversible and what `access.require` raises."""
    row = _locked(voucher)
    access.require(by, "draft", Matter("voucher", row.access_area_id, VoucherState.DRAFT), on=localdate(now))
    if row.kind == VoucherKind.REVERSAL:
        raise NotReversible(f"{row} là bút toán đảo, không đảo lại: hãy lập chứng từ mới.")
    if open_request(row) is not None:
        raise NotReversible(f"Đã có người đề nghị đảo {row}, đang chờ người khác quyết định.")
    return _act(row, ReversalVerb.ASK, reason, now, by)


@transaction.atomic
def decline_reversal(*, voucher: Voucher, reason: str, now: datetime, by: User) -> ReversalAct:
    """Leave the voucher as it stands, and say why. Raises NotReversible and what `access.require` raises."""
    row = _locked(voucher)
    access.require(by, "reverse", row, on=localdate(now))
    _asked(row)
    return _act(row, ReversalVerb.DECLINE, reason, now, by)


@transaction.atomic
def confirm_reversal(*, voucher: Voucher, now: datetime, by: User) -> Voucher:
    """Book the mirror that another person has asked for. Raises what `reverse_voucher` raises."""
    row = _locked(voucher)
    asked = _asked(row)
    return reverse_voucher(voucher=row, reason=asked.reason, drafted_by=asked.by, now=now, by=by)


def _locked(voucher: Voucher) -> Voucher:
    locked_head(voucher.fund.body)
    row = Voucher.objects.select_related("fund__body", "handout").get(pk=voucher.pk)
    if Voucher.objects.filter(reverses=row).exists():
        raise NotReversible(f"{row} đã được đảo một lần, không đảo thêm.")
    return row


def _asked(row: Voucher) -> ReversalAct:
    asked = open_request(row)
    if asked is None:
        raise NotReversible(f"Chưa ai đề nghị đảo {row}.")
    return asked


def _act(row: Voucher, verb: ReversalVerb, reason: str, now: datetime, by: User) -> ReversalAct:
    if not reason.strip():
        raise NotReversible("Chưa ghi lý do.")
    act = ReversalAct.objects.create(voucher=row, verb=verb, reason=reason.strip(), at=now, by=by)
    data = {"number": str(row), "reason": act.reason}
    audit.record(
        f"funds.reversal.{'asked' if verb is ReversalVerb.ASK else 'declined'}",
        obj=row,
        area_id=row.access_area_id,
        data=data,
        now=now,
        by=by,
    )
    return act
