"""Answers that are due: who has to give them, who leads those, the level above and who asked are told as the chain holds."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import cast
from uuid import UUID

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.notices.chains import MOST_BEFORE, Who
from chungtay.notices.registry import ChainKind, Due, register_chain, register_due, register_kinds
from chungtay.notices.rules import Kind, Pace
from chungtay.supervision.models import Feedback, Recommendation
from chungtay.supervision.rules import OWED, State
from chungtay.supervision.selectors import superior_of

DEADLINE = Kind("supervision.deadline", "Hạn trả lời kiến nghị, phản ánh", Pace.DAILY)
ANSWER = ChainKind(
    "supervision.answer",
    "Kiến nghị chưa trả lời",
    {
        Who.DOER: "Người soạn ở cơ quan phải trả lời",
        Who.LEADER: "Lãnh đạo ký ở cơ quan phải trả lời",
        Who.ABOVE: "Lãnh đạo cấp trên của cơ quan đó",
        Who.ASKER: "Ủy ban MTTQ đã kiến nghị",
    },
)
FEEDBACK = ChainKind(
    "supervision.feedback",
    "Phản ánh của người dân chưa trả lời",
    {
        Who.DOER: "Người soạn ở cơ quan phải trả lời",
        Who.LEADER: "Lãnh đạo ký ở cơ quan phải trả lời",
        Who.ASKER: "Người kiểm duyệt của Ủy ban MTTQ",
    },
)

UNREAD = ChainKind(
    "supervision.moderate",
    "Phản ánh mới chưa kiểm duyệt",
    {Who.DOER: "Người kiểm duyệt của Ủy ban MTTQ"},
    is_near_told=False,
)


def register() -> None:
    """Make the kind and the chains known, and how what is due is found."""
    register_kinds(DEADLINE)
    register_chain(ANSWER, FEEDBACK, UNREAD)
    register_due("supervision", due)


def due(now: datetime) -> Iterator[Due]:
    """Yield the recommendations and the feedback whose answer is due soon or overdue. Nobody's words stand in it."""
    today = localdate(now)
    until = today + timedelta(days=MOST_BEFORE)
    owed = Recommendation.objects.filter(state__in=OWED, due_on__lte=until).annotate(given=Count("answers"))
    for row in owed.select_related("body", "addressee", "superior").order_by("due_on", "pk"):
        areas = [body.area_id for body in (row.addressee, row.superior) if body is not None]
        sentence = f"Kiến nghị của {row.body} gửi {row.addressee}"
        yield _due(row, row.given, ANSWER, sentence, today, partial(_of_recommendation, row, areas, today))
    told = Feedback.objects.filter(state=State.ROUTED, due_on__lte=until).annotate(given=Count("answers"))
    for one in told.select_related("body").order_by("due_on", "pk"):
        yield _due(one, one.given, FEEDBACK, f"Phản ánh chuyển {one.body}", today, partial(_of_feedback, one, today))
    yield from _unread(today)


def _unread(today: date) -> Iterator[Due]:
    """What citizens told and nobody has looked at, one for each place, since the day of the oldest."""
    rows = Feedback.objects.filter(state=State.RECEIVED).order_by()
    for area_id, count, oldest in rows.values_list("area").annotate(n=Count("id"), first=Min("received_at")):
        since = localdate(oldest)
        yield Due(
            kind=DEADLINE.code,
            key=f"feedback/unread/{area_id}/{since}",
            subject=f"{format_integer(count)} phản ánh của người dân chưa được kiểm duyệt",
            text=f"Cũ nhất gửi ngày {date_text(since)}.",
            url=f"{reverse('feedback-list')}?tinh_trang=received",
            area_id=area_id,
            chain=UNREAD.code,
            days=(today - since).days,
            people=partial(_moderating, area_id, today),
        )


def _moderating(area_id: UUID, day: date, who: Who) -> list[User]:
    return people_at(("moderate",), "feedback", [area_id], day) if who is Who.DOER else []


def _due(
    row: Recommendation | Feedback, given: int, chain: ChainKind, sentence: str, today: date,
    people: Callable[[Who], list[User]],
) -> Due:  # fmt: skip
    days = (today - cast(date, row.due_on)).days
    late = f"quá hạn trả lời {days} ngày" if days > 0 else "sắp đến hạn trả lời"
    answering = row.addressee if isinstance(row, Recommendation) else row.body
    return Due(
        kind=DEADLINE.code,
        # An answer that was sent back is owed again: its chain begins anew.
        key=f"{row.thing}/{row.pk}/{row.due_on}/{given}",
        subject=f"{'Kiến nghị' if isinstance(row, Recommendation) else 'Phản ánh'} {row} {late}",
        text=f"{sentence}. Hạn {date_text(cast(date, row.due_on))}.",
        url=reverse(f"{row.thing}-detail", args=[row.pk]),
        area_id=answering.area_id if answering else row.area_id,
        chain=chain.code,
        days=days,
        people=people,
    )


def people_at(actions: tuple[str, ...], type_: str, areas: list[UUID], day: date) -> list[User]:
    """Return who may do one of the actions at one of the places, each once."""
    found = (one for area in areas for action in actions for one in access.people_who(action, type_, area, on=day))
    return list({one.id: cast(User, one) for one in found}.values())


def _of_recommendation(row: Recommendation, areas: list[UUID], day: date, who: Who) -> list[User]:
    if who is Who.ASKER:
        return people_at(("edit",), "recommendation", [row.area_id], day)
    if who is Who.ABOVE:
        above = superior_of(row.addressee, day)
        return people_at(("sign",), "recommendation", [above.area_id], day) if above else []
    return people_at(("reply",) if who is Who.DOER else ("sign",), "recommendation", areas, day)


def _of_feedback(row: Feedback, day: date, who: Who) -> list[User]:
    if who is Who.ASKER:
        return people_at(("moderate",), "feedback", [row.area_id], day)
    areas = [row.body.area_id] if row.body else []
    return (
        people_at(("reply",) if who is Who.DOER else ("sign",), "feedback", areas, day) if who is not Who.ABOVE else []
    )
