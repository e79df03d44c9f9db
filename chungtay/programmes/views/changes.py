"""Changes between a programme and its plans: what came from above, what was told below and who has answered; new words."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.places import selectors as places
from chungtay.programmes import services
from chungtay.programmes.answering import matter_of
from chungtay.programmes.forms import AnswerForm, DecideForm, RewordForm
from chungtay.programmes.link_rules import ANSWER_WORDS, STAND_WORDS, Piece, Stand, Way, difference
from chungtay.programmes.links import Shown, Standing, changes_of, shown_by, standings_of, thing_of
from chungtay.programmes.models import Answer, Change
from chungtay.programmes.registry import kind_of
from chungtay.programmes.views.doors import Visit, frame, visit
from chungtay.programmes.wordings import version_of
from chungtay.web.forms import Form
from chungtay.web.http import redirect_with, render_page

BADGES = {Stand.OPEN: "not_started", Stand.DRAFTED: "for_signing", Stand.PASSED: "none"}
ANSWERED = {Way.TAKE: "approved", Way.ADAPT: "info", Way.DECLINE: "returned"}


@login_required
@require_safe
def change_list(request: HttpRequest, code: str) -> HttpResponse:
    """Show what came from above, what the plan shows of it, and for what was changed here how each plan below has answered."""
    one = visit(request, code)
    came = standings_of([one.programme])
    told = changes_of(one.programme)
    names = places.names_on({s.proposal.plan.area_id for _, below in told for s in below}, one.today) if told else {}
    context = frame(
        one,
        "change-list",
        came=[_came(standing) for standing in reversed(came)],
        shows=[_shown(one_thing) for one_thing in shown_by(one.programme)],
        told=[_told(change, below, names) for change, below in told],
        areas=list(one.programme.areas_of_work.order_by("number")) if one.may_reword else [],
        has_plans=one.programme.plans.exists(),
    )
    return render_page(request, "programmes/change_list.html", context)


def _came(one: Standing) -> dict[str, Any]:
    state, label = _badge(one)
    return {
        "proposal": one.proposal,
        "change": one.change,
        "noun": kind_of(one.change).noun,
        "pieces": _pieces(one.change, one.proposal.held, one.change.after),
        "state": state,
        "label": label,
    }


def _shown(thing: Shown) -> dict[str, Any]:
    held = [one for one in thing.because if one.holding is not None]
    why = f"{ANSWER_WORDS[Way(held[-1].holding.way)]}" if held and held[-1].holding else "Chưa trả lời thay đổi nào"
    value = kind_of(thing.change).show(thing.change, thing.value)
    last = held[-1] if held else thing.because[-1]
    return {"change": thing.change, "value": value, "why": why, "proposal": last.proposal}


def _told(change: Change, below: list[Standing], names: dict[UUID, str]) -> dict[str, Any]:
    answered = sum(1 for one in below if one.stand is Stand.ANSWERED)
    rows = []
    for one in below:
        state, label = _badge(one)
        own = one.holding is not None and one.holding.way == Way.ADAPT
        value = kind_of(change).show(change, one.holding.value) if own and one.holding else ""
        reason = one.holding.reason if one.holding else ""
        plan = one.proposal.plan
        rows.append(
            {"name": names[plan.area_id], "plan": plan, "state": state, "label": label, "value": value, "why": reason}
        )
    return {
        "change": change,
        "noun": kind_of(change).noun,
        "pieces": _pieces(change, change.before, change.after),
        "answered": answered,
        "rows": sorted(rows, key=lambda row: row["name"]),
    }


def _badge(one: Standing) -> tuple[str, str]:
    if one.holding is not None:
        way = Way(one.holding.way)
        return ANSWERED[way], ANSWER_WORDS[way]
    if one.stand is Stand.OPEN and one.last is not None:
        return "returned", "Dự thảo bị trả lại"
    return BADGES[one.stand], STAND_WORDS[one.stand]


def _pieces(change: Change, before: str, after: str) -> list[Piece]:
    kind = kind_of(change)
    return difference(kind.show(change, before), kind.show(change, after))


@login_required
@require_http_methods(["GET", "POST"])
def proposal_detail(request: HttpRequest, code: str, proposal_id: UUID) -> HttpResponse:
    """Show a change from above beside what the plan holds; take a drafted answer, or the decision on one."""
    one = visit(request, code)
    standings = standings_of([one.programme])
    standing = next((found for found in standings if found.proposal.pk == proposal_id), None)
    if standing is None:
        raise Http404
    kind = kind_of(standing.change)
    initial = {
        "seen": len(standing.answers),
        "way": Way.TAKE,
        "typed": kind.offer(standing.change.after),
    }
    if standing.last is not None:
        initial |= {"way": standing.last.way, "reason": standing.last.reason}
    answer, deciding = AnswerForm(initial=initial), DecideForm(initial={"seen": len(standing.answers)})
    if request.method == "POST":
        done, said = False, ""
        if request.POST.get("do") in ("hold", "back"):
            deciding = DecideForm(request.POST)
            done, said = _decide(request, one, standing, deciding)
        else:
            answer = AnswerForm(request.POST)
            done, said = _draft(one, standing, answer)
        if done:
            return redirect_with(request, said, reverse("proposal-detail", args=[code, proposal_id]))
    state, label = _badge(standing)
    matter = matter_of(standing)
    can_draft = standing.stand in (Stand.OPEN, Stand.DRAFTED) and one.keys.can("edit", matter)
    can_decide = standing.stand is Stand.DRAFTED and one.keys.can("approve", matter)
    later = [s for s in standings if thing_of(s.change) == thing_of(standing.change)][-1]
    context = frame(
        one,
        "change-list",
        (standing.change.label, ""),
        standing=standing,
        change=standing.change,
        kind=kind,
        held=kind.show(standing.change, standing.proposal.held),
        after=kind.show(standing.change, standing.change.after),
        pieces=_pieces(standing.change, standing.proposal.held, standing.change.after),
        above=places.name_on(standing.change.programme.area_id, one.today),
        state=state,
        label=label,
        answers=[_answer(standing, row) for row in reversed(standing.answers)],
        answer=answer if can_draft else None,
        deciding=deciding if can_decide else None,
        waits_for_other=standing.stand is Stand.DRAFTED and not can_decide,
        later=later.proposal if later.proposal.pk != proposal_id else None,
    )
    status = 422 if request.method == "POST" else 200
    return render_page(request, "programmes/proposal_detail.html", context, status=status)


def _draft(one: Visit, standing: Standing, form: AnswerForm) -> tuple[bool, str]:
    if not form.is_valid():
        return False, ""
    given = form.cleaned_data | {"way": Way(form.cleaned_data["way"])}
    done = form.try_(services.draft_answer, proposal=standing.proposal, now=one.now, by=one.user, **given)
    return done, "Đã lưu dự thảo trả lời. Lãnh đạo đơn vị sẽ quyết định."


def _decide(request: HttpRequest, one: Visit, standing: Standing, form: Form) -> tuple[bool, str]:
    if not form.is_valid():
        return False, ""
    holds = request.POST["do"] == "hold"
    done = form.try_(
        services.decide, proposal=standing.proposal, holds=holds, now=one.now, by=one.user, **form.cleaned_data
    )
    return done, "Đã trả lời cấp trên." if holds else "Đã trả dự thảo lại, kèm ý kiến."


def _answer(standing: Standing, row: Answer) -> dict[str, Any]:
    value = kind_of(standing.change).show(standing.change, row.value)
    decision = getattr(row, "decision", None)
    return {"row": row, "words": ANSWER_WORDS[Way(row.way)], "value": value, "decision": decision}


@login_required
@require_http_methods(["GET", "POST"])
def area_reword(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Give an area of work new words; the plans below are told."""
    one = visit(request, code)
    one.require("programme")
    area = one.programme.areas_of_work.filter(number=number).first()
    if area is None:
        raise Http404
    initial = {"title": area.title, "seen": version_of(area)}
    form = RewordForm(request.POST if request.method == "POST" else None, initial=initial)
    who = {"now": one.now, "by": one.user}
    if form.is_valid() and form.try_(services.reword, area_of_work=area, **form.cleaned_data, **who):
        count = one.programme.plans.count()
        said = f"Đã đổi lời. {count} kế hoạch cấp dưới nhận được thay đổi này." if count else "Đã đổi lời."
        return redirect_with(request, said, reverse("change-list", args=[code]))
    context = frame(
        one,
        "change-list",
        (f"Đổi lời nội dung {number}", ""),
        form=form,
        area=area,
        versions=list(area.wordings.order_by("-number")),
    )
    return render_page(request, "programmes/area_reword.html", context, status=422 if form.is_bound else 200)
