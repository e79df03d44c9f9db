"""Addresses that offices registered, their sealed secrets, and every message with what became of it."""

import uuid

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.audit.models import JSONField
from chungtay.places.models import Area
from chungtay.webhooks.rules import HOOK_LABELS, STATE_LABELS, HookState, State


class Hook(models.Model):
    """An address of an office and what it is told. What `owner` may not see is not told; `cursor`: the last event looked at."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("dùng cho", max_length=80)
    url = models.CharField("địa chỉ nhận", max_length=500)
    subjects = JSONField(default=list)
    only = JSONField(default=list)  # beginnings of codes; none: every code
    state = models.CharField("trạng thái", max_length=10, choices=[(one.value, HOOK_LABELS[one]) for one in HookState])
    why = models.CharField("vì sao bị dừng", max_length=300, blank=True)
    cursor = models.BigIntegerField()
    at = models.DateTimeField("đăng ký lúc")
    changed_at = models.DateTimeField("đổi trạng thái lúc")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[one.value for one in HookState]), name="hook_state_known"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(url=""), name="hook_has_name_and_address"),
            models.CheckConstraint(condition=Q(cursor__gte=0), name="hook_cursor_counts"),
            models.CheckConstraint(condition=~Q(state=HookState.STOPPED) | ~Q(why=""), name="hook_stopped_says_why"),
        ]
        indexes = [models.Index(fields=["area", "at"], name="hook_of_area")]

    def __str__(self) -> str:
        return self.name


class HookSecret(models.Model):
    """A secret that signs, sealed under the workspace's key; after `ends_at` it signs no more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hook = models.ForeignKey(Hook, on_delete=models.PROTECT, related_name="secrets")
    key_sealed = models.BinaryField()
    sealed = models.BinaryField()
    at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hook"], condition=Q(ends_at=None), name="hook_one_present_secret"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("at")), name="hook_secret_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hook_id} {self.at:%d/%m/%Y}"


class Delivery(models.Model):
    """A message on its way to an address; an event is told to an address once, and bears the same `message_id` at every try."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hook = models.ForeignKey(Hook, on_delete=models.PROTECT, related_name="deliveries")
    event_id = models.BigIntegerField(null=True)  # of the audit chain; none: a test
    code = models.CharField("việc", max_length=80)
    body = models.TextField()
    state = models.CharField("trạng thái", max_length=10, choices=[(one.value, STATE_LABELS[one]) for one in State])
    at = models.DateTimeField("ghi lúc")
    due_at = models.DateTimeField("gửi từ lúc")
    tries = models.PositiveSmallIntegerField("số lần thử", default=0)
    claims = models.PositiveIntegerField(default=0)  # so that who was thought gone does not confirm for somebody else
    lease_until = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField("nhận lúc", null=True)
    tried_at = models.DateTimeField("thử gần nhất", null=True)
    status = models.PositiveSmallIntegerField("mã trả lời", null=True)
    said = models.CharField("máy nhận trả lời", max_length=200, blank=True)
    error = models.CharField("lỗi", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hook", "event_id"], name="hook_event_once"),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in State]), name="hook_delivery_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLAIMED, lease_until__isnull=False)
                | (~Q(state=State.CLAIMED) & Q(lease_until=None)),
                name="hook_delivery_claimed_until",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ARRIVED, arrived_at__isnull=False)
                | (~Q(state=State.ARRIVED) & Q(arrived_at=None)),
                name="hook_delivery_arrived_when",
            ),
        ]
        indexes = [
            models.Index(fields=["hook", "due_at", "id"], condition=Q(state=State.QUEUED), name="hook_delivery_due"),
            models.Index(fields=["lease_until"], condition=Q(state=State.CLAIMED), name="hook_delivery_lease"),
            models.Index(fields=["hook", "-at", "id"], name="hook_delivery_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.message_id}"

    @property
    def message_id(self) -> str:
        """What a receiver recognises the message by, should it come a second time."""
        return f"msg_{self.pk.hex}"
