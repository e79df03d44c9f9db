"""What was sent, as it was sent: one version, and two versions side by side."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from chungtay.returns import history, rules, selectors, sheets
from chungtay.returns.background import background_of
from chungtay.returns.views import pages
from chungtay.returns.views.doors import version_or_404, visit
from chungtay.web.http import render_page


@login_required
@require_GET
def return_version(request: HttpRequest, return_id: UUID, number: int) -> HttpResponse:
    """Show a frozen version; every cell's key is an anchor, so that a trace opens at its cell."""
    one = visit(request, return_id)
    version = version_or_404(one, number)
    spec = selectors.form_spec(one.of.round.form)
    events = selectors.history_of(one.of)
    sheet = sheets.sheet_of(
        spec,
        selectors.entries_of(version),
        background_of(one.of, version),
        remarks=pages.questions(events, version),
        changes=selectors.version_changes(spec, version, among=one.versions()),
        ratios=selectors.ratios_of(spec),
    )
    context = {
        **pages.heading(one),
        "one": one,
        "version": version,
        "versions": one.versions(),
        "sheet": sheet,
        "cell_count": len(spec.cells),
        "events": history.lines([e for e in events if e.version_id == version.pk], inside=one.is_of_the_unit),
        "crumbs": pages.crumbs(one, f"Bản {number}"),
    }
    return render_page(request, "returns/version.html", context)


@login_required
@require_GET
def return_diff(request: HttpRequest, return_id: UUID, older: int, newer: int) -> HttpResponse:
    """Show what changed from one version to another, cell by cell, with the clerk's answers."""
    one = visit(request, return_id)
    before, after = version_or_404(one, older), version_or_404(one, newer)
    spec = selectors.form_spec(one.of.round.form)
    changes = rules.changes(spec.cells, selectors.entries_of(before), selectors.entries_of(after))
    asked = pages.questions(selectors.history_of(one.of), before)
    context = {
        **pages.heading(one),
        "one": one,
        "before": before,
        "after": after,
        "rows": [(change, asked.get(change.cell.key)) for change in changes],
        "kept": len(spec.cells) - len(changes),
        "versions": one.versions(),
        "crumbs": pages.crumbs(one, f"So bản {older} với bản {newer}"),
    }
    return render_page(request, "returns/diff.html", context)
