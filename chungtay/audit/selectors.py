"""Reads of the log: its head, its proof, and the events of a thing or a place."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import QuerySet

from chungtay.audit import rules, triggers
from chungtay.audit.models import AuditEvent, ChainHead
from chungtay.audit.rules import Head
from chungtay.kernel.errors import Problem

_COLUMNS = tuple(rules.Row.__dataclass_fields__)
_AS_TEXT = {
    "at",
    "day",
    "actor_id",
    "area_id",
    "data",
}  # else SQLite's converters trip on a damaged value, or lose its zone
_CHUNK = 2_000


def head(day: date | None = None) -> Head:
    """Return the head of the chain, or of one day: the day's last event's number and hash (0, GENESIS if none)."""
    if day is None:
        stored = ChainHead.objects.filter(pk=1).first()
        return Head(None, stored.count, stored.hash) if stored and stored.count else Head(None, 0, rules.GENESIS)
    last = AuditEvent.objects.filter(day=day).order_by("-id").first()
    return Head(day, last.id, last.hash) if last else Head(day, 0, rules.GENESIS)


def chain_state() -> tuple[object, ...]:
    """Return what changes with every event: the number of events and the last one's hash, of this database.

    For whoever keeps something that any write may make old; asked at every request, hence without a model.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count, hash FROM audit_chainhead WHERE id = 1")
        return (str(connection.settings_dict["NAME"]), *(cursor.fetchone() or (0, "")))


def heads_by_day() -> list[Head]:
    """Return the head of every day that has events, oldest first: what an office publishes or prints."""
    last_ids = AuditEvent.objects.values("day").annotate(last=models.Max("id")).values("last")
    rows = AuditEvent.objects.filter(id__in=last_ids).order_by("day").values_list("day", "id", "hash")
    return [Head(day, count, hash_) for day, count, hash_ in rows]


def verify(published: Iterable[str] = ()) -> list[Problem]:
    """Return every break of the chain (at most some twenty), the first bad row first; [] means nothing was altered.

    `published` are hashes given out earlier (`head().hash`): with them a cut tail and a chain computed anew are found
    too.
    """
    return rules.find_breaks(_rows(), head(), head, published)


def missing_triggers(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return the names of the triggers that should guard a history table and do not; checked at start-up."""
    return triggers.missing(using)


def events_of(obj: models.Model | tuple[str, object]) -> QuerySet[AuditEvent]:
    """Return the events of one thing, oldest first."""
    kind, key = (obj._meta.label_lower, str(obj.pk)) if isinstance(obj, models.Model) else (obj[0], str(obj[1]))
    return AuditEvent.objects.filter(object_type=kind, object_id=key).order_by("id")


def latest_events(*, area_ids: Iterable[UUID] | None = None, limit: int = 50) -> list[AuditEvent]:
    """Return the newest events, of all places or of some."""
    events = AuditEvent.objects.order_by("-id")
    if area_ids is not None:
        events = events.filter(area_id__in=list(area_ids))
    return list(events[:limit])


def _rows() -> Iterator[rules.Row]:
    """Yield events as the database holds them: a damaged value must be reported, not raised by a converter."""
    columns = ", ".join(f"CAST({name} AS TEXT)" if name in _AS_TEXT else name for name in _COLUMNS)
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {AuditEvent._meta.db_table} ORDER BY id")  # noqa: S608 only constants in it
        while chunk := cursor.fetchmany(_CHUNK):
            for values in chunk:
                yield _row(dict(zip(_COLUMNS, values, strict=True)))


def _row(values: dict[str, Any]) -> rules.Row:
    return rules.Row(
        **values
        | {
            "at": _read(_moment, values["at"]),
            "day": _read(date.fromisoformat, values["day"]),
            "actor_id": _read(UUID, values["actor_id"]),
            "area_id": _read(UUID, values["area_id"]),
            "data": _read(json.loads, values["data"]),
        }
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment  # SQLite keeps UTC without saying so


def _read(parse: Callable[[str], Any], text: str | None) -> Any:
    """Return what `text` means; what cannot be understood stays as it is, so that its hash differs."""
    if text is None:
        return None
    try:
        return parse(text)
    except ValueError:
        return repr(text)
