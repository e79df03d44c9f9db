"""Who is told what of a case: who decides when it may be decided, who prepared it when it comes back or was decided, who pays.

A notice names the case by its number and kind, never the household, the reason or the amount; a batch is one notice.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.notices.chains import Who
from chungtay.notices.registry import ChainKind, Due, register_chain, register_due, register_kinds
from chungtay.notices.rules import Kind, Pace
from chungtay.notices.services import tell, tell_waiting
from chungtay.places.models import Area
from chungtay.support.models import Case, CaseStep
from chungtay.support.rules import Act, State

WAITS = Kind("support.waits", "Hồ sơ hỗ trợ chờ bạn duyệt, gắn kinh phí", Pace.DAILY)
CAME_BACK = Kind("support.came_back", "Hồ sơ hỗ trợ bị trả lại, hủy", Pace.NOW)
APPROVED = Kind("support.approved", "Hồ sơ hỗ trợ được duyệt", Pace.DAILY)
APPROVING = ChainKind(
    "support.approve", "Hồ sơ hết hạn niêm yết, chưa duyệt", {Who.DOER: "Người duyệt của đơn vị"}, is_near_told=False
)
_TOLD = {
    Act.SEND_BACK: (CAME_BACK, "bị trả lại một bước"),
    Act.CANCEL: (CAME_BACK, "đã bị hủy"),
    Act.APPROVE: (APPROVED, "đã được duyệt"),
}


def register() -> None:
    """Make the kinds and the chain known, and how what is due is found."""
    register_kinds(WAITS, CAME_BACK, APPROVED)
    register_chain(APPROVING)
    register_due("support", due)


def tell_step(step: CaseStep, *, may_be_decided: bool = False) -> None:
    """Tell who has to know that a case moved, within the same transaction. may_be_decided: it needs not hang for comments."""
    row, act = step.case, Act(step.act)
    if act is Act.VERIFY and may_be_decided:
        _waits(row.area, "approve", State.VERIFIED, "chờ bạn duyệt", step.at, step.by)
    if act not in _TOLD:
        return
    kind, words = _TOLD[act]
    tell(
        kind=kind.code,
        to=_writers([row]),
        key=f"case/{step.pk}",
        subject=f"Hồ sơ {row} ({row.of_kind.name}) {words}",
        url=reverse("case-detail", args=[row.pk]),
        area=row.area_id,
        now=step.at,
        by=step.by,
    )
    if act is Act.APPROVE:
        _waits(row.area, "fund", State.APPROVED, "chờ bạn gắn phiếu chi", step.at, step.by)


def tell_batch(past: str, area: Area, rows: Sequence[Case], *, may_be_decided: bool, now: datetime, by: User) -> None:
    """Tell the same of many cases that moved together: one notice to each person."""
    if past == "verified" and may_be_decided:
        _waits(area, "approve", State.VERIFIED, "chờ bạn duyệt", now, by)
    if past != "approved":
        return
    tell(
        kind=APPROVED.code,
        to=_writers(rows),
        key=f"cases/{rows[0].pk}/{rows[0].revision}/approved",
        subject=f"{format_integer(len(rows))} hồ sơ hỗ trợ đã được duyệt",
        url=_list_of(State.APPROVED),
        area=area,
        now=now,
        by=by,
    )
    _waits(area, "fund", State.APPROVED, "chờ bạn gắn phiếu chi", now, by)


def due(now: datetime) -> Iterator[Due]:
    """Yield what has hung long enough and is not decided, one for each place and day on which it was taken down."""
    today = localdate(now)
    hung = Case.objects.filter(state=State.POSTED, posted_until__lt=today).order_by()
    counted: Counter[tuple[UUID, date]] = Counter()
    for area_id, until, count in hung.values_list("area", "posted_until").annotate(n=Count("id")):
        if until is not None:
            counted[area_id, until] += count
    for (area_id, until), count in sorted(counted.items(), key=lambda pair: (pair[0][1], str(pair[0][0]))):
        yield Due(
            kind=WAITS.code,
            key=f"cases/{area_id}/{until}",
            subject=f"{format_integer(count)} hồ sơ hỗ trợ hết hạn niêm yết, chờ bạn duyệt",
            text=f"Niêm yết đến hết ngày {date_text(until)}.",
            url=_list_of(State.POSTED),
            area_id=area_id,
            chain=APPROVING.code,
            days=(today - until).days,
            people=partial(_deciding, area_id, today),
        )


def _waits(area: Area, action: str, state: State, words: str, now: datetime, by: User) -> None:
    tell_waiting(
        kind=WAITS.code,
        to=_people(action, area.pk, localdate(now)),
        key=f"cases/{area.pk}/{state}",
        subject=f"Có hồ sơ hỗ trợ {words}",
        url=_list_of(state),
        area=area,
        now=now,
        by=by,
    )


def _list_of(state: State) -> str:
    return f"{reverse('support-list')}?{urlencode({'buoc': state.value})}"


def _writers(rows: Sequence[Case]) -> list[User]:
    return list(User.objects.filter(pk__in={UUID(pk) for row in rows for pk in row.writers}))


def _deciding(area_id: UUID, day: date, who: Who) -> list[User]:
    return _people("approve", area_id, day) if who is Who.DOER else []


def _people(action: str, area_id: UUID, day: date) -> list[User]:
    return cast(list[User], access.people_who(action, "case", area_id, on=day))
