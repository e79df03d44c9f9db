"""The account's tables: facts in batches, who is expected, the one row that gives batches their order; and claims.

A claim is what another body says of a figure: it is held against the figure, and is never a part of one.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from chungtay.audit.models import AppendOnly
from chungtay.figures.rules import MAX_VALUE, Status
from chungtay.indicators.models import Indicator
from chungtay.places.models import Area, Body
from chungtay.places.rules import BODY_LABELS, BodyKind

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


class Claim(AppendOnly):
    """What a body says of a figure beside the source of record; value scaled like facts, null when withdrawn.

    Claims of one `thread` (a return through its versions, a paper) about one cell follow each other by `supersedes`: the
    one that nothing supersedes stands.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.CharField(max_length=80)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    body_kind = models.CharField(
        "loại cơ quan", max_length=10, blank=True, choices=[(kind.value, BODY_LABELS[kind]) for kind in BodyKind]
    )
    said_by = models.CharField("cơ quan nêu", max_length=200)
    paper = models.CharField("văn bản", max_length=300, blank=True)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    dimension = models.CharField("phân tổ", max_length=160, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    period_start = models.DateField()
    period_end = models.DateField()  # exclusive
    period_code = models.CharField(max_length=40)
    value = models.BigIntegerField("giá trị", null=True)
    source_kind = models.CharField("loại nguồn", max_length=40)
    source_id = models.CharField("nguồn", max_length=80)
    source_cell = models.CharField("ô", max_length=160, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "indicator", "dimension", "area", "period_start", "period_end"],
                name="figures_claim_source_says_a_cell_once",
            ),
            models.CheckConstraint(condition=Q(period_end__gt=F("period_start")), name="figures_claim_period_has_days"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=-MAX_VALUE, value__lte=MAX_VALUE),
                name="figures_claim_value_in_range",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(supersedes__isnull=False), name="figures_claim_withdraws_something"
            ),
            models.CheckConstraint(
                condition=~Q(said_by="") & ~Q(thread="") & ~Q(source_kind="") & ~Q(source_id=""),
                name="figures_claim_has_source",
            ),
            models.CheckConstraint(
                condition=Q(body_kind__in=["", *(kind.value for kind in BodyKind)]), name="figures_claim_body_known"
            ),
        ]
        indexes = [
            models.Index(fields=["area", "indicator"], name="figures_claim_about"),
            models.Index(fields=["thread"], name="figures_claim_thread"),
        ]

    def __str__(self) -> str:
        return f"{self.said_by}: {self.value}"


class ClaimExplanation(AppendOnly):
    """Why a claim differs from the figure. It covers this claimed value and this derived one (null: no data), no others."""

    id = models.BigAutoField(primary_key=True)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="explanations")
    derived = models.BigIntegerField("số tổng hợp khi giải trình", null=True)
    text = models.TextField("giải trình")
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="figures_claim_explanation_says_why")]
