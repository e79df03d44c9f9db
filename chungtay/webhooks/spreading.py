"""From the log to messages: every address is told of the events after its cursor that it may be told of, each once.

The log has numbers without gaps in order of commit, so what is after the cursor is everything that was committed since, and nothing
that was taken back. Messages and the cursor are written in one transaction: whoever is killed in between has done nothing.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.audit import selectors as log
from chungtay.audit.models import AuditEvent
from chungtay.places import selectors as places
from chungtay.webhooks import rules
from chungtay.webhooks.models import Delivery, Hook
from chungtay.webhooks.rules import HookState, State
from chungtay.webhooks.selectors import changes_after, told_areas
from chungtay.webhooks.stopping import stop_hook

NO_RIGHT = "Người đăng ký không còn được xem nhóm việc nào của cơ quan này. Hãy để người có quyền đăng ký webhook mới."
# What can be asked for by itself; the rest is found in the lists of the API.
_WHERE = {"returns.return": "/api/v1/returns/{}"}


def spread(*, now: datetime) -> int:
    """Write the messages of everything that happened since for every active address; return how many."""
    head, made = log.head().count, 0
    behind = Hook.objects.filter(state=HookState.ACTIVE, cursor__lt=head).order_by("at", "id")
    for pk in behind.values_list("pk", flat=True):
        while (more := _spread_one(pk, now)) is not None:
            made += more
    return made


@transaction.atomic
def _spread_one(hook_id: UUID, now: datetime) -> int | None:
    """Bring one address some events further; None when there is nothing further to look at."""
    hook = Hook.objects.select_for_update(of=("self",)).select_related("owner").get(pk=hook_id)
    if hook.state != HookState.ACTIVE:
        return None
    areas = told_areas(hook, access.keys_of(hook.owner, on=localdate(now)))
    if not areas:
        stop_hook(hook, NO_RIGHT, now)
        return None
    feed = changes_after(hook.cursor, areas)
    if feed.last == hook.cursor:
        return None
    wanted = [event for event in feed.events if rules.is_wanted(event.code, hook.only)]
    Delivery.objects.bulk_create(
        Delivery(
            hook=hook, event_id=event.pk, code=event.code, body=_body(event), state=State.QUEUED, at=now, due_at=now
        )
        for event in wanted
    )
    Hook.objects.filter(pk=hook.pk).update(cursor=feed.last)
    return len(wanted)


def _body(event: AuditEvent) -> str:
    """Return what is told of an event: codes, ids and where to ask, never what was written."""
    site, where = settings.SITE_ADDRESS, _WHERE.get(event.object_type)
    data = {
        "change": event.pk,
        "object_type": event.object_type,
        "object_id": event.object_id,
        "unit": places.code_on(event.area_id, event.day) if event.area_id else "",
        "url": site + where.format(event.object_id) if where else None,
        "changes_url": f"{site}/api/v1/changes",
    }
    return rules.body_of(event.code, event.at, data)
