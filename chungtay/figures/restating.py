"""Facts on the map of another day, pure: which places of the cube stand where on a map, and the cube put into that order.

Units that are not on the map stand right behind the node where `places.succession` places them, a divided unit once per
portion, so that a subtree stays one range. Portions of one fact always add up to it; what stands nowhere comes last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from uuid import UUID

import numpy as np
import numpy.typing as npt

from chungtay.figures.cube import Cube, Ints, Mask, Values
from chungtay.figures.grouping import Groups, Positions
from chungtay.figures.setting import FOREVER, Lives
from chungtay.kernel.periods import bin_of
from chungtay.places.rules import WHOLE, Tree
from chungtay.places.succession import Cut, Successions, placements

_ALWAYS = (-FOREVER, FOREVER)


@dataclass(frozen=True)
class MapOf:
    """The map of a day with everything that leads to it from other days."""

    day: date
    tree: Tree
    successions: Successions


@dataclass(frozen=True)
class Standing:
    """The units of a map in its pre-order. Per unit: its place in the cube, and its node (one past the last: nowhere).

    cuts: unit -> which portion of its place it is. lives: in half-month bins.
    """

    place: Positions
    node: Positions
    cuts: dict[int, tuple[Cut, ...]]
    lives: Lives
    starts: Positions

    @cached_property
    def is_as_the_cube(self) -> bool:
        """Whether the cube already stands in this order, whole."""
        return not self.cuts and np.array_equal(self.place, np.arange(len(self.place)))

    def units(self, first: int, end: int) -> tuple[int, int]:
        """Return the units that stand at the nodes [first, end)."""
        return int(self.starts[first]), int(self.starts[end])

    @cached_property
    def portions(self) -> npt.NDArray[np.int64]:
        """(place, unit) of every portion of a divided unit, in that order."""
        rows = sorted((int(self.place[unit]), unit) for unit in self.cuts)
        return np.array(rows, np.int64).reshape(-1, 2)

    @cached_property
    def siblings(self) -> dict[int, tuple[int, ...]]:
        """Place -> its portions, of every divided unit."""
        found: dict[int, list[int]] = {}
        for place, unit in self.portions.tolist():
            found.setdefault(place, []).append(unit)
        return {place: tuple(units) for place, units in found.items()}

    def groups(self, ranges: Sequence[tuple[int, int]]) -> Groups:
        """Return groups of unit ranges [first, end) over the restated cube; portions of one unit are twins."""
        merged: list[tuple[int, int]] = []
        for first, end in sorted(ranges):
            if merged and first <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((first, end))
        firsts = np.array([first for first, _ in merged], np.intp)
        sizes = np.array([end - first for first, end in merged], np.intp)
        offsets = np.concatenate([np.zeros(1, np.intp), np.cumsum(sizes)])

        def number(units: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
            run = np.searchsorted(firsts, units, side="right") - 1
            return offsets[run] + units - firsts[run]

        order = np.concatenate([np.zeros(0, np.intp), *(np.arange(*one) for one in merged)]).astype(np.intp)
        starts = number(np.array([first for first, _ in ranges], np.intp))
        ends = starts + np.array([end - first for first, end in ranges], np.intp)
        twins: list[tuple[int, int]] = []
        if self.cuts:
            at = {unit: position for position, unit in enumerate(order.tolist()) if unit in self.cuts}
            for units in self.siblings.values():
                here = [at[unit] for unit in units if unit in at]
                twins += pairwise(here)
        return Groups(order, starts, ends, twins)

    def lives_of(self, groups: Groups) -> Lives:
        """Return when the units of groups over the restated cube existed, and who came after them."""
        position = np.full(len(self.place), -1, np.intp)
        position[groups.order] = np.arange(len(groups.order))
        heirs = np.stack([position[self.lives.heirs[:, 0]], self.lives.heirs[:, 1]], axis=1)
        heirs = heirs[heirs[:, 0] >= 0]
        heirs = heirs[np.argsort(heirs[:, 0], kind="stable")]
        return Lives(self.lives.first[groups.order], self.lives.end[groups.order], heirs)


def standing_of(place_ids: Sequence[UUID], on: MapOf) -> Standing:
    """Return where the places of a cube stand on a map."""
    placed = placements(place_ids, on.successions, on.tree, on.day)
    node_at = {node.area_id: position for position, node in enumerate(on.tree)}
    rows: list[tuple[int, bool, int, tuple[Cut, ...]]] = []
    for place, area_id in enumerate(place_ids):
        portions = placed[area_id]
        rows += [(node_at[portion.area_id], portion.area_id != area_id, place, portion.cuts) for portion in portions]
        if not portions:
            rows.append((len(node_at), True, place, ()))
    rows.sort()
    node = np.array([row[0] for row in rows], np.intp)
    lives = [_life_in_bins(on.successions, place_ids[row[2]]) for row in rows]
    unit_of = {place_ids[row[2]]: unit for unit, row in enumerate(rows)}
    heirs = [
        (unit, unit_of[heir])
        for unit, row in enumerate(rows)
        for heir in on.successions.after(place_ids[row[2]])
        if heir in unit_of
    ]
    return Standing(
        place=np.array([row[2] for row in rows], np.intp),
        node=node,
        cuts={unit: row[3] for unit, row in enumerate(rows) if row[3]},
        lives=Lives(
            np.array([first for first, _ in lives], np.int32),
            np.array([end for _, end in lives], np.int32),
            np.array(heirs, np.intp).reshape(-1, 2),
        ),
        starts=np.searchsorted(node, np.arange(len(node_at) + 1)).astype(np.intp),
    )


def order_of(place_ids: Sequence[UUID], on: MapOf) -> list[UUID]:
    """Return the places in the order in which a cube stands on a map as it is."""
    return [place_ids[place] for place in dict.fromkeys(standing_of(place_ids, on).place.tolist())]


def _life_in_bins(successions: Successions, area_id: UUID) -> tuple[int, int]:
    life = successions.lives.get(area_id)
    if life is None:
        return _ALWAYS
    return bin_of(life[0]), FOREVER if life[1] is None else bin_of(life[1])


def restate(cube: Cube, standing: Standing, series: Sequence[int] | None = None) -> Cube:
    """Return a cube whose places are the units of a standing, in their order; only of some series where they are named.

    The cube itself is returned when it stands in this order already. `place_ids` names a divided unit once per portion.
    """
    if standing.is_as_the_cube:
        return cube
    chosen = range(len(cube.series_keys)) if series is None else series
    shape = (len(chosen), len(cube.bins), len(standing.place))
    values, spans = np.empty(shape, np.int64), np.empty(shape, np.int16)
    for row, position in enumerate(chosen):
        np.take(cube.values[position], standing.place, axis=1, out=values[row], mode="clip")
        np.take(cube.spans[position], standing.place, axis=1, out=spans[row], mode="clip")
    for unit, cuts in standing.cuts.items():
        values[:, :, unit] = _cut(values[:, :, unit], cuts)
    return Cube.of(
        [cube.series_keys[position] for position in chosen],
        [cube.place_ids[place] for place in standing.place.tolist()],
        cube.bins,
        values,
        spans,
        {},
    )


def _cut(values: Values, cuts: Sequence[Cut]) -> Values:
    """Return the portion of each value, as `succession.cut_value` does, without leaving 64 bits on the way."""
    for low, high in cuts:
        millions, rest = np.divmod(values, WHOLE)
        values = millions * (high - low) + rest * high // WHOLE - rest * low // WHOLE
    return values


def estimated(standing: Standing, groups: Groups) -> tuple[Positions, Positions]:
    """Return (unit of the groups' order, group) wherever a group holds a portion but not all portions of its unit."""
    at = {unit: position for position, unit in enumerate(groups.order.tolist()) if unit in standing.cuts}
    rows = [(place, at[unit]) for place, unit in standing.portions.tolist() if unit in at]
    if not rows or not len(groups):
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    place, unit = np.array(rows, np.intp).T
    holds: Mask = (groups.starts <= unit[:, None]) & (unit[:, None] < groups.ends)
    firsts = np.flatnonzero(np.diff(place, prepend=-1))
    held = np.add.reduceat(holds, firsts, axis=0, dtype=np.int32)
    all_of = np.array([len(standing.siblings[int(place[first])]) for first in firsts], np.int32)
    in_part = (held < all_of[:, None])[np.cumsum(np.diff(place, prepend=-1) != 0) - 1]
    portion, group = np.nonzero(holds & in_part)
    return unit[portion], group


def has_data(cube: Cube, series: Sequence[int], units: Positions, first: Ints, end: Ints, *, is_flow: bool) -> Mask:
    """Return whether some series has a fact of each unit in each window [window, unit]; of a flow, wholly inside it."""
    has = np.zeros((len(first), len(units)), np.bool_)
    spans = cube.spans[np.asarray(series, np.intp)][:, :, units]
    high = np.searchsorted(cube.bins, end)
    for span in np.unique(spans[spans > 0]).tolist():
        counts = np.zeros((len(cube.bins) + 1, len(units)), np.int32)
        np.cumsum((spans == span).any(axis=0), axis=0, out=counts[1:])
        low = np.searchsorted(cube.bins, first + (span - 1 if is_flow else 0))
        has |= counts[high] > counts[np.minimum(low, high)]
    return has
