"""Citizens' feedback as the staff see it: moderated, sent on, answered; who told it stays sealed until somebody says what for."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from chungtay.kernel.text import date_text, datetime_text
from chungtay.places.models import Body
from chungtay.places.selectors import name_on
from chungtay.programmes.models import Programme
from chungtay.supervision import selectors, services
from chungtay.supervision.contacts import contact_left
from chungtay.supervision.forms import Narrow
from chungtay.supervision.handling import BadFeedback, matter_of
from chungtay.supervision.models import Contact, Feedback
from chungtay.supervision.rules import SATISFACTION_WORDS, Satisfaction, State
from chungtay.supervision.step_forms import MergeForm, Reason, ReplyForm, RouteForm, Step, TaskForm
from chungtay.supervision.views.cases import sent_file
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
from chungtay.web.http import render_page

PER_PAGE = 25
STATES = (State.RECEIVED, State.ROUTED, State.ANSWERED, State.CLOSED, State.MERGED, State.REFUSED)


@login_required
@require_safe
def feedback_list(request: HttpRequest) -> HttpResponse:
    """Show the feedback in sight; nobody's name stands in it."""
    one = visit(request, "feedback")
    seen = selectors.feedback_seen_by(one.keys)
    years = sorted(set(seen.order_by().values_list("year", flat=True)), reverse=True)
    form = Narrow(request.GET, bodies=selectors.bodies_named(seen, "body"), states=STATES, years=years, has_late=True)
    rows = selectors.narrowed(seen, form.narrowing(one.today), body="body", order=("-received_at",))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "row": row, "url": reverse("feedback-detail", args=[row.pk]), "place": name_on(row.area_id, one.today),
            "badge": badge(row.state, _late(row, one)),
        }
        for row in page
    ]  # fmt: skip
    said = [(words, selectors.rated(rows, kind)) for kind, words in SATISFACTION_WORDS.items()]
    context = frame(one, "feedback-list", form=form, page=page, rows=lines, said=said)
    return render_page(request, "supervision/feedback_list.html", context)


def _late(row: Feedback, one: Visit) -> int:
    return max(0, (one.today - row.due_on).days) if row.due_on and row.state == State.ROUTED else 0


def _row_or_404(one: Visit, pk: UUID) -> Feedback:
    row: Feedback = found_or_404(selectors.feedback_seen_by(one.keys), pk)
    return row


@login_required
@require_safe
def feedback_detail(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    """Show a feedback."""
    one = visit(request)
    return _page(request, one, _row_or_404(one, feedback_id))


def _page(
    request: HttpRequest, one: Visit, row: Feedback, refused: str = "", person: services.Person | None = None
) -> HttpResponse:
    row.refresh_from_db()
    pictures = [reverse("feedback-picture", args=[row.pk, picture.attachment_id]) for picture in row.pictures.all()]
    contact = Contact.objects.filter(feedback=row).first()
    theirs = one.can("reply", matter_of(row)) or one.can("sign", matter_of(row))
    may_look = one.can("disclose", row) and contact_left(row.pk)
    context = {
        "one": one,
        "row": row,
        "pk_text": str(row.pk),
        "badge_of": badge(row.state, _late(row, one)),
        "facts": _facts(row, one),
        "pictures": pictures,
        "answers": list(row.answers.select_related("body", "drafted_by", "signed_by").order_by("-version")),
        "draft": row.draft if theirs else "",
        "actions": in_order([*_ours(one, row), *_theirs(one, row)]),
        "look": action(
            "look", "Xem thông tin người phản ánh", Reason, reverse("feedback-contact", args=[row.pk]), row.revision
        )
        if may_look
        else None,
        "looks": list(contact.looks.select_related("by").order_by("-at")[:5]) if contact else [],
        "has_contact": contact_left(row.pk),
        "person": person,
        "duplicates": list(selectors.feedback_seen_by(one.keys).filter(merged_into=row).order_by("number")),
        "likes": selectors.like_this(row, selectors.feedback_seen_by(one.keys)) if one.can("moderate", row) else [],
        "recommendations": list(selectors.recommendations_seen_by(one.keys).filter(feedback=row).order_by("number")),
        "may_recommend": bool(one.fronts("recommendation"))
        and row.state in (State.ROUTED, State.ANSWERED, State.CLOSED),
        "events": events(row),
        "refused": refused,
        "crumbs": crumbs(("Phản ánh", reverse("feedback-list")), (str(row), "")),
    }
    return render_page(request, "supervision/feedback.html", context, status=422 if refused else 200)


def _facts(row: Feedback, one: Visit) -> list[dict[str, Any]]:
    found = [
        {"label": "Địa bàn", "value": name_on(row.area_id, one.today)},
        {"label": "Nơi xảy ra", "value": row.place},
        {"label": "Gửi lúc", "value": datetime_text(row.received_at), "kind": "num"},
        {"label": "Cơ quan trả lời", "value": row.body.name if row.body else ""},
        {"label": "Hạn trả lời", "value": date_text(row.due_on), "kind": "num"} if row.due_on else None,
        {"label": "Hạn theo", "value": row.due_basis} if row.due_on else None,
        {
            "label": "Gộp vào",
            "value": str(row.merged_into),
            "url": reverse("feedback-detail", args=[row.merged_into_id]),
        }
        if row.merged_into
        else None,
        {"label": "Nhiệm vụ", "value": "Đã lập", "url": reverse("task-detail", args=[row.task_id])}
        if row.task_id
        else None,
    ]
    if row.satisfaction:
        found.append({"label": "Người dân đánh giá", "value": SATISFACTION_WORDS[Satisfaction(row.satisfaction)]})
    return [fact for fact in found if fact]


def _ours(one: Visit, row: Feedback) -> list[Action]:
    """Steps of who moderates."""
    if not one.can("moderate", row):
        return []
    url, state = reverse("feedback-step", args=[row.pk]), State(row.state)
    found = []
    if state in (State.RECEIVED, State.ROUTED):
        bodies = _bodies(one, row)
        label = "Chuyển cơ quan trả lời" if state is State.RECEIVED else "Chuyển cơ quan khác"
        given = {"bodies": bodies}
        found.append(action("route", label, RouteForm, url, row.revision, is_main=state is State.RECEIVED, given=given))
        others = _others(one, row)
        if others:
            given_others = {"others": [(str(other.pk), f"{other}: {other.text[:70]}") for other in others]}
            found.append(action("merge", "Gộp vào phản ánh trùng", MergeForm, url, row.revision, given=given_others))
    if state is State.RECEIVED:
        hint = "Người dân đọc được lý do khi tra cứu."
        found.append(action("refuse", "Không tiếp nhận", Reason, url, row.revision, hint=hint, is_danger=True))
    if state is State.ANSWERED:
        found.append(
            action("close", "Kết thúc", Reason, url, row.revision, hint="Ghi kết quả đã kiểm tra.", is_main=True)
        )
    return found


def _bodies(one: Visit, row: Feedback) -> list[Body]:
    """Bodies of the place and of those above it."""
    way = one.keys.ways.own.get(row.area_id, (row.area_id,))
    above = Body.objects.filter(area_id__in=way[:-1])
    return [
        *bodies_near([row.area_id], one.today),
        *sorted(above, key=lambda body: (-way.index(body.area_id), body.kind, body.name)),
    ]


def _others(one: Visit, row: Feedback) -> list[Feedback]:
    seen = selectors.feedback_seen_by(one.keys)
    likes = selectors.like_this(row, seen)
    rest = seen.filter(area_id=row.area_id, state__in=[State.RECEIVED, State.ROUTED, State.ANSWERED]).exclude(pk=row.pk)
    return [*likes, *(other for other in rest.order_by("-received_at")[:20] if other not in likes)]


def _theirs(one: Visit, row: Feedback) -> list[Action]:
    """Steps of the body that answers."""
    if row.state not in (State.ROUTED, State.ANSWERED):
        return []
    url, found = reverse("feedback-step", args=[row.pk]), []
    if row.state == State.ROUTED and row.draft and one.can("sign", matter_of(row, authors=True)):
        found.append(
            action("sign", "Ký trả lời", Step, url, row.revision, hint="Người dân đọc được sau khi ký.", is_main=True)
        )
    if one.can("reply", matter_of(row)):
        if row.state == State.ROUTED:
            label = "Sửa dự thảo trả lời" if row.draft else "Soạn trả lời"
            found.append(
                action("reply", label, ReplyForm, url, row.revision, is_main=not row.draft, more={"text": row.draft})
            )
        if row.task_id is None and _programme(one, row) is not None:
            more = {"title": row.text[:300]}
            found.append(action("task", "Lập thành nhiệm vụ", TaskForm, url, row.revision, more=more))
    return found


def _programme(one: Visit, row: Feedback) -> Programme | None:
    """Return the newest programme or plan at the body's place in which a task of today can stand."""
    if row.body is None:
        return None
    rows = Programme.objects.filter(area_id=row.body.area_id, starts_on__lte=one.today, ends_on__gte=one.today)
    return rows.order_by("-starts_on", "-signed_on").first()


@login_required
@require_POST
def feedback_step(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    """Take a step of a feedback."""
    one = visit(request)
    row = _row_or_404(one, feedback_id)
    verb = request.POST.get("verb", "")
    form = _form(request, one, row, verb)

    def again(sentence: str) -> HttpResponse:
        return _page(request, one, row, sentence)

    if form is None or not form.is_valid():
        if not one.can("reply", matter_of(row)) and not one.can("sign", matter_of(row)):
            one.require("moderate", row)
        return again(first_problem(form) if form else "Hãy chọn lại việc cần làm.")
    call, done = _call(one, row, verb, form.cleaned_data)
    return take(request, call, said=done, url=reverse("feedback-detail", args=[row.pk]), again=again)


def _form(request: HttpRequest, one: Visit, row: Feedback, verb: str) -> Step | None:
    if verb == "route":
        return RouteForm(request.POST, bodies=_bodies(one, row))
    if verb == "merge":
        return MergeForm(request.POST, others=[(str(other.pk), str(other)) for other in _others(one, row)])
    kinds: dict[str, type[Step]] = {
        "refuse": Reason,
        "close": Reason,
        "reply": ReplyForm,
        "sign": Step,
        "task": TaskForm,
    }
    return kinds[verb](request.POST) if verb in kinds else None


def _call(one: Visit, row: Feedback, verb: str, said: dict[str, Any]) -> tuple[Callable[[], Any], str]:
    given: dict[str, Any] = {"feedback": row, "revision": said["revision"], "now": one.now, "by": one.user}

    def task() -> Any:
        programme = _programme(one, row)
        if programme is None:
            raise BadFeedback("Chưa có chương trình, kế hoạch nào đang thực hiện ở địa bàn này để lập nhiệm vụ.")
        what = {name: said[name] for name in ("title", "product", "due_on")}
        return services.task_from_feedback(feedback=row, programme=programme, **what, now=one.now, by=one.user)

    return {
        "route": (lambda: services.route(**given, body=Body.objects.get(pk=said["body"])), "Đã chuyển."),
        "merge": (lambda: services.merge(**given, into=Feedback.objects.get(pk=said["into"])), "Đã gộp."),
        "refuse": (lambda: services.refuse(**given, reason=said["note"]), "Đã ghi lý do không tiếp nhận."),
        "close": (lambda: services.close_feedback(**given, note=said["note"]), "Đã kết thúc."),
        "reply": (lambda: services.draft_reply(**given, text=said["text"]), "Đã lưu dự thảo, chờ lãnh đạo ký."),
        "sign": (lambda: services.sign_reply(**given), "Đã ký; người dân đọc được trả lời."),
        "task": (task, "Đã lập nhiệm vụ, chờ duyệt."),
    }[verb]


@login_required
@require_POST
@sensitive_variables("person")
def feedback_contact(request: HttpRequest, feedback_id: UUID) -> HttpResponse:
    """Show who told it, once, to whoever says what for; the look is logged."""
    one = visit(request)
    row = _row_or_404(one, feedback_id)
    one.require("disclose", row)
    form = Reason(request.POST)
    if not form.is_valid():
        return _page(request, one, row, first_problem(form))
    try:
        person = services.look_at_contact(feedback=row, purpose=form.cleaned_data["note"], now=one.now, by=one.user)
    except services.ContactGone as gone:
        return _page(request, one, row, str(gone))
    return _page(request, one, row, person=person)


@login_required
@require_safe
def feedback_picture(request: HttpRequest, feedback_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Send a picture that came with a feedback."""
    row = _row_or_404(visit(request), feedback_id)
    return sent_file(row.pictures.values_list("attachment", flat=True), attachment_id)
