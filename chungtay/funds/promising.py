"""What becomes of a promise: a receipt keeps it, a wrong link is taken back, or it will not be kept. Each is a new row."""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, QuerySet, Sum, When
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.funds.accounts_offered import GIFT
from chungtay.funds.giving import BadGift
from chungtay.funds.models import Entry, Fund, Pledge, PledgeStep, Voucher
from chungtay.funds.posting import locked_head
from chungtay.funds.promises import Promise, PromiseStep
from chungtay.funds.rules import VoucherState
from chungtay.kernel.folding import fold
from chungtay.kernel.numerals import format_integer
from chungtay.ledger.entries import VoucherKind

MOST_OFFERED = 8
_SIGNED = Case(When(verb=PromiseStep.UNLINK, then=-F("amount")), default=F("amount"), output_field=IntegerField())


def promise_of(pledge: Pledge) -> Promise:
    """Return how much of a pledge was kept, by receipts that were not reversed (two queries)."""
    return promises_of([pledge])[pledge]


def promises_of(pledges: "list[Pledge]") -> dict[Pledge, Promise]:
    """Return {pledge: how much of it was kept}, for all of them in two queries."""
    steps = PledgeStep.objects.filter(pledge__in=pledges)
    standing = steps.filter(voucher__isnull=False, voucher__reversal=None).values_list("pledge_id")
    kept = dict(standing.annotate(total=Sum(_SIGNED)).order_by())
    cancelled = set(steps.filter(verb=PromiseStep.CANCEL).values_list("pledge_id", flat=True))
    return {one: Promise(one.amount, kept.get(one.pk, 0), one.due_on, one.pk in cancelled) for one in pledges}


def linked_by(pledge: Pledge) -> dict[Voucher, int]:
    """Return {receipt: đồng of it that keep the pledge}, oldest first; a reversed receipt stays listed with its amount."""
    rows = PledgeStep.objects.filter(pledge=pledge, voucher__isnull=False).values_list("voucher_id")
    sums = dict(rows.annotate(total=Sum(_SIGNED)).order_by())
    vouchers = Voucher.objects.filter(pk__in=[pk for pk, total in sums.items() if total]).select_related("reversal")
    return {voucher: sums[voucher.pk] for voucher in vouchers.order_by("position")}


def free_in(voucher: Voucher) -> int:
    """Return how many đồng of a receipt are gifts of money that keep no promise yet."""
    gifts = Entry.objects.filter(voucher=voucher, credit=GIFT).aggregate(total=Sum("amount"))["total"] or 0
    taken = PledgeStep.objects.filter(voucher=voucher).aggregate(total=Sum(_SIGNED))["total"] or 0
    return gifts - taken


def offered_for(pledge: Pledge) -> list[tuple[Voucher, int]]:
    """Return receipts that may keep a pledge, with what of each is free: same giver or same amount, nearest day first."""
    rows = _receipts(pledge.fund).filter(occurred_on__gte=pledge.pledged_on)
    alike = Q(amount=pledge.amount) | Q(words__text__contains=fold(pledge.donor))
    found = [(voucher, free_in(voucher)) for voucher in rows.filter(alike).order_by("occurred_on", "pk")[:MOST_OFFERED]]
    return [(voucher, free) for voucher, free in found if free > 0]


def _receipts(fund: Fund) -> "QuerySet[Voucher]":
    return Voucher.objects.filter(fund=fund, kind=VoucherKind.RECEIPT, reversal=None)


@transaction.atomic
def link_receipt(*, pledge: Pledge, voucher: Voucher, amount: int, now: datetime, by: User) -> PledgeStep:
    """Say that `amount` đồng of a receipt keep a promise. Raises BadGift and what `access.require` raises."""
    _require(pledge, now, by)
    if amount <= 0:
        raise BadGift("Số tiền gắn vào cam kết phải lớn hơn 0.")
    if promise_of(pledge).is_cancelled:
        raise BadGift("Cam kết này đã ghi là không thực hiện. Người ủng hộ hứa lại thì ghi cam kết mới.")
    row = _receipts(pledge.fund).filter(pk=voucher.pk).first()
    if row is None:
        raise BadGift(f"{voucher} không phải phiếu thu còn hiệu lực của quỹ. Hãy chọn phiếu thu chưa bị đảo.")
    if row.occurred_on < pledge.pledged_on:
        raise BadGift(f"{row} có trước ngày hứa, không thể là tiền của cam kết này.")
    if (free := free_in(row)) < amount:
        raise BadGift(f"{row} chỉ còn {format_integer(max(free, 0))} đồng tiền ủng hộ chưa gắn với cam kết nào.")
    return _step(pledge, PromiseStep.LINK, row, amount, "", now, by)


@transaction.atomic
def unlink_receipt(*, pledge: Pledge, voucher: Voucher, reason: str, now: datetime, by: User) -> PledgeStep:
    """Take a wrong link back, with the reason. Raises BadGift and what `access.require` raises."""
    _require(pledge, now, by)
    linked = linked_by(pledge).get(voucher, 0)
    if not linked:
        raise BadGift(f"{voucher} không gắn với cam kết này.")
    if not reason.strip():
        raise BadGift("Chưa ghi vì sao gỡ phiếu thu khỏi cam kết.")
    return _step(pledge, PromiseStep.UNLINK, voucher, linked, reason.strip(), now, by)


@transaction.atomic
def cancel_pledge(*, pledge: Pledge, reason: str, now: datetime, by: User) -> PledgeStep:
    """Say that what is left of a promise will not be kept; what it promised stays told. Raises BadGift."""
    _require(pledge, now, by)
    found = promise_of(pledge)
    if found.is_cancelled:
        raise BadGift("Cam kết này đã được ghi là không thực hiện.")
    if not found.left:
        raise BadGift("Cam kết đã thực hiện đủ, không còn phần nào để hủy.")
    if not reason.strip():
        raise BadGift("Chưa ghi vì sao cam kết không thực hiện.")
    return _step(pledge, PromiseStep.CANCEL, None, 0, reason.strip(), now, by)


def _require(pledge: Pledge, now: datetime, by: User) -> None:
    locked_head(pledge.fund.body)
    access.require(by, "draft", Matter("voucher", pledge.fund.access_area_id, VoucherState.DRAFT), on=localdate(now))


def _step(
    pledge: Pledge, verb: PromiseStep, voucher: Voucher | None, amount: int, reason: str, now: datetime, by: User
) -> PledgeStep:
    step = PledgeStep.objects.create(
        pledge=pledge, verb=verb, voucher=voucher, amount=amount, reason=reason, at=now, by=by
    )
    said = {"voucher": str(voucher) if voucher else "", "amount": amount, "reason": reason}
    data = {key: value for key, value in said.items() if value}
    past = {PromiseStep.LINK: "linked", PromiseStep.UNLINK: "unlinked", PromiseStep.CANCEL: "cancelled"}[verb]
    audit.record(f"funds.pledge.{past}", obj=pledge, area_id=pledge.fund.access_area_id, data=data, now=now, by=by)
    return step
