"""What is told of gifts beside the books: promises, and what never passed through the fund."""

import uuid

from django.db import models
from django.db.models import Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.funds.models.chest import Campaign, Fund


class Pledge(AppendOnly):
    """What somebody promised to give: never counted as received."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="pledges")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, related_name="pledges")
    donor = models.CharField("người đăng ký", max_length=200)
    amount = models.BigIntegerField("số tiền đăng ký")
    pledged_on = models.DateField("ngày đăng ký")
    reference = models.CharField("mã chuyển khoản", max_length=25, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="pledge_above_zero")]


class OutsideGift(AppendOnly):
    """What was raised directly at the grassroots and never passed through the fund's accounts; a correction is negative."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="outside_gifts")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, related_name="+")
    given_on = models.DateField("ngày")
    amount = models.BigIntegerField("giá trị")
    what = models.CharField("nội dung", max_length=300)
    donor = models.CharField("người ủng hộ", max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="outside_gift_is_something")]
