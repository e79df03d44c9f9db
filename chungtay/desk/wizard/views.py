"""The steps that record a reorganisation. Every step works without a script; the draft waits in the session."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chungtay.accounts.selectors import user_of
from chungtay.desk.wizard import effect, forms, rights, store
from chungtay.desk.wizard.draft import MOST_UNITS, REVISING, BadShare, Draft, draft_of_plan
from chungtay.desk.wizard.visits import Visit, act_to_correct, boxes, line, search, visit_of
from chungtay.kernel.errors import DomainError
from chungtay.web import clock
from chungtay.web.http import redirect_with, render_page

STEPS = ("Loại và căn cứ", "Chọn đơn vị", "Đơn vị mới", "Xem trước và ghi")
MOST_FOUND = 30


@login_required
@require_http_methods(["GET", "POST"])
def reorganise_start(request: HttpRequest) -> HttpResponse:
    """Step 1 of a new record; `?dinh-chinh=ID` begins from a recorded one that is to be corrected."""
    user = user_of(request)
    mine = rights.require_some(user, clock.today())
    draft = _draft_to_correct(request, mine) or Draft()
    form = forms.Head(request.POST or None, initial=forms.initial_of(draft))
    if form.is_valid():
        token = store.keep_new(request, form.applied_to(draft))
        return redirect("reorganise-units", token)
    return _page(request, "reorganise_head", draft, 0, {"form": form}, is_wrong=form.is_bound)


@login_required
@require_http_methods(["GET", "POST"])
def reorganise_head(request: HttpRequest, token: str) -> HttpResponse:
    """Step 1 again, for a draft that is under way."""
    one = visit_of(request, token)
    if isinstance(one, HttpResponse):
        return one
    form = forms.Head(request.POST or None, initial=forms.initial_of(one.draft))
    if form.is_valid():
        store.keep(request, token, form.applied_to(one.draft))
        return redirect("reorganise-units", token)
    return _page(request, "reorganise_head", one.draft, 0, {"form": form}, is_wrong=form.is_bound)


@login_required
@require_http_methods(["GET", "POST"])
def reorganise_units(request: HttpRequest, token: str) -> HttpResponse:
    """Step 2: the units that end or change, found on the map of the eve."""
    one = visit_of(request, token)
    if isinstance(one, HttpResponse):
        return one
    if not one.draft.needs_units:
        return redirect("reorganise-result", token)
    if request.method == "POST":
        draft = _picked(one, request.POST.get("them", ""), request.POST.get("bo", ""))
        store.keep(request, token, draft)
        if "tiep" in request.POST and not draft.missing_units:
            return redirect("reorganise-result", token)
        query = request.POST.get("q", "").strip()[:120]
        return redirect(f"{reverse('reorganise-units', args=[token])}?{urlencode({'q': query} if query else {})}")
    query = request.GET.get("q", "").strip()[:120]
    found = search(one, query) if query else []
    context = {
        "eve": one.eve,
        "query": query,
        "searched": bool(query),
        "found": [line(one, node.code, node) for node in found[:MOST_FOUND]],
        "more": len(found) > MOST_FOUND,
        "picked": [line(one, ref, node) for ref, node in one.picked],
        "is_full": len(one.draft.units) >= MOST_UNITS,
        "problem": one.draft.missing_units,
        "back": reverse("reorganise-head", args=[token]),
    }
    return _page(request, "reorganise_units", one.draft, 1, context)


@login_required
@require_http_methods(["GET", "POST"])
def reorganise_result(request: HttpRequest, token: str) -> HttpResponse:
    """Step 3: what becomes of the units."""
    one = visit_of(request, token)
    if isinstance(one, HttpResponse):
        return one
    if one.draft.missing_units:
        return redirect("reorganise-units", token)
    problems: list[str] = []
    draft = one.draft
    if request.method == "POST":
        draft = _told(one, request)
        if "them-moi" in request.POST:
            draft = forms.with_blank_row(draft)
        elif request.POST.get("bo-moi", "").isdecimal():
            draft = forms.without_row(draft, int(request.POST["bo-moi"]))
        store.keep(request, token, draft)
        try:
            draft.plan()
        except BadShare as bad:
            problems.append(str(bad))
        if "tiep" in request.POST and not problems:
            return redirect("reorganise-preview", token)
    return _page(
        request, "reorganise_result", draft, 2, boxes(one, draft) | {"problems": problems}, is_wrong=bool(problems)
    )


@login_required
@require_http_methods(["GET", "POST"])
def reorganise_preview(request: HttpRequest, token: str) -> HttpResponse:
    """Step 4: what it would do; recording it is a second, clear step, and the same draft is recorded once."""
    one = visit_of(request, token)
    if isinstance(one, HttpResponse):
        return one
    try:
        said = one.draft.plan()
    except BadShare:
        return redirect("reorganise-result", token)
    now, today = clock.now(), clock.today()
    refused = rights.refusals(one.user, said, one.tree, one.mine, today)
    seal = rights.seal_of(said)
    problems: tuple[str, ...] = ()
    if request.method == "POST" and not refused:
        if request.POST.get("da-xem") != seal:
            problems = ("Bản ghi đã đổi từ lúc bạn xem. Hãy xem lại trước khi ghi.",)
        elif request.POST.get("dong-y") != "1":
            problems = ("Hãy đánh dấu rằng bạn đã đối chiếu với văn bản, rồi bấm ghi.",)
        else:
            try:
                made = effect.record(said, now=now, by=one.user)
            except DomainError as error:
                problems = effect.problems_of(error)
            else:
                store.note_recorded(request, token, str(made.pk))
                return redirect_with(request, "Đã ghi vào bản đồ.", reverse("reorganisation-detail", args=[made.pk]))
    preview = effect.Preview(refused)
    if not refused:
        preview = effect.look_ahead(said, eve=one.eve, today=today, now=now, by=one.user)
    context = {
        "preview": preview,
        "seal": seal,
        "problems": () if refused or not preview.is_possible else problems,
        "eve": one.eve,
        "day": date.fromisoformat(one.draft.effective_on),
        "kind_words": dict(forms.KIND_CHOICES)[one.draft.kind],
        "back": reverse("reorganise-result", args=[token]),
        "head_url": reverse("reorganise-head", args=[token]),
    }
    return _page(request, "reorganise_preview", one.draft, 3, context, is_wrong=bool(problems))


def _told(one: Visit, request: HttpRequest) -> Draft:
    """Return the draft with what the third step was told. Units that are no longer on the map are let go of."""
    picked = one.picked
    draft = forms.read_result(replace(one.draft, units=tuple(ref for ref, _ in picked)), request.POST)
    if draft.kind not in REVISING:
        return draft
    nodes = [node for _, node in picked]
    return forms.without_repeats(draft, nodes, [one.above(node) for node in nodes])


def _draft_to_correct(request: HttpRequest, mine: frozenset[UUID]) -> Draft | None:
    """Return the draft of a recorded reorganisation that is to be corrected, None when none is asked for."""
    asked = request.GET.get("dinh-chinh", "")
    if not asked:
        return None
    found = act_to_correct(asked, mine)
    draft = draft_of_plan(rights.plan_as_json(found), corrects=str(found.pk))
    if draft is None:
        raise PermissionDenied(
            "Lần sắp xếp này gồm nhiều loại thay đổi hoặc quá nhiều đơn vị, các bước trên màn hình không sửa được. "
            "Hãy tải bản kế hoạch, sửa rồi ghi bằng lệnh."
        )
    return draft


def _picked(one: Visit, add: str, remove: str) -> Draft:
    """Return the draft with a unit more or less; only a unit of the map in the person's reach is added."""
    if remove:
        return one.draft.without_unit(remove)
    node = next((node for node in one.tree if node.code and node.code == add), None)
    if node is None or node.area_id not in one.mine:
        return one.draft
    return one.draft.with_unit(node.code)


def _page(
    request: HttpRequest, name: str, draft: Draft, step: int, context: dict[str, Any], *, is_wrong: bool = False
) -> HttpResponse:
    words = ["done" if at < step else "now" if at == step else "" for at in range(len(STEPS))]
    frame = {
        "draft": draft,
        "steps": [{"label": label, "step": word} for label, word in zip(STEPS, words, strict=True)],
        "crumbs": [
            {"label": "Đơn vị", "url": reverse("unit-list")},
            {"label": "Các lần sắp xếp", "url": reverse("reorganisation-list")},
            {"label": STEPS[step]},
        ],
    }
    return render_page(request, f"desk/units/{name}.html", frame | context, status=422 if is_wrong else 200)
