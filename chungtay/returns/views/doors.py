"""How a return is fetched: with what its visitor may do, or not at all."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from chungtay.access import selectors as access
from chungtay.access.selectors import Keys
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.kernel.periods import parse_period
from chungtay.places import selectors as places
from chungtay.places.rules import LEVEL_LABELS
from chungtay.returns import selectors
from chungtay.returns.models import Return, Version
from chungtay.web import clock


@dataclass(frozen=True)
class Visit:
    """One return as one person meets it at one moment."""

    user: User
    keys: Keys
    of: Return
    now: datetime

    def can(self, action: str) -> bool:
        """Say whether the person may do that to the return as it stands."""
        return self.keys.can(action, self.of)

    def has_post_for(self, action: str) -> bool:
        """Say whether the person may do that to this unit's returns in some state."""
        return self.of.area_id in self.keys.areas_for(action, "return")

    def require(self, action: str) -> None:
        """Return if the person may now. Raises PermissionDenied with the sentence that says why not and who may."""
        try:
            access.require(self.user, action, self.of, on=clock.today())
        except access.NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused

    def require_post(self, action: str) -> None:
        """Return if the person may do that in some state: the services tell what the state of the moment forbids."""
        if not self.has_post_for(action):
            self.require(action)

    @cached_property
    def is_of_the_unit(self) -> bool:
        """Whether the person works in the unit itself."""
        return selectors.is_of_the_unit(self.keys, self.of.area_id)

    def versions(self) -> list[Version]:
        """Return the versions that the person may open, newest first."""
        return selectors.versions_for(self.keys, self.of)

    @cached_property
    def unit(self) -> str:
        """The unit's name in the time of the period."""
        return places.name_on(self.of.area_id, self.of.round.period_start)

    @cached_property
    def upper(self) -> str:
        """What the unit calls the level that decides: "thành phố", "tỉnh"."""
        tree = places.tree_on(self.of.round.period_start)
        if self.of.area_id not in tree:
            return "cấp trên"
        way = tree.path(self.of.area_id)
        return LEVEL_LABELS[way[-2].level] if len(way) > 1 else "cấp trên"

    @cached_property
    def period(self) -> str:
        """The period in words: "quý III năm 2022"."""
        return parse_period(self.of.round.period_code).label()


def visit(request: HttpRequest, return_id: UUID) -> Visit:
    """Return the visit of a signed-in person. Raises Http404 for a stranger: they do not learn that the return exists."""
    user = user_of(request)
    keys = access.keys_of(user, on=clock.today())
    try:
        return Visit(user, keys, selectors.return_for(keys, return_id), clock.now())
    except selectors.NoSuchReturn as unknown:
        raise Http404 from unknown


def version_or_404(one: Visit, number: int) -> Version:
    """Return a version that the person may open. Raises Http404."""
    for version in one.versions():
        if version.number == number:
            return version
    raise Http404
