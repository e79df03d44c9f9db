"""Writing into the register: a new household, corrections, classes, needs, grounds, joining and separating, erasing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from chungtay.access.selectors import NotAllowed
from chungtay.households import forms, listing, services
from chungtay.households.likeness import Trait
from chungtay.households.merging import alike
from chungtay.households.models import Classification, ErasureRequest, Household, Need
from chungtay.households.register import indexes_of
from chungtay.households.rules import NotAHousehold, Personal
from chungtay.households.views.detail import household_page
from chungtay.households.views.doors import Visit, area_or_404, crumbs, household_or_404, require, visit
from chungtay.kernel.errors import DomainError
from chungtay.places import selectors as places
from chungtay.web.forms import Form
from chungtay.web.http import redirect_with, render_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def household_create(request: HttpRequest, area_id: UUID) -> HttpResponse:
    """Write a new household; when one looks the same it is shown first."""
    one = visit(request)
    area = area_or_404(one, area_id)
    form = forms.NewHousehold(
        request.POST if request.method == "POST" else None, initial={"members": 1, "day": one.today}
    )
    suspects: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        suspects = _suspects(one, area_id, form)
        if form.is_valid() and (not suspects or form.cleaned_data["anyway"]):
            ground = form.legal_ground
            if form.try_(services.register, area=area, personal=form.personal, ground=ground, now=one.now, by=one.user):
                return redirect_with(request, "Đã ghi hộ vào sổ.", _url(form.result))
    context = {
        "form": form,
        "suspects": suspects,
        "place": places.name_on(area_id, one.today),
        "crumbs": crumbs(("Thêm hộ", "")),
    }
    wrong = form.errors or suspects
    return render_page(request, "households/household_create.html", context, status=422 if wrong else 200)


def _suspects(one: Visit, area_id: UUID, form: forms.NewHousehold) -> list[dict[str, Any]]:
    try:
        person: Personal = form.personal.checked(one.today)
    except NotAHousehold as wrong:
        form.add_error(None, str(wrong))
        return []
    trait = Trait(person.head_name, person.hamlet, person.address, person.birth_year, *indexes_of(person))
    found = alike(trait, [area_id])[:5]
    masked = {each.id: each for each in listing.shown([suspect.household for suspect in found], one.today)}
    return [{"shown": masked[each.household.pk], "likeness": each.likeness} for each in found]


def _url(row: Household) -> str:
    return reverse("household-detail", args=[row.pk])


def _done(
    request: HttpRequest,
    household_id: UUID,
    name: str,
    form: Form,
    do: Callable[[Visit, Household], Any],
    said: str,
    actions: tuple[str, ...] = ("edit",),
) -> HttpResponse:
    """Run a service for a household and go back to its page; what is refused is said there."""
    one = visit(request)
    row = household_or_404(one, household_id)
    require(one, row, *actions)
    if not form.is_valid():
        return household_page(request, one, row, sent={name: form})
    try:
        do(one, row)
    except NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused
    except DomainError as refused:
        return household_page(
            request, one, household_or_404(one, household_id), refused=str(refused), sent={name: form}
        )
    return redirect_with(request, said, _url(row))


@login_required
@require_POST
def household_revise(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Correct what is known; the form was shown with the data, which was logged then."""
    form = forms.Correct(request.POST)

    def do(one: Visit, row: Household) -> None:
        version = form.cleaned_data["version"]
        services.revise(household=row, version=version, personal=form.personal, now=one.now, by=one.user)

    return _done(request, household_id, "correct", form, do, "Đã sửa. Bản trước vẫn được giữ, đã niêm phong.")


@login_required
@require_POST
def class_add(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Record a class."""
    form = forms.Classify(request.POST)

    def do(one: Visit, row: Household) -> None:
        services.classify(household=row, decision=form.decision, now=one.now, by=one.user)

    return _done(request, household_id, "classify", form, do, "Đã ghi loại hộ.")


def _class_or_404(row: Household, class_id: int) -> Classification:
    found = Classification.objects.filter(household=row, pk=class_id).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_POST
def class_end(request: HttpRequest, household_id: UUID, class_id: int) -> HttpResponse:
    """End a class."""
    form = forms.EndClass(request.POST)

    def do(one: Visit, row: Household) -> None:
        which = _class_or_404(row, class_id)
        services.end_class(classification=which, now=one.now, by=one.user, **form.cleaned_data)

    return _done(request, household_id, "end_class", form, do, "Đã ghi ngày thôi.")


@login_required
@require_POST
def class_withdraw(request: HttpRequest, household_id: UUID, class_id: int) -> HttpResponse:
    """Take back a class recorded by mistake."""
    form = forms.Why(request.POST)

    def do(one: Visit, row: Household) -> None:
        which = _class_or_404(row, class_id)
        services.withdraw_class(classification=which, why=form.cleaned_data["reason"], now=one.now, by=one.user)

    return _done(request, household_id, "why", form, do, "Đã rút dòng ghi nhầm; dòng cũ vẫn xem được.")


@login_required
@require_POST
def need_add(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Record a need."""
    form = forms.NewNeed(request.POST)

    def do(one: Visit, row: Household) -> None:
        kind, since, note = form.need
        services.add_need(household=row, kind=kind, since=since, note=note, now=one.now, by=one.user)

    return _done(request, household_id, "add_need", form, do, "Đã ghi nhu cầu.")


@login_required
@require_POST
def need_meet(request: HttpRequest, household_id: UUID, need_id: int) -> HttpResponse:
    """Record that a need is met, from today on."""

    def do(one: Visit, row: Household) -> None:
        need = Need.objects.filter(household=row, pk=need_id).first()
        if need is None:
            raise Http404
        services.meet_need(need=need, day=one.today, now=one.now, by=one.user)

    return _done(request, household_id, "empty", Form(request.POST), do, "Đã ghi nhu cầu được đáp ứng.")


@login_required
@require_POST
def basis_add(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Record a ground for a purpose, or that it is taken back."""
    form = forms.SayBasis(request.POST)

    def do(one: Visit, row: Household) -> None:
        ends = form.cleaned_data["ends"]
        services.say_basis(household=row, ground=form.legal_ground, ends=ends, now=one.now, by=one.user)

    return _done(request, household_id, "say_basis", form, do, "Đã ghi căn cứ sử dụng dữ liệu.")


@login_required
@require_POST
def household_merge(request: HttpRequest, household_id: UUID, other_id: UUID) -> HttpResponse:
    """Let this household stand for another one."""
    form = forms.Why(request.POST)

    def do(one: Visit, row: Household) -> None:
        other = household_or_404(one, other_id)
        services.merge(kept=row, absorbed=other, reason=form.cleaned_data["reason"], now=one.now, by=one.user)

    return _done(request, household_id, "why", form, do, "Đã gộp. Có thể tách lại bất cứ lúc nào.")


@login_required
@require_POST
def household_unmerge(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Separate a household from the one it was merged into."""
    form = forms.Why(request.POST)

    def do(one: Visit, row: Household) -> None:
        services.unmerge(absorbed=row, reason=form.cleaned_data["reason"], now=one.now, by=one.user)

    return _done(request, household_id, "why", form, do, "Đã tách lại thành hai hộ.")


@login_required
@require_POST
def household_erase(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Ask that the personal data be erased (who may edit), or erase it (who decides)."""
    is_deciding = ErasureRequest.objects.filter(household=household_id, done_at=None).exists()
    form = Form(request.POST) if is_deciding else forms.Why(request.POST)

    def do(one: Visit, row: Household) -> None:
        if is_deciding:
            services.erase(household=row, now=one.now, by=one.user)
        else:
            services.ask_erasure(household=row, reason=form.cleaned_data["reason"], now=one.now, by=one.user)

    said = "Đã xóa dữ liệu cá nhân của hộ." if is_deciding else "Đã gửi đề nghị xóa đến lãnh đạo đơn vị."
    return _done(request, household_id, "why", form, do, said, ("edit", "erase"))
