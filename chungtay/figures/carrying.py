"""Stocks between two maps: a unit that ended inside a window still counts until one that came after it says how much there is.

Else what a unit had would be gone from every total on the day on which it merged, and come back with the next return. Its
last value in the window counts as long as none of the units that came after it, near or far, has stated the line since it
ended: of a ratio of stocks both terms. Nothing counts twice, and nobody waits for the former unit: it is not due, its heir
is. What a heir stated before (it may have stood there all along) was without the unit and takes nothing from it. Of a unit that
was divided all portions end together, with the first heir that states the line.
"""

from collections.abc import Sequence

import numpy as np

from chungtay.figures.cube import Cube, Ints, Mask
from chungtay.figures.grouping import Positions


def unclaimed(
    cube: Cube, stocks: Sequence[Sequence[int]], heirs: Positions, units: Positions, since: Ints, end: Ints
) -> Mask:
    """Return for each of `units` whether no heir of it states all of the stocks in [since, end), in bins.

    stocks: the series of each; one is stated where any key of its indicator is. heirs: rows (unit, place of the cube), by unit.
    """
    free: Mask = np.ones(len(units), np.bool_)
    low, high = np.searchsorted(cube.bins, since), np.searchsorted(cube.bins, end)
    heirs = heirs[np.isin(heirs[:, 0], units)]
    if not len(heirs) or not (high > low).any():
        return free
    owners, firsts = np.unique(heirs[:, 0], return_index=True)
    at = np.minimum(np.searchsorted(owners, units), len(owners) - 1)
    claimed = (owners[at] == units) & (high > low)
    floor = int(low.min())
    for series in stocks:
        held = np.zeros((int(high.max()) - floor, len(heirs)), np.bool_)
        for one in _all_keys(cube, series):
            held |= cube.spans[one, floor : floor + len(held)].take(heirs[:, 1], axis=1) > 0
        stated = np.zeros((len(held) + 1, len(owners)), np.int32)
        np.cumsum(np.logical_or.reduceat(held, firsts, axis=1), axis=0, out=stated[1:])
        claimed &= stated[np.maximum(high - floor, 0), at] > stated[low - floor, at]
    free[claimed] = False
    return free


def _all_keys(cube: Cube, series: Sequence[int]) -> list[int]:
    """Return every series of the indicators that some series are about."""
    ids = dict.fromkeys(cube.series_keys[one][0] for one in series)
    return [cube.series_at[one, key] for one in ids for key in cube.keys_of[one]]
