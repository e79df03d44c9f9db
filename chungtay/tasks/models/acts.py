"""What happened to a task: acts, extensions, evidence and reminders, all written once."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.evidence.models import Attachment
from chungtay.places.models import Area, Body
from chungtay.programmes.models import Programme
from chungtay.tasks.models.work import Duty, Task
from chungtay.tasks.rules import Notice


class Act(AppendOnly):
    """One step of a task or of one of its duties, with the state after it."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="acts")
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, related_name="acts")
    verb = models.CharField(max_length=10)
    state = models.CharField("trạng thái sau đó", max_length=10)
    finished_on = models.DateField("ngày xong", null=True)
    note = models.CharField("lý do, ghi chú", max_length=1000, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")


class Extension(AppendOnly):
    """A deadline that somebody moved, with both days: the lateness after it is still measured against what was agreed."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="extensions")
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, related_name="extensions")
    before = models.DateField("hạn trước")
    after = models.DateField("hạn sau")
    reason = models.CharField("lý do", max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(after__gt=F("before")), name="tasks_extension_moves_later"),
            models.CheckConstraint(condition=~Q(reason=""), name="tasks_extension_has_reason"),
        ]


class EvidenceKind(models.TextChoices):
    """What a task is proved by."""

    DOCUMENT = "document", "văn bản, ảnh"
    RECORD = "record", "hoạt động, bản ghi"
    JUDGEMENT = "judgement", "ước lượng"


class Evidence(AppendOnly):
    """What speaks for a task: a kept file, a record of another room, or a judgement that says that it is one.

    Figures are not here: `TaskIndicator` names them and `figures` is asked each time. `withdraws` takes an earlier row back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(Task, models.PROTECT, related_name="evidence")
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind.choices)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=80, blank=True)
    percent = models.PositiveSmallIntegerField("mức độ hoàn thành (%)", null=True)
    note = models.CharField("nội dung", max_length=500)
    withdraws = models.OneToOneField("self", models.PROTECT, null=True, related_name="withdrawn_by")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="document", attachment__isnull=False, percent__isnull=True, source_id="")
                | (
                    Q(kind="record", attachment__isnull=True, percent__isnull=True)
                    & ~Q(source_id="")
                    & ~Q(source_kind="")
                )
                | Q(kind="judgement", attachment__isnull=True, percent__gte=0, percent__lte=100, source_id=""),
                name="tasks_evidence_of_one_kind",
            ),
            models.CheckConstraint(condition=~Q(note=""), name="tasks_evidence_says_what"),
            models.UniqueConstraint(
                fields=["task", "source_kind", "source_id"],
                condition=Q(kind="record", withdraws__isnull=True),
                name="tasks_record_shown_once",
            ),
        ]


class ReminderSetting(models.Model):
    """On which days before a deadline a programme's bodies are reminded, and how late the level above is told."""

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="reminder_setting")
    before = models.CharField("nhắc trước (ngày)", max_length=60)
    escalate_after = models.PositiveSmallIntegerField("báo cấp trên khi trễ (ngày)")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(escalate_after__gte=1, escalate_after__lte=365),
                name="tasks_escalation_after_a_day_at_least",
            )
        ]


class Reminder(AppendOnly):
    """Something that was said once: to which place, about whose part, against which deadline. `key` keeps it from being said twice."""

    key = models.CharField(max_length=200, unique=True)
    task = models.ForeignKey(Task, models.PROTECT, related_name="reminders")
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, related_name="reminders")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")  # whose part it is about
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")  # the place that is told
    notice = models.CharField(max_length=10, choices=[(notice.value, notice.value) for notice in Notice])
    days = models.PositiveSmallIntegerField()
    deadline = models.DateField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["area", "at"], name="tasks_reminder_area")]
