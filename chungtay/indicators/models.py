"""Tables of the dictionary."""

import uuid

from django.db import models

from chungtay.audit.models import AppendOnly, JSONField
from chungtay.indicators.rules import KEEPER_LABELS, Change, Keeper, Kind


class Dimension(models.Model):
    """A way to break a figure down, e.g. kind of gift."""

    code = models.SlugField("mã", unique=True)
    name = models.CharField("tên", max_length=120)

    def __str__(self) -> str:
        return self.name


class DimensionValue(models.Model):
    """One value of a dimension, e.g. scholarship."""

    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="values")
    code = models.SlugField("mã")
    name = models.CharField("tên", max_length=120)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dimension", "code"], name="dimension_value_code_once"),
            models.UniqueConstraint(fields=["dimension", "position"], name="dimension_value_position_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """A defined figure. Values are stored as integers scaled by 10**decimals; money is whole đồng."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField("mã", max_length=80, unique=True)
    name = models.CharField("tên", max_length=200)
    name_en = models.CharField("tên tiếng Anh", max_length=200, blank=True)
    unit = models.CharField("đơn vị tính", max_length=40)
    definition = models.TextField("định nghĩa")
    method = models.TextField("cách tính", blank=True)
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    kind = models.CharField("loại", max_length=10, choices=[(k.value, k.value) for k in Kind])
    decimals = models.PositiveSmallIntegerField("số lẻ", default=0)
    is_money = models.BooleanField("là tiền", default=False)
    round_step = models.PositiveIntegerField("bước làm tròn khi nói", default=1)
    numerator = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    denominator = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    per = models.PositiveIntegerField("tính trên", default=1)  # a ratio's: 100 for "per 100 households"
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=[k.value for k in Kind]), name="indicator_kind_known"),
            models.CheckConstraint(
                condition=models.Q(kind="ratio", numerator__isnull=False, denominator__isnull=False)
                | (~models.Q(kind="ratio") & models.Q(numerator__isnull=True, denominator__isnull=True)),
                name="indicator_ratio_has_both_terms",
            ),
            models.CheckConstraint(
                condition=models.Q(is_money=False) | models.Q(decimals=0), name="indicator_money_is_whole_dong"
            ),
            models.CheckConstraint(condition=models.Q(round_step__gte=1), name="indicator_round_step_positive"),
            models.CheckConstraint(
                condition=models.Q(per=1) | models.Q(per__gte=1, kind="ratio"), name="indicator_only_a_ratio_is_per"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def times(self) -> int:
        """What a ratio is multiplied by when it is said: 100 for percent and for "per 100 households"; 1 for others."""
        return 100 if self.per == 1 and self.unit == "%" and self.kind == Kind.RATIO else self.per


class IndicatorVersion(AppendOnly):
    """A later version of a definition, in force from a day; the indicator's own words are version 1.

    `mapping` says under which present key each key of the version before is seen; `name` "" keeps the name.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("phiên bản")
    valid_from = models.DateField("áp dụng từ")
    name = models.CharField("tên", max_length=200, blank=True)
    definition = models.TextField("định nghĩa")
    method = models.TextField("cách tính", blank=True)
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    change = models.CharField("thay đổi", max_length=10, choices=[(c.value, c.value) for c in Change])
    note = models.CharField("ghi chú", max_length=300, blank=True)
    mapping = JSONField(default=dict)
    dimensions = JSONField(default=list)  # codes of the breakdown from this version on
    recorded_at = models.DateTimeField("ghi lúc")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="indicator_version_number_once"),
            models.UniqueConstraint(fields=["indicator", "valid_from"], name="indicator_version_day_once"),
            models.CheckConstraint(condition=models.Q(number__gte=2), name="indicator_version_follows_the_first"),
            models.CheckConstraint(
                condition=models.Q(change__in=[c.value for c in Change]), name="indicator_version_change_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(change="break") | ~models.Q(note=""), name="indicator_version_break_has_note"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.number}"


class RecordSource(AppendOnly):
    """From a day on the figures of an indicator are kept on record here; before the first row by what units report.

    Of the rows that have begun the one that begins last counts, of several for one day the one recorded last.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="record_sources")
    keeper = models.CharField("nguồn ghi nhận", max_length=20, choices=[(k.value, KEEPER_LABELS[k]) for k in Keeper])
    valid_from = models.DateField("từ ngày")
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    recorded_at = models.DateTimeField("ghi lúc")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(keeper__in=[k.value for k in Keeper]), name="record_source_keeper_known"
            ),
        ]
        indexes = [models.Index(fields=["indicator", "valid_from", "id"], name="record_source_by_day")]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.keeper}"


class IndicatorDimension(models.Model):
    """The ordered dimensions of an indicator, at most three."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="breakdowns")
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "position"], name="indicator_dimension_position_once"),
            models.UniqueConstraint(fields=["indicator", "dimension"], name="indicator_dimension_once"),
            models.CheckConstraint(
                condition=models.Q(position__gte=1, position__lte=3), name="indicator_at_most_three_dimensions"
            ),
        ]
