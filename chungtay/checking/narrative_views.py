"""A return filled from a unit's report in prose: paste it, look at each value beside its sentence, confirm."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.messages import constants
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chungtay.access import selectors as access
from chungtay.accounts.selectors import user_of
from chungtay.checking import forms
from chungtay.checking.narrative import Offer, kept_values, offers
from chungtay.checking.taking import text_of_upload
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import nfc
from chungtay.kernel.numerals import scaled_text
from chungtay.kernel.periods import parse_period
from chungtay.places import selectors as places
from chungtay.returns import selectors as returns
from chungtay.returns import services
from chungtay.returns.models import Return
from chungtay.returns.rules import Entry
from chungtay.web import clock
from chungtay.web.http import redirect_with, render_page


@login_required
@require_http_methods(["GET", "POST"])
def return_from_text(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Offer what a report in prose says for the cells of a return; put what was confirmed into its draft."""
    user, now = user_of(request), clock.now()
    keys = access.keys_of(user, on=now.date())
    try:
        of = returns.return_for(keys, return_id)
        access.require(user, "fill", of, on=now.date())
    except returns.NoSuchReturn as unknown:
        raise Http404 from unknown
    except access.NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused
    form = forms.Narrative(
        request.POST if request.method == "POST" else None, request.FILES if request.method == "POST" else None
    )
    rows: list[dict[str, Any]] = []
    text, status = "", 200
    if request.method == "POST":
        text, status = _text(form), 200 if form.is_valid() else 422
    if text:
        spec = returns.form_spec(of.round.form)
        there, offered = returns.draft_entries(of), offers(text, spec.cells)
        if request.POST.get("do") == "take":
            chosen = dict.fromkeys(request.POST.getlist("o"), True)
            values = kept_values(offered, chosen)
            if not values:
                return redirect_with(
                    request, "Chưa chọn ô nào nên không có gì thay đổi.", _here(of), level=constants.WARNING
                )
            entries = {
                key: there.get(key, Entry())._replace(value=value, text="", absent="") for key, value in values.items()
            }
            try:
                services.save_draft(of=of, entries=entries, source="narrative", now=now, by=user)
            except DomainError as refused:
                return redirect_with(request, str(refused), _here(of), level=constants.ERROR)
            said = f"Đã điền {len(values)} ô từ báo cáo bằng lời. Hãy xem lại từng ô rồi trình ký."
            return redirect_with(request, said, reverse("return-detail", args=[of.pk]))
        rows = [_row(offer, there) for offer in offered]
    period = parse_period(of.round.period_code)
    context = {
        "form": form,
        "of": of,
        "rows": rows,
        "text": text,
        "unit": places.name_on(of.area_id, of.round.period_start),
        "period": period.label(),
        "crumbs": [
            {"label": "Báo cáo kỳ", "url": reverse("return-grid")},
            {"label": f"{of.round.form.code}, {period.short()}", "url": reverse("return-detail", args=[of.pk])},
            {"label": "Điền từ báo cáo bằng lời", "url": ""},
        ],
    }
    return render_page(request, "checking/narrative.html", context, status=status)


def _here(of: Return) -> str:
    return reverse("return-from-text", args=[of.pk])


def _text(form: "forms.Narrative") -> str:
    """Return the text that was handed in, "" with the reason on the form."""
    if not form.is_valid():
        return ""
    data = form.cleaned_data
    try:
        return nfc(text_of_upload(data["file"]) if data.get("file") else str(data["text"]).replace("\r\n", "\n"))
    except DomainError as refused:
        form.add_error("file", str(refused))
        return ""


def _row(offer: Offer, there: dict[str, Entry]) -> dict[str, Any]:
    before = there.get(offer.cell.key, Entry())
    figure = offer.figure
    at = figure.sentence.find(figure.text)
    stands = at >= 0
    return {
        "key": offer.cell.key,
        "label": offer.cell.label,
        "unit": offer.cell.unit,
        "value": scaled_text(offer.value, offer.cell.decimals),
        "before": "" if before.value is None else scaled_text(before.value, offer.cell.decimals),
        "is_new": before.value != offer.value,
        "is_hedged": offer.is_hedged,
        "sentence_before": figure.sentence[:at] if stands else figure.sentence,
        "figure": figure.text if stands else "",
        "sentence_after": figure.sentence[at + len(figure.text) :] if stands else "",
    }
