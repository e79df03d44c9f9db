"""The score sheet of one body or group in a contest, every score that anybody gave it, and every step that it took."""

import uuid

from django.db import models
from django.db.models import Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly, JSONField
from chungtay.community.models import Group
from chungtay.emulation.models.contests import Contest, Criterion
from chungtay.emulation.rules import ACT_LABELS, SCORING, STAGE_LABELS, Stage
from chungtay.evidence.models import Attachment
from chungtay.places.models import Area, Body

_STAGES = [(one.value, STAGE_LABELS[one]) for one in Stage]


class Sheet(models.Model):
    """One entrant of a contest: a body or a group at a place, in a block. `revision` counts every change.

    `writers` are those who scored at the stage where the sheet stands: they do not seal it there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contest = models.ForeignKey(Contest, models.PROTECT, related_name="sheets")
    area = models.ForeignKey(Area, models.PROTECT, related_name="sheets")
    body = models.ForeignKey(Body, models.PROTECT, null=True, related_name="sheets")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="sheets")
    name = models.CharField("tên", max_length=200)
    block = models.CharField("khối", max_length=40)
    stage = models.CharField("bước", max_length=10, choices=_STAGES, default=Stage.SELF)
    revision = models.PositiveIntegerField(default=1)
    writers = JSONField(default=list)
    words = models.CharField(max_length=300)

    access_type = "sheet"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(body__isnull=True, group__isnull=False) | Q(body__isnull=False, group__isnull=True),
                name="emulation_sheet_of_body_or_group",
            ),
            models.UniqueConstraint(fields=["contest", "body"], name="emulation_sheet_body_once"),
            models.UniqueConstraint(fields=["contest", "group"], name="emulation_sheet_group_once"),
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in Stage]), name="emulation_sheet_stage_known"
            ),
            models.CheckConstraint(condition=~Q(block="") & ~Q(name=""), name="emulation_sheet_has_name_and_block"),
        ]
        indexes = [models.Index(fields=["contest", "stage"], name="emulation_sheet_by_stage")]

    def __str__(self) -> str:
        return self.name

    @property
    def access_state(self) -> str:
        return self.stage

    @property
    def access_area_id(self) -> uuid.UUID:
        return self.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        return frozenset(uuid.UUID(one) for one in self.writers)


class Score(AppendOnly):
    """Points on one criterion at one stage; of several the newest holds. `figure` is what a formula read: text, coverage, trace."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    stage = models.CharField("bước", max_length=10, choices=_STAGES)
    points = models.PositiveIntegerField("điểm")  # hundredths of a point
    note = models.CharField("căn cứ chấm", max_length=400, blank=True)
    evidence = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    figure = JSONField(default=dict)
    revision = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion", "stage", "revision"], name="emulation_score_once_in_a_revision"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in SCORING]), name="emulation_score_at_a_scoring_stage"
            ),
        ]


class SheetStep(AppendOnly):
    """One step of a sheet: who did what, from where to where, the points it had and the hash of what was sealed."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=10, choices=[(act.value, words) for act, words in ACT_LABELS.items()])
    stage_before = models.CharField(max_length=10)
    stage = models.CharField(max_length=10)
    points = models.PositiveIntegerField(null=True)
    content_hash = models.CharField(max_length=64, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    revision = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "revision"], name="emulation_step_once_in_a_revision")]
