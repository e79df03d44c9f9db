"""Award decisions: the list, one with its checks and computation, its papers and certificates, issuing and paying."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.emulation import awarding, nominating, printing, selectors, services
from chungtay.emulation.forms import Typed
from chungtay.emulation.models import Decision
from chungtay.emulation.rules import AWARD_LABELS, FORM_LABELS, MONEY_LABELS, AwardState, Form, MoneyFrom, Recipient
from chungtay.emulation.views.doors import (
    AWARD_BADGES,
    PDF,
    Visit,
    crumbs,
    decision_or_404,
    file_answer,
    paper_answer,
    tabs,
    visit,
)
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import date_text
from chungtay.web.http import redirect_with, render_page

PER_PAGE, ROWS, MOST_ROWS = 30, 5, 300


@login_required
@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    """Show the decisions in sight."""
    one = visit(request)
    page = Paginator(selectors.decisions_seen_by(one.keys), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "decision": row,
            "state": AWARD_BADGES[AwardState(row.state)],
            "label": AWARD_LABELS[AwardState(row.state)],
            "form": FORM_LABELS[Form(row.form)],
            "count": row.awards.count(),
        }
        for row in page.object_list
    ]
    context = {
        "rows": rows,
        "page": page,
        "tabs": tabs("decision-list"),
        "may_write": one.home("edit", "award") is not None,
        "crumbs": crumbs(("Quyết định khen thưởng", "")),
    }
    return render_page(request, "emulation/decision_list.html", context)


@login_required
@require_safe
def decision_detail(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Show a decision."""
    one = visit(request)
    return decision_page(request, one, decision_or_404(one, decision_id))


def decision_page(request: HttpRequest, one: Visit, decision: Decision, refused: str = "") -> HttpResponse:
    """Draw a decision, also after a refused step."""
    awards = list(decision.awards.select_related("sheet").order_by("position"))
    state = AwardState(decision.state)
    rewards = nominating.rewards_shown(decision, awards)
    entries = {one.award_id: one for one in decision.entries.filter(replaces=None)}
    payout = getattr(decision, "payout", None)
    context = {
        "decision": decision,
        "state": AWARD_BADGES[state],
        "state_label": AWARD_LABELS[state],
        "facts": _facts(decision),
        "found": awarding.checked(decision, one.today) if state is AwardState.DRAFT else [],
        "rows": [
            {
                "award": award,
                "kind": Recipient(award.kind),
                "reward": rewards.get(award.pk),
                "entry": entries.get(award.pk),
            }
            for award in awards
        ],
        "computed": _computed(rewards),
        "total": sum(one.amount for one in rewards.values()),
        "is_issued": state is AwardState.ISSUED,
        "may_edit": state is AwardState.DRAFT and one.can("edit", decision),
        "changes": decision.changes.select_related("by").order_by("-revision"),
        "may_issue": one.can("issue", decision),
        "may_pay": state is AwardState.ISSUED
        and decision.money == MoneyFrom.FUND
        and payout is None
        and one.can("fund", decision),
        "payout": payout,
        "refused": refused,
        "crumbs": crumbs(("Quyết định khen thưởng", reverse("decision-list")), (str(decision), "")),
    }
    return render_page(request, "emulation/decision_detail.html", context, status=422 if refused else 200)


def _facts(decision: Decision) -> list[dict[str, Any]]:
    contest = decision.contest
    return [
        {"label": "Cơ quan ban hành", "value": decision.body.name},
        {"label": "Hình thức", "value": FORM_LABELS[Form(decision.form)]},
        {"label": "Số", "value": decision.number},
        {"label": "Ngày ký", "value": date_text(decision.signed_on), "kind": "num"},
        {"label": "Người ký", "value": f"{decision.position}, {decision.signer}"},
        *(
            [{"label": "Đợt thi đua", "value": contest.title, "url": reverse("contest-detail", args=[contest.pk])}]
            if contest
            else []
        ),
        {"label": "Chương trình", "value": str(decision.programme or "")},
        {
            "label": "Nguồn tiền",
            "value": decision.fund.name if decision.fund else MONEY_LABELS[MoneyFrom(decision.money)],
        },
        {"label": "Người lập", "value": decision.written_by.full_name},
    ]


def _computed(rewards: Mapping[int, Any]) -> list[dict[str, Any]]:
    """Each different computation once, with how many it is of."""
    counts: dict[Any, int] = {}
    for one in rewards.values():
        counts[one] = counts.get(one, 0) + 1
    return [{"reward": one, "count": count, "sum": one.amount * count} for one, count in counts.items()]


# ---------------------------------------------------------------- steps and files


@login_required
@require_POST
def decision_step(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Issue a decision, drop a draft, or draft the voucher that pays."""
    one = visit(request)
    decision = decision_or_404(one, decision_id)
    form = Typed(request.POST)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    given: dict[str, Any] = {"decision": decision, "now": one.now, "by": one.user}
    revision = said["revision"] or 0
    doers: dict[str, tuple[Callable[[], object], str]] = {
        "issue": (
            lambda: services.issue_decision(**given, number=said["reason"], typed=said["typed"], revision=revision),
            "Đã ban hành. Giấy khen đã vào sổ và in được.",
        ),
        "drop": (lambda: services.drop_decision(**given, revision=revision), "Đã bỏ dự thảo."),
        "pay": (lambda: services.draft_payout(**given), "Đã lập nháp phiếu chi trong sổ quỹ. Kế toán ghi sổ rồi chi."),
    }
    if said["do"] not in doers:
        raise Http404
    act, words = doers[said["do"]]
    try:
        act()
    except DomainError as refused:
        return decision_page(request, one, decision, str(refused))
    return redirect_with(request, words, reverse("decision-detail", args=[decision.pk]))


@login_required
@require_safe
def decision_paper(request: HttpRequest, decision_id: UUID, paper: str, kind: str) -> HttpResponse:
    """Answer with a paper of the file: the proposal or the decision, as PDF or Word."""
    one = visit(request)
    decision = decision_or_404(one, decision_id)
    makers = {"to-trinh": nominating.proposal, "quyet-dinh": nominating.decision_paper}
    if paper not in makers:
        raise Http404
    return paper_answer(makers[paper](decision), paper, kind)


@login_required
@require_safe
def decision_certificates(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Answer with every certificate of a decision that holds, as one PDF to print."""
    one = visit(request)
    entries = selectors.entries_of(decision_or_404(one, decision_id))
    if not entries:
        raise Http404
    try:
        return file_answer(printing.certificates_pdf(entries, address_maker(request)), PDF, "giay-khen.pdf")
    except DomainError as refused:  # the key of the office does not open
        return decision_page(request, one, decision_or_404(one, decision_id), str(refused))


def address_maker(request: HttpRequest) -> Callable[[str], str]:
    """Return what makes the absolute address of the public page of a code."""
    return lambda code: request.build_absolute_uri(reverse("certificate-check", args=[code]))
