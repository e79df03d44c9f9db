"""The board of recommendations by addressee and age, its workbook, and the form of a new one."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.supervision import selectors, services, sheets
from chungtay.supervision.ages import AGES, spread
from chungtay.supervision.forms import Narrow, RecommendationForm
from chungtay.supervision.models import Recommendation
from chungtay.supervision.rules import OWED, State
from chungtay.supervision.views.doors import (
    Visit,
    badge,
    bodies_near,
    crumbs,
    found_or_404,
    frame,
    visit,
)
from chungtay.web.http import redirect_with, render_page

PER_PAGE = 25
STATES = (State.DRAFT, State.SENT, State.ANSWERED, State.RETURNED, State.ACCEPTED, State.CLOSED, State.CANCELLED)
SORTS = (("han", "Hạn trả lời"), ("moi", "Mới gửi trước"), ("so", "Số mới nhất"))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(request: HttpRequest, one: Visit) -> tuple[Narrow, Any]:
    seen = selectors.recommendations_seen_by(one.keys)
    years = sorted(set(seen.order_by().values_list("year", flat=True)), reverse=True)
    bodies = selectors.bodies_named(seen, "addressee")
    form = Narrow(request.GET, bodies=bodies, states=STATES, years=years, sorts=SORTS, has_late=True, has_ages=True)
    asked = form.narrowing(one.today)
    order = selectors.SORTS.get(asked.sort, selectors.SORTS["han"])
    return form, selectors.narrowed(seen, asked, body="addressee", order=order)


@login_required
@require_safe
def recommendation_list(request: HttpRequest) -> HttpResponse:
    """Show who owes how many answers for how long, and the list."""
    one = visit(request, "recommendation")
    form, rows = _asked(request, one)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    owing = selectors.owed(selectors.recommendations_seen_by(one.keys))
    # By the body itself: communes of two cities may bear one name.
    ages = spread((row.addressee, row.days_late(one.today)) for row in owing)
    board = [
        {
            "who": who.name,
            "key": who.pk,
            "counts": [(words, counts[at], f"age-{at}") for at, (_, words) in enumerate(AGES)],
            "all": sum(counts),
        }
        for who, counts in sorted(ages.items(), key=lambda pair: (-sum(pair[1][1:]), -sum(pair[1]), pair[0].name))
    ]
    context = frame(
        one,
        "recommendation-list",
        form=form,
        page=page,
        rows=[_row(one, row) for row in page],
        board=board,
        ages=[words for _, words in AGES],
        may_write=bool(one.fronts("recommendation")),
        query=request.GET.urlencode(),
    )
    return render_page(request, "supervision/recommendation_list.html", context)


def _row(one: Visit, row: Recommendation) -> dict[str, Any]:
    late = row.days_late(one.today) if row.state in OWED else 0
    state, label = badge(row.state, late)
    url = reverse("recommendation-detail", args=[row.pk])
    was = row.owed.days_late(one.today) if row.answered_on and not late else 0
    return {"row": row, "url": url, "state": state, "label": label, "was_late": was}


@login_required
@require_safe
def recommendation_excel(request: HttpRequest) -> HttpResponse:
    """Send the list as a workbook, narrowed as the page is."""
    one = visit(request, "recommendation")
    _, rows = _asked(request, one)
    data = sheets.recommendations(list(rows[: sheets.MOST_ROWS]), one.today)
    headers = {"Content-Disposition": 'attachment; filename="kien-nghi.xlsx"', "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=XLSX, headers=headers)


@login_required
@require_http_methods(["GET", "POST"])
def recommendation_create(request: HttpRequest) -> HttpResponse:
    """Write a recommendation, out of a supervision, criticism or feedback when the address names one."""
    one = visit(request)
    mine = one.require_front("recommendation")
    source = _source(request, one)
    target = next((of.target.pk for of in source.values() if hasattr(of, "target")), None)
    feedback = source.get("feedback")
    first = {"target": target or (feedback.body_id if feedback else None), "text": feedback.text if feedback else ""}
    bodies = bodies_near([body.area_id for body in mine], one.today)
    form = RecommendationForm(request.POST or None, mine=mine, bodies=bodies, initial=first)
    if form.is_valid():
        said = form.cleaned_data
        given = {"body": form.chosen("body"), "addressee": form.chosen("target"), "text": said["text"], **source}
        if form.try_(services.write_recommendation, **given, legal_basis=said["legal_basis"], now=one.now, by=one.user):
            row = form.result
            url = reverse("recommendation-detail", args=[row.pk])
            return redirect_with(request, f"Đã lập {row}. Đọc lại rồi gửi.", url)
    intro = next((f"Từ {of}." for of in source.values()), "Kiến nghị riêng, không từ cuộc giám sát nào.")
    if feedback:
        intro += " Viết lại bằng lời của Mặt trận, bỏ tên và thông tin riêng của người dân: kiến nghị có thể công khai."
    context = {
        "title": "Lập kiến nghị",
        "intro": f"{intro} Gửi xong mới tính hạn trả lời.",
        "form": form,
        "verb": "Lưu bản nháp",
        "crumbs": crumbs(("Lập kiến nghị", "")),
    }
    return render_page(request, "supervision/form.html", context, status=422 if form.is_bound else 200)


def _source(request: HttpRequest, one: Visit) -> dict[str, Any]:
    """Return what the address names, in the person's sight. Raises Http404."""
    for name, field, rows in (
        ("giam-sat", "supervision", selectors.supervisions_seen_by),
        ("phan-bien", "criticism", selectors.criticisms_seen_by),
        ("phan-anh", "feedback", selectors.feedback_seen_by),
    ):
        if said := request.GET.get(name):
            try:
                return {field: found_or_404(rows(one.keys), UUID(said))}
            except ValueError:
                raise Http404 from None
    return {}
