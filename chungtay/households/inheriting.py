"""What a unit that ended leaves to those that came after it: its households go on there, dated and with their basis.

Where one unit came after another whole, they go on by themselves; where a unit was divided, somebody who knows the place says
which khóm, ấp went where. Nothing is copied: a household stays the same one, and was where it was before that day.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.audit.rows import insert_new
from chungtay.households import telling
from chungtay.households.models import Household, HouseholdMove
from chungtay.kernel.errors import DomainError
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.places.selectors import Leaving

_AT_ONCE = 500


class NotLeftThere(DomainError):
    """What a unit left does not go to that unit, or nothing of it is left."""


def hamlets_left(areas: Iterable[UUID]) -> dict[UUID, list[tuple[str, str, int]]]:
    """Return {ended unit: [(key, khóm or ấp, households)]} of what is still there, by name (one query)."""
    rows = Household.objects.filter(area__in=list(areas)).order_by("area", "hamlet_key", "hamlet")
    found: dict[UUID, dict[str, tuple[str, int]]] = {}
    for area, key, name, count in rows.values_list("area", "hamlet_key", "hamlet").annotate(n=Count("id")):
        by_key = found.setdefault(area, {})
        by_key[key] = by_key.get(key, (name, 0))[0], by_key.get(key, (name, 0))[1] + count
    return {area: [(key, name, count) for key, (name, count) in of.items()] for area, of in found.items()}


@transaction.atomic
def carry_over(*, now: datetime, by: User | None = None) -> int:
    """Give the households of units that ended to the one unit that came after each; return how many went.

    Run it as often as you like; what a divided unit left stays until somebody says where it went.
    """
    ended = {one.area_id: one for one in places.leavings(localdate(now)).values() if len(one.heirs) == 1}
    gone = 0
    while stuck := set(Household.objects.filter(area__in=list(ended)).values_list("area_id", flat=True).distinct()):
        for area_id in sorted(stuck):
            gone += _hand_over(ended[area_id], ended[area_id].heirs[0], None, now, by)
    return gone


@transaction.atomic
def take_over(*, area: Area, hamlets: Collection[str], to: Area, now: datetime, by: User) -> int:
    """Say that the households of some khóm, ấp (their keys) of a unit that ended are a successor's now; return how many.

    Raises NotLeftThere and what `access.require` raises.
    """
    today = localdate(now)
    access.require(by, "edit", Matter("household", to.pk), on=today)
    leaving = places.leavings(today).get(area.pk)
    if leaving is None or to.pk not in leaving.heirs:
        raise NotLeftThere("Đơn vị được chọn không tiếp nhận từ đơn vị này. Hãy tải lại trang rồi chọn lại.")
    gone = _hand_over(leaving, to.pk, hamlets, now, by)
    if not gone:
        raise NotLeftThere("Chưa chọn khóm, ấp nào còn hộ ở đơn vị cũ. Hãy tải lại trang rồi chọn.")
    return gone


def _hand_over(leaving: Leaving, heir: UUID, hamlets: Collection[str] | None, now: datetime, by: User | None) -> int:
    """Move the households of a unit, of some khóm and ấp or of all (None), under their locks; return how many."""
    left = Household.objects.select_for_update(of=("self",)).filter(area=leaving.area_id).order_by("pk")
    if hamlets is not None:
        left = left.filter(hamlet_key__in=list(hamlets))
    rows = list(left.only("id", "root"))
    if not rows:
        return 0
    for some in _in_parts(rows):
        insert_new(HouseholdMove, [_move(row, leaving, heir, now, by) for row in some])
        Household.objects.filter(pk__in=[row.pk for row in some]).update(area=heir)
    telling.settle(rows, now=now, by=by)
    data = {"from": leaving.area_id, "on": leaving.on, "households": len(rows), "basis": leaving.basis[:200]}
    audit.record("households.place.handed_over", area_id=heir, data=data, now=now, by=by)
    return len(rows)


def _move(row: Household, leaving: Leaving, heir: UUID, now: datetime, by: User | None) -> HouseholdMove:
    return HouseholdMove(
        household=row,
        from_area_id=leaving.area_id,
        area_id=heir,
        on=leaving.on,
        basis=leaving.basis[:200],
        at=now,
        by=by,
    )


def _in_parts(rows: Sequence[Household]) -> Iterable[Sequence[Household]]:
    return (rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE))


def carry_over_when_recorded(heirs: object, effective_on: date, now: datetime) -> None:
    """Carry over as soon as a reorganisation is recorded; one of a later day is carried over by the daily run on that day.

    After its commit: the register is locked before the account, and the map's transaction holds the account already.
    """
    if effective_on <= localdate(now):
        transaction.on_commit(lambda: carry_over(now=now), robust=True)
