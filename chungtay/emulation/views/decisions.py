"""Award decisions: the list, writing one, its checks and computation, its papers and certificates, issuing and paying."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chungtay.access.rules import Matter
from chungtay.emulation import awarding, nominating, printing, selectors, services
from chungtay.emulation.forms import AwardRow, DecisionForm, Typed
from chungtay.emulation.models import Contest, Decision, Sheet
from chungtay.emulation.rules import AWARD_LABELS, FORM_LABELS, MONEY_LABELS, AwardState, Form, MoneyFrom, Recipient
from chungtay.emulation.services import Line
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
from chungtay.funds.models import Fund
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.places.rules import BodyKind
from chungtay.programmes.models import Programme
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
        "may_edit": one.can("edit", decision),
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


# ---------------------------------------------------------------- writing


@login_required
@require_http_methods(["GET", "POST"])
def decision_create(request: HttpRequest) -> HttpResponse:
    """Write a decision; ?dot=<contest> begins with the first places of that contest."""
    one = visit(request)
    area = one.home("edit", "award")
    if area is None:
        home = one.home("view", "award")
        if home is not None:
            one.require("edit", Matter("award", home.pk, AwardState.DRAFT))
        raise PermissionDenied("Bạn chưa có quyền lập quyết định khen thưởng. Hãy báo quản trị hệ thống.")
    contest = _contest(one, area, request.GET.get("dot", ""))
    data = request.POST if request.method == "POST" else None
    head = DecisionForm(data, initial=_initial(one, area, contest), **_offered(one, area))
    rows = _rows(data, contest)
    wants_rows = data is not None and data.get("do") == "add-row"
    if wants_rows:
        rows += [AwardRow(None, prefix=f"a{at}", initial={"kind": "person"}) for at in range(len(rows), len(rows) + 5)]
    elif data is not None and all([head.is_valid(), *(row.is_valid() for row in rows)]):
        body = places.body_at(area.pk, BodyKind.UBND)

        def write() -> Decision:
            content = services.Content(**head.said(), contest=contest, lines=_lines(rows, contest))
            return services.write_decision(body=body, content=content, now=one.now, by=one.user)

        if head.try_(write):
            words = "Đã lập dự thảo. Người khác xem, ghi số và ban hành."
            return redirect_with(request, words, reverse("decision-detail", args=[head.result.pk]))
    context = {
        "head": head,
        "rows": rows,
        "contest": contest,
        "place": places.name_on(area.pk, one.today),
        "crumbs": crumbs(("Quyết định khen thưởng", reverse("decision-list")), ("Lập quyết định", "")),
    }
    is_wrong = data is not None and not wants_rows
    return render_page(request, "emulation/decision_form.html", context, status=422 if is_wrong else 200)


def _contest(one: Visit, area: Area, key: str) -> Contest | None:
    try:
        found = selectors.contests_seen_by(one.keys).filter(pk=UUID(key), area=area).first()
    except ValueError:
        return None
    return found


def _offered(one: Visit, area: Area) -> dict[str, Any]:
    seen = one.keys.areas_for("view", "programme")
    return {
        "programmes": list(Programme.objects.filter(area_id__in=seen).order_by("-signed_on")),
        "funds": list(Fund.objects.filter(body__area=area, purposes__code=awarding.PURPOSE).distinct()),
    }


def _initial(one: Visit, area: Area, contest: Contest | None) -> dict[str, Any]:
    name = places.name_on(area.pk, one.today)
    return {
        "signed_on": one.today,
        "place": name.split(" ", 2)[-1] if name.lower().startswith("thành phố") else name,
        "position": "CHỦ TỊCH",
        "programme": str(contest.programme_id or "") if contest else "",
        "merit": f"Đã có thành tích xuất sắc trong {contest.title[:1].lower()}{contest.title[1:]}" if contest else "",
        "money": MoneyFrom.BUDGET,
    }


def _rows(data: Any, contest: Contest | None) -> list[AwardRow]:
    if data is not None:
        try:
            count = min(max(int(data.get("rows", "0")), 0), MOST_ROWS)
        except ValueError:
            count = 0
        return [AwardRow(data, prefix=f"a{at}") for at in range(count)]
    first = []
    last = selectors.last_publication(contest) if contest else None
    carried = selectors.carried_in(contest) if contest else None
    for result in selectors.results_of(last) if last else []:
        if carried is None or str(result.sheet_id) in carried:
            achievement = f"Hạng {_nth(result.place)} {result.block.lower()}"
            first.append(
                {
                    "kind": "collective",
                    "name": result.sheet.name,
                    "achievement": achievement,
                    "sheet": str(result.sheet_id),
                }
            )
    rows = [*first, *({"kind": "collective"} for _ in range(ROWS))]
    return [AwardRow(None, prefix=f"a{at}", initial=row) for at, row in enumerate(rows)]


WORDS = ("nhất", "nhì", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")


def _nth(place: int) -> str:
    return WORDS[place - 1] if place <= len(WORDS) else "tiếp theo"


def _lines(rows: list[AwardRow], contest: Contest | None) -> list[Line]:
    keys = {str(sheet.pk): sheet for sheet in contest.sheets.all()} if contest else dict[str, Sheet]()
    return [
        Line(
            row.recipient,
            row.cleaned_data["name"],
            row.cleaned_data["achievement"],
            keys.get(row.cleaned_data["sheet"]),
        )
        for row in rows
        if row.cleaned_data.get("name")
    ]


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
