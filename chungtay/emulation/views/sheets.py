"""One sheet: its points stage by stage with what changed between them, figures that open, scoring, handing on, appeals."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.access.rules import Matter
from chungtay.emulation import judging, minuting, recusing, scoring, selectors, services
from chungtay.emulation.forms import AnswerForm, ScoreForm, Typed
from chungtay.emulation.models import Appeal, Score, Sheet
from chungtay.emulation.rules import ACT_LABELS, SCORING, STAGE_LABELS, Act, ContestState, Stage
from chungtay.emulation.scoring import How, points_text
from chungtay.emulation.views.doors import STAGE_BADGES, Visit, crumbs, paper_answer, sheet_or_404, visit
from chungtay.evidence import services as files
from chungtay.evidence import serving
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import datetime_text
from chungtay.web.http import redirect_with, render_page

FORWARDS = {
    Stage.SELF: "Ký gửi phiếu tự chấm",
    Stage.DEPARTMENT: "Chuyển Hội đồng",
    Stage.COUNCIL: "Chuyển Thường trực",
}


@login_required
@require_safe
def sheet_detail(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Show a sheet."""
    one = visit(request)
    return sheet_page(request, one, sheet_or_404(one, sheet_id))


def sheet_page(
    request: HttpRequest,
    one: Visit,
    sheet: Sheet,
    *,
    refused: str = "",
    score: ScoreForm | None = None,
    answer: AnswerForm | None = None,
) -> HttpResponse:
    """Draw the page, also after a refused step, with what was typed."""
    standing = services.standing_of(sheet)
    stage = Stage(sheet.stage)
    is_open = sheet.contest.state == ContestState.OPEN
    is_near = stage is not Stage.SELF and bool(recusing.near(one.user, sheet.contest, [sheet], one.today))
    may = {act: is_open and not is_near and judging.may(one.keys, sheet, act) for act in Act}
    publication = selectors.last_publication(sheet.contest)
    reached = _reached(stage)
    context = {
        "one": one,
        "sheet": sheet,
        "contest": sheet.contest,
        "state": STAGE_BADGES[stage],
        "state_label": STAGE_LABELS[stage],
        "way": [
            {"label": STAGE_LABELS[s], "step": "now" if s is stage else "done" if _is_before(s, stage) else ""}
            for s in Stage
        ],
        "stages": [STAGE_LABELS[s] for s in reached],
        "rows": _rows(standing, reached),
        "total": points_text(standing.total),
        "most": points_text(sheet.contest.criteria.most),
        "result": publication.results.filter(sheet=sheet).first() if publication else None,
        "result_points": _result_points(sheet, publication),
        "publication": publication,
        "score": score or (_score_form(standing, stage) if may[Act.SCORE] else None),
        "forward": FORWARDS.get(stage) if may[Act.FORWARD] else None,
        "send_back": may[Act.SEND_BACK],
        "seen": standing.hash,
        "recused": is_near and _might(one, sheet),
        "appeals": _appeals(one, sheet),
        "answer": answer or AnswerForm(),
        "may_appeal": _may_appeal(one, sheet, publication),
        "events": _events(sheet),
        "refused": refused,
        "crumbs": crumbs((sheet.contest.title, reverse("contest-detail", args=[sheet.contest_id])), (sheet.name, "")),
    }
    is_wrong = bool(refused) or any(form is not None and form.is_bound for form in (score, answer))
    return render_page(request, "emulation/sheet_detail.html", context, status=422 if is_wrong else 200)


def _is_before(one: Stage, stage: Stage) -> bool:
    order = list(Stage)
    return order.index(one) < order.index(stage)


def _reached(stage: Stage) -> list[Stage]:
    """The stages whose points there are to compare."""
    return list(SCORING) if stage is Stage.PUBLISHED else list(SCORING[: SCORING.index(stage) + 1])


def _result_points(sheet: Sheet, publication: Any) -> str:
    found = publication.results.filter(sheet=sheet).first() if publication else None
    return points_text(found.points) if found else ""


def _rows(standing: judging.Standing, reached: list[Stage]) -> list[dict[str, Any]]:
    """A row for each criterion: the points of every stage, what the last change was and why, the figure behind it."""
    items = [one.item for one in standing.criteria]
    columns = [scoring.totals(items, selectors.given(selectors.holding(standing.scores, stage))) for stage in reached]
    columns[-1] = scoring.totals(items, standing.points)
    rows = []
    for one in standing.criteria:
        held = standing.held.get(one.number)
        points = [column[one.number] for column in columns]
        counted = standing.counted.get(one.number)
        rows.append(
            {
                "criterion": one,
                "is_group": one.how == How.GROUP,
                "depth": one.number.count("."),
                "formula": one.formula if one.indicator_id else "",
                "most": points_text(one.most),
                "points": [
                    {
                        "text": points_text(value),
                        "stage": STAGE_LABELS[stage],
                        "change": _change(points[at - 1], value) if at else "",
                    }
                    for at, (stage, value) in enumerate(zip(reached, points, strict=True))
                ],
                "figure": counted.as_json() | {"url": counted.url} if counted else _frozen_figure(held),
                "note": held.note if held else "",
                "by": f"{held.by.full_name}, {STAGE_LABELS[Stage(held.stage)].lower()}" if held and held.note else "",
                "evidence": _evidence(standing, one.number),
            }
        )
    return rows


def _change(before: int, now: int) -> str:
    """The difference to the stage before, signed: "+2", "−1,5", "" for none."""
    if before == now:
        return ""
    return f"+{points_text(now - before)}" if now > before else f"−{points_text(before - now)}"


def _frozen_figure(held: Score | None) -> dict[str, Any]:
    said: dict[str, Any] = dict(held.figure) if held else {}
    if said.get("trace"):
        said["url"] = reverse("figure-trace", args=[said["trace"]])
    return said


def _evidence(standing: judging.Standing, number: str) -> list[dict[str, str]]:
    return [
        {"name": row.evidence.name, "url": reverse("sheet-evidence", args=[standing.sheet.pk, row.pk])}
        for row in standing.scores
        if row.criterion.number == number and row.evidence is not None
    ]


def _score_form(standing: judging.Standing, stage: Stage, data: Any = None, sent: Any = None) -> ScoreForm:
    people = [one for one in standing.criteria if one.how == How.PEOPLE]
    held = {one.pk: standing.held.get(one.number) for one in people}
    initial: dict[str, Any] = {"revision": standing.sheet.revision}
    for key, row in held.items():
        if row is not None:
            initial |= {f"points-{key}": row.points, f"note-{key}": row.note if row.stage == stage else ""}
    return ScoreForm(data, sent, criteria=people, asks_file=stage is Stage.SELF, initial=initial)


def _might(one: Visit, sheet: Sheet) -> bool:
    return any(judging.may(one.keys, sheet, act) for act in Act)


def _may_appeal(one: Visit, sheet: Sheet, publication: Any) -> bool:
    return (
        publication is not None
        and one.today <= publication.appeal_until
        and one.can("appeal", sheet)
        and not Appeal.objects.filter(sheet=sheet, publication=publication).exists()
    )


def _appeals(one: Visit, sheet: Sheet) -> list[dict[str, Any]]:
    rows = sheet.appeals.select_related("by", "publication", "answer__by").order_by("-at")
    return [
        {
            "appeal": row,
            "answer": getattr(row, "answer", None),
            "points": points_text(row.answer.points)
            if getattr(row, "answer", None) and row.answer.points is not None
            else "",
            "may_answer": not hasattr(row, "answer") and one.can("answer", _answering(sheet, row)),
        }
        for row in rows
    ]


def _answering(sheet: Sheet, row: Appeal) -> Matter:
    return Matter("sheet", sheet.contest.area_id, Stage.PUBLISHED, frozenset({row.by_id}))


def _events(sheet: Sheet) -> list[dict[str, Any]]:
    return [
        {
            "when": datetime_text(step.at),
            "what": f"{step.by.full_name if step.by else 'Hệ thống'} {ACT_LABELS[Act(step.act)]}"
            + (f": {points_text(step.points)} điểm" if step.points is not None else ""),
            "state": STAGE_BADGES[Stage(step.stage)],
            "note": step.reason,
        }
        for step in sheet.steps.select_related("by").order_by("-id")
    ]


@login_required
@require_POST
def sheet_score(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Score the criteria that people score."""
    one = visit(request)
    sheet = sheet_or_404(one, sheet_id)
    form = _score_form(services.standing_of(sheet), Stage(sheet.stage), request.POST, request.FILES)
    if form.is_valid():
        try:
            given = {
                number: services.Given(
                    points, note, files.keep(upload=sent, now=one.now, by=one.user) if sent else None
                )
                for number, points, note, sent in form.said()
            }
        except DomainError as refused:
            form.add_error(None, str(refused))
            return sheet_page(request, one, sheet, score=form)
        revision = form.cleaned_data["revision"]
        if form.try_(services.save_scores, sheet=sheet, given=given, revision=revision, now=one.now, by=one.user):
            return redirect_with(request, "Đã ghi điểm.", reverse("sheet-detail", args=[sheet.pk]))
    return sheet_page(request, one, sheet, score=form)


@login_required
@require_POST
def sheet_step(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Hand a sheet on, send it back, or appeal against its result."""
    one = visit(request)
    sheet = sheet_or_404(one, sheet_id)
    form = Typed(request.POST)
    if not form.is_valid() or form.cleaned_data["do"] not in ("forward", "send-back", "appeal"):
        raise Http404
    said = form.cleaned_data
    given: dict[str, Any] = {"sheet": sheet, "now": one.now, "by": one.user}
    revision = said["revision"] or 0
    try:
        if said["do"] == "forward":
            services.forward(**given, content_hash=said["seen"], revision=revision)
            words = "Đã chuyển phiếu sang bước sau."
        elif said["do"] == "send-back":
            services.send_back(**given, reason=said["reason"], revision=revision)
            words = "Đã trả lại phiếu, kèm lý do."
        else:
            services.file_appeal(**given, text=said["reason"])
            words = "Đã gửi kiến nghị. Người khác sẽ trả lời ngay trên trang này."
    except DomainError as refused:
        return sheet_page(request, one, sheet, refused=str(refused))
    return redirect_with(request, words, reverse("sheet-detail", args=[sheet.pk]))


@login_required
@require_POST
def appeal_answer(request: HttpRequest, sheet_id: UUID, appeal_id: UUID) -> HttpResponse:
    """Answer an appeal."""
    one = visit(request)
    sheet = sheet_or_404(one, sheet_id)
    appeal = sheet.appeals.filter(pk=appeal_id).select_related("publication__contest").first()
    if appeal is None:
        raise Http404
    one.require("answer", _answering(sheet, appeal))
    form = AnswerForm(request.POST)
    if form.is_valid() and form.try_(
        services.answer_appeal, appeal=appeal, now=one.now, by=one.user, **form.cleaned_data
    ):
        words = (
            "Đã trả lời và công bố lại kết quả." if form.cleaned_data["points"] is not None else "Đã trả lời kiến nghị."
        )
        return redirect_with(request, words, reverse("sheet-detail", args=[sheet.pk]))
    return sheet_page(request, one, sheet, answer=form)


@login_required
@require_safe
def sheet_paper(request: HttpRequest, sheet_id: UUID, kind: str) -> HttpResponse:
    """Answer with the report of achievements of an entrant, as PDF or Word."""
    one = visit(request)
    sheet = sheet_or_404(one, sheet_id)
    return paper_answer(minuting.achievements(sheet, sheet.contest.is_sample), "bao-cao-thanh-tich", kind)


@login_required
@require_safe
def sheet_evidence(request: HttpRequest, sheet_id: UUID, score_id: int) -> HttpResponse:
    """Send a file that a score rests on."""
    one = visit(request)
    sheet = sheet_or_404(one, sheet_id)
    row = sheet.scores.filter(pk=score_id, evidence__isnull=False).select_related("evidence").first()
    if row is None or row.evidence is None:
        raise Http404
    return serving.answer(row.evidence)
