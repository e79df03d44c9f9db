"""Meetings of the parties with their conclusions, and the letters that bodies send and answer."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.evidence.models import Attachment
from chungtay.places.models import Body
from chungtay.programmes.models import Programme
from chungtay.tasks.models.work import Task


class Meeting(AppendOnly):
    """A meeting of the parties of a programme: when, where, who, about what. What was said follows in its minutes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="meetings")
    title = models.CharField("cuộc họp", max_length=300)
    held_on = models.DateField("ngày họp")
    place = models.CharField("địa điểm", max_length=200, blank=True)
    chair = models.CharField("chủ trì", max_length=200)
    agenda = models.TextField("nội dung họp", max_length=4000)
    bodies = models.ManyToManyField(Body, related_name="+", verbose_name="thành phần")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    access_type = "exchange"
    access_state = ""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(chair=""), name="tasks_meeting_has_title_chair")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def access_area_id(self) -> uuid.UUID:
        """The place of its programme."""
        return self.programme.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        """Who recorded it."""
        return frozenset({self.recorded_by_id})


class Minutes(AppendOnly):
    """What was said, version by version: the highest number counts, the earlier stay."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    number = models.PositiveSmallIntegerField("bản")
    text = models.TextField("biên bản", max_length=20_000)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="tasks_minutes_version_once")]


class Conclusion(AppendOnly):
    """One conclusion of a meeting. It may become a task; the link is read from both ends."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="conclusions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField("kết luận", max_length=1000)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="tasks_conclusion_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="tasks_conclusion_says_what"),
        ]


class ConclusionTask(AppendOnly):
    """A task that was made of a conclusion."""

    conclusion = models.ForeignKey(Conclusion, models.PROTECT, related_name="made")
    task = models.OneToOneField(Task, models.PROTECT, related_name="from_conclusion")


class Letter(AppendOnly):
    """A document that one body sent another: number, day, what about, by when an answer is expected, and what it answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="letters")
    sender = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="nơi gửi")
    receiver = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="nơi nhận")
    number = models.CharField("số, ký hiệu", max_length=60)
    dated_on = models.DateField("ngày văn bản")
    subject = models.CharField("trích yếu", max_length=300)
    answer_by = models.DateField("hạn trả lời", null=True, blank=True)
    answers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answered_by")
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    access_type = "exchange"
    access_state = ""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "number", "dated_on"], name="tasks_letter_once"),
            models.CheckConstraint(condition=~Q(sender=F("receiver")), name="tasks_letter_between_two"),
            models.CheckConstraint(
                condition=Q(answer_by__isnull=True) | Q(answer_by__gte=F("dated_on")), name="tasks_answer_after_letter"
            ),
            models.CheckConstraint(condition=~Q(number="") & ~Q(subject=""), name="tasks_letter_has_number_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ngày {self.dated_on:%d/%m/%Y}"

    @property
    def access_area_id(self) -> uuid.UUID:
        """The place of its programme."""
        return self.programme.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        """Who recorded it."""
        return frozenset({self.recorded_by_id})
