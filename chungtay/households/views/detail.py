"""A household: masked for everyone who may look, whole for a purpose that is logged, with what is known and may be done."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from chungtay.access.selectors import NotAllowed
from chungtay.households import forms, listing
from chungtay.households.lineages import named
from chungtay.households.merging import alike, trait_of
from chungtay.households.models import Basis, ErasureRequest, Household, HouseholdMove, Look
from chungtay.households.register import Erased
from chungtay.households.rules import (
    GROUND_LABELS,
    KIND_LABELS,
    NEED_LABELS,
    PURPOSE_LABELS,
    Ground,
    Kind,
    NeedKind,
    Personal,
    Purpose,
)
from chungtay.households.views.doors import Visit, crumbs, household_or_404, require, visit
from chungtay.kernel.text import date_text, datetime_text
from chungtay.places import selectors as places
from chungtay.web.forms import Form
from chungtay.web.http import render_page

MOST_LOOKS = 20


@login_required
@require_safe
def household_detail(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Show a household, masked."""
    one = visit(request)
    return household_page(request, one, household_or_404(one, household_id))


@login_required
@require_POST
def household_disclose(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Show a household whole, after logging for what."""
    one = visit(request)
    row = household_or_404(one, household_id)
    require(one, row, "disclose")
    form = forms.Purposes(request.POST)
    if not form.is_valid():
        return household_page(request, one, row, sent={"purposes": form})
    try:
        known = named(one.user, row.pk, form.asked, now=one.now)
    except NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused
    except Erased as refused:
        return household_page(request, one, row, refused=str(refused))
    return household_page(request, one, row, known=known)


def household_page(
    request: HttpRequest,
    one: Visit,
    row: Household,
    *,
    known: Personal | None = None,
    refused: str = "",
    sent: Mapping[str, Form] | None = None,
) -> HttpResponse:
    """Draw a household. sent: forms as they came, by their names in the template."""
    (shown,) = listing.shown([row], one.today)
    may_edit = one.may("edit", row.area_id) and row.erased_at is None
    erasure = ErasureRequest.objects.filter(household=row).select_related("asked_by", "done_by").first()
    fresh: dict[str, Form] = {
        "purposes": forms.Purposes(),
        "classify": forms.Classify(initial={"valid_from": one.today}),
        "add_need": forms.NewNeed(initial={"since": one.today}),
        "say_basis": forms.SayBasis(initial={"day": one.today}),
        "end_class": forms.EndClass(initial={"day": one.today}),
        "why": forms.Why(),
    }
    if known is not None and may_edit:
        fresh["correct"] = forms.Correct(initial=vars(known) | {"version": row.version})
    context = {
        "row": row,
        "shown": shown,
        "title": shown.name if row.erased_at is None else "Hộ đã xóa dữ liệu cá nhân",
        "place": places.name_on(row.area_id, one.today),
        "known": known,
        "facts": _facts(one, row, shown, known),
        "classes": _classes(row, one),
        "needs": _needs(row),
        "bases": _bases(row),
        "looks": _looks(row),
        "suspects": _suspects(one, row) if may_edit and row.merged_into_id is None else [],
        "absorbed": listing.shown(list(row.absorbed.order_by("recorded_at")), one.today),
        "may_edit": may_edit,
        "may_disclose": one.may("disclose", row.area_id) and row.erased_at is None,
        "may_erase": one.may("erase", row.area_id) and row.erased_at is None,
        "erasure": erasure,
        "refused": refused,
        "crumbs": crumbs((shown.name, "")),
        **fresh,
        **(sent or {}),
    }
    wrong = refused or any(form.errors for form in (sent or {}).values())
    return render_page(request, "households/household_detail.html", context, status=422 if wrong else 200)


def _facts(one: Visit, row: Household, shown: listing.Row, known: Personal | None) -> list[dict[str, Any]]:
    phone, cccd = (known.phone, known.cccd) if known else (shown.phone, shown.cccd)
    values = [
        ("Chủ hộ", known.head_name if known else shown.name),
        ("Khóm, ấp", row.hamlet),
        ("Xã, phường", places.name_on(row.area_id, one.today)),
        ("Số nhân khẩu", str(row.members)),
        *((f"Trước ngày {date_text(move.on)}", places.name_on(move.from_area_id, one.today)) for move in _moves(row)),
    ]
    if known is not None:
        values += [("Địa chỉ", known.address), ("Năm sinh", str(known.birth_year or ""))]
    values += [("Điện thoại", phone), ("Số căn cước", cccd)]
    return [{"label": label, "value": value} for label, value in values]


def _moves(row: Household) -> list[HouseholdMove]:
    return list(row.moves.order_by("-on"))


def _classes(row: Household, one: Visit) -> list[dict[str, Any]]:
    found = row.classes.select_related("line", "recorded_by").order_by("-valid_from", "-id")
    return [
        {
            "one": each,
            "label": KIND_LABELS[Kind(each.kind)],
            "is_open": each.withdrawn_at is None and (each.valid_to is None or each.valid_to > one.today),
            "may_end": each.withdrawn_at is None and each.valid_to is None,
            "is_withdrawn": each.withdrawn_at is not None,
        }
        for each in found
    ]


def _needs(row: Household) -> list[dict[str, Any]]:
    found = row.needs.order_by("until", "-since")
    return [{"one": need, "label": NEED_LABELS[NeedKind(need.kind)]} for need in found]


def _bases(row: Household) -> list[dict[str, Any]]:
    last: dict[str, Basis] = {}
    for basis in Basis.objects.filter(household=row).order_by("id"):
        last[basis.purpose] = basis
    return [
        {
            "label": PURPOSE_LABELS[Purpose(purpose)],
            "value": ("Đã rút lại. " if basis.ends else "")
            + f"{GROUND_LABELS[Ground(basis.ground)]}: {basis.document}, ngày {date_text(basis.day)}",
        }
        for purpose, basis in last.items()
    ]


def _looks(row: Household) -> list[dict[str, Any]]:
    found = Look.objects.filter(household=row).select_related("by").order_by("-at", "-id")[:MOST_LOOKS]
    return [
        {"when": datetime_text(look.at), "what": f"{look.by.full_name}: {PURPOSE_LABELS[Purpose(look.purpose)]}"}
        for look in found
    ]


def _suspects(one: Visit, row: Household) -> list[dict[str, Any]]:
    found = alike(trait_of(row), [row.area_id], apart_from=row.pk)[:5]
    masked = {each.id: each for each in listing.shown([suspect.household for suspect in found], one.today)}
    return [{"shown": masked[each.household.pk], "likeness": each.likeness} for each in found]
