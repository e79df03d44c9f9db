"""What is told of gifts beside the books: promises and what became of them, and what never passed through the fund."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.evidence.models import Attachment
from chungtay.funds.models.chest import Campaign, Fund
from chungtay.funds.models.journal import Voucher
from chungtay.funds.promises import STEP_LABELS, PromiseStep


class Pledge(AppendOnly):
    """What somebody promised to give: never counted as received."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="pledges")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, related_name="pledges")
    donor = models.CharField("người đăng ký", max_length=200)
    amount = models.BigIntegerField("số tiền đăng ký")
    pledged_on = models.DateField("ngày đăng ký")
    due_on = models.DateField("hẹn chuyển trước hết ngày", null=True)
    reference = models.CharField("mã chuyển khoản", max_length=25, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="pledge_above_zero"),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("pledged_on")), name="pledge_due_after_promise"
            ),
        ]


class PledgeStep(AppendOnly):
    """What became of a promise: money of a receipt that keeps it, a link that was wrong, or that it will not be kept."""

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=6, choices=[(one.value, STEP_LABELS[one]) for one in PromiseStep])
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, null=True, related_name="+")
    amount = models.BigIntegerField("số tiền", default=0)
    reason = models.CharField("lý do", max_length=400, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verb=PromiseStep.LINK, voucher__isnull=False, amount__gt=0)
                | (Q(verb=PromiseStep.UNLINK, voucher__isnull=False, amount__gt=0) & ~Q(reason=""))
                | (Q(verb=PromiseStep.CANCEL, voucher=None, amount=0) & ~Q(reason="")),
                name="pledge_step_makes_sense",
            ),
            models.UniqueConstraint(
                fields=["pledge"], condition=Q(verb=PromiseStep.CANCEL), name="pledge_cancelled_once"
            ),
        ]


class OutsideGift(AppendOnly):
    """What was raised directly at the grassroots and never passed through the fund's accounts.

    A correction is a row of its own, with the difference, that names the row it corrects.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="outside_gifts")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, related_name="+")
    given_on = models.DateField("ngày")
    amount = models.BigIntegerField("giá trị")
    what = models.CharField("nội dung", max_length=300)
    donor = models.CharField("người ủng hộ", max_length=200, blank=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="outside_gift_is_something")]


class OutsideGiftEvidence(AppendOnly):
    """A paper or picture that a gift outside the fund rests on."""

    gift = models.ForeignKey(OutsideGift, on_delete=models.PROTECT, related_name="evidence")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gift", "attachment"], name="outside_gift_evidence_once")]
