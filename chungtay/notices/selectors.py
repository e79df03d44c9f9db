"""Reads of notices and deliveries: one's own inbox, and what was sent to whom for administrators; the chains that hold."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from chungtay.access.models import Assignment
from chungtay.access.selectors import Keys
from chungtay.accounts.models import User
from chungtay.kernel.folding import fold
from chungtay.notices.chains import Step, Version, Who, built_in, version_on
from chungtay.notices.models import ChainStep, ChainVersion, Delivery, Notice, PersonSetting, Preference
from chungtay.notices.rules import State
from chungtay.notices.telling import settings_of
from chungtay.places import selectors as places


def unread_count(user: User) -> int:
    """Return how many notices a person has not read (one small query, answered by an index)."""
    return Notice.objects.filter(to=user.pk, read_at=None).count()


def inbox(user: User, asked: Mapping[str, Any]) -> "QuerySet[Notice]":
    """Return a person's notices that fit what was asked (Filter's cleaned data), newest first."""
    rows = Notice.objects.filter(to=user)
    if asked.get("chua_doc"):
        rows = rows.filter(read_at=None)
    if asked.get("loai"):
        rows = rows.filter(kind=asked["loai"])
    for word in fold(asked.get("q") or "").split():
        rows = rows.filter(words__contains=word)
    return rows.order_by("-at", "id")


def setting(user: User) -> PersonSetting:
    """Return a person's setting, the usual one for who never chose."""
    return settings_of([user.pk])[user.pk]


def chosen_paces(user: User) -> dict[str, str]:
    """Return the paces that a person chose, by kind."""
    return dict(Preference.objects.filter(user=user).values_list("kind", "pace"))


def deliveries(keys: Keys, asked: Mapping[str, Any], *, on: date) -> "QuerySet[Delivery]":
    """Return what went, or did not go, to people with a post where the actor may see it, newest first."""
    people = Assignment.objects.on(on).filter(area__in=keys.areas_for("view", "notice")).values("user")
    rows = Delivery.objects.filter(to__in=people).select_related("to")
    if asked.get("trang_thai"):
        rows = rows.filter(state=asked["trang_thai"])
    if asked.get("q"):
        for word in asked["q"].split():
            rows = rows.filter(to__full_name__icontains=word)
    return rows.order_by("-at", "id")


def delivery_seen(keys: Keys, delivery_id: UUID, *, on: date) -> Delivery | None:
    """Return one of them, None when there is none or not for this person."""
    return deliveries(keys, {}, on=on).filter(pk=delivery_id).first()


def counts(keys: Keys, *, on: date) -> dict[State, int]:
    """Return how many deliveries stand in each state."""
    found = dict(deliveries(keys, {}, on=on).order_by().values_list("state").annotate(n=Count("id")))
    return {state: found.get(state.value, 0) for state in State}


class Chains:
    """Every chain as it holds on a day, read once (two queries, then none)."""

    def __init__(self, day: date) -> None:
        self._day, self._ways = day, places.ways_on(day).own
        steps: dict[int, list[Step]] = {}
        for row in ChainStep.objects.all():
            steps.setdefault(row.version_id, []).append(Step(Who(row.who), row.days))
        self._rows = [(row, tuple(steps[row.pk])) for row in ChainVersion.objects.order_by("id")]

    def at(self, chain: str, area_id: UUID | None) -> Version:
        """Return the version of a chain that holds at a place, None for no place."""
        way = self._ways.get(area_id, (area_id,)) if area_id else ()
        near = {one: at for at, one in enumerate(way, 1)}
        own = [_version(row, steps, near[row.area_id]) for row, steps in self._rows if row.area_id in near]
        return version_on([*built_in(), *own], chain, self._day)


def _version(row: ChainVersion, steps: tuple[Step, ...], nearness: int) -> Version:
    return Version(
        row.chain, steps, row.valid_from, row.legal_basis, row.is_verified, row.area_id, nearness, row.number
    )


def versions_of(chain: str, areas: Sequence[UUID]) -> list[ChainVersion]:
    """Return what places have decided on a chain, the newest first, with its steps."""
    rows = ChainVersion.objects.filter(chain=chain, area_id__in=areas).select_related("area", "by")
    return list(rows.prefetch_related("steps").order_by("-at", "-id"))


def versions_known(chain: str) -> int:
    """Return how many versions of a chain all places have decided."""
    return ChainVersion.objects.filter(chain=chain).count()
