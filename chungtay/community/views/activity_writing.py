"""The short form of an activity: for a phone, with pictures."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chungtay.community import activity_forms as forms
from chungtay.community import selectors, services
from chungtay.community.kinds import activity_kind, catalogue
from chungtay.community.models import Activity, Group, Hamlet, Movement
from chungtay.community.rules import ActivityState, NotThatWay, after
from chungtay.community.views.activities import activity_or_404
from chungtay.community.views.doors import Choices, Visit, crumbs, hamlets_in, uuid_or_none, visit
from chungtay.evidence import services as evidence
from chungtay.evidence.models import Attachment
from chungtay.kernel.errors import DomainError
from chungtay.places.models import Area, Body
from chungtay.tasks import selectors as tasks
from chungtay.tasks.models import Task
from chungtay.web.http import redirect_with, render_page

MOST_OFFERED = 300
LONGEST_NAME = 90


@login_required
@require_http_methods(["GET", "POST"])
def activity_create(request: HttpRequest, kind: str) -> HttpResponse:
    """Write down an activity of a kind; from a group's page with ?nhom=<id>."""
    one = visit(request, "activity")
    if kind not in catalogue().activities:
        raise Http404
    units = one.units(one.require_somewhere("fill", "activity"))
    offers = _offers(one, {UUID(pk) for pk, _ in units})
    initial = {"held_on": one.today, "group": request.GET.get("nhom", "")}
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.ActivityForm(*sent, kind=kind, offers=offers | {"area": units}, initial=initial)
    if form.is_valid() and form.try_(_write, form=form, kind=kind, one=one, activity=None):
        return _answer(request, one, form)
    told = activity_kind(kind)
    context = {
        "form": form,
        "kind": told,
        "crumbs": crumbs(("Hoạt động", reverse("activity-list")), (told.label, "")),
    }
    return render_page(request, "community/activity_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def activity_edit(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """Write a draft or returned activity anew."""
    one = visit(request, "activity")
    activity = activity_or_404(one, activity_id)
    url = reverse("activity-detail", args=[activity.pk])
    try:
        after("write", ActivityState(activity.state))
    except NotThatWay as refused:
        one.require("view", activity)
        return redirect_with(request, str(refused), url)
    one.require("fill", activity)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.ActivityForm(*sent, kind=activity.kind, offers=_offers(one, {activity.area_id}), activity=activity)
    if form.is_valid() and form.try_(_write, form=form, kind=activity.kind, one=one, activity=activity):
        return _answer(request, one, form)
    context = {
        "form": form,
        "kind": activity_kind(activity.kind),
        "activity": activity,
        "crumbs": crumbs(("Hoạt động", reverse("activity-list")), (str(activity), url), ("Sửa", "")),
    }
    return render_page(request, "community/activity_form.html", context, status=422 if form.errors else 200)


def _answer(request: HttpRequest, one: Visit, form: forms.ActivityForm) -> HttpResponse:
    """Go to the activity; with the button that also puts it forward, do that as well."""
    activity: Activity = form.result
    said = "Đã ghi bản nháp. Gửi xác nhận để được tính."
    if request.POST.get("do") == "record":
        try:
            services.record_activity(activity=activity, now=one.now, by=one.user)
            said = "Đã ghi và gửi để người khác xác nhận."
        except DomainError as refused:
            said = f"Đã ghi bản nháp, chưa gửi được: {refused}"
    return redirect_with(request, said, reverse("activity-detail", args=[activity.pk]))


def _write(*, form: forms.ActivityForm, kind: str, one: Visit, activity: Activity | None) -> Activity:
    said = form.cleaned_data
    told = services.Told(
        kind=kind,
        title=said["title"],
        held_on=said["held_on"],
        hamlet=_chosen(Hamlet, said, "hamlet"),
        group=_chosen(Group, said, "group"),
        movement=_chosen(Movement, said, "movement"),
        task=_chosen(Task, said, "task"),
        body=_chosen(Body, said, "body"),
        venue=said["venue"],
        participants=said["participants"],
        counts=form.details(),
        note=said["note"],
    )
    given: dict[str, Any] = {"told": told, "now": one.now, "by": one.user}
    if activity is not None:
        pictures = _kept(said["pictures"], one)
        return services.change_activity(activity=activity, pictures=pictures, revision=said["revision"] or 0, **given)
    written = Activity.objects.filter(pk=said["new_id"]).first() if said["new_id"] else None
    if written is not None:  # sent twice: its pictures are kept already
        one.see(written)
        return written
    area = Area.objects.get(pk=said["area"])
    return services.write_activity(
        area=area, pictures=_kept(said["pictures"], one), activity_id=said["new_id"], **given
    )


def _kept(files: list[Any], one: Visit) -> list[Attachment]:
    return [evidence.keep(upload=file, now=one.now, by=one.user) for file in files]


def _chosen(model: Any, said: dict[str, Any], name: str) -> Any:
    pk = uuid_or_none(said.get(name) or "")
    return model.objects.filter(pk=pk).first() if pk else None


def _offers(one: Visit, areas: set[UUID]) -> dict[str, Choices]:
    """What an activity of these places may be tied to."""
    groups = selectors.groups_on(areas, one.today).order_by("words")[:MOST_OFFERED]
    bodies = Body.objects.filter(area__in=areas).order_by("name")[:MOST_OFFERED]
    movements = selectors.movements_of(one.areas("movement")).filter(starts_on__lte=one.today)[:MOST_OFFERED]
    found = tasks.tasks_seen_by(one.keys).order_by("number")[:MOST_OFFERED]
    return {
        "hamlet": hamlets_in(areas, one.today, named=len(areas) > 1),
        "group": [(str(group.pk), group.name) for group in groups],
        "body": [(str(body.pk), body.name) for body in bodies],
        "movement": [(str(movement.pk), movement.name) for movement in movements],
        "task": [(str(task.pk), str(task)[:LONGEST_NAME]) for task in found],
    }
