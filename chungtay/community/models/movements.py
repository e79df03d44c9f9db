"""Movements and campaigns: a period, what is counted, who takes part."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly, JSONField
from chungtay.indicators.models import Indicator
from chungtay.places.models import Area


class Movement(models.Model):
    """A movement, campaign or drive that a place leads; units below and above it see it."""

    class Kind(models.TextChoices):
        MOVEMENT = "phong-trao", "Phong trào"
        DRIVE = "cuoc-van-dong", "Cuộc vận động"
        CAMPAIGN = "chien-dich", "Đợt cao điểm, chiến dịch"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField("loại", max_length=15, choices=Kind.choices)
    name = models.CharField("tên", max_length=200)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)
    aim = models.TextField("mục đích, nội dung", max_length=2000, blank=True)
    basis = models.CharField("văn bản phát động", max_length=200, blank=True)
    indicators = models.ManyToManyField(Indicator, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField("số liệu minh họa", default=False)

    access_type = "movement"
    access_state = ""
    access_authors: frozenset[uuid.UUID] = frozenset()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="movement_has_a_name"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="movement_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def access_area_id(self) -> uuid.UUID:
        return self.area_id


class MovementVersion(AppendOnly):
    """What a movement was announced as, from one change to the next; the newest equals the movement itself."""

    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("bản")
    content = JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["movement", "number"], name="movement_version_once")]


class MovementEntry(AppendOnly):
    """A unit put its name down for a movement, with how many take part; of two of one unit the later row holds."""

    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="entries")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    participants = models.PositiveIntegerField("số người, hộ đăng ký", null=True)
    result = models.CharField("kết quả", max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["movement", "area", "id"], name="movement_entry_by_unit")]
