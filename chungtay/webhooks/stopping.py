"""What becomes of an address: paused, resumed, stopped by itself, ended; each step audited, on the row as it stands."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.webhooks.models import Hook
from chungtay.webhooks.rules import HOOK_LABELS, HOOK_TURNS, HookAct, HookState
from chungtay.webhooks.words import tell_stopped

_PAST = {HookAct.PAUSE: "paused", HookAct.RESUME: "resumed", HookAct.END: "ended", HookAct.STOP: "stopped"}


class HookMovedOn(DomainError):
    """The address is not in a state for that any more."""

    def __init__(self, state: HookState) -> None:
        super().__init__(
            f"Webhook này đang ở trạng thái “{HOOK_LABELS[state]}” nên không làm được việc đó. Hãy tải lại trang."
        )


@transaction.atomic
def move_hook(*, hook: Hook, act: HookAct, now: datetime, by: User) -> Hook:
    """Pause, resume or end an address. Raises HookMovedOn and what `access.require` raises."""
    access.require(by, "manage", Matter("webhook", hook.area_id), on=localdate(now))
    row = Hook.objects.select_for_update().get(pk=hook.pk)
    _turn(row, act, "", now, by)
    return row


def stop_hook(row: Hook, why: str, now: datetime) -> None:
    """Stop an address by itself and tell its office; the caller's transaction holds the row's lock. One that is not active stays."""
    if row.state == HookState.ACTIVE:
        _turn(row, HookAct.STOP, why, now, None)
        tell_stopped(row, now)


def _turn(row: Hook, act: HookAct, why: str, now: datetime, by: User | None) -> None:
    state = HOOK_TURNS.get((HookState(row.state), act))
    if state is None:
        raise HookMovedOn(HookState(row.state))
    row.state, row.why, row.changed_at = state, why[:300], now
    row.save(update_fields=["state", "why", "changed_at"])
    audit.record(f"webhooks.hook.{_PAST[act]}", obj=row, area_id=row.area_id, data={"why": why[:300]}, now=now, by=by)
