"""Written once: every step of every thing here, reports version by version, and what was published word for word."""

import uuid

from django.db import models
from django.db.models import Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly, JSONField
from chungtay.evidence.models import Attachment
from chungtay.places.models import Area
from chungtay.supervision.models.recommending import Recommendation
from chungtay.supervision.models.working import Criticism, Supervision
from chungtay.supervision.rules import NEEDS_REASON, Measure, Thing


class Act(AppendOnly):
    """One step of a plan, supervision, criticism, recommendation or feedback, with the state after it. by: None for a citizen."""

    erasable = ("note",)

    thing = models.CharField(max_length=14, choices=[(one.value, one.value) for one in Thing])
    thing_id = models.UUIDField()
    verb = models.CharField(max_length=14)
    state_before = models.CharField(max_length=10)
    state = models.CharField("trạng thái sau đó", max_length=10)
    note = models.CharField("lý do, ghi chú", max_length=1000, blank=True)
    revision = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thing", "thing_id", "revision"], name="supervision_one_step_a_revision"),
            models.CheckConstraint(
                condition=~Q(verb__in=sorted(one.value for one in NEEDS_REASON)) | ~Q(note=""),
                name="supervision_step_says_why",
            ),
        ]


class Report(AppendOnly):
    """A version of the report of a supervision, or of the conclusion of a criticism; what is published names one of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    supervision = models.ForeignKey(Supervision, models.PROTECT, null=True, related_name="reports")
    criticism = models.ForeignKey(Criticism, models.PROTECT, null=True, related_name="reports")
    version = models.PositiveSmallIntegerField()
    strengths = models.TextField("ưu điểm, điểm đồng tình", max_length=8000)
    limits = models.TextField("hạn chế, điểm cần xem lại", max_length=8000)
    proposals = models.TextField("đề xuất, kiến nghị", max_length=8000)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    content_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(supervision__isnull=False, criticism__isnull=True)
                | Q(supervision__isnull=True, criticism__isnull=False),
                name="supervision_report_of_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(strengths="") & ~Q(limits=""), name="supervision_report_says_both_sides"
            ),
            models.UniqueConstraint(fields=["supervision", "version"], name="supervision_report_version_once"),
            models.UniqueConstraint(fields=["criticism", "version"], name="supervision_conclusion_version_once"),
        ]


class Publication(AppendOnly):
    """What was made public, word for word: `frozen` is all that the public page may show of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.OneToOneField(Report, models.PROTECT, null=True, related_name="publication")
    recommendation = models.OneToOneField(Recommendation, models.PROTECT, null=True, related_name="publication")
    number = models.CharField("số, ký hiệu", max_length=100)
    published_on = models.DateField("ngày")
    frozen = JSONField()
    content_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(report__isnull=False, recommendation__isnull=True)
                | Q(report__isnull=True, recommendation__isnull=False),
                name="supervision_publication_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="supervision_publication_has_number"),
        ]


class CountBook(models.Model):
    """How much a place has counted so far; whoever counts holds its row, so that positions follow the order of commit."""

    area = models.OneToOneField(Area, models.PROTECT, related_name="+", primary_key=True)
    last = models.PositiveIntegerField(default=0)


class Counted(AppendOnly):
    """One thing that the figures count, on its day: a visit, a recommendation, an answer. The account is told from here."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    measure = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Measure])
    day = models.DateField("ngày")
    thing_id = models.UUIDField()
    title = models.CharField(max_length=300)
    path = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "position"], name="supervision_counted_in_order"),
            models.UniqueConstraint(fields=["measure", "thing_id"], name="supervision_counted_once"),
            models.CheckConstraint(
                condition=Q(measure__in=[one.value for one in Measure]), name="supervision_measure_known"
            ),
        ]
        indexes = [models.Index(fields=["area", "day"], name="supervision_counted_by_day")]
