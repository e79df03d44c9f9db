"""Areas, their dated versions, the reorganisations behind these, and the bodies that stand on them."""

import datetime
import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.places.rules import (
    BODY_LABELS,
    KIND_LABELS,
    LEVEL_LABELS,
    WHOLE,
    BodyKind,
    Level,
    ReorganisationKind,
)


class Area(models.Model):
    """A place that keeps its identity through every change of name, code, level and parent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    def __str__(self) -> str:
        return str(self.id)


class Reorganisation(models.Model):
    """An act that changed the map on one day, as it was put down. Never edited: a correction is another one that replaces it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(
        "loại", max_length=10, choices=[(kind.value, KIND_LABELS[kind]) for kind in ReorganisationKind]
    )
    effective_on = models.DateField("có hiệu lực từ ngày")
    legal_basis = models.CharField("căn cứ", max_length=300)
    note = models.TextField("ghi chú", blank=True)
    plan = models.TextField()  # the plan as JSON text, frozen; `selectors.plan_of` reads it
    recorded_at = models.DateTimeField("ghi nhận lúc")
    recorded_by_id = models.UUIDField(null=True)  # no foreign key: people belong to a higher floor
    recorded_by_name = models.CharField("người ghi nhận", max_length=150, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="đính chính cho"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ReorganisationKind]),
                name="places_reorganisation_kind_known",
            ),
            models.CheckConstraint(condition=~Q(legal_basis=""), name="places_reorganisation_has_basis"),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="places_reorganisation_not_own_correction",
            ),
        ]
        indexes = [models.Index(fields=["effective_on"], name="places_reorganisation_day")]

    def __str__(self) -> str:
        return f"{self.legal_basis} ({self.effective_on})"


class AreaVersionQuerySet(models.QuerySet["AreaVersion"]):
    def known(self, at: datetime.datetime | None = None) -> "AreaVersionQuerySet":
        """Keep what is held true now, or what was held true at a moment: rows that no later one had replaced."""
        if at is None:
            return self.filter(superseded_at__isnull=True)
        return self.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=at), recorded_at__lte=at)

    def on(self, day: datetime.date, known_at: datetime.datetime | None = None) -> "AreaVersionQuerySet":
        """Keep the versions in force on `day`, as known now or at a moment."""
        return self.known(known_at).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class AreaVersion(models.Model):
    """What an area was called and where it belonged during [valid_from, valid_to), as held true since `recorded_at`.

    A row never changes but once, when it is superseded: `superseded_at` says when it ceased to be held true. To end a
    version is to supersede it and to record the same with its last day. The database holds this (`guards`).
    """

    id = models.BigAutoField(primary_key=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="versions", verbose_name="địa bàn")
    name = models.CharField("tên", max_length=120)
    code = models.CharField("mã", max_length=10, blank=True)
    level = models.CharField("cấp", max_length=20, choices=[(level.value, LEVEL_LABELS[level]) for level in Level])
    parent = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="child_versions", verbose_name="đơn vị cấp trên"
    )
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("trước ngày", null=True, blank=True)
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    reorganisation = models.ForeignKey(  # that made it begin
        Reorganisation, models.PROTECT, null=True, blank=True, related_name="begun", verbose_name="theo đợt sắp xếp"
    )
    ended_by = models.ForeignKey(  # that made it end
        Reorganisation, models.PROTECT, null=True, blank=True, related_name="ended", verbose_name="kết thúc theo"
    )
    recorded_at = models.DateTimeField("ghi nhận lúc")
    superseded_at = models.DateTimeField("hết giá trị lúc", null=True, blank=True)

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
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("recorded_at")),
                name="places_version_superseded_after_recorded",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(valid_to__isnull=False), name="places_version_ended_has_end"
            ),
            models.UniqueConstraint(
                fields=["area"],
                condition=Q(valid_to__isnull=True, superseded_at__isnull=True),
                name="places_one_open_version",
            ),
        ]
        indexes = [models.Index(fields=["code"], name="places_version_code")]

    def __str__(self) -> str:
        return self.name

    def is_on(self, day: datetime.date) -> bool:
        """Whether this version is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class Succession(models.Model):
    """A part of a unit that ended went to another; shares are parts per million. Never edited, like its reorganisation.

    `share_ppm` says which part of the old unit it is, `back_share_ppm` which part of the new one (None: not stated; 0: the
    new unit only keeps what the old one leaves, it does not stem from it).
    """

    id = models.BigAutoField(primary_key=True)
    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, related_name="successions")
    from_area = models.ForeignKey(Area, models.PROTECT, related_name="successors", verbose_name="đơn vị cũ")
    to_area = models.ForeignKey(Area, models.PROTECT, related_name="predecessors", verbose_name="đơn vị mới")
    share_ppm = models.IntegerField("phần của đơn vị cũ")
    back_share_ppm = models.IntegerField("phần của đơn vị mới", null=True, blank=True)
    basis = models.CharField("cơ sở của tỷ lệ", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reorganisation", "from_area", "to_area"], name="places_one_succession_of_two_units"
            ),
            models.CheckConstraint(
                condition=Q(share_ppm__gte=1, share_ppm__lte=WHOLE), name="places_succession_share_is_a_part"
            ),
            models.CheckConstraint(
                condition=Q(back_share_ppm__isnull=True) | Q(back_share_ppm__gte=0, back_share_ppm__lte=WHOLE),
                name="places_succession_back_share_is_a_part",
            ),
            models.CheckConstraint(condition=~Q(from_area=F("to_area")), name="places_succession_of_two_units"),
        ]

    def __str__(self) -> str:
        return f"{self.from_area_id} → {self.to_area_id}"


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
