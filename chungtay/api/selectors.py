"""Reads of tokens: whom a secret stands for, and a person's own list."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from chungtay.accounts.models import User
from chungtay.api import rules
from chungtay.api.models import ApiToken


@dataclass(frozen=True)
class Caller:
    """Who asks: the person and what the token is for."""

    user: User
    token: ApiToken

    @property
    def scopes(self) -> frozenset[rules.Scope]:
        """What the token is for."""
        return self.token.scope_set


def caller_of(secret: str, *, now: datetime) -> Caller | None:
    """Return for whom a secret stands; None when it is unknown, ended or revoked, or its person may not sign in any more."""
    if not secret.startswith(rules.PREFIX) or len(secret) > 100:
        return None
    token = ApiToken.objects.filter(digest=rules.digest(secret)).select_related("user").first()
    if token is None or not token.is_live(now) or not token.user.is_active:
        return None
    if token.stamp != rules.digest(token.user.password):
        return None
    return Caller(token.user, token)


def tokens_of(user: User) -> "QuerySet[ApiToken]":
    """Return a person's tokens, newest first."""
    return ApiToken.objects.filter(user=user).order_by("-at", "id")
