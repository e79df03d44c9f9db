"""Opening a case on a phone: first the kind, then the household where there is one, then one page of boxes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.households.models import Household
from chungtay.kernel.folding import fold
from chungtay.places.models import Area
from chungtay.support import forms, services
from chungtay.support.kinds import Kind, Subject, kinds
from chungtay.support.masking import masked
from chungtay.support.models import Case
from chungtay.support.proposing import shares_of
from chungtay.support.rules import NotReady, Share, Source
from chungtay.support.services import Content
from chungtay.support.views.doors import case_or_404, crumbs, require_proposer, visit
from chungtay.web.http import redirect_with, render_page

FOUND = 20


@login_required
@require_safe
def kind_list(request: HttpRequest) -> HttpResponse:
    """Offer the kinds of support."""
    one = visit(request)
    require_proposer(one)
    context = {"kinds": list(kinds().values()), "crumbs": crumbs(None, ("Lập hồ sơ", ""))}
    return render_page(request, "support/kind_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def case_create(request: HttpRequest, kind: str) -> HttpResponse:
    """Find the household, then take the proposal."""
    one = visit(request)
    area_id = require_proposer(one)
    chosen = kinds().get(kind)
    if chosen is None:
        raise Http404
    household = _household(request.GET.get("ho", ""), area_id)
    if chosen.subject is Subject.HOUSEHOLD and household is None:
        return _choose_household(request, chosen, area_id)
    first: dict[str, Any] = {"proposed_on": one.today}
    if household is not None:
        first |= {"hamlet": household.hamlet, "proposed_by": f"Ban Công tác Mặt trận {household.hamlet}"}
    form = forms.Proposal(request.POST if request.method == "POST" else None, kind=chosen, initial=first)
    if request.method == "POST" and form.is_valid():
        area = Area.objects.get(pk=area_id)
        content = _content(form, chosen, household)
        if _try(form, services.propose, area=area, content=content, now=one.now, by=one.user):
            made: Case = form.result
            said = f"Đã lập hồ sơ {made}."
            target = "line-list" if chosen.subject is Subject.LIST else "case-detail"
            return redirect_with(request, said, reverse(target, args=[made.pk]))
    return _page(request, form, chosen, household, None)


@login_required
@require_http_methods(["GET", "POST"])
def case_edit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say a case again."""
    one = visit(request)
    case = case_or_404(one, case_id)
    one.require("propose", case)
    form = forms.Proposal(request.POST if request.method == "POST" else None, kind=case.of_kind, initial=_initial(case))
    if request.method == "POST" and form.is_valid():
        content = _content(form, case.of_kind, case.household, case)
        revision = form.cleaned_data["revision"] or 0
        if _try(form, services.revise, case=case, content=content, revision=revision, now=one.now, by=one.user):
            return redirect_with(request, f"Đã lưu hồ sơ {case}.", reverse("case-detail", args=[case.pk]))
    return _page(request, form, case.of_kind, case.household, case)


def _try(form: forms.Proposal, service: Any, **said: Any) -> bool:
    """Run a service; each reason of a refusal stands above the form as a sentence of its own."""
    try:
        form.result = service(**said)
    except NotReady as wrong:
        for reason in wrong.reasons:
            form.add_error(None, reason)
        return False
    except services.CaseMovedOn as moved:
        form.add_error(None, str(moved))
        return False
    except services.BadDay as wrong_day:
        form.add_error("proposed_on", str(wrong_day))
        return False
    return True


def _page(
    request: HttpRequest, form: forms.Proposal, kind: Kind, household: Household | None, case: Case | None
) -> HttpResponse:
    title = f"Sửa hồ sơ {case}" if case else f"Hồ sơ mới: {kind.name}"
    back = reverse("case-detail", args=[case.pk]) if case else reverse("support-list")
    context = {
        "form": form,
        "kind": kind,
        "title": title,
        "household": household,
        "household_name": household.head_name if household else "",
        "is_list": kind.subject is Subject.LIST,
        "back": back,
        "crumbs": crumbs(case, (title if case is None else "Sửa", "")),
    }
    return render_page(request, "support/case_form.html", context, status=422 if form.errors else 200)


def _choose_household(request: HttpRequest, kind: Kind, area_id: UUID) -> HttpResponse:
    """Offer households of the place by name or hamlet, masked: the record itself opens in its own register."""
    words = fold(request.GET.get("q", ""))[:60]
    rows = Household.objects.filter(area_id=area_id, merged_into=None, erased_at=None)
    for word in words.split():
        rows = rows.filter(words__contains=word)
    found = list(rows.order_by("sort_key", "id")[: FOUND + 1])
    base = reverse("case-create", args=[kind.code])
    context = {
        "kind": kind,
        "q": request.GET.get("q", "")[:60],
        "rows": [
            {"name": masked(row.head_name), "hamlet": row.hamlet, "members": row.members, "url": f"{base}?ho={row.pk}"}
            for row in found[:FOUND]
        ],
        "has_more": len(found) > FOUND,
        "crumbs": crumbs(None, ("Lập hồ sơ", reverse("case-kinds")), (kind.name, "")),
    }
    return render_page(request, "support/household_choice.html", context)


def _household(said: str, area_id: UUID) -> Household | None:
    """Return the household that an address names, None when it names none. Raises Http404 for one of elsewhere."""
    if not said:
        return None
    try:
        found = Household.objects.filter(pk=UUID(said), area_id=area_id, erased_at=None).select_related("root").first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found.root


def _content(form: forms.Proposal, kind: Kind, household: Household | None, case: Case | None = None) -> Content:
    said: Mapping[str, Any] = form.cleaned_data
    shares, total = form.shares, said.get("total") or 0
    if kind.subject is Subject.LIST:
        # What a list comes to is what its lines come to; one source that bears it alone follows them.
        shares = shares or (Share(Source.FUND, 1),)
        if len(shares) == 1:
            shares = (replace(shares[0], amount=case.total if case else max(shares[0].amount, 1)),)
        total = case.total if case else sum(share.amount for share in shares)
    return Content(
        kind=kind.code,
        title=said["title"],
        hamlet=said["hamlet"],
        need=said["need"],
        needed_since=said["needed_since"],
        proposed_by=said["proposed_by"],
        proposed_on=said["proposed_on"],
        total=total,
        shares=shares,
        details=form.details,
        household=household if kind.subject is Subject.HOUSEHOLD else None,
    )


def _initial(case: Case) -> dict[str, Any]:
    names = ("revision", "title", "hamlet", "need", "needed_since", "proposed_by", "proposed_on", "total")
    first = {name: getattr(case, name) for name in names} | {f"d-{key}": value for key, value in case.details.items()}
    sponsors = 0
    for share in shares_of(case):
        if share.source is Source.SPONSOR:
            sponsors += 1
            first |= {f"sponsor{sponsors}": share.who, f"gift{sponsors}": share.amount}
        elif share.source is Source.LABOUR:
            first |= {"days": share.days, "rate": share.rate, "workers": share.who}
        else:
            first[str(share.source)] = share.amount
    return first
