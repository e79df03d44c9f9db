"""The register of boards at communes, and the supervisions they make."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.places.models import Area
from chungtay.places.selectors import name_on
from chungtay.supervision import selectors, services
from chungtay.supervision.forms import BoardForm, BoardVisitForm
from chungtay.supervision.models import Board
from chungtay.supervision.rules import BoardKind
from chungtay.supervision.views.cases import sent_file
from chungtay.supervision.views.doors import Visit, crumbs, found_or_404, frame, kept_file, visit
from chungtay.web.http import redirect_with, render_page

PER_PAGE = 40


@login_required
@require_safe
def board_list(request: HttpRequest) -> HttpResponse:
    """Show the boards in sight with the number of their supervisions."""
    one = visit(request, "board")
    rows = selectors.boards_seen_by(one.keys).annotate(made=Count("visits"), last=Max("visits__held_on"))
    page = Paginator(rows.order_by("-term_to", "area_id", "kind"), PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "row": row,
            "place": name_on(row.area_id, one.today),
            "url": reverse("board-detail", args=[row.pk]),
            "live": row.term_to >= one.today,
        }
        for row in page
    ]  # fmt: skip
    context = frame(one, "board-list", rows=lines, page=page, may_write=bool(one.fronts("board")))
    return render_page(request, "supervision/board_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def board_create(request: HttpRequest) -> HttpResponse:
    """Write a board down."""
    one = visit(request)
    areas = {body.area_id: name_on(body.area_id, one.today) for body in one.require_front("board")}
    form = BoardForm(request.POST or None, areas=[(str(pk), name) for pk, name in areas.items()])
    if form.is_valid():
        said = dict(form.cleaned_data)
        said |= {"area": Area.objects.get(pk=said["area"]), "kind": BoardKind(said["kind"])}
        if form.try_(services.write_board, **said, now=one.now, by=one.user):
            return redirect_with(request, "Đã ghi Ban.", reverse("board-detail", args=[form.result.pk]))
    context = {
        "title": "Ghi Ban mới",
        "intro": "Mỗi nhiệm kỳ một bản ghi; nhiệm kỳ trước vẫn giữ nguyên.",
        "form": form,
        "verb": "Ghi",
        "crumbs": crumbs(("Các Ban", reverse("board-list")), ("Ghi Ban mới", "")),
    }
    return render_page(request, "supervision/form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def board_detail(request: HttpRequest, board_id: UUID) -> HttpResponse:
    """Show a board with its supervisions; take in a new one."""
    one = visit(request)
    row: Board = found_or_404(selectors.boards_seen_by(one.keys), board_id)
    if request.method == "POST":
        one.require("edit", row)
    form = BoardVisitForm(request.POST or None, request.FILES or None)
    if form.is_valid() and form.try_(_record, one=one, board=row, form=form):
        return redirect_with(request, "Đã ghi cuộc giám sát của Ban.", reverse("board-detail", args=[row.pk]))
    context = {
        "one": one,
        "row": row,
        "place": name_on(row.area_id, one.today),
        "visits": [
            {"visit": made, "url": reverse("board-file", args=[row.pk, made.minutes_id]) if made.minutes_id else ""}
            for made in row.visits.select_related("minutes", "recorded_by").order_by("-held_on")
        ],
        "form": form if one.can("edit", row) else None,
        "crumbs": crumbs(("Các Ban", reverse("board-list")), (str(row), "")),
    }
    return render_page(request, "supervision/board.html", context, status=422 if form.is_bound else 200)


def _record(*, one: Visit, board: Board, form: BoardVisitForm) -> Any:
    said = form.cleaned_data
    what = {name: said[name] for name in ("held_on", "subject", "result")}
    return services.record_board_visit(board=board, **what, minutes=kept_file(form, one), now=one.now, by=one.user)


@login_required
@require_safe
def board_file(request: HttpRequest, board_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Send the minutes of a supervision that a board made."""
    row: Board = found_or_404(selectors.boards_seen_by(visit(request).keys), board_id)
    return sent_file(row.visits.values_list("minutes", flat=True), attachment_id)
