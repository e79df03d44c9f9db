"""Funds, what their money is for, and the dated rules under which it is kept and spent."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.ledger.accounts import AccountType, Side
from chungtay.places.models import Body


class Fund(models.Model):
    """A fund that a body keeps: “Vì người nghèo” and its sisters."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="funds")
    code = models.SlugField("mã", max_length=20)
    name = models.CharField("tên", max_length=150)
    opened_on = models.DateField("mở từ ngày")
    legal_basis = models.CharField("căn cứ", max_length=200, blank=True)
    is_sample = models.BooleanField("số liệu minh họa", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "code"], name="fund_code_once_in_a_body")]

    def __str__(self) -> str:
        return self.name

    access_type = "fund"
    access_state = ""
    access_authors: frozenset[uuid.UUID] = frozenset()

    @property
    def access_area_id(self) -> uuid.UUID:
        return self.body.area_id


class Purpose(models.Model):
    """What restricted money of a fund is for; money without a purpose may serve them all."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="purposes")
    code = models.SlugField("mã", max_length=20)
    name = models.CharField("tên", max_length=150)
    legal_basis = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "code"], name="purpose_code_once_in_a_fund"),
            models.CheckConstraint(condition=~Q(code=""), name="purpose_has_a_code"),
        ]

    def __str__(self) -> str:
        return self.name


class LedgerAccount(models.Model):
    """An account of the chart during [valid_from, valid_to): dated data with its legal basis, checked against it or not."""

    code = models.CharField("số hiệu", max_length=20)
    name = models.CharField("tên", max_length=150)
    type = models.CharField("loại", max_length=12, choices=[(one.value, one.value) for one in AccountType])
    normal = models.CharField("bên tăng", max_length=6, choices=[(one.value, one.value) for one in Side])
    parent = models.CharField("tài khoản cấp trên", max_length=20, blank=True)
    marks = models.CharField(max_length=60, blank=True)  # ledger.accounts.Mark, separated by spaces
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    legal_basis = models.CharField("căn cứ", max_length=200, blank=True)
    is_verified = models.BooleanField("đã đối chiếu văn bản", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="account_code_once_from_a_day")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Campaign(models.Model):
    """A drive with dates and a target of its own (Tháng cao điểm, a relief appeal); years are another way to cut."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="campaigns")
    code = models.SlugField("mã", max_length=20)
    name = models.CharField("tên", max_length=200)
    starts_on = models.DateField("nhận từ ngày")
    ends_on = models.DateField("nhận đến hết ngày")
    distribution_ends_on = models.DateField("phân bổ đến hết ngày", null=True, blank=True)
    target = models.BigIntegerField("mục tiêu", null=True, blank=True)
    appeal = models.CharField("văn bản kêu gọi", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "code"], name="campaign_code_once_in_a_fund"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaign_ends_after_start"),
            models.CheckConstraint(condition=Q(target=None) | Q(target__gt=0), name="campaign_target_above_zero"),
        ]

    def __str__(self) -> str:
        return self.name


class CampaignVersion(AppendOnly):
    """What a campaign was announced as, from one change to the next; the newest equals the campaign itself."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("bản")
    name = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    distribution_ends_on = models.DateField(null=True)
    target = models.BigIntegerField(null=True)
    appeal = models.CharField(max_length=200, blank=True)
    reason = models.CharField("lý do", max_length=400, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="campaign_version_once")]


class SpendingKind(models.Model):
    """What a fund may pay for: a house, a gift, a scholarship. `account` is where its cost is booked."""

    code = models.SlugField("mã", max_length=30, unique=True)
    name = models.CharField("tên", max_length=150)
    unit = models.CharField("đơn vị tính", max_length=40)
    account = models.CharField("tài khoản", max_length=20)

    def __str__(self) -> str:
        return self.name


class SpendingLimit(models.Model):
    """The least and the most that may be paid for one unit of a kind, at a body or everywhere, from a day on."""

    kind = models.ForeignKey(SpendingKind, on_delete=models.PROTECT, related_name="limits")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    least = models.BigIntegerField("tối thiểu", null=True, blank=True)
    most = models.BigIntegerField("tối đa", null=True, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    legal_basis = models.CharField("căn cứ", max_length=200)
    is_verified = models.BooleanField("đã đối chiếu văn bản", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(least=None, most=None), name="limit_says_something"),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="limit_has_a_basis"),
        ]
