"""Campaigns: all of them with what each brought, a new one, and one of them with its versions and the next."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.funds import giving_forms as forms
from chungtay.funds import services
from chungtay.funds.accounts_offered import GIVEN
from chungtay.funds.amounts import FourAmounts, Slice, four_amounts
from chungtay.funds.campaigns import SAID as TERMS
from chungtay.funds.giving_lists import campaigns_of
from chungtay.funds.models import Campaign, CampaignVersion
from chungtay.funds.selectors import chart
from chungtay.funds.views.doors import Visit, crumbs, visit
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import NBSP, date_text
from chungtay.ledger.accounts import AccountType, Mark
from chungtay.web.http import redirect_with, render_page


def _amounts(one: Visit, campaign: Campaign) -> FourAmounts:
    known = chart()
    spending = known.codes_of(AccountType.EXPENSE) - known.codes_marked(Mark.INTERNAL)
    return four_amounts(one.fund, Slice(campaign.name, campaign=campaign), spending=sorted(spending), given=GIVEN)


def _stage(one: Visit, campaign: Campaign) -> tuple[str, str]:
    """Return (data-state, words): before, during or after its days."""
    if one.today < campaign.starts_on:
        return "not_started", "Chưa bắt đầu"
    return ("provisional", "Đang nhận") if one.today <= campaign.ends_on else ("approved", "Đã hết hạn nhận")


@login_required
@require_safe
def campaign_list(request: HttpRequest, fund_id: UUID) -> HttpResponse:
    """Show the campaigns of the fund with the four amounts of each, kept apart."""
    one = visit(request, fund_id)
    rows = []
    for campaign in campaigns_of(one.fund):
        state, label = _stage(one, campaign)
        rows.append(
            {
                "campaign": campaign,
                "url": reverse("campaign-detail", args=[fund_id, campaign.code]),
                "amounts": _amounts(one, campaign),
                "state": state,
                "state_label": label,
            }
        )
    context = {
        "one": one,
        "rows": rows,
        "may_edit": one.can("edit", one.fund),
        "crumbs": crumbs(one, ("Đợt vận động", "")),
    }
    return render_page(request, "funds/campaign_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def campaign_create(request: HttpRequest, fund_id: UUID) -> HttpResponse:
    """Announce a campaign."""
    one = visit(request, fund_id)
    one.require("edit", "fund")
    form = forms.NewCampaign(request.POST if request.method == "POST" else None)
    if form.is_valid() and form.try_(
        services.announce_campaign,
        fund=one.fund,
        code=form.cleaned_data["code"],
        terms=form.terms(),
        now=one.now,
        by=one.user,
    ):
        address = reverse("campaign-detail", args=[fund_id, form.result.code])
        return redirect_with(request, "Đã mở đợt vận động.", address)
    context = {
        "one": one,
        "form": form,
        "refused": "",
        "title": "Mở đợt vận động",
        "text": "Ngày và mục tiêu sửa được về sau, mỗi lần sửa là một bản mới có lý do.",
        "button": "Mở đợt",
        "back": reverse("campaign-list", args=[fund_id]),
        "here": "campaigns",
        "crumbs": crumbs(one, ("Đợt vận động", reverse("campaign-list", args=[fund_id])), ("Mở đợt", "")),
    }
    return render_page(request, "funds/giving_form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def campaign_detail(request: HttpRequest, fund_id: UUID, code: str) -> HttpResponse:
    """Show a campaign; POST announces it anew."""
    one = visit(request, fund_id)
    campaign = Campaign.objects.filter(fund=one.fund, code=code).first()
    if campaign is None:
        raise Http404
    versions = list(campaign.versions.select_related("by").order_by("-number"))
    initial = {name: getattr(campaign, name) for name in TERMS} | {"version": versions[0].number if versions else 0}
    form = forms.ChangeCampaign(request.POST if request.method == "POST" else None, initial=initial)
    refused = ""
    if request.method == "POST":
        one.require("edit", "fund")
        if form.is_valid():
            said = form.cleaned_data

            def change() -> dict[str, object]:
                made = services.change_campaign(
                    campaign=campaign,
                    terms=form.terms(),
                    reason=said["reason"],
                    version=said["version"],
                    now=one.now,
                    by=one.user,
                )
                return {"version": made.number}

            try:
                one.once("funds.campaign.change", request, change)
            except DomainError as wrong:
                refused = str(wrong)
            else:
                address = reverse("campaign-detail", args=[fund_id, code])
                return redirect_with(request, "Đã lưu bản mới của đợt vận động.", address)
    amounts = _amounts(one, campaign)
    reached = amounts.in_money * 100 // campaign.target if campaign.target else None
    state, label = _stage(one, campaign)
    lists = {
        "in_money": f"{reverse('book-detail', args=[fund_id, 'c-01q'])}?dot={code}",
        "in_kind": f"{reverse('book-detail', args=[fund_id, 'c-04q'])}?dot={code}",
        "pledged": f"{reverse('register-list', args=[fund_id, 'cam-ket'])}?dot={code}",
        "outside": f"{reverse('register-list', args=[fund_id, 'ngoai-quy'])}?dot={code}",
    }
    context = {
        "one": one,
        "campaign": campaign,
        "amounts": amounts,
        "sources": lists,
        "state": state,
        "state_label": label,
        "percent": None if reached is None else min(100, max(0, reached)),
        "percent_text": f"Đã nhận {reached}% mục tiêu",
        "events": [_event(version) for version in versions],
        "form": form if one.can("edit", one.fund) else None,
        "refused": refused,
        "crumbs": crumbs(one, ("Đợt vận động", reverse("campaign-list", args=[fund_id])), (campaign.name, "")),
    }
    return render_page(request, "funds/campaign_detail.html", context, status=422 if form.is_bound else 200)


def _event(version: CampaignVersion) -> dict[str, str]:
    target = f", mục tiêu {format_integer(version.target)}{NBSP}đồng" if version.target else ", chưa nêu mục tiêu"
    who = version.by.full_name if version.by else "Hệ thống"
    days = f"nhận từ {date_text(version.starts_on)} đến {date_text(version.ends_on)}"
    return {
        "when": date_text(localdate(version.at)),
        "what": f"Bản {version.number}, {who}: {days}{target}",
        "note": version.reason,
        "state": "info",
    }
