"""How a figure was known over time: its value at the end of each day that brought it facts, on the map it is shown on."""

from bisect import bisect_right
from collections import deque
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

import numpy as np
from django.utils import timezone

from chungtay.figures.account import Account, expected_rows_by_moment
from chungtay.figures.cube import Cube, FactTuple, rows_of
from chungtay.figures.expectations import Expectations
from chungtay.figures.models import Fact
from chungtay.figures.opening import Opened
from chungtay.figures.restated import Restated
from chungtay.kernel.periods import bin_of

AFFORDABLE = 20_000
"""So many facts are told over again while a page waits."""
RECENT_DAYS = 40
"""So many days of a history are told by the way: each is a question of its own."""

_ANYBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """What the figure was at the end of a day on which it changed; `recorded_at` is that day's last batch."""

    recorded_at: datetime
    value: int | None
    numerator: int | None
    denominator: int | None
    reported: int
    expected: int


class History(NamedTuple):
    """Days that changed a figure, oldest first; whether they are all."""

    rows: tuple[HistoryRow, ...] = ()
    is_whole: bool = False


@dataclass(frozen=True)
class Stage:
    """Whose facts tell the history of a figure. `others`: what else is known now, so that coverage asks for the same keys.

    areas: None for everybody's facts; count: about how many.
    """

    below: frozenset[UUID]
    areas: frozenset[UUID] | None
    others: tuple[FactTuple, ...]
    count: int

    @property
    def is_affordable(self) -> bool:
        """Whether the history can be told while somebody waits."""
        return self.count <= AFFORDABLE


def stage_of(opened: Opened, account: Account) -> Stage:
    """Return whose facts have to be read for the history of a figure."""
    cube = account.cube
    standing = account.restated.standing(cube, opened.on)
    low, high = opened.whole.units_on(standing)
    places = np.unique(standing.place[low:high])
    below = frozenset(cube.place_ids[place] for place in places.tolist())
    first, end = np.searchsorted(cube.bins, opened.period.bins())
    keys = [(term.id, key) for term in opened.terms for key in cube.keys_of.get(term.id, [])]
    rows = [cube.spans[cube.series_at[key], first:end] for key in keys]
    of_all = sum(int((row > 0).sum()) for row in rows)
    if of_all <= AFFORDABLE:
        return Stage(below, None, (), of_all)
    mine = sum(int((row[:, places] > 0).sum()) for row in rows)
    others = []
    for (indicator_id, dimension), row in zip(keys, rows, strict=True):
        for column in np.flatnonzero((row > 0).any(axis=1)).tolist():
            stop = int(cube.bins[first + column]) + 1
            others.append((indicator_id, dimension, _ANYBODY, stop - int(row[column].max()), stop, 0))
    return Stage(below, below, tuple(others), mine)


def history_of(opened: Opened, stage: Stage, newest: int | None = None) -> History:
    """Return the figure at the end of each day that brought it facts, where it differs from the day before.

    newest: so many days at most, after the one that they begin from. One cube takes the facts day by day, and what does not
    change from day to day is read once.
    """
    told = _told(opened, stage)
    ends: dict[date, datetime] = {}
    for moment, fact in told:
        if fact[2] in stage.below:
            day = timezone.localdate(moment)
            ends[day] = max(moment, ends.get(day, moment))
    waiting = deque(told)
    said = expected_rows_by_moment({term.id for term in opened.terms})
    cube, expectations, heard = Cube(), Expectations(), 0
    cube.apply(rows_of(stage.others))
    restated = Restated()
    rows: list[HistoryRow] = []
    moments = [moment for _, moment in sorted(ends.items())]
    asked = moments if newest is None else moments[-newest - 1 :]
    for moment in asked:
        news = []
        while waiting and waiting[0][0] <= moment:
            news.append(waiting.popleft()[1])
        cube.apply(rows_of(news))
        if (by_now := bisect_right(said, moment, key=itemgetter(0))) != heard:
            heard, expectations = by_now, Expectations(row for _, row in said[:by_now])
            cube.grow(place_ids=sorted(expectations.area_ids))
        restated = restated.after(cube)
        account = Account(cube, expectations, restated=restated)
        [[f]] = opened.answered(account, [opened.row], [opened.whole])
        row = HistoryRow(moment, f.value, f.numerator, f.denominator, f.reported, f.expected)
        if not rows or replace(row, recorded_at=rows[-1].recorded_at) != rows[-1]:
            rows.append(row)
    return History(tuple(rows), len(asked) == len(moments))


def _told(opened: Opened, stage: Stage) -> list[tuple[datetime, FactTuple]]:
    """Return every fact, also superseded ones, that could ever have mattered to the figure, in the order of its telling."""
    facts = Fact.objects.filter(
        indicator_id__in={term.id for term in opened.terms},
        status__in=[status.value for status in opened.asked.view.statuses],
        period_end__gt=opened.period.start,
        period_end__lte=opened.period.end,
    )
    if opened.asked.known_at is not None:
        facts = facts.filter(batch__recorded_at__lte=opened.asked.known_at)
    if stage.areas is not None and len(stage.areas) <= _MOST_NAMED:
        facts = facts.filter(area_id__in=stage.areas)
    columns = ("indicator_id", "dimension", "area_id", "period_start", "period_end", "value")
    rows = facts.order_by("batch__recorded_at", "batch_id", "id").values_list("batch__recorded_at", *columns)
    return [
        (moment, (indicator_id, dimension, area_id, bin_of(start), bin_of(end), value))
        for moment, indicator_id, dimension, area_id, start, end, value in rows
        if stage.areas is None or area_id in stage.areas
    ]


_MOST_NAMED = 900
"""Areas named one by one in a query; of more the facts of all are read."""
