"""The list of reviews, and asking for a new one."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from chungtay.access import selectors as access
from chungtay.accounts.selectors import user_of
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.reviews import forms, idiom, pages, selectors, services
from chungtay.reviews.heads import head_kind
from chungtay.reviews.rules import STATE_WORDS, State
from chungtay.web import clock
from chungtay.web.http import redirect_with, render_page


@login_required
@require_GET
def review_list(request: HttpRequest) -> HttpResponse:
    """Show the reviews in the person's reach; ?ma=… opens the figure that a printed code stands for."""
    user, today = user_of(request), clock.today()
    keys = access.keys_of(user, on=today)
    if not keys.areas_for("view", "review"):
        raise Http404
    find = forms.FindCode(request.GET if "ma" in request.GET else None)
    if find.is_bound and find.is_valid():
        trace = selectors.trace_of_code(user, find.cleaned_data["ma"], on=today)
        if trace:
            return redirect("figure-trace", trace)
        find.add_error("ma", "Không thấy mã này trong các báo cáo đã lưu mà bạn được xem. Hãy kiểm tra lại từng chữ.")
    reviews = list(selectors.reviews_visible_to(user, on=today))
    names = {review.pk: places.name_on(review.area_id, review.map_as_of or today) for review in reviews}
    rows = [
        {
            "review": review,
            "area": names[review.pk],
            "period": pages.period_label(review),
            "state": STATE_WORDS[State(review.state)],
        }
        for review in reviews
    ]
    context = {
        "rows": rows,
        "may_build": bool(keys.areas_for("build", "review")),
        "may_state": bool(keys.areas_for("view", "assessment")),
        "may_see_templates": bool(keys.areas_for("view", "template")),
        "find": find,
        "crumbs": [{"label": "Sơ kết", "url": ""}],
    }
    return render_page(request, "reviews/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def review_create(request: HttpRequest) -> HttpResponse:
    """Ask what to report on, then let the software write the draft."""
    user, now, today = user_of(request), clock.now(), clock.today()
    mine = access.keys_of(user, on=today).areas_for("build", "review")
    if not mine:
        raise Http404
    offer = selectors.reviews_to_write(mine, on=today)
    form = forms.CreateReview(
        request.POST or None,
        programmes=[(programme.code, str(programme)) for programme in offer.programmes],
        areas=[(str(node.area_id), node.name) for node in offer.areas],
        periods=[(period.code, idiom.capital(period.label())) for period in offer.windows],
        maps=[(one.day.isoformat(), f"{one.label}, {one.units} đơn vị") for one in offer.maps],
        initial={"known_on": today},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = form.try_(
            services.create_review,
            programme=next(p for p in offer.programmes if p.code == data["programme"]),
            area=get_object_or_404(Area, pk=data["area"]),
            period_code=form.period_code,
            header=head_kind(data["header"]),
            known_at=forms.known_at(data["known_on"], now),
            map_as_of=form.map_as_of,
            now=now,
            by=user,
        )
        if done:
            said = "Phần mềm đã soạn báo cáo từ số liệu. Hãy đọc từng mục, sửa lời văn và xem các nhận định gợi ý."
            return redirect_with(request, said, reverse("review-detail", args=[form.result.pk]))
    context = {
        "form": form,
        "crumbs": [{"label": "Sơ kết", "url": reverse("review-list")}, {"label": "Lập báo cáo", "url": ""}],
    }
    return render_page(request, "reviews/create.html", context, status=422 if form.errors else 200)
