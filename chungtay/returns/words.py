"""Who is told what of a return: the next person when it moves, its unit when it comes back, everybody when it is late."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import cast
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate, localtime

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.kernel.periods import parse_period
from chungtay.kernel.text import datetime_text
from chungtay.notices.chains import MOST_BEFORE, Who
from chungtay.notices.registry import ChainKind, Due, register_chain, register_due, register_kinds
from chungtay.notices.rules import Kind, Pace
from chungtay.notices.services import tell
from chungtay.places import selectors as places
from chungtay.returns import rules
from chungtay.returns.models import Event, Return
from chungtay.returns.rules import State

WAITS = Kind("returns.waits", "Báo cáo chờ bạn ký hoặc duyệt", Pace.DAILY)
CAME_BACK = Kind("returns.came_back", "Báo cáo bị trả lại, mở lại", Pace.NOW)
APPROVED = Kind("returns.approved", "Báo cáo được duyệt", Pace.DAILY)
DEADLINE = Kind("returns.deadline", "Hạn gửi báo cáo", Pace.DAILY)

# Who is told when a return moves: the kind, what they may do with it, what happened in words, the page.
_TOLD = {
    "submit": (WAITS, ("sign",), "chờ bạn ký gửi", "return-sign"),
    "sign": (WAITS, ("approve",), "đã ký gửi, chờ kiểm tra", "return-check"),
    "hand_back": (CAME_BACK, ("fill",), "được lãnh đạo chuyển lại", "return-detail"),
    "send_back": (CAME_BACK, ("fill", "sign"), "bị trả lại", "return-detail"),
    "reopen": (CAME_BACK, ("fill", "sign"), "được mở lại để sửa", "return-detail"),
    "approve": (APPROVED, ("fill", "sign"), "đã được duyệt", "return-detail"),
}
LATE = ChainKind(
    "returns.late",
    "Báo cáo chưa gửi",
    {Who.DOER: "Người nhập của đơn vị", Who.LEADER: "Lãnh đạo ký của đơn vị", Who.ABOVE: "Người kiểm tra ở cấp trên"},
)
_ACTIONS = {Who.DOER: "fill", Who.LEADER: "sign", Who.ABOVE: "approve"}


def register() -> None:
    """Make the kinds known, and how what is due is found."""
    register_kinds(WAITS, CAME_BACK, APPROVED, DEADLINE)
    register_chain(LATE)
    register_due("returns", due)


def tell_moved(row: Return, event: Event) -> None:
    """Tell who has to know that a return moved, within the same transaction."""
    if event.verb not in _TOLD:
        return
    kind, actions, what, page = _TOLD[event.verb]
    day = localdate(event.at)
    who = (one for action in actions for one in access.people_who(action, "return", row.area_id, on=day))
    people = {one.pk: one for one in cast(Iterator[User], who)}
    tell(
        kind=kind.code,
        to=people.values(),
        key=f"return/{event.pk}",
        subject=f"{_name(row)} {what}",
        text=f"{event.by.full_name}: “{event.note}”" if event.note else "",
        url=reverse(page, args=[row.pk]),
        area=row.area_id,
        now=event.at,
        by=event.by,
    )


def due(now: datetime) -> Iterator[Due]:
    """Yield the returns whose deadline is near or over; the chain says who hears of them when."""
    today = localdate(now)
    open_ones = Return.objects.with_round().filter(
        state__in=[State.NOT_STARTED, State.DRAFT, State.RETURNED, State.FOR_SIGNING]
    )
    for row in open_ones.order_by("pk"):
        left = (localtime(row.due_at).date() - today).days
        if left > MOST_BEFORE:
            continue
        late = rules.late_days(localtime(row.due_at), localtime(now))
        yield Due(
            kind=DEADLINE.code,
            key=f"return/{row.pk}/{localtime(row.due_at).date()}",
            subject=f"{_name(row)} trễ hạn" if late else f"{_name(row)} sắp đến hạn",
            text=f"Hạn {datetime_text(row.due_at)}.",
            url=reverse("return-detail", args=[row.pk]),
            area_id=row.area_id,
            chain=LATE.code,
            days=late if late else min(-left, 0),
            people=partial(_people, row.area_id, today),
        )


def _people(area_id: UUID, day: date, who: Who) -> list[User]:
    return cast(list[User], access.people_who(_ACTIONS[who], "return", area_id, on=day)) if who in _ACTIONS else []


def _name(row: Return) -> str:
    period = parse_period(row.round.period_code).label()
    return f"Biểu {row.round.form.code} {period} của {places.name_on(row.area_id, row.round.period_start)}"
