"""Writing into the register of groups: entered, described anew, counted, officers, classes, ends."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from chungtay.community import forms, selectors, services
from chungtay.community.kinds import catalogue, group_kind
from chungtay.community.models import Group, Hamlet, Officer
from chungtay.community.rules import GroupKind
from chungtay.community.views.doors import Visit, crumbs, hamlets_in, uuid_or_none, visit
from chungtay.community.views.groups import group_or_404, group_page, others_of
from chungtay.kernel.errors import DomainError
from chungtay.places.models import Area
from chungtay.web.forms import Form
from chungtay.web.http import redirect_with, render_page


@login_required
@require_http_methods(["GET", "POST"])
def group_create(request: HttpRequest, kind: str) -> HttpResponse:
    """Enter a group of a kind."""
    one = visit(request)
    if kind not in catalogue().groups:
        raise Http404
    areas = one.require_somewhere("edit", "group")
    told = group_kind(kind)
    units = one.communes(areas)
    offers: dict[str, Any] = {
        "units": units,
        "hamlets": hamlets_in((UUID(pk) for pk, _ in units), one.today, named=len(units) > 1),
        "parents": _parents(one, told),
    }
    form = forms.GroupForm(request.POST if request.method == "POST" else None, kind=kind, **offers)
    if form.is_valid() and form.try_(_enter, form=form, kind=kind, one=one):
        return redirect_with(request, f"Đã ghi {form.result} vào sổ.", reverse("group-detail", args=[form.result.pk]))
    context = {
        "form": form,
        "kind": told,
        "crumbs": crumbs((told.label, f"{reverse('group-list')}?loai={kind}"), ("Ghi mới", "")),
    }
    return render_page(request, "community/group_form.html", context, status=422 if form.errors else 200)


def _parents(one: Visit, kind: GroupKind) -> list[tuple[str, str]]:
    if not kind.born_of:
        return []
    rows = selectors.groups_on(one.areas("group"), one.today).filter(kind__in=kind.born_of).order_by("words")
    return [(str(group.pk), group.name) for group in rows[:500]]


def _about(form: forms.GroupForm) -> services.About:
    said = form.cleaned_data
    hamlet = Hamlet.objects.select_related("area").filter(pk=said["hamlet"]).first() if said["hamlet"] else None
    return services.About(
        name=said["name"],
        hamlet=hamlet,
        schedule=said["schedule"],
        venue=said["venue"],
        details=form.details(),
    )


def _enter(*, form: forms.GroupForm, kind: str, one: Visit) -> Group:
    said = form.cleaned_data
    group = services.found_group(
        kind=kind,
        about=_about(form),
        area=Area.objects.get(pk=said["area"]),
        founded_on=said["founded_on"],
        members=said.get("members"),
        households=said.get("households"),
        basis=said["basis"],
        group_id=said["new_id"],
        now=one.now,
        by=one.user,
    )
    if said.get("parent"):
        services.bear_group(parent=Group.objects.get(pk=said["parent"]), child=group, now=one.now, by=one.user)
    return group


@login_required
@require_http_methods(["GET", "POST"])
def group_edit(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Describe a group anew."""
    one = visit(request)
    group = group_or_404(one, group_id)
    one.require("edit", group)
    told = group_kind(group.kind)
    hamlets = hamlets_in([group.area_id], one.today, named=False)
    sent = request.POST if request.method == "POST" else None
    form = forms.GroupForm(sent, kind=group.kind, units=[], hamlets=hamlets, group=group)
    if form.is_valid() and form.try_(
        services.change_group,
        group=group,
        about=_about(form),
        revision=form.cleaned_data["revision"] or 0,
        reason=form.cleaned_data["reason"],
        now=one.now,
        by=one.user,
    ):
        return redirect_with(request, "Đã ghi thay đổi; bản trước vẫn được giữ.", _url(group))
    context = {
        "form": form,
        "kind": told,
        "group": group,
        "crumbs": crumbs((str(group), _url(group)), ("Sửa", "")),
    }
    return render_page(request, "community/group_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def group_write(request: HttpRequest, group_id: UUID, what: str) -> HttpResponse:
    """Write one dated thing of a group: a count, an officer, a class, an end or that it was a mistake."""
    one = visit(request)
    group = group_or_404(one, group_id)
    one.require("edit", group)
    if what not in _WRITERS:
        raise Http404
    form = _form(what, request, one, group)
    if not form.is_valid():
        return group_page(request, one, group, sent={what: form})
    try:
        said = _WRITERS[what](one, group, form.cleaned_data)
    except DomainError as refused:
        return group_page(request, one, group, str(refused), {what: form})
    return redirect_with(request, said, _url(group))


def _form(what: str, request: HttpRequest, one: Visit, group: Group) -> Form:
    match what:
        case "count":
            return forms.CountForm(request.POST)
        case "officer":
            return forms.OfficerForm(request.POST, roles=group_kind(group.kind).officer_roles)
        case "officer_end":
            return forms.OfficerEndForm(request.POST)
        case "grade":
            return forms.GradeForm(request.POST)
        case "revive":
            return forms.ReviveForm(request.POST)
    return forms.EndForm(request.POST, others=others_of(one, group))


def _count(one: Visit, group: Group, said: dict[str, Any]) -> str:
    services.count_group(group=group, **said, now=one.now, by=one.user)
    return "Đã ghi số liệu. Các số trước vẫn được giữ."


def _officer(one: Visit, group: Group, said: dict[str, Any]) -> str:
    services.name_officer(group=group, **said, now=one.now, by=one.user)
    return f"Đã ghi {said['full_name']} là {said['role']}."


def _officer_end(one: Visit, group: Group, said: dict[str, Any]) -> str:
    officer = Officer.objects.filter(group=group, pk=said["officer"]).select_related("group").first()
    if officer is None:
        raise Http404
    services.end_officer(officer=officer, on=said["on"], now=one.now, by=one.user)
    return f"Đã ghi {officer.full_name} thôi nhiệm vụ."


def _grade(one: Visit, group: Group, said: dict[str, Any]) -> str:
    services.grade_group(group=group, **said, now=one.now, by=one.user)
    return f"Đã ghi xếp loại năm {said['year']}."


def _end(one: Visit, group: Group, said: dict[str, Any]) -> str:
    if (into := uuid_or_none(said["into"])) is not None:
        heir = group_or_404(one, into)
        services.merge_groups(groups=[group], into=heir, on=said["on"], basis=said["basis"], now=one.now, by=one.user)
        return f"Đã nhập {group} vào {heir}: thành viên được cộng một lần."
    services.dissolve_group(
        group=group, on=said["on"], basis=said["basis"], note=said["note"], now=one.now, by=one.user
    )
    return f"Đã ghi {group} kết thúc. Mọi số liệu trước ngày đó vẫn giữ nguyên."


def _revive(one: Visit, group: Group, said: dict[str, Any]) -> str:
    services.revive_group(group=group, note=said["note"], now=one.now, by=one.user)
    return f"Đã đính chính: {group} vẫn hoạt động."


_WRITERS = {
    "count": _count,
    "officer": _officer,
    "officer_end": _officer_end,
    "grade": _grade,
    "end": _end,
    "revive": _revive,
}


def _url(group: Group) -> str:
    return reverse("group-detail", args=[group.pk])
