"""The year's plans: written by the Front, agreed by the other side."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chungtay.access.rules import Matter
from chungtay.kernel.text import date_text
from chungtay.places.models import Body
from chungtay.supervision import selectors, services
from chungtay.supervision.forms import ItemForm, PlanHead
from chungtay.supervision.models import PlanItem, YearPlan
from chungtay.supervision.rules import Kind, State
from chungtay.supervision.step_forms import Reason, Step
from chungtay.supervision.views.doors import (
    Action,
    Visit,
    action,
    badge,
    bodies_near,
    crumbs,
    events,
    first_problem,
    found_or_404,
    frame,
    in_order,
    take,
    visit,
)
from chungtay.web.http import redirect_with, render_page

LINES, MORE, MOST = 4, 3, 60


@login_required
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """Show the plans in sight, the newest year first."""
    one = visit(request, "supervision")
    rows = selectors.plans_seen_by(one.keys).prefetch_related("items").order_by("-year", "body__name")[:200]
    found = [
        {
            "row": row,
            "url": reverse("plan-detail", args=[row.pk]),
            "badge": badge(row.state),
            "count": row.items.count(),
        }
        for row in rows
    ]
    context = frame(one, "plan-list", rows=found, may_write=bool(one.fronts()))
    return render_page(request, "supervision/plan_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def plan_create(request: HttpRequest) -> HttpResponse:
    """Write a plan of a year."""
    one = visit(request)
    mine = one.require_front()
    others = list(Body.objects.filter(area_id__in=[body.area_id for body in mine]).exclude(pk__in=[b.pk for b in mine]))
    first = {"year": one.today.year, "target": others[0].pk if others else None}
    head = PlanHead(request.POST or None, mine=mine, bodies=others, initial=first)
    lines = _lines(request, one, [body.area_id for body in mine], [])
    if request.POST.get("do") == "save" and all([head.is_valid(), *(line.is_valid() for line in lines)]):
        said = head.cleaned_data
        given = {
            "body": head.chosen("body"),
            "counterpart": head.chosen("target"),
            "year": said["year"],
            "note": said["note"],
        }
        if head.try_(services.write_plan, **given, items=_items(lines), now=one.now, by=one.user):
            return redirect_with(
                request, "Đã lưu kế hoạch. Gửi bên kia để thống nhất.", reverse("plan-detail", args=[head.result.pk])
            )
    return _form_page(request, one, head, lines, "Lập kế hoạch giám sát, phản biện")


@login_required
@require_http_methods(["GET", "POST"])
def plan_edit(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Change the lines of a draft."""
    one = visit(request)
    row = _row_or_404(one, plan_id)
    one.require("edit", row)
    bodies = [row.body, row.counterpart]
    first = {
        "year": row.year,
        "target": row.counterpart_id,
        "body": row.body_id,
        "note": row.note,
        "revision": row.revision,
    }
    head = PlanHead(request.POST or None, mine=[row.body], bodies=bodies[1:], initial=first)
    lines = _lines(request, one, [row.area_id], list(row.items.order_by("number")))
    if request.POST.get("do") == "save" and all([head.is_valid(), *(line.is_valid() for line in lines)]):
        revision = request.POST.get("revision", "")
        given = {"plan": row, "note": head.cleaned_data["note"], "revision": int(revision) if revision.isdigit() else 0}
        if head.try_(services.rewrite_plan, **given, items=_items(lines), now=one.now, by=one.user):
            return redirect_with(request, "Đã lưu kế hoạch.", reverse("plan-detail", args=[row.pk]))
    return _form_page(request, one, head, lines, f"Sửa {row}", row)


def _lines(request: HttpRequest, one: Visit, areas: list[UUID], items: list[PlanItem]) -> list[ItemForm]:
    bodies = bodies_near(areas, one.today)
    if request.method == "POST":
        said = request.POST.get("lines", "")
        count = min(MOST, int(said) if said.isdigit() else LINES)
        if request.POST.get("do") == "add-row":
            count += MORE
        return [ItemForm(request.POST, prefix=f"i{at}", bodies=bodies) for at in range(count)]
    first: list[dict[str, Any]] = [
        {
            "subject": item.subject, "form": f"{item.kind}:{item.form}", "target": item.target_id, "starts_on": item.starts_on,
            "ends_on": item.ends_on, "lead": item.lead,
        }
        for item in items
    ]  # fmt: skip
    first += [{} for _ in range(max(1, LINES - len(first)))]
    return [ItemForm(prefix=f"i{at}", bodies=bodies, initial=said) for at, said in enumerate(first)]


def _items(lines: list[ItemForm]) -> list[services.Item]:
    return [item for line in lines if (item := line.item()) is not None]


def _form_page(
    request: HttpRequest, one: Visit, head: PlanHead, lines: list[ItemForm], title: str, row: YearPlan | None = None
) -> HttpResponse:
    is_wrong = request.POST.get("do") == "save" or (request.method == "POST" and not request.POST.get("do"))
    context = {
        "one": one,
        "head": head,
        "lines": lines,
        "title": title,
        "row": row,
        "is_wrong": is_wrong,
        "crumbs": crumbs(("Kế hoạch năm", reverse("plan-list")), (title, "")),
    }
    return render_page(request, "supervision/plan_form.html", context, status=422 if is_wrong else 200)


@login_required
@require_safe
def plan_detail(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Show a plan with what became of each line."""
    one = visit(request)
    return _page(request, one, _row_or_404(one, plan_id))


def _row_or_404(one: Visit, pk: UUID) -> YearPlan:
    row: YearPlan = found_or_404(selectors.plans_seen_by(one.keys), pk)
    return row


def _page(request: HttpRequest, one: Visit, row: YearPlan, refused: str = "") -> HttpResponse:
    row.refresh_from_db()
    items = row.items.select_related("target", "supervision", "criticism").order_by("number")
    edit = one.can("edit", row)
    facts = [
        {"label": "Cơ quan lập", "value": row.body.name},
        {"label": "Bên thống nhất", "value": row.counterpart.name},
        {"label": "Người lập", "value": row.written_by.full_name},
        *([{"label": "Người thống nhất", "value": row.agreed_by.full_name}] if row.agreed_by else []),
        *([{"label": "Thống nhất ngày", "value": date_text(row.agreed_on), "kind": "num"}] if row.agreed_on else []),
        {"label": "Ghi chú", "value": row.note},
    ]
    context = {
        "one": one,
        "row": row,
        "badge_of": badge(row.state),
        "items": [_item(item, may=edit and row.state == State.AGREED) for item in items],
        "facts": facts,
        "actions": in_order(_actions(one, row)),
        "may_edit": edit and row.state == State.DRAFT,
        "events": events(row),
        "refused": refused,
        "crumbs": crumbs(("Kế hoạch năm", reverse("plan-list")), (str(row), "")),
    }
    return render_page(request, "supervision/plan.html", context, status=422 if refused else 200)


def _item(item: PlanItem, *, may: bool) -> dict[str, Any]:
    name = "supervision" if item.kind == Kind.SUPERVISION else "criticism"
    made = getattr(item, name, None)
    url = reverse(f"{name}-detail", args=[made.pk]) if made else ""
    open_url = f"{reverse(f'{name}-create')}?dong={item.pk}" if may and made is None else ""
    return {
        "item": item,
        "made": made,
        "url": url,
        "badge": badge(made.state) if made else ("", ""),
        "open_url": open_url,
    }


def _actions(one: Visit, row: YearPlan) -> list[Action]:
    url = reverse("plan-step", args=[row.pk])
    found = []
    if row.state == State.DRAFT and one.can("edit", row):
        found.append(action("propose", "Gửi bên kia thống nhất", Step, url, row.revision, is_main=True))
    if row.state == State.PROPOSED and one.can("approve", row):
        hint = f"Bạn thống nhất thay mặt {row.counterpart}."
        found.append(action("agree", "Thống nhất kế hoạch", Step, url, row.revision, hint=hint, is_main=True))
        found.append(action("decline", "Trả lại", Reason, url, row.revision, hint="Ghi phần cần sửa."))
    return found


@login_required
@require_POST
def plan_step(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Propose, agree or decline a plan."""
    one = visit(request)
    row = _row_or_404(one, plan_id)
    verb = request.POST.get("verb", "")
    form = (Reason if verb == "decline" else Step)(request.POST)

    def again(sentence: str) -> HttpResponse:
        return _page(request, one, row, sentence)

    if not form.is_valid() or verb not in ("propose", "agree", "decline"):
        if not one.can("edit", row):
            one.require("approve", Matter("supervision", row.area_id, State.PROPOSED))
        return again(first_problem(form))
    given = {"plan": row, "revision": form.cleaned_data["revision"], "now": one.now, "by": one.user}
    calls = {
        "propose": lambda: services.propose_plan(**given),
        "agree": lambda: services.agree_plan(**given),
        "decline": lambda: services.decline_plan(**given, reason=form.cleaned_data["note"]),
    }
    done = {"propose": "Đã gửi bên kia.", "agree": "Đã thống nhất kế hoạch.", "decline": "Đã trả lại kế hoạch."}
    return take(request, calls[verb], said=done[verb], url=reverse("plan-detail", args=[row.pk]), again=again)
