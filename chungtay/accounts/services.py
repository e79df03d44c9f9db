"""Making accounts, proving who somebody is, changing a password."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from chungtay.access.selectors import one_staff
from chungtay.accounts.identities import IdentityTaken, NotLinked, check_identity, link_identity, unlink_identity
from chungtay.accounts.models import SignInAttempt, User
from chungtay.accounts.throttling import FAILURES_ALLOWED, WINDOW, TooManyFailures, keep_failure, refuse_guesser
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.places.rules import Actor

__all__ = [
    "FAILURES_ALLOWED",
    "WINDOW",
    "BadUsername",
    "IdentityTaken",
    "NameMissing",
    "NotLinked",
    "SignInRefused",
    "TooManyFailures",
    "UsernameTaken",
    "WeakPassword",
    "WrongPassword",
    "change_password",
    "check_identity",
    "check_sign_in",
    "create_user",
    "link_identity",
    "set_active",
    "set_password",
    "unlink_identity",
]
# By the code of Django's validators, whose own sentences are not all translated.
_WEAKNESSES = {
    "password_too_short": "Mật khẩu mới ngắn quá: cần ít nhất 10 ký tự.",
    "password_too_common": "Mật khẩu mới quá phổ biến nên dễ đoán. Hãy chọn một câu ngắn của riêng bạn.",
    "other": "Mật khẩu mới chưa đủ mạnh. Hãy chọn một câu ngắn của riêng bạn.",
}
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


class BadUsername(DomainError):
    """A sign-in name that cannot be typed everywhere."""

    def __init__(self, username: str) -> None:
        super().__init__(
            f"Tên đăng nhập “{username}” chưa hợp lệ. "
            "Dùng từ 3 đến 60 chữ thường không dấu, chữ số, dấu chấm, gạch dưới hoặc gạch nối."
        )


class UsernameTaken(DomainError):
    """Somebody else signs in with that name."""

    def __init__(self, username: str) -> None:
        super().__init__(f"Đã có tài khoản {username}. Hãy chọn tên đăng nhập khác.")


class NameMissing(DomainError):
    """An account without the person's name."""

    def __init__(self) -> None:
        super().__init__("Chưa có họ và tên. Hãy ghi đầy đủ họ và tên của người dùng.")


class WeakPassword(DomainError):
    """The new password is too short or too common."""

    def __init__(self, codes: Iterable[str]) -> None:
        super().__init__(" ".join(_WEAKNESSES.get(code, _WEAKNESSES["other"]) for code in codes))


class WrongPassword(DomainError):
    """The current password that was typed is not the person's."""

    def __init__(self) -> None:
        super().__init__("Mật khẩu hiện tại chưa đúng. Hãy nhập lại.")


class SignInRefused(DomainError):
    """Name and password do not go together: the same sentence whether the account exists or not."""

    def __init__(self) -> None:
        super().__init__(
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra dấu cách, chữ hoa và bộ gõ tiếng Việt rồi nhập lại."
        )


@transaction.atomic
def create_user(
    *, username: str, full_name: str, title: str = "", password: str | None = None, now: datetime, by: Actor | None
) -> User:
    """Create an active account; without a password nobody can sign in to it yet.

    Raises BadUsername, UsernameTaken, NameMissing, WeakPassword.
    """
    username = username.strip().lower()
    if not _USERNAME.fullmatch(username):
        raise BadUsername(username)
    if not full_name.strip():
        raise NameMissing
    if User.objects.filter(username=username).exists():
        raise UsernameTaken(username)
    user = User(username=username, full_name=" ".join(full_name.split()), title=title.strip())
    if password is not None:
        _check_strength(password, user)
    user.set_password(password)
    user.save()
    audit.record("accounts.user.created", obj=user, data={"username": username}, now=now, by=by)
    return user


@transaction.atomic
def set_password(*, user: User, password: str, now: datetime, by: Actor | None) -> None:
    """Give `user` a new password; their other sessions end. Raises WeakPassword."""
    _check_strength(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record("accounts.password.set", obj=user, now=now, by=by)


def change_password(*, user: User, current: str, password: str, now: datetime, by: Actor) -> None:
    """Change one's own password. Raises WrongPassword, WeakPassword."""
    if not user.check_password(current):
        raise WrongPassword
    set_password(user=user, password=password, now=now, by=by)


@transaction.atomic
def set_active(*, user: User, is_active: bool, now: datetime, by: Actor | None) -> None:
    """Let `user` sign in, or not any more: open sessions of a disabled account end at their next request."""
    one_staff.loosen()
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    audit.record("accounts.user.enabled" if is_active else "accounts.user.disabled", obj=user, now=now, by=by)


def check_sign_in(*, username: str, password: str, address: str, now: datetime) -> User:
    """Return the account that name and password open.

    Raises SignInRefused; TooManyFailures after 5 failures for the name from one network address within 15 minutes,
    even for the right password. Neither tells whether the account exists. A failure is kept although the sign-in
    fails.
    """
    name = username.strip().lower()[:60]
    refuse_guesser(name, address, now)
    user = authenticate(username=name, password=password)
    if not isinstance(user, User):
        keep_failure(name, address, now)
        raise SignInRefused
    with transaction.atomic():
        SignInAttempt.objects.filter(username=name, address=address).delete()
        audit.record("accounts.user.signed_in", obj=user, data={"address": address}, now=now, by=user)
    return user


def _check_strength(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(reason.code or "other" for reason in error.error_list) from error
