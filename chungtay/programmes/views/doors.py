"""How a programme is fetched for its pages: in the person's sight, or 404; and the frame that the pages share."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.access.selectors import Keys
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.places import selectors as places
from chungtay.programmes.models import Programme
from chungtay.web import clock

TABS = (("document-list", "Văn bản"), ("change-list", "Thay đổi giữa các cấp"))


@dataclass(frozen=True)
class Visit:
    """One person at one moment, looking at one programme or plan."""

    user: User
    keys: Keys
    now: datetime
    today: date
    programme: Programme

    @property
    def may_record(self) -> bool:
        """Whether the person may record documents."""
        return self.keys.can("edit", Matter("document", self.programme.area_id))

    @property
    def may_reword(self) -> bool:
        """Whether the person may change what was agreed."""
        return self.keys.can("edit", Matter("programme", self.programme.area_id))

    def require(self, type_: str) -> None:
        """Return if the person may edit that of the programme. Raises PermissionDenied with a sentence."""
        try:
            access.require(self.user, "edit", Matter(type_, self.programme.area_id), on=self.today)
        except access.NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused


def visit(request: HttpRequest, code: str) -> Visit:
    """Return the visit of a signed-in person. Raises Http404 for a programme out of sight."""
    user, today = user_of(request), clock.today()
    keys = access.keys_of(user, on=today)
    found = Programme.objects.filter(area_id__in=keys.areas_for("view", "programme"), code=code)
    programme = found.select_related("area", "parent").first()
    if programme is None:
        raise Http404
    return Visit(user, keys, clock.now(), today, programme)


def frame(one: Visit, current: str, *steps: tuple[str, str], **more: Any) -> dict[str, Any]:
    """Return what every page is given; `steps` lead on from the list (label, address or "")."""
    code = one.programme.code
    home = (str(one.programme), reverse("programme-parties", args=[code]))
    names = dict(TABS)
    way = [("Chương trình", reverse("programme-list")), home, (names[current], reverse(current, args=[code])), *steps]
    crumbs = [{"label": label, "url": url} if url else {"label": label} for label, url in way[:-1]]
    return {
        "one": one,
        "programme": one.programme,
        "place": places.name_on(one.programme.area_id, one.today),
        "tabs": [
            {"label": label, "url": reverse(name, args=[code]), "current": name == current} for name, label in TABS
        ],
        "crumbs": [*crumbs, {"label": way[-1][0]}],
        **more,
    }
