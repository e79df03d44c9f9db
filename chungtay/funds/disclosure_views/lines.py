"""A bank's line as the public sees it, at its permanent id."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.funds.bank_views.doors import line_visit
from chungtay.funds.disclosure.lines import PUBLIC_STATES, published
from chungtay.funds.disclosure_views.doors import home_crumbs
from chungtay.kernel.text import date_text
from chungtay.web.http import render_page


@login_required
@require_safe
def public_line_detail(request: HttpRequest, fund_id: UUID, line_id: int) -> HttpResponse:
    """Show a line as it is published, beside the line as the staff know it."""
    at, line = line_visit(request, fund_id, line_id)
    [told] = published([line], on=at.one.today)
    state, label = PUBLIC_STATES[told.state]
    corrections = [
        {"id": one.pk, "url": reverse("public-line-detail", args=[fund_id, one.pk])}
        for one in line.corrections.order_by("id")
    ]
    facts = [
        {"label": "Số dòng, giữ mãi", "value": str(told.id)},
        {"label": "Ngày hạch toán", "value": date_text(told.day)},
        {"label": "Người ủng hộ", "value": told.giver or ("Chưa rõ" if told.received else "Không nêu")},
        {"label": "Tài khoản bên kia", "value": told.account or "Ngân hàng không ghi"},
    ]
    if told.corrects:
        url = reverse("public-line-detail", args=[fund_id, told.corrects])
        facts.append({"label": "Đính chính cho dòng", "value": str(told.corrects), "url": url})
    context = {
        "one": at.one,
        "at": at,
        "told": told,
        "amount": told.received or told.paid,
        "state": state,
        "state_label": label,
        "facts": facts,
        "corrections": corrections,
        "staff_url": reverse("bank-line-detail", args=[fund_id, line.pk]),
        "crumbs": home_crumbs(at.one, (f"Dòng {told.id}", "")),
    }
    return render_page(request, "funds/disclosure/line.html", context)
