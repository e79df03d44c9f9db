"""The directory of groups on any day, and one group with everything that is dated about it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from chungtay.access.rules import Matter
from chungtay.community import forms, selectors
from chungtay.community.histories import kin_of
from chungtay.community.kinds import catalogue, group_kind
from chungtay.community.models import Group
from chungtay.community.rules import Count, counted_on
from chungtay.community.views.doors import Visit, crumbs, tabs, visit
from chungtay.community.views.lineage_drawing import draw
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places
from chungtay.web.forms import Form
from chungtay.web.http import render_page
from chungtay.web.paging import LongPaginator

ON_A_PAGE = 50
POINTS = 8
RECENT = 10


@login_required
@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    """Show the groups that stand on a day: ?ngay=31/12/2022&loai=hoi-quan&q=tan thuan."""
    one = visit(request)
    areas = one.areas("group")
    form = forms.GroupFilter(request.GET, units=one.units(areas, current=False))
    asked = form.cleaned_data if form.is_valid() else {}
    day = min(asked.get("ngay") or one.today, one.today)
    where = [UUID(asked["don_vi"])] if asked.get("don_vi") else areas
    pages = LongPaginator(
        selectors.groups_like(areas, day, asked), ON_A_PAGE, read=selectors.with_counts(Group.objects.all(), day)
    )
    page = pages.get_page(request.GET.get("page"))
    kind = asked.get("loai") or ""
    edits = one.areas("group", "edit")
    context = {
        "tabs": tabs("group-list"),
        "form": form,
        "day": day,
        "kind": catalogue().groups.get(kind),
        "kind_tabs": _kind_tabs(request, selectors.kind_counts(where, day), kind),
        "headline": [_headline(selectors.total_of(code, where, day)) for code in _headlined(kind)],
        "page": page,
        "rows": _rows(page.object_list, day, one),
        "new_kinds": list(catalogue().groups.values()) if edits else [],
        "may_edit": bool(edits),
        "is_narrowed": any(asked.get(name) for name in ("q", "don_vi", "loai", "ngay")),
        "export": f"{reverse('register-export', args=['nhom'])}?{request.GET.urlencode()}",
    }
    return render_page(request, "community/group_list.html", context, status=422 if form.errors else 200)


def _headlined(kind: str) -> tuple[str, ...]:
    return (kind,) if kind else ("hoi-quan", "htx")


def _headline(total: selectors.KindTotal) -> dict[str, Any]:
    kind = group_kind(total.kind)
    size, noun = (total.members, "thành viên") if kind.measure == "members" else (total.households, "hộ")
    note = f"{format_integer(size)} {noun}" if size or not total.uncounted else ""
    if total.born:
        note = f"{format_integer(total.born)} ra đời từ Hội quán" + (f", {note}" if note else "")
    if total.uncounted and total.groups:
        note += f"{', ' if note else ''}{format_integer(total.uncounted)} {kind.noun} chưa đếm"
    return {"label": kind.label, "text": format_integer(total.groups), "unit": kind.noun, "note": note}


def _kind_tabs(request: HttpRequest, counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    kept = {name: str(value) for name, value in request.GET.items() if name not in {"loai", "page"} and value}
    offered = [("", f"Tất cả ({format_integer(sum(counts.values()))})")]
    offered += [
        (code, f"{catalogue().groups[code].short} ({format_integer(n)})")
        for code, n in counts.items()
        if n or code == chosen
    ]
    return [
        {"label": label, "url": f"?{urlencode(kept | ({'loai': code} if code else {}))}", "current": code == chosen}
        for code, label in offered
    ]


def _rows(groups: Any, day: date, one: Visit) -> list[dict[str, Any]]:
    found = list(groups)
    names = places.names_on({group.area_id for group in found}, one.today)
    return [
        {
            "group": group,
            "kind": group_kind(group.kind),
            "place": names.get(group.area_id, ""),
            "size": group.members if group_kind(group.kind).measure == "members" else group.households,
            "noun": "thành viên" if group_kind(group.kind).measure == "members" else "hộ",
            "counted_on": group.counted_on,
            "ended": group.ended_on is not None and group.ended_on <= day,
        }
        for group in found
    ]


def group_or_404(one: Visit, group_id: UUID) -> Group:
    """Return a group that the person may see. Raises Http404."""
    found = Group.objects.select_related("hamlet").filter(pk=group_id).first()
    if found is None:
        raise Http404
    one.see(found)
    return found


@login_required
@require_safe
def group_detail(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Show a group: what it is, its people over time, where it came from, who serves, what it did."""
    one = visit(request)
    return group_page(request, one, group_or_404(one, group_id))


def group_page(
    request: HttpRequest, one: Visit, group: Group, refused: str = "", sent: Mapping[str, Form] | None = None
) -> HttpResponse:
    """Draw a group; `sent` are forms as they were sent, `refused` the sentence of a service."""
    bound = sent or {}
    kind = group_kind(group.kind)
    counts = list(group.counts.select_related("by").order_by("-as_of", "-position"))
    told = counted_on((Count(c.as_of, c.position, c.members, c.households) for c in counts), one.today)
    kin, edges = kin_of(group)
    officers = list(group.officers.select_related("end").order_by("-since", "position"))
    others = others_of(one, group)
    context = {
        "group": group,
        "kind": kind,
        "told": told,
        "size": told.members if kind.measure == "members" else told.households,
        "noun": "thành viên" if kind.measure == "members" else "hộ",
        "facts": _facts(group, one),
        "points": _points(group, counts, kind.measure, one.today),
        "counts": counts,
        "drawing": draw(kin, edges, group) if edges else None,
        "kin": _kin_sentences(kin, edges, group),
        "serving": [person for person in officers if not hasattr(person, "end")],
        "served": [person for person in officers if hasattr(person, "end")],
        "grades": _grades(group),
        "events": _events(group),
        "activities": group.activities.exclude(state="withdrawn").order_by("-held_on")[:RECENT],
        "activity_count": group.activities.exclude(state="withdrawn").count(),
        "may_edit": one.can("edit", group),
        "may_write": one.can("fill", Matter("activity", group.area_id, "draft")),
        "count_form": bound.get("count") or forms.CountForm(initial={"dem-as_of": one.today}),
        "officer_form": bound.get("officer") or forms.OfficerForm(roles=kind.officer_roles),
        "officer_end": bound.get("officer_end") or forms.OfficerEndForm(),
        "grade_form": bound.get("grade") or forms.GradeForm(),
        "end_form": bound.get("end") or forms.EndForm(others=others),
        "revive_form": bound.get("revive") or forms.ReviveForm(),
        "refused": refused,
        "crumbs": crumbs((kind.label, f"{reverse('group-list')}?loai={kind.code}"), (str(group), "")),
    }
    status = 422 if refused or any(form.errors for form in bound.values()) else 200
    return render_page(request, "community/group_detail.html", context, status=status)


def others_of(one: Visit, group: Group) -> list[tuple[str, str]]:
    """Offer the groups that a group could go into: of its kind and place."""
    rows = selectors.groups_on(one.areas("group", "edit"), one.today).filter(kind=group.kind, area=group.area_id)
    return [(str(other.pk), other.name) for other in rows.exclude(pk=group.pk).order_by("words")[:200]]


def _facts(group: Group, one: Visit) -> list[dict[str, Any]]:
    kind = group_kind(group.kind)
    facts = [
        {"label": "Xã, phường", "value": places.name_on(group.area_id, one.today)},
        {"label": "Khóm, ấp", "value": str(group.hamlet or "")},
        {"label": "Thành lập, ra mắt", "value": date_text(group.founded_on)},
    ]
    if group.ended_on:
        facts.append({"label": "Không còn từ", "value": date_text(group.ended_on)})
    facts += [{"label": spec.label, "value": spec.shown(group.details.get(spec.code))} for spec in kind.fields]
    return [
        *facts,
        {"label": "Lịch sinh hoạt", "value": group.schedule},
        {"label": "Nơi sinh hoạt", "value": group.venue},
    ]


def _points(group: Group, rows: list[Any], measure: str, today: date) -> list[dict[str, Any]]:
    """The size at the end of the last years, and now."""
    counts = [Count(c.as_of, c.position, c.members, c.households) for c in rows]
    last = min(group.ended_on or today, today)
    years = [date(year, 12, 31) for year in range(group.founded_on.year, last.year)]
    days = [*years[1 - POINTS :], last]
    found = []
    for day in days:
        if group.ended_on is not None and day >= group.ended_on:
            continue
        value = getattr(counted_on(counts, day), measure)
        is_now = day == today
        found.append(
            {
                "label": "nay" if is_now else f"{day.year}",
                "value": value,
                "text": "" if value is None else format_integer(value),
                "partial": is_now,
            }
        )
    return found if len(found) > 1 else []


def _kin_sentences(kin: dict[UUID, Group], edges: list[Any], group: Group) -> list[dict[str, Any]]:
    found = []
    for edge in edges:
        if group.pk not in (edge.parent_id, edge.child_id):
            continue
        is_child = edge.child_id == group.pk
        other = kin[edge.parent_id if is_child else edge.child_id]
        words = {
            ("born", True): "Ra đời từ",
            ("born", False): "Đã sinh ra",
            ("merged", True): "Tiếp nhận",
            ("merged", False): "Nhập vào",
        }
        found.append({"what": words[edge.kind, is_child], "other": other, "on": edge.on})
    return found


def _grades(group: Group) -> list[Any]:
    last = {row.year: row for row in group.grades.order_by("position")}
    return [last[year] for year in sorted(last, reverse=True)]


def _events(group: Group) -> list[dict[str, str]]:
    found = []
    for act in group.acts.select_related("by").order_by("on", "position"):
        note = "; ".join(text for text in (act.basis, act.note) if text)
        by = f", {act.by.full_name} ghi" if act.by else ""
        state = {"dissolved": "none", "merged": "none", "founded": "approved"}.get(act.kind, "info")
        found.append({"when": date_text(act.on), "what": f"{act.get_kind_display()}{by}", "note": note, "state": state})
    return found[::-1]
