"""What is done with a case: each step by its form, vouchers named, comments kept and answered, papers laid beside it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chungtay.evidence import services as evidence
from chungtay.funds.models import Voucher
from chungtay.kernel.errors import DomainError
from chungtay.support import forms, services
from chungtay.support.models import Case, Comment, Role
from chungtay.support.moving import ACTIONS
from chungtay.support.rules import Act
from chungtay.support.views.detail import case_page
from chungtay.support.views.doors import Visit, case_or_404, visit
from chungtay.web.http import redirect_with

Said = Mapping[str, Any]
DONE: Mapping[Act, str] = {
    Act.VERIFY: "Đã ghi kết quả xác minh.",
    Act.POST: "Đã ghi nhận niêm yết. Ý kiến của Nhân dân ghi ngay trên trang này.",
    Act.APPROVE: "Đã duyệt hồ sơ. Từ bây giờ Quỹ có thể chi.",
    Act.FUND: "Đã xác nhận đủ kinh phí.",
    Act.DELIVER: "Đã ghi nhận trao, bàn giao.",
    Act.ACCEPT: "Đã nghiệm thu. Số liệu của tháng đã cập nhật.",
    Act.SEND_BACK: "Đã trả lại kèm lý do.",
    Act.CANCEL: "Đã hủy hồ sơ. Nội dung vẫn đọc lại được.",
}
FORMS: Mapping[Act, type[forms.Step]] = {
    Act.VERIFY: forms.Verify,
    Act.POST: forms.Post,
    Act.APPROVE: forms.Approve,
    Act.FUND: forms.Step,
    Act.DELIVER: forms.Deliver,
    Act.ACCEPT: forms.Accept,
    Act.SEND_BACK: forms.Reason,
    Act.CANCEL: forms.Reason,
}
SERVICES: Mapping[Act, Callable[..., Any]] = {
    Act.VERIFY: services.verify,
    Act.POST: services.post,
    Act.APPROVE: services.approve,
    Act.FUND: services.confirm_funded,
    Act.DELIVER: services.deliver,
    Act.ACCEPT: services.accept,
    Act.SEND_BACK: services.send_back,
    Act.CANCEL: services.cancel,
}


@login_required
@require_POST
def case_act(request: HttpRequest, case_id: UUID, act: str) -> HttpResponse:
    """Take one step with a case."""
    one = visit(request)
    case = case_or_404(one, case_id)
    if act not in set(FORMS):
        raise Http404
    asked = Act(act)
    one.require(ACTIONS[asked], case)
    form = FORMS[asked](request.POST, prefix=act)
    if not form.is_valid():
        return case_page(request, one, case, sent={act: form})
    said = dict(form.cleaned_data)
    if "related" in said:
        said["related"] = said["related"] == "yes"
    return _answer(
        request, one, case, form, lambda: SERVICES[asked](case=case, now=one.now, by=one.user, **said), DONE[asked], act
    )


@login_required
@require_POST
def case_link(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Name a voucher that paid the case."""
    one = visit(request)
    case = case_or_404(one, case_id)
    one.require("fund", case)
    offered = [(request.POST.get("link-voucher", ""), "")]
    form = forms.Link(request.POST, prefix="link", offered=offered)
    if not form.is_valid():
        return case_page(request, one, case, sent={"link": form})
    said = form.cleaned_data
    voucher = _voucher_or_404(said["voucher"])

    def link() -> Any:
        return services.link_voucher(
            case=case, voucher=voucher, amount=said["amount"], revision=said["revision"], now=one.now, by=one.user
        )

    return _answer(request, one, case, form, link, f"Đã gắn {voucher}.", "link")


@login_required
@require_POST
def case_unlink(request: HttpRequest, case_id: UUID, voucher_id: int) -> HttpResponse:
    """Take a voucher's name back."""
    one = visit(request)
    case = case_or_404(one, case_id)
    one.require("fund", case)
    voucher = _voucher_or_404(str(voucher_id))
    form = forms.Reason(request.POST, prefix=f"unlink{voucher_id}")
    if not form.is_valid():
        return case_page(request, one, case, sent={f"unlink{voucher_id}": form})

    def unlink() -> Any:
        return services.unlink_voucher(case=case, voucher=voucher, now=one.now, by=one.user, **form.cleaned_data)

    return _answer(request, one, case, form, unlink, f"Đã gỡ {voucher}.", f"unlink{voucher_id}")


@login_required
@require_POST
def comment_create(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep what somebody said of the case."""
    one = visit(request)
    case = case_or_404(one, case_id)
    one.require("verify", case)
    form = forms.CommentForm(request.POST, prefix="comment")
    if not form.is_valid():
        return case_page(request, one, case, sent={"comment": form})

    def keep() -> Any:
        return services.record_comment(case=case, now=one.now, by=one.user, **form.cleaned_data)

    return _answer(request, one, case, form, keep, "Đã ghi ý kiến. Hãy trả lời trước khi duyệt.", "comment")


@login_required
@require_POST
def comment_answer(request: HttpRequest, case_id: UUID, comment_id: int) -> HttpResponse:
    """Answer a comment."""
    one = visit(request)
    case = case_or_404(one, case_id)
    one.require("verify", case)
    comment = Comment.objects.filter(case=case, pk=comment_id).select_related("case").first()
    if comment is None:
        raise Http404
    form = forms.AnswerForm(request.POST, prefix=f"answer{comment_id}")
    if not form.is_valid():
        return case_page(request, one, case, sent={f"answer{comment_id}": form})

    def reply() -> Any:
        return services.answer_comment(comment=comment, now=one.now, by=one.user, **form.cleaned_data)

    return _answer(request, one, case, form, reply, "Đã ghi trả lời.", f"answer{comment_id}")


@login_required
@require_POST
def evidence_create(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep a picture or paper and lay it beside the case."""
    one = visit(request)
    case = case_or_404(one, case_id)
    if not one.works_on(case):
        one.require("propose", case)
    form = forms.EvidenceForm(request.POST, request.FILES, prefix="evidence")
    if not form.is_valid():
        return case_page(request, one, case, sent={"evidence": form})

    def keep() -> Any:
        kept = evidence.keep(upload=form.cleaned_data["file"], now=one.now, by=one.user)
        role = Role(form.cleaned_data["role"])
        return services.add_evidence(case=case, attachment=kept, role=role, now=one.now, by=one.user)

    return _answer(request, one, case, form, keep, "Đã đính kèm.", "evidence")


def _voucher_or_404(said: str) -> Voucher:
    found = Voucher.objects.filter(pk=int(said)).first() if said.isdecimal() and len(said) < 19 else None
    if found is None:
        raise Http404
    return found


def _answer(
    request: HttpRequest, one: Visit, case: Case, form: Any, do: Callable[[], Any], said: str, name: str
) -> HttpResponse:
    """Do it and go back to the case; a refusal stands above the form that asked for it, with what was typed."""
    try:
        do()
    except DomainError as wrong:
        for reason in getattr(wrong, "reasons", (str(wrong),)):
            form.add_error(None, reason)
        status = 409 if isinstance(wrong, services.CaseMovedOn) else 422
        return case_page(request, one, case_or_404(one, case.pk), sent={name: form}, status=status)
    return redirect_with(request, said, reverse("case-detail", args=[case.pk]))
