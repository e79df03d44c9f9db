"""Who comes to the pages of community life: where they may look, where they may write, and how places are offered to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Guarded, Matter
from chungtay.access.selectors import Keys
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.community.models import Hamlet
from chungtay.community.selectors import standing
from chungtay.places import selectors as places
from chungtay.web import clock

Choices = list[tuple[str, str]]
MOST_OFFERED = 500


@dataclass(frozen=True)
class Visit:
    """One person at one moment."""

    user: User
    keys: Keys
    now: datetime

    @property
    def today(self) -> date:
        """The day of the visit."""
        return localdate(self.now)

    @cached_property
    def home(self) -> UUID | None:
        """The place where the person works."""
        return access.home_area(self.user, self.today)

    def areas(self, type_: str, action: str = "view") -> frozenset[UUID]:
        """Return where the person may do that to things of a type."""
        return self.keys.areas_for(action, type_)

    def can(self, action: str, obj: Guarded) -> bool:
        """Say whether the person may do that."""
        return self.keys.can(action, obj)

    def see(self, obj: Guarded) -> None:
        """Return if the person may look at it. Raises Http404."""
        if not self.can("view", obj):
            raise Http404

    def require(self, action: str, obj: Guarded) -> None:
        """Return if the person may do that to something they may see. Raises PermissionDenied."""
        try:
            access.require(self.user, action, obj, on=self.today)
        except access.NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused

    def require_somewhere(self, action: str, type_: str) -> frozenset[UUID]:
        """Return where the person may do that. Raises PermissionDenied when nowhere."""
        found = self.areas(type_, action)
        if not found:
            self.require(action, Matter(type_, self.home or UUID(int=0), "draft" if type_ == "activity" else "active"))
            raise PermissionDenied
        return found

    def units(self, areas: Iterable[UUID], *, current: bool = True) -> Choices:
        """Offer places by name, the person's own first; `current`: only those on today's map."""
        wanted = set(areas)
        tree = places.tree_on(self.today)
        offered = [(str(node.area_id), node.name) for node in tree if node.area_id in wanted]
        if not current:
            gone = wanted - {node.area_id for node in tree}
            names = places.names_on(gone, self.today)
            offered += sorted((str(pk), f"{name} (đơn vị cũ)") for pk, name in names.items())
        return sorted(offered, key=lambda one: one[0] != str(self.home))

    def communes(self, areas: Iterable[UUID]) -> Choices:
        """Offer places that have no place below them: there live groups and khóm, ấp."""
        tree = places.tree_on(self.today)
        wanted = set(areas)
        return self.units(node.area_id for node in tree if node.area_id in wanted and not tree.children(node.area_id))


def visit(request: HttpRequest, type_: str = "group") -> Visit:
    """Return the visit of a signed-in person. Raises Http404 for who may look at such things nowhere."""
    user = user_of(request)
    one = Visit(user, access.keys_of(user, on=clock.today()), clock.now())
    if not one.areas(type_):
        raise Http404
    return one


def hamlets_in(area_ids: Iterable[UUID], today: date, *, named: bool) -> Choices:
    """Offer the khóm, ấp of places; `named`: with the place, where there are several."""
    rows = Hamlet.objects.filter(standing(today), area__in=list(area_ids)).order_by("area", "words")[:MOST_OFFERED]
    names = places.names_on({one.area_id for one in rows}, today) if named else {}
    former = places.names_on({one.came_from_id for one in rows if one.came_from_id}, today)
    return [(str(one.pk), ", ".join(_said(one, names, former))) for one in rows]


def _said(hamlet: Hamlet, names: Mapping[UUID, str], former: Mapping[UUID, str]) -> list[str]:
    """A khóm, ấp with the former commune that tells it from another of its name, and its place where several are offered."""
    said = [str(hamlet)]
    if hamlet.came_from_id:
        said.append(f"trước thuộc {former[hamlet.came_from_id]}")
    return [*said, names[hamlet.area_id]] if hamlet.area_id in names else said


def tabs(here: str) -> list[dict[str, object]]:
    """Return the parts of the room."""
    parts = (
        ("group-list", "Nhóm, tổ chức"),
        ("activity-list", "Hoạt động"),
        ("movement-list", "Phong trào"),
        ("hamlet-list", "Khóm, ấp"),
    )
    return [{"label": label, "url": reverse(name), "current": name == here} for name, label in parts]


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way to a page: the room, then steps (label, address or "")."""
    way = [{"label": "Cộng đồng", "url": reverse("group-list")}]
    return [*way, *({"label": label, "url": url} if url else {"label": label} for label, url in steps)]


def uuid_or_none(text: str) -> UUID | None:
    """Return an id that a form sent."""
    try:
        return UUID(text)
    except ValueError:
        return None
