"""The lines of an account: the list, found by words, days and amounts; and the permanent page of one of them."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.banking.masking import mask_account, scrub
from chungtay.banking.matching import Proposal
from chungtay.funds import bank_forms as forms
from chungtay.funds import selectors
from chungtay.funds.bank.listing import Lines
from chungtay.funds.bank_views.doors import STATES, AccountVisit, account_visit, line_visit, seen_of, state_of
from chungtay.funds.models import LineLink, LineMark, LineState, Pledge, StatementLine, Voucher
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text, datetime_text
from chungtay.textsearch.highlights import highlights
from chungtay.textsearch.query import Query
from chungtay.web.http import render_page

ON_A_PAGE = 50
Pieces = list[tuple[str, bool]]


@login_required
@require_safe
def bank_line_list(request: HttpRequest, fund_id: UUID, account_id: UUID) -> HttpResponse:
    """Show the lines of an account, newest first, fifty a page."""
    at = account_visit(request, fund_id, account_id)
    form = forms.LineFilter(request.GET)
    asked = form.asked()
    found = Lines(at.account, asked)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    query = Query(asked.words)
    context = {
        "one": at.one,
        "at": at,
        "form": form,
        "is_narrowed": any(request.GET.get(name) for name in form.fields if name != "xep"),
        "state": asked.state,
        "states": [("", "Tất cả"), *((state, label) for state, (_, label) in STATES.items())],
        "page": page,
        "total": found.total,
        "rows": [_row(at, line, query) for line in cast("list[StatementLine]", page.object_list)],
        "crumbs": at.crumbs(),
    }
    return render_page(request, "funds/bank_line_list.html", context, status=422 if form.errors else 200)


def _row(at: AccountVisit, line: StatementLine, query: Query) -> dict[str, Any]:
    state, label = state_of(line)
    return {
        "line": line,
        "url": reverse("bank-line-detail", args=[at.one.fund.pk, line.pk]),
        "name": pieces(line.party_name, query),
        "party": mask_account(line.party_account),
        "text": pieces(scrub(line.text), query),
        "ref": pieces(line.ref, query),
        "state": state,
        "state_label": label,
        "is_plain": state != "explain",  # the normal case recedes
    }


def pieces(text: str, query: Query) -> Pieces:
    """Return a text in pieces, each with whether it was looked for."""
    found, end = [], 0
    for start, stop in highlights(text, query) if query.words else []:
        found += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return [piece for piece in (*found, (text[end:], False)) if piece[0]]


@login_required
@require_safe
def bank_line_detail(request: HttpRequest, fund_id: UUID, line_id: int) -> HttpResponse:
    """Show one line: what the bank said, what people said of it, what may explain it."""
    return line_page(request, *line_visit(request, fund_id, line_id))


def line_page(
    request: HttpRequest,
    at: AccountVisit,
    line: StatementLine,
    *,
    parts: Sequence[forms.VoucherPart] | None = None,
    out: forms.LeaveOut | None = None,
    back: forms.TakeBack | None = None,
    reveal: forms.Reveal | None = None,
    party: str = "",
    refused: str = "",
) -> HttpResponse:
    """Draw a line with the forms as they were sent; `party` is the full account when it was asked for."""
    seen = {"seen": seen_of(line)}
    state, state_label = state_of(line)
    is_open = state == "explain"
    wrong = any(form is not None and form.errors for form in (out, back, reveal, *(parts or ())) if form)
    context = {
        "one": at.one,
        "at": at,
        "line": line,
        "amount": line.credit + line.debit,
        "state": state,
        "state_label": state_label,
        "is_open": is_open,
        "links": _links(at, line),
        "proposals": _proposals(at, line) if is_open else [],
        "memo": line.text if party else scrub(line.text),
        "facts": _facts(at, line, party),
        "events": _events(at, line),
        "party": party,
        "masked": mask_account(line.party_account),
        "parts": parts or forms.parts_of(None),
        "is_typed": parts is not None,
        "settle": forms.ExplainLine(initial=seen),
        "out": out or forms.LeaveOut(initial=seen),
        "back": back or forms.TakeBack(initial=seen),
        "reveal": (reveal or forms.Reveal()) if at.one.can("reveal", at.account) else None,
        "refused": refused,
        "draft_kind": ("phieu-thu", "Lập phiếu thu từ dòng này")
        if line.credit
        else ("phieu-chi", "Lập phiếu chi từ dòng này"),
        "crumbs": at.crumbs((f"Dòng {line.pk}", "")),
    }
    return render_page(request, "funds/bank_line_detail.html", context, status=422 if refused or wrong else 200)


def _links(at: AccountVisit, line: StatementLine) -> list[dict[str, Any]]:
    """What explains the line by the last word on it."""
    if not hasattr(line, "standing"):
        return []
    links = LineLink.objects.filter(mark=line.standing.mark_id).select_related("voucher").order_by("id")
    return [{"voucher": link.voucher, "url": _voucher_url(at, link.voucher), "amount": link.amount} for link in links]


def _voucher_url(at: AccountVisit, voucher: Voucher) -> str:
    return reverse("voucher-detail", args=[at.one.fund.pk, str(voucher)])


def _proposals(at: AccountVisit, line: StatementLine) -> list[dict[str, Any]]:
    """What may explain the line, best first: vouchers that can be accepted at once, promises that need a receipt first."""
    found = selectors.proposals_for(at.account, [line]).get(line.pk)
    if found is None:
        return []
    keys = [proposal.candidate.id for proposal in found.proposals]
    vouchers = Voucher.objects.in_bulk([int(key[1:]) for key in keys if key[0] == "v"])
    pledges = Pledge.objects.in_bulk([UUID(key[1:]) for key in keys if key[0] == "p"])
    return [_proposal(at, line, proposal, vouchers, pledges) for proposal in found.proposals]


def _proposal(
    at: AccountVisit,
    line: StatementLine,
    proposal: Proposal,
    vouchers: dict[int, Voucher],
    pledges: dict[UUID, Pledge],
) -> dict[str, Any]:
    key = proposal.candidate.id
    said = {"score": proposal.score, "reasons": proposal.reasons, "key": forms.ExplainLine()["key"].initial}
    if key[0] == "p":
        pledge = pledges[UUID(key[1:])]
        title = f"Đăng ký ủng hộ của {pledge.donor}, ngày {date_text(pledge.pledged_on)}"
        return said | {"title": title, "amount": pledge.amount, "is_pledge": True}
    voucher = vouchers[int(key[1:])]
    return said | {
        "title": f"{voucher}, ngày {date_text(voucher.occurred_on)}",
        "who": voucher.party,
        "memo": voucher.memo,
        "url": _voucher_url(at, voucher),
        "voucher": voucher,
        "amount": abs(proposal.candidate.amount),
        "is_whole": proposal.candidate.amount == line.credit - line.debit,
    }


def _facts(at: AccountVisit, line: StatementLine, party: str) -> list[dict[str, Any]]:
    by = line.file.by.full_name if line.file.by else "dòng lệnh"
    facts = [
        {"label": "Ngày hạch toán", "value": date_text(line.booked_on)},
        {"label": "Ngày hiệu lực", "value": date_text(line.value_on) if line.value_on else ""},
        {"label": "Số tham chiếu", "value": line.ref},
        {"label": "Số dư sau dòng này", "value": _amount_text(line.balance), "kind": "num"},
        {"label": "Bên kia", "value": line.party_name},
        {"label": "Tài khoản bên kia", "value": party or mask_account(line.party_account), "kind": "num"},
        {"label": "Ngân hàng bên kia", "value": line.party_bank},
        {"label": "Tệp", "value": line.file.name},
        {"label": "Dòng trong tệp", "value": str(line.row)},
        {"label": "Nhận lúc", "value": f"{datetime_text(line.file.at)}, {by}"},
    ]
    if line.corrects_id:
        url = reverse("bank-line-detail", args=[at.one.fund.pk, line.corrects_id])
        facts.append({"label": "Đính chính cho", "value": f"Dòng {line.corrects_id}", "url": url})
    return facts


def _amount_text(amount: int | None) -> str:
    return "" if amount is None else format_integer(amount)


def _events(at: AccountVisit, line: StatementLine) -> list[dict[str, str]]:
    """What people said of the line, newest first, and at the end its arrival."""
    marks = LineMark.objects.filter(line=line).select_related("by").prefetch_related("links__voucher")
    events = []
    for mark in marks.order_by("-id"):
        vouchers = ", ".join(str(link.voucher) for link in mark.links.all())
        state = STATES[mark.state][0]
        what = f"{mark.by.full_name}: {LineState(mark.state).label}" + (f" với {vouchers}" if vouchers else "")
        events.append({"when": datetime_text(mark.at), "what": what, "note": mark.reason, "state": state})
    by = line.file.by.full_name if line.file.by else "Dòng lệnh"
    arrival = {"when": datetime_text(line.file.at), "what": f"{by} nhận từ tệp {line.file.name}", "state": "submitted"}
    return [*events, arrival]
