"""Giving a person a role at a place, and ending it."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from chungtay.access.models import Assignment
from chungtay.access.rules import ROLE_LABELS, Person, Role
from chungtay.access.selectors import one_staff
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.places.rules import Actor


class AlreadyAssigned(DomainError):
    """The person already has that role there on some of the days."""

    def __init__(self, person: str, role: Role, place: str) -> None:
        super().__init__(f"{person} đã có vai trò {ROLE_LABELS[role]} tại {place} trong thời gian này.")


class AssignmentEnded(DomainError):
    """The assignment has ended already, or would end on or before the day it began."""

    def __init__(self) -> None:
        super().__init__("Phân công này đã kết thúc, hoặc ngày kết thúc không sau ngày bắt đầu. Hãy chọn ngày khác.")


@transaction.atomic
def assign(
    *,
    user: Person,
    role: Role | str,
    area: Area,
    valid_from: date,
    valid_to: date | None = None,
    now: datetime,
    by: Actor | None,
) -> Assignment:
    """Give `user` a role at `area` during [valid_from, valid_to).

    Raises AlreadyAssigned when the days meet an earlier one.
    """
    role = Role(role)
    earlier = Assignment.objects.filter(user_id=user.id, role=role, area=area)
    earlier = earlier.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from))
    if valid_to is not None:
        earlier = earlier.filter(valid_from__lt=valid_to)
    if earlier.exists():
        raise AlreadyAssigned(user.full_name, role, places.name_on(area.id, valid_from))
    one_staff.loosen()
    assignment = Assignment.objects.create(
        user_id=user.id, role=role, area=area, valid_from=valid_from, valid_to=valid_to
    )
    data = {"user": user.id, "role": role, "valid_from": valid_from, "valid_to": valid_to}
    audit.record("access.assignment.given", obj=assignment, area_id=area.id, data=data, now=now, by=by)
    return assignment


@transaction.atomic
def end_assignment(assignment: Assignment, *, valid_to: date, now: datetime, by: Actor | None) -> Assignment:
    """End an open assignment: `valid_to` is the first day without it. Raises AssignmentEnded."""
    current = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if current.valid_to is not None or valid_to <= current.valid_from:
        raise AssignmentEnded
    one_staff.loosen()
    current.valid_to = valid_to
    current.save(update_fields=["valid_to"])
    data = {"user": current.user_id, "role": current.role, "valid_to": valid_to}
    audit.record("access.assignment.ended", obj=current, area_id=current.area_id, data=data, now=now, by=by)
    return current
