"""How tasks are fetched: those of one programme that the visitor may see, or 404; and the frame that their pages share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Guarded, Matter
from chungtay.access.selectors import Keys
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.places import selectors as places
from chungtay.places.models import Body
from chungtay.programmes.models import Programme
from chungtay.tasks import selectors
from chungtay.tasks.models import Task
from chungtay.tasks.rules import STATE_WORDS, State
from chungtay.web import clock

TABS = (
    ("task-list", "Danh sách"),
    ("task-board", "Bảng việc"),
    ("task-calendar", "Lịch"),
    ("task-timeline", "Tiến độ"),
    ("task-matrix", "Cơ quan × nhiệm vụ"),
    ("meeting-list", "Họp"),
    ("letter-list", "Văn bản trao đổi"),
)
BADGES = {
    State.DRAFT: "draft",
    State.ACTIVE: "info",
    State.REPORTED: "submitted",
    State.DONE: "approved",
    State.CANCELLED: "none",
}


@dataclass(frozen=True)
class Visit:
    """One person at one moment, looking at the tasks of one programme (None: none is in their sight)."""

    user: User
    keys: Keys
    now: datetime
    programmes: tuple[Programme, ...]
    programme: Programme | None

    @property
    def today(self) -> date:
        """The day of the visit."""
        return localdate(self.now)

    @property
    def chosen(self) -> Programme:
        """The programme. Raises Http404 when none is in sight."""
        if self.programme is None:
            raise Http404
        return self.programme

    def can(self, action: str, obj: Guarded) -> bool:
        """Say whether the person may do that."""
        return self.keys.can(action, obj)

    @property
    def may_write(self) -> bool:
        """Whether the person may write tasks of the programme."""
        return self.programme is not None and self.can("edit", Matter("task", self.programme.area_id, State.DRAFT))

    @property
    def may_approve(self) -> bool:
        """Whether the person may approve tasks of the programme that others wrote."""
        return self.programme is not None and self.can("approve", Matter("task", self.programme.area_id, State.DRAFT))

    @property
    def may_record(self) -> bool:
        """Whether the person may record meetings and letters of the programme."""
        return self.programme is not None and self.can("edit", Matter("exchange", self.programme.area_id))

    def require(self, action: str, type_: str = "task", state: str = "") -> None:
        """Return if the person may. Raises PermissionDenied with the sentence that names who may."""
        try:
            access.require(self.user, action, Matter(type_, self.chosen.area_id, state), on=self.today)
        except access.NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused

    def tasks(self) -> QuerySet[Task]:
        """Return the tasks in sight, of the programme and the plans below it."""
        seen = selectors.tasks_seen_by(self.keys)
        return selectors.in_family(seen, self.programme) if self.programme else seen.none()

    def query(self, **more: str) -> str:
        """Return "?ct=…&…" for links that stay with the programme."""
        said = {"ct": self.programme.code if self.programme else ""} | more
        said = {name: value for name, value in said.items() if value}
        return f"?{urlencode(said)}" if said else ""

    @property
    def more(self) -> str:
        """Return the same with its end open for one more question, "?" or "?ct=…&"."""
        found = self.query()
        return f"{found}&" if found else "?"


def visit(request: HttpRequest) -> Visit:
    """Return the visit of a signed-in person; `ct` chooses the programme or plan, else their own place's.

    Raises Http404 for one out of sight.
    """
    user = user_of(request)
    keys = access.keys_of(user, on=clock.today())
    programmes = _programmes(keys)
    code = request.GET.get("ct", "")
    if not code:
        own = keys.areas_for("report", "task") | keys.areas_for("approve", "task")
        first = next((one for one in programmes if one.area_id in own), programmes[0] if programmes else None)
        return Visit(user, keys, clock.now(), programmes, first)
    chosen = next((one for one in programmes if one.code == code), None)
    if chosen is None:
        raise Http404
    return Visit(user, keys, clock.now(), programmes, chosen)


def _programmes(keys: Keys) -> tuple[Programme, ...]:
    """Programmes in sight, the newest first, each followed by its plans."""
    areas = keys.areas_for("view", "task")
    found = Programme.objects.filter(area_id__in=areas).select_related("parent", "area")
    roots = found.filter(parent=None).order_by("-signed_on", "code").values_list("pk", flat=True)
    order = {pk: at for at, pk in enumerate(roots)}

    def place(one: Programme) -> tuple[object, ...]:
        root = one.parent_id or one.pk
        return order.get(root, len(order)), one.parent_id is not None, one.signed_on, one.code

    return tuple(sorted(found, key=place))


def task_visit(request: HttpRequest, task_id: UUID) -> tuple[Visit, Task]:
    """Return the visit and a task in sight. Raises Http404."""
    user = user_of(request)
    keys = access.keys_of(user, on=clock.today())
    task = selectors.tasks_seen_by(keys).filter(pk=task_id).select_related("written_by", "reported_by").first()
    if task is None:
        raise Http404
    return Visit(user, keys, clock.now(), (), task.programme), task


def bodies_for(programme: Programme, today: date) -> list[Body]:
    """Return the bodies that may lead or help: at the programme's place and below, and its parties; upper levels first."""
    tree = places.tree_on(today)
    areas = list(tree.ids_under(programme.area_id)) if programme.area_id in tree else [programme.area_id]
    parties = [party.body for party in programme.parties.select_related("body")]
    order = {area_id: at for at, area_id in enumerate(areas)}
    found = {body.pk: body for body in [*Body.objects.filter(area_id__in=areas), *parties]}
    return sorted(found.values(), key=lambda body: (order.get(body.area_id, -1), body.kind != "ubnd", body.name))


def frame(one: Visit, current: str, **more: Any) -> dict[str, Any]:
    """Return what every page of the room is given."""
    context: Mapping[str, Any] = {
        "one": one,
        "tabs": [
            {"label": label, "url": reverse(name) + one.query(), "current": name == current} for name, label in TABS
        ],
        "choices": [(p, programme_name(p, one.today)) for p in one.programmes],
    }
    return {**context, **more}


def programme_name(programme: Programme, today: date) -> str:
    """Return how a programme is offered for choice: a plan with its place."""
    name = places.name_on(programme.area_id, today)
    return f"– {programme}, {name}" if programme.parent_id else f"{programme}, {name}"


def badge_of(task: Task, today: date) -> tuple[str, str]:
    """Return the state and words of a task's badge; what is late says so first."""
    late = (today - task.deadline).days
    if task.state == State.ACTIVE and late > 0:
        return "late", f"Trễ {late} ngày"
    return BADGES[State(task.state)], STATE_WORDS[State(task.state)]


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way to a page: the list of tasks, then steps (label, address or "")."""
    found = [{"label": "Nhiệm vụ", "url": reverse("task-list")}]
    return [*found, *({"label": label, "url": url} if url else {"label": label} for label, url in steps)]
