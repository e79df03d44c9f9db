"""Who is told what of a fund: who books, who hands out, who confirms a month, who has to look at a statement; a month that ends.

A notice names the fund and how many, never a giver, an amount or who is helped.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import cast
from uuid import UUID

from django.db.models import Min
from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.funds.books import chart
from chungtay.funds.models import BankAccount, Draft, Fund, PeriodAct, PeriodVerb, StatementFile, Voucher
from chungtay.funds.overview import unpaid
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.ledger.entries import PAYING
from chungtay.notices.chains import Who
from chungtay.notices.registry import ChainKind, Due, register_chain, register_due, register_kinds
from chungtay.notices.rules import Kind, Pace
from chungtay.notices.services import tell, tell_waiting
from chungtay.places.models import Body

WAITS = Kind("funds.waits", "Chứng từ, kỳ sổ của quỹ chờ bạn", Pace.DAILY)
SETTLED = Kind("funds.settled", "Kỳ sổ bạn đề nghị đã khóa, mở", Pace.DAILY)
CONFLICT = Kind("funds.conflict", "Sao kê có dòng mâu thuẫn", Pace.NOW)
DEADLINE = Kind("funds.deadline", "Khóa sổ tháng của quỹ", Pace.DAILY)
CLOSING = ChainKind(
    "funds.close",
    "Sổ tháng chưa khóa",
    {Who.DOER: "Kế toán quỹ", Who.LEADER: "Người kiểm soát quỹ"},
)
_ACTIONS = {Who.DOER: "ask", Who.LEADER: "confirm"}
_MONTH_WORDS = {
    PeriodVerb.ASK_CLOSE: "được đề nghị khóa, chờ bạn xác nhận",
    PeriodVerb.ASK_REOPEN: "được đề nghị mở lại, chờ bạn xác nhận",
    PeriodVerb.CLOSE: "đã khóa",
    PeriodVerb.REOPEN: "đã mở lại",
}


def register() -> None:
    """Make the kinds and the chain known, and how what is due is found."""
    register_kinds(WAITS, SETTLED, CONFLICT, DEADLINE)
    register_chain(CLOSING)
    register_due("funds", due)


def tell_drafted(fund: Fund, drafts: Sequence[Draft], now: datetime, by: User) -> None:
    """Tell who books that drafts wait at a fund: one notice until it is read, however many come."""
    if drafts:
        _waits(fund, "post", "draft", "có chứng từ chờ bạn ghi sổ", now, by)


def tell_posted(vouchers: Sequence[Voucher], now: datetime, by: User) -> None:
    """Tell who hands money out that booked payments wait at a fund."""
    firsts: dict[UUID, Voucher] = {}
    for one in vouchers:
        if one.kind in PAYING:
            firsts.setdefault(one.fund_id, one)
    for first in firsts.values():
        if unpaid(first.fund, chart()).filter(position__gte=first.position).exists():
            _waits(first.fund, "pay", "posted", "có phiếu chi đã ghi sổ, chờ bạn chi tiền", now, by)


def _waits(fund: Fund, action: str, what: str, words: str, now: datetime, by: User) -> None:
    tell_waiting(
        kind=WAITS.code,
        to=_people(action, "voucher", fund.body.area_id, localdate(now)),
        key=f"fund/{fund.pk}/{what}",
        subject=f"{fund.name}: {words}",
        url=reverse("fund-detail", args=[fund.pk]),
        area=fund.body.area_id,
        now=now,
        by=by,
    )


def tell_month(act: PeriodAct, asked_by: User | None) -> None:
    """Tell who confirms that a month waits for them, and who asked what became of it."""
    fund = Fund.objects.filter(body=act.body_id).order_by("code").first()
    if fund is None:
        return
    verb, area = PeriodVerb(act.verb), act.body.area_id
    is_asked = verb in (PeriodVerb.ASK_CLOSE, PeriodVerb.ASK_REOPEN)
    people = _people("confirm", "period", area, localdate(act.at)) if is_asked else [asked_by] if asked_by else []
    tell(
        kind=(WAITS if is_asked else SETTLED).code,
        to=people,
        key=f"period/{act.pk}",
        subject=f"Sổ tháng {act.start:%m/%Y} của {act.body} {_MONTH_WORDS[verb]}",
        url=reverse("month-list", args=[fund.pk]),
        area=area,
        now=act.at,
        by=act.by,
    )


def tell_conflicts(account: BankAccount, file: StatementFile, count: int, now: datetime, by: User | None) -> None:
    """Tell who matches lines that some of a statement contradict what was taken in before and were left out."""
    if not count:
        return
    area = account.access_area_id
    tell(
        kind=CONFLICT.code,
        to=_people("match", "statement", area, localdate(now)),
        key=f"statement/{file.pk}/conflicts",
        subject=f"Sao kê tài khoản {account.code}: {format_integer(count)} dòng mâu thuẫn với sao kê trước, chưa nhận",
        text="Cùng mã giao dịch nhưng khác số tiền hoặc ngày. Hãy hỏi ngân hàng rồi nhận lại sao kê đúng.",
        url=reverse("bank-line-list", args=[account.fund_id, account.pk]),
        area=area,
        now=now,
        by=by,
    )


def due(now: datetime) -> Iterator[Due]:
    """Yield the month that ends soon and the one that has ended, of each body's books, while nobody has asked to close it."""
    today = localdate(now)
    this = today.replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    firsts = Voucher.objects.order_by().values_list("fund__body").annotate(first=Min("booked_on"))
    begun: dict[UUID, date] = dict(firsts)
    acts: dict[tuple[UUID, date], str] = {}
    for body_id, start, verb in (
        PeriodAct.objects.filter(start__in=[last, this]).order_by("id").values_list("body_id", "start", "verb")
    ):
        acts[body_id, start] = verb
    funds = {fund.body_id: fund for fund in Fund.objects.order_by("-code").select_related("body")}
    for body in Body.objects.filter(pk__in=begun).order_by("pk"):
        for start in (last, this):
            end = date(start.year + start.month // 12, start.month % 12 + 1, 1) - timedelta(days=1)
            if begun[body.pk] > end or acts.get((body.pk, start), PeriodVerb.REOPEN) != PeriodVerb.REOPEN:
                continue
            days = (today - end).days
            yield Due(
                kind=DEADLINE.code,
                key=f"close/{body.pk}/{start:%Y-%m}",
                subject=f"Sổ tháng {start:%m/%Y} của {body} {'chưa khóa' if days > 0 else 'sắp đến kỳ khóa'}",
                text=f"Tháng {start:%m/%Y} kết thúc ngày {date_text(end)}. Hãy đối chiếu rồi đề nghị khóa sổ.",
                url=reverse("month-list", args=[funds[body.pk].pk]),
                area_id=body.area_id,
                chain=CLOSING.code,
                days=days,
                people=partial(_closing, body.area_id, today),
            )


def _closing(area_id: UUID, day: date, who: Who) -> list[User]:
    return _people(_ACTIONS[who], "period", area_id, day) if who in _ACTIONS else []


def _people(action: str, type_: str, area_id: UUID, day: date) -> list[User]:
    return cast(list[User], access.people_who(action, type_, area_id, on=day))
