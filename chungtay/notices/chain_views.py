"""Who is told of what is late, and when, as it holds at the person's place; an administrator decides it anew from a day on."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.access import navigation
from chungtay.access import selectors as access
from chungtay.accounts.selectors import user_of
from chungtay.notices import forms, selectors, services
from chungtay.notices.chains import Step, Version, Who, in_order
from chungtay.notices.registry import ChainKind, chain_of, chains
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.web import clock
from chungtay.web.http import redirect_with, render_page

INBOX = {"label": "Thông báo"}


def _said(kind: ChainKind, steps: tuple[Step, ...]) -> list[dict[str, Any]]:
    return [{"who": kind.whos.get(step.who, step.who), "when": step.words, "is_late": step.is_late} for step in steps]


@login_required
@require_safe
def chain_list(request: HttpRequest) -> HttpResponse:
    """Show every chain as it holds today at the person's place."""
    user, today = user_of(request), clock.today()
    home = access.home_area(user, today)
    book = selectors.Chains(today)
    found = [(kind, book.at(kind.code, home)) for kind in chains()]
    context = {
        "rows": [{"kind": kind, "version": one, "steps": _said(kind, one.steps)} for kind, one in found],
        "place": places.name_on(home, today) if home else "",
        "here": "chains",
        "administers": navigation.sees("notice")(request),
        "crumbs": [INBOX | {"url": reverse("notice-inbox")}, {"label": "Trình tự nhắc"}],
    }
    return render_page(request, "notices/chain_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def chain_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show a chain with what was decided on it, and take in an administrator's decision."""
    user, today = user_of(request), clock.today()
    try:
        kind = chain_of(code)
    except KeyError:
        raise Http404 from None
    keys = access.keys_of(user, on=today)
    home = access.home_area(user, today)
    mine = keys.areas_for("edit", "chain")
    if request.method == "POST" and not mine:
        raise PermissionDenied("Trình tự nhắc do quản trị hệ thống của nơi này đổi. Hãy báo người quản trị.")
    version = selectors.Chains(today).at(code, home)
    areas = _areas(mine, home)
    form = None
    if areas:
        first = _first(version) | {"seen": selectors.versions_known(code), "valid_from": today}
        sent = request.POST if request.method == "POST" else None
        form = forms.ChainForm(sent, kind=kind, areas=areas, initial=first)
    if form is not None and form.is_valid():
        said = form.cleaned_data
        given = {name: said[name] for name in ("valid_from", "legal_basis", "is_verified", "reason", "seen")}
        area = Area.objects.get(pk=said["area"])
        if form.try_(services.set_chain, area=area, chain=code, steps=form.steps(), **given, now=clock.now(), by=user):
            done = "Đã ghi trình tự nhắc. Người đã được báo rồi không bị báo lại."
            return redirect_with(request, done, reverse("chain-detail", args=[code]))
    way = places.ways_on(today).own.get(home, ()) if home else ()
    history = selectors.versions_of(code, [*way, *mine])
    context = {
        "kind": kind,
        "version": version,
        "steps": _said(kind, version.steps),
        "history": [
            {"one": row, "place": places.name_on(row.area_id, today), "steps": _said(kind, _steps(row))}
            for row in history
        ],
        "form": form,
        "place": places.name_on(home, today) if home else "",
        "crumbs": [
            INBOX | {"url": reverse("notice-inbox")},
            {"label": "Trình tự nhắc", "url": reverse("chain-list")},
            {"label": kind.label},
        ],
    }
    is_wrong = form is not None and form.is_bound
    return render_page(request, "notices/chain_detail.html", context, status=422 if is_wrong else 200)


def _steps(row: Any) -> tuple[Step, ...]:
    return in_order(one.step for one in row.steps.all())


def _areas(mine: frozenset[UUID], home: UUID | None) -> list[tuple[str, str]]:
    """The places that a person may decide for: the own one first, then by name."""
    today = clock.today()
    named = sorted((pk != home, places.name_on(pk, today), str(pk)) for pk in mine)
    return [(pk, name) for _, name, pk in named]


def _first(version: Version) -> dict[str, Any]:
    near = next((-step.days for step in version.steps if not step.is_late and step.who is Who.DOER), None)
    return {"near": near, **{f"late_{step.who}": step.days for step in version.steps if step.is_late}}
