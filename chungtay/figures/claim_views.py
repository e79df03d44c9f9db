"""Pages of the claims: the list beside the figures, one of them to explain or withdraw, and a new one from a paper."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chungtay.access import selectors as access
from chungtay.access.rules import Verdict
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.figures import discrepancy_rows as shown
from chungtay.figures import services
from chungtay.figures.claim_forms import ExplainClaim, StateClaim, WithdrawClaim
from chungtay.figures.claims import Discrepancy, Standing
from chungtay.figures.reach import area_choices
from chungtay.figures.selectors import discrepancies
from chungtay.indicators.rules import Kind
from chungtay.indicators.selectors import catalogue, dimension_keys
from chungtay.places import selectors as places
from chungtay.web import clock
from chungtay.web.http import redirect_with, render_page

ON_A_PAGE = 50
ORDER = (Standing.OPEN, Standing.EXPLAINED, Standing.MATCHED)
FILTERS = {"": "Chưa giải trình", "da-giai-trinh": "Đã giải trình", "khop": "Khớp", "tat-ca": "Tất cả"}
STANDINGS = {"": Standing.OPEN, "da-giai-trinh": Standing.EXPLAINED, "khop": Standing.MATCHED}


@login_required
@require_safe
def discrepancy_list(request: HttpRequest) -> HttpResponse:
    """Show the claims in the person's reach: those that wait for an explanation unless others are asked for."""
    user, today = user_of(request), clock.today()
    keys = access.keys_of(user, on=today)
    mine = keys.areas_for("view", "claim")
    nodes = [node for node in places.tree_on(today).nodes if node.area_id in mine]
    code = request.GET.get("noi", "")
    area = next((node for node in nodes if node.code == code), None) if code else None
    if code and area is None:
        raise Http404
    found = shown.claims_in_reach(keys)
    if area is not None:
        found = shown.under(found, area.area_id, on=today)
    state = request.GET.get("xem", "")
    state = state if state in FILTERS else ""
    counts = {key: sum(key not in STANDINGS or one.standing is STANDINGS[key] for one in found) for key in FILTERS}
    kept = sorted(
        (one for one in found if state not in STANDINGS or one.standing is STANDINGS[state]),
        key=lambda one: ORDER.index(one.standing),
    )
    page = Paginator(kept, ON_A_PAGE).get_page(request.GET.get("page"))
    place = f"&noi={area.code}" if area else ""
    context = {
        "rows": shown.rows_of(list(page.object_list)),
        "page": page,
        "area": area,
        "levels": area_choices(nodes, area),
        "state": state,
        "filters": [
            {"label": f"{label} ({counts[key]})", "url": f"?xem={key}{place}", "current": key == state}
            for key, label in FILTERS.items()
        ],
        "is_empty": not found,
        "sees": bool(mine),
        "may_state": bool(keys.areas_for("state", "claim")),
        "crumbs": [{"label": "Con số", "url": reverse("figure-index")}, {"label": "Chênh lệch"}],
    }
    return render_page(request, "figures/discrepancy_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def claim_create(request: HttpRequest) -> HttpResponse:
    """Take in a number that another paper states."""
    user, today = user_of(request), clock.today()
    mine = access.keys_of(user, on=today).areas_for("state", "claim")
    if not mine:
        raise PermissionDenied("Bạn chưa có quyền ghi số của cơ quan khác. Việc này của chuyên viên tổng hợp.")
    nodes = [node for node in places.tree_on(today).nodes if node.area_id in mine]
    asked = {name: request.GET[name] for name in ("indicator", "area", "period") if name in request.GET}
    form = StateClaim(
        request.POST or None,
        areas=[(str(node.area_id), f"{indent}{node.name}") for node, indent in area_choices(nodes, None)]
        + _former(request, mine - {node.area_id for node in nodes}),
        indicators=_indicators(),
        initial=asked,
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = form.try_(
            services.state_claim,
            said=form.said,
            said_by=data["said_by"],
            body_kind=form.body,
            paper=data["paper"],
            now=clock.now(),
            by=user,
        )
        if done:
            said = "Đã ghi số của cơ quan khác. Số này chỉ để đối chiếu, không cộng vào kết quả."
            return redirect_with(request, said, reverse("claim-detail", args=[form.result.pk]))
    context = {"form": form, "crumbs": _crumbs("Ghi số của cơ quan khác")}
    return render_page(request, "figures/claim_create.html", context, status=422 if form.errors else 200)


def _former(request: HttpRequest, others: frozenset[UUID]) -> list[tuple[str, str]]:
    """Offer a unit that is no longer on the map when the page was asked for it."""
    asked = request.POST.get("area") or request.GET.get("area", "")
    found = next((area_id for area_id in others if str(area_id) == asked), None)
    return [] if found is None else [(asked, places.name_on(found, clock.today()))]


def _indicators() -> list[tuple[str, str]]:
    """Every indicator that can be claimed about, and the parts of its breakdown."""
    found = []
    for indicator in catalogue():
        if indicator.kind == Kind.RATIO:
            continue
        found.append((indicator.code, f"{indicator.name} ({indicator.unit})"))
        found += [(f"{indicator.code}|{key}", f"– {label}") for key, label in dimension_keys(indicator) if key]
    return found


@login_required
@require_http_methods(["GET", "POST"])
def claim_detail(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Show one claim beside the figure; POST explains why they differ."""
    user, one = _seen(request, claim_id)
    form = ExplainClaim(request.POST or None, initial={"claimed": one.claimed.value, "derived": one.derived})
    if request.method == "POST":
        _require(user, "explain", one)
        if form.is_valid() and form.try_(
            services.explain_claim, claim_id=claim_id, **form.cleaned_data, now=clock.now(), by=user
        ):
            said = "Đã ghi giải trình. Khi một trong hai số thay đổi, chênh lệch này sẽ mở lại."
            return redirect_with(request, said, reverse("claim-detail", args=[claim_id]))
    return _page(request, user, one, form, WithdrawClaim())


@login_required
@require_POST
def claim_withdraw(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """Take back a number that was typed in from a paper."""
    user, one = _seen(request, claim_id)
    _require(user, "state", one)
    form = WithdrawClaim(request.POST)
    if form.is_valid() and form.try_(
        services.withdraw_claim, claim_id=claim_id, note=form.cleaned_data["note"], now=clock.now(), by=user
    ):
        return redirect_with(request, "Đã bỏ số này khỏi đối chiếu; lịch sử vẫn giữ.", reverse("discrepancy-list"))
    explain = ExplainClaim(initial={"claimed": one.claimed.value, "derived": one.derived})
    return _page(request, user, one, explain, form)


def _seen(request: HttpRequest, claim_id: UUID) -> tuple[User, Discrepancy]:
    """Return the person and the claim. Raises Http404 when it does not stand or is not for them to see."""
    user = user_of(request)
    found = discrepancies(claim_id=claim_id)
    if not found or not access.can(user, "view", found[0].claimed, on=clock.today()):
        raise Http404
    return user, found[0]


def _require(user: User, action: str, one: Discrepancy) -> None:
    try:
        access.require(user, action, one.claimed, clock.today())
    except access.NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused


def _page(
    request: HttpRequest, user: User, one: Discrepancy, form: ExplainClaim, withdraw: WithdrawClaim
) -> HttpResponse:
    keys = access.keys_of(user, on=clock.today())
    verdict = keys.verdict("explain", one.claimed)
    [row] = shown.rows_of([one])
    context: dict[str, Any] = {
        "row": row,
        "one": one,
        "form": form,
        "withdraw": withdraw,
        "may_explain": verdict is Verdict.ALLOWED and one.standing is not Standing.MATCHED,
        "is_own": verdict is Verdict.OWN_WORK,
        "may_withdraw": one.claimed.is_typed and keys.can("state", one.claimed),
        "crumbs": _crumbs(row.name),
    }
    return render_page(
        request, "figures/claim_detail.html", context, status=422 if form.errors or withdraw.errors else 200
    )


def _crumbs(last: str) -> list[dict[str, str]]:
    return [
        {"label": "Con số", "url": reverse("figure-index")},
        {"label": "Chênh lệch", "url": reverse("discrepancy-list")},
        {"label": last},
    ]
