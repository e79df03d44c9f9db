"""Tables of the programmes."""

import uuid

from django.db import models

from chungtay.indicators.models import Indicator
from chungtay.places.models import Area, Body


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


class Target(models.Model):
    """What a plan promises for an indicator over a period. Scaled like the indicator's values; a ratio's in 1/10000."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="targets")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    period_code = models.CharField(max_length=40)
    value = models.BigIntegerField()
    comparison = models.CharField(max_length=10, choices=Comparison.choices, default=Comparison.AT_LEAST)
    basis = models.CharField("căn cứ giao", max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "indicator", "area", "period_code"], name="target_once"),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="target_not_negative"),
        ]
