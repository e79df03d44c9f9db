"""What is told of gifts beside the books: promises, and what was given without passing through the fund."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.funds import telling
from chungtay.funds.models import Campaign, Fund, OutsideGift, Pledge
from chungtay.funds.posting import locked_head
from chungtay.funds.rules import VoucherState
from chungtay.kernel.errors import DomainError


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
    now: datetime,
    by: User,
) -> OutsideGift:
    """Record what was raised at the grassroots and never passed through the fund; a correction is negative.

    Raises BadGift and what `access.require` raises.
    """
    _check(fund, given_on, now, by)
    if not amount or not what.strip():
        raise BadGift("Chưa ghi giá trị hoặc nội dung vận động.")
    gift = OutsideGift.objects.create(
        fund=fund,
        campaign=campaign,
        given_on=given_on,
        amount=amount,
        what=what.strip(),
        donor=donor.strip(),
        recorded_at=now,
        recorded_by=by,
    )
    telling.tell_days(fund, [given_on], now=now, by=by)
    data = {"amount": amount, "day": given_on}
    audit.record("funds.gift.recorded", obj=gift, area_id=fund.access_area_id, data=data, now=now, by=by)
    return gift


@transaction.atomic
def record_pledge(
    *,
    fund: Fund,
    amount: int,
    pledged_on: date,
    donor: str,
    reference: str = "",
    campaign: Campaign | None = None,
    now: datetime,
    by: User,
) -> Pledge:
    """Record a promise; it is never counted as received. Raises BadGift and what `access.require` raises."""
    _check(fund, pledged_on, now, by)
    if amount <= 0 or not donor.strip():
        raise BadGift("Chưa ghi số tiền hoặc người đăng ký ủng hộ.")
    pledge = Pledge.objects.create(
        fund=fund,
        campaign=campaign,
        donor=donor.strip(),
        amount=amount,
        pledged_on=pledged_on,
        reference=reference.strip(),
        recorded_at=now,
        recorded_by=by,
    )
    telling.tell_days(fund, [pledged_on], now=now, by=by)
    data = {"amount": amount, "day": pledged_on}
    audit.record("funds.pledge.recorded", obj=pledge, area_id=fund.access_area_id, data=data, now=now, by=by)
    return pledge


def _check(fund: Fund, day: date, now: datetime, by: User) -> None:
    locked_head(fund.body)
    access.require(by, "draft", Matter("voucher", fund.access_area_id, VoucherState.DRAFT), on=localdate(now))
    if day > localdate(now):
        raise BadGift("Ngày ghi chưa tới. Hãy ghi ngày hôm nay hoặc trước đó.")
