"""Which days hold at a place: the rows that came with the software and those that the place and the ones above it have set."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.programmes.models import Programme
from chungtay.supervision.models import TimerRule
from chungtay.supervision.timers import KIND_OF_TIMER_WORDS, Rule, Timer, built_in, rule_on


class BadTimer(DomainError):
    """The rule of days cannot be what it says."""


def rules_at(area_id: UUID, day: date) -> list[Rule]:
    """Return every rule that may hold at a place on a day: built in, of the places above, its own (one query)."""
    way = places.ways_on(day).own.get(area_id, (area_id,))
    near = {one: at for at, one in enumerate(way, 1)}
    rows = TimerRule.objects.filter(area_id__in=near).order_by("id")
    return [*built_in(), *(_rule(row, near[row.area_id]) for row in rows)]


def rule_at(timer: Timer, kind: str, area_id: UUID, day: date, programme_id: UUID | None = None) -> Rule:
    """Return the rule that holds for a timer at a place on a day."""
    return rule_on(rules_at(area_id, day), timer, kind, day, programme_id)


def _rule(row: TimerRule, nearness: int) -> Rule:
    return Rule(
        Timer(row.timer), row.kind, row.days, row.valid_from, row.valid_to, row.legal_basis, row.is_verified,
        row.area_id, row.programme_id, nearness,
    )  # fmt: skip


@transaction.atomic
def set_timer(
    *,
    area: Area,
    timer: Timer,
    kind: str,
    days: int,
    valid_from: date,
    valid_to: date | None = None,
    legal_basis: str,
    is_verified: bool = False,
    programme: Programme | None = None,
    now: datetime,
    by: User,
) -> TimerRule:
    """Add a dated rule for a place and those below it; what was counted before keeps its days. Raises BadTimer, NotAllowed."""
    access.require(by, "edit", Matter("supervision", area.pk), on=localdate(now))
    if kind not in KIND_OF_TIMER_WORDS or not any((one.timer, one.kind) == (timer, kind) for one in built_in()):
        raise BadTimer("Không có thời hạn này cho loại việc này. Hãy chọn lại trong danh sách.")
    if not 1 <= days <= 365:
        raise BadTimer("Số ngày từ 1 đến 365. Hãy sửa lại.")
    if not legal_basis.strip():
        raise BadTimer("Mỗi thời hạn phải có căn cứ: số, ngày văn bản. Hãy ghi rồi lưu lại.")
    if valid_to is not None and valid_to <= valid_from:
        raise BadTimer("Thời hạn hết hiệu lực trước khi có hiệu lực. Hãy sửa ngày.")
    made = TimerRule.objects.create(
        area=area, programme=programme, timer=timer, kind=kind, days=days, valid_from=valid_from, valid_to=valid_to,
        legal_basis=legal_basis.strip()[:300], is_verified=is_verified, at=now, by=by,
    )  # fmt: skip
    data = {"timer": timer, "kind": kind, "days": days, "basis": made.legal_basis, "from": valid_from}
    audit.record(
        "supervision.timer.set", obj=("supervision.TimerRule", made.pk), area_id=area.pk, data=data, now=now, by=by
    )
    return made
