"""What must be told of a drive, what was told where, and the days of statements that were published for ever."""

from django.db import models

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.evidence.models import Attachment
from chungtay.funds.models.bank import BankAccount
from chungtay.funds.models.chest import Campaign


class DisclosureRule(models.Model):
    """That something must be told between `from_days` and `to_days` after a day of the drive: dated, with its legal basis."""

    kind = models.SlugField("việc", max_length=20)
    name = models.CharField("tên", max_length=150)
    anchor = models.CharField("mốc", max_length=20)
    from_days = models.SmallIntegerField()
    to_days = models.SmallIntegerField()
    legal_basis = models.CharField("căn cứ", max_length=200)
    is_verified = models.BooleanField("đã đối chiếu văn bản", default=False)
    valid_from = models.DateField("từ ngày")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "valid_from"], name="disclosure_rule_once_from_a_day")]


class Medium(models.TextChoices):
    """Where something was told."""

    WEBSITE = "website", "trang thông tin điện tử"
    OFFICE = "office", "niêm yết tại trụ sở"
    COMMUNITY = "community", "điểm sinh hoạt cộng đồng"
    PRESS = "press", "phương tiện truyền thông"


class Disclosure(AppendOnly):
    """Something was told: what, where, when, and the hash of a picture of the notice."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="disclosures")
    kind = models.SlugField(max_length=20)
    medium = models.CharField(max_length=10, choices=Medium.choices)
    where = models.CharField("nơi đăng", max_length=300)
    posted_on = models.DateField("ngày công khai")
    hour = models.TimeField("giờ", null=True)
    picture = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    picture_sha256 = models.CharField(max_length=64, blank=True)
    paper_sha256 = models.CharField("mã băm của bản đã đăng", max_length=64, blank=True)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class FrozenDay(AppendOnly):
    """One edition of a day's published lines, with the hashes of its files and the seal of the body's book at that moment.

    `book_hash` is "" where nothing was booked yet; an edition without a manifest is older than manifests.
    """

    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="frozen_days")
    day = models.DateField("ngày")
    edition = models.PositiveSmallIntegerField("lần")
    lines = models.IntegerField("số dòng")
    received = models.BigIntegerField("tiền vào")
    paid = models.BigIntegerField("tiền ra")
    csv_sha256 = models.CharField(max_length=64)
    sqlite_sha256 = models.CharField(max_length=64)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    book_position = models.BigIntegerField("chứng từ thứ", default=0)
    book_hash = models.CharField("dấu niêm phong sổ", max_length=64, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "day", "edition"], name="frozen_day_edition_once")]
