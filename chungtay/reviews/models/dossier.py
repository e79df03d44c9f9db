"""What surrounds the report: its plan and conference, the people and papers of the conference, comments, the news draft."""

import uuid

from django.conf import settings
from django.db import models

from chungtay.audit.models import AppendOnly, JSONField
from chungtay.evidence.models import Attachment
from chungtay.reviews.dossier_rules import KIND_WORDS, RECORD_WORDS, RecordKind, ReviewKind
from chungtay.reviews.models.review import Review
from chungtay.tasks.models import Meeting


class Arrangement(AppendOnly):
    """How the review is planned and held, version by version: the highest number counts, the earlier stay."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="arrangements")
    number = models.PositiveSmallIntegerField("bản")
    kind = models.CharField("loại", max_length=10, choices=[(k.value, w) for k, w in KIND_WORDS.items()])
    plan_number = models.CharField("số, ký hiệu kế hoạch", max_length=60, blank=True)
    plan_on = models.DateField("ngày kế hoạch", null=True)
    purpose = models.TextField("mục đích, yêu cầu", max_length=4000, blank=True)
    held_on = models.DateField("ngày hội nghị", null=True)
    starts_at = models.TimeField("giờ", null=True)
    place = models.CharField("địa điểm", max_length=200, blank=True)
    chair = models.CharField("chủ trì", max_length=200, blank=True)
    agenda = models.TextField("chương trình hội nghị", max_length=4000, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="review_arrangement_version_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[k.value for k in ReviewKind]), name="review_arrangement_kind_known"
            ),
        ]


class ConferenceMeeting(AppendOnly):
    """The conference as a meeting of the programme: there its conclusions become tasks, and the tasks lead back."""

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="conference")
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="of_review")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class DossierRecord(AppendOnly):
    """One line of the file of a review: a member of the inspection team, a delegate, a contributed paper, a picture …"""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(max_length=12, choices=[(k.value, w) for k, w in RECORD_WORDS.items()])
    name = models.CharField(max_length=200)
    detail = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="review_record_has_name"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[k.value for k in RecordKind]), name="review_record_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["review", "kind", "at"], name="review_record_order")]

    def __str__(self) -> str:
        return self.name


class DossierRecordEnd(AppendOnly):
    """A line taken out of the file again; it stays readable in the history."""

    record = models.OneToOneField(DossierRecord, on_delete=models.PROTECT, related_name="end")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Attendance(AppendOnly):
    """Whether a delegate came; the latest row counts."""

    record = models.ForeignKey(DossierRecord, on_delete=models.PROTECT, related_name="attendance")
    is_present = models.BooleanField("có mặt")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Comment(AppendOnly):
    """A remark on one paragraph, with the words as they stood then: the paragraph may have moved on since."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="comments")
    section = models.CharField(max_length=20)
    name = models.CharField(max_length=80)  # of the block: its row may be written anew
    quote = models.TextField("đoạn lúc góp ý")
    text = models.TextField("góp ý", max_length=2000)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="review_comment_says_what")]


class CommentEnd(AppendOnly):
    """How a comment was settled. A comment without this row is open and keeps the report back."""

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="end")
    note = models.TextField("xử lý", max_length=2000)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(note=""), name="review_comment_end_says_how")]


class NewsDraft(AppendOnly):
    """A piece of news drawn from the review, version by version. `slots`: [{"caption", "record"}], record "" while empty."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="news")
    number = models.PositiveSmallIntegerField("bản")
    title = models.CharField("tít", max_length=300)
    lead = models.TextField("sa-pô", max_length=2000)
    body = models.TextField("thân bài", max_length=20_000)
    slots = JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="review_news_version_once")]
