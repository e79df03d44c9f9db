"""The account's tables: facts in batches, who is expected, and the one row that gives batches their order."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.audit.models import AppendOnly
from chungtay.figures.rules import MAX_VALUE, Status
from chungtay.indicators.models import Indicator
from chungtay.places.models import Area, Body

_STATUSES = [(Status.PROVISIONAL.value, "tạm tính"), (Status.APPROVED.value, "đã duyệt")]


class BatchHead(models.Model):
    """The one row that writers lock: order of batch ids = order of commit. `identity` tells databases apart."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    identity = models.UUIDField(default=uuid.uuid4, editable=False)
    last_batch = models.BigIntegerField(default=0)
    last_stamp = models.UUIDField(null=True)
    expectation_revision = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="figures_one_batch_head"),
            models.CheckConstraint(condition=Q(last_batch__gte=0), name="figures_batch_head_counts_up"),
        ]


class Batch(AppendOnly):
    """Facts that came in together. `id` counts 1, 2, 3, …; `stamp` never returns, even if a rollback frees the id."""

    id = models.BigIntegerField(primary_key=True)
    stamp = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    recorded_at = models.DateTimeField("ghi lúc")
    status = models.CharField("tình trạng", max_length=12, choices=_STATUSES)
    source_kind = models.CharField("loại nguồn", max_length=40)
    source_id = models.CharField("nguồn", max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id__gte=1), name="figures_batch_counts_from_one"),
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in Status]), name="figures_batch_status_known"
            ),
            models.CheckConstraint(condition=~Q(source_kind="") & ~Q(source_id=""), name="figures_batch_has_source"),
        ]
        indexes = [models.Index(fields=["recorded_at"], name="figures_batch_recorded_at")]


class Fact(AppendOnly):
    """One number somebody stated: value scaled by 10**decimals, null when withdrawn. The latest batch wins."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="facts")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    dimension = models.CharField("phân tổ", max_length=160, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    period_start = models.DateField()
    period_end = models.DateField()  # exclusive
    period_code = models.CharField(max_length=40)
    value = models.BigIntegerField("giá trị", null=True)
    status = models.CharField("tình trạng", max_length=12, choices=_STATUSES)
    source_kind = models.CharField("loại nguồn", max_length=40)
    source_id = models.CharField("nguồn", max_length=80)
    source_cell = models.CharField("ô", max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "source_kind",
                    "source_id",
                    "indicator",
                    "dimension",
                    "area",
                    "period_start",
                    "period_end",
                    "status",
                ],
                name="figures_source_states_a_cell_once",
            ),
            models.CheckConstraint(condition=Q(status__in=[s.value for s in Status]), name="figures_fact_status_known"),
            models.CheckConstraint(condition=Q(period_end__gt=F("period_start")), name="figures_fact_period_has_days"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=-MAX_VALUE, value__lte=MAX_VALUE),
                name="figures_fact_value_in_range",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "area", "period_end"], name="figures_fact_cell")]


class Expectation(AppendOnly):
    """An area is expected to report an indicator during [valid_from, valid_to).

    Of rows with the same indicator, area and valid_from the latest counts; an empty span means "not expected after all".
    """

    id = models.BigAutoField(primary_key=True)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="figures_expectation_ends_after_start",
            ),
        ]
