"""The vouchers of a fund: the list with its filters, one of them in full, and the sheet to print and sign."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.access.rules import Verdict
from chungtay.funds import forms, overview, searching, selectors
from chungtay.funds.accounts_offered import name_of
from chungtay.funds.bank.tracing import lines_of_vouchers
from chungtay.funds.models import Entry, ReversalAct, ReversalVerb, Voucher
from chungtay.funds.reversing import open_request
from chungtay.funds.rules import KIND_LABELS
from chungtay.funds.slips import voucher_pdf
from chungtay.funds.trail import trail_of
from chungtay.funds.views.doors import Visit, crumbs, visit, voucher_or_404, voucher_url
from chungtay.funds.views.rows import KINDS, kind_name, state_of, voucher_rows
from chungtay.kernel.text import date_text, datetime_text
from chungtay.kernel.words import amount_in_words
from chungtay.ledger.entries import VoucherKind
from chungtay.web.http import render_page

ON_A_PAGE = 50
MOST_STEPS = 20
PDF = "application/pdf"


@login_required
@require_safe
def voucher_list(request: HttpRequest, fund_id: UUID) -> HttpResponse:
    """Show the vouchers of a fund, newest first, and the drafts above them."""
    one = visit(request, fund_id)
    chart = selectors.chart()
    purposes = list(one.fund.purposes.order_by("name"))
    form = forms.VoucherFilter(
        request.GET,
        choices={
            "loai": [(kind.value, kind_name(kind)) for kind in KIND_LABELS],
            "muc_dich": [(searching.NO_PURPOSE, overview.UNRESTRICTED_NAME)] + [(p.code, p.name) for p in purposes],
            "trang_thai": list(searching.STATES.items()),
        },
    )
    asked = form.cleaned_data if form.is_valid() else {}
    page = Paginator(searching.vouchers_like(one.fund, asked, chart), ON_A_PAGE).get_page(request.GET.get("page"))
    drafts = list(overview.drafts(one.fund)) if page.number == 1 and not any(asked.values()) else []
    context = {
        "one": one,
        "form": form,
        "is_narrowed": any(value not in (None, "") for value in asked.values()),
        "page": page,
        "rows": voucher_rows(one, page.object_list),
        "drafts": [{"draft": draft, "kind": kind_name(draft.kind), "amount": _amount(draft.lines)} for draft in drafts],
        "kinds": [(slug, label) for slug, (_, label) in KINDS.items()] if one.may_draft else [],
        "crumbs": crumbs(one, ("Chứng từ", "")),
    }
    return render_page(request, "funds/voucher_list.html", context, status=422 if form.errors else 200)


def _amount(lines: list[dict[str, Any]]) -> int:
    return sum(int(line.get("amount", 0)) for line in lines)


@login_required
@require_safe
def voucher_detail(request: HttpRequest, fund_id: UUID, label: str) -> HttpResponse:
    """Show a voucher: its lines, who did what and when, its seal, and what may be done with it."""
    one = visit(request, fund_id)
    return voucher_page(request, one, voucher_or_404(one, label))


def voucher_page(
    request: HttpRequest,
    one: Visit,
    voucher: Voucher,
    *,
    pay: forms.Pay | None = None,
    ask: forms.AskReversal | None = None,
    decline: forms.DeclineReversal | None = None,
    refused: str = "",
) -> HttpResponse:
    """Draw a voucher with the forms as they were sent; `refused` is the sentence of a service."""
    chart = selectors.chart()
    waits = overview.unpaid(one.fund, chart).filter(pk=voucher.pk).exists()
    state, state_label = state_of(voucher, waits=waits)
    pay_verdict = one.keys.verdict("pay", voucher)
    asked = None if hasattr(voucher, "reversal") else open_request(voucher)
    is_final = hasattr(voucher, "reversal") or voucher.kind == VoucherKind.REVERSAL
    status = 422 if refused or any(form is not None and form.errors for form in (pay, ask, decline)) else 200
    context = {
        "one": one,
        "voucher": voucher,
        "kind": kind_name(voucher.kind),
        "state": state,
        "state_label": state_label,
        "lines": entry_lines(one, voucher),
        "words": amount_in_words(voucher.amount),
        "facts": _facts(one, voucher),
        "events": _events(voucher),
        "bank_lines": lines_of_vouchers([voucher.pk]).get(voucher.pk, []) if one.may("view", "statement") else [],
        **_trail(one, voucher),
        "waits": waits,
        "may_pay": waits and pay_verdict is Verdict.ALLOWED,
        "is_own_pay": waits and pay_verdict is Verdict.OWN_WORK,
        "asked": asked,
        "may_ask": one.may_draft and not is_final and asked is None,
        "may_reverse": asked is not None and asked.by_id != one.user.pk and one.can("reverse", voucher),
        "is_own_ask": asked is not None and asked.by_id == one.user.pk,
        "pay": pay or forms.Pay(),
        "ask": ask or forms.AskReversal(),
        "decline": decline or forms.DeclineReversal(),
        "confirm": forms.Confirm(),
        "refused": refused,
        "crumbs": crumbs(one, ("Chứng từ", reverse("voucher-list", args=[one.fund.pk])), (str(voucher), "")),
    }
    return render_page(request, "funds/voucher_detail.html", context, status=status)


def _trail(one: Visit, voucher: Voucher) -> dict[str, Any]:
    """Return where the money of a receipt went, or whose the money of a payment was; nothing for other kinds."""
    titles = {
        VoucherKind.RECEIPT: ("Khoản này đã dùng vào đâu", "Chưa dùng"),
        VoucherKind.IN_KIND_RECEIPT: ("Hiện vật này đã trao đi đâu", "Chưa trao"),
        VoucherKind.PAYMENT: ("Tiền này từ những khoản ủng hộ nào", "Từ số dư trước khi mở sổ"),
        VoucherKind.IN_KIND_ISSUE: ("Hiện vật này từ những khoản ủng hộ nào", "Từ số dư trước khi mở sổ"),
    }
    if hasattr(voucher, "reversal") or VoucherKind(voucher.kind) not in titles:
        return {}
    trail = trail_of(voucher)
    title, left_label = titles[VoucherKind(voucher.kind)]
    steps = [
        {
            "voucher": step.voucher,
            "url": reverse("voucher-detail", args=[one.fund.pk, step.voucher]),
            "amount": step.amount,
        }
        for step in trail.steps[:MOST_STEPS]
    ]
    more = trail.steps[MOST_STEPS:]
    return {
        "trail_title": title,
        "trail": steps,
        "trail_more": len(more),
        "trail_more_amount": sum(step.amount for step in more),
        "trail_left": trail.left,
        "trail_left_label": left_label,
    }


def entry_lines(one: Visit, voucher: Voucher) -> list[dict[str, Any]]:
    """Return the entries of a voucher in words: both accounts by name, the purpose by name."""
    chart = selectors.chart()
    purposes = dict(one.fund.purposes.values_list("code", "name"))
    return [
        {
            "entry": entry,
            "debit": name_of(chart, entry.debit),
            "credit": name_of(chart, entry.credit),
            "purpose": purposes.get(entry.purpose, entry.purpose) or overview.UNRESTRICTED_NAME,
        }
        for entry in Entry.objects.filter(voucher=voucher).order_by("id")
    ]


def _facts(one: Visit, voucher: Voucher) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": "Ngày phát sinh", "value": date_text(voucher.occurred_on)},
        {"label": "Ngày ghi sổ", "value": date_text(voucher.booked_on)},
        {"label": "Người nộp, nhận", "value": voucher.party},
        {"label": "Địa chỉ", "value": voucher.address},
        {"label": "Chứng từ kèm theo", "value": str(voucher.attachments)},
    ]
    if voucher.campaign is not None:
        facts.append({"label": "Đợt vận động", "value": voucher.campaign.name})
    if voucher.transfer:
        facts.append({"label": "Mã chuyển tiền", "value": voucher.transfer})
    if voucher.override:
        facts.append({"label": "Cho vượt định mức", "value": voucher.override})
    for label, other in (("Đảo chứng từ", voucher.reverses), ("Đã bị đảo bởi", getattr(voucher, "reversal", None))):
        if other is not None:
            facts.append({"label": label, "value": str(other), "url": voucher_url(one, other)})
    return [*facts, {"label": "Thứ tự trong sổ", "value": str(voucher.position)}]


def _events(voucher: Voucher) -> list[dict[str, str]]:
    """What was done with the voucher, newest first."""
    found = []
    if hasattr(voucher, "handout"):
        paid = voucher.handout
        found.append((paid.at, f"{paid.by.full_name} chi tiền", paid.note, "approved"))
    for act in ReversalAct.objects.filter(voucher=voucher).select_related("by"):
        state = "explain" if act.verb == ReversalVerb.ASK else "info"
        found.append((act.at, f"{act.by.full_name} {act.get_verb_display()}", act.reason, state))
    by = voucher.posted_by.full_name if voucher.posted_by else "Hệ thống"
    found.append((voucher.posted_at, f"{by} ghi sổ", voucher.override, "approved"))
    if voucher.draft is not None and voucher.drafted_by is not None:
        found.append((voucher.draft.drafted_at, f"{voucher.drafted_by.full_name} lập", "", "draft"))
    elif voucher.drafted_by is not None:
        found.append((voucher.posted_at, f"{voucher.drafted_by.full_name} đề nghị", "", "draft"))
    found.sort(key=lambda event: event[0], reverse=True)
    return [{"when": datetime_text(at), "what": what, "note": note, "state": state} for at, what, note, state in found]


@login_required
@require_safe
def voucher_print(request: HttpRequest, fund_id: UUID, label: str) -> HttpResponse:
    """Send the voucher as a sheet to sign."""
    one = visit(request, fund_id)
    voucher = voucher_or_404(one, label)
    name = f'inline; filename="{voucher}.pdf"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return HttpResponse(voucher_pdf(voucher), content_type=PDF, headers=headers)
