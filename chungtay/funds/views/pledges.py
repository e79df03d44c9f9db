"""Promises: a new one, and one of them with its payment code, its receipts and what was said of it since."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chungtay.banking.references import read
from chungtay.funds import giving_forms as forms
from chungtay.funds import services
from chungtay.funds.bank import codes
from chungtay.funds.giving_lists import campaigns_of
from chungtay.funds.models import BankAccount, Pledge, PledgeStep, Voucher
from chungtay.funds.promises import STANDING_LABELS, Standing
from chungtay.funds.promising import linked_by, offered_for, promise_of
from chungtay.funds.views.doors import Visit, crumbs, visit, voucher_url
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import NBSP, date_text, datetime_text
from chungtay.ledger.numbering import BadVoucherNumber, parse_number
from chungtay.web.http import redirect_with, render_page

SIGNS = {
    Standing.OPEN: "missing",
    Standing.LATE: "late",
    Standing.PARTLY: "provisional",
    Standing.KEPT: "approved",
    Standing.CANCELLED: "returned",
}
SAID = {
    "link": "Đã gắn phiếu thu vào cam kết.",
    "unlink": "Đã gỡ phiếu thu khỏi cam kết.",
    "cancel": "Đã ghi cam kết không thực hiện.",
}


@login_required
@require_http_methods(["GET", "POST"])
def pledge_create(request: HttpRequest, fund_id: UUID) -> HttpResponse:
    """Record a promise; it gets a payment code of its own."""
    one = visit(request, fund_id)
    one.require("draft")
    data = request.POST if request.method == "POST" else None
    form = forms.Promised(data, campaigns=campaigns_of(one.fund), initial={"pledged_on": one.today})
    refused = ""
    if form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "key"}

        def record() -> dict[str, object]:
            reference = codes.new_pledge_reference()
            made = services.record_pledge(fund=one.fund, reference=reference, **said, now=one.now, by=one.user)
            return {"pledge": str(made.pk)}

        try:
            made = one.once("funds.pledge.record", request, record)
        except DomainError as wrong:
            refused = str(wrong)
        else:
            address = reverse("pledge-detail", args=[fund_id, made["pledge"]])
            return redirect_with(request, "Đã ghi cam kết và lập mã chuyển khoản.", address)
    context = {
        "one": one,
        "form": form,
        "refused": refused,
        "title": "Ghi cam kết ủng hộ",
        "text": "Cam kết chưa phải tiền đã nhận. Phần mềm lập mã chuyển khoản riêng để nhận ra khi tiền về.",
        "button": "Ghi cam kết",
        "back": _list_url(one),
        "here": "pledges",
        "crumbs": crumbs(one, ("Cam kết ủng hộ", _list_url(one)), ("Ghi cam kết", "")),
    }
    return render_page(request, "funds/giving_form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def pledge_detail(request: HttpRequest, fund_id: UUID, pledge_id: UUID) -> HttpResponse:
    """Show a promise; POST links a receipt, takes a link back or calls the promise off (`do`)."""
    one = visit(request, fund_id)
    pledge = Pledge.objects.filter(fund=one.fund, pk=pledge_id).select_related("campaign", "recorded_by").first()
    if pledge is None:
        raise Http404
    pledge.fund = one.fund
    if request.method != "POST":
        return _page(request, one, pledge)
    one.require("draft")
    verb = request.POST.get("do", "")
    kinds = {"link": forms.LinkReceipt, "unlink": forms.UnlinkReceipt, "cancel": forms.CancelPledge}
    if verb not in kinds:
        raise Http404
    form = kinds[verb](request.POST)
    if not form.is_valid():
        return _page(request, one, pledge, bound={verb: form})
    try:
        one.once(f"funds.pledge.{verb}", request, lambda: _step(one, pledge, verb, form.cleaned_data), prefix=verb)
    except DomainError as wrong:
        return _page(request, one, pledge, bound={verb: form}, refused=str(wrong))
    return redirect_with(request, SAID[verb], reverse("pledge-detail", args=[fund_id, pledge_id]))


def _step(one: Visit, pledge: Pledge, verb: str, said: dict[str, Any]) -> dict[str, object]:
    who: dict[str, Any] = {"pledge": pledge, "now": one.now, "by": one.user}
    if verb == "cancel":
        step = services.cancel_pledge(reason=said["reason"], **who)
    elif verb == "link":
        step = services.link_receipt(voucher=_voucher(one, said["number"]), amount=said["amount"], **who)
    else:
        step = services.unlink_receipt(voucher=_voucher(one, said["number"]), reason=said["reason"], **who)
    return {"step": step.pk}


def _voucher(one: Visit, number: str) -> Voucher:
    try:
        prefix, year, count = parse_number(number.strip().upper())
    except BadVoucherNumber as wrong:
        raise services.BadGift(f"“{number}” không phải số phiếu. Ghi như PT-2025-000123.") from wrong
    found = Voucher.objects.filter(fund=one.fund, prefix=prefix, year=year, number=count).first()
    if found is None:
        raise services.BadGift(f"Quỹ không có phiếu {number.strip()}. Hãy xem lại số phiếu.")
    return found


def _page(
    request: HttpRequest, one: Visit, pledge: Pledge, *, bound: dict[str, Any] | None = None, refused: str = ""
) -> HttpResponse:
    bound = bound or {}
    promise = promise_of(pledge)
    standing = promise.standing(one.today)
    may_act = one.may_draft and standing is not Standing.CANCELLED
    offered = offered_for(pledge) if may_act and promise.left else []
    context = {
        "one": one,
        "pledge": pledge,
        "promise": promise,
        "state": SIGNS[standing],
        "state_label": STANDING_LABELS[standing],
        "days_late": promise.days_late(one.today),
        "percent": min(100, promise.kept * 100 // pledge.amount),
        "percent_text": f"Đã thực hiện {promise.kept * 100 // pledge.amount}%",
        "linked": [
            {"voucher": v, "amount": n, "url": voucher_url(one, v), "is_reversed": hasattr(v, "reversal")}
            for v, n in linked_by(pledge).items()
        ],
        "offered": [
            {"voucher": v, "free": free, "amount": min(free, promise.left), "url": voucher_url(one, v)}
            for v, free in offered
        ],
        "link": bound.get("link") or forms.LinkReceipt() if may_act and promise.left else None,
        "unlink": bound.get("unlink") or forms.UnlinkReceipt(),
        "cancel": bound.get("cancel") or forms.CancelPledge() if may_act and promise.left else None,
        "may_act": may_act,
        "refused": refused,
        "facts": _facts(pledge),
        "codes": _codes(one, pledge) if promise.left else [],
        "events": _events(pledge),
        "crumbs": crumbs(one, ("Cam kết ủng hộ", _list_url(one)), (pledge.donor, "")),
    }
    wrong = refused or any(form.errors for form in bound.values())
    return render_page(request, "funds/pledge_detail.html", context, status=422 if wrong else 200)


def _list_url(one: Visit) -> str:
    return reverse("register-list", args=[one.fund.pk, "cam-ket"])


def _facts(pledge: Pledge) -> list[dict[str, str]]:
    found = read(pledge.reference)
    facts = [
        {"label": "Ngày đăng ký", "value": date_text(pledge.pledged_on)},
        {"label": "Hẹn chuyển đến", "value": date_text(pledge.due_on) if pledge.due_on else "Không hẹn ngày"},
        {"label": "Đợt vận động", "value": pledge.campaign.name if pledge.campaign else "Không thuộc đợt nào"},
        {"label": "Mã nộp tiền", "value": found.spaced if found else pledge.reference or "Không có"},
    ]
    by = pledge.recorded_by.full_name if pledge.recorded_by else "Hệ thống"
    return [*facts, {"label": "Người ghi", "value": f"{by}, {datetime_text(pledge.recorded_at)}"}]


def _codes(one: Visit, pledge: Pledge) -> list[dict[str, str]]:
    """Return where the payment code of the promise is shown and printed, for each account of the fund."""
    if not pledge.reference or not one.may("view", "statement"):
        return []
    accounts = BankAccount.objects.filter(fund=one.fund).order_by("code")
    return [
        {
            "label": f"Mã VietQR, {account.code}",
            "url": f"{reverse('bank-code', args=[one.fund.pk, account.pk])}?dang-ky={pledge.pk}",
        }
        for account in accounts
    ]


def _events(pledge: Pledge) -> list[dict[str, str]]:
    signs = {"link": "approved", "unlink": "explain", "cancel": "returned"}
    rows = PledgeStep.objects.filter(pledge=pledge).select_related("voucher", "by").order_by("-pk")
    return [
        {
            "when": datetime_text(row.at),
            "what": f"{row.by.full_name} {row.get_verb_display()}"
            + (f" {row.voucher}: {format_integer(row.amount)}{NBSP}đồng" if row.voucher else ""),
            "note": row.reason,
            "state": signs[row.verb],
        }
        for row in rows
    ]
