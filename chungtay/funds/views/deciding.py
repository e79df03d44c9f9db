"""What a second person does: books a draft, hands money out, undoes a voucher that another asked to undo; and dropping."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chungtay.funds import forms, services
from chungtay.funds.checks import LimitBroken
from chungtay.funds.models import Voucher
from chungtay.funds.views.doors import Visit, draft_or_404, visit, voucher_or_404, voucher_url
from chungtay.funds.views.drafting import draft_page
from chungtay.funds.views.vouchers import voucher_page
from chungtay.kernel.errors import DomainError
from chungtay.web.http import redirect_with


@login_required
@require_POST
def draft_post(request: HttpRequest, fund_id: UUID, draft_id: UUID) -> HttpResponse:
    """Book a draft as the person saw it."""
    one = visit(request, fund_id)
    draft = draft_or_404(one, draft_id)
    one.require("post")
    form = forms.Post(request.POST)
    if not form.is_valid():
        return draft_page(request, one, draft, post=form, refused="Chưa ghi sổ được. Hãy tải lại trang rồi bấm lại.")
    said = form.cleaned_data

    def book() -> dict[str, object]:
        made = services.post_draft(
            draft=draft, revision=said["revision"], override=said["override"], now=one.now, by=one.user
        )
        return {"voucher": str(made)}

    try:
        answer = one.once("funds.draft.post", request, book)
    except LimitBroken as broken:
        return draft_page(request, one, draft, post=form, refused=str(broken), asks_override=True)
    except DomainError as wrong:
        form.with_new_key()
        fresh = draft_or_404(one, draft_id)
        if hasattr(fresh, "voucher"):
            return redirect_with(request, f"Chứng từ đã được ghi sổ: {fresh.voucher}.", voucher_url(one, fresh.voucher))
        return draft_page(request, one, fresh, refused=str(wrong))
    label = str(answer["voucher"])
    return redirect_with(request, f"Đã ghi sổ {label}.", reverse("voucher-detail", args=[one.fund.pk, label]))


@login_required
@require_POST
def draft_drop(request: HttpRequest, fund_id: UUID, draft_id: UUID) -> HttpResponse:
    """Take a draft out of the work."""
    one = visit(request, fund_id)
    draft = draft_or_404(one, draft_id)
    one.require("draft")
    form = forms.Post(request.POST, prefix="drop")
    revision = form.cleaned_data["revision"] if form.is_valid() else 0
    try:
        services.drop_draft(draft=draft, revision=revision, now=one.now, by=one.user)
    except DomainError as wrong:
        return draft_page(request, one, draft_or_404(one, draft_id), refused=str(wrong))
    said = "Đã bỏ bản nháp. Nội dung vẫn đọc lại được, không bao giờ được ghi sổ."
    return redirect_with(request, said, reverse("voucher-list", args=[fund_id]))


@login_required
@require_POST
def voucher_pay(request: HttpRequest, fund_id: UUID, label: str) -> HttpResponse:
    """Record that the money has left."""
    one = visit(request, fund_id)
    voucher = voucher_or_404(one, label)
    one.require("pay")
    form = forms.Pay(request.POST)
    if not form.is_valid():
        return voucher_page(request, one, voucher, pay=form)

    def pay() -> dict[str, object]:
        services.pay_voucher(voucher=voucher, note=form.cleaned_data["note"], now=one.now, by=one.user)
        return {"voucher": label}

    return _answer(request, one, voucher, "funds.voucher.pay", pay, f"Đã ghi nhận chi tiền theo {label}.", "pay")


@login_required
@require_POST
def reversal_ask(request: HttpRequest, fund_id: UUID, label: str) -> HttpResponse:
    """Ask that a voucher be undone."""
    one = visit(request, fund_id)
    voucher = voucher_or_404(one, label)
    one.require("draft")
    form = forms.AskReversal(request.POST)
    if not form.is_valid():
        return voucher_page(request, one, voucher, ask=form)

    def ask() -> dict[str, object]:
        services.ask_reversal(voucher=voucher, reason=form.cleaned_data["reason"], now=one.now, by=one.user)
        return {"voucher": label}

    said = f"Đã đề nghị đảo {label}. Người khác có quyền sẽ quyết định."
    return _answer(request, one, voucher, "funds.reversal.ask", ask, said, "ask", ask=form)


@login_required
@require_POST
def reversal_decide(request: HttpRequest, fund_id: UUID, label: str) -> HttpResponse:
    """Book the mirror that somebody else asked for, or leave the voucher as it is."""
    one = visit(request, fund_id)
    voucher = voucher_or_404(one, label)
    one.require("reverse")
    if request.POST.get("do") == "decline":
        form = forms.DeclineReversal(request.POST)
        if not form.is_valid():
            return voucher_page(request, one, voucher, decline=form)

        def decline() -> dict[str, object]:
            services.decline_reversal(voucher=voucher, reason=form.cleaned_data["reason"], now=one.now, by=one.user)
            return {"voucher": label}

        said = f"Đã giữ nguyên {label}; người đề nghị thấy lý do."
        return _answer(request, one, voucher, "funds.reversal.decline", decline, said, "decline", decline=form)

    def confirm() -> dict[str, object]:
        return {"voucher": str(services.confirm_reversal(voucher=voucher, now=one.now, by=one.user))}

    return _answer(request, one, voucher, "funds.reversal.confirm", confirm, f"Đã ghi bút toán đảo của {label}.")


def _answer(
    request: HttpRequest,
    one: Visit,
    voucher: Voucher,
    action: str,
    do: Callable[[], dict[str, object]],
    said: str,
    prefix: str = "",
    *,
    ask: forms.AskReversal | None = None,
    decline: forms.DeclineReversal | None = None,
) -> HttpResponse:
    """Do it once and go to the voucher that came of it; a refusal stands above the page with what was typed."""
    try:
        answer = one.once(action, request, do, prefix=prefix)
    except DomainError as wrong:
        for form in (ask, decline):
            if form is not None:
                form.with_new_key()
        fresh = voucher_or_404(one, str(voucher))
        return voucher_page(request, one, fresh, ask=ask, decline=decline, refused=str(wrong))
    return redirect_with(request, said, reverse("voucher-detail", args=[one.fund.pk, str(answer["voucher"])]))
