"""The account of a person, and the failed sign-ins that slow a guesser down."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    """Finds people by the name they sign in with, whatever its case. Accounts are made by `services.create_user`."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=self.model.normalize_username(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Never deleted: what they did keeps their name.

    Groups are only what the editors' pages of the portal ask for: `portal` writes them from the table of rights. Nobody is a
    superuser, whom no table would hold.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    full_name = models.CharField("họ và tên", max_length=100)
    title = models.CharField("chức vụ", max_length=150, blank=True)
    is_active = models.BooleanField("được đăng nhập", default=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(username=Lower("username")), name="accounts_username_is_lower_case"),
            models.CheckConstraint(condition=~Q(username="") & ~Q(full_name=""), name="accounts_user_has_names"),
            models.CheckConstraint(condition=Q(is_superuser=False), name="accounts_user_is_no_superuser"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        """Return the given name: the last word of a Vietnamese name."""
        return self.full_name.split()[-1]


class SignInAttempt(models.Model):
    """A failed sign-in: what was typed as a name (folded), from where, when. Old ones are removed as new ones come."""

    id = models.BigAutoField(primary_key=True)
    username = models.CharField(max_length=60)
    address = models.CharField(max_length=45)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["username", "address", "at"], name="accounts_attempt_who_when")]

    def __str__(self) -> str:
        return f"{self.username} {self.address} {self.at}"


class Identity(models.Model):
    """What an identity provider calls a person; linked by an administrator beforehand, ended and never deleted."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="identities")
    issuer = models.CharField("máy chủ xác thực", max_length=255)
    subject = models.CharField("mã định danh", max_length=255)
    at = models.DateTimeField("nối lúc")
    ended_at = models.DateTimeField("gỡ lúc", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], condition=Q(ended_at=None), name="accounts_identity_of_one"
            ),
            models.UniqueConstraint(
                fields=["user", "issuer"], condition=Q(ended_at=None), name="accounts_one_identity_at_issuer"
            ),
            models.CheckConstraint(condition=~Q(issuer="") & ~Q(subject=""), name="accounts_identity_names_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.issuer}"
