"""Of which formerly: what units that are not on the map any more (or not yet) give to the figure of a unit that is.

A unit without others below it has its former units one by one; a unit above others has those it was formed from, each with
all that stood below it when it ended and now stands below this one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from chungtay.figures.account import Account
from chungtay.figures.answering import Area
from chungtay.figures.maps import map_on
from chungtay.figures.opening import Opened
from chungtay.figures.restating import Standing
from chungtay.figures.rules import Figure
from chungtay.figures.trace_ids import TraceKey, encode_trace
from chungtay.places.rules import WHOLE
from chungtay.places.succession import cut_value


@dataclass(frozen=True, slots=True)
class Former:
    """One former unit inside a figure. `value` (of a ratio numerator and denominator) is its portion, scaled like the figure's.

    share_ppm: which part of the unit it is; WHOLE for all of it. last_day: the last day of its own map on which it stood (the
    first, if it came later); `trace` opens its figure on that map.
    """

    area_id: UUID
    value: int | None
    numerator: int | None
    denominator: int | None
    share_ppm: int
    reported: int
    expected: int
    last_day: date
    trace: str

    @property
    def is_estimated(self) -> bool:
        """Whether it is a share of a unit that was divided."""
        return self.share_ppm != WHOLE


def formers_of(opened: Opened, account: Account) -> tuple[Former, ...]:
    """Return the former units inside a figure that have a number or were expected to, in the order of the map."""
    standing = account.restated.standing(account.cube, opened.on)
    whole = opened.whole
    shares = _shares(opened, account, standing)
    areas = [
        Area(area_id, whole.first, whole.end, run) for area_id, units in shares.items() for run in _runs(sorted(units))
    ]
    if not areas:
        return ()
    [figures] = opened.answered(account, [opened.row], areas)
    by_area: dict[UUID, list[Figure]] = {}
    for figure in figures:
        by_area.setdefault(figure.area_id, []).append(figure)
    found = [_former(opened, parts, max(shares[area_id].values())) for area_id, parts in by_area.items()]
    return tuple(
        former for former in found if former.expected or former.value is not None or former.numerator is not None
    )


def _shares(opened: Opened, account: Account, standing: Standing) -> dict[UUID, dict[int, int]]:
    """Return former unit -> {unit of the standing that counts for it: its share}."""
    whole, place_ids = opened.whole, account.cube.place_ids
    low, high = standing.units(whole.first, whole.end)
    if whole.end - whole.first > 1:
        return _predecessors(opened, account, standing)
    found: dict[UUID, dict[int, int]] = {}
    for unit in range(low, high):
        area_id = place_ids[int(standing.place[unit])]
        if area_id != opened.area_id:
            found.setdefault(area_id, {})[unit] = cut_value(WHOLE, standing.cuts.get(unit, ()))
    return {area_id: dict.fromkeys(units, sum(units.values())) for area_id, units in found.items()}


def _predecessors(opened: Opened, account: Account, standing: Standing) -> dict[UUID, dict[int, int]]:
    successions = opened.on.successions
    low, high = standing.units(opened.whole.first, opened.whole.end)
    shares: Mapping[UUID, int] = {
        area_id: dict(successions.forward.get(area_id, ())).get(opened.area_id, WHOLE)
        for area_id, _ in successions.backward.get(opened.area_id, ())
    }
    found: dict[UUID, dict[int, int]] = {}
    for area_id, share in shares.items():
        before = map_on(_last_day(opened, area_id))
        if area_id not in before.tree:
            continue
        then = account.restated.standing(account.cube, before)
        first, end = then.units(*before.tree.span(area_id))
        below = set(then.place[first:end].tolist())
        units = [unit for unit in range(low, high) if int(standing.place[unit]) in below]
        if units:
            found[area_id] = dict.fromkeys(units, share)
    return found


def _runs(units: list[int]) -> list[tuple[int, int]]:
    """Return ascending units as ranges [first, end)."""
    cuts = [0, *(at + 1 for at, (one, after) in enumerate(pairwise(units)) if after != one + 1), len(units)]
    return [(units[first], units[end - 1] + 1) for first, end in pairwise(cuts)]


def _former(opened: Opened, parts: list[Figure], share_ppm: int) -> Former:
    area_id = parts[0].area_id
    day = _last_day(opened, area_id)
    period, asked, row = opened.period, opened.asked, opened.row
    return Former(
        area_id,
        _sum([part.value for part in parts]),
        _sum([part.numerator for part in parts]),
        _sum([part.denominator for part in parts]),
        share_ppm,
        sum(part.reported for part in parts),
        sum(part.expected for part in parts),
        day,
        encode_trace(
            TraceKey(row.indicator.code, row.dimension, area_id, period.code, asked.view.value, asked.known_at, day)
        ),
    )


def _last_day(opened: Opened, area_id: UUID) -> date:
    """Return the day nearest to the map on which a unit that is not on it stood."""
    first, end = opened.on.successions.lives.get(area_id, (opened.on.day, None))
    return end - timedelta(days=1) if end is not None and end <= opened.on.day else first


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
