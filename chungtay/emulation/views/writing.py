"""Writing: criteria sets as rows of a form, and contests with those who take part."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.access.rules import Matter
from chungtay.community import selectors as community
from chungtay.community.models import Group
from chungtay.emulation import services
from chungtay.emulation.forms import ContestForm, CriteriaHead, CriterionRow
from chungtay.emulation.models import CriteriaSet
from chungtay.emulation.models.contests import decimals_of
from chungtay.emulation.rules import ContestState
from chungtay.emulation.scoring import How, points_text, short_text
from chungtay.emulation.services import Entrant
from chungtay.emulation.views.doors import Visit, crumbs, tabs, visit
from chungtay.indicators.selectors import catalogue
from chungtay.places import selectors as places
from chungtay.places.models import Area, Body
from chungtay.places.rules import BODY_LABELS, BodyKind, Level
from chungtay.programmes.models import Programme
from chungtay.web.http import redirect_with, render_page

ROWS, MOST_ROWS = 8, 60
BLOCKS = {Level.WARD: "Khối phường", Level.COMMUNE: "Khối xã", Level.TOWNSHIP: "Khối thị trấn"}


def _sets(one: Visit) -> Any:
    rows = CriteriaSet.objects.filter(area_id__in=one.keys.areas_for("view", "contest"))
    return rows.order_by("code", "-version")


@login_required
@require_safe
def criteria_list(request: HttpRequest) -> HttpResponse:
    """Show the criteria sets in sight, every version."""
    one = visit(request)
    sets = list(_sets(one).select_related("by"))
    names = places.names_on({row.area_id for row in sets}, one.today)
    context = {
        "rows": [{"set": row, "most": points_text(row.most), "place": names[row.area_id]} for row in sets],
        "may_write": one.home("edit", "contest") is not None,
        "tabs": tabs("criteria-list"),
        "crumbs": crumbs(("Bộ tiêu chí", "")),
    }
    return render_page(request, "emulation/criteria_list.html", context)


@login_required
@require_safe
def criteria_detail(request: HttpRequest, criteria_id: UUID) -> HttpResponse:
    """Show one version of a criteria set."""
    one = visit(request)
    found = _sets(one).filter(pk=criteria_id).first()
    if found is None:
        raise Http404
    rows = [
        {
            "criterion": row,
            "most": points_text(row.most),
            "depth": row.number.count("."),
            "is_group": row.how == How.GROUP,
        }
        for row in found.listed()
    ]
    context = {
        "set": found,
        "rows": rows,
        "most": points_text(found.most),
        "may_write": one.can("edit", Matter("contest", found.area_id, ContestState.DRAFT)),
        "crumbs": crumbs(("Bộ tiêu chí", reverse("criteria-list")), (str(found), "")),
    }
    return render_page(request, "emulation/criteria_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def criteria_create(request: HttpRequest) -> HttpResponse:
    """Write a criteria set, or the next version of one: ?tu=<id> begins with what that says."""
    one = visit(request)
    area = _writes_at(one)
    known = list(catalogue())
    data = request.POST if request.method == "POST" else None
    head, rows = _fresh(one, known, request.GET.get("tu", "")) if data is None else _typed(data, known)
    wants_rows = data is not None and data.get("do") == "add-row"
    if wants_rows:
        rows += [CriterionRow(None, prefix=f"r{at}", indicators=known) for at in range(len(rows), len(rows) + 4)]
    elif data is not None and all([head.is_valid(), *(row.is_valid() for row in rows)]):
        items = [item for row in rows if (item := row.item())]
        if head.try_(services.write_criteria, area=area, items=items, now=one.now, by=one.user, **head.cleaned_data):
            said = f"Đã ghi {head.result}. Bản này không sửa nữa; muốn đổi thì ghi bản sau."
            return redirect_with(request, said, reverse("criteria-detail", args=[head.result.pk]))
    context = {
        "head": head,
        "rows": rows[:MOST_ROWS],
        "place": places.name_on(area.pk, one.today),
        "crumbs": crumbs(("Bộ tiêu chí", reverse("criteria-list")), ("Ghi bộ tiêu chí", "")),
    }
    is_wrong = data is not None and not wants_rows
    return render_page(request, "emulation/criteria_form.html", context, status=422 if is_wrong else 200)


def _writes_at(one: Visit) -> Area:
    """The place for which the person writes. Raises PermissionDenied with the sentence that names who may."""
    area = one.home("edit", "contest")
    if area is None:
        home = one.home("view", "contest")
        if home is None:
            raise PermissionDenied("Bạn chưa có quyền lập đợt thi đua. Hãy báo quản trị hệ thống.")
        one.require("edit", Matter("contest", home.pk, ContestState.DRAFT))
        raise PermissionDenied
    return area


def _typed(data: Any, known: list[Any]) -> tuple[CriteriaHead, list[CriterionRow]]:
    try:
        count = min(max(int(data.get("rows", "0")), 0), MOST_ROWS)
    except ValueError:
        count = 0
    return CriteriaHead(data), [CriterionRow(data, prefix=f"r{at}", indicators=known) for at in range(count)]


def _fresh(one: Visit, known: list[Any], start: str) -> tuple[CriteriaHead, list[CriterionRow]]:
    found = _sets(one).filter(pk=start).first() if _is_uuid(start) else None
    initial = []
    if found is not None:
        initial = [
            {
                "number": row.number,
                "title": row.title,
                "most": row.most,
                "how": row.how,
                "indicator": row.indicator.code if row.indicator else "",
                "value": _value(row),
            }
            for row in found.listed()
        ]
    head = CriteriaHead(initial={"code": found.code, "title": found.title, "basis": found.basis} if found else {})
    count = max(ROWS, len(initial) + 2)
    rows = [
        CriterionRow(
            None, prefix=f"r{at}", indicators=known, initial=initial[at] if at < len(initial) else {"how": How.PEOPLE}
        )
        for at in range(count)
    ]
    return head, rows


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _value(row: Any) -> str:
    if row.indicator is None:
        return ""
    decimals = decimals_of(row.indicator)
    if row.target is not None:
        return short_text(row.target, decimals)
    return "; ".join(f"{short_text(limit, decimals)}: {points_text(points)}" for limit, points in row.bands)


# ---------------------------------------------------------------- contests


@login_required
@require_http_methods(["GET", "POST"])
def contest_create(request: HttpRequest) -> HttpResponse:
    """Write a contest of one's own place."""
    one = visit(request)
    area = _writes_at(one)
    form = ContestForm(
        request.POST if request.method == "POST" else None,
        sets=list(CriteriaSet.objects.filter(area=area).order_by("code", "-version")),
        programmes=list(
            Programme.objects.filter(area_id__in=one.keys.areas_for("view", "programme")).order_by("-signed_on")
        ),
        who=_who(area, one),
    )
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        entrants = list(_entrants(area, said["who"], one))
        made = {
            "area": area,
            "criteria": form.sets[said["criteria"]],
            "programme": form.programmes.get(said["programme"]),
            "period_code": said["period"].code,
            "entrants": entrants,
            **{name: said[name] for name in ("title", "code", "due_on", "appeal_days")},
        }
        if form.try_(services.create_contest, **made, now=one.now, by=one.user):
            words = f"Đã lập đợt thi đua với {len(entrants)} đơn vị. Lãnh đạo duyệt thì các đơn vị tự chấm được."
            return redirect_with(request, words, reverse("contest-detail", args=[form.result.pk]))
    context = {
        "form": form,
        "has_sets": bool(form.sets),
        "place": places.name_on(area.pk, one.today),
        "crumbs": crumbs(("Lập đợt thi đua", "")),
    }
    return render_page(request, "emulation/contest_form.html", context, status=422 if form.is_bound else 200)


def _below(area: Area, one: Visit) -> list[tuple[UUID, str]]:
    """The units below a place with their blocks; the place itself where nothing is below."""
    tree = places.tree_on(one.today)
    children = tree.children(area.pk) if area.pk in tree else ()
    return [(node.area_id, BLOCKS.get(node.level, "Chung")) for node in children] or [(area.pk, "Chung")]


def _who(area: Area, one: Visit) -> Iterable[tuple[str, str]]:
    for kind in (BodyKind.MTTQ, BodyKind.UBND):
        yield f"body:{kind}", f"{BODY_LABELS[kind]} của các đơn vị cấp dưới"
    areas = [key for key, _ in _below(area, one)]
    for name, count in sorted(community.kind_counts(areas, one.today).items()):
        if count:
            yield f"group:{name}", f"{community.kind_label(name)} ({count})"


def _entrants(area: Area, who: str, one: Visit) -> Iterable[Entrant]:
    what, _, kind = who.partition(":")
    blocks = dict(_below(area, one))
    if what == "body":
        for body in Body.objects.filter(area_id__in=blocks, kind=kind).select_related("area"):
            yield Entrant(blocks[body.area_id], body=body)
    else:
        rows: Iterable[Group] = community.groups_on(list(blocks), one.today).filter(kind=kind).select_related("area")
        for group in rows:
            yield Entrant(blocks.get(group.area_id, "Chung"), group=group)
