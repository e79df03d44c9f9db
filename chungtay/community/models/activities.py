"""What was done: one row for each activity, its acts, its pictures."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly, JSONField
from chungtay.community.models.groups import Group
from chungtay.community.models.hamlets import Hamlet
from chungtay.community.models.movements import Movement
from chungtay.community.rules import STATE_LABELS, ActivityState
from chungtay.evidence.models import Attachment
from chungtay.places.models import Area, Body
from chungtay.tasks.models import Task


class Activity(models.Model):
    """An activity as it stands; it counts once somebody else has confirmed it. `content` of its acts keeps what it was."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.SlugField("loại", max_length=30)
    title = models.CharField("tên hoạt động", max_length=200)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="activities", verbose_name="đơn vị")
    hamlet = models.ForeignKey(Hamlet, on_delete=models.PROTECT, null=True, related_name="activities")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="activities")
    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, null=True, related_name="activities")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="activities")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="activities")
    held_on = models.DateField("ngày")
    venue = models.CharField("địa điểm", max_length=150, blank=True)
    participants = models.PositiveIntegerField("người tham gia", null=True)
    counts = JSONField(default=dict)  # the fields of its kind
    note = models.CharField("ghi chú", max_length=1000, blank=True)
    state = models.CharField(
        max_length=10, choices=[(state.value, label) for state, label in STATE_LABELS.items()], default="draft"
    )
    revision = models.PositiveIntegerField(default=1)
    words = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    is_sample = models.BooleanField("số liệu minh họa", default=False)

    access_type = "activity"

    class Meta:
        verbose_name_plural = "activities"
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="activity_has_a_title"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("recorded_by")) & ~Q(confirmed_by=F("written_by")),
                name="activity_author_does_not_confirm",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_by__isnull=False), name="activity_confirmed_by_somebody"
            ),
        ]
        indexes = [
            # A page is found, and all are counted, in one of these alone; only what is shown is read from the table.
            models.Index(fields=["-held_on", "id", "area", "state", "kind", "words"], name="activity_by_day"),
            models.Index(fields=["area", "-held_on", "id", "state", "kind", "words"], name="activity_by_place"),
            models.Index(fields=["kind", "-held_on", "id", "area", "state", "words"], name="activity_by_kind"),
            models.Index(fields=["state", "-held_on", "id", "area", "kind"], name="activity_by_state"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def access_state(self) -> str:
        return self.state

    @property
    def access_area_id(self) -> uuid.UUID:
        return self.area_id

    @property
    def access_authors(self) -> frozenset[uuid.UUID]:
        return frozenset(pk for pk in (self.written_by_id, self.changed_by_id, self.recorded_by_id) if pk)

    @property
    def is_open(self) -> bool:
        """Whether it can still be written."""
        return self.state in (ActivityState.DRAFT, ActivityState.RETURNED)


class ActivityAct(AppendOnly):
    """What was done with an activity, by whom, and what it said at that moment."""

    LABELS = {
        "write": "ghi",
        "record": "gửi xác nhận",
        "confirm": "xác nhận",
        "return": "trả lại",
        "withdraw": "rút",
    }

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="acts")
    verb = models.CharField(max_length=10, choices=list(LABELS.items()))
    reason = models.CharField("lý do", max_length=400, blank=True)
    content = JSONField()
    position = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["activity", "position"], name="activity_act_in_order")]


class ActivityPicture(AppendOnly):
    """A picture or document of an activity."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="pictures")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField("chú thích", max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "attachment"], name="activity_picture_once")]

    def __str__(self) -> str:
        return self.caption or self.attachment.name
