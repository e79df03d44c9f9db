"""The index of statement lines: lines are appended and found at once, by any number of readers.

What was loaded stays as it is (mapped from disk, shared between processes); newer lines stand in a tail in memory. A
reader takes the parts as they are at that moment: an append gives out new views and never touches what was given out.
"""

from collections.abc import Iterable
from itertools import islice, pairwise
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from chungtay.textsearch.folding import folded
from chungtay.textsearch.lines import BLOCK, PAD, Days, Lines, blocks_of
from chungtay.textsearch.query import Answer, Query
from chungtay.textsearch.searching import answer

Row = tuple[int, str, int, int, int]
"""A line: id, text as it stands in the statement, integer đồng, ordinal of the day, code of the purpose."""

_AT_ONCE = 1 << 16
_MOST_BYTES = (1 << 32) - 1
_COLUMNS = (("ids", np.int64), ("amounts", np.int64), ("days", np.int32), ("purposes", np.int16))


class TextIndex:
    """All lines of a statement. Searching needs no lock; those who append wait for each other."""

    def __init__(self, base: Lines | None = None) -> None:
        self._tail = _Tail()
        self._parts: tuple[Lines, ...] = () if base is None or not len(base) else (base,)
        self._frozen = self._parts
        self._lock = Lock()

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    @property
    def parts(self) -> tuple[Lines, ...]:
        """The lines as they are now: ids ascend within a part and from part to part."""
        return self._parts

    @property
    def upto(self) -> int | None:
        """The id of the last line that was appended, None when there is none."""
        parts = self._parts
        return int(parts[-1].ids[-1]) if parts else None

    def append(self, rows: Iterable[Row]) -> int:
        """Append lines whose ids ascend; return how many were new. Lines up to `upto` are passed over.

        Many lines become visible in pieces, each of them whole. Raises ValueError when ids do not ascend, OverflowError
        when a number does not fit its column or the tail outgrows 4 GiB of text; the pieces before stay.
        """
        source = iter(rows)
        added = 0
        with self._lock:
            while piece := list(islice(source, _AT_ONCE)):
                added += self._append(piece)
        return added

    def search(self, query: Query) -> Answer:
        """Return how many lines match, the sum of their amounts, and a page of their ids."""
        return answer(self._parts, query)

    def _append(self, piece: list[Row]) -> int:
        ids = [row[0] for row in piece]
        if any(second <= first for first, second in pairwise(ids)):
            raise ValueError("ids of lines do not ascend")
        upto = self.upto
        new = piece if upto is None or ids[0] > upto else [row for row in piece if row[0] > upto]
        if new:
            self._parts = (*self._frozen, self._tail.grown_by(new))
        return len(new)


class _Tail:
    """Columns with room to spare. Only what lies behind the lines given out is ever written."""

    def __init__(self) -> None:
        self.count = 0
        self.columns: dict[str, npt.NDArray[Any]] = {name: np.zeros(0, kind) for name, kind in _COLUMNS}
        self.offsets = np.zeros(1, np.uint32)
        self.blob = np.zeros(PAD, np.uint8)
        self.day_low: Days = np.zeros(0, np.int32)
        self.day_high: Days = np.zeros(0, np.int32)

    def grown_by(self, rows: list[Row]) -> Lines:
        ids, texts, amounts, days, purposes = zip(*rows, strict=True)
        made = {
            name: np.array(given, kind)
            for (name, kind), given in zip(_COLUMNS, (ids, amounts, days, purposes), strict=True)
        }
        keys = [folded(text).encode("utf-8", "replace") for text in texts]
        start, count = int(self.offsets[self.count]), self.count + len(rows)
        ends = start + np.cumsum([len(key) + 1 for key in keys], dtype=np.int64)
        end = int(ends[-1])
        if end + PAD > _MOST_BYTES:
            raise OverflowError("the tail of the index holds 4 GiB of text: save it, load it, go on")
        self.columns = {name: _roomy(column, self.count, count) for name, column in self.columns.items()}
        self.offsets = _roomy(self.offsets, self.count + 1, count + 1)
        self.blob = _roomy(self.blob, start, end + PAD)
        for name, values in made.items():
            self.columns[name][self.count : count] = values
        self.offsets[self.count + 1 : count + 1] = ends
        self.blob[start:end] = np.frombuffer(b"\n".join(keys) + b"\n", np.uint8)
        self._see_days(count)
        self.count = count
        return Lines(
            **{name: column[:count] for name, column in self.columns.items()},
            offsets=self.offsets[: count + 1],
            blob=self.blob[: end + PAD],
            day_low=self.day_low,
            day_high=self.day_high,
        )

    def _see_days(self, count: int) -> None:
        whole = self.count // BLOCK
        low, high = blocks_of(self.columns["days"][whole * BLOCK : count])
        self.day_low = np.concatenate([self.day_low[:whole], low])
        self.day_high = np.concatenate([self.day_high[:whole], high])


def _roomy(column: npt.NDArray[Any], used: int, needed: int) -> npt.NDArray[Any]:
    """Return a column with room for `needed`: itself, or a half larger copy of what is used."""
    if needed <= len(column):
        return column
    larger = np.empty(max(needed, len(column) + len(column) // 2), column.dtype)
    larger[:used] = column[:used]
    return larger
