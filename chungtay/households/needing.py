"""What a household lacks: recorded when it is found, ended when it is met."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.households.models import Household, Need
from chungtay.households.register import locked
from chungtay.households.rules import NEED_LABELS, NeedKind, NotAHousehold
from chungtay.kernel.folding import nfc


@transaction.atomic
def add_need(*, household: Household, kind: NeedKind, since: date, note: str = "", now: datetime, by: User) -> Need:
    """Record a need that is there since a day. Raises NotAHousehold when the same is open already, or lies ahead."""
    row = locked(household)
    access.require(by, "edit", row, on=localdate(now))
    if since > localdate(now):
        raise NotAHousehold("Ngày phát sinh nhu cầu ở sau hôm nay. Hãy chọn hôm nay hoặc ngày trước đó.")
    if Need.objects.filter(household=row, kind=kind, until=None).exists():
        raise NotAHousehold(f"Hộ đã có nhu cầu “{NEED_LABELS[kind]}” chưa được đáp ứng. Không cần ghi lại.")
    need = Need.objects.create(
        household=row,
        root_id=row.root_id,
        kind=kind,
        since=since,
        note=nfc(note.strip())[:200],
        recorded_at=now,
        recorded_by=by,
    )
    data = {"kind": kind, "since": since}
    audit.record("households.need.found", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return need


@transaction.atomic
def meet_need(*, need: Need, day: date, now: datetime, by: User) -> None:
    """Record that a need is no longer there from a day on. Raises NotAHousehold."""
    row = locked(need.household)
    access.require(by, "edit", row, on=localdate(now))
    one = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
    if one.until is not None or day < one.since or day > localdate(now):
        raise NotAHousehold("Nhu cầu này đã hết từ trước, hoặc ngày không nằm giữa ngày phát sinh và hôm nay.")
    one.until = day
    one.save(update_fields=["until"])
    data = {"kind": one.kind, "until": day}
    audit.record("households.need.met", obj=row, area_id=row.area_id, data=data, now=now, by=by)
