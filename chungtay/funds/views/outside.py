"""Gifts outside the fund: a new one with its evidence, one of them with its corrections, and the evidence itself."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.evidence import services as evidence
from chungtay.evidence import serving
from chungtay.evidence.models import Attachment
from chungtay.funds import giving_forms as forms
from chungtay.funds import services
from chungtay.funds.giving_lists import campaigns_of
from chungtay.funds.models import OutsideGift, OutsideGiftEvidence
from chungtay.funds.views.doors import Visit, crumbs, visit
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import date_text, datetime_text
from chungtay.web.http import redirect_with, render_page


@login_required
@require_http_methods(["GET", "POST"])
def outside_create(request: HttpRequest, fund_id: UUID) -> HttpResponse:
    """Record a gift that did not pass through the fund."""
    one = visit(request, fund_id)
    one.require("draft")
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = forms.GivenOutside(*data, campaigns=campaigns_of(one.fund), initial={"given_on": one.today})
    refused = ""
    if form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name not in ("key", "file")}
        try:
            made = _record(request, one, said, form.cleaned_data["file"])
        except DomainError as wrong:
            refused = str(wrong)
        else:
            return redirect_with(request, "Đã ghi khoản ngoài quỹ.", reverse("outside-detail", args=[fund_id, made]))
    context = {
        "one": one,
        "form": form,
        "refused": refused,
        "title": "Ghi khoản vận động ngoài quỹ",
        "text": "Khoản trao trực tiếp tại cơ sở, không qua tài khoản của quỹ, nên không cộng vào số thu của quỹ.",
        "button": "Ghi khoản ngoài quỹ",
        "back": _list_url(one),
        "here": "outside",
        "crumbs": crumbs(one, ("Vận động ngoài quỹ", _list_url(one)), ("Ghi khoản mới", "")),
    }
    return render_page(request, "funds/giving_form.html", context, status=422 if form.is_bound else 200)


def _record(request: HttpRequest, one: Visit, said: dict[str, Any], file: Any, *, prefix: str = "") -> str:
    """Keep the file, then record the gift once; decoding a picture is slow, so it is done before the transaction."""
    kept = [evidence.keep(upload=file, now=one.now, by=one.user)] if file else []

    def record() -> dict[str, object]:
        made = services.record_outside_gift(fund=one.fund, evidence=kept, **said, now=one.now, by=one.user)
        return {"gift": str(made.pk)}

    return str(one.once("funds.gift.record", request, record, prefix=prefix)["gift"])


@login_required
@require_http_methods(["GET", "POST"])
def outside_detail(request: HttpRequest, fund_id: UUID, gift_id: UUID) -> HttpResponse:
    """Show a gift with its corrections; POST says what it is really worth."""
    one = visit(request, fund_id)
    gift = OutsideGift.objects.filter(fund=one.fund, pk=gift_id, corrects=None).select_related("campaign").first()
    if gift is None:
        raise Http404
    rows = [gift, *gift.corrections.order_by("recorded_at", "pk")]
    stands = sum(row.amount for row in rows)
    form = forms.CorrectOutside()
    refused = ""
    if request.method == "POST":
        one.require("draft")
        form = forms.CorrectOutside(request.POST, request.FILES)
        if form.is_valid():
            said = {
                "amount": form.cleaned_data["amount"] - stands,
                "what": form.cleaned_data["what"],
                "given_on": gift.given_on,
                "donor": gift.donor,
                "campaign": gift.campaign,
                "corrects": gift,
            }
            try:
                _record(request, one, said, form.cleaned_data["file"], prefix="mend")
            except DomainError as wrong:
                refused = str(wrong)
            else:
                address = reverse("outside-detail", args=[fund_id, gift_id])
                return redirect_with(request, "Đã ghi dòng đính chính.", address)
    context = {
        "one": one,
        "gift": gift,
        "rows": _rows(one, rows),
        "stands": stands,
        "form": form if one.may_draft else None,
        "refused": refused,
        "facts": [
            {"label": "Ngày trao", "value": date_text(gift.given_on)},
            {"label": "Người ủng hộ", "value": gift.donor or "Không nêu tên"},
            {"label": "Đợt vận động", "value": gift.campaign.name if gift.campaign else "Không thuộc đợt nào"},
        ],
        "crumbs": crumbs(one, ("Vận động ngoài quỹ", _list_url(one)), (gift.what, "")),
    }
    return render_page(request, "funds/outside_detail.html", context, status=422 if form.is_bound else 200)


def _rows(one: Visit, rows: Sequence[OutsideGift]) -> list[dict[str, Any]]:
    kept = OutsideGiftEvidence.objects.filter(gift__in=rows).select_related("attachment").order_by("pk")
    files: dict[UUID, list[dict[str, Any]]] = {}
    for link in kept:
        address = reverse("outside-evidence", args=[one.fund.pk, link.gift_id, link.attachment_id])
        files.setdefault(link.gift_id, []).append({"file": link.attachment, "url": address})
    return [{"gift": row, "when": datetime_text(row.recorded_at), "files": files.get(row.pk, [])} for row in rows]


@login_required
@require_safe
def outside_evidence(request: HttpRequest, fund_id: UUID, gift_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Send the evidence of a gift: ?nho=1 a picture's thumbnail."""
    one = visit(request, fund_id)
    links = OutsideGiftEvidence.objects.filter(gift__fund=one.fund, gift=gift_id, attachment=attachment_id)
    found = Attachment.objects.filter(pk__in=links.values("attachment")).first()
    if found is None:
        raise Http404
    return serving.answer(found, thumbnail=found.is_picture and request.GET.get("nho") == "1")


def _list_url(one: Visit) -> str:
    return reverse("register-list", args=[one.fund.pk, "ngoai-quy"])
