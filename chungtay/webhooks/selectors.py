"""Reads: the feed of changes, an office's webhooks, their messages, and the secrets that sign now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Count, Q, QuerySet, When

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.audit.models import AuditEvent
from chungtay.places import selectors as places
from chungtay.sealing.keys import keys_of
from chungtay.sealing.seals import WorkspaceKeys
from chungtay.webhooks.models import Delivery, Hook, HookSecret
from chungtay.webhooks.rules import SEEN_BY, HookState, State, Subject, subject_of

LOOKED_AT = 1_000
"""So many events are looked at for one answer; those that are not for the asker are passed over."""


@dataclass(frozen=True)
class Feed:
    """Events that somebody may see, in order; `last`: the number of the last one looked at, seen or not."""

    events: list[AuditEvent]
    last: int
    has_more: bool


def seen_areas(keys: access.Keys) -> dict[Subject, frozenset[UUID]]:
    """Return where a person sees the events of each subject."""
    return {subject: keys.areas_for("view", kind) for subject, kind in SEEN_BY.items()}


def changes_after(number: int, areas: Mapping[Subject, Collection[UUID]], most: int = LOOKED_AT) -> Feed:
    """Return what happened after an event at these places; numbers have no gaps and stand in order of commit, so nothing is missed."""
    rows = list(AuditEvent.objects.filter(pk__gt=number).order_by("pk")[: most + 1])
    looked = rows[:most]
    seen = [row for row in looked if (of := subject_of(row.code)) and row.area_id in areas.get(of, ())]
    return Feed(seen, looked[-1].pk if looked else number, len(rows) > most)


def told_areas(hook: Hook, keys: access.Keys) -> dict[Subject, frozenset[UUID]]:
    """Return where an address is told of what: what its owner may see of the chosen subjects, at its office and below."""
    ways = keys.ways
    below = {
        area_id
        for area_id in ways.own
        if any(hook.area_id in way for way in (ways.own[area_id], *ways.inherited.get(area_id, ())))
    }
    seen = seen_areas(keys)
    return {subject: seen[subject] & below for subject in map(Subject, hook.subjects) if seen[subject] & below}


def offices(keys: access.Keys, day: date) -> list[tuple[str, str]]:
    """Return (id, name) of the offices whose webhooks a person manages, by code."""
    found = [area_id for area_id in keys.areas_for("manage", "webhook") if keys.ways.own.get(area_id)]
    names = places.names_on(found, day)
    return sorted(((str(pk), names[pk]) for pk in found), key=lambda one: one[1])


def hooks_seen(keys: access.Keys) -> "QuerySet[Hook]":
    """Return the webhooks that a person sees, the living ones first, with how many messages wait and failed."""
    rows = Hook.objects.filter(area_id__in=keys.areas_for("view", "webhook")).select_related("area", "owner")
    counted = rows.annotate(
        waiting=Count("deliveries", filter=Q(deliveries__state__in=(State.QUEUED, State.CLAIMED))),
        failed=Count("deliveries", filter=Q(deliveries__state=State.FAILED)),
    )
    return counted.order_by(Case(When(state=HookState.ENDED, then=1), default=0), "-at", "id")


def hook_seen(keys: access.Keys, hook_id: UUID) -> Hook | None:
    """Return a webhook that a person sees, None for any other."""
    return hooks_seen(keys).filter(pk=hook_id).first()


def may_manage(keys: access.Keys, hook: Hook) -> bool:
    """Whether a person may pause, end, test it and change its secret."""
    return keys.can("manage", Matter("webhook", hook.area_id))


def deliveries_of(hook: Hook, state: str = "") -> "QuerySet[Delivery]":
    """Return an address's messages, newest first."""
    rows = Delivery.objects.filter(hook=hook, **({"state": state} if state else {}))
    return rows.order_by("-at", "id")


def hook_keys() -> WorkspaceKeys:
    """Return the keys that seal the secrets of this workspace."""
    return keys_of("webhooks", Path(settings.DATA_DIR))


def signing_secrets(hook: Hook, now: datetime) -> list[str]:
    """Return the secrets that sign now, the newest first. Raises DoesNotOpen when the workspace has another key."""
    live = HookSecret.objects.filter(hook=hook).filter(Q(ends_at=None) | Q(ends_at__gt=now)).order_by("-at", "id")
    keys = hook_keys()
    return [keys.opened(one.pk, bytes(one.key_sealed)).open("secret", one.sealed) for one in live]
