"""What units say: their own page, and the review's page where it is joined and taken up."""

from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.accounts.selectors import user_of
from chungtay.indicators.models import Indicator
from chungtay.kernel.periods import parse_period
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.programmes.models import Programme
from chungtay.programmes.selectors import root_programmes
from chungtay.reviews import assessing, dossier_forms, idiom, selectors
from chungtay.reviews.dossier_rules import ASPECT_WORDS, SECTION_OF, Aspect
from chungtay.reviews.views.doors import act, tabs, visit
from chungtay.tasks.models import Task
from chungtay.tasks.selectors import tasks_seen_by
from chungtay.web import clock
from chungtay.web.forms import Form
from chungtay.web.http import redirect_with, render_page

MOST_SHOWN = 200


def _offered(user: User, today: date) -> dict[str, dossier_forms.Choices]:
    keys = access.keys_of(user, on=today)
    tree = places.tree_on(today)
    areas = [(str(n.area_id), n.name) for n in tree if n.area_id in keys.areas_for("state", "assessment")]
    programmes = root_programmes()
    asked = [parse_period(code) for code in selectors.windows_under_review(programmes)]
    windows = {
        w.code: idiom.capital(w.label())
        for w in (*asked, *(w for p in programmes for w in selectors.windows_of(p, today)))
    }
    indicators = Indicator.objects.order_by("code").values_list("code", "name")
    tasks = tasks_seen_by(keys).order_by("programme", "number")[:MOST_SHOWN]
    return {
        "area": areas,
        "programme": [(p.code, str(p)) for p in programmes],
        "period": list(windows.items()),
        "indicator": list(indicators),
        "task": [(str(t.pk), f"{t.label} {t.title}") for t in tasks],
    }


@login_required
@require_http_methods(["GET", "POST"])
def assessment_list(request: HttpRequest) -> HttpResponse:
    """Show the statements in the person's reach, and let a unit say more."""
    user, today, now = user_of(request), clock.today(), clock.now()
    keys = access.keys_of(user, on=today)
    seen = keys.areas_for("view", "assessment")
    if not seen:
        raise Http404
    offered = _offered(user, today)
    form = dossier_forms.StateAssessment(request.POST or None, offered=offered) if offered["area"] else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _stated(form, user):
            return redirect_with(
                request, "Đã ghi nhận định. Cấp trên sẽ thấy khi lập báo cáo.", reverse("assessment-list")
            )
    found = assessing.live().filter(area_id__in=seen).order_by("-at", "id")[:MOST_SHOWN]
    mine = keys.areas_for("state", "assessment")
    rows = [
        {
            "one": said,
            "area": places.name_on(said.area_id, today),
            "aspect": ASPECT_WORDS[Aspect(said.aspect)],
            "period": idiom.capital(parse_period(said.period_code).label()),
            "may": said.area_id in mine,
        }
        for said in found
    ]
    crumbs = [{"label": "Sơ kết", "url": ""}, {"label": "Nhận định của đơn vị", "url": ""}]
    context = {"rows": rows, "form": form, "crumbs": crumbs, "now": now}
    return render_page(request, "reviews/assessments.html", context, status=422 if form and form.errors else 200)


def _stated(form: dossier_forms.StateAssessment, user: User) -> bool:
    said = form.cleaned_data
    return form.try_(
        assessing.state_assessment,
        programme=get_object_or_404(Programme, code=said["programme"], parent=None),
        area=get_object_or_404(Area, pk=said["area"]),
        period_code=said["period"],
        aspect=Aspect(said["aspect"]),
        text=said["text"],
        indicator=Indicator.objects.filter(code=said["indicator"]).first() if said["indicator"] else None,
        task=Task.objects.filter(pk=said["task"]).first() if said["task"] else None,
        now=clock.now(),
        by=user,
    )


@login_required
@require_POST
def assessment_end(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Take a statement back; back to the review's page when it was joined there."""
    user, today = user_of(request), clock.today()
    seen = access.keys_of(user, on=today).areas_for("view", "assessment")
    found = assessing.live().filter(pk=assessment_id, area_id__in=seen).first()
    if found is None:
        raise Http404
    form = Form({})
    form.full_clean()
    done = form.try_(assessing.take_back, assessment=found, now=clock.now(), by=user)
    said = "Đã rút nhận định." if done else " ".join(str(one) for one in form.non_field_errors())
    back = request.POST.get("review", "")
    url = reverse("assessment-list")
    try:
        url = reverse("review-assessments", args=[UUID(back)]) if back else url
    except ValueError:
        raise Http404 from None
    return redirect_with(request, said, url, level=25 if done else 40)


@login_required
@require_GET
def review_assessments(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Show what the units below said, likely duplicates together, and what was made of it."""
    return _review_page(request, review_id)


def _review_page(request: HttpRequest, review_id: UUID, failed: dossier_forms.Join | None = None) -> HttpResponse:
    one = visit(request, review_id)
    day = one.review.map_as_of or one.content.period.last_day
    own = list(assessing.own_of(one.review).prefetch_related("parts__area").order_by("at", "id"))
    groups = assessing.groups_of(one.review)
    taken = {(b.section, b.name) for b in one.blocks}
    aspects = []
    for aspect, words in ASPECT_WORDS.items():
        mine = [
            {"one": said, "units": [places.name_on(p.area_id, day) for p in said.parts.all()]}
            for said in own
            if said.aspect == aspect
        ]
        waiting = [
            {
                "parts": [{"one": p, "area": places.name_on(p.area_id, day)} for p in group.parts],
                "form": dossier_forms.Join(initial={"text": group.text}, auto_id=f"id_{group.parts[0].pk}_%s"),
            }
            for group in groups
            if group.aspect == aspect
        ]
        if mine or waiting:
            is_taken = (SECTION_OF[aspect], f"said-{aspect}") in taken
            aspects.append(
                {"aspect": aspect.value, "words": words, "own": mine, "waiting": waiting, "is_taken": is_taken}
            )
    context = {
        "one": one,
        "review": one.review,
        "aspects": aspects,
        "failed": failed,
        "tabs": tabs(one, "review-assessments"),
        "crumbs": one.crumbs("Nhận định"),
    }
    return render_page(request, "reviews/review_assessments.html", context, status=422 if failed else 200)


@login_required
@require_POST
def assessment_join(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Make one statement out of those that were ticked."""
    one = visit(request, review_id)
    one.require("edit")
    form = dossier_forms.Join(request.POST)
    ids = {str(said.pk): said for said in assessing.free_below(one.review)}
    parts = [ids[value] for value in request.POST.getlist("part") if value in ids]
    if form.is_valid() and form.try_(
        assessing.join, review=one.review, parts=parts, text=form.cleaned_data["text"], now=one.now, by=one.user
    ):
        said = "Đã gộp thành nhận định của đơn vị. Bấm “Đưa vào báo cáo” khi đủ."
        return redirect_with(request, said, reverse("review-assessments", args=[review_id]))
    return _review_page(request, review_id, form)


@login_required
@require_POST
def assessment_take_up(request: HttpRequest, review_id: UUID, aspect: str) -> HttpResponse:
    """Put the statements on one aspect into their section of the report."""
    one = visit(request, review_id)
    one.require("edit")
    if aspect not in set(Aspect):
        raise Http404
    said = "Đã đưa vào báo cáo. Hãy đọc lại đoạn văn ở mục đánh giá."
    url = reverse("review-assessments", args=[review_id])
    return act(request, one, assessing.take_up, said, url, review=one.review, aspect=Aspect(aspect))
