"""Residential areas (khóm, ấp) of a commune, and how many households live in them as of a day."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.places.models import Area


class Hamlet(models.Model):
    """A khóm or ấp: what “98/98 khóm, ấp” is counted in.

    `came_from`: the commune it was of first, once that ended; two communes that became one may each bring an “Ấp 1”.
    """

    class Kind(models.TextChoices):
        KHOM = "khom", "Khóm"
        AP = "ap", "Ấp"
        THON = "thon", "Thôn"
        TDP = "tdp", "Tổ dân phố"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="hamlets", verbose_name="xã, phường")
    kind = models.CharField("loại", max_length=4, choices=Kind.choices)
    name = models.CharField("tên", max_length=80)
    founded_on = models.DateField("có từ ngày")
    ended_on = models.DateField("đến trước ngày", null=True, blank=True)
    words = models.CharField(max_length=120, blank=True)
    came_from = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    is_sample = models.BooleanField("số liệu minh họa", default=False)

    access_type = "hamlet"
    access_state = ""
    access_authors: frozenset[uuid.UUID] = frozenset()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "kind", "name"],
                condition=Q(ended_on=None, came_from=None),
                name="hamlet_name_once_in_a_commune",
            ),
            models.UniqueConstraint(
                fields=["area", "kind", "name", "came_from"],
                condition=Q(ended_on=None, came_from__isnull=False),
                name="hamlet_name_once_of_a_former_commune",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gt=F("founded_on")), name="hamlet_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["area", "words", "id"], name="hamlet_by_place")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    @property
    def access_area_id(self) -> uuid.UUID:
        return self.area_id


class HamletCount(AppendOnly):
    """Households and people of a residential area as of a day; of two for one day the later row holds."""

    hamlet = models.ForeignKey(Hamlet, on_delete=models.PROTECT, related_name="counts")
    as_of = models.DateField("tính đến ngày")
    households = models.PositiveIntegerField("số hộ")
    people = models.PositiveIntegerField("nhân khẩu", null=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    position = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["hamlet", "as_of", "position"], name="hamlet_count_by_day")]


class HamletMove(AppendOnly):
    """That a residential area belongs to another commune from a day on, because its own ended."""

    hamlet = models.ForeignKey(Hamlet, on_delete=models.PROTECT, related_name="moves")
    from_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    on = models.DateField("từ ngày")
    basis = models.CharField("văn bản", max_length=200, blank=True)
    position = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(from_area=F("area")), name="hamlet_moves_elsewhere")]
        indexes = [models.Index(fields=["hamlet", "on"], name="hamlet_move_by_day")]
