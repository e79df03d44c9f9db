"""Areas, their dated versions, and the bodies that stand on them."""

import datetime
import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.places.rules import BODY_LABELS, LEVEL_LABELS, BodyKind, Level


class Area(models.Model):
    """A place that keeps its identity through every change of name, code, level and parent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    def __str__(self) -> str:
        return str(self.id)


class AreaVersionQuerySet(models.QuerySet["AreaVersion"]):
    def on(self, day: datetime.date) -> "AreaVersionQuerySet":
        """Keep the versions in force on `day`."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class AreaVersion(models.Model):
    """What an area was called and where it belonged during [valid_from, valid_to)."""

    id = models.BigAutoField(primary_key=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="versions", verbose_name="địa bàn")
    name = models.CharField("tên", max_length=120)
    code = models.CharField("mã", max_length=10, blank=True)
    level = models.CharField("cấp", max_length=10, choices=[(level.value, LEVEL_LABELS[level]) for level in Level])
    parent = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="child_versions", verbose_name="đơn vị cấp trên"
    )
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("trước ngày", null=True, blank=True)
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)

    objects = AreaVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="places_version_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("area")), name="places_version_not_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in Level]), name="places_version_level_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="places_version_has_name"),
            models.UniqueConstraint(
                fields=["area"], condition=Q(valid_to__isnull=True), name="places_one_open_version"
            ),
        ]
        indexes = [models.Index(fields=["code"], name="places_version_code")]

    def __str__(self) -> str:
        return self.name


class Body(models.Model):
    """An organisation at a place: its People's Committee, its Fatherland Front Committee, …"""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="bodies", verbose_name="địa bàn")
    kind = models.CharField("loại", max_length=10, choices=[(kind.value, BODY_LABELS[kind]) for kind in BodyKind])
    name = models.CharField("tên", max_length=200)

    class Meta:
        verbose_name_plural = "bodies"
        constraints = [
            models.UniqueConstraint(fields=["area", "kind"], name="places_one_body_of_a_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in BodyKind]), name="places_body_kind_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="places_body_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class MapStamp(models.Model):
    """The one row (id 1) whose stamp is new after every change of the map; caches of it are keyed by the stamp."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    stamp = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="places_one_map_stamp")]

    def __str__(self) -> str:
        return str(self.stamp)
