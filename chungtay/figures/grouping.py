"""Groups of units: ranges over one order of units, nested or side by side, as the subtrees of a map are.

Every reduction reads the units once: they are cut at all borders of groups into segments, the segments are reduced by
`reduceat`, and a group that holds several segments is put together from those.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

import numpy as np
import numpy.typing as npt

from chungtay.figures.cube import Mask

Positions = npt.NDArray[np.intp]
_Number = TypeVar("_Number", bound=np.generic)


class Groups:
    """`order`: cube positions of the units; group g is units [starts[g], ends[g]) of that order, possibly empty.

    twins: pairs of units that are portions of one; a group with both counts them once. Of n portions n - 1 pairs name
    each portion with the one before it.
    """

    def __init__(
        self, order: Positions, starts: Positions, ends: Positions, twins: Sequence[tuple[int, int]] = ()
    ) -> None:
        self.order, self.starts, self.ends = order, starts, ends
        self.twins = tuple(twins)
        sizes = ends - starts
        self.alone = np.flatnonzero(sizes == 1)
        wide = np.flatnonzero(sizes > 1)
        self.cuts = np.unique(np.concatenate([starts[wide], ends[wide]]))
        first, end = np.searchsorted(self.cuts, starts[wide]), np.searchsorted(self.cuts, ends[wide])
        plain = end - first == 1
        self.plain, self.plain_segment = wide[plain], first[plain]
        self.joined = [
            (int(g), int(a), int(b)) for g, a, b in zip(wide[~plain], first[~plain], end[~plain], strict=True)
        ]

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def repeated(self) -> list[tuple[int, int]]:
        """(unit, group) wherever a group holds an earlier portion of the same unit."""
        return [
            (max(pair), int(group))
            for pair in self.twins
            for group in np.flatnonzero((self.starts <= min(pair)) & (self.ends > max(pair)))
        ]

    @property
    def units(self) -> slice | Positions:
        """What takes the units out of the cube's place axis: a slice (no copy) when they stand side by side there."""
        first, size = (int(self.order[0]) if len(self.order) else 0), len(self.order)
        return slice(first, first + size) if np.array_equal(self.order, np.arange(first, first + size)) else self.order

    def sum(self, array: npt.NDArray[Any], dtype: type[_Number]) -> npt.NDArray[_Number]:
        """Return the sums over each group: [..., units] -> [..., groups], 0 for an empty group."""
        out = np.zeros((*array.shape[:-1], len(self)), dtype)
        out[..., self.alone] = array[..., self.starts[self.alone]]
        if len(self.cuts):
            parts = self._segments(np.add, array, dtype)
            out[..., self.plain] = parts[..., self.plain_segment]
            for group, first, end in self.joined:
                parts[..., first:end].sum(axis=-1, out=out[..., group])
        return out

    def newest(
        self, latest: npt.NDArray[np.int16], earliest: npt.NDArray[np.int16], counted: Mask
    ) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int32]]:
        """Return per group the newest `latest` (-1 none) and how many counted units have their `earliest` there.

        earliest <= latest for every unit, and >= 0 for a counted one; [..., units] -> two of [..., groups].
        """
        top = np.full((*latest.shape[:-1], len(self)), -1, np.int16)
        count = np.zeros(top.shape, np.int32)
        mine = self.starts[self.alone]
        top[..., self.alone] = latest[..., mine]
        count[..., self.alone] = (counted & (earliest == latest))[..., mine]
        if len(self.cuts):
            tops = self._segments(np.maximum, latest, np.int16)
            at_top = np.repeat(tops, np.diff(self.cuts), axis=-1) == earliest[..., self.cuts[0] : self.cuts[-1]]
            at_top &= counted[..., self.cuts[0] : self.cuts[-1]]
            counts = np.add.reduceat(at_top, self.cuts[:-1] - self.cuts[0], axis=-1, dtype=np.int32)
            top[..., self.plain], count[..., self.plain] = (
                tops[..., self.plain_segment],
                counts[..., self.plain_segment],
            )
            for group, first, end in self.joined:
                top[..., group] = tops[..., first:end].max(axis=-1)
                newest = tops[..., first:end] == top[..., group, None]
                count[..., group] = np.where(newest, counts[..., first:end], 0).sum(axis=-1)
        return top, count

    def _segments(self, ufunc: np.ufunc, array: npt.NDArray[Any], dtype: type[_Number]) -> npt.NDArray[_Number]:
        inside = array[..., self.cuts[0] : self.cuts[-1]]
        parts: npt.NDArray[_Number] = ufunc.reduceat(inside, self.cuts[:-1] - self.cuts[0], axis=-1, dtype=dtype)
        return parts


def groups_of(place_at: Mapping[UUID, int], tree_order: Sequence[UUID], ranges: Iterable[tuple[int, int]]) -> Groups:
    """Return the groups of ranges [first, end) over a map in tree order, keeping only places that the cube knows."""
    wanted = list(ranges)
    position: dict[int, int] = {}
    order: list[int] = []
    for first, end in _merged(wanted):
        for node in range(first, end):
            position[node] = len(order)
            place = place_at.get(tree_order[node])
            if place is not None:
                order.append(place)
        position[end] = len(order)
    return Groups(
        np.array(order, np.intp),
        np.array([position[first] for first, _ in wanted], np.intp),
        np.array([position[end] for _, end in wanted], np.intp),
    )


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, end in sorted(ranges):
        if merged and first < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((first, end))
    return merged
