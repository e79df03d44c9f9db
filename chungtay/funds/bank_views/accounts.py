"""The accounts of a fund at banks: how each stands, opening one, and its payment codes."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.banking import vietqr
from chungtay.banking.banks import bank_name
from chungtay.banking.masking import mask_account
from chungtay.banking.references import read
from chungtay.funds import bank_forms as forms
from chungtay.funds import services
from chungtay.funds.accounts_offered import CASH, offer_on
from chungtay.funds.bank import codes
from chungtay.funds.bank.standing import AccountStanding, standings_of
from chungtay.funds.bank_views.doors import AccountVisit, account_visit, bank_crumbs, bank_visit
from chungtay.funds.models import Campaign, Pledge
from chungtay.funds.selectors import chart
from chungtay.funds.views.doors import Visit
from chungtay.kernel.errors import DomainError
from chungtay.web.http import redirect_with, render_page


@login_required
@require_safe
def bank_account_list(request: HttpRequest, fund_id: UUID) -> HttpResponse:
    """Show the accounts of a fund with the newest day of their statements, bank against book, and what waits."""
    one = bank_visit(request, fund_id)
    context = {
        "one": one,
        "rows": [_row(one, standing) for standing in standings_of(one.fund)],
        "may_import": one.may("import", "statement"),
        "crumbs": bank_crumbs(one),
    }
    return render_page(request, "funds/bank_account_list.html", context)


def _row(one: Visit, standing: AccountStanding) -> dict[str, Any]:
    account = standing.account
    name = bank_name(account.bank) or f"Ngân hàng {account.bank}"
    return {
        "standing": standing,
        "account": account,
        "title": f"{name} {mask_account(account.number)}",
        "url": reverse("bank-line-list", args=[one.fund.pk, account.pk]),
    }


@login_required
@require_http_methods(["GET", "POST"])
def bank_account_open(request: HttpRequest, fund_id: UUID) -> HttpResponse:
    """Name an account that the fund has at a bank."""
    one = bank_visit(request, fund_id)
    one.require("import", "statement")
    tills = [till for till in offer_on(chart(), one.today).tills if not till[0].startswith(CASH)]
    initial = {"bank": "970436", "ledger_account": "112"}
    form = forms.OpenAccount(request.POST if request.method == "POST" else None, tills=tills, initial=initial)
    if form.is_valid() and form.try_(
        services.open_account, fund=one.fund, **form.cleaned_data, now=one.now, by=one.user
    ):
        said = "Đã khai tài khoản. Bước tiếp theo: nhận tệp sao kê đầu tiên."
        return redirect_with(request, said, reverse("bank-import", args=[one.fund.pk, form.result.pk]))
    context = {"one": one, "form": form, "crumbs": bank_crumbs(one, ("Khai tài khoản", ""))}
    return render_page(request, "funds/bank_account_open.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def bank_code(request: HttpRequest, fund_id: UUID, account_id: UUID) -> HttpResponse:
    """Show the payment code of the account, of a campaign (?dot=) or of a promise (?dang-ky=); POST records a promise."""
    at = account_visit(request, fund_id, account_id)
    campaigns = list(Campaign.objects.filter(fund=at.one.fund).order_by("-starts_on"))
    form = forms.PaymentCode(request.GET, campaigns=campaigns, fund=at.one.fund)
    pledge_form = forms.NewPledge(
        request.POST if request.method == "POST" else None,
        campaigns=campaigns,
        fund=at.one.fund,
        initial={"pledged_on": at.one.today},
    )
    refused = ""
    if request.method == "POST":
        at.one.require("draft")
        if pledge_form.is_valid():
            try:
                made = _record(request, at, pledge_form)
            except DomainError as wrong:
                refused = str(wrong)
            else:
                address = reverse("bank-code", args=[fund_id, account_id])
                return redirect_with(request, "Đã ghi khoản đăng ký và lập mã.", f"{address}?dang-ky={made}")
    pledge = _pledge(at, request.GET.get("dang-ky", ""))
    payload = _payload(at, form, pledge)
    context = {
        "one": at.one,
        "at": at,
        "form": form,
        "pledge": pledge,
        "pledge_form": pledge_form if at.one.may_draft else None,
        "refused": refused,
        "payload": payload,
        "text": vietqr.encode(payload) if payload else "",
        "picture": codes.picture_of(payload) if payload else "",
        "reference": _reference(form, pledge),
        "crumbs": at.crumbs(("Mã nhận tiền", "")),
    }
    is_wrong = bool(form.errors or request.method == "POST")
    return render_page(request, "funds/bank_code.html", context, status=422 if is_wrong else 200)


def _record(request: HttpRequest, at: AccountVisit, form: forms.NewPledge) -> str:
    said = form.cleaned_data

    def record() -> dict[str, object]:
        pledge = services.record_pledge(
            fund=at.one.fund,
            amount=said["amount"],
            pledged_on=said["pledged_on"],
            donor=said["donor"],
            reference=codes.new_pledge_reference(),
            campaign=said.get("campaign"),
            now=at.one.now,
            by=at.one.user,
        )
        return {"pledge": str(pledge.pk)}

    return str(at.one.once("funds.pledge.record", request, record, prefix=str(form.prefix))["pledge"])


def _pledge(at: AccountVisit, asked: str) -> Pledge | None:
    if not asked:
        return None
    try:
        found = Pledge.objects.filter(fund=at.one.fund, pk=UUID(asked)).select_related("campaign").first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def _payload(at: AccountVisit, form: forms.PaymentCode, pledge: Pledge | None) -> vietqr.Payload | None:
    """What the code says; None for a form with errors."""
    if pledge is not None:
        return codes.payload_for(at.account, amount=pledge.amount, reference=pledge.reference, purpose=pledge.donor)
    if not form.is_valid():
        return None
    said = form.cleaned_data
    campaign = said.get("dot")
    reference = codes.reference_of_campaign(campaign) if campaign else ""
    return codes.payload_for(at.account, amount=said["so_tien"], reference=reference, purpose=said["noi_dung"])


def _reference(form: forms.PaymentCode, pledge: Pledge | None) -> str:
    """Return the reference as people read it aloud."""
    campaign = form.cleaned_data.get("dot") if form.is_valid() else None
    code = pledge.reference if pledge else codes.reference_of_campaign(campaign) if campaign else ""
    found = read(code)
    return found.spaced if found else code
