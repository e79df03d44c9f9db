"""The leader's one page: the whole return, what is unusual in it, what changed, and two decisions."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chungtay.access.rules import Verdict
from chungtay.kernel.errors import DomainError
from chungtay.returns import forms, grid, history, selectors, services, sheets
from chungtay.returns.background import background_of
from chungtay.returns.rules import State
from chungtay.returns.views import pages
from chungtay.returns.views.doors import Visit, visit
from chungtay.web.http import redirect_with, render_page


@login_required
@require_http_methods(["GET", "POST"])
def return_sign(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Show the return to its leader and take the decision: sign it, or give it back to the clerk."""
    one = visit(request, return_id)
    one.require_post("sign")
    if request.method == "POST":
        return _hand_back(request, one) if request.POST.get("do") == "hand_back" else _sign(request, one)
    if one.of.state != State.FOR_SIGNING:
        return redirect("return-detail", return_id)
    return _page(request, one, forms.HandBack())


def _sign(request: HttpRequest, one: Visit) -> HttpResponse:
    seen = request.POST.get("content_hash", "")
    try:
        services.sign_return(of=one.of, content_hash=seen, now=one.now, by=one.user)
    except DomainError as refused:
        return _page(request, visit(request, one.of.pk), forms.HandBack(), refused=str(refused), status=409)
    return _next(request, one, f"Đã ký và gửi báo cáo của {one.unit} lên {one.upper}.")


def _hand_back(request: HttpRequest, one: Visit) -> HttpResponse:
    form = forms.HandBack(request.POST)
    if form.is_valid() and form.try_(
        services.hand_back_return, of=one.of, note=form.cleaned_data["note"], now=one.now, by=one.user
    ):
        return _next(request, one, f"Đã chuyển báo cáo của {one.unit} lại cho người nhập.")
    return _page(request, visit(request, one.of.pk), form, status=422)


def _next(request: HttpRequest, one: Visit, said: str) -> HttpResponse:
    """Go on to the next return that waits for the signature, else to the person's own work."""
    waiting = [of for of in grid.waiting_for(one.keys) if of.state == State.FOR_SIGNING]
    if not waiting:
        return redirect_with(request, said, reverse("desk-home"))
    said = f"{said} Còn {len(waiting)} báo cáo chờ ký, đây là báo cáo tiếp theo."
    return redirect_with(request, said, reverse("return-sign", args=[waiting[0].pk]))


def _page(
    request: HttpRequest, one: Visit, hand_back: forms.HandBack, *, refused: str = "", status: int = 200
) -> HttpResponse:
    spec = selectors.form_spec(one.of.round.form)
    version = one.of.current_version
    entries = selectors.entries_of(version)
    background = background_of(one.of, version)
    events = selectors.history_of(one.of)
    versions = one.versions()
    sheet = sheets.sheet_of(
        spec,
        entries,
        background,
        problems=selectors.said_of(spec, entries, background),
        remarks=pages.questions(events, version),
        changes=selectors.version_changes(spec, version, among=versions) if version else (),
        ratios=selectors.ratios_of(spec),
    )
    context = {
        **pages.heading(one),
        "one": one,
        "version": version,
        "sheet": sheet,
        "cell_count": len(spec.cells),
        "hand_back": hand_back,
        "refused": refused,
        "is_own_work": one.keys.verdict("sign", one.of) is Verdict.OWN_WORK,
        "may_decide": one.can("sign"),
        "late_days": pages.late_days(one),
        "late_words": "Quá hạn",
        "events": history.lines(events, inside=True),
        "versions": versions,
        "crumbs": pages.crumbs(one, "Ký báo cáo"),
    }
    return render_page(request, "returns/sign.html", context, status=status)
