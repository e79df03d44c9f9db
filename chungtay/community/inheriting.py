"""What a unit that ended leaves to those that came after it: its groups and its khóm, ấp go on there, dated and with their basis.

Where one unit came after another whole, they go on by themselves; where a unit was divided, somebody who knows the place says
which went where. Nothing is copied: a group, a khóm stays the same one, and was where it was before that day.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.community import telling
from chungtay.community.models import Group, GroupAct, Hamlet, HamletMove
from chungtay.community.pen import Pen, take_pen
from chungtay.community.rules import ActKind
from chungtay.kernel.errors import DomainError
from chungtay.places.models import Area
from chungtay.places.selectors import Leaving, leavings

AT_ONCE = 500


class WrongHeir(DomainError):
    """What a unit left does not go to that unit."""


def groups_left(areas: Iterable[UUID]) -> list[Group]:
    """Return the groups that still stand at units, by name."""
    return list(Group.objects.filter(area__in=list(areas), ended_on=None).order_by("words", "id"))


def hamlets_left(areas: Iterable[UUID]) -> list[Hamlet]:
    """Return the khóm, ấp that still stand at units, by name."""
    return list(Hamlet.objects.filter(area__in=list(areas), ended_on=None).order_by("words", "id"))


@transaction.atomic
def carry_over(*, now: datetime, by: User | None = None) -> int:
    """Give what stands at units that ended to the one unit that came after each; return how many groups and khóm, ấp went.

    Run it as often as you like; what a divided unit left stays until somebody says where it went.
    """
    pen = take_pen(now, by)
    ended = {one.area_id: one for one in leavings(pen.today).values() if len(one.heirs) == 1}
    gone = 0
    while stuck := _with_something(ended):
        for area_id in sorted(stuck):
            leaving = ended[area_id]
            gone += _hand_over(leaving, leaving.heirs[0], groups_left([area_id]), hamlets_left([area_id]), pen)
    return gone


@transaction.atomic
def take_over(
    *, area: Area, groups: Sequence[Group], hamlets: Sequence[Hamlet], to: Area, now: datetime, by: User
) -> int:
    """Say which groups and khóm, ấp of a unit that ended are a successor's now. Raises WrongHeir, NotAllowed."""
    pen = take_pen(now, by)
    access.require(by, "edit", Matter("group", to.pk, "active"), on=pen.today)
    leaving = leavings(pen.today).get(area.pk)
    if leaving is None or to.pk not in leaving.heirs:
        raise WrongHeir("Đơn vị được chọn không tiếp nhận từ đơn vị này. Hãy tải lại trang rồi chọn lại.")
    rows = [one for one in groups_left([area.pk]) if one.pk in {row.pk for row in groups}]
    spots = [one for one in hamlets_left([area.pk]) if one.pk in {row.pk for row in hamlets}]
    if not rows and not spots:
        raise WrongHeir("Chưa chọn nhóm hoặc khóm, ấp nào còn ở đơn vị cũ. Hãy tải lại trang rồi chọn.")
    return _hand_over(leaving, to.pk, rows, spots, pen)


def _with_something(areas: Collection[UUID]) -> set[UUID]:
    at = {"area__in": list(areas), "ended_on": None}
    groups = Group.objects.filter(**at).values_list("area_id", flat=True)
    return {*groups.distinct(), *Hamlet.objects.filter(**at).values_list("area_id", flat=True).distinct()}


def _hand_over(leaving: Leaving, heir: UUID, groups: list[Group], hamlets: list[Hamlet], pen: Pen) -> int:
    basis = leaving.basis[:200]
    acts, moves = [], []
    for group in groups:
        on = max(leaving.on, group.founded_on)
        acts.append(GroupAct(group=group, kind=ActKind.MOVED, on=on, area_id=heir, basis=basis, **pen.signed()))
    for hamlet in hamlets:
        on = max(leaving.on, hamlet.founded_on)
        moves.append(
            HamletMove(hamlet=hamlet, from_area_id=hamlet.area_id, area_id=heir, on=on, basis=basis, **pen.signed())
        )
    GroupAct.objects.bulk_create(acts, batch_size=AT_ONCE)
    HamletMove.objects.bulk_create(moves, batch_size=AT_ONCE)
    _update(Group, groups, area_id=heir)
    # The first commune stays named: two that brought an “Ấp 1” each may together go on to a third.
    _update(Hamlet, hamlets, area_id=heir, came_from_id=Coalesce(F("came_from_id"), Value(leaving.area_id)))
    pen.lift()
    if kinds := {one.kind for one in groups}:
        telling.tell_groups(heir, since=leaving.on, kinds=kinds, now=pen.now, by=pen.by)
    data = {"from": leaving.area_id, "on": leaving.on, "groups": len(groups), "hamlets": len(hamlets), "basis": basis}
    audit.record("community.place.handed_over", area_id=heir, data=data, now=pen.now, by=pen.by)
    return len(groups) + len(hamlets)


def _update(model: type[Group] | type[Hamlet], rows: Sequence[Group | Hamlet], **values: Any) -> None:
    for start in range(0, len(rows), AT_ONCE):
        ids = [row.pk for row in rows[start : start + AT_ONCE]]
        model._default_manager.filter(pk__in=ids).update(revision=F("revision") + 1, **values)


def carry_over_when_recorded(heirs: object, effective_on: date, now: datetime) -> None:
    """Carry over as soon as a reorganisation is recorded; one of a later day is carried over by the daily run on that day.

    After its commit: the registers are locked before the account, and the map's transaction holds the account already.
    """
    if effective_on <= localdate(now):
        transaction.on_commit(lambda: carry_over(now=now), robust=True)
