"""Whom an identity provider vouches for: identifiers that an administrator linked to accounts beforehand; no account is ever made here."""

import hashlib
from datetime import datetime

from django.db import transaction

from chungtay.accounts.models import Identity, SignInAttempt, User
from chungtay.accounts.throttling import keep_failure, refuse_guesser
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.places.rules import Actor


class IdentityTaken(DomainError):
    """The identifier, or the account, is linked already."""


class NotLinked(DomainError):
    """The provider vouches for somebody, but for no account: the same sentence when the account is disabled."""

    def __init__(self) -> None:
        super().__init__(
            "Tài khoản cơ quan của bạn chưa được nối với tài khoản nào ở đây. Hãy báo quản trị hệ thống của đơn vị."
        )


@transaction.atomic
def link_identity(*, user: User, issuer: str, subject: str, now: datetime, by: Actor | None) -> Identity:
    """Link what a provider calls a person to their account. Raises IdentityTaken; the same link again changes nothing."""
    person = User.objects.select_for_update().get(pk=user.pk)
    issuer, subject = issuer.strip(), subject.strip()
    if not issuer or not subject:
        raise IdentityTaken("Chưa ghi máy chủ xác thực hoặc mã định danh của người dùng.")
    there = Identity.objects.filter(issuer=issuer, ended_at=None)
    if (same := there.filter(subject=subject).first()) is not None:
        if same.user_id == person.pk:
            return same
        raise IdentityTaken(f"Mã định danh này đã nối với tài khoản {same.user.username}. Hãy gỡ ở đó trước.")
    if there.filter(user=person).exists():
        raise IdentityTaken(f"Tài khoản {person.username} đã nối với một mã định danh khác. Hãy gỡ trước rồi nối lại.")
    made = Identity.objects.create(user=person, issuer=issuer, subject=subject, at=now)
    audit.record("accounts.identity.linked", obj=person, data={"issuer": issuer}, now=now, by=by)
    return made


@transaction.atomic
def unlink_identity(*, user: User, issuer: str, now: datetime, by: Actor | None) -> bool:
    """End an account's link with a provider; return whether there was one."""
    there = Identity.objects.select_for_update().filter(user=user, issuer=issuer, ended_at=None)
    ended = there.update(ended_at=now)
    if ended:
        audit.record("accounts.identity.unlinked", obj=user, data={"issuer": issuer}, now=now, by=by)
    return bool(ended)


def check_identity(*, issuer: str, subject: str, address: str, now: datetime) -> User:
    """Return the account of somebody whom the provider has proved. Raises NotLinked, TooManyFailures; a failure is kept."""
    name = "oidc:" + hashlib.sha256(f"{issuer} {subject}".encode()).hexdigest()[:40]
    refuse_guesser(name, address, now)
    found = Identity.objects.filter(issuer=issuer, subject=subject, ended_at=None).select_related("user").first()
    if found is None or not found.user.is_active:
        keep_failure(name, address, now)
        raise NotLinked
    with transaction.atomic():
        SignInAttempt.objects.filter(username=name, address=address).delete()
        data = {"address": address, "issuer": issuer}
        audit.record("accounts.user.signed_in", obj=found.user, data=data, now=now, by=found.user)
    return found.user
