"""Every write of this room: giving and revoking tokens, and doing once what is sent twice."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from chungtay.accounts.models import User
from chungtay.api import rules
from chungtay.api.models import ApiToken, KeptReply
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import datetime_text


class BadToken(DomainError):
    """A token that cannot be issued as asked."""


class NoSuchToken(DomainError):
    """The person has no such token."""

    def __init__(self) -> None:
        super().__init__("Không có mã truy cập này trong danh sách của bạn.")


class KeyUsedOtherwise(DomainError):
    """The key was used for something else before."""

    def __init__(self, at: datetime) -> None:
        super().__init__(
            f"Khóa Idempotency-Key này đã dùng lúc {datetime_text(at)} cho một yêu cầu có nội dung khác. "
            "Hãy dùng khóa mới cho yêu cầu mới."
        )


def sign_in(*, user: User, scopes: Iterable[str], now: datetime) -> tuple[ApiToken, str]:
    """Give a person who has just proved who they are a token for half a day; of too many such the oldest end.

    Raises UnknownScope, BadToken.
    """
    wanted = rules.read_scopes(scopes) or tuple(rules.Scope)
    return _issued(user, "Đăng nhập qua API", wanted, rules.SIGN_IN_LIFE, True, now, user)


def issue_token(
    *, user: User, name: str, scopes: Iterable[str], days: int, now: datetime, by: User
) -> tuple[ApiToken, str]:
    """Give a person a token and return it with its secret, which is not kept and cannot be shown again.

    Raises BadToken, UnknownScope.
    """
    name, wanted = " ".join(name.split())[:80], rules.read_scopes(scopes)
    if not name or not wanted:
        raise BadToken("Chưa ghi mã truy cập dùng cho việc gì, hoặc chưa chọn phạm vi nào. Hãy điền cả hai.")
    if not 1 <= days <= rules.MOST_DAYS:
        raise BadToken(f"Mã truy cập có hạn từ 1 đến {rules.MOST_DAYS} ngày. Hãy chọn lại số ngày.")
    return _issued(user, name, wanted, timedelta(days=days), False, now, by)


@transaction.atomic
def _issued(
    user: User, name: str, scopes: tuple[rules.Scope, ...], life: timedelta, is_session: bool, now: datetime, by: User
) -> tuple[ApiToken, str]:
    person = User.objects.select_for_update().get(pk=user.pk)  # so that two at once do not pass the bound together
    live = ApiToken.objects.filter(user=user, is_session=is_session, revoked_at=None, expires_at__gt=now)
    too_many = live.count() - rules.MOST_TOKENS + 1
    if too_many > 0 and not is_session:
        raise BadToken(f"Bạn đã có {rules.MOST_TOKENS} mã còn hạn. Hãy thu hồi mã không dùng nữa rồi cấp mã mới.")
    for old in live.order_by("at", "id")[: max(0, too_many)]:
        _revoke(old, now, by)
    secret = rules.new_secret()
    token = ApiToken.objects.create(
        user=person,
        name=name,
        digest=rules.digest(secret),
        scopes=[scope.value for scope in scopes],
        at=now,
        expires_at=now + life,
        is_session=is_session,
        stamp=rules.digest(person.password),
    )
    data = {"scopes": token.scopes, "expires_at": token.expires_at}
    audit.record("api.token.issued", obj=token, data=data, now=now, by=by)
    return token, secret


@transaction.atomic
def revoke_token(*, token_id: UUID, now: datetime, by: User) -> ApiToken:
    """Take a token of one's own back; again changes nothing. Raises NoSuchToken."""
    token = ApiToken.objects.select_for_update().filter(pk=token_id, user=by).first()
    if token is None:
        raise NoSuchToken
    if token.revoked_at is None:
        _revoke(token, now, by)
    return token


def _revoke(token: ApiToken, now: datetime, by: User) -> None:
    token.revoked_at = now
    token.save(update_fields=["revoked_at"])
    audit.record("api.token.revoked", obj=token, now=now, by=by)


def note_use(token: ApiToken, *, on: date) -> None:
    """Remember the day on which a token was used: one small write a day."""
    if token.used_on != on:
        ApiToken.objects.filter(pk=token.pk).update(used_on=on)


@dataclass(frozen=True)
class Reply:
    """What is answered to a write: status, JSON, further headers; `is_repeated` when it was done before."""

    status: int
    answer: dict[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)
    is_repeated: bool = False


def answer_once(*, key: str, action: str, body: object, do: Callable[[], Reply], now: datetime, by: User) -> Reply:
    """Return what `do` answers, done at most once for a person's key: act and answer are kept in one transaction.

    The same key with the same action and body gives the first answer again, for KEPT_FOR at least. What `do` raises keeps
    nothing, and the key may be used again. Raises KeyUsedOtherwise.
    """
    sent = rules.body_hash(action, body)
    try:
        with transaction.atomic():
            if (kept := _kept(key, sent, by)) is not None:
                return kept
            made = do()
            KeptReply.objects.filter(at__lt=now - rules.KEPT_FOR).delete()
            KeptReply.objects.create(
                person=by,
                key=key,
                action=action,
                body_hash=sent,
                status=made.status,
                answer=made.answer,
                headers=dict(made.headers),
                at=now,
            )
            return made
    except (IntegrityError, DomainError):
        if (kept := _kept(key, sent, by)) is not None:  # the same request was served while this one was at work
            return kept
        raise


def _kept(key: str, sent: str, by: User) -> Reply | None:
    row = KeptReply.objects.filter(person=by, key=key).first()
    if row is None:
        return None
    if row.body_hash != sent:
        raise KeyUsedOtherwise(row.at)
    return Reply(row.status, dict(row.answer), dict(row.headers), is_repeated=True)
