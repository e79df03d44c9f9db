"""The paper of a member of the council, and the minutes of a vote."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.access.rules import Matter
from chungtay.emulation import minuting, services
from chungtay.emulation.forms import InterestForm, PaperForm
from chungtay.emulation.models import Vote
from chungtay.emulation.rules import Stage
from chungtay.emulation.views.doors import Visit, contest_or_404, crumbs, paper_answer, visit
from chungtay.places import selectors as places
from chungtay.places.rules import BodyKind
from chungtay.web.http import redirect_with, render_page


def _vote_or_404(one: Visit, vote_id: UUID) -> Vote:
    vote = Vote.objects.filter(pk=vote_id).select_related("contest").first()
    if vote is None:
        raise Http404
    vote.contest = contest_or_404(one, vote.contest_id)
    return vote


@login_required
@require_http_methods(["GET", "POST"])
def vote_cast(request: HttpRequest, vote_id: UUID) -> HttpResponse:
    """Give one's own secret paper. Whoever is no member of the council does not find it."""
    one = visit(request)
    vote = _vote_or_404(one, vote_id)
    juror = vote.jurors.filter(user=one.user).first()
    if juror is None:
        raise Http404
    sheets = services.candidates_of(vote, juror)
    form = PaperForm(request.POST if request.method == "POST" else None, sheets=sheets)
    url = reverse("contest-detail", args=[vote.contest_id])
    if (
        form.is_bound
        and form.is_valid()
        and form.try_(services.cast, vote=vote, choices=form.choices(), now=one.now, by=one.user)
    ):
        return redirect_with(request, "Đã bỏ phiếu. Phiếu không mang tên bạn và không xem lại được.", url)
    context = {
        "vote": vote,
        "form": form,
        "recused": len(juror.recused),
        "declared": vote.interests.filter(user=one.user).select_related("sheet").order_by("sheet__name"),
        "may_declare": one.can("recuse", Matter("sheet", vote.contest.area_id, Stage.COUNCIL)),
        "is_done": hasattr(juror, "mark"),
        "is_closed": vote.closed_at is not None,
        "crumbs": crumbs((vote.contest.title, url), (str(vote), "")),
    }
    return render_page(request, "emulation/vote_cast.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def interest_declare(request: HttpRequest, vote_id: UUID, sheet_id: UUID) -> HttpResponse:
    """Declare that one does not vote on an entrant, with the reason. Only for members, and entrants on their paper."""
    one = visit(request)
    vote = _vote_or_404(one, vote_id)
    juror = vote.jurors.filter(user=one.user).first()
    found = [sheet for sheet in services.candidates_of(vote, juror) if sheet.pk == sheet_id] if juror else []
    if not found or hasattr(juror, "mark") or vote.closed_at is not None:
        raise Http404
    sheet, url = found[0], reverse("vote-cast", args=[vote.pk])
    one.require("recuse", Matter("sheet", vote.contest.area_id, Stage.COUNCIL))
    form = InterestForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and form.try_(
        services.declare_interest, vote=vote, sheet=sheet, **form.cleaned_data, now=one.now, by=one.user
    ):
        return redirect_with(request, f"Đã ghi. Phiếu của bạn không còn {sheet.name}.", url)
    context = {
        "vote": vote,
        "sheet": sheet,
        "form": form,
        "back": url,
        "crumbs": crumbs(
            (vote.contest.title, reverse("contest-detail", args=[vote.contest_id])),
            (str(vote), url),
            ("Khai có liên quan", ""),
        ),
    }
    return render_page(request, "emulation/interest_declare.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def vote_minutes(request: HttpRequest, vote_id: UUID, kind: str) -> HttpResponse:
    """Answer with the minutes of a vote that was counted, as PDF or Word."""
    one = visit(request)
    vote = _vote_or_404(one, vote_id)
    if vote.closed_at is None or vote.is_void:
        raise Http404
    body = places.body_at(vote.contest.area_id, BodyKind.UBND)
    place = places.name_on(vote.contest.area_id, one.today)
    return paper_answer(minuting.minutes(vote, body, place), "bien-ban-hop-hoi-dong", kind)
