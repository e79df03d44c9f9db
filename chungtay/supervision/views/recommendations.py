"""One recommendation on the screen: its answers, and the steps of both sides."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.access.rules import Matter
from chungtay.evidence import serving
from chungtay.kernel.text import date_text
from chungtay.supervision import selectors, services
from chungtay.supervision.answering import answering_bodies, draft_hash, matter_of
from chungtay.supervision.models import AnswerDraft, Publication, Recommendation
from chungtay.supervision.rules import OUTCOME_WORDS, OWED, Outcome, State
from chungtay.supervision.step_forms import AnswerForm, PaperNumber, Reason, Sign, Step
from chungtay.supervision.views.doors import (
    Action,
    Visit,
    action,
    badge,
    crumbs,
    events,
    first_problem,
    found_or_404,
    in_order,
    kept_file,
    take,
    visit,
)
from chungtay.web.http import render_page


@login_required
@require_safe
def recommendation_detail(request: HttpRequest, recommendation_id: UUID) -> HttpResponse:
    """Show a recommendation with its answers and what may be done next."""
    one = visit(request)
    return _page(request, one, _row_or_404(one, recommendation_id))


def _row_or_404(one: Visit, pk: UUID) -> Recommendation:
    row: Recommendation = found_or_404(selectors.recommendations_seen_by(one.keys), pk)
    return row


def _page(
    request: HttpRequest, one: Visit, row: Recommendation, refused: str = "", answer: AnswerForm | None = None
) -> HttpResponse:
    row.refresh_from_db()
    is_mine = one.can("view", row)
    draft = AnswerDraft.objects.filter(recommendation=row).select_related("body", "drafted_by", "attachment").first()
    theirs = _may_answer(one, row, "reply") or _may_answer(one, row, "sign")
    late = row.days_late(one.today) if row.state in OWED else 0
    state, label = badge(row.state, late)
    answers = [
        {"answer": one_, "url": reverse("recommendation-file", args=[row.pk, one_.pk]) if one_.attachment else ""}
        for one_ in row.answers.select_related("body", "drafted_by", "signed_by", "attachment").order_by("-version")
    ]
    publication = Publication.objects.filter(recommendation=row).first()
    context = {
        "one": one,
        "row": row,
        "state": state,
        "state_label": label,
        "late": late,
        "facts": _facts(row),
        "answers": answers,
        "draft": draft if draft is not None and theirs else None,
        "draft_outcome": OUTCOME_WORDS[Outcome(draft.outcome)] if draft else "",
        "actions": in_order([*_theirs(one, row, draft, answer), *(_ours(one, row, publication) if is_mine else [])]),
        "events": events(row),
        "publication": publication,
        "refused": refused,
        "crumbs": crumbs((str(row), "")),
    }
    return render_page(request, "supervision/recommendation.html", context, status=422 if refused else 200)


def _may_answer(one: Visit, row: Recommendation, act: str) -> bool:
    return any(one.can(act, matter_of(row, body)) for body in answering_bodies(row))


def _facts(row: Recommendation) -> list[dict[str, Any]]:
    source = row.supervision or row.criticism
    name = "supervision-detail" if row.supervision else "criticism-detail"
    found = [
        {"label": "Cơ quan kiến nghị", "value": row.body.name},
        {"label": "Cơ quan phải trả lời", "value": row.addressee.name},
        {"label": "Căn cứ", "value": row.legal_basis},
        {"label": "Từ", "value": str(source), "url": reverse(name, args=[source.pk])} if source else None,
        {"label": "Gửi ngày", "value": date_text(row.sent_on), "kind": "num"} if row.sent_on else None,
        {"label": "Hạn trả lời", "value": date_text(row.due_on), "kind": "num"} if row.due_on else None,
        {"label": "Hạn theo", "value": row.due_basis} if row.due_on else None,
        {"label": "Cấp trên", "value": row.superior.name} if row.superior else None,
        {"label": "Trả lời lần đầu", "value": date_text(row.answered_on), "kind": "num"} if row.answered_on else None,
        {"label": "Kết thúc bằng quyết định", "value": row.decision} if row.decision else None,
    ]
    return [fact for fact in found if fact]


def _theirs(one: Visit, row: Recommendation, draft: AnswerDraft | None, answer: AnswerForm | None) -> list[Action]:
    """Steps of the addressee's side: a clerk drafts, a leader signs."""
    if row.state not in OWED:
        return []
    found = []
    if draft is not None and _may_answer(one, row, "sign") and draft.drafted_by_id != one.user.pk:
        url = reverse("recommendation-step", args=[row.pk])
        hint = "Bạn ký đúng bản đang hiện; sửa sau khi bạn mở trang thì chữ ký không được nhận."
        found.append(
            action(
                "sign",
                "Ký trả lời",
                Sign,
                url,
                row.revision,
                hint=hint,
                is_main=True,
                more={"content_hash": draft_hash(draft)},
            )
        )
    if _may_answer(one, row, "reply"):
        url = reverse("recommendation-answer", args=[row.pk])
        first = {"outcome": draft.outcome, "text": draft.text, "reason": draft.reason} if draft else {}
        label = "Sửa dự thảo trả lời" if draft else "Soạn trả lời"
        made = action("draft", label, AnswerForm, url, row.revision, is_main=draft is None, more=first)
        found.append(
            Action(made.label, answer or made.form, url, "Lãnh đạo cơ quan đọc và ký.", draft is None or bool(answer))
        )
    return found


def _ours(one: Visit, row: Recommendation, publication: Publication | None) -> list[Action]:
    """Steps of the Front's side."""
    url, state = reverse("recommendation-step", args=[row.pk]), State(row.state)
    edit, close = one.can("edit", row), one.can("close", _plain(row))
    found = []
    if edit and state is State.DRAFT:
        hint = "Hạn trả lời tính từ hôm nay theo thời hạn đang áp dụng."
        found.append(action("send", "Gửi kiến nghị", Step, url, row.revision, hint=hint, is_main=True))
        found.append(action("cancel", "Bỏ bản nháp", Reason, url, row.revision, is_danger=True))
    if close and state is State.ANSWERED:
        found.append(action("accept", "Chấp nhận trả lời", Step, url, row.revision, is_main=True))
        found.append(
            action("back", "Yêu cầu trả lời lại", Reason, url, row.revision, hint="Cơ quan trả lời sẽ thấy lý do.")
        )
    if close and state is State.ACCEPTED:
        hint = "Ghi đã kiểm tra việc thực hiện thế nào."
        found.append(action("close", "Kết thúc theo dõi", Reason, url, row.revision, hint=hint, is_main=True))
    if edit and state in OWED and row.superior_id is None:
        hint = f"Được kiến nghị từ sau ngày {date_text(row.escalate_on)}." if row.escalate_on else ""
        found.append(action("escalate", "Kiến nghị lên cấp trên", Reason, url, row.revision, hint=hint))
    if one.can("close", row) and state in (*OWED, State.ANSWERED):
        hint = "Chỉ dùng khi không chờ trả lời nữa; người lập kiến nghị không tự quyết định."
        found.append(action("decide", "Kết thúc bằng quyết định", Reason, url, row.revision, hint=hint, is_danger=True))
    if publication is None and one.can("publish", row) and state not in (State.DRAFT, State.CANCELLED):
        hint = "Nội dung công khai giữ nguyên từng chữ, không sửa được."
        found.append(action("publish", "Công khai", PaperNumber, url, row.revision, hint=hint))
    return found


def _plain(row: Recommendation) -> Matter:
    """The same without authors: accepting an answer judges the other side's work, not the writer's."""
    return Matter("recommendation", row.area_id, row.state)


@login_required
@require_POST
def recommendation_answer(request: HttpRequest, recommendation_id: UUID) -> HttpResponse:
    """Keep the draft of an answer."""
    one = visit(request)
    row = _row_or_404(one, recommendation_id)
    if not _may_answer(one, row, "reply"):
        one.require("reply", matter_of(row, row.addressee))
    form = AnswerForm(request.POST, request.FILES, auto_id="id_draft_%s")

    def again(sentence: str) -> HttpResponse:
        return _page(request, one, row, sentence, form)

    if not form.is_valid():
        return again(first_problem(form))
    said = form.cleaned_data

    def call() -> None:
        services.draft_answer(
            recommendation=row, outcome=Outcome(said["outcome"]), text=said["text"], reason=said["reason"],
            attachment=kept_file(form, one), revision=said["revision"], now=one.now, by=one.user,
        )  # fmt: skip

    url = reverse("recommendation-detail", args=[row.pk])
    return take(request, call, said="Đã lưu dự thảo trả lời, chờ lãnh đạo ký.", url=url, again=again)


STEPS: dict[str, tuple[type[Step], str]] = {
    "send": (Step, "Đã gửi kiến nghị."),
    "cancel": (Reason, "Đã bỏ bản nháp."),
    "sign": (Sign, "Đã ký trả lời."),
    "accept": (Step, "Đã chấp nhận trả lời."),
    "back": (Reason, "Đã yêu cầu trả lời lại."),
    "close": (Reason, "Đã kết thúc theo dõi."),
    "escalate": (Reason, "Đã kiến nghị lên cấp trên."),
    "decide": (Reason, "Đã kết thúc bằng quyết định."),
    "publish": (PaperNumber, "Đã công khai."),
}


@login_required
@require_POST
def recommendation_step(request: HttpRequest, recommendation_id: UUID) -> HttpResponse:
    """Take a step of a recommendation."""
    one = visit(request)
    row = _row_or_404(one, recommendation_id)
    kind, done = STEPS.get(request.POST.get("verb", ""), (Step, ""))
    form = kind(request.POST)

    def again(sentence: str) -> HttpResponse:
        return _page(request, one, row, sentence)

    if not form.is_valid() or not done:
        _may_do_something(one, row)
        return again(first_problem(form))
    said = form.cleaned_data
    given = {"recommendation": row, "revision": said["revision"], "now": one.now, "by": one.user}
    note = said.get("note", "")
    calls = {
        "send": lambda: services.send(**given),
        "cancel": lambda: services.cancel_recommendation(**given, reason=note),
        "sign": lambda: services.sign_answer(**given, content_hash=said["content_hash"]),
        "accept": lambda: services.accept_answer(**given),
        "back": lambda: services.send_answer_back(**given, reason=note),
        "close": lambda: services.close(**given, note=note),
        "escalate": lambda: services.escalate(**given, reason=note),
        "decide": lambda: services.decide(**given, decision=note),
        "publish": lambda: services.publish_recommendation(**given, number=said["number"]),
    }
    url = reverse("recommendation-detail", args=[row.pk])
    return take(request, calls[said["verb"]], said=done, url=url, again=again)


def _may_do_something(one: Visit, row: Recommendation) -> None:
    """Return when the person has any step here. Raises PermissionDenied otherwise."""
    ours = any(one.can(act, _plain(row)) for act in ("edit", "close", "publish"))
    if not ours and not _may_answer(one, row, "reply") and not _may_answer(one, row, "sign"):
        one.require("edit", row)


@login_required
@require_safe
def recommendation_file(request: HttpRequest, recommendation_id: UUID, answer_id: UUID) -> HttpResponse:
    """Send the paper of a signed answer."""
    one = visit(request)
    row = _row_or_404(one, recommendation_id)
    answer = row.answers.filter(pk=answer_id, attachment__isnull=False).select_related("attachment").first()
    if answer is None or answer.attachment is None:
        raise Http404
    return serving.answer(answer.attachment)
