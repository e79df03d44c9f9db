"""How long answers have been owed, pure: the ages of the board, by addressee, and the due days that an age stands for."""

from collections.abc import Hashable, Iterable
from datetime import date, timedelta
from typing import TypeVar

Who = TypeVar("Who", bound=Hashable)

AGES = ((0, "Còn trong hạn"), (1, "Quá hạn đến 15 ngày"), (16, "Quá hạn 16–30 ngày"), (31, "Quá hạn trên 30 ngày"))


def age_of(late: int) -> int:
    """Return which of AGES so many days of lateness belong to."""
    return max(at for at, (least, _) in enumerate(AGES) if late >= least)


def spread(rows: Iterable[tuple[Who, int]]) -> dict[Who, list[int]]:
    """Return for each addressee how many owe an answer in each of AGES; rows: (addressee, days late)."""
    found: dict[Who, list[int]] = {}
    for who, late in rows:
        found.setdefault(who, [0] * len(AGES))[age_of(late)] += 1
    return found


def due_between(age: int, today: date) -> tuple[date, date]:
    """Return the first and last due day of what is of an age today; the edges of time where an age has no end."""
    least, later = AGES[age][0], [days for days, _ in AGES[age + 1 :]]
    last = today - timedelta(days=least) if least else date.max
    return (today - timedelta(days=later[0] - 1) if later else date.min), last
