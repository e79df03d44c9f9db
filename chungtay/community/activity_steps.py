"""The steps of an activity: written by one person, confirmed by another before it counts, its pictures beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.community import telling
from chungtay.community.kinds import activity_kind
from chungtay.community.models import Activity, ActivityAct, ActivityPicture, Group, Hamlet, Movement
from chungtay.community.pen import Pen, take_pen
from chungtay.community.registering import ChangedMeanwhile
from chungtay.community.rules import ActivityState, after
from chungtay.community.rules.kinds import checked_details
from chungtay.evidence.models import Attachment
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold, nfc
from chungtay.places.models import Area, Body
from chungtay.tasks.models import Task

RIGHTS = {"write": "fill", "record": "submit", "confirm": "approve", "return": "send_back", "withdraw": "withdraw"}


class WrongActivity(DomainError):
    """What was said of an activity cannot be so."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is said of an activity. counts: the fields of its kind, by code."""

    kind: str
    title: str
    held_on: date
    hamlet: Hamlet | None = None
    group: Group | None = None
    movement: Movement | None = None
    task: Task | None = None
    body: Body | None = None
    venue: str = ""
    participants: int | None = None
    counts: dict[str, Any] = field(default_factory=dict)
    note: str = ""


@transaction.atomic
def write_activity(
    *,
    told: Told,
    area: Area,
    pictures: Sequence[Attachment] = (),
    activity_id: UUID | None = None,
    is_sample: bool = False,
    now: datetime,
    by: User,
) -> Activity:
    """Begin an activity as a draft. activity_id: the page's own id of it; sent twice it is written once.

    Raises WrongActivity, WrongDetail, NotAllowed.
    """
    pen = take_pen(now, by)
    access.require(by, "fill", Matter("activity", area.pk, ActivityState.DRAFT), on=pen.today)
    if activity_id is not None and (found := Activity.objects.filter(pk=activity_id, area=area).first()) is not None:
        return found
    activity = Activity(
        pk=activity_id or uuid4(), area=area, written_by=by, changed_by=by, written_at=now, is_sample=is_sample
    )
    _tell_of(activity, told, pen)
    activity.save(force_insert=True)
    _add_pictures(activity, pictures, now, by)
    _acted(activity, "write", pen)
    return activity


@transaction.atomic
def change_activity(
    *,
    activity: Activity,
    told: Told,
    pictures: Sequence[Attachment] = (),
    revision: int,
    now: datetime,
    by: User,
) -> Activity:
    """Write a draft or returned activity anew. Raises ChangedMeanwhile, WrongActivity, WrongDetail, NotThatWay, NotAllowed."""
    pen, row = _taken(activity, "write", now, by)
    if row.revision != revision:
        raise ChangedMeanwhile
    _tell_of(row, told, pen)
    row.changed_by = by
    _step(row, "write", pen)
    _add_pictures(row, pictures, now, by)
    return row


@transaction.atomic
def record_activity(*, activity: Activity, now: datetime, by: User) -> Activity:
    """Put an activity forward for confirmation. Raises NotThatWay, NotAllowed."""
    pen, row = _taken(activity, "record", now, by)
    row.recorded_by = by
    return _step(row, "record", pen)


@transaction.atomic
def confirm_activity(*, activity: Activity, revision: int, now: datetime, by: User) -> Activity:
    """Confirm what somebody else wrote, as it was seen; from then on it counts.

    Raises ChangedMeanwhile, NotThatWay, NotAllowed.
    """
    pen, row = _taken(activity, "confirm", now, by)
    if row.revision != revision:
        raise ChangedMeanwhile
    row.confirmed_by = by
    return _step(row, "confirm", pen)


@transaction.atomic
def return_activity(*, activity: Activity, reason: str, now: datetime, by: User) -> Activity:
    """Give an activity back to its writer with a reason. Raises WrongActivity, NotThatWay, NotAllowed."""
    pen, row = _taken(activity, "return", now, by)
    if not reason.strip():
        raise WrongActivity("Hãy ghi lý do trả lại để người ghi biết phải sửa gì.")
    return _step(row, "return", pen, reason)


@transaction.atomic
def withdraw_activity(*, activity: Activity, reason: str, now: datetime, by: User) -> Activity:
    """Take an activity out for good; what it said stays to be read. Raises WrongActivity, NotThatWay, NotAllowed."""
    pen, row = _taken(activity, "withdraw", now, by)
    if not reason.strip():
        raise WrongActivity("Hãy ghi lý do rút hoạt động này.")
    return _step(row, "withdraw", pen, reason)


def _taken(activity: Activity, step: str, now: datetime, by: User) -> tuple[Pen, Activity]:
    pen = take_pen(now, by)
    row = Activity.objects.select_for_update().get(pk=activity.pk)
    after(step, ActivityState(row.state))
    access.require(by, RIGHTS[step], row, on=pen.today)
    return pen, row


def _step(row: Activity, step: str, pen: Pen, reason: str = "") -> Activity:
    counted = row.state == ActivityState.CONFIRMED
    row.state = after(step, ActivityState(row.state))
    row.revision += 1
    row.save()
    _acted(row, step, pen, reason, counts=counted or row.state == ActivityState.CONFIRMED)
    return row


def _acted(row: Activity, verb: str, pen: Pen, reason: str = "", *, counts: bool = False) -> None:
    content = {
        "kind": row.kind,
        "title": row.title,
        "held_on": row.held_on.isoformat(),
        "hamlet": str(row.hamlet_id or ""),
        "group": str(row.group_id or ""),
        "movement": str(row.movement_id or ""),
        "task": str(row.task_id or ""),
        "body": str(row.body_id or ""),
        "venue": row.venue,
        "participants": row.participants,
        "counts": row.counts,
        "note": row.note,
    }
    ActivityAct.objects.create(activity=row, verb=verb, reason=reason, content=content, **pen.signed())
    pen.lift()
    if counts and activity_kind(row.kind).indicators:
        telling.tell_activities(row.area_id, [row.held_on], now=pen.now, by=pen.by)
    data = {"kind": row.kind, "held_on": row.held_on, "revision": row.revision, "reason": reason}
    code = {"write": "written", "record": "recorded", "confirm": "confirmed", "return": "returned"}.get(
        verb, "withdrawn"
    )
    audit.record(f"community.activity.{code}", obj=row, area_id=row.area_id, data=data, now=pen.now, by=pen.by)


def _add_pictures(row: Activity, pictures: Sequence[Attachment], now: datetime, by: User) -> None:
    for one in pictures:
        ActivityPicture.objects.create(activity=row, attachment=one, at=now, by=by)


def _tell_of(row: Activity, told: Told, pen: Pen) -> None:
    kind = activity_kind(told.kind)
    if told.held_on > pen.today:
        raise WrongActivity("Ngày tổ chức chưa đến. Chỉ ghi việc đã làm; hãy xem lại ngày.")
    for place, what in ((told.hamlet, "Khóm, ấp"), (told.group, "Nhóm")):
        if place is not None and place.area_id != row.area_id:
            raise WrongActivity(f"{what} “{place}” không thuộc đơn vị của hoạt động này. Hãy chọn lại.")
    if kind.per_hamlet and told.hamlet is None:
        raise WrongActivity(f"{kind.label} được tính theo khóm, ấp. Hãy chọn khóm, ấp đã tổ chức.")
    row.kind, row.held_on, row.hamlet, row.group = told.kind, told.held_on, told.hamlet, told.group
    row.movement, row.task, row.body, row.participants = told.movement, told.task, told.body, told.participants
    row.title = nfc(" ".join(told.title.split())) or kind.label
    row.venue, row.note = told.venue, told.note
    row.counts = checked_details(kind.fields, told.counts)
    said = [row.title, kind.label, row.venue, str(told.hamlet or ""), str(told.group or ""), str(told.movement or "")]
    row.words = fold(" ".join(said))[:500]
