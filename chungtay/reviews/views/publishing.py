"""Publishing, what has changed since, comments on paragraphs, and the news draft."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chungtay.reviews import dossier, dossier_forms, news, publishing
from chungtay.reviews.dossier_rules import RecordKind
from chungtay.reviews.files import MIME, one_file
from chungtay.reviews.models import Comment, Publication, ReviewBlock
from chungtay.reviews.readiness import gates_before
from chungtay.reviews.registry import news_ways
from chungtay.reviews.rules import PROSE, State
from chungtay.reviews.views.doors import Visit, act, tabs, visit
from chungtay.web.http import redirect_with, render_page


@login_required
@require_http_methods(["GET", "POST"])
def review_publish(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Show the gates and the versions; take the leader's decision."""
    one = visit(request, review_id)
    form = dossier_forms.Publish(request.POST or None, initial={"revision": one.review.revision})
    if request.method == "POST":
        one.require("publish")
        said = form.is_valid() and {"note": form.cleaned_data["note"], "revision": form.cleaned_data["revision"]}
        if said and form.try_(publishing.publish_review, review=one.review, now=one.now, by=one.user, **said):
            url = reverse("review-publish", args=[review_id])
            return redirect_with(
                request, "Đã ban hành. Bản này không đổi nữa; nội dung và số liệu đã được niêm lại.", url
            )
    gates = gates_before(one.review, one.content, one.blocks)
    context = {
        "one": one,
        "review": one.review,
        "form": form,
        "gates": gates,
        "stopping": [gate for gate in gates if gate.stops],
        "is_waiting": one.review.state == State.FOR_SIGNING,
        "may_publish": one.keys.can("publish", one.review),
        "versions": list(one.review.publications.select_related("by").order_by("-number")),
        "tabs": tabs(one, "review-publish"),
        "crumbs": one.crumbs("Ban hành"),
    }
    return render_page(request, "reviews/publish.html", context, status=422 if form.errors else 200)


def _publication(one: Visit, number: int) -> Publication:
    found = one.review.publications.select_related("by").filter(number=number).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_GET
def review_changes(request: HttpRequest, review_id: UUID, number: int) -> HttpResponse:
    """Show what has changed since a version was published, figure by figure; ?loc=het shows all of them."""
    one = visit(request, review_id)
    publication = _publication(one, number)
    changes = publishing.changes_since(publication, now=one.now)
    moved = [change for change in changes if change.is_changed]
    shows_all = request.GET.get("loc") == "het"
    context = {
        "one": one,
        "review": one.review,
        "publication": publication,
        "is_same": publishing.is_same_again(publication),
        "rows": changes if shows_all else moved,
        "moved": len(moved),
        "total": len(changes),
        "shows_all": shows_all,
        "tabs": tabs(one, "review-publish"),
        "crumbs": one.crumbs(f"Thay đổi từ lần {number}"),
    }
    return render_page(request, "reviews/changes.html", context)


@login_required
@require_GET
def publication_download(request: HttpRequest, review_id: UUID, number: int, kind: str) -> HttpResponse:
    """Send one file of a published version, built again from what was frozen."""
    one = visit(request, review_id)
    if kind not in MIME:
        raise Http404
    name, data = one_file(publishing.content_again(_publication(one, number)), kind)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type=MIME[kind], headers=headers)


# ---------------------------------------------------------------- comments


@login_required
@require_GET
def comment_list(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Show the comments, open ones first; ?doan=id offers to comment on that paragraph."""
    one = visit(request, review_id)
    return _comments(request, one, _chosen(one, request.GET.get("doan", "")))


def _chosen(one: Visit, block_id: str) -> ReviewBlock | None:
    return next((block for block in one.blocks if str(block.pk) == block_id and block.kind in PROSE), None)


def _comments(
    request: HttpRequest, one: Visit, chosen: ReviewBlock | None, form: dossier_forms.WriteComment | None = None
) -> HttpResponse:
    found = list(one.review.comments.select_related("by", "end__by").order_by("-at", "id"))
    rows = [_comment_row(one, comment) for comment in found]
    context = {
        "one": one,
        "review": one.review,
        "waiting": [row for row in rows if row["end"] is None],
        "settled": [row for row in rows if row["end"] is not None],
        "chosen": chosen,
        "chosen_runs": news.runs_of(chosen.text, one.content) if chosen else [],
        "form": form or dossier_forms.WriteComment(),
        "may_comment": dossier.may_comment(one.user, one.review, one.now),
        "tabs": tabs(one, "review-comments"),
        "crumbs": one.crumbs("Góp ý"),
    }
    return render_page(request, "reviews/comments.html", context, status=422 if form else 200)


def _comment_row(one: Visit, comment: Comment) -> dict[str, object]:
    block = next((b for b in one.blocks if (b.section, b.name) == (comment.section, comment.name)), None)
    return {
        "comment": comment,
        "end": getattr(comment, "end", None),
        "quote": news.runs_of(comment.quote, one.content),
        "block": block,
        "has_moved": block is not None and block.text != comment.quote,
    }


@login_required
@require_POST
def comment_add(request: HttpRequest, review_id: UUID, block_id: UUID) -> HttpResponse:
    """Keep a comment on a paragraph."""
    one = visit(request, review_id)
    one.require("comment")
    block = _chosen(one, str(block_id))
    if block is None:
        raise Http404
    form = dossier_forms.WriteComment(request.POST)
    if form.is_valid() and form.try_(
        dossier.comment_on, block=block, text=form.cleaned_data["text"], now=one.now, by=one.user
    ):
        return redirect_with(request, "Đã ghi góp ý.", reverse("review-comments", args=[review_id]))
    return _comments(request, one, block, form)


@login_required
@require_POST
def comment_settle(request: HttpRequest, review_id: UUID, comment_id: UUID) -> HttpResponse:
    """Say how a comment was dealt with."""
    one = visit(request, review_id)
    one.require("edit")
    return act(
        request,
        one,
        dossier.settle_comment,
        "Đã khép góp ý.",
        reverse("review-comments", args=[review_id]),
        review=one.review,
        comment_id=comment_id,
        note=request.POST.get("note", ""),
    )


# ---------------------------------------------------------------- news


@login_required
@require_http_methods(["GET", "POST"])
def review_news(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Show the news draft as it reads, and let the office write it."""
    one = visit(request, review_id)
    pictures = [(str(p.pk), p.detail or p.name) for p in dossier.live_records(one.review, RecordKind.PICTURE)]
    last, seen = dossier.news_of(one.review), one.review.news.count()
    story = last or _first(one)
    form = dossier_forms.WriteNews(request.POST or None, pictures=pictures, initial=dossier_forms.told(story, seen))
    if request.method == "POST":
        one.require("edit")
        if form.is_valid() and form.try_(
            dossier.write_news,
            review=one.review,
            story=form.story(),
            seen=form.cleaned_data["seen"],
            now=one.now,
            by=one.user,
        ):
            return redirect_with(request, "Đã ghi tin. Bản trước vẫn giữ.", reverse("review-news", args=[review_id]))
    context = {
        "one": one,
        "review": one.review,
        "form": form,
        "is_kept": last is not None,
        "seen": seen,
        "title": news.runs_of(story.title, one.content),
        "lead": news.runs_of(story.lead, one.content),
        "paragraphs": [news.runs_of(part, one.content) for part in story.paragraphs],
        "slots": story.slots,
        "ways": news_ways(one.review, one.user, localdate(one.now)),
        "tabs": tabs(one, "review-news"),
        "crumbs": one.crumbs("Tin bài"),
    }
    return render_page(request, "reviews/news.html", context, status=422 if form.errors else 200)


def _first(one: Visit) -> news.Story:
    last = dossier.arrangement_of(one.review)
    if last is None:
        return news.first_story(one.content, one.area_name)
    return news.first_story(one.content, one.area_name, held_on=last.held_on, place=last.place, chair=last.chair)
