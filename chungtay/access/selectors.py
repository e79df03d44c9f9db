"""The one rule of rights, asked four ways: may this person, where may they, who may, and insist."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from chungtay.access.models import Assignment
from chungtay.access.rules import (
    ACTION_LABELS,
    ROLE_LABELS,
    SECOND_PERSON,
    TYPE_LABELS,
    VIEWING,
    Guarded,
    Person,
    Post,
    Rights,
    Role,
    Thing,
    Verdict,
    decide,
    reaches,
    read_rights,
)
from chungtay.kernel.errors import DomainError
from chungtay.kernel.steady import Steady
from chungtay.kernel.text import join_and
from chungtay.places import selectors as places
from chungtay.places.rules import Actor, Ways

Somebody = Actor | AnonymousUser
one_staff = Steady("staff")
"""Within `with one_staff():` the assignments of each person are read only once: for a job that acts as many, one after the other."""
_NAMED_AT_MOST = 3


class NotAllowed(DomainError):
    """The person may not do that; the sentence says why and names who may. `verdict` is the reason."""

    def __init__(self, sentence: str, verdict: Verdict) -> None:
        super().__init__(sentence)
        self.verdict = verdict


@cache
def rights() -> Rights:
    """Return the table of rights."""
    return read_rights(Path(__file__).with_name("rights.csv").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Keys:
    """What a person holds on a day, read once: ask it about many things without further queries."""

    actor_id: UUID | None
    posts: tuple[Post, ...]
    ways: Ways

    def verdict(self, action: str, obj: Guarded) -> Verdict:
        """Return whether the person may act on `obj`, and the first reason why not."""
        thing = Thing(
            type=obj.access_type,
            state=obj.access_state,
            way=self.ways.own.get(obj.access_area_id, ()),
            authors=obj.access_authors,
            inherited=self.ways.inherited.get(obj.access_area_id, ()),
        )
        if self.actor_id is None:
            rights().for_action(obj.access_type, action)  # a misspelt action fails for visitors too
            return Verdict.NO_RIGHT
        return decide(rights(), self.posts, self.actor_id, action, thing)

    def can(self, action: str, obj: Guarded) -> bool:
        return self.verdict(action, obj) is Verdict.ALLOWED

    def areas_for(self, action: str, type_: str) -> frozenset[UUID]:
        """Return the areas where the person may do that to things of a type, in some state at least."""
        rows = rights().for_action(type_, action)
        pairs = [(right.reach, post.way) for post in self.posts for right in rows if right.role is post.role]
        return frozenset(
            area_id
            for area_id in self.ways.own
            if any(
                reaches(reach, post_way, way) for reach, post_way in pairs for way in _ways(self.ways, area_id, action)
            )
        )


def keys_of(actor: Somebody, *, on: date) -> Keys:
    """Return what a person may do on a day, for pages that ask about many things (two queries, then none)."""
    ways = places.ways_on(on)
    if isinstance(actor, AnonymousUser):
        return Keys(None, (), ways)
    return Keys(actor.id, tuple(_posts(roles_of(actor, on), ways.own)), ways)


def can(actor: Somebody, action: str, obj: Guarded, *, on: date) -> bool:
    """Return whether a person may act on a thing on a day.

    Raises UnknownAction for an action the table does not have.
    """
    return keys_of(actor, on=on).can(action, obj)


def areas_for(actor: Somebody, action: str, type_: str, *, on: date) -> frozenset[UUID]:
    """Return the ids of the areas where a person may do that to things of a type (in some state at least)."""
    return keys_of(actor, on=on).areas_for(action, type_)


def people_who(action: str, type_: str, area_id: UUID, *, on: date) -> list[Person]:
    """Return the active people who may do that to things of a type at an area (in some state), by name."""
    ways = places.ways_on(on)
    reached_by = _ways(ways, area_id, action)
    rows = rights().for_action(type_, action)
    live = Assignment.objects.on(on).filter(role__in={right.role for right in rows}, user__is_active=True)
    found: dict[UUID, Person] = {
        assignment.user_id: assignment.user
        for assignment in live.select_related("user")
        for right in rows
        if right.role == assignment.role
        and any(reaches(right.reach, ways.own.get(assignment.area_id, ()), way) for way in reached_by)
    }
    return sorted(found.values(), key=lambda person: (person.full_name, person.username))


def roles_of(actor: Somebody, on: date) -> list[Assignment]:
    """Return a person's live assignments, the oldest first; none for a visitor or a disabled account."""
    if isinstance(actor, AnonymousUser):
        return []
    rows = Assignment.objects.filter(user_id=actor.id, user__is_active=True).order_by("valid_from", "id")
    return [one for one in one_staff.held_or(actor.id, lambda: list(rows)) if one.is_on(on)]


def home_area(actor: Somebody, on: date) -> UUID | None:
    """Return the area of a person's oldest live assignment."""
    assignments = roles_of(actor, on)
    return assignments[0].area_id if assignments else None


def require(actor: Somebody, action: str, obj: Guarded, on: date) -> None:
    """Return if the person may act on the thing. Raises NotAllowed, whose sentence says why not and names who may."""
    verdict = keys_of(actor, on=on).verdict(action, obj)
    if verdict is not Verdict.ALLOWED:
        raise NotAllowed(_refusal(verdict, action, obj, on), verdict)


def visible_or_404(actor: Somebody, obj: Guarded, *, on: date) -> None:
    """Return if the person may view the thing. Raises Http404: a stranger does not learn that it exists."""
    if not can(actor, "view", obj, on=on):
        raise Http404


def _ways(ways: Ways, area_id: UUID, action: str) -> tuple[tuple[UUID, ...], ...]:
    """Return the ways by which things at an area are reached: to view them, also those of who came after it."""
    own = ways.own.get(area_id, ())
    return (own, *ways.inherited.get(area_id, ())) if action in VIEWING else (own,)


def _posts(assignments: Iterable[Assignment], ways: Mapping[UUID, tuple[UUID, ...]]) -> Iterable[Post]:
    return (Post(Role(item.role), ways[item.area_id]) for item in assignments if item.area_id in ways)


def _refusal(verdict: Verdict, action: str, obj: Guarded, on: date) -> str:
    what = f"{TYPE_LABELS[obj.access_type]} của {places.name_on(obj.access_area_id, on)}"
    verb = ACTION_LABELS[action]
    if verdict is Verdict.WRONG_STATE:
        return (
            f"Lúc này chưa thể {verb} {what}: trạng thái hiện tại không cho phép. "
            "Hãy tải lại trang để xem trạng thái mới nhất."
        )
    who = _who_may(action, obj, on)
    if verdict is Verdict.OWN_WORK:
        return f"Bạn đã tham gia nhập {what} nên không thể tự {verb}. {who}"
    return f"Bạn chưa có quyền {verb} {what}. {who}"


def _who_may(action: str, obj: Guarded, on: date) -> str:
    people = people_who(action, obj.access_type, obj.access_area_id, on=on)
    if action in SECOND_PERSON:
        people = [person for person in people if person.id not in obj.access_authors]
    if not people:
        roles = {right.role for right in rights().for_action(obj.access_type, action)}
        labels = join_and(sorted(ROLE_LABELS[role] for role in roles))
        return f"Việc này của {labels}, nhưng chưa ai khác được phân công; hãy báo quản trị hệ thống."
    names = [f"{person.full_name} ({person.title})" if person.title else person.full_name for person in people]
    more = len(names) - _NAMED_AT_MOST
    shown = [*names[:_NAMED_AT_MOST], f"{more} người khác"] if more > 0 else names
    return f"Người có quyền: {join_and(shown)}."
