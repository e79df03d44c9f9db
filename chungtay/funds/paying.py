"""Money leaves: somebody who did not post the payment hands it out."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.funds.models import Handout, Voucher
from chungtay.funds.posting import locked_head
from chungtay.kernel.errors import DomainError
from chungtay.ledger.entries import PAYING


class NotPayable(DomainError):
    """A voucher by which no money leaves, or from which it has left already."""


@transaction.atomic
def pay_voucher(*, voucher: Voucher, note: str = "", now: datetime, by: User) -> Handout:
    """Record that the money of a posted payment was handed out. Raises NotPayable and what `access.require` raises."""
    locked_head(voucher.fund.body)
    row = Voucher.objects.select_related("fund__body", "handout").get(pk=voucher.pk)
    if row.kind not in PAYING:
        raise NotPayable(f"{row} không phải chứng từ chi tiền.")
    if hasattr(row, "handout"):
        raise NotPayable(f"{row} đã chi tiền lúc {row.handout.at:%H:%M ngày %d/%m/%Y}.")
    if Voucher.objects.filter(reverses=row).exists():
        raise NotPayable(f"{row} đã bị đảo, không chi nữa.")
    access.require(by, "pay", row, on=localdate(now))
    handout = Handout.objects.create(voucher=row, at=now, by=by, note=note.strip())
    data = {"number": str(row), "amount": row.amount}
    audit.record("funds.voucher.paid", obj=row, area_id=row.access_area_id, data=data, now=now, by=by)
    return handout
