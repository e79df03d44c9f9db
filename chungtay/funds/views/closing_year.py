"""The closing of a year's income and spending: what is left to carry over, and the draft that a second person posts."""

from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chungtay.funds import services
from chungtay.funds.accounts_offered import name_of
from chungtay.funds.giving_forms import CloseYear
from chungtay.funds.overview import UNRESTRICTED_NAME
from chungtay.funds.selectors import chart
from chungtay.funds.views.doors import crumbs, visit
from chungtay.funds.year_closing import left_in_results, waiting_closing
from chungtay.kernel.numerals import format_integer
from chungtay.web.http import redirect_with, render_page


@login_required
@require_http_methods(["GET", "POST"])
def year_close(request: HttpRequest, fund_id: UUID) -> HttpResponse:
    """Show what of the last ended year is to be carried over; POST drafts the voucher."""
    one = visit(request, fund_id)
    ended = one.today.year if one.today >= date(one.today.year, 12, 31) else one.today.year - 1
    form = CloseYear(request.POST if request.method == "POST" else None, initial={"year": ended})
    if request.method == "POST":
        one.require("draft")
        if form.is_valid() and form.try_(
            services.draft_closing, fund=one.fund, year=form.cleaned_data["year"], now=one.now, by=one.user
        ):
            said = "Đã lập bản nháp kết chuyển. Người khác có quyền ghi sổ sẽ xem lại rồi ghi sổ."
            return redirect_with(request, said, reverse("draft-detail", args=[fund_id, form.result.pk]))
    known, purposes = chart(), dict(one.fund.purposes.values_list("code", "name"))
    nets = left_in_results(one.fund, ended)
    rows = [
        {
            "cells": [
                name_of(known, account),
                purposes.get(purpose, purpose) or UNRESTRICTED_NAME,
                format_integer(net) if net > 0 else "",
                format_integer(-net) if net < 0 else "",
            ]
        }
        for (account, purpose), net in nets.items()
    ]
    gains, losses = sum(net for net in nets.values() if net > 0), -sum(net for net in nets.values() if net < 0)
    context = {
        "one": one,
        "year": ended,
        "form": form if one.may_draft and nets else None,
        "is_wrong": form.is_bound and form.errors,
        "bound": form,
        "waiting": waiting_closing(one.fund),
        "columns": [
            {"label": "Tài khoản", "kind": ""},
            {"label": "Mục đích", "kind": ""},
            {"label": "Thu (đồng)", "kind": "num"},
            {"label": "Chi (đồng)", "kind": "num"},
        ],
        "rows": rows,
        "foot": ["Cộng", "", format_integer(gains), format_integer(losses)] if rows else [],
        "crumbs": crumbs(one, ("Khóa sổ", reverse("month-list", args=[fund_id])), (f"Kết chuyển năm {ended}", "")),
    }
    return render_page(request, "funds/year_close.html", context, status=422 if form.is_bound else 200)
