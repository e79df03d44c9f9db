"""The funds in reach, and one fund: what it holds, what waits for me, four amounts kept apart, what was booked last."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.accounts.selectors import user_of
from chungtay.funds import overview, selectors
from chungtay.funds.accounts_offered import GIVEN, name_of
from chungtay.funds.amounts import Slice, four_amounts
from chungtay.funds.bookshelf.asking import BEGINNING
from chungtay.funds.forms import Between
from chungtay.funds.models import Campaign, Fund
from chungtay.funds.overview import Held
from chungtay.funds.transfers import under_way
from chungtay.funds.views import tasks
from chungtay.funds.views.doors import Visit, crumbs, visit
from chungtay.funds.views.rows import KINDS, voucher_rows
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.ledger.accounts import AccountType, Chart, Mark
from chungtay.places import selectors as places
from chungtay.web import clock
from chungtay.web.http import render_page

RECENT = 8


@login_required
@require_safe
def fund_list(request: HttpRequest) -> HttpResponse:
    """Show the funds that the person may look into, with what each holds."""
    today = clock.today()
    found = selectors.funds_seen_by(user_of(request), on=today)
    held = overview.held_by(found, selectors.chart())
    names = places.names_on({fund.body.area_id for fund in found}, today)
    rows = [_fund_row(fund, held[fund], names.get(fund.body.area_id, "")) for fund in found]
    foot = [
        f"Cộng {len(found)} quỹ",
        "",
        *(format_integer(sum(getattr(one, name) for one in held.values())) for name in ("cash", "bank", "goods")),
    ]
    context = {"rows": rows, "foot": foot if len(found) > 1 else [], "today": today}
    return render_page(request, "funds/fund_list.html", context)


def _fund_row(fund: Fund, held: Held, place: str) -> dict[str, Any]:
    return {
        "url": reverse("fund-detail", args=[fund.pk]),
        "cells": [fund.name, fund.body.name or place, *map(format_integer, (held.cash, held.bank, held.goods))],
    }


@login_required
@require_safe
def fund_detail(request: HttpRequest, fund_id: UUID) -> HttpResponse:
    """Show one fund: ?nam=2022, ?dot=<campaign>, or ?tu=&den= cut the four amounts."""
    one = visit(request, fund_id)
    chart = selectors.chart()
    held = overview.held_by([one.fund], chart)[one.fund]
    campaigns = list(Campaign.objects.filter(fund=one.fund).order_by("-starts_on"))
    form = Between(request.GET if "tu" in request.GET or "den" in request.GET else None)
    cut = _slice(request, one, form, campaigns)
    amounts = four_amounts(one.fund, cut, spending=sorted(_spending(chart)), given=GIVEN)
    context = {
        "one": one,
        "held": held,
        "accounts": _accounts(chart, held),
        "purposes": _purposes(held),
        "most": max([net for _, _, net in held.by_purpose] + [1]),
        "tasks": tasks.waiting(one, chart),
        "under_way": len(under_way(one.fund, chart, on=one.today)),
        "cut": cut,
        "amounts": amounts,
        "sources": _sources(one, cut),
        "years": range(one.today.year, one.fund.opened_on.year - 1, -1),
        "campaigns": campaigns,
        "form": form,
        "recent": voucher_rows(one, selectors.vouchers_of(one.fund)[:RECENT]),
        "kinds": [(slug, label) for slug, (_, label) in KINDS.items()] if one.may_draft else [],
        "crumbs": crumbs(one),
    }
    return render_page(request, "funds/fund_detail.html", context, status=422 if form.errors else 200)


def _spending(chart: Chart) -> frozenset[str]:
    return chart.codes_of(AccountType.EXPENSE) - chart.codes_marked(Mark.INTERNAL)


def _slice(request: HttpRequest, one: Visit, form: Between, campaigns: list[Campaign]) -> Slice:
    if form.is_bound and form.is_valid():
        start, last = form.cleaned_data["tu"], form.cleaned_data["den"]
        end = last + timedelta(days=1) if last else None
        words = [f"từ {date_text(start)}" if start else "", f"đến {date_text(last)}" if last else ""]
        return Slice(" ".join(word for word in words if word) or "từ khi mở quỹ", start, end)
    chosen = next((campaign for campaign in campaigns if campaign.code == request.GET.get("dot")), None)
    if chosen is not None:
        return Slice(f"đợt {chosen.name}", campaign=chosen)
    if request.GET.get("nam") == "tat-ca":
        return Slice("từ khi mở quỹ đến nay")
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and 1990 <= int(asked) <= 2100 else one.today.year
    return Slice(f"năm {year}", date(year, 1, 1), date(year + 1, 1, 1))


def _sources(one: Visit, cut: Slice) -> dict[str, str]:
    """Return where the amounts of a slice open: the lists that add up to them."""
    if cut.campaign is not None:
        said = {"dot": cut.campaign.code}
    else:
        last = cut.end - timedelta(days=1) if cut.end else one.today
        start = cut.start or BEGINNING
        said = {"tu": f"{start:%d/%m/%Y}", "den": f"{last:%d/%m/%Y}", "ngay": "phat-sinh"}
    lists = {"in_money": "c-01q", "in_kind": "c-04q"}
    return {
        name: f"{reverse('book-detail', args=[one.fund.pk, code])}?{urlencode(said)}" for name, code in lists.items()
    }


def _accounts(chart: Chart, held: Held) -> list[dict[str, Any]]:
    """The accounts that a balance stands on: money, goods, what is owed; not income and spending."""
    kept = chart.codes_of(AccountType.ASSET, AccountType.LIABILITY)
    return [
        {"code": code, "name": name_of(chart, code), "net": net}
        for code, net in held.by_account
        if code in kept and net
    ]


def _purposes(held: Held) -> list[dict[str, Any]]:
    return [{"label": name, "value": max(net, 0), "text": format_integer(net)} for _, name, net in held.by_purpose]
