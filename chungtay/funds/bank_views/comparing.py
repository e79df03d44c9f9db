"""Bank against books: a month day by day, and what explains the difference of one day."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.funds import bank_forms as forms
from chungtay.funds import selectors
from chungtay.funds.bank.explaining import explain_day
from chungtay.funds.bank.reconciling import DayCompared
from chungtay.funds.bank_views.doors import AccountVisit, account_visit, state_of
from chungtay.funds.models import BankAccount, StatementFile
from chungtay.funds.views.doors import voucher_url
from chungtay.kernel.text import date_text
from chungtay.web.http import render_page

SUMMED = ("bank_in", "bank_out", "book_in", "book_out", "difference", "excluded", "unmatched")


@login_required
@require_safe
def bank_month(request: HttpRequest, fund_id: UUID, account_id: UUID) -> HttpResponse:
    """Hold a month of the account against the books, day by day: ?thang=2025-03."""
    at = account_visit(request, fund_id, account_id)
    asked = request.GET.get("thang")
    newest = StatementFile.objects.filter(account=at.account).order_by("-to_on").values_list("to_on", flat=True).first()
    form = forms.Month({"thang": asked} if asked else None)
    first = form.first(newest or at.one.today)
    following = (first + timedelta(days=31)).replace(day=1)
    days = selectors.compared(at.account, first, following - timedelta(days=1))
    context = {
        "one": at.one,
        "at": at,
        "first": first,
        "previous": first - timedelta(days=1),
        "following": following,
        "rows": [_row(at, day) for day in days],
        "sums": {name: sum(getattr(day, name) for day in days) for name in SUMMED},
        "differing": sum(bool(day.difference) for day in days),
        "told": sum(day.is_told for day in days),
        "told_url": f"{reverse('frozen-list', args=[fund_id, account_id])}?thang={first:%Y-%m}",
        "shares": _shares(at),
        "crumbs": at.crumbs(("Đối chiếu", "")),
    }
    return render_page(request, "funds/bank_month.html", context)


def _row(at: AccountVisit, day: DayCompared) -> dict[str, Any]:
    where = [at.one.fund.pk, at.account.pk]
    said = f"{day.day:%d/%m/%Y}"
    lines = reverse("bank-line-list", args=where)
    return {
        "day": day,
        "url": reverse("bank-day", args=[*where, day.day.isoformat()]),
        "lines_url": f"{lines}?tu={said}&den={said}",
        "unmatched_url": f"{lines}?tu={said}&den={said}&trang_thai=unmatched",
        "excluded_url": f"{lines}?tu={said}&den={said}&trang_thai=excluded",
    }


def _shares(at: AccountVisit) -> int:
    """Count the fund's other accounts behind the same account of the books."""
    same = BankAccount.objects.filter(fund=at.one.fund, ledger_account=at.account.ledger_account)
    return same.exclude(pk=at.account.pk).count()


@login_required
@require_safe
def bank_day(request: HttpRequest, fund_id: UUID, account_id: UUID, day: str) -> HttpResponse:
    """Show what explains the difference between bank and books on one day."""
    at = account_visit(request, fund_id, account_id)
    try:
        when = date.fromisoformat(day)
    except ValueError as wrong:
        raise Http404 from wrong
    found = explain_day(at.account, when)
    month = f"{reverse('bank-month', args=[fund_id, account_id])}?thang={when:%Y-%m}"
    context = {
        "one": at.one,
        "at": at,
        "when": when,
        "found": found,
        "lines": [
            {
                "part": part,
                "url": reverse("bank-line-detail", args=[fund_id, part.line.pk]),
                "state": state_of(part.line),
                "met": [
                    {"label": f"{v}, {date_text(v.occurred_on)}", "url": voucher_url(at.one, v)} for v in part.vouchers
                ],
            }
            for part in found.lines
        ],
        "vouchers": [
            {
                "part": part,
                "url": voucher_url(at.one, part.voucher),
                "met": [
                    {
                        "label": f"dòng {line.pk}, {date_text(line.booked_on)}",
                        "url": reverse("bank-line-detail", args=[fund_id, line.pk]),
                    }
                    for line in part.lines
                ],
            }
            for part in found.vouchers
        ],
        "crumbs": at.crumbs(("Đối chiếu", month), (date_text(when), "")),
    }
    return render_page(request, "funds/bank_day.html", context)
