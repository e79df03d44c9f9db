"""Orders of transfer: money that one fund sends to another, and that both ends book under one code."""

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.funds.models.chest import Fund


class TransferOrder(AppendOnly):
    """Who sends how much to whom, what for, and until when the receiving end should have booked it."""

    code = models.CharField("mã chuyển tiền", max_length=60, unique=True)
    sender = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="transfers_out")
    receiver = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="transfers_in")
    amount = models.BigIntegerField("số tiền")
    purpose = models.CharField("mục đích", max_length=20, blank=True)
    memo = models.CharField("nội dung", max_length=500)
    ordered_on = models.DateField("ngày lập lệnh")
    due_on = models.DateField("nơi nhận ghi sổ trước ngày")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_order_above_zero"),
            models.CheckConstraint(condition=~Q(sender=F("receiver")), name="transfer_order_two_funds"),
            models.CheckConstraint(condition=Q(due_on__gte=F("ordered_on")), name="transfer_order_due_later"),
        ]

    def __str__(self) -> str:
        return self.code
