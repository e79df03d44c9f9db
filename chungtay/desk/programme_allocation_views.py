"""Pages on which a target is handed down to the units below: which targets there are, and the sheet of one.

Everybody who sees the programme sees what was given; only the desk officer of the area gives.
"""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.desk import programme_allocation as allocation
from chungtay.desk.programme_ask import Ask, read_ask
from chungtay.desk.programme_views import frame, programme_for
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import BadPeriod, parse_period
from chungtay.programmes.models import Programme, Target
from chungtay.programmes.rules import SumRule
from chungtay.programmes.selectors import last_allocation, targets_of
from chungtay.programmes.services import allocate_target, undo_allocation
from chungtay.programmes.target_trees import target_gaps
from chungtay.returns import selectors as returns
from chungtay.web import clock
from chungtay.web.forms import Form
from chungtay.web.http import redirect_with, render_page

TAB = "programme-indicators"


@login_required
@require_safe
def programme_allocation(request: HttpRequest, code: str) -> HttpResponse:
    """Show the targets of an area and how far each has been handed down."""
    user = user_of(request)
    programme = programme_for(user, code)
    ask = read_ask(user, programme, request.GET, today=clock.today())
    context = frame(ask, TAB) | {"rows": None}
    if ask.area is not None:
        targets = targets_of(programme)
        gaps = target_gaps(programme)
        context["rows"] = allocation.given_rows(ask.area, targets, gaps, programme)
    return render_page(request, "desk/programme_allocation.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def programme_allocate(request: HttpRequest, code: str, indicator: str, period: str) -> HttpResponse:
    """Show what the units below get of a target; hand it down, or take the last allocation back."""
    user = user_of(request)
    programme = programme_for(user, code)
    ask = read_ask(user, programme, request.GET, today=clock.today())
    target = _target(programme, ask, indicator, period)
    matter = Matter("programme", target.area_id)
    if request.method == "POST":
        try:
            access.require(user, "edit", matter, clock.today())
        except access.NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused
        return (
            _undo(request, user, programme, ask, target)
            if "undo" in request.POST
            else _give(request, user, programme, ask, target)
        )
    may_edit = access.can(user, "edit", matter, on=clock.today())
    weight = request.GET.get("chia", "") if may_edit else ""
    return _page(request, programme, ask, target, Form({}), weight=weight, may_edit=may_edit)


def _give(request: HttpRequest, user: User, programme: Programme, ask: Ask, target: Target) -> HttpResponse:
    form = Form(request.POST)
    form.full_clean()
    given = {
        UUID(name[5:]): str(text)
        for name, text in request.POST.items()
        if name.startswith("part-") and _is_id(name[5:])
    }
    rule = request.POST.get("rule", "")
    try:
        parts = {area_id: allocation.read_typed(text, target.indicator) for area_id, text in given.items()}
        chosen = SumRule(rule)
    except (DomainError, ValueError):
        form.add_error(None, "Chưa ghi được: có ô ghi số chưa đúng. Hãy sửa ô được đánh dấu rồi gửi lại.")
        return _page(request, programme, ask, target, form, given=given, rule=rule, may_edit=True, status=422)
    basis = request.POST.get("basis", "").strip()[:300] or target.basis
    seen = request.POST.get("seen", "")
    said = {
        "target": target,
        "parts": parts,
        "rule": chosen,
        "basis": basis,
        "seen": int(seen) if seen.isdecimal() else 0,
    }
    if not form.try_(allocate_target, **said, now=clock.now(), by=user):
        return _page(request, programme, ask, target, form, given=given, rule=rule, may_edit=True, status=422)
    count = sum(value is not None for value in parts.values())
    message = f"Đã giao chỉ tiêu “{target.indicator.name}” cho {count} đơn vị."
    return redirect_with(request, message, _address(programme, target, ask))


def _undo(request: HttpRequest, user: User, programme: Programme, ask: Ask, target: Target) -> HttpResponse:
    form = Form(request.POST)
    form.full_clean()
    last = last_allocation(target)
    if last is None or str(last.pk) != request.POST.get("undo"):
        form.add_error(None, "Lần phân bổ này đã được thay bằng lần khác: hãy xem lại bảng dưới đây.")
    elif form.try_(undo_allocation, allocation=last, now=clock.now(), by=user):
        return redirect_with(
            request, "Đã hoàn tác: các đơn vị trở lại số được giao trước đó.", _address(programme, target, ask)
        )
    return _page(request, programme, ask, target, form, may_edit=True, status=422)


def _page(
    request: HttpRequest,
    programme: Programme,
    ask: Ask,
    target: Target,
    form: Form,
    *,
    weight: str = "",
    given: dict[UUID, str] | None = None,
    rule: str = "",
    may_edit: bool,
    status: int = 200,
) -> HttpResponse:
    shown = allocation.sheet(
        target, programme, _weights(programme, target), weight=weight, given=given, rule=rule, today=clock.today()
    )
    back = {"label": "Phân bổ chỉ tiêu", "url": reverse("programme-allocation", args=[programme.code]) + ask.query()}
    context = frame(ask, TAB)
    crumbs = [*context["crumbs"][:1], {"label": str(programme), "url": context["tabs"][0]["url"]}, back]
    context |= {
        "crumbs": [*crumbs, {"label": target.indicator.name}],
        "sheet": shown,
        "form": form,
        "may_edit": may_edit,
        "basis": request.POST.get("basis", "") or (shown.last.basis if shown.last else target.basis),
    }
    return render_page(request, "desk/programme_allocate.html", context, status=status)


def _target(programme: Programme, ask: Ask, indicator: str, period: str) -> Target:
    """Return the area's target that the address names. Raises Http404."""
    if ask.area is None:
        raise Http404
    try:
        code = parse_period(period).code
    except BadPeriod:
        raise Http404 from None
    mine = [
        target
        for target in targets_of(programme)
        if (target.area_id, target.indicator.code, target.period_code) == (ask.area.area_id, indicator, code)
    ]
    if not mine:
        raise Http404
    area_id = ask.area.area_id
    return min(mine, key=lambda target: target.programme.area_id != area_id)  # its own plan first


def _weights(programme: Programme, target: Target) -> list[Indicator]:
    """Return what targets may be shared out by: counts that the programme's forms ask for, the target's own first."""
    counted = [i for i in returns.indicators_of(programme.parent or programme) if i.kind != Kind.RATIO]
    stocks = [i for i in counted if i.kind == Kind.STOCK and i.pk != target.indicator_id]
    return [*(i for i in counted if i.pk == target.indicator_id), *stocks]


def _address(programme: Programme, target: Target, ask: Ask) -> str:
    return reverse("programme-allocate", args=[programme.code, target.indicator.code, target.period_code]) + ask.query()


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
