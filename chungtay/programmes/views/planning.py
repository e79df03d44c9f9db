"""Making the plan of a lower level: first for which place, then what it takes over, adapts and leaves out."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chungtay.access.rules import Matter
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.programmes import services
from chungtay.programmes.forms import PlanForm
from chungtay.programmes.planning import may_still_plan, targets_to_adapt
from chungtay.programmes.views.doors import Visit, frame, visit
from chungtay.web.http import redirect_with, render_page


@login_required
@require_http_methods(["GET", "POST"])
def plan_create(request: HttpRequest, code: str) -> HttpResponse:
    """Offer the places that have no plan yet: ?don_vi=…; then take the plan of one."""
    one = visit(request, code)
    offered = _offered(one)
    if not offered and not _may_ever(one):
        raise PermissionDenied("Kế hoạch của cấp dưới do chuyên viên tổng hợp của cấp trên hoặc của chính đơn vị ghi.")
    area = {str(pk): pk for pk in offered}.get(request.GET.get("don_vi", ""))
    names = places.names_on(offered, one.today)
    step = ("Lập kế hoạch cấp dưới", "")
    if area is None:
        choices = [(pk, names[pk]) for pk in offered]
        context = frame(one, "change-list", step, choices=choices, has_plans=one.programme.plans.exists())
        status = 422 if request.method == "POST" else 200
        return render_page(request, "programmes/plan_choice.html", context, status=status)
    targets = targets_to_adapt(one.programme, area)
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        programme=one.programme,
        bodies=places.bodies_of(area),
        targets=targets,
        area_id=area,
        initial={"signed_on": one.today},
    )
    if form.is_valid() and form.try_(
        services.make_plan,
        parent=one.programme,
        area=Area.objects.get(pk=area),
        said=form.said(),
        now=one.now,
        by=one.user,
    ):
        said = f"Đã lập {form.result}. Thay đổi ở {one.programme} sẽ hiện ở kế hoạch này để trả lời."
        return redirect_with(request, said, reverse("change-list", args=[form.result.code]))
    context = frame(one, "change-list", step, form=form, area_name=names[area])
    return render_page(request, "programmes/plan_form.html", context, status=422 if form.errors else 200)


def _offered(one: Visit) -> list[UUID]:
    found = may_still_plan(one.programme, one.today)
    return [area for area in found if one.keys.can("edit", Matter("programme", area))]


def _may_ever(one: Visit) -> bool:
    return bool(one.keys.areas_for("edit", "programme")) and one.may_reword
