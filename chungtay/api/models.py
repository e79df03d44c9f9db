"""Tokens of people for machines (only their hashes), and the answers kept under the keys that callers chose."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import User
from chungtay.api.rules import Scope
from chungtay.audit.models import JSONField


class ApiToken(models.Model):
    """Lets a program act as a person until a day, for what its scopes say. Never deleted: what it did keeps its name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="access_tokens")
    name = models.CharField("dùng cho", max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = JSONField(default=list)
    at = models.DateTimeField("cấp lúc")
    expires_at = models.DateTimeField("hết hạn lúc")
    revoked_at = models.DateTimeField("thu hồi lúc", null=True)
    used_on = models.DateField("dùng gần nhất", null=True)
    is_session = models.BooleanField("do đăng nhập", default=False)
    stamp = models.CharField(max_length=64)  # of the password under which it was issued: another password ends it

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("at")), name="api_token_ends_after_start"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(digest=""), name="api_token_has_name"),
        ]
        indexes = [models.Index(fields=["user", "at"], name="api_token_of_person")]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_set(self) -> frozenset[Scope]:
        """What it is for."""
        return frozenset(Scope(word) for word in self.scopes)

    def is_live(self, now: datetime) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None and now < self.expires_at


class KeptReply(models.Model):
    """The answer to a person's key: the same request again gets it again, another one under the same key is refused."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.CharField(max_length=100)
    action = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = JSONField(default=dict)
    headers = JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="api_key_once")]
        indexes = [models.Index(fields=["at"], name="api_reply_at")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.key}"
