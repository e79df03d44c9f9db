"""Which days hold here, on which basis; and a place's own decision."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chungtay.access import selectors as access
from chungtay.places.models import Area
from chungtay.places.selectors import name_on
from chungtay.supervision import services
from chungtay.supervision.forms import TimerForm
from chungtay.supervision.timers import KIND_OF_TIMER_WORDS, TIMER_WORDS, Timer, built_in, rule_on
from chungtay.supervision.timing import rules_at
from chungtay.supervision.views.doors import frame, visit
from chungtay.web.http import redirect_with, render_page


@login_required
@require_http_methods(["GET", "POST"])
def timer_list(request: HttpRequest) -> HttpResponse:
    """Show the days that hold at the person's place; take in a decision of its own."""
    one = visit(request, "supervision")
    fronts = one.require_front() if request.method == "POST" else one.fronts()
    areas = [(str(body.area_id), name_on(body.area_id, one.today)) for body in fronts]
    form = TimerForm(request.POST or None, areas=areas, initial={"valid_from": one.today}) if areas else None
    if form is not None and form.is_valid():
        said = form.cleaned_data
        timer, kind = said["what"].split(":")
        given: dict[str, Any] = {name: said[name] for name in ("days", "valid_from", "legal_basis", "is_verified")}
        area = Area.objects.get(pk=said["area"])
        if form.try_(services.set_timer, area=area, timer=Timer(timer), kind=kind, **given, now=one.now, by=one.user):
            return redirect_with(
                request, "Đã ghi thời hạn. Việc đã tính hạn trước đó giữ hạn cũ.", reverse("timer-list")
            )
    home = access.home_area(one.user, one.today)
    rules = rules_at(home, one.today) if home else list(built_in())
    shown = {(rule.timer, rule.kind) for rule in built_in()}
    rows = [
        {"what": TIMER_WORDS[timer], "kind": KIND_OF_TIMER_WORDS[kind], "rule": rule_on(rules, timer, kind, one.today)}
        for timer, kind in sorted(shown, key=lambda pair: (pair[1], list(Timer).index(pair[0])))
    ]
    context = frame(one, "timer-list", rows=rows, form=form, place=name_on(home, one.today) if home else "")
    is_wrong = form is not None and form.is_bound
    return render_page(request, "supervision/timer_list.html", context, status=422 if is_wrong else 200)
