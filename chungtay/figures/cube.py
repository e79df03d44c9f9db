"""The cube: every live fact in two dense arrays, `values` int64 and `spans` int16, both [series][bin][place].

A series is (indicator id, dimension key). A fact stands in the bin where its period ends: `values` holds its value and
`spans` the number of half-month bins its period covers; 0 means that nothing is known there. Missing is never zero.
Bins are those in which some fact ends, in order; places stand in tree order where the caller gives one, so that a
subtree is one slice. The latest fact about (series, place, period) wins; one without a value clears what stood there.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
import numpy.typing as npt

from chungtay.figures.validity import Validity

Ints = npt.NDArray[np.int32]
Values = npt.NDArray[np.int64]
Spans = npt.NDArray[np.int16]
Mask = npt.NDArray[np.bool_]
SeriesKey = tuple[UUID, str]
FactTuple = tuple[UUID, str, UUID, int, int, int | None]
"""(indicator id, dimension key, area id, first bin, end bin exclusive, value or None)."""


def parity_of(first: int, end: int) -> int | None:
    """Return which kind of window [first, end) in bins is: 0 from a 1st to a month's end, 1 from a 15th to a 14th, else None."""
    return first % 2 if first % 2 == end % 2 else None


class CubeConflict(ValueError):
    """Two live facts claim one cell of the cube: the rule of non-overlapping periods was broken below the services."""


@dataclass(frozen=True)
class Rows:
    """Facts as columns, oldest first. `series` and `place` index the two tuples of keys; bins are [first, end)."""

    series_keys: tuple[SeriesKey, ...]
    place_ids: tuple[UUID, ...]
    series: Ints
    place: Ints
    first: Ints
    end: Ints
    value: Values
    known: Mask


def rows_of(facts: Iterable[FactTuple]) -> Rows:
    """Return the facts, given oldest first, as columns."""
    series_keys: dict[SeriesKey, int] = {}
    place_ids: dict[UUID, int] = {}
    series: list[int] = []
    place: list[int] = []
    first: list[int] = []
    end: list[int] = []
    value: list[int] = []
    known: list[bool] = []
    for indicator_id, dimension, area_id, first_bin, end_bin, number in facts:
        series.append(series_keys.setdefault((indicator_id, dimension), len(series_keys)))
        place.append(place_ids.setdefault(area_id, len(place_ids)))
        first.append(first_bin)
        end.append(end_bin)
        value.append(number or 0)
        known.append(number is not None)
    return Rows(
        tuple(series_keys),
        tuple(place_ids),
        np.array(series, np.int32),
        np.array(place, np.int32),
        np.array(first, np.int32),
        np.array(end, np.int32),
        np.array(value, np.int64),
        np.array(known, np.bool_),
    )


class Cube:
    """The live facts of one view. `apply` is the only way in; `consolidation` reads the arrays."""

    def __init__(self) -> None:
        self.series_keys: list[SeriesKey] = []
        self.place_ids: list[UUID] = []
        self.bins: Ints = np.zeros(0, np.int32)
        self.values: Values = np.zeros((0, 0, 0), np.int64)
        self.spans: Spans = np.zeros((0, 0, 0), np.int16)
        self.series_at: dict[SeriesKey, int] = {}
        self.place_at: dict[UUID, int] = {}
        self.keys_of: dict[UUID, list[str]] = {}
        self._measured: dict[int, tuple[int, int]] = {}
        self._validity: Validity | None = None

    @classmethod
    def of(
        cls,
        series_keys: Sequence[SeriesKey],
        place_ids: Sequence[UUID],
        bins: Ints,
        values: Values,
        spans: Spans,
        measured: Mapping[int, tuple[int, int]],
    ) -> "Cube":
        """Return a cube over existing arrays (a snapshot's), which it will write to; `measured` is per series."""
        cube = cls()
        cube._stand_on(list(series_keys), list(place_ids), bins, values, spans)
        cube._measured = dict(measured)
        return cube

    def copy(self) -> "Cube":
        """Return an independent cube with the same content."""
        return Cube.of(
            self.series_keys, self.place_ids, self.bins, self.values.copy(), self.spans.copy(), self._measured
        )

    def fit_for(self, parity: int | None, series: Collection[int]) -> "Cube":
        """Return the cube as windows of one kind may see these flows: without what was reported for the other kind.

        parity: `parity_of` the windows. A fact of one half-month, and one that is of neither kind, serves both.
        """
        columns = np.flatnonzero((self.bins + 1) % 2 != parity) if parity is not None else np.zeros(0, np.intp)
        rows = np.fromiter(series, np.intp)
        if not columns.size or not rows.size:
            return self
        cells = self.validity.cell[np.ix_(rows, columns)]
        if not ((cells < 0) | ((cells > 1) & (cells % 2 == 0))).any():
            return self
        at = np.ix_(rows, columns)
        spans = self.spans[at]
        foreign = (spans > 1) & (spans % 2 == 0)
        if not foreign.any():
            return self
        fit = self.copy()
        fit.spans[at] = np.where(foreign, 0, spans)
        fit.values[at] = np.where(foreign, 0, self.values[at])
        return fit

    def apply(self, rows: Rows) -> None:
        """Let facts in, in place; the axes grow as needed. Raises CubeConflict, and then no value has changed."""
        latest = _latest(rows)
        live, dead = latest[rows.known[latest]], latest[~rows.known[latest]]
        self.grow(rows.series_keys, rows.place_ids, np.unique(rows.end[live] - 1))
        at, span = self._cells(rows, dead)
        kept = self.spans[at] != span
        cleared = tuple(axis[~kept] for axis in at)
        into, spans = self._cells(rows, live)
        old_spans = self.spans[cleared]
        self.spans[cleared] = 0
        held = self.spans[into]
        if np.any((held != 0) & (held != spans)) or _has_twins(into, self.spans.shape):
            self.spans[cleared] = old_spans
            raise CubeConflict("Two overlapping periods of one series at one area.")
        self.values[cleared] = 0
        self.values[into] = rows.value[live]
        self.spans[into] = spans
        self._widen(into[0], spans, rows.value[live])
        if self._validity is not None:
            changed = np.concatenate([np.stack(cleared[:2], axis=1), np.stack(into[:2], axis=1)])
            self._validity.refresh(self.spans, np.unique(changed, axis=0).tolist())

    @property
    def validity(self) -> Validity:
        """One bit per cell, made when it is first asked for and kept in step from then on."""
        if self._validity is None:
            self._validity = Validity(self.spans)
        return self._validity

    def grow(
        self, series_keys: Iterable[SeriesKey] = (), place_ids: Iterable[UUID] = (), bins: Iterable[int] = ()
    ) -> None:
        """Make room for more series, places (at the end) and bins (in order)."""
        new_series = [key for key in dict.fromkeys(series_keys) if key not in self.series_at]
        new_places = [area for area in dict.fromkeys(place_ids) if area not in self.place_at]
        all_bins = np.union1d(self.bins, np.fromiter(bins, np.int32)).astype(np.int32)
        if new_series or new_places or len(all_bins) > len(self.bins):
            self._reshape([*self.series_keys, *new_series], [*self.place_ids, *new_places], all_bins)

    def sort_places(self, tree_order: Iterable[UUID]) -> None:
        """Put the places into tree order (those not in it last), so that every subtree becomes a slice."""
        rank = {area: position for position, area in enumerate(tree_order)}
        order = sorted(self.place_ids, key=lambda area: rank.get(area, len(rank)))
        if order != self.place_ids:
            self._reshape(self.series_keys, order, self.bins)

    def measures(self, series: int) -> tuple[int, int]:
        """Return (longest span in bins, largest absolute value) that the series ever held since it was measured."""
        known = self._measured.get(series)
        if known is None:
            spans, values = self.spans[series], self.values[series]
            known = (int(spans.max(initial=0)), max(int(values.max(initial=0)), -int(values.min(initial=0))))
            self._measured[series] = known
        return known

    def _widen(self, series: npt.NDArray[np.intp], spans: Spans, values: Values) -> None:
        for position, old in list(self._measured.items()):
            mine = series == position
            if mine.any():
                longest, largest = int(spans[mine].max()), int(np.abs(values[mine]).max())
                self._measured[position] = (max(old[0], longest), max(old[1], largest))

    def _cells(self, rows: Rows, chosen: npt.NDArray[np.intp]) -> tuple[tuple[npt.NDArray[np.intp], ...], Spans]:
        """Return where the chosen rows stand, (series, bin, place), and how many bins they cover."""
        series = np.array([self.series_at[key] for key in rows.series_keys], np.intp)
        place = np.array([self.place_at[area] for area in rows.place_ids], np.intp)
        last = rows.end[chosen] - 1
        inside = np.isin(last, self.bins)
        chosen, last = chosen[inside], last[inside]
        column = np.searchsorted(self.bins, last)
        span = (rows.end[chosen] - rows.first[chosen]).astype(np.int16)
        return (series[rows.series[chosen]], column, place[rows.place[chosen]]), span

    def _reshape(self, series_keys: list[SeriesKey], place_ids: list[UUID], bins: Ints) -> None:
        """Move everything into arrays with new axes, each of which holds all that the old one held."""
        place_at = {area: position for position, area in enumerate(place_ids)}
        columns = np.searchsorted(bins, self.bins)
        places = np.array([place_at[area] for area in self.place_ids], np.intp)
        shape = (len(series_keys), len(bins), len(place_ids))
        values, spans = np.zeros(shape, np.int64), np.zeros(shape, np.int16)
        for series in range(len(self.series_keys)):
            values[series][np.ix_(columns, places)] = self.values[series]
            spans[series][np.ix_(columns, places)] = self.spans[series]
        self._stand_on(series_keys, place_ids, bins, values, spans)

    def _stand_on(
        self, series_keys: list[SeriesKey], place_ids: list[UUID], bins: Ints, values: Values, spans: Spans
    ) -> None:
        self.series_keys, self.place_ids, self.bins, self.values, self.spans = (
            series_keys,
            place_ids,
            bins,
            values,
            spans,
        )
        self.series_at = {key: position for position, key in enumerate(series_keys)}
        self.place_at = {area: position for position, area in enumerate(place_ids)}
        self._validity = None
        self.keys_of = {}
        for indicator_id, dimension in series_keys:
            self.keys_of.setdefault(indicator_id, []).append(dimension)


def _latest(rows: Rows) -> npt.NDArray[np.intp]:
    """Return the positions of the last row of each (series, place, period)."""
    order = np.lexsort((rows.first, rows.end, rows.place, rows.series))  # stable: of equals the last stays last
    last = np.ones(len(order), np.bool_)
    if len(order):
        last[:-1] = False
        for column in (rows.series, rows.place, rows.end, rows.first):
            ordered = column[order]
            last[:-1] |= ordered[1:] != ordered[:-1]
    return order[last]


def _has_twins(cells: tuple[npt.NDArray[np.intp], ...], shape: tuple[int, ...]) -> bool:
    flat = np.ravel_multi_index(cells, shape) if len(cells[0]) else cells[0]
    return len(np.unique(flat)) < len(flat)
