"""Where a cube has values, one bit per cell, and how long the periods of each column are when all are alike.

Coverage over thousands of units is then a matter of words of 64 units instead of single ones.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
_SERIES_AT_ONCE = 16


class Validity:
    """`bits` [series][column][word]: bit p of a row is set iff something is known at place p.

    `cell` [series][column]: the span in bins of every fact in the column, 0 without one, -1 where they differ.
    """

    def __init__(self, spans: npt.NDArray[np.int16]) -> None:
        series, columns, places = spans.shape
        self.bits: Words = np.zeros((series, columns, (places + 63) // 64), np.uint64)
        self.cell = np.zeros((series, columns), np.int16)
        for first in range(0, series, _SERIES_AT_ONCE):
            at = slice(first, first + _SERIES_AT_ONCE)
            self.bits[at], self.cell[at] = packed(spans[at] != 0), _cells(spans[at])
        self._regular: dict[int, bool] = {}

    def is_regular(self, series: int, bins: npt.NDArray[np.int32]) -> bool:
        """Whether the facts of each column are equally long and those of all columns lie side by side."""
        known = self._regular.get(series)
        if known is None:
            cell = self.cell[series]
            ends, used = bins[cell > 0], cell[cell > 0]
            known = bool((cell >= 0).all() and (ends[1:] - used[1:] >= ends[:-1]).all())
            self._regular[series] = known
        return known

    def refresh(self, spans: npt.NDArray[np.int16], rows: Iterable[tuple[int, int]]) -> None:
        """Read some (series, column) again."""
        for series, column in rows:
            row = spans[series, column]
            self._regular.pop(series, None)
            self.bits[series, column], self.cell[series, column] = packed(row != 0), _cells(row)


def packed(mask: npt.NDArray[np.bool_], offset: int = 0, places: int | None = None) -> Words:
    """Return a mask [..., unit] as words [..., word]; unit u becomes bit offset + u of `places` bits."""
    width = offset + mask.shape[-1] if places is None else places
    wide = np.zeros((*mask.shape[:-1], (width + 63) // 64 * 64), np.bool_)
    wide[..., offset : offset + mask.shape[-1]] = mask
    return np.packbits(wide, axis=-1, bitorder="little").view("<u8").astype(np.uint64, copy=False)


def _cells(spans: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
    """Return per row [..., place] -> [...] the span that all facts share, 0 without facts, -1 where they differ."""
    longest = spans.max(axis=-1, initial=0)
    differs = ((spans != 0) & (spans != longest[..., None])).any(axis=-1)
    cells: npt.NDArray[np.int16] = np.where(differs, np.int16(-1), longest)
    return cells
