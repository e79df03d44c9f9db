"""When the account is told: with every voucher, gift and pledge, and when a month is closed; in the same transaction.

Whoever calls this has the lock of the body's book and records its audit event afterwards.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.funds import facts
from chungtay.funds.models import Fund, Voucher
from chungtay.kernel.periods import Period, month_of
from chungtay.places.models import Body


def tell_booked(vouchers: Iterable[Voucher], *, now: datetime, by: User) -> None:
    """Tell the months of vouchers of one fund that were just booked."""
    days: dict[Fund, list[date]] = {}
    for voucher in vouchers:
        days.setdefault(voucher.fund, []).append(voucher.occurred_on)
    for fund, said in days.items():
        tell_days(fund, said, now=now, by=by)


def tell_days(fund: Fund, days: Iterable[date], *, now: datetime, by: User | None) -> int:
    """Tell the months of these days."""
    return facts.tell(fund, list(dict.fromkeys(month_of(day) for day in days)), now=now, by=by)


def tell_closed(body: Body, day: date, *, now: datetime, by: User) -> None:
    """Tell a month that was just closed, of every fund of the body: what it has nothing of is 0 from then on."""
    for fund in Fund.objects.filter(body=body).select_related("body").order_by("code"):
        tell_days(fund, [day], now=now, by=by)


@transaction.atomic
def tell_facts(*, fund: Fund, months: Iterable[Period] | None = None, now: datetime, by: User | None) -> int:
    """Tell the account again what a fund's records say; return how many facts are new, 0 when all was told.

    months: None for all in which the fund has records.
    """
    wanted = list(months) if months is not None else facts.months_of(fund)
    new = facts.tell(fund, wanted, now=now, by=by)
    if new:
        data = {"fund": fund.code, "months": len(wanted), "facts": new}
        audit.record("funds.facts.told", obj=fund, area_id=fund.access_area_id, data=data, now=now, by=by)
    return new
