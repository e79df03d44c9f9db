"""Asking that a booked voucher be undone: one person asks, another books the mirror or declines."""

from django.db import models

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.funds.models.journal import Voucher


class ReversalVerb(models.TextChoices):
    """What is done about undoing a voucher before it is undone; the mirror itself is a voucher."""

    ASK = "ask", "đề nghị đảo"
    DECLINE = "decline", "không đảo"


class ReversalAct(AppendOnly):
    """A step towards undoing a voucher; the last one says whether somebody still asks for it."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="reversal_acts")
    verb = models.CharField(max_length=8, choices=ReversalVerb.choices)
    reason = models.CharField("lý do", max_length=400)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="reversal_act_has_a_reason")]
        indexes = [models.Index(fields=["voucher", "id"], name="reversal_act_by_voucher")]
