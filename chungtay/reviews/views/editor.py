"""The editor of a review, one paragraph of it, and writing the rest again."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chungtay.reviews import forms, pages, selectors, services
from chungtay.reviews.models import ReviewBlock
from chungtay.reviews.readiness import gates_before
from chungtay.reviews.rules import PROSE, STATE_WORDS, State
from chungtay.reviews.views.doors import Visit, act, tabs, visit
from chungtay.web import clock
from chungtay.web.http import redirect_with, render_page


@login_required
@require_GET
def review_detail(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Show the editor: outline, leaf, and at the side the gates, the source of a figure (?so=key) and the versions."""
    one = visit(request, review_id)
    gates = gates_before(one.review, one.content, one.blocks)
    used = pages.used_figures(one.content, one.blocks)
    chosen = request.GET.get("so") or pages.first_told(one.content, used)
    return render_page(
        request,
        "reviews/detail.html",
        {
            "one": one,
            "review": one.review,
            "title": pages.title_of(one.review, one.area_name),
            "period": one.content.period.label(),
            "leaf": pages.leaf_of(one.content, one.blocks),
            "outline": pages.outline_of(one.blocks),
            "gates": gates,
            "stopping": [gate for gate in gates if gate.stops],
            "passed": len([gate for gate in gates if not gate.stops]),
            "used": used,
            "source": pages.source_of(one.content, chosen),
            "events": pages.timeline_of(one.review, selectors.history_of(one.review), {b.pk: b for b in one.blocks}),
            "refresh": forms.Refresh(initial={"known_on": clock.today(), "revision": one.review.revision}),
            "crumbs": one.crumbs(),
            "tabs": tabs(one, "review-detail"),
            "may_comment": one.keys.can("comment", one.review),
            "state_word": STATE_WORDS[State(one.review.state)],
        },
    )


def _block(one: Visit, block_id: UUID) -> ReviewBlock:
    for block in one.blocks:
        if block.pk == block_id and block.kind in PROSE:
            return block
    raise Http404


def _anchor(one: Visit, block: ReviewBlock) -> str:
    return f"{reverse('review-detail', args=[one.review.pk])}#d-{block.pk}"


@login_required
@require_http_methods(["GET", "POST"])
def block_edit(request: HttpRequest, review_id: UUID, block_id: UUID) -> HttpResponse:
    """Edit one paragraph: ghi (save), chen=key (put a figure in), them (ask for one more figure)."""
    one = visit(request, review_id)
    one.require("edit")
    block = _block(one, block_id)
    revision = one.review.revision
    form = forms.EditBlock(request.POST or None, initial={"text": block.text, "revision": revision})
    add = _add_form(request, one)
    if request.method == "POST":
        if key := request.POST.get("chen"):
            form = _with_token(request.POST.get("text", ""), key, revision)
        elif "them" in request.POST:
            if add.is_valid() and (key := _added(one, add)):
                one = visit(request, review_id)
                form = _with_token(request.POST.get("text", ""), key, one.review.revision)
        elif form.is_valid() and form.try_(
            services.edit_block,
            block=block,
            text=form.cleaned_data["text"],
            revision=form.cleaned_data["revision"],
            now=one.now,
            by=one.user,
        ):
            return redirect_with(request, "Đã ghi đoạn văn. Bản trước đó vẫn giữ trong “Các bản”.", _anchor(one, block))
    context = {
        "one": one,
        "review": one.review,
        "passage": block,
        "form": form,
        "add": add,
        "groups": pages.offered_figures(one.content, block),
        "back": _anchor(one, block),
        "is_inside": bool(request.headers.get("HX-Request")),
        "crumbs": one.crumbs("Sửa đoạn"),
    }
    template = "reviews/block_form.html" if request.headers.get("HX-Request") else "reviews/block_edit.html"
    failed = bool(form.errors or add.errors) and not request.headers.get(
        "HX-Request"
    )  # htmx does not swap an error answer
    return render_page(request, template, context, status=422 if failed else 200)


def _with_token(text: str, key: str, revision: int) -> forms.EditBlock:
    """Return the form with a figure's token put at the end of what was typed; the caret's place is for the script."""
    return forms.EditBlock(initial={"text": f"{text.rstrip()} {{{key}}}", "revision": revision})


def _add_form(request: HttpRequest, one: Visit) -> forms.AddFigure:
    choices = selectors.figures_to_add(one.review)
    data = request.POST if request.method == "POST" and "them" in request.POST else None
    initial = {"period": one.review.period_code, "area": str(one.review.area_id)}
    return forms.AddFigure(data, indicators=choices.indicators, areas=choices.areas, initial=initial)


def _added(one: Visit, add: forms.AddFigure) -> str:
    """Ask for one more figure; return its key, "" when it was refused."""
    done = add.try_(
        services.add_question,
        review=one.review,
        indicator=add.cleaned_data["indicator"],
        area_id=UUID(add.cleaned_data["area"]),
        period_code=add.cleaned_data["period"],
        now=one.now,
        by=one.user,
    )
    return str(add.result) if done else ""


@login_required
@require_POST
def block_restore(request: HttpRequest, review_id: UUID, block_id: UUID) -> HttpResponse:
    """Bring a paragraph back to what the software wrote."""
    one = visit(request, review_id)
    one.require("edit")
    block = _block(one, block_id)
    return act(request, one, services.restore_block, "Đã lấy lại câu phần mềm soạn.", _anchor(one, block), block=block)


@login_required
@require_POST
def review_refresh(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Write the unedited blocks again as known on another day."""
    one = visit(request, review_id)
    one.require("edit")
    form = forms.Refresh(request.POST)
    url = reverse("review-detail", args=[review_id])
    if not form.is_valid():
        return redirect_with(
            request, "Ngày chốt số liệu chưa đúng. Nhập theo dạng ngày/tháng/năm.", url, level=messages.ERROR
        )
    return act(
        request,
        one,
        services.refresh_review,
        "Đã soạn lại các đoạn chưa ai sửa. Đoạn đã sửa giữ nguyên lời, số liệu theo ngày mới.",
        url,
        review=one.review,
        known_at=forms.known_at(form.cleaned_data["known_on"], one.now),
        revision=form.cleaned_data["revision"],
    )
