"""One task: duties, figures, evidence, lateness, history, and what the visitor may do next."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.evidence import serving
from chungtay.kernel.text import NBSP, date_text, datetime_text
from chungtay.tasks import registry, selectors
from chungtay.tasks.forms import Judge, Prove, Step
from chungtay.tasks.models import Act, Duty, Evidence, Extension, Task
from chungtay.tasks.models.acts import EvidenceKind
from chungtay.tasks.moving import matter_of
from chungtay.tasks.progressing import standings
from chungtay.tasks.rules import KIND_WORDS, STATE_WORDS, STEPS, VERB_WORDS, Kind, State, Verb
from chungtay.tasks.views.doors import BADGES, Visit, badge_of, crumbs, task_visit
from chungtay.tasks.views.lists import duty_badge
from chungtay.web.http import render_page

BUTTONS = {
    Verb.REPORT: "Báo đã xong",
    Verb.CONFIRM: "Xác nhận hoàn thành",
    Verb.DECLINE: "Chưa chấp nhận",
    Verb.REOPEN: "Mở lại",
    Verb.EXTEND: "Gia hạn",
}
RIGHT_OF = {
    Verb.REPORT: "report",
    Verb.CONFIRM: "complete",
    Verb.DECLINE: "complete",
    Verb.REOPEN: "complete",
    Verb.EXTEND: "extend",
}
HINTS = {
    Verb.REPORT: "Người khác sẽ xem minh chứng và xác nhận.",
    Verb.CONFIRM: "Bạn xác nhận kết quả mà người khác đã báo.",
    Verb.DECLINE: "Cơ quan chủ trì sẽ thấy lý do và làm tiếp.",
    Verb.REOPEN: "Nhiệm vụ trở lại trạng thái đang làm; mọi lần báo trước vẫn còn.",
    Verb.EXTEND: "Hạn cũ vẫn được giữ, trễ so với hạn đầu vẫn hiện.",
}


@login_required
@require_safe
def task_detail(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Show a task."""
    one, task = task_visit(request, task_id)
    return detail_page(request, one, task)


def detail_page(
    request: HttpRequest,
    one: Visit,
    task: Task,
    *,
    refused: str = "",
    prove: Prove | None = None,
    judge: Judge | None = None,
    step: Step | None = None,
) -> HttpResponse:
    """Draw the page, also after a refused step, with what was typed."""
    duties = selectors.duties_of([task])[task.pk]
    for duty in duties:
        duty.task = task
    state, label = badge_of(task, one.today)
    parts: list[Task | Duty] = [task, *duties]
    may_report = any(one.can("report", matter_of(thing, Verb.PROVE)) for thing in parts)
    may_prove = may_report and State(task.state) in STEPS[Verb.PROVE]
    context = {
        "one": one,
        "task": task,
        "state": state,
        "state_label": label,
        "standing": standings([task])[task.pk],
        "facts": _facts(task),
        "late": selectors.late_of([task], one.today).get(task.pk, []),
        "actions": _actions(one, task),
        "duties": [_duty(one, duty) for duty in duties],
        "evidence": _evidence(one, task),
        "events": _events(task),
        "conclusion": getattr(task, "from_conclusion", None),
        "siblings": list(task.series.tasks.order_by("due_on")) if task.series else [],
        "may_edit": task.state == State.DRAFT and one.can("edit", task),
        "may_approve": task.state == State.DRAFT and one.can("approve", task),
        "may_cancel": one.can("edit" if task.state == State.DRAFT else "cancel", task),
        "prove": (prove or Prove()) if may_prove else None,
        "judge": (judge or Judge()) if may_prove and one.can("report", matter_of(task, Verb.PROVE)) else None,
        "step": step,
        "refused": refused,
        "duty_choices": [(duty.pk, duty.body.name) for duty in duties],
        "crumbs": crumbs((task.label, "")),
    }
    is_wrong = bool(refused) or any(form is not None and form.is_bound for form in (prove, judge, step))
    return render_page(request, "tasks/detail.html", context, status=422 if is_wrong else 200)


def _facts(task: Task) -> list[dict[str, Any]]:
    moved = task.deadline != task.due_on
    return [
        {"label": "Chương trình", "value": str(task.programme)},
        {"label": "Nội dung phối hợp", "value": str(task.area_of_work or "")},
        {"label": "Chủ trì", "value": task.lead.name},
        {"label": "Loại", "value": str(task.series) if task.series else KIND_WORDS[Kind(task.kind)].capitalize()},
        {"label": "Từ ngày", "value": date_text(task.starts_on), "kind": "num"},
        {"label": "Hạn theo kế hoạch", "value": date_text(task.due_on), "kind": "num"},
        *([{"label": "Hạn sau gia hạn", "value": date_text(task.deadline), "kind": "num"}] if moved else []),
        *([{"label": "Xong ngày", "value": date_text(task.finished_on), "kind": "num"}] if task.finished_on else []),
        {"label": "Người lập", "value": task.written_by.full_name},
    ]


def _actions(one: Visit, thing: Task | Duty) -> list[dict[str, Any]]:
    """The steps that the visitor may take now, the first one the main button."""
    state = State(thing.state)
    return [
        {
            "verb": verb.value,
            "label": words,
            "hint": HINTS[verb],
            "asks_day": verb is Verb.REPORT,
            "asks_until": verb is Verb.EXTEND,
            "is_main": verb in (Verb.REPORT, Verb.CONFIRM),
        }
        for verb, words in BUTTONS.items()
        if state in STEPS[verb] and one.can(RIGHT_OF[verb], matter_of(thing, verb))
    ]


def _duty(one: Visit, duty: Duty) -> dict[str, Any]:
    state, label = duty_badge(duty, one)
    is_open = State(duty.task.state) in (State.ACTIVE, State.REPORTED)
    return {"duty": duty, "state": state, "label": label, "actions": _actions(one, duty) if is_open else []}


def _evidence(one: Visit, task: Task) -> list[dict[str, Any]]:
    rows = selectors.evidence_of(task)
    views = registry.describe_evidence((row.source_kind, row.source_id) for row in rows if row.source_id)
    return [_shown(row, views.get((row.source_kind, row.source_id)), one, task) for row in rows]


def _shown(row: Evidence, view: registry.EvidenceView | None, one: Visit, task: Task) -> dict[str, Any]:
    back: Evidence | None = getattr(row, "withdrawn_by", None)
    title, url, thumbnail = "", "", ""
    if row.attachment is not None:
        title, url = row.attachment.name, reverse("task-evidence", args=[task.pk, row.pk])
        thumbnail = f"{url}?nho=1" if row.attachment.is_picture else ""
    elif row.kind == EvidenceKind.JUDGEMENT:
        title = f"Ước lượng {row.percent}%"
    else:
        title = view.title if view else registry.noun_of(row.source_kind)
        url = view.url if view else ""
    return {
        "row": row,
        "kind": EvidenceKind(row.kind).label,
        "title": title,
        "url": url,
        "thumbnail": thumbnail,
        "whose": row.duty.body.name if row.duty else "",
        "withdrawn": back,
        "may_withdraw": back is None and row.by_id == one.user.pk and State(task.state) in STEPS[Verb.PROVE],
    }


def _events(task: Task) -> list[dict[str, Any]]:
    acts = task.acts.select_related("by", "duty__body").order_by("-at", "-id")
    moves = task.extensions.select_related("by", "duty__body")
    found = [(act.at, _act(act)) for act in acts] + [(move.at, _moved(move)) for move in moves]
    return [event for _, event in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _act(act: Act) -> dict[str, Any]:
    whose = f" phần của {act.duty.body.name}" if act.duty else ""
    first = act.verb == Verb.EDIT
    words = "lập, sửa bản nháp" if first else VERB_WORDS[Verb(act.verb)]
    day = f" (xong ngày {date_text(act.finished_on)})" if act.finished_on else ""
    what = f"{act.by.full_name} {words}{whose}{day}. {STATE_WORDS[State(act.state)]}"
    return {"when": datetime_text(act.at), "what": what, "state": BADGES[State(act.state)], "note": act.note}


def _moved(move: Extension) -> dict[str, Any]:
    whose = f" cho {move.duty.body.name}" if move.duty else ""
    span = f"{date_text(move.before)}{NBSP}→{NBSP}{date_text(move.after)}"
    what = f"{move.by.full_name} gia hạn{whose}: {span}"
    return {"when": datetime_text(move.at), "what": what, "state": "explain", "note": move.reason}


@login_required
@require_safe
def task_evidence(request: HttpRequest, task_id: UUID, evidence_id: UUID) -> HttpResponse:
    """Send a file that is evidence of a task in sight."""
    _, task = task_visit(request, task_id)
    row = task.evidence.filter(pk=evidence_id, attachment__isnull=False).select_related("attachment").first()
    if row is None or row.attachment is None:
        raise Http404
    return serving.answer(row.attachment, thumbnail="nho" in request.GET)
