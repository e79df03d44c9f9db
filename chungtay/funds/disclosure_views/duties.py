"""What must be told of a fund's drives and by when; each with its text, its files and the log of where it was posted."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.evidence import services as evidence
from chungtay.evidence import serving
from chungtay.evidence.models import Attachment
from chungtay.funds import disclosure_forms as forms
from chungtay.funds import services
from chungtay.funds.bank.standing import standings_of
from chungtay.funds.disclosure.clocks import Duty, duties_of
from chungtay.funds.disclosure.composing import Composed, can_compose, compose
from chungtay.funds.disclosure_views.doors import campaign_or_404, clock_of, duty_or_404, home_crumbs, span_of
from chungtay.funds.models import Campaign, Disclosure, FrozenDay, Medium
from chungtay.funds.views.doors import Visit, visit
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import date_text
from chungtay.papers.sheets import Kind, shown, write_sheet_pdf, write_sheet_workbook
from chungtay.web.http import redirect_with, render_page

WRITERS = {
    "pdf": (write_sheet_pdf, "application/pdf"),
    "xlsx": (write_sheet_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@login_required
@require_safe
def disclosure_home(request: HttpRequest, fund_id: UUID) -> HttpResponse:
    """Show every drive's duties with their clocks, and how far each account's days are published."""
    one = visit(request, fund_id)
    campaigns = list(Campaign.objects.filter(fund=one.fund).order_by("-starts_on"))
    context = {
        "one": one,
        "drives": [_drive(one, drive) for drive in campaigns],
        "accounts": _accounts(one),
        "lookup": forms.Lookup(),
        "crumbs": home_crumbs(one),
    }
    return render_page(request, "funds/disclosure/home.html", context)


def _drive(one: Visit, campaign: Campaign) -> dict[str, Any]:
    duties = duties_of(campaign)
    return {
        "campaign": campaign,
        "duties": [_row(one, campaign, duty) for duty in duties],
        "is_unverified": any(not duty.rule.is_verified for duty in duties),
    }


def _row(one: Visit, campaign: Campaign, duty: Duty) -> dict[str, Any]:
    state, label = clock_of(duty, one.today)
    last = duty.told[-1] if duty.told else None
    return {
        "duty": duty,
        "state": state,
        "label": label,
        "span": span_of(duty),
        "told": f"{date_text(last.posted_on)}, {last.where}" if last else "",
        "url": reverse("disclosure-duty", args=[one.fund.pk, campaign.code, duty.rule.kind]),
    }


def _accounts(one: Visit) -> list[dict[str, Any]]:
    if not one.may("view", "statement"):
        return []
    found = []
    for standing in standings_of(one.fund):
        last = FrozenDay.objects.filter(account=standing.account).order_by("-day", "-edition").first()
        url = reverse("frozen-list", args=[one.fund.pk, standing.account.pk])
        found.append({"account": standing.account, "reaches": standing.reaches, "last": last, "url": url})
    return found


@login_required
@require_http_methods(["GET", "POST"])
def disclosure_duty(request: HttpRequest, fund_id: UUID, code: str, kind: str) -> HttpResponse:
    """Show one duty of a drive: its text, its clock, its log; POST records a posting with its picture."""
    one = visit(request, fund_id)
    campaign = campaign_or_404(one, code)
    duty = duty_or_404(campaign, kind)
    composed = _composed(one, campaign, duty)
    may_tell = one.can("publish", one.fund)
    form = forms.Telling(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"posted_on": one.today},
    )
    if request.method == "POST":
        one.require("publish", "fund")
        if form.is_valid() and (answer := _tell(request, one, campaign, kind, composed, form)):
            return answer
    state, label = clock_of(duty, one.today)
    sheet = composed.sheet
    files = reverse("disclosure-file", args=[fund_id, code, kind, "pdf"]).removesuffix("pdf")
    context = {
        "one": one,
        "campaign": campaign,
        "duty": duty,
        "state": state,
        "label": label,
        "span": span_of(duty),
        "sheet": sheet,
        "rows": [
            {
                "name": name,
                "said": said,
                "amount": shown(amount, Kind.MONEY) if amount is not None else "",
                "is_sum": row.is_sum,
            }
            for row in sheet.rows
            for name, said, amount in [row.cells]
        ],
        "digest": composed.digest,
        "log": [_posting(one, told, composed) for told in reversed(duty.told)],
        "form": form if may_tell else None,
        "pdf": f"{files}pdf",
        "xlsx": f"{files}xlsx",
        "crumbs": home_crumbs(one, (f"{campaign.name}: {duty.rule.name}", "")),
    }
    return render_page(request, "funds/disclosure/duty.html", context, status=422 if form.is_bound else 200)


def _composed(one: Visit, campaign: Campaign, duty: Duty) -> Composed:
    if not can_compose(duty.rule.kind):
        raise Http404
    return compose(campaign, duty.rule, made_on=one.today)


def _posting(one: Visit, told: Disclosure, composed: Composed) -> dict[str, Any]:
    return {
        "told": told,
        "picture": reverse("disclosure-picture", args=[one.fund.pk, told.pk]) if told.picture_id else "",
        "has_changed": bool(told.paper_sha256) and told.paper_sha256 != composed.digest,
    }


def _tell(
    request: HttpRequest, one: Visit, campaign: Campaign, kind: str, composed: Composed, form: forms.Telling
) -> HttpResponse | None:
    said = form.cleaned_data
    try:
        # Decoding a picture is slow: it is kept before the transaction of its record.
        picture: Attachment | None = (
            evidence.keep(upload=said["picture"], now=one.now, by=one.user) if said["picture"] else None
        )

        def record() -> dict[str, object]:
            told = services.tell(
                campaign=campaign,
                kind=kind,
                medium=Medium(said["medium"]),
                where=said["where"],
                posted_on=said["posted_on"],
                hour=said["hour"],
                picture=picture,
                paper_sha256=composed.digest,
                note=said["note"],
                now=one.now,
                by=one.user,
            )
            return {"told": told.pk}

        one.once("funds.disclosure.tell", request, record)
    except DomainError as wrong:
        form.add_error(None, str(wrong))
        return None
    url = reverse("disclosure-duty", args=[one.fund.pk, campaign.code, kind])
    return redirect_with(request, "Đã ghi lần công khai này vào nhật ký.", url)


@login_required
@require_safe
def disclosure_file(request: HttpRequest, fund_id: UUID, code: str, kind: str, form: str) -> HttpResponse:
    """Send what is told of a duty as a file: "pdf" or "xlsx"."""
    one = visit(request, fund_id)
    campaign = campaign_or_404(one, code)
    if form not in WRITERS:
        raise Http404
    composed = _composed(one, campaign, duty_or_404(campaign, kind))
    write, media = WRITERS[form]
    way = "inline" if form == "pdf" else "attachment"
    headers = {
        "Content-Disposition": f'{way}; filename="cong-khai-{campaign.code}-{kind}.{form}"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(write(composed.sheet), content_type=media, headers=headers)


@login_required
@require_safe
def disclosure_picture(request: HttpRequest, fund_id: UUID, told_id: int) -> HttpResponse:
    """Show the picture of a notice: ?nho=1 the small one."""
    one = visit(request, fund_id)
    rows = Disclosure.objects.filter(campaign__fund=one.fund, pk=min(told_id, 2**63 - 1)).select_related("picture")
    told = rows.first()
    if told is None or told.picture is None:
        raise Http404
    return serving.answer(told.picture, thumbnail=request.GET.get("nho") == "1")
