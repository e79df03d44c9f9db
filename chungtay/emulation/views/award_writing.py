"""Writing an award decision, and correcting it while it is a draft: what a correction changes is shown before it is saved."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chungtay.access.rules import Matter
from chungtay.emulation import awarding, selectors, services
from chungtay.emulation.forms import AwardRow, DecisionForm
from chungtay.emulation.models import Contest, Decision, Sheet
from chungtay.emulation.rules import AwardState, MoneyFrom
from chungtay.emulation.services import Line
from chungtay.emulation.views.doors import Visit, crumbs, decision_or_404, visit
from chungtay.funds.models import Fund
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.places.rules import BodyKind
from chungtay.programmes.models import Programme
from chungtay.web.http import redirect_with, render_page

ROWS, MOST_ROWS = 5, 300


@login_required
@require_http_methods(["GET", "POST"])
def decision_create(request: HttpRequest) -> HttpResponse:
    """Write a decision; ?dot=<contest> begins with the first places of that contest."""
    one = visit(request)
    area = one.home("edit", "award")
    if area is None:
        home = one.home("view", "award")
        if home is not None:
            one.require("edit", Matter("award", home.pk, AwardState.DRAFT))
        raise PermissionDenied("Bạn chưa có quyền lập quyết định khen thưởng. Hãy báo quản trị hệ thống.")
    contest = _contest(one, area, request.GET.get("dot", ""))
    data = request.POST if request.method == "POST" else None
    head = DecisionForm(data, initial=_initial(one, area, contest), **_offered(one, area))
    rows = _rows(data, contest)
    wants_rows = data is not None and data.get("do") == "add-row"
    if wants_rows:
        rows += [AwardRow(None, prefix=f"a{at}", initial={"kind": "person"}) for at in range(len(rows), len(rows) + 5)]
    elif data is not None and all([head.is_valid(), *(row.is_valid() for row in rows)]):
        body = places.body_at(area.pk, BodyKind.UBND)

        def write() -> Decision:
            content = services.Content(**head.said(), contest=contest, lines=_lines(rows, contest))
            return services.write_decision(body=body, content=content, now=one.now, by=one.user)

        if head.try_(write):
            words = "Đã lập dự thảo. Người khác xem, ghi số và ban hành."
            return redirect_with(request, words, reverse("decision-detail", args=[head.result.pk]))
    context = {
        "head": head,
        "title": "Lập quyết định khen thưởng",
        "back": reverse("decision-list"),
        "rows": rows,
        "contest": contest,
        "place": places.name_on(area.pk, one.today),
        "crumbs": crumbs(("Quyết định khen thưởng", reverse("decision-list")), ("Lập quyết định", "")),
    }
    is_wrong = data is not None and not wants_rows
    return render_page(request, "emulation/decision_form.html", context, status=422 if is_wrong else 200)


@login_required
@require_http_methods(["GET", "POST"])
def decision_edit(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Correct a draft; what the correction changes is shown when asked for, and stays beside the draft once saved."""
    one = visit(request)
    decision = decision_or_404(one, decision_id)
    one.require("edit", decision)
    area, contest = decision.body.area, decision.contest
    data = request.POST if request.method == "POST" else None
    head = DecisionForm(data, initial=_standing(decision), **_offered(one, area, decision))
    rows = _rows(data, None) if data is not None else _rows_of(decision)
    act = data.get("do", "save") if data is not None else ""
    changes = None
    if act == "add-row":
        rows += [AwardRow(None, prefix=f"a{at}", initial={"kind": "person"}) for at in range(len(rows), len(rows) + 5)]
    elif data is not None and all([head.is_valid(), *(row.is_valid() for row in rows)]):

        def content() -> services.Content:
            return services.Content(**head.said(), number=decision.number, contest=contest, lines=_lines(rows, contest))

        def write() -> Decision:
            given: dict[str, Any] = {"revision": head.cleaned_data["revision"] or 0, "now": one.now, "by": one.user}
            return services.change_decision(decision=decision, content=content(), **given)

        if act == "look":
            changes = head.result if head.try_(lambda: services.changes_of(decision, content())) else None
        elif head.try_(write):
            return redirect_with(request, "Đã lưu dự thảo.", reverse("decision-detail", args=[decision.pk]))
    context = {
        "head": head,
        "rows": rows,
        "contest": contest,
        "title": "Sửa dự thảo quyết định khen thưởng",
        "back": reverse("decision-detail", args=[decision.pk]),
        "is_correction": True,
        "changes": changes,
        "place": places.name_on(area.pk, one.today),
        "crumbs": crumbs(
            ("Quyết định khen thưởng", reverse("decision-list")),
            (str(decision), reverse("decision-detail", args=[decision.pk])),
            ("Sửa dự thảo", ""),
        ),
    }
    is_wrong = data is not None and act != "add-row" and changes is None
    return render_page(request, "emulation/decision_form.html", context, status=422 if is_wrong else 200)


def _standing(decision: Decision) -> dict[str, Any]:
    names = ("form", "merit", "signed_on", "place", "position", "signer", "money", "revision")
    said = {name: getattr(decision, name) for name in names}
    return said | {"programme": str(decision.programme_id or ""), "fund": str(decision.fund_id or "")}


def _rows_of(decision: Decision) -> list[AwardRow]:
    said = [
        {"sheet": str(one.sheet_id or ""), "kind": one.kind, "name": one.name, "achievement": one.achievement}
        for one in decision.awards.order_by("position")
    ]
    return [AwardRow(None, prefix=f"a{at}", initial=row) for at, row in enumerate([*said, {"kind": "collective"}])]


def _contest(one: Visit, area: Area, key: str) -> Contest | None:
    try:
        found = selectors.contests_seen_by(one.keys).filter(pk=UUID(key), area=area).first()
    except ValueError:
        return None
    return found


def _offered(one: Visit, area: Area, decision: Decision | None = None) -> dict[str, Any]:
    """What may be chosen: what the person sees, and what a draft names already."""
    seen = Q(area_id__in=one.keys.areas_for("view", "programme"))
    own = Q(body__area=area, purposes__code=awarding.PURPOSE)
    if decision is not None:
        seen, own = seen | Q(pk=decision.programme_id), own | Q(pk=decision.fund_id)
    return {
        "programmes": list(Programme.objects.filter(seen).order_by("-signed_on")),
        "funds": list(Fund.objects.filter(own).distinct()),
    }


def _initial(one: Visit, area: Area, contest: Contest | None) -> dict[str, Any]:
    name = places.name_on(area.pk, one.today)
    return {
        "signed_on": one.today,
        "place": name.split(" ", 2)[-1] if name.lower().startswith("thành phố") else name,
        "position": "CHỦ TỊCH",
        "programme": str(contest.programme_id or "") if contest else "",
        "merit": f"Đã có thành tích xuất sắc trong {contest.title[:1].lower()}{contest.title[1:]}" if contest else "",
        "money": MoneyFrom.BUDGET,
    }


def _rows(data: Any, contest: Contest | None) -> list[AwardRow]:
    if data is not None:
        try:
            count = min(max(int(data.get("rows", "0")), 0), MOST_ROWS)
        except ValueError:
            count = 0
        return [AwardRow(data, prefix=f"a{at}") for at in range(count)]
    first = []
    last = selectors.last_publication(contest) if contest else None
    carried = selectors.carried_in(contest) if contest else None
    for result in selectors.results_of(last) if last else []:
        if carried is None or str(result.sheet_id) in carried:
            achievement = f"Hạng {_nth(result.place)} {result.block.lower()}"
            first.append(
                {
                    "kind": "collective",
                    "name": result.sheet.name,
                    "achievement": achievement,
                    "sheet": str(result.sheet_id),
                }
            )
    rows = [*first, *({"kind": "collective"} for _ in range(ROWS))]
    return [AwardRow(None, prefix=f"a{at}", initial=row) for at, row in enumerate(rows)]


WORDS = ("nhất", "nhì", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")


def _nth(place: int) -> str:
    return WORDS[place - 1] if place <= len(WORDS) else "tiếp theo"


def _lines(rows: list[AwardRow], contest: Contest | None) -> list[Line]:
    keys = {str(sheet.pk): sheet for sheet in contest.sheets.all()} if contest else dict[str, Sheet]()
    return [
        Line(
            row.recipient,
            row.cleaned_data["name"],
            row.cleaned_data["achievement"],
            keys.get(row.cleaned_data["sheet"]),
        )
        for row in rows
        if row.cleaned_data.get("name")
    ]
