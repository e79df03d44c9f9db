"""How a household or a place is reached: with what the visitor may do, or not at all."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.access.selectors import Keys
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.households.models import Household
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.web import clock


@dataclass(frozen=True)
class Visit:
    """The register as one person meets it at one moment. areas: where they may look."""

    user: User
    keys: Keys
    areas: frozenset[UUID]
    now: datetime

    @property
    def today(self) -> date:
        """The day of the visit."""
        return localdate(self.now)

    def may(self, action: str, area_id: UUID) -> bool:
        """Say whether the person may do that to households of an area."""
        return self.keys.can(action, Matter("household", area_id))

    def places_for(self, action: str) -> list[tuple[str, str]]:
        """Return (id, name) of the areas where the person may do that, by name; units of the lowest level alone."""
        ids = self.keys.areas_for(action, "household") & _lowest(self.today)
        names = places.names_on(ids, self.today)
        return sorted(((str(key), name) for key, name in names.items()), key=lambda pair: pair[1])


def visit(request: HttpRequest) -> Visit:
    """Return the visit of a signed-in person. Raises Http404 for who may look at no household anywhere."""
    user = user_of(request)
    now = clock.now()
    keys = access.keys_of(user, on=localdate(now))
    areas = keys.areas_for("view", "household")
    if not areas:
        raise Http404
    return Visit(user, keys, areas, now)


def household_or_404(one: Visit, household_id: UUID) -> Household:
    """Return a household that the person may view. Raises Http404."""
    row = Household.objects.filter(pk=household_id, area__in=one.areas).select_related("merged_into").first()
    if row is None:
        raise Http404
    return row


def require(one: Visit, row: Household, *actions: str) -> None:
    """Return if the person may do one of these to a household. Raises PermissionDenied with who may do the first."""
    if any(one.may(action, row.area_id) for action in actions):
        return
    try:
        access.require(one.user, actions[0], row, on=one.today)
    except access.NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused


def area_or_404(one: Visit, area_id: UUID, action: str = "edit") -> Area:
    """Return an area whose register the person may act on. Raises Http404, or PermissionDenied with who may."""
    if area_id not in one.areas or area_id not in _lowest(one.today):
        raise Http404
    if not one.may(action, area_id):
        try:
            access.require(one.user, action, Matter("household", area_id), on=one.today)
        except access.NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused
    return Area.objects.get(pk=area_id)


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way to a page: the list, then steps (label, address or "")."""
    found = [{"label": "Sổ hộ", "url": reverse("household-list")}]
    return [*found, *({"label": label, "url": url} if url else {"label": label} for label, url in steps)]


def _lowest(day: date) -> frozenset[UUID]:
    """Return the areas that no other one belongs to: households live in these."""
    own = places.ways_on(day).own
    parents = {way[-2] for way in own.values() if len(way) > 1}
    return frozenset(own) - parents
