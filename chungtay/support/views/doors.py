"""How a case is fetched: with what the visitor may do, or not at all."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import SECOND_PERSON, Matter
from chungtay.access.selectors import Keys
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.kernel.text import join_and
from chungtay.places import selectors as places
from chungtay.support.models import Case
from chungtay.support.moving import ACTIONS
from chungtay.support.rules import Act, State, acts_from
from chungtay.web import clock

MOST_NAMED = 4


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

    def areas(self, action: str) -> frozenset[UUID]:
        """Return where the person may do that to cases in some state."""
        return self.keys.areas_for(action, "case")

    def may(self, action: str, case: Case) -> bool:
        """Whether the person may do that to the case as it stands."""
        return self.keys.can(action, case)

    def acts(self, case: Case) -> list[Act]:
        """Return what the person may do with the case now."""
        return [act for act in acts_from(State(case.state)) if self.may(ACTIONS[act], case)]

    def works_on(self, case: Case) -> bool:
        """Whether the person does anything with cases of its place, so that papers may be laid beside it."""
        return any(case.area_id in self.areas(action) for action in ("propose", "deliver", "fund", "accept"))

    def require(self, action: str, case: Case) -> None:
        """Return if the person may in some state. Raises PermissionDenied with the sentence that names who may."""
        if case.area_id in self.areas(action):
            return
        try:
            access.require(self.user, action, case, on=self.today)
        except access.NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused

    def own_area(self) -> UUID | None:
        """Return the place where the person proposes cases, None when there is none."""
        areas = self.areas("propose")
        home = access.home_area(self.user, self.today)
        return home if home in areas else next(iter(sorted(areas)), None)

    def names_who(self, act: Act, case: Case) -> str:
        """Name those who may take an act next, without who prepared what it decides."""
        action = ACTIONS[act]
        people = access.people_who(action, "case", case.area_id, on=self.today)
        writers = case.access_authors if action in SECOND_PERSON else frozenset()
        names = [
            f"{one.full_name} ({one.title})" if one.title else one.full_name for one in people if one.id not in writers
        ]
        return join_and(names[:MOST_NAMED])


def visit(request: HttpRequest) -> Visit:
    """Return the visit of a signed-in person."""
    user = user_of(request)
    return Visit(user, access.keys_of(user, on=clock.today()), clock.now())


def reader(request: HttpRequest) -> Visit:
    """Return the visit of a person who may look into cases somewhere. Raises PermissionDenied."""
    one = visit(request)
    if not one.areas("view"):
        raise PermissionDenied("Công việc của bạn không dùng sổ hỗ trợ. Cần xem thì báo quản trị phân công.")
    return one


def case_or_404(one: Visit, case_id: UUID) -> Case:
    """Return a case that the person may look into. Raises Http404: a stranger does not learn that it exists."""
    found = Case.objects.filter(pk=case_id).select_related("household", "area").first()
    if found is None or not one.may("view", found):
        raise Http404
    return found


def require_proposer(one: Visit) -> UUID:
    """Return where the person proposes. Raises PermissionDenied with the sentence that names who may."""
    area_id = one.own_area()
    if area_id is None:
        home = access.home_area(one.user, one.today)
        try:
            if home is not None:
                access.require(one.user, "propose", Matter("case", home, State.PROPOSED), on=one.today)
        except access.NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused
        raise PermissionDenied("Hồ sơ hỗ trợ do cán bộ xã, phường lập. Bạn chưa được phân công ở xã, phường nào.")
    return area_id


def crumbs(case: Case | None, *steps: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way to a page: the board, the case, then steps (label, address or "")."""
    found = [{"label": "Hỗ trợ", "url": reverse("support-list")}]
    if case is not None:
        found.append(
            {"label": str(case), "url": reverse("case-detail", args=[case.pk])} if steps else {"label": str(case)}
        )
    return [*found, *({"label": label, "url": url} if url else {"label": label} for label, url in steps)]


def place_name(case: Case, day: date) -> str:
    """Return what the place of a case is called on a day."""
    return places.name_on(case.area_id, day)
