"""The months of the books: one person asks to close or to open again, another does it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chungtay.funds import forms, overview, services
from chungtay.funds.models import PeriodVerb
from chungtay.funds.overview import MonthState
from chungtay.funds.views.doors import Visit, crumbs, visit
from chungtay.kernel.errors import DomainError
from chungtay.web.http import redirect_with, render_page

SAID = {
    "ask_close": "Đã đề nghị khóa sổ tháng {month}. Người kiểm soát sẽ xác nhận.",
    "ask_reopen": "Đã đề nghị mở lại sổ tháng {month}. Người kiểm soát sẽ xác nhận.",
    "confirm": "Đã xác nhận việc sổ tháng {month}.",
}


@login_required
@require_http_methods(["GET", "POST"])
def month_list(request: HttpRequest, fund_id: UUID) -> HttpResponse:
    """Show the months and take a step about one of them."""
    one = visit(request, fund_id)
    if request.method == "GET":
        return _page(request, one)
    verb = request.POST.get("do", "")
    one.require("confirm" if verb == "confirm" else "ask", "period")
    form = forms.Month(request.POST)
    if verb not in SAID or not form.is_valid():
        return _page(request, one, refused="Chưa rõ tháng nào. Hãy tải lại trang rồi bấm lại.")
    month, reason, body = form.cleaned_data["month"], form.cleaned_data["reason"], one.fund.body

    def step() -> dict[str, object]:
        if verb == "confirm":
            act = services.confirm_period(body=body, day=month, now=one.now, by=one.user)
        else:
            act = services.ask_period(
                body=body, day=month, to_close=verb == "ask_close", reason=reason, now=one.now, by=one.user
            )
        return {"act": act.pk}

    try:
        one.once(f"funds.period.{verb}", request, step)
    except DomainError as wrong:
        return _page(request, one, refused=str(wrong), reason=reason, asked=f"{month:%Y-%m}")
    said = SAID[verb].format(month=f"{month:%m/%Y}")
    return redirect_with(request, said, reverse("month-list", args=[fund_id]))


def _page(request: HttpRequest, one: Visit, *, refused: str = "", reason: str = "", asked: str = "") -> HttpResponse:
    may_ask, may_confirm = one.may("ask", "period"), one.may("confirm", "period")
    months = overview.months_of(one.fund.body, today=one.today)
    context = {
        "one": one,
        "rows": [_row(one, month, may_ask=may_ask, may_confirm=may_confirm) for month in months],
        "acts": may_ask or may_confirm,
        "refused": refused,
        "reason": reason,
        "asked": asked,
        "crumbs": crumbs(one, ("Khóa sổ", "")),
    }
    return render_page(request, "funds/month_list.html", context, status=422 if refused else 200)


def _row(one: Visit, month: MonthState, *, may_ask: bool, may_confirm: bool) -> dict[str, object]:
    act = month.act
    if month.is_asked and act is not None:
        state, label = "for_signing", "Chờ khóa sổ" if act.verb == PeriodVerb.ASK_CLOSE else "Chờ mở lại"
    elif month.is_closed:
        state, label = "locked", "Đã khóa sổ"
    elif month.is_over:
        state, label = "draft", "Chưa khóa sổ"
    else:
        state, label = "info", "Đang ghi"
    waits_for_other = month.is_asked and act is not None and act.by_id != one.user.pk
    return {
        "month": month,
        "code": f"{month.start:%Y-%m}",
        "state": state,
        "label": label,
        "form": forms.Month(initial={"month": month.start}, auto_id=f"thang-{month.start:%Y-%m}-%s"),
        "may_close": may_ask and month.is_over and not month.is_closed and not month.is_asked,
        "may_reopen": may_ask and month.is_closed and not month.is_asked,
        "may_confirm": may_confirm and waits_for_other,
        "confirm_words": "Khóa sổ" if act is not None and act.verb == PeriodVerb.ASK_CLOSE else "Mở lại sổ",
    }
