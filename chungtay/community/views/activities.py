"""What was done: the list, the month as a calendar, one activity with its pictures, and the steps to its confirmation."""

from calendar import Calendar
from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.access.rules import Verdict
from chungtay.community import activity_forms as forms
from chungtay.community import selectors, services
from chungtay.community.kinds import activity_kind, catalogue
from chungtay.community.models import Activity
from chungtay.community.rules import STATE_LABELS, ActivityState
from chungtay.community.views.doors import Visit, crumbs, tabs, visit
from chungtay.evidence import serving
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text, datetime_text
from chungtay.places import selectors as places
from chungtay.web.http import redirect_with, render_page
from chungtay.web.paging import LongPaginator

ON_A_PAGE = 50
ON_A_DAY = 3
BADGES = {
    "draft": "draft",
    "recorded": "submitted",
    "confirmed": "approved",
    "returned": "returned",
    "withdrawn": "none",
}
DONE = {
    "record": "Đã gửi để người khác xác nhận.",
    "confirm": "Đã xác nhận. Hoạt động được tính vào số liệu từ bây giờ.",
    "return": "Đã trả lại kèm lý do.",
    "withdraw": "Đã rút. Nội dung vẫn giữ để xem lại.",
}


@login_required
@require_safe
def activity_list(request: HttpRequest) -> HttpResponse:
    """Show activities, newest first, with what waits for this person above them."""
    one = visit(request, "activity")
    form, asked = _filter(request, one)
    areas = one.areas("activity")
    read = Activity.objects.select_related("hamlet", "group")
    page = LongPaginator(selectors.activity_list(areas, asked), ON_A_PAGE, read=read).get_page(request.GET.get("page"))
    narrowed = any(value for name, value in asked.items() if name != "xep")
    context = {
        "tabs": tabs("activity-list"),
        "form": form,
        "page": page,
        "rows": activity_rows(page.object_list, one),
        "waiting": 0 if narrowed else waiting_for(one),
        "kinds": list(catalogue().activities.values()) if one.areas("activity", "fill") else [],
        "is_narrowed": narrowed,
        "export": f"{reverse('register-export', args=['hoat-dong'])}?{request.GET.urlencode()}",
    }
    return render_page(request, "community/activity_list.html", context, status=422 if form.errors else 200)


def _filter(request: HttpRequest, one: Visit) -> tuple[forms.ActivityFilter, dict[str, Any]]:
    movements = [(str(m.pk), m.name) for m in selectors.movements_of(one.areas("movement"))]
    units = one.units(one.areas("activity"), current=False)
    form = forms.ActivityFilter(request.GET, units=units, movements=movements)
    return form, form.cleaned_data if form.is_valid() else {}


def waiting_for(one: Visit) -> int:
    """Return how many activities wait for somebody's confirmation that this person may give."""
    rows = Activity.objects.filter(state=ActivityState.RECORDED, area_id__in=one.areas("activity", "approve"))
    return rows.exclude(written_by=one.user).exclude(changed_by=one.user).exclude(recorded_by=one.user).count()


def activity_rows(found: Any, one: Visit) -> list[dict[str, Any]]:
    """Return activities as rows of a table."""
    rows = list(found)
    names = places.names_on({row.area_id for row in rows}, one.today)
    return [
        {
            "activity": row,
            "kind": activity_kind(row.kind).label,
            "place": ", ".join(text for text in (str(row.hamlet or ""), names.get(row.area_id, "")) if text),
            "counted": _counted(row),
            "badge": BADGES[row.state],
            "state": STATE_LABELS[ActivityState(row.state)],
        }
        for row in rows
    ]


def _counted(row: Activity) -> str:
    specs = {spec.code: spec for spec in activity_kind(row.kind).fields}
    said = [
        f"{format_integer(value)} {specs[code].unit}".strip()
        for code, value in row.counts.items()
        if code in specs and isinstance(value, int)
    ]
    return ", ".join(said)


@login_required
@require_safe
def activity_calendar(request: HttpRequest) -> HttpResponse:
    """Show a month, day by day: ?thang=2023-11."""
    one = visit(request, "activity")
    first = _month(request.GET.get("thang", ""), one.today)
    days = [day for week in Calendar().monthdatescalendar(first.year, first.month) for day in week]
    rows = selectors.activity_list(one.areas("activity"), {"tu": days[0], "den": days[-1], "xep": "cu"})
    by_day: dict[date, list[Activity]] = defaultdict(list)
    for row in rows.only("id", "title", "held_on", "state", "kind", "area")[:5000]:
        by_day[row.held_on].append(row)
    weeks = [
        [
            {
                "day": day,
                "here": day.month == first.month,
                "is_today": day == one.today,
                "rows": [(row, BADGES[row.state]) for row in by_day[day][:ON_A_DAY]],
                "more": max(0, len(by_day[day]) - ON_A_DAY),
            }
            for day in days[start : start + 7]
        ]
        for start in range(0, len(days), 7)
    ]
    before = date(first.year - (first.month == 1), 12 if first.month == 1 else first.month - 1, 1)
    after = date(first.year + (first.month == 12), first.month % 12 + 1, 1)
    context = {
        "tabs": tabs("activity-list"),
        "first": first,
        "before": before,
        "after": after,
        "weeks": weeks,
        "count": sum(len(found) for day, found in by_day.items() if day.month == first.month),
        "crumbs": crumbs(("Hoạt động", reverse("activity-list")), ("Lịch", "")),
    }
    return render_page(request, "community/activity_calendar.html", context)


def _month(text: str, today: date) -> date:
    year, _, month = text.partition("-")
    if year.isdecimal() and month.isdecimal() and 1990 <= int(year) <= 2100 and 1 <= int(month) <= 12:
        return date(int(year), int(month), 1)
    return today.replace(day=1)


def activity_or_404(one: Visit, activity_id: UUID) -> Activity:
    """Return an activity that the person may see. Raises Http404."""
    related = ("hamlet", "group", "movement", "task", "body", "written_by", "confirmed_by")
    found = Activity.objects.select_related(*related).filter(pk=activity_id).first()
    if found is None:
        raise Http404
    one.see(found)
    return found


@login_required
@require_safe
def activity_detail(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Show one activity."""
    one = visit(request, "activity")
    return _page(request, one, activity_or_404(one, activity_id))


def _page(
    request: HttpRequest, one: Visit, activity: Activity, *, form: forms.StepForm | None = None, refused: str = ""
) -> HttpResponse:
    verdict = one.keys.verdict("approve", activity)
    waits = activity.state == ActivityState.RECORDED
    context = {
        "activity": activity,
        "kind": activity_kind(activity.kind),
        "badge": BADGES[activity.state],
        "state": STATE_LABELS[ActivityState(activity.state)],
        "facts": _facts(activity, one),
        "pictures": list(activity.pictures.select_related("attachment").order_by("id")),
        "events": _events(activity),
        "last_reason": _last_reason(activity),
        "may_write": activity.is_open and one.can("fill", activity),
        "may_record": activity.is_open and one.can("submit", activity),
        "may_confirm": waits and verdict is Verdict.ALLOWED,
        "is_own": waits and verdict is Verdict.OWN_WORK,
        "may_return": waits and one.can("send_back", activity),
        "may_withdraw": activity.state != ActivityState.WITHDRAWN and one.can("withdraw", activity),
        "form": form or forms.StepForm(initial={"revision": activity.revision}),
        "refused": refused,
        "crumbs": crumbs(("Hoạt động", reverse("activity-list")), (str(activity), "")),
    }
    return render_page(request, "community/activity_detail.html", context, status=422 if refused else 200)


def _facts(activity: Activity, one: Visit) -> list[dict[str, Any]]:
    kind = activity_kind(activity.kind)
    facts: list[dict[str, Any]] = [
        {"label": "Ngày tổ chức", "value": date_text(activity.held_on)},
        {"label": "Đơn vị", "value": places.name_on(activity.area_id, one.today)},
    ]
    if activity.hamlet:
        facts.append({"label": "Khóm, ấp", "value": str(activity.hamlet)})
    facts.append({"label": "Địa điểm", "value": activity.venue})
    joined = "" if activity.participants is None else format_integer(activity.participants)
    facts.append({"label": "Người tham gia", "value": joined, "kind": "num"})
    for spec in kind.fields:
        value = activity.counts.get(spec.code)
        shown = format_integer(value) if isinstance(value, int) else spec.shown(value)
        facts.append({"label": spec.label, "value": shown, "kind": "num" if spec.kind == "count" else ""})
    links = (
        ("Nhóm đứng ra làm", activity.group, "group-detail"),
        ("Thuộc phong trào", activity.movement, "movement-detail"),
        ("Cơ quan, đoàn thể chủ trì", activity.body, ""),
        ("Thực hiện nhiệm vụ", activity.task, ""),
    )
    for label, thing, name in links:
        if thing is not None:
            shown = getattr(thing, "name", None) or str(thing)
            facts.append({"label": label, "value": shown, "url": reverse(name, args=[thing.pk]) if name else ""})
    return [*facts, {"label": "Ghi chú", "value": activity.note}]


def _events(activity: Activity) -> list[dict[str, str]]:
    states = {"record": "submitted", "confirm": "approved", "return": "returned", "withdraw": "none"}
    return [
        {
            "when": datetime_text(act.at),
            "what": f"{act.by.full_name} {act.get_verb_display()}",
            "note": act.reason,
            "state": states.get(act.verb, "draft"),
        }
        for act in activity.acts.select_related("by").order_by("-position")
    ]


def _last_reason(activity: Activity) -> str:
    if activity.state not in (ActivityState.RETURNED, ActivityState.WITHDRAWN):
        return ""
    last = activity.acts.exclude(reason="").order_by("-position").first()
    return last.reason if last else ""


@login_required
@require_POST
def activity_step(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Take a step: do=record, confirm, return or withdraw."""
    one = visit(request, "activity")
    activity = activity_or_404(one, activity_id)
    form = forms.StepForm(request.POST)
    step = request.POST.get("do", "")
    if step not in DONE or not form.is_valid():
        return _page(request, one, activity, form=form, refused="Thiếu việc cần làm. Hãy bấm lại một nút trên trang.")
    reason, revision = form.cleaned_data["reason"], form.cleaned_data["revision"] or 0
    given: dict[str, Any] = {"activity": activity, "now": one.now, "by": one.user}
    try:
        match step:
            case "record":
                services.record_activity(**given)
            case "confirm":
                services.confirm_activity(**given, revision=revision)
            case "return":
                services.return_activity(**given, reason=reason)
            case _:
                services.withdraw_activity(**given, reason=reason)
    except DomainError as refused:
        return _page(request, one, activity_or_404(one, activity_id), form=form, refused=str(refused))
    return redirect_with(request, DONE[step], reverse("activity-detail", args=[activity.pk]))


@login_required
@require_safe
def activity_picture(request: HttpRequest, activity_id: UUID, picture_id: int) -> HttpResponse:
    """Send a picture or document of an activity; ?nho=1 the small picture."""
    one = visit(request, "activity")
    activity = activity_or_404(one, activity_id)
    picture = activity.pictures.select_related("attachment").filter(pk=picture_id).first()
    if picture is None:
        raise Http404
    return serving.answer(picture.attachment, thumbnail="nho" in request.GET and picture.attachment.is_picture)
