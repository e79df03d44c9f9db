"""Writing a task, or changing a draft: one form with rows for coordinating bodies and for figures; also from a conclusion."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chungtay.indicators import selectors as indicators
from chungtay.indicators.rules import Kind as IndicatorKind
from chungtay.kernel.numerals import scaled_text
from chungtay.kernel.text import date_text
from chungtay.programmes.models import Programme
from chungtay.tasks import selectors, services
from chungtay.tasks.forms import AimForm, PartForm, TaskForm
from chungtay.tasks.models import Conclusion, Task, TaskIndicator
from chungtay.tasks.rules import State
from chungtay.tasks.views.doors import Visit, bodies_for, crumbs, task_visit, visit
from chungtay.web.http import redirect_with, render_page

MOST_ROWS = 40


@dataclass
class Sheet:
    """The form with its rows, bound or fresh."""

    head: TaskForm
    parts: list[PartForm]
    aims: list[AimForm]

    def is_valid(self) -> bool:
        """Whether every part of it is; each shows its own problems."""
        valid = [form.is_valid() for form in (self.head, *self.parts, *self.aims)]
        return all(valid)

    def save(self, service: Any, **given: Any) -> bool:
        """Hand what was typed to a service."""
        parts = [part for form in self.parts if (part := form.part())]
        aims = [aim for form in self.aims if (aim := form.aim())]
        return self.head.try_(service, plan=self.head.plan(parts, aims), **given)


def _sheet(
    request: HttpRequest,
    one: Visit,
    programme: Programme,
    head: dict[str, Any],
    parts: Sequence[Any],
    aims: Sequence[Any],
) -> Sheet:
    bodies = bodies_for(programme, one.today)
    areas = list((programme.parent or programme).areas_of_work.order_by("number"))
    data = request.POST if request.method == "POST" else None
    more = 1 if request.POST.get("do") == "add-row" else 0
    part_count = min(MOST_ROWS, int(request.POST.get("parts") or 0) + more) if data else max(2, len(parts) + 1)
    aim_count = min(MOST_ROWS, int(request.POST.get("aims") or 0) + more) if data else max(1, len(aims) + 1)
    catalogue = indicators.catalogue()
    part_rows = [_at(parts, at) for at in range(part_count)]
    aim_rows = [_at(aims, at) for at in range(aim_count)]
    return Sheet(
        TaskForm(data, initial=head, bodies=bodies, areas=areas),
        [PartForm(data, initial=row, prefix=f"p{at}", bodies=bodies) for at, row in enumerate(part_rows)],
        [AimForm(data, initial=row, prefix=f"a{at}", indicators=catalogue) for at, row in enumerate(aim_rows)],
    )


def _at(rows: Sequence[Any], at: int) -> Any:
    return rows[at] if at < len(rows) else {}


@login_required
@require_http_methods(["GET", "POST"])
def task_create(request: HttpRequest) -> HttpResponse:
    """Write a task of the programme as a draft; `tu` names the conclusion that it comes from."""
    one = visit(request)
    one.require("edit", state=State.DRAFT)
    conclusion = _conclusion(request, one)
    if conclusion is not None and conclusion.meeting.programme_id != one.chosen.pk:
        raise Http404
    head = {"title": conclusion.text[:300] if conclusion else "", "starts_on": one.today, "kind": "once"}
    sheet = _sheet(request, one, one.chosen, head, [], [])
    if _is_sent(request) and sheet.is_valid():
        who = {"now": one.now, "by": one.user}
        if conclusion is not None:
            done = sheet.save(services.task_from_conclusion, conclusion=conclusion, **who)
        else:
            done = sheet.save(services.write_task, programme=one.chosen, **who)
        if done:
            made: list[Task] = sheet.head.result
            said = f"Đã lưu {made[0].label}" if len(made) == 1 else f"Đã lưu {len(made)} lần của nhiệm vụ định kỳ"
            return redirect_with(request, f"{said}. Người khác sẽ duyệt.", reverse("task-detail", args=[made[0].pk]))
    return _page(request, one, one.chosen, sheet, title="Lập nhiệm vụ", conclusion=conclusion)


@login_required
@require_http_methods(["GET", "POST"])
def task_edit(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Change a draft."""
    one, task = task_visit(request, task_id)
    if not one.can("edit", task):
        one.require("edit", state=task.state)
        raise PermissionDenied("Nhiệm vụ này của kế hoạch khác; chỉ nơi lập kế hoạch đó sửa được.")
    head = {
        "title": task.title,
        "product": task.product,
        "area_of_work": str(task.area_of_work_id or ""),
        "lead": str(task.lead_id),
        "kind": task.kind,
        "starts_on": task.starts_on,
        "due_on": task.due_on,
        "every": str(task.series.every) if task.series else "",
        "until": task.series.until if task.series else None,
        "revision": task.revision,
    }
    parts = [
        {"body": str(duty.body_id), "what": duty.what, "due_on": duty.due_on}
        for duty in selectors.duties_of([task])[task.pk]
    ]
    aims = [_aim(link) for link in task.indicators.select_related("indicator").order_by("id")]
    sheet = _sheet(request, one, task.programme, head, parts, aims)
    if _is_sent(request) and sheet.is_valid():
        revision = sheet.head.cleaned_data["revision"] or 0
        if sheet.save(services.rewrite_task, task=task, revision=revision, now=one.now, by=one.user):
            return redirect_with(request, f"Đã lưu {task.label}.", reverse("task-detail", args=[task.pk]))
    return _page(request, one, task.programme, sheet, title=f"Sửa {task.label}", task=task)


def _aim(link: TaskIndicator) -> dict[str, Any]:
    places = 2 if link.indicator.kind == IndicatorKind.RATIO else link.indicator.decimals
    target = "" if link.target is None else scaled_text(link.target, places)
    return {"indicator": str(link.indicator_id), "period": link.period_code, "target": target}


def _is_sent(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("do") != "add-row"


def _conclusion(request: HttpRequest, one: Visit) -> Conclusion | None:
    text = request.GET.get("tu", "")
    if not text:
        return None
    try:
        key = UUID(text)
    except ValueError:
        raise Http404 from None
    seen = selectors.meetings_seen_by(one.keys).values("pk")
    found = Conclusion.objects.filter(pk=key, meeting__in=seen).select_related("meeting__programme").first()
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    one: Visit,
    programme: Programme,
    sheet: Sheet,
    *,
    title: str,
    task: Task | None = None,
    conclusion: Conclusion | None = None,
) -> HttpResponse:
    is_wrong = _is_sent(request)
    context = {
        "one": one,
        "sheet": sheet,
        "title": title,
        "task": task,
        "conclusion": conclusion,
        "span": f"{date_text(programme.starts_on)} – {date_text(programme.ends_on)}",
        "programme": programme,
        "is_wrong": is_wrong,
        "crumbs": crumbs((title, "")),
    }
    return render_page(request, "tasks/form.html", context, status=422 if is_wrong else 200)
