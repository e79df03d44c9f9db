"""Contests: the list, one contest with its sheets, ranking, votes and results, and its steps."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.access.rules import Matter
from chungtay.emulation import publishing, selectors, services
from chungtay.emulation.forms import Typed
from chungtay.emulation.models import Contest, Sheet, VoteMark
from chungtay.emulation.ranking import Place
from chungtay.emulation.rules import CONTEST_LABELS, STAGE_LABELS, ContestState, Stage
from chungtay.emulation.scoring import points_text
from chungtay.emulation.views.doors import (
    CONTEST_BADGES,
    STAGE_BADGES,
    Visit,
    contest_or_404,
    crumbs,
    tabs,
    visit,
)
from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import parse_period
from chungtay.kernel.text import date_text
from chungtay.web.http import redirect_with, render_page

PER_PAGE = 30


@login_required
@require_safe
def contest_list(request: HttpRequest) -> HttpResponse:
    """Show the contests in sight, the newest first, and how far their sheets are."""
    one = visit(request)
    page = Paginator(selectors.contests_seen_by(one.keys), PER_PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    keys = [contest.pk for contest in found]
    counts = {stage: selectors.sheets_at_stage(keys, [stage]) for stage in Stage}
    rows = [
        {
            "contest": contest,
            "state": CONTEST_BADGES[ContestState(contest.state)],
            "label": CONTEST_LABELS[ContestState(contest.state)],
            "period": parse_period(contest.period_code).label(),
            "stages": [
                f"{STAGE_LABELS[stage]}: {counts[stage][contest.pk]}" for stage in Stage if contest.pk in counts[stage]
            ],
        }
        for contest in found
    ]
    context = {
        "rows": rows,
        "page": page,
        "tabs": tabs("contest-list"),
        "may_write": one.home("edit", "contest") is not None,
        "crumbs": crumbs(),
    }
    return render_page(request, "emulation/contest_list.html", context)


@login_required
@require_safe
def contest_detail(request: HttpRequest, contest_id: UUID) -> HttpResponse:
    """Show a contest."""
    one = visit(request)
    return contest_page(request, one, contest_or_404(one, contest_id))


def contest_page(request: HttpRequest, one: Visit, contest: Contest, refused: str = "") -> HttpResponse:
    """Draw a contest, also after a refused step."""
    seen = {sheet.pk for sheet in selectors.sheets_seen_by(one.keys).filter(contest=contest)}
    last = selectors.last_publication(contest)
    places = publishing.ranking_of(contest) if last is None else []
    judging_stages = (Stage.DEPARTMENT, Stage.COUNCIL, Stage.STANDING)
    is_judge = any(one.can("score", _matter(contest, stage)) for stage in judging_stages)
    vote = contest.votes.filter(closed_at__isnull=True).first()
    context = {
        "one": one,
        "contest": contest,
        "state": CONTEST_BADGES[ContestState(contest.state)],
        "state_label": CONTEST_LABELS[ContestState(contest.state)],
        "facts": _facts(contest),
        "blocks": _blocks(_results(contest), seen) if last else _blocks(_running(places), seen, is_judge),
        "publication": last,
        "shows_points": last is not None or is_judge or bool(seen),
        "votes": _votes(contest),
        "open_vote": vote,
        "voted": VoteMark.objects.filter(juror__vote=vote).count() if vote else 0,
        "members": vote.jurors.count() if vote else 0,
        "my_paper": vote is not None and vote.jurors.filter(user=one.user, mark__isnull=True).exists(),
        "appeals": list(selectors.open_appeals(contest))
        if one.can("answer", _matter(contest, Stage.PUBLISHED))
        else [],
        "steps": _steps(one, contest, places, vote is not None),
        "decisions": list(selectors.decisions_seen_by(one.keys).filter(contest=contest)),
        "may_nominate": last is not None and one.home("edit", "award") is not None,
        "refused": refused,
        "crumbs": crumbs((contest.title, "")),
    }
    return render_page(request, "emulation/contest_detail.html", context, status=422 if refused else 200)


def _matter(contest: Contest, stage: Stage) -> Matter:
    return Matter("sheet", contest.area_id, stage)


def _facts(contest: Contest) -> list[dict[str, Any]]:
    return [
        {
            "label": "Bộ tiêu chí",
            "value": str(contest.criteria),
            "url": reverse("criteria-detail", args=[contest.criteria_id]),
        },
        {"label": "Chương trình", "value": str(contest.programme or "")},
        {"label": "Kỳ của số liệu", "value": parse_period(contest.period_code).label()},
        {"label": "Hạn tự chấm", "value": date_text(contest.due_on), "kind": "num"},
        {"label": "Nhận kiến nghị", "value": f"{contest.appeal_days} ngày sau khi công bố"},
        {"label": "Người lập", "value": contest.written_by.full_name},
    ]


def _running(places: list[tuple[Sheet, Place]]) -> list[dict[str, Any]]:
    return [
        {
            "sheet": sheet,
            "block": place.entry.block,
            "points": points_text(place.entry.points),
            "place": place.place,
            "is_tied": place.is_tied,
            "state": STAGE_BADGES[Stage(sheet.stage)],
            "label": STAGE_LABELS[Stage(sheet.stage)],
        }
        for sheet, place in places
    ]


def _results(contest: Contest) -> list[dict[str, Any]]:
    last = selectors.last_publication(contest)
    return [
        {
            "sheet": result.sheet,
            "block": result.block,
            "points": points_text(result.points),
            "place": result.place,
            "is_tied": result.is_tied,
            "state": STAGE_BADGES[Stage.PUBLISHED],
            "label": STAGE_LABELS[Stage.PUBLISHED],
        }
        for result in (selectors.results_of(last) if last else [])
    ]


def _blocks(rows: list[dict[str, Any]], seen: set[UUID], sees_points: bool = True) -> list[dict[str, Any]]:
    """The rows by block. Before publication a unit sees its own points and nobody else's, and no place."""
    blocks: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        row["url"] = reverse("sheet-detail", args=[row["sheet"].pk]) if row["sheet"].pk in seen else ""
        if not sees_points:
            row["place"] = row["is_tied"] = ""
            row["points"] = row["points"] if row["url"] else ""
        blocks.setdefault(row["block"], []).append(row)
    return [{"name": name, "rows": mine} for name, mine in blocks.items()]


def _votes(contest: Contest) -> list[dict[str, Any]]:
    found = []
    for vote in contest.votes.filter(closed_at__isnull=False).order_by("-number"):
        results = list(vote.results.select_related("sheet").order_by("sheet__block", "sheet__name"))
        voted = VoteMark.objects.filter(juror__vote=vote).count()
        found.append({"vote": vote, "results": results, "voted": voted, "members": vote.jurors.count()})
    return found


def _steps(one: Visit, contest: Contest, places: list[tuple[Sheet, Place]], is_voting: bool) -> dict[str, Any]:
    """What the visitor may do with the contest now."""
    state = ContestState(contest.state)
    stages = {sheet.stage for sheet, _ in places}
    is_open = state is ContestState.OPEN
    return {
        "open": state is ContestState.DRAFT and one.can("approve", contest),
        "cancel": state in (ContestState.DRAFT, ContestState.OPEN) and one.can("cancel", contest),
        "open_vote": is_open and not is_voting and Stage.COUNCIL in stages and one.can("manage", contest),
        "close_vote": is_open and is_voting and one.can("manage", contest),
        "publish": is_open and stages == {Stage.STANDING} and one.can("publish", publishing.publish_matter(contest)),
        "waits": is_open and one.can("publish", publishing.publish_matter(contest)) and stages != {Stage.STANDING},
        "seen": publishing.hash_of(places) if places else "",
    }


@login_required
@require_POST
def contest_step(request: HttpRequest, contest_id: UUID) -> HttpResponse:
    """Open, cancel or publish a contest; open or count a vote."""
    one = visit(request)
    contest = contest_or_404(one, contest_id)
    form = Typed(request.POST)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    doers = _doers(one, contest, said)
    if said["do"] not in doers:
        raise Http404
    act, words = doers[said["do"]]
    try:
        act()
    except DomainError as refused:
        return contest_page(request, one, contest, str(refused))
    return redirect_with(request, words, reverse("contest-detail", args=[contest.pk]))


def _doers(one: Visit, contest: Contest, said: Mapping[str, Any]) -> dict[str, tuple[Callable[[], object], str]]:
    given: dict[str, Any] = {"now": one.now, "by": one.user}
    seen: dict[str, Any] = {"contest": contest, "revision": said["revision"] or 0}
    vote = contest.votes.filter(closed_at__isnull=True).first()
    doers: dict[str, tuple[Callable[[], object], str]] = {
        "open": (lambda: services.open_contest(**seen, **given), "Đã mở đợt thi đua. Các đơn vị tự chấm được rồi."),
        "cancel": (
            lambda: services.cancel_contest(**seen, reason=said["reason"], **given),
            "Đã hủy đợt thi đua, kèm lý do.",
        ),
        "open-vote": (
            lambda: services.open_vote(**seen, **given),
            "Đã mở bỏ phiếu kín. Mỗi thành viên thấy phiếu của mình ở trang chủ.",
        ),
        "publish": (
            lambda: services.publish_contest(**seen, typed=said["typed"], content_hash=said["seen"], **given),
            "Đã công bố. Phiếu và điểm giữ nguyên mãi mãi; đơn vị được kiến nghị trong thời hạn.",
        ),
    }
    if vote is not None:
        doers["close-vote"] = (lambda: services.close_vote(vote=vote, **given), "Đã kiểm phiếu.")
        doers["give-up-vote"] = (
            lambda: services.close_vote(vote=vote, gives_up=True, **given),
            "Đã hủy cuộc bỏ phiếu: không có kết quả nào được ghi.",
        )
    return doers
