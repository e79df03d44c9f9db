"""How things are fetched with the right, or 404; the frame that pages share; and how one step is taken from a page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Guarded, Matter
from chungtay.access.selectors import Keys
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.evidence import services as evidence
from chungtay.evidence.models import Attachment
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import datetime_text
from chungtay.places import selectors as places
from chungtay.places.models import Body
from chungtay.places.rules import BodyKind
from chungtay.supervision import selectors
from chungtay.supervision.rules import STATE_WORDS, VERB_WORDS, State, Verb
from chungtay.web import clock
from chungtay.web.forms import Form
from chungtay.web.http import redirect_with

TABS = (
    ("recommendation-list", "Kiến nghị", "recommendation"),
    ("plan-list", "Kế hoạch năm", "supervision"),
    ("supervision-list", "Giám sát", "supervision"),
    ("criticism-list", "Phản biện", "supervision"),
    ("board-list", "Các Ban", "board"),
    ("feedback-list", "Phản ánh", "feedback"),
    ("supervision-figures", "Số liệu", "recommendation"),
    ("timer-list", "Thời hạn", "supervision"),
)
BADGES = {
    State.DRAFT: "draft",
    State.PROPOSED: "for_signing",
    State.AGREED: "approved",
    State.ANNOUNCED: "info",
    State.RUNNING: "info",
    State.REPORTED: "for_signing",
    State.PUBLISHED: "approved",
    State.CANCELLED: "none",
    State.SENT: "info",
    State.ANSWERED: "submitted",
    State.RETURNED: "returned",
    State.ACCEPTED: "matched",
    State.CLOSED: "approved",
    State.RECEIVED: "info",
    State.ROUTED: "info",
    State.REFUSED: "none",
    State.MERGED: "none",
}


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

    def can(self, action: str, obj: Guarded) -> bool:
        """Say whether the person may do that."""
        return self.keys.can(action, obj)

    def fronts(self, type_: str = "supervision") -> list[Body]:
        """Return the Front bodies in whose name the person writes."""
        areas = self.keys.areas_for("edit", type_)
        return list(Body.objects.filter(area_id__in=areas, kind=BodyKind.MTTQ).select_related("area").order_by("name"))

    def require_front(self, type_: str = "supervision") -> list[Body]:
        """Return the same. Raises Http404 for who sees nothing of it anywhere, PermissionDenied for who may only look."""
        found = self.fronts(type_)
        if not found:
            areas = self.keys.areas_for("view", type_)
            home = access.home_area(self.user, self.today)
            if home is None or not areas:
                raise Http404
            self.require("edit", Matter(type_, home if home in areas else min(areas), ""))
        return found

    def require(self, action: str, obj: Guarded) -> None:
        """Return if the person may. Raises PermissionDenied with the sentence that names who may."""
        try:
            access.require(self.user, action, obj, on=self.today)
        except access.NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused


def visit(request: HttpRequest, sees: str = "") -> Visit:
    """Return the visit of a signed-in person. Raises PermissionDenied for who may view nothing of the kind `sees` anywhere."""
    user = user_of(request)
    one = Visit(user, access.keys_of(user, on=clock.today()), clock.now())
    if sees and not one.keys.areas_for("view", sees):
        home = access.home_area(user, one.today)
        if home is None:
            raise PermissionDenied("Bạn chưa được phân công ở địa bàn nào; hãy báo quản trị hệ thống.")
        one.require("view", Matter(sees, home))
    return one


def found_or_404(rows: Any, pk: UUID) -> Any:
    """Return the row in sight. Raises Http404."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def frame(one: Visit, current: str, **more: Any) -> dict[str, Any]:
    """Return what every page of the room is given."""
    tabs = [
        {"label": label, "url": reverse(name), "current": name == current}
        for name, label, type_ in TABS
        if one.keys.areas_for("view", type_)
    ]
    return {"one": one, "tabs": tabs, **more}


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way to a page: the board, then steps (label, address or "")."""
    found = [{"label": "Giám sát, phản biện", "url": reverse("recommendation-list")}]
    return [*found, *({"label": label, "url": url} if url else {"label": label} for label, url in steps)]


def badge(state: str, late: int = 0) -> tuple[str, str]:
    """Return state and words of a badge; what is late says so first."""
    if late:
        return "late", f"Quá hạn {late} ngày"
    return BADGES[State(state)], STATE_WORDS[State(state)]


@dataclass(frozen=True)
class Action:
    """A step that the person may take on this page: its form, where it goes, and how it looks."""

    label: str
    form: Form
    url: str
    hint: str = ""
    is_main: bool = False
    is_danger: bool = False


def in_order(actions: Iterable[Action]) -> list[Action]:
    """Return the main step first, what ends or undoes something last."""
    return sorted(actions, key=lambda one: (not one.is_main, one.is_danger))


def action(
    verb: str, label: str, form: type[Form], url: str, revision: int, *, hint: str = "", is_main: bool = False,
    is_danger: bool = False, more: Mapping[str, Any] | None = None, given: Mapping[str, Any] | None = None, key: object = "",
) -> Action:  # fmt: skip
    """Return a step with its empty form; `more` are first values, `given` what the form's class needs."""
    auto = f"id_{verb}{key}_%s"
    made = form(auto_id=auto, initial={"verb": verb, "revision": revision, **(more or {})}, **(given or {}))
    return Action(label, made, url, hint, is_main, is_danger)


def take(
    request: HttpRequest, call: Callable[[], Any], *, said: str, url: str, again: Callable[[str], HttpResponse]
) -> HttpResponse:
    """Take a step and go on; what the house refuses in words is shown on the same page. Raises PermissionDenied."""
    try:
        call()
    except access.NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused
    except DomainError as refused:
        return again(str(refused))
    return redirect_with(request, said, url)


def first_problem(form: Form) -> str:
    """Return one sentence of what is wrong with a form that was sent."""
    for name, sentences in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        return f"{label}: {sentences[0]}" if label else str(sentences[0])
    return "Chưa gửi được. Hãy xem lại các ô rồi gửi lại."


def kept_file(form: Form, one: Visit) -> Attachment | None:
    """Keep the file of a form before anything is written. Raises NotEvidence."""
    upload = form.cleaned_data.get("file")
    return evidence.keep(upload=upload, now=one.now, by=one.user) if isinstance(upload, UploadedFile) else None


def events(row: Any) -> list[dict[str, Any]]:
    """Return the history of a thing for the timeline, the newest first."""
    found = []
    for act in selectors.acts_of(row):
        first = "lập" if act.by else "gửi phản ánh"
        verb = first if act.revision == 1 else VERB_WORDS[Verb(act.verb)]
        who = act.by.full_name if act.by else "Người dân"
        found.append({"when": datetime_text(act.at), "what": f"{who}: {verb}", "note": act.note})
    return found


def bodies_near(areas: Sequence[UUID], today: date) -> list[Body]:
    """Return the bodies at some places and below them, upper levels first."""
    tree = places.tree_on(today)
    order: dict[UUID, int] = {}
    for area_id in areas:
        for one in list(tree.ids_under(area_id)) if area_id in tree else [area_id]:
            order.setdefault(one, len(order))
    found = Body.objects.filter(area_id__in=order)
    return sorted(found, key=lambda body: (order[body.area_id], body.kind != BodyKind.UBND, body.name))
