"""Pages of the boundaries: what was taken in, a new file, one file drawn, and taking it back."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.boundaries import forms, selectors, services
from chungtay.boundaries.models import Boundary
from chungtay.boundaries.rules import Problem, draw
from chungtay.kernel.errors import DomainError
from chungtay.places import selectors as places
from chungtay.web import clock
from chungtay.web.http import redirect_with, render_page


def _may(user: User) -> bool:
    return bool(access.keys_of(user, on=clock.today()).areas_for(services.ACTION, services.TYPE))


@login_required
@require_safe
def boundary_list(request: HttpRequest) -> HttpResponse:
    """Show which files of boundaries were taken in. Everybody who signs in may read the map."""
    context = {"sets": selectors.sets(), "may": _may(user_of(request)), "crumbs": _crumbs()}
    return render_page(request, "boundaries/boundary_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def boundary_create(request: HttpRequest) -> HttpResponse:
    """Take a file in: whole, or not at all with every problem named."""
    user = user_of(request)
    if not _may(user):
        raise PermissionDenied("Chỉ quản trị của địa bàn mới nhận tệp ranh giới.")
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = forms.TakeIn(*sent, initial={"valid_from": clock.today()})
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        given = {name: said[name] for name in ("valid_from", "source", "keep_good")}
        try:
            taken = services.take_in(
                data=said["file"].read(), name=said["file"].name, **given, now=clock.now(), by=user
            )
        except services.BoundariesRefused as refused:
            problems = refused.problems
            form.add_error(None, str(refused))
        except DomainError as refused:
            form.add_error(None, str(refused))
        else:
            left = f" Bỏ qua {len(taken.left_out)} hình." if taken.left_out else ""
            return redirect_with(
                request, f"Đã nhận ranh giới.{left} Hãy xem hình vẽ.", reverse("boundary-detail", args=[taken.set.pk])
            )
    context = {"form": form, "problems": problems, "crumbs": _crumbs("Nhận tệp")}
    return render_page(request, "boundaries/boundary_create.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def boundary_detail(request: HttpRequest, set_id: UUID) -> HttpResponse:
    """Show the shapes of one file; take it back."""
    user = user_of(request)
    one = selectors.sets().filter(pk=set_id).first()
    if one is None:
        raise Http404
    form = forms.TakeBack(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not _may(user):
            raise PermissionDenied("Chỉ quản trị của địa bàn mới rút tệp ranh giới.")
        if form.is_valid() and form.try_(
            services.take_back, boundary_set=one, reason=form.cleaned_data["reason"], now=clock.now(), by=user
        ):
            return redirect_with(request, "Đã rút tệp ranh giới.", reverse("boundary-list"))
    shapes = dict(Boundary.objects.filter(set=one).values_list("area_id", "shape"))
    names = places.names_on(shapes, one.valid_from)
    drawing = draw(shapes)
    context = {
        "one": one,
        "end": getattr(one, "end", None),
        "drawing": drawing,
        "units": [(names[key], unit) for key, unit in drawing.units.items()] if drawing else [],
        "form": form if _may(user) and not hasattr(one, "end") else None,
        "crumbs": _crumbs(one.file_name),
    }
    return render_page(request, "boundaries/boundary_detail.html", context, status=422 if form.errors else 200)


def _crumbs(last: str = "") -> list[dict[str, str]]:
    way = [{"label": "Đơn vị", "url": reverse("unit-list")}]
    if not last:
        return [*way, {"label": "Ranh giới", "url": ""}]
    return [*way, {"label": "Ranh giới", "url": reverse("boundary-list")}, {"label": last, "url": ""}]
