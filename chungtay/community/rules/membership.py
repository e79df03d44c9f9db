"""How many belong to a group on any day: dated counts, the last one of the day holds; a correction is a later row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True)
class Count:
    """What was counted as of a day. None: that was not counted. `position`: its place among all rows ever written."""

    as_of: date
    position: int
    members: int | None = None
    households: int | None = None


class Counted(NamedTuple):
    """What holds on a day: each number from its own last count, None when nobody ever counted it; `as_of` the older day."""

    members: int | None
    households: int | None
    as_of: date | None


NOTHING = Counted(None, None, None)


def counted_on(counts: Iterable[Count], day: date, *, known: int | None = None) -> Counted:
    """Return the numbers that hold on a day; `known`: only by rows up to that position.

    Of two counts as of the same day the one written later holds: that is how a count is corrected.
    """
    members: Count | None = None
    households: Count | None = None
    seen = [one for one in counts if one.as_of <= day and (known is None or one.position <= known)]
    for one in sorted(seen, key=lambda count: (count.as_of, count.position)):
        members = one if one.members is not None else members
        households = one if one.households is not None else households
    days = [one.as_of for one in (members, households) if one is not None]
    return Counted(
        members.members if members else None, households.households if households else None, min(days, default=None)
    )


def after_merger(heir: Counted, joining: Iterable[Counted]) -> Counted:
    """Return what the heir has on the day of a merger: each group's people once. What nobody counted stays not counted."""
    all_of_them = [heir, *joining]
    return Counted(
        _added(one.members for one in all_of_them), _added(one.households for one in all_of_them), heir.as_of
    )


def _added(numbers: Iterable[int | None]) -> int | None:
    counted = [number for number in numbers if number is not None]
    return sum(counted) if counted else None
