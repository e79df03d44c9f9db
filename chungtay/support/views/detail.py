"""One case: where it stands, what may be done next and by whom, its papers, its history, and whose money it was."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.evidence.serving import answer
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.support import checking, forms, printing, reading, selectors, tracing
from chungtay.support.giftlists.writing import template
from chungtay.support.masking import masked
from chungtay.support.models import Case, CaseEvidence, Comment
from chungtay.support.rules import OVER, STATE_LABELS, Act, State, acts_from
from chungtay.support.views.doors import Visit, case_or_404, crumbs, place_name, visit
from chungtay.support.views.rows import STATE_LOOKS, STEP_WORDS, share_rows, timeline_of, way_of
from chungtay.web.http import render_page

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORWARD = (Act.VERIFY, Act.POST, Act.APPROVE, Act.FUND, Act.DELIVER, Act.ACCEPT)
STEP_FORMS: Mapping[Act, type[forms.Step]] = {
    Act.VERIFY: forms.Verify,
    Act.POST: forms.Post,
    Act.APPROVE: forms.Approve,
    Act.FUND: forms.Step,
    Act.DELIVER: forms.Deliver,
    Act.ACCEPT: forms.Accept,
    Act.SEND_BACK: forms.Reason,
    Act.CANCEL: forms.Reason,
}
BUTTONS: Mapping[Act, str] = {
    Act.VERIFY: "Ghi kết quả xác minh",
    Act.POST: "Ghi nhận niêm yết",
    Act.APPROVE: "Duyệt hồ sơ",
    Act.FUND: "Xác nhận đủ kinh phí",
    Act.DELIVER: "Ghi nhận đã trao",
    Act.ACCEPT: "Nghiệm thu",
    Act.SEND_BACK: "Trả lại kèm lý do",
    Act.CANCEL: "Hủy hồ sơ",
}


@login_required
@require_safe
def case_detail(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show a case."""
    one = visit(request)
    return case_page(request, one, case_or_404(one, case_id))


def case_page(
    request: HttpRequest, one: Visit, case: Case, *, sent: Mapping[str, Any] | None = None, status: int = 0
) -> HttpResponse:
    """Draw a case; `sent` holds forms as they came back, by their prefix."""
    sent = sent or {}
    state = State(case.state)
    mine = one.acts(case)
    context = {
        "case": case,
        "kind": case.of_kind,
        "state": STATE_LOOKS[state],
        "state_label": STATE_LABELS[state],
        "who": masked(case.household.head_name) if case.household else "",
        "place": place_name(case, one.today),
        "steps": way_of(case),
        "is_stopped": state in (State.RETURNED, State.CANCELLED),
        "facts": _facts(case),
        "shares": share_rows(case),
        "events": timeline_of(case),
        "next": [_step(one, case, act, sent) for act in FORWARD if act in mine],
        "back": [_step(one, case, act, sent) for act in (Act.SEND_BACK, Act.CANCEL) if act in mine],
        "others": _others(one, case, mine),
        "may_edit": Act.PROPOSE in mine,
        "findings": _findings(one, case) if state in (State.PROPOSED, State.VERIFIED, State.POSTED) else [],
        "comments": _comments(one, case, sent),
        "comment": sent.get("comment") or forms.CommentForm(prefix="comment", initial={"said_on": one.today}),
        "may_comment": state in (State.VERIFIED, State.POSTED) and case.area_id in one.areas("verify"),
        "evidence": list(CaseEvidence.objects.filter(case=case).select_related("attachment", "by").order_by("id")),
        "evidence_form": sent.get("evidence") or forms.EvidenceForm(prefix="evidence"),
        "may_keep": state not in OVER and one.works_on(case),
        **_money(one, case, sent),
        "crumbs": crumbs(case),
    }
    bad = any(form.errors for form in sent.values())
    return render_page(request, "support/case_detail.html", context, status=status or (422 if bad else 200))


def _step(one: Visit, case: Case, act: Act, sent: Mapping[str, Any]) -> dict[str, Any]:
    first = dict.fromkeys(("day", "first", "on"), one.today) | {"revision": case.revision}
    form = sent.get(act.value) or STEP_FORMS[act](prefix=act.value, initial=first)
    if act is Act.DELIVER and not case.of_kind.has_lines and "gives_rest" in form.fields:
        del form.fields["gives_rest"]
    found = checking.look(case, one.today) if act is Act.APPROVE else None
    if found is not None:
        # Only what has a reason to be given is asked for.
        for name, asked in (("over_reason", found.ceiling), ("again_reason", found.again)):
            if not asked:
                del form.fields[name]
    return {
        "act": act.value,
        "title": STEP_WORDS[act],
        "button": BUTTONS[act],
        "form": form,
        "is_danger": act is Act.CANCEL,
    }


def _others(one: Visit, case: Case, mine: list[Act]) -> list[dict[str, str]]:
    """Name who takes the next step when it is not this person."""
    waiting = [act for act in acts_from(State(case.state)) if act in FORWARD and act not in mine]
    rows = [{"act": STEP_WORDS[act], "who": one.names_who(act, case)} for act in waiting]
    if case.state == State.VERIFIED:
        rows = [
            row for row in rows if row["act"] != STEP_WORDS[Act.APPROVE] or not checking.limit_of(case, one.today).days
        ]
    return rows


def _facts(case: Case) -> list[dict[str, Any]]:
    words = [{"label": label, "value": value} for label, value in case.of_kind.words_of(case.details)]
    return [
        {"label": "Khóm, ấp", "value": case.hamlet},
        *words,
        {"label": "Đề nghị", "value": f"{case.proposed_by}, {date_text(case.proposed_on)}"},
        *([{"label": "Cần từ", "value": date_text(case.needed_since)}] if case.needed_since else []),
        *([{"label": "Biên bản nghiệm thu", "value": case.minutes_number}] if case.minutes_number else []),
        {"label": "Bản hồ sơ", "value": f"Bản {case.version}"},
    ]


def _findings(one: Visit, case: Case) -> list[dict[str, str]]:
    """Return what an approver should see, whoever looks."""
    found = checking.look(case, one.today)
    rows = [{"state": "missing", "text": text} for text in found.content]
    rows += [{"state": "missing", "text": text} for text in found.posting]
    rows += [{"state": "explain", "text": text} for text in found.ceiling]
    rows += [{"state": "discrepancy", "text": hit.sentence} for hit in found.again]
    if not found.ceiling and found.limit.most is not None:
        said = f"Trong định mức: tối đa {format_integer(found.limit.most)} đồng một {case.of_kind.unit}"
        rows.append({"state": "approved", "text": said, "note": found.limit.basis})
    if not found.again:
        rows.append({"state": "approved", "text": "Không thấy lần hỗ trợ trước nào trùng"})
    return rows


def _comments(one: Visit, case: Case, sent: Mapping[str, Any]) -> list[dict[str, Any]]:
    may = case.area_id in one.areas("verify") and case.state in (State.VERIFIED, State.POSTED)
    rows = []
    for comment in Comment.objects.filter(case=case).select_related("answer__by", "by").order_by("id"):
        key = f"answer{comment.pk}"
        answered = getattr(comment, "answer", None)
        form = sent.get(key) or forms.AnswerForm(prefix=key)
        rows.append({"comment": comment, "answer": answered, "form": form if may and answered is None else None})
    return rows


def _money(one: Visit, case: Case, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return the vouchers of a case, and the form that names another."""
    paid = checking.paid_by_voucher(case)
    may = case.state == State.APPROVED and one.may("fund", case)
    offered = selectors.vouchers_for(case, one.user, on=one.today) if may else []
    missing = case.fund_share - sum(paid.values())
    choices = [
        (
            str(voucher.pk),
            f"{voucher}, {date_text(voucher.occurred_on)}: {voucher.party or voucher.memo}, còn {format_integer(left)} đồng",
        )
        for voucher, left in offered
    ]
    first = {"revision": case.revision, "amount": missing}
    vouchers = []
    for voucher in tracing.vouchers(paid):
        key = f"unlink{voucher.pk}"
        form = sent.get(key) or forms.Reason(prefix=key, initial={"revision": case.revision})
        vouchers.append(
            {
                "voucher": voucher,
                "amount": paid[voucher.pk],
                "url": reverse("voucher-detail", args=[voucher.fund_id, str(voucher)])
                if one.keys.can("view", voucher)
                else "",
                "form": form if may else None,
            }
        )
    link: forms.Link = sent.get("link") or forms.Link(prefix="link", initial=first, offered=choices)
    link.offer(choices)
    return {
        "vouchers": vouchers,
        "missing": missing,
        "paid": sum(paid.values()),
        "link": link if may and missing > 0 and choices else None,
        "no_vouchers": may and missing > 0 and not choices,
        "has_money": bool(paid),
    }


@login_required
@require_safe
def evidence_file(request: HttpRequest, case_id: UUID, evidence_id: int) -> HttpResponse:
    """Answer with a paper or picture of a case."""
    one = visit(request)
    case = case_or_404(one, case_id)
    found = CaseEvidence.objects.filter(case=case, pk=evidence_id).select_related("attachment").first()
    if found is None:
        raise Http404
    return answer(found.attachment, thumbnail="nho" in request.GET)


@login_required
@require_safe
def case_trail(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show whose money a case was, and what else those gifts became."""
    one = visit(request)
    case = case_or_404(one, case_id)
    found = tracing.trail(case, lambda voucher: one.keys.can("view", voucher), one.areas("view"))
    context = {"case": case, "found": found, "crumbs": crumbs(case, ("Nguồn tiền", ""))}
    return render_page(request, "support/case_trail.html", context)


@login_required
@require_safe
def case_paper(request: HttpRequest, case_id: UUID, paper: str, form: str) -> HttpResponse:
    """Answer with a paper of a case: minutes, the list to sign, the template of a list. Names in full are noted as read."""
    one = visit(request)
    case = case_or_404(one, case_id)
    has_lines = case.of_kind.has_lines
    if (paper, form) == ("mau", "xlsx") and has_lines:
        return _file(template(), XLSX, "mau-danh-sach.xlsx")
    if (paper, form) == ("bien-ban", "pdf"):
        data, kind = printing.minutes_pdf(case, one.today), PDF
    elif (paper, form) == ("danh-sach", "pdf") and has_lines:
        data, kind = printing.list_pdf(case, one.today), PDF
    elif (paper, form) == ("danh-sach", "xlsx") and has_lines:
        data, kind = printing.list_workbook(case, one.today), XLSX
    else:
        raise Http404
    reading.note(case, f"{paper}.{form}", now=one.now, by=one.user)
    return _file(data, kind, f"{paper}-{case}.{form}")


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    way = "inline" if kind == PDF else "attachment"
    headers = {"Content-Disposition": f'{way}; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type=kind, headers=headers)
