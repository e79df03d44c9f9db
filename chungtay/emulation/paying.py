"""The money of a decision that a fund pays: one drafted payment voucher by the fund's own service, which its people book and pay."""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.emulation.awarding import PURPOSE
from chungtay.emulation.models import Decision, Payout
from chungtay.emulation.rules import AwardState, MoneyFrom
from chungtay.funds import services as funds
from chungtay.funds.models import SpendingKind
from chungtay.funds.rules import Content, Line
from chungtay.kernel.errors import DomainError
from chungtay.ledger.entries import VoucherKind

CASH, MANAGEMENT = "111", "642"
KIND = "award"
"""The spending kind of rewards, where an office has one; else the fund's running costs, which its controller must allow."""


class NotPayable(DomainError):
    """A fund does not pay this decision, or its voucher was drafted already."""


@transaction.atomic
def draft_payout(*, decision: Decision, now: datetime, by: User) -> Payout:
    """Draft the payment voucher of an issued decision from its fund. Raises NotPayable and what the fund's service raises."""
    row = Decision.objects.select_for_update(of=("self",)).select_related("fund", "body").get(pk=decision.pk)
    access.require(by, "fund", row, on=localdate(now))
    if row.state != AwardState.ISSUED or row.money != MoneyFrom.FUND or row.fund is None:
        raise NotPayable("Quyết định này không chi từ Quỹ, hoặc chưa ban hành, nên không lập phiếu chi.")
    if Payout.objects.filter(decision=row).exists():
        raise NotPayable("Phiếu chi của quyết định này đã lập. Hãy mở phiếu trong sổ quỹ.")
    amount: int = row.entries.aggregate(all=Sum("amount"))["all"] or 0
    if amount <= 0:
        raise NotPayable("Quyết định này không kèm tiền thưởng.")
    account = SpendingKind.objects.filter(code=KIND).values_list("account", flat=True).first() or MANAGEMENT
    content = Content(
        kind=VoucherKind.PAYMENT,
        occurred_on=localdate(now),
        party=row.body.name,
        memo=f"Chi tiền thưởng theo {row}, {row.entries.count()} người nhận",
        lines=[Line(account, CASH, amount, purpose=PURPOSE, memo=f"Theo danh sách kèm {row}")],
    )
    draft = funds.write_draft(fund=row.fund, content=content, now=now, by=by)
    made = Payout.objects.create(decision=row, draft=draft, amount=amount, at=now, by=by)
    data = {"decision": row.number, "amount": amount}
    audit.record("emulation.payout.drafted", obj=row, area_id=row.access_area_id, data=data, now=now, by=by)
    return made
