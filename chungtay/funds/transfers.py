"""Money between funds: an order says who sends what to whom, both ends book against it, and what is under way is seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.funds.models import Draft, Entry, Fund, TransferOrder
from chungtay.funds.rules import Content, VoucherState
from chungtay.kernel.errors import DomainError, Problem
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.ledger.accounts import Chart, Mark
from chungtay.ledger.book import DAYS_UNDER_WAY


class BadOrder(DomainError):
    """An order of transfer that says too little, or names a code that was given before."""


@dataclass(frozen=True)
class UnderWay:
    """A transfer that was sent and that the receiving end has not booked. `is_late` once its day has passed."""

    order: TransferOrder
    sent_on: date
    is_late: bool


@dataclass(frozen=True)
class Stage:
    """How far an order is: the days on which its ends were booked, None until they are."""

    order: TransferOrder
    sent_on: date | None
    came_on: date | None
    is_late: bool


@transaction.atomic
def order_transfer(
    *,
    sender: Fund,
    receiver: Fund,
    code: str,
    amount: int,
    memo: str,
    purpose: str = "",
    due_on: date | None = None,
    now: datetime,
    by: User,
) -> TransferOrder:
    """Keep an order of transfer, integer đồng; whoever drafts the sender's vouchers may. Raises BadOrder, NotAllowed."""
    day = localdate(now)
    access.require(by, "draft", Draft(fund=sender, state=VoucherState.DRAFT, drafted_by=by), on=day)
    due_on = due_on or day + timedelta(days=DAYS_UNDER_WAY)
    code, memo = code.strip(), memo.strip()
    if not code or not memo:
        raise BadOrder("Lệnh chuyển tiền phải có mã và nội dung.")
    if amount < 1:
        raise BadOrder("Số tiền chuyển phải lớn hơn 0.")
    if sender == receiver:
        raise BadOrder("Quỹ chuyển và quỹ nhận phải là hai quỹ khác nhau.")
    if due_on < day:
        raise BadOrder("Hạn ghi sổ của nơi nhận phải từ hôm nay trở đi.")
    if purpose and any(not fund.purposes.filter(code=purpose).exists() for fund in (sender, receiver)):
        raise BadOrder(f"Cả hai quỹ phải có mục đích “{purpose}”: tiền có mục đích giữ nguyên mục đích khi chuyển.")
    if TransferOrder.objects.filter(code=code).exists():
        raise BadOrder(f"Đã có lệnh chuyển tiền mang mã {code}. Hãy dùng mã khác.")
    order = TransferOrder.objects.create(
        code=code,
        sender=sender,
        receiver=receiver,
        amount=amount,
        purpose=purpose,
        memo=memo,
        ordered_on=day,
        due_on=due_on,
        at=now,
        by=by,
    )
    data = {"code": code, "receiver": receiver.name, "amount": amount, "due_on": due_on}
    audit.record("funds.transfer.ordered", obj=order, area_id=sender.access_area_id, data=data, now=now, by=by)
    return order


def transfer_problems(fund: Fund, content: Content, chart: Chart) -> list[Problem]:
    """Return in what a voucher of a fund differs from the order whose code it bears; a code without an order is free."""
    if not content.transfer:
        return []
    order = TransferOrder.objects.filter(code=content.transfer).select_related("sender", "receiver").first()
    if order is None:
        return []
    internal = chart.codes_marked(Mark.INTERNAL)
    sent = sum(line.amount for line in content.lines if line.debit in internal and line.credit not in internal)
    came = sum(line.amount for line in content.lines if line.credit in internal and line.debit not in internal)
    end, amount = (order.sender, sent) if sent else (order.receiver, came)
    if fund != end or (sent and came):
        return [Problem(f"Lệnh {order} là từ {order.sender} đến {order.receiver}: chứng từ ghi sai đầu.", "transfer")]
    said = {line.purpose for line in content.lines}
    if amount != order.amount or said != {order.purpose}:
        purpose = f", mục đích “{order.purpose}”" if order.purpose else ", không có mục đích riêng"
        return [Problem(f"Lệnh {order} ghi {format_integer(order.amount)} đồng{purpose}.", "transfer")]
    if _moved([order], chart).filter(fund=fund).exists():
        return [Problem(f"{fund} đã ghi sổ lệnh {order} rồi.", "transfer")]
    if not sent and not _moved([order], chart).filter(fund=order.sender).exists():
        return [Problem(f"{order.sender} chưa ghi sổ việc chuyển tiền theo lệnh {order}.", "transfer")]
    return []


def under_way(fund: Fund, chart: Chart, *, on: date) -> list[UnderWay]:
    """Return the transfers from or to a fund that were sent and not booked by their receiver, the oldest first."""
    found = [
        UnderWay(stage.order, stage.sent_on, stage.is_late)
        for stage in stages(fund, chart, on=on)
        if stage.sent_on is not None and stage.came_on is None
    ]
    return sorted(found, key=lambda one: (one.sent_on, one.order.code))


def stages(fund: Fund, chart: Chart, *, on: date) -> list[Stage]:
    """Return every order from or to a fund with how far it is, the newest first."""
    mine = TransferOrder.objects.filter(Q(sender=fund) | Q(receiver=fund)).select_related("sender", "receiver", "by")
    orders = list(mine.order_by("-ordered_on", "-id"))
    ends: dict[tuple[str, object], date] = {}
    for code, fund_id, day in _moved(orders, chart).values_list("voucher__transfer", "fund_id", "occurred_on"):
        ends[code, fund_id] = day
    return [
        Stage(
            order,
            ends.get((order.code, order.sender_id)),
            came := ends.get((order.code, order.receiver_id)),
            came is None and order.due_on < on,
        )
        for order in orders
    ]


def told(one: UnderWay) -> str:
    """Say where a transfer stands, for people."""
    order = one.order
    late = f", quá hạn {date_text(order.due_on)}" if one.is_late else f", hạn {date_text(order.due_on)}"
    return f"{order}: {format_integer(order.amount)} đồng, chuyển ngày {date_text(one.sent_on)}{late}, {order.receiver} chưa ghi nhận"


def _moved(orders: Sequence[TransferOrder], chart: Chart) -> "QuerySet[Entry]":
    """Return the entries that moved the money of orders, without those that were undone."""
    internal = chart.codes_marked(Mark.INTERNAL)
    rows = Entry.objects.filter(voucher__transfer__in=[order.code for order in orders])
    return rows.filter(Q(debit__in=internal) | Q(credit__in=internal), reverses=None, reversal=None)
