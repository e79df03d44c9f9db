"""What waits for a person at a fund: drafts to book, money to hand out, requests to decide, months to close."""

from typing import Any

from django.urls import reverse

from chungtay.access.rules import Verdict
from chungtay.funds import overview
from chungtay.funds.models import Draft, ReversalAct, Voucher
from chungtay.funds.posting import content_of
from chungtay.funds.views.doors import Visit, voucher_url
from chungtay.funds.views.rows import kind_name
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import NBSP
from chungtay.ledger.accounts import Chart

SHOWN = 4  # of each sort; the rest is counted

Task = dict[str, Any]


def waiting(one: Visit, chart: Chart) -> list[Task]:
    """Return the tasks of the person at the fund, the oldest of each sort first."""
    drafts = list(overview.drafts(one.fund)) if one.may("draft") or one.may("post") else []
    for draft in drafts:
        draft.fund = one.fund
    to_post = [draft for draft in drafts if one.can("post", draft)]
    own = [draft for draft in drafts if draft.drafted_by_id == one.user.pk]
    found = [_to_post(one, draft) for draft in to_post[:SHOWN]] + _more(one, to_post, "bản nháp chờ ghi sổ")
    if one.may("pay"):
        to_pay = [voucher for voucher in overview.unpaid(one.fund, chart) if _may_pay(one, voucher)]
        found += [_to_pay(one, voucher) for voucher in to_pay[:SHOWN]] + _more(one, to_pay, "phiếu chờ chi tiền")
    if one.may("reverse"):
        asked = [act for act in overview.asked_reversals(one.fund) if act.by_id != one.user.pk]
        found += [_to_reverse(one, act) for act in asked[:SHOWN]]
    found += _months(one)
    return found + [_own(one, draft) for draft in own[:SHOWN]]


def _may_pay(one: Visit, voucher: Voucher) -> bool:
    voucher.fund = one.fund
    return one.keys.verdict("pay", voucher) is Verdict.ALLOWED


def _to_post(one: Visit, draft: Draft) -> Task:
    return {
        "state": "for_signing",
        "state_label": "Chờ ghi sổ",
        "title": f"{kind_name(draft.kind)}: {format_integer(content_of(draft).amount)}{NBSP}đồng",
        "text": f"{draft.memo or 'Chưa ghi nội dung'} · {draft.drafted_by.full_name} lập",
        "url": reverse("draft-detail", args=[one.fund.pk, draft.pk]),
        "action": "Xem và ghi sổ",
        "main": True,
    }


def _to_pay(one: Visit, voucher: Voucher) -> Task:
    return {
        "state": "for_signing",
        "state_label": "Chờ chi tiền",
        "title": f"{voucher}: {format_integer(voucher.amount)}{NBSP}đồng",
        "text": f"{voucher.party}: {voucher.memo}",
        "url": voucher_url(one, voucher),
        "action": "Xem và chi tiền",
        "main": True,
    }


def _to_reverse(one: Visit, act: ReversalAct) -> Task:
    act.voucher.fund = one.fund
    return {
        "state": "explain",
        "state_label": "Đề nghị đảo",
        "title": f"{act.voucher}: {format_integer(act.voucher.amount)}{NBSP}đồng",
        "text": f"{act.by.full_name}: {act.reason}",
        "url": voucher_url(one, act.voucher),
        "action": "Xem và quyết định",
    }


def _months(one: Visit) -> list[Task]:
    may_ask, may_confirm = one.may("ask", "period"), one.may("confirm", "period")
    if not may_ask and not may_confirm:
        return []
    months = overview.months_of(one.fund.body, today=one.today)
    asked = [month for month in months if month.is_asked and month.act and month.act.by_id != one.user.pk]
    url = reverse("month-list", args=[one.fund.pk])
    found: list[Task] = []
    if may_confirm and asked:
        names = ", ".join(f"{month.start:%m/%Y}" for month in asked[:3])
        found.append(
            {
                "state": "for_signing",
                "state_label": "Chờ xác nhận",
                "title": f"Khóa, mở sổ tháng {names}",
                "text": "Một người đã đề nghị, cần người thứ hai.",
                "url": url,
                "action": "Xem các tháng",
            }
        )
    to_close = [month for month in months if month.is_over and not month.is_closed and not month.is_asked]
    if may_ask and to_close:
        oldest = to_close[-1]
        found.append(
            {
                "state": "late",
                "state_label": "Chưa khóa sổ",
                "title": f"{len(to_close)}{NBSP}tháng đã hết chưa khóa sổ",
                "text": f"Cũ nhất: tháng {oldest.start:%m/%Y}. Khóa sổ sau khi đã đối chiếu với ngân hàng.",
                "url": url,
                "action": "Khóa sổ",
            }
        )
    return found


def _own(one: Visit, draft: Draft) -> Task:
    return {
        "state": "draft",
        "state_label": "Bạn lập, chờ người khác ghi sổ",
        "title": f"{kind_name(draft.kind)}: {format_integer(content_of(draft).amount)}{NBSP}đồng",
        "text": draft.memo or "Chưa ghi nội dung",
        "url": reverse("draft-detail", args=[one.fund.pk, draft.pk]),
        "action": "Mở bản nháp",
    }


def _more(one: Visit, found: list[Any], words: str) -> list[Task]:
    if len(found) <= SHOWN:
        return []
    return [
        {
            "state": "info",
            "state_label": "Còn nữa",
            "title": f"Thêm {len(found) - SHOWN}{NBSP}{words}",
            "url": reverse("voucher-list", args=[one.fund.pk]),
            "action": "Xem danh sách",
        }
    ]
