"""Registering an address, changing its secret, a test, and sending something again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import selectors as log
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.places.models import Area
from chungtay.webhooks import rules
from chungtay.webhooks.addresses import target_of
from chungtay.webhooks.models import Delivery, Hook, HookSecret
from chungtay.webhooks.rules import HookState, State, Subject
from chungtay.webhooks.selectors import hook_keys, told_areas
from chungtay.webhooks.stopping import HookMovedOn


class BadHook(DomainError):
    """A webhook that cannot be registered as asked."""


class NotResent(DomainError):
    """A message that is on its way already is not sent again."""


@transaction.atomic
def register_hook(
    *, area: UUID, name: str, url: str, subjects: Iterable[str], only: str, now: datetime, by: User
) -> tuple[Hook, str]:
    """Register an address for an office and return it with its secret, which is shown this once. What happens from now on is told.

    Raises BadHook, BadFilter, what `addresses.target_of` and what `access.require` raise.
    """
    day = localdate(now)
    access.require(by, "manage", Matter("webhook", area), on=day)
    Area.objects.select_for_update().get(pk=area)  # so that two at once do not pass the bound together
    name, chosen = " ".join(name.split())[:80], [one for one in Subject if one.value in set(subjects)]
    if not name or not chosen:
        raise BadHook("Chưa ghi webhook dùng cho việc gì, hoặc chưa chọn nhóm việc nào. Hãy điền cả hai.")
    if Hook.objects.filter(area=area).exclude(state=HookState.ENDED).count() >= rules.MOST_HOOKS:
        raise BadHook(f"Cơ quan đã có {rules.MOST_HOOKS} webhook. Hãy bỏ webhook không dùng nữa rồi đăng ký.")
    hook = Hook(
        area_id=area,
        owner=by,
        name=name,
        url=url.strip(),
        subjects=[one.value for one in chosen],
        only=list(rules.read_filter(only, chosen)),
        state=HookState.ACTIVE,
        at=now,
        changed_at=now,
    )
    blind = [one for one in chosen if one not in told_areas(hook, access.keys_of(by, on=day))]
    if blind:
        words = ", ".join(f"“{rules.SUBJECT_LABELS[one]}”" for one in blind)
        raise BadHook(f"Bạn không được xem nhóm việc {words} của cơ quan này nên không đăng ký nhận được. Hãy bỏ chọn.")
    target_of(hook.url)
    hook.cursor = log.head().count
    hook.save()
    secret = _new_secret(hook, now)
    data = {"url": hook.url, "subjects": hook.subjects, "only": hook.only}
    audit.record("webhooks.hook.registered", obj=hook, area_id=area, data=data, now=now, by=by)
    return hook, secret


@transaction.atomic
def rotate_secret(*, hook: Hook, now: datetime, by: User) -> str:
    """Return a new secret, shown this once; the one before signs beside it for OVERLAP. Raises HookMovedOn, NotAllowed."""
    row = _managed(hook, now, by)
    live = HookSecret.objects.select_for_update().filter(hook=row)
    live.filter(ends_at__gt=now).update(ends_at=now)  # of two rotations within a day the oldest secret ends at once
    live.filter(ends_at=None).update(ends_at=now + rules.OVERLAP)
    secret = _new_secret(row, now)
    audit.record("webhooks.secret.rotated", obj=row, area_id=row.area_id, now=now, by=by)
    return secret


@transaction.atomic
def queue_test(*, hook: Hook, now: datetime, by: User) -> Delivery:
    """Queue a message that tells of nothing, to see whether it arrives. Raises HookMovedOn, NotAllowed."""
    row = _managed(hook, now, by)
    if row.state != HookState.ACTIVE:
        raise HookMovedOn(HookState(row.state))
    body = rules.body_of(rules.TEST_TYPE, now, {"hook": str(row.pk)})
    made = Delivery.objects.create(hook=row, code=rules.TEST_TYPE, body=body, state=State.QUEUED, at=now, due_at=now)
    audit.record("webhooks.hook.tested", obj=row, area_id=row.area_id, now=now, by=by)
    return made


@transaction.atomic
def resend(*, delivery: Delivery, now: datetime, by: User) -> Delivery:
    """Queue a message again that arrived or failed, under the same id. Raises NotResent, HookMovedOn, NotAllowed."""
    hook = _managed(delivery.hook, now, by)
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    state = rules.TURNS.get((State(row.state), rules.Act.RESEND))
    if state is None:
        raise NotResent("Tin này đang chờ gửi hoặc đang gửi. Hãy tải lại trang để xem trạng thái mới nhất.")
    row.state, row.due_at, row.tries, row.error, row.arrived_at = state, now, 0, "", None
    row.save()
    data = {"message": row.message_id}
    audit.record("webhooks.delivery.resent", obj=hook, area_id=hook.area_id, data=data, now=now, by=by)
    return row


def _managed(hook: Hook, now: datetime, by: User) -> Hook:
    """Return the locked row of an address that the person manages and that was not ended."""
    access.require(by, "manage", Matter("webhook", hook.area_id), on=localdate(now))
    row = Hook.objects.select_for_update().get(pk=hook.pk)
    if row.state == HookState.ENDED:
        raise HookMovedOn(HookState.ENDED)
    return row


def _new_secret(hook: Hook, now: datetime) -> str:
    """Make and seal a secret; it is bound to its own row, and stands in no event."""
    secret, owner = rules.new_secret(), uuid4()
    seal, key = hook_keys().new_key(owner)
    HookSecret.objects.create(pk=owner, hook=hook, key_sealed=key, sealed=seal.seal("secret", secret), at=now)
    return secret


@transaction.atomic
def forget_old(*, now: datetime, most_age: timedelta = rules.KEPT_FOR) -> int:
    """Delete messages that are over for long, and secrets that sign no more; return how many messages."""
    HookSecret.objects.filter(ends_at__lt=now - most_age).delete()
    old = Delivery.objects.filter(state__in=(State.ARRIVED, State.FAILED), at__lt=now - most_age)
    return old.delete()[0]
