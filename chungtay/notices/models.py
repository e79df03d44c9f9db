"""Notices of people, deliveries with what became of them, what each person wants to hear how, and what offices decide on chains."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import AppendOnly
from chungtay.notices.chains import MOST_AFTER, MOST_BEFORE, Step, Who
from chungtay.notices.rules import PACE_LABELS, QUIET_FROM, QUIET_TO, STATE_LABELS, Act, Pace, State
from chungtay.places.models import Area


class Notice(models.Model):
    """One thing that one person is told. Its words never change; reading it is all that happens to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField("loại", max_length=40)
    key = models.CharField(max_length=200)
    subject = models.CharField("việc", max_length=200)
    text = models.CharField("nội dung", max_length=1000, blank=True)
    url = models.CharField("địa chỉ", max_length=300)
    words = models.CharField(max_length=1200)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("lúc")
    read_at = models.DateTimeField("đã đọc lúc", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["to", "key"], name="notice_told_once"),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(key="") & ~Q(url=""), name="notice_says_something"),
            models.CheckConstraint(condition=Q(read_at=None) | Q(read_at__gte=F("at")), name="notice_read_after_told"),
        ]
        indexes = [
            models.Index(fields=["to", "-at", "id"], name="notice_newest"),
            models.Index(fields=["to"], condition=Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.subject


class Delivery(models.Model):
    """A message on its way to a person by one channel. `key` makes it once for ever; `message_id` is the same at every try."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField("đường gửi", max_length=20)
    key = models.CharField(max_length=200)
    subject = models.CharField("tiêu đề", max_length=200)
    body = models.TextField("nội dung")
    state = models.CharField(
        "trạng thái", max_length=10, choices=[(one.value, label) for one, label in STATE_LABELS.items()]
    )
    at = models.DateTimeField("ghi lúc")
    due_at = models.DateTimeField("gửi từ lúc")
    tries = models.PositiveSmallIntegerField("số lần thử", default=0)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField("gửi lúc", null=True)
    error = models.CharField("lỗi", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["to", "channel", "key"], name="delivery_once"),
            models.CheckConstraint(condition=Q(state__in=[one.value for one in State]), name="delivery_state_known"),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False) | (~Q(state=State.SENT) & Q(sent_at=None)),
                name="delivery_sent_when",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLAIMED, lease_until__isnull=False)
                | (~Q(state=State.CLAIMED) & Q(lease_until=None)),
                name="delivery_claimed_until",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state=State.QUEUED), name="delivery_due"),
            models.Index(fields=["lease_until"], condition=Q(state=State.CLAIMED), name="delivery_lease"),
            models.Index(fields=["-at", "id"], name="delivery_newest"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def message_id(self) -> str:
        """What a receiver recognises the message by, if it should come a second time."""
        return f"<{self.pk}@chungtay>"


class DeliveryAct(AppendOnly):
    """What happened to a delivery, when; for a resend who decided it and why."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="acts")
    act = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Act])
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(act=Act.RESEND) | (Q(by__isnull=False) & ~Q(note="")), name="resend_is_somebodys_decision"
            )
        ]


class PersonSetting(models.Model):
    """Where a person gets mail and when not to be disturbed."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, primary_key=True, related_name="notice_setting")
    email = models.EmailField("thư điện tử", blank=True)
    quiet_from = models.TimeField("không gửi từ", default=QUIET_FROM)
    quiet_to = models.TimeField("đến", default=QUIET_TO)
    digest_on = models.DateField(null=True)
    weekly_on = models.DateField(null=True)


class Preference(models.Model):
    """How soon a person wants to hear of a kind, where it is not as usual."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("loại", max_length=40)
    pace = models.CharField(max_length=10, choices=[(one.value, label) for one, label in PACE_LABELS.items()])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="preference_once"),
            models.CheckConstraint(condition=Q(pace__in=[one.value for one in Pace]), name="preference_pace_known"),
        ]


class ChainVersion(AppendOnly):
    """The steps of a chain as a place decided them from a day on; a correction is the next number."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    chain = models.CharField("việc", max_length=40)
    number = models.PositiveIntegerField("lần")
    valid_from = models.DateField("từ ngày")
    legal_basis = models.CharField("căn cứ", max_length=300)
    is_verified = models.BooleanField("đã đối chiếu", default=False)
    reason = models.CharField("lý do", max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "chain", "number"], name="chain_version_numbered_once"),
            models.CheckConstraint(condition=~Q(legal_basis="") & ~Q(reason=""), name="chain_version_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.chain}, lần {self.number}"


class ChainStep(AppendOnly):
    """One step of a version: who, how many days after the due day (before it from 0 down)."""

    version = models.ForeignKey(ChainVersion, on_delete=models.PROTECT, related_name="steps")
    who = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Who])
    days = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "who"], condition=Q(days__gt=0), name="chain_tells_late_once"),
            models.UniqueConstraint(fields=["version", "who"], condition=Q(days__lte=0), name="chain_tells_near_once"),
            models.CheckConstraint(condition=Q(who__in=[one.value for one in Who]), name="chain_step_who_known"),
            models.CheckConstraint(
                condition=Q(days__gte=-MOST_BEFORE, days__lte=MOST_AFTER), name="chain_step_of_a_year_at_most"
            ),
        ]

    @property
    def step(self) -> Step:
        """The step as the rules know it."""
        return Step(Who(self.who), self.days)
