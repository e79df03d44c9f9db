"""Reminders as notices: whoever has to do the part hears of its deadline, the leader of the level above of what is late for long."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import cast
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.kernel.text import date_text
from chungtay.notices.chains import Who
from chungtay.notices.registry import ChainKind, register_chain, register_kinds
from chungtay.notices.rules import Kind, Pace
from chungtay.notices.services import tell
from chungtay.tasks.models import Reminder
from chungtay.tasks.rules import Notice

DEADLINE = Kind("tasks.deadline", "Hạn của nhiệm vụ", Pace.DAILY)
ESCALATED = Kind("tasks.escalated", "Nhiệm vụ trễ lâu của cấp dưới", Pace.DAILY)
OVERDUE = ChainKind(
    "tasks.overdue",
    "Nhiệm vụ quá hạn",
    {Who.DOER: "Người làm ở cơ quan có việc", Who.LEADER: "Lãnh đạo cơ quan có việc", Who.ABOVE: "Lãnh đạo cấp trên"},
    is_near_told=False,
)
_WORDS = {
    Notice.BEFORE: "còn {} ngày",
    Notice.LATE: "quá hạn {} ngày",
    Notice.LEADER: "trễ {} ngày, báo lãnh đạo",
    Notice.ESCALATED: "trễ {} ngày, báo cấp trên",
}


def register() -> None:
    """Make the kinds known."""
    register_kinds(DEADLINE, ESCALATED)
    register_chain(OVERDUE)


def tell_reminders(reminders: Iterable[Reminder]) -> int:
    """Tell who each reminder is for, within the same transaction; return how many were told."""

    @cache
    def people(action: str, area_id: UUID, day: date) -> tuple[User, ...]:
        return tuple(cast(User, one) for one in access.people_who(action, "task", area_id, on=day))

    told = 0
    for one in reminders:
        notice = Notice(one.notice)
        is_above = notice is Notice.ESCALATED
        told += tell(
            kind=(ESCALATED if is_above else DEADLINE).code,
            to=people(
                "approve" if notice in (Notice.LEADER, Notice.ESCALATED) else "report", one.area_id, localdate(one.at)
            ),
            key=f"task/{one.key}",
            subject=f"{one.task.label}: {_WORDS[notice].format(one.days)}",
            text=f"{one.body}, {one.task.title}. Hạn {date_text(one.deadline)}.",
            url=reverse("task-detail", args=[one.task_id]),
            area=one.area_id,
            now=one.at,
            by=None,
        )
    return told
