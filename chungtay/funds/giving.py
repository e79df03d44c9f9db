"""What is told of gifts beside the books: promises, and what was given without passing through the fund."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.evidence.models import Attachment
from chungtay.funds import telling
from chungtay.funds.models import Campaign, Fund, OutsideGift, OutsideGiftEvidence, Pledge
from chungtay.funds.posting import locked_head
from chungtay.funds.rules import VoucherState
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer


class BadGift(DomainError):
    """A gift or a pledge that cannot be what it says."""


@transaction.atomic
def record_outside_gift(
    *,
    fund: Fund,
    amount: int,
    given_on: date,
    what: str,
    donor: str = "",
    campaign: Campaign | None = None,
    corrects: OutsideGift | None = None,
    evidence: Sequence[Attachment] = (),
    now: datetime,
    by: User,
) -> OutsideGift:
    """Record what was raised at the grassroots and never passed through the fund; `amount` may be negative to correct.

    corrects: the row that this one mends, whose day and campaign it shares. evidence: files kept before. Raises BadGift and
    what `access.require` raises.
    """
    _check(fund, given_on, now, by)
    if not amount or not what.strip():
        raise BadGift("Chưa ghi giá trị hoặc nội dung vận động.")
    if corrects is not None:
        _require_correctable(fund, corrects, amount)
    gift = OutsideGift.objects.create(
        fund=fund,
        campaign=campaign,
        given_on=given_on,
        amount=amount,
        what=what.strip(),
        donor=donor.strip(),
        corrects=corrects,
        recorded_at=now,
        recorded_by=by,
    )
    OutsideGiftEvidence.objects.bulk_create(OutsideGiftEvidence(gift=gift, attachment=one) for one in evidence)
    telling.tell_days(fund, [given_on], now=now, by=by)
    data: dict[str, Any] = {"amount": amount, "day": given_on, "evidence": [one.sha256 for one in evidence]}
    if corrects is not None:
        data["corrects"] = str(corrects.pk)
    audit.record("funds.gift.recorded", obj=gift, area_id=fund.access_area_id, data=data, now=now, by=by)
    return gift


@transaction.atomic
def record_pledge(
    *,
    fund: Fund,
    amount: int,
    pledged_on: date,
    donor: str,
    due_on: date | None = None,
    reference: str = "",
    campaign: Campaign | None = None,
    now: datetime,
    by: User,
) -> Pledge:
    """Record a promise; it is never counted as received. Raises BadGift and what `access.require` raises."""
    _check(fund, pledged_on, now, by)
    if amount <= 0 or not donor.strip():
        raise BadGift("Chưa ghi số tiền hoặc người đăng ký ủng hộ.")
    if due_on is not None and due_on < pledged_on:
        raise BadGift("Ngày hẹn chuyển đứng trước ngày đăng ký. Hãy sửa một trong hai ngày.")
    pledge = Pledge.objects.create(
        fund=fund,
        campaign=campaign,
        donor=donor.strip(),
        amount=amount,
        pledged_on=pledged_on,
        due_on=due_on,
        reference=reference.strip(),
        recorded_at=now,
        recorded_by=by,
    )
    telling.tell_days(fund, [pledged_on], now=now, by=by)
    data = {"amount": amount, "day": pledged_on}
    audit.record("funds.pledge.recorded", obj=pledge, area_id=fund.access_area_id, data=data, now=now, by=by)
    return pledge


def _require_correctable(fund: Fund, row: OutsideGift, change: int) -> None:
    if row.fund_id != fund.pk or row.corrects_id is not None:
        raise BadGift("Chỉ đính chính dòng gốc của quỹ này. Hãy mở dòng gốc rồi ghi đính chính.")
    stands = row.amount + (row.corrections.aggregate(total=Sum("amount"))["total"] or 0)
    if stands + change < 0:
        raise BadGift(f"Đính chính làm giá trị nhỏ hơn 0: hiện còn {format_integer(stands)} đồng.")


def _check(fund: Fund, day: date, now: datetime, by: User) -> None:
    locked_head(fund.body)
    access.require(by, "draft", Matter("voucher", fund.access_area_id, VoucherState.DRAFT), on=localdate(now))
    if day > localdate(now):
        raise BadGift("Ngày ghi chưa tới. Hãy ghi ngày hôm nay hoặc trước đó.")
