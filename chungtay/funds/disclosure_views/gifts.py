"""A gift and the public: its codes, whether its giver is named, and its trail as the public may follow it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.funds import disclosure_forms as forms
from chungtay.funds import services
from chungtay.funds.disclosure_views.doors import home_crumbs
from chungtay.funds.donors.choosing import rule_of
from chungtay.funds.donors.codes import GIFTS, gift_of, spaced
from chungtay.funds.donors.public_trail import public_trail
from chungtay.funds.models import NamingChoice, Voucher
from chungtay.funds.views.doors import Visit, visit, voucher_or_404, voucher_url
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import datetime_text
from chungtay.web.http import redirect_with, render_page

MOST_STEPS = 20
NOT_FOUND = "Không có khoản ủng hộ nào của quỹ này mang mã đó. Hãy xem lại 14 ký tự in trên phiếu thu."


@login_required
@require_safe
def gift_find(request: HttpRequest, fund_id: UUID) -> HttpResponse:
    """Go to the gift of a code: ?ma= as printed on its receipt."""
    one = visit(request, fund_id)
    form = forms.Lookup(request.GET if "ma" in request.GET else None)
    if form.is_valid() and form.cleaned_data["ma"]:
        gift = gift_of(form.cleaned_data["ma"])
        if gift is not None and gift.fund_id == one.fund.pk:
            return redirect_with(request, "", reverse("gift-detail", args=[fund_id, str(gift)]))
        form.add_error("ma", NOT_FOUND)
    context = {"one": one, "form": form, "crumbs": home_crumbs(one, ("Tra khoản ủng hộ", ""))}
    return render_page(request, "funds/disclosure/gift_find.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def gift_detail(request: HttpRequest, fund_id: UUID, label: str) -> HttpResponse:
    """Show a gift (or a payment) as the public may follow it; POST records whether the giver wants to be named."""
    one = visit(request, fund_id)
    voucher = voucher_or_404(one, label)
    is_gift = voucher.kind in GIFTS
    form = forms.Naming(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        one.require("name_giver", "fund")
        if form.is_valid() and (answer := _choose(request, one, voucher, form)):
            return answer
    trail = public_trail(voucher, on=one.today)
    code = getattr(voucher, "gift_code", None)
    context = {
        "one": one,
        "voucher": voucher,
        "voucher_url": voucher_url(one, voucher),
        "trail": trail,
        "steps": trail.steps[:MOST_STEPS],
        "more": trail.steps[MOST_STEPS:],
        "more_amount": sum(step.amount for step in trail.steps[MOST_STEPS:]),
        "lines": [{"id": line, "url": reverse("public-line-detail", args=[fund_id, line])} for line in trail.lines],
        "code": spaced(code.code) if code else "",
        "alias": code.alias if code else "",
        "rule": rule_of(one.today),
        "events": _events(voucher),
        "form": form if is_gift and one.may("name_giver", "fund") else None,
        "crumbs": home_crumbs(one, (str(voucher), "")),
    }
    return render_page(request, "funds/disclosure/gift.html", context, status=422 if form.is_bound else 200)


def _choose(request: HttpRequest, one: Visit, voucher: Voucher, form: forms.Naming) -> HttpResponse | None:
    said = form.cleaned_data

    def choose() -> dict[str, object]:
        choice = services.choose_naming(
            voucher=voucher, is_named=said["wish"] == "named", said_by=said["said_by"], now=one.now, by=one.user
        )
        return {"choice": choice.pk}

    try:
        one.once("funds.giver.choose", request, choose)
    except DomainError as wrong:
        form.add_error(None, str(wrong))
        return None
    url = reverse("gift-detail", args=[one.fund.pk, str(voucher)])
    return redirect_with(request, "Đã ghi ý người ủng hộ. Từ lần chốt sau, công khai theo ý này.", url)


def _events(voucher: Voucher) -> list[dict[str, str]]:
    rows = NamingChoice.objects.filter(voucher=voucher).select_related("by").order_by("-id")
    return [
        {
            "when": datetime_text(row.at),
            "what": f"{row.by.full_name} ghi: {'nêu tên' if row.is_named else 'không nêu tên'}",
            "note": row.said_by,
            "state": "approved" if row.is_named else "info",
        }
        for row in rows
    ]
