"""The one write of this room: add events to the chain, inside the transaction of what they tell of."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils import timezone

from chungtay.audit import rows, rules
from chungtay.audit.models import AuditEvent, ChainHead
from chungtay.places.registry import Entry
from chungtay.places.rules import Actor


def record(
    code: str,
    *,
    obj: models.Model | tuple[str, object] | None = None,
    area_id: UUID | None = None,
    data: Mapping[str, Any] | None = None,
    now: datetime,
    by: Actor | None,
) -> AuditEvent:
    """Add an event (`code` = "module.noun.past_verb") and return it; `by` None means the system itself did it.

    `obj` is a saved model instance or (type, id). `data` holds text, integers, dates and ids, never floats. Locks the
    head of the chain until commit, so that order of hash = order of commit: take your own locks first and record
    last. Raises RuntimeError outside a transaction: an event must live or die with what it tells of.
    """
    (event,) = record_all([Entry(code, obj, area_id, data or {})], now=now, by=by)
    return event


def record_all(entries: Iterable[Entry], *, now: datetime, by: Actor | None) -> list[AuditEvent]:
    """Add many events at once, in their order, as `record` does one by one."""
    if not connection.in_atomic_block:
        raise RuntimeError("An audit event is recorded inside the transaction of what it tells of")
    events: list[AuditEvent] = []
    head = _locked_head()
    for entry in entries:
        kind, key = _named(entry.obj)
        row = rules.Row(
            id=head.count + 1,
            at=now,
            day=timezone.localdate(now),
            actor_id=by.id if by else None,
            actor_name=by.full_name if by else "",
            code=entry.code,
            object_type=kind,
            object_id=key,
            area_id=entry.area_id,
            data=rules.plain(entry.data),
            previous_hash=head.hash or rules.GENESIS,
        )
        event = AuditEvent(**(vars(row) | {"hash": rules.seal(row.previous_hash, row)}))
        head.count, head.hash = event.id, event.hash
        events.append(event)
    rows.insert_saved(AuditEvent, events)
    ChainHead.objects.filter(pk=head.pk).update(count=head.count, hash=head.hash)
    return events


def _named(obj: models.Model | tuple[str, object] | None) -> tuple[str, str]:
    if obj is None:
        return "", ""
    if isinstance(obj, models.Model):
        return obj._meta.label_lower, str(obj.pk)
    return obj[0], str(obj[1])


def _locked_head() -> ChainHead:
    """Return the head row, locked (SQLite locks the whole file at BEGIN IMMEDIATE), made at the first event."""
    head = ChainHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        ChainHead.objects.bulk_create([ChainHead()], ignore_conflicts=True)
        head = ChainHead.objects.select_for_update().get(pk=1)
    return head
