"""The paper of a review: its first lines, its preview, its files, and putting it before the signer."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.messages import constants
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chungtay.kernel.errors import DomainError
from chungtay.papers.html import write_html
from chungtay.reviews import forms, services
from chungtay.reviews.content import paper_of
from chungtay.reviews.files import MIME, one_file
from chungtay.reviews.heads import head_from_json
from chungtay.reviews.templating import templates_for
from chungtay.reviews.views.doors import act, visit
from chungtay.web.http import redirect_with, render_page


@login_required
@require_http_methods(["GET", "POST"])
def review_head(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Edit the first lines and the closing of the paper."""
    one = visit(request, review_id)
    one.require("edit")
    head = head_from_json(one.review.head)
    form = forms.EditHead(request.POST or None, initial=forms.EditHead.initial_of(head, one.review.revision))
    if request.method == "POST" and form.is_valid():
        given = {"review": one.review, "revision": form.cleaned_data["revision"], "now": one.now, "by": one.user}
        if form.kind is not head.kind:
            if form.try_(services.set_header, header=form.kind, **given):
                said = "Đã đổi thể thức. Hãy xem lại số, ký hiệu, người ký và nơi nhận của thể thức mới."
                return redirect_with(request, said, reverse("review-head", args=[review_id]))
        elif form.try_(services.change_head, changes=form.changes(), **given):
            return redirect_with(request, "Đã ghi phần đầu và phần ký.", reverse("review-detail", args=[review_id]))
    context = {
        "one": one,
        "review": one.review,
        "form": form,
        "is_joint": len(head.signatures) > 1,
        "templates": templates_for(one.review),
        "crumbs": one.crumbs("Phần đầu, phần ký"),
    }
    return render_page(request, "reviews/head.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def review_preview(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Show the paper as it will be printed; every figure opens its source."""
    one = visit(request, review_id)
    context = {
        "one": one,
        "review": one.review,
        "paper": write_html(paper_of(one.content)),
        "crumbs": one.crumbs("Bản in"),
    }
    return render_page(request, "reviews/preview.html", context)


@login_required
@require_GET
def review_download(request: HttpRequest, review_id: UUID, kind: str) -> HttpResponse:
    """Send one file of the review: docx, pdf, xlsx, pptx, html or manifest.json."""
    one = visit(request, review_id)
    if kind not in MIME:
        raise Http404
    try:
        name, data = one_file(one.content, kind)
    except DomainError as refused:  # the office's template is gone, or the rules for it have become stricter
        url = reverse("review-detail", args=[review_id])
        return redirect_with(request, str(refused), url, level=constants.ERROR)
    return HttpResponse(
        data, content_type=MIME[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@login_required
@require_POST
def review_submit(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Put the review before its signer; refused while a gate stops it."""
    one = visit(request, review_id)
    one.require("edit")
    said = "Đã trình ký. Lời văn được khóa; muốn sửa tiếp, hãy mở lại để soạn."
    return act(
        request, one, services.submit_review, said, reverse("review-detail", args=[review_id]), review=one.review
    )


@login_required
@require_POST
def review_reopen(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Take the review back to write on."""
    one = visit(request, review_id)
    one.require("edit")
    return act(
        request,
        one,
        services.reopen_review,
        "Đã mở lại để soạn.",
        reverse("review-detail", args=[review_id]),
        review=one.review,
    )
