"""What was agreed: programmes and plans with their parties, areas of work, targets and how these were handed down."""

import uuid

from django.db import models

from chungtay.audit.models import AppendOnly
from chungtay.indicators.models import Indicator
from chungtay.places.models import Area, Body
from chungtay.programmes.rules import RULE_WORDS, SumRule

What = tuple[uuid.UUID, uuid.UUID, uuid.UUID, str]
"""What the versions of a target share: programme, indicator, area, period."""


class Programme(models.Model):
    """A coordination programme, or the plan of a lower level that carries it out (then `parent` is set)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField("mã", max_length=40, unique=True)
    number = models.CharField("số", max_length=40)
    kind = models.CharField("loại văn bản", max_length=80)  # agencies choose freely: CTPH, QCPH, NQLT …
    title = models.CharField("trích yếu", max_length=300)
    signed_on = models.DateField("ngày ký")
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="programmes")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    is_sample = models.BooleanField(
        "số liệu minh họa", default=False
    )  # invented figures: every screen and paper says so

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="programme_ends_after_start"
            ),
            models.UniqueConstraint(fields=["parent", "area"], name="programme_one_plan_per_area"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} số {self.number}"


class Party(models.Model):
    """A body that signed the programme, in the order of the document."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="parties")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "body"], name="party_body_once"),
            models.UniqueConstraint(fields=["programme", "position"], name="party_position_once"),
        ]


class AreaOfWork(models.Model):
    """One of the areas of work that the parties agreed on (nội dung phối hợp)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="areas_of_work")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="area_of_work_number_once")]

    def __str__(self) -> str:
        return self.title


class Comparison(models.TextChoices):
    """Whether more or less is better."""

    AT_LEAST = "at_least", "đạt ít nhất"
    AT_MOST = "at_most", "không quá"


class Allocation(AppendOnly):
    """One act of handing a target down to the units below: `total` as it then was, and the rule that the parts obeyed.

    An allocation that undoes an earlier one gives the units back what they had before it.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="allocations")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    period_code = models.CharField(max_length=40)
    total = models.BigIntegerField()
    rule = models.CharField(max_length=10, choices=[(rule.value, words) for rule, words in RULE_WORDS.items()])
    basis = models.CharField("căn cứ giao", max_length=300)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    recorded_at = models.DateTimeField("ghi lúc")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rule__in=[rule.value for rule in SumRule]), name="allocation_rule_known"
            ),
            models.CheckConstraint(condition=models.Q(total__gte=0), name="allocation_total_not_negative"),
        ]

    @property
    def what(self) -> What:
        """Whose target was handed down: programme, indicator, area, period."""
        return self.programme_id, self.indicator_id, self.area_id, self.period_code


class Target(AppendOnly):
    """What a plan promises for an indicator over a period, version by version: the one with the highest number counts.

    value: scaled like the indicator's values, a ratio's in 1/10000; None takes the target back.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="targets")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    period_code = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField("phiên bản", default=1)
    value = models.BigIntegerField(null=True)
    comparison = models.CharField(max_length=10, choices=Comparison.choices, default=Comparison.AT_LEAST)
    basis = models.CharField("căn cứ giao", max_length=300)
    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, null=True, related_name="targets")
    recorded_at = models.DateTimeField("ghi lúc")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "indicator", "area", "period_code", "number"], name="target_version_once"
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | models.Q(value__gte=0), name="target_not_negative"
            ),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="target_versions_count_from_one"),
        ]

    @property
    def what(self) -> What:
        """What all versions of the target share: programme, indicator, area, period."""
        return self.programme_id, self.indicator_id, self.area_id, self.period_code

    @property
    def is_at_most(self) -> bool:
        """Whether less is better."""
        return self.comparison == Comparison.AT_MOST

    @property
    def amount(self) -> int:
        """What is to be reached; 0 of a target that was taken back, which no selector returns."""
        return self.value or 0
