"""The address of a return: it opens what this person has to do with it, else the sheet to read; and the taking back."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from chungtay.returns import forms, history, selectors, services, sheets
from chungtay.returns.background import background_of
from chungtay.returns.models import Event, Version
from chungtay.returns.rules import State
from chungtay.returns.views import pages
from chungtay.returns.views.doors import Visit, version_or_404, visit
from chungtay.returns.views.entry import entry_page
from chungtay.web.http import redirect_with, render_page


@login_required
@require_GET
def return_detail(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Open the return by right: the clerk's form, the leader's or the officer's page, else the sheet that was sent."""
    one = visit(request, return_id)
    if one.can("fill"):
        return entry_page(request, one, selectors.draft_entries(one.of))
    if one.has_post_for("sign") and one.of.state == State.FOR_SIGNING:
        return redirect("return-sign", return_id)
    if one.has_post_for("approve"):
        return redirect("return-check", return_id)
    return _sheet_page(request, one, forms.Withdraw())


@login_required
@require_POST
def return_withdraw(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Take a return back that was not decided yet."""
    one = visit(request, return_id)
    one.require_post("withdraw")
    form = forms.Withdraw(request.POST)
    if form.is_valid() and form.try_(
        services.withdraw_return, of=one.of, note=form.cleaned_data["note"], now=one.now, by=one.user
    ):
        said = "Đã thu hồi báo cáo. Bản đã gửi vẫn được giữ trong lịch sử."
        return redirect_with(request, said, reverse("return-detail", args=[return_id]))
    return _sheet_page(request, one, form, status=422)


@login_required
@require_GET
def return_print(request: HttpRequest, return_id: UUID) -> HttpResponse:
    """Show the return as a sheet of paper: ?ban=2 a version, without it the working copy or the last one sent."""
    one = visit(request, return_id)
    spec = selectors.form_spec(one.of.round.form)
    number = request.GET.get("ban", "")
    version = version_or_404(one, int(number)) if number.isdecimal() else pages.last_version(one)
    is_draft = not number and one.can("fill")
    entries = selectors.draft_entries(one.of) if is_draft else selectors.entries_of(version)
    acts = {e.verb: e for e in reversed(selectors.history_of(one.of)) if version and e.version_id == version.pk}
    context = {
        "one": one,
        "sheet": sheets.sheet_of(spec, entries, background_of(one.of), ratios=selectors.ratios_of(spec)),
        "version": None if is_draft else version,
        "is_draft": is_draft,
        "acts": {} if is_draft else acts,
        "crumbs": pages.crumbs(one, "Bản in"),
    }
    return render_page(request, "returns/print.html", context)


def _sheet_page(request: HttpRequest, one: Visit, form: forms.Withdraw, status: int = 200) -> HttpResponse:
    versions = one.versions()
    version = versions[0] if versions else None
    spec = selectors.form_spec(one.of.round.form)
    events = selectors.history_of(one.of)
    context = {
        **pages.heading(one),
        "one": one,
        "version": version,
        "sheet": _sheet(one, spec, version, events),
        "form": form,
        "may_withdraw": one.can("withdraw"),
        "last": pages.last_act(events, version),
        "events": history.lines(events, inside=one.is_of_the_unit),
        "versions": versions,
        "crumbs": pages.crumbs(one),
        "cell_count": len(spec.cells),
    }
    return render_page(request, "returns/sheet.html", context, status=status)


def _sheet(one: Visit, spec: selectors.FormSpec, version: Version | None, events: list[Event]) -> sheets.Sheet | None:
    if version is None:
        return None
    background = background_of(one.of, version)
    remarks = pages.questions(events, version)
    entries = selectors.entries_of(version)
    return sheets.sheet_of(spec, entries, background, remarks=remarks, ratios=selectors.ratios_of(spec))
