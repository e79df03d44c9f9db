"""The columns of many statement lines, never changed once they are given out: what a search reads.

The folded texts stand in one row of bytes, each ended by a line feed, which no folded text and no word contains: a word
is never found across two lines.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Longs = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]

BLOCK = 4096
"""Lines that share one first and last day, so that a search by days passes over them at once."""

PAD = 192
"""Bytes behind the text that may be read: searching looks at many bytes at a time."""

_SAMPLES, _SAMPLE_BYTES = 32, 2048


@dataclass(frozen=True)
class Lines:
    """Some lines, in the order of their ids.

    ids ascend; amounts: integer đồng; days: ordinals; purposes: int16 codes. `blob` holds the folded texts, line n at
    [offsets[n], offsets[n + 1] - 1), and PAD bytes more. day_low, day_high: first and last day of each block of lines.
    """

    ids: Longs
    amounts: Longs
    days: Days
    purposes: npt.NDArray[np.int16]
    offsets: npt.NDArray[np.uint32]
    blob: Bytes
    day_low: Days
    day_high: Days

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def text_bytes(self) -> int:
        """The bytes of the folded texts, with one more for each line."""
        return int(self.offsets[-1])

    @property
    def memory(self) -> int:
        """The bytes of all columns and the text."""
        columns = (self.ids, self.amounts, self.days, self.purposes, self.offsets, self.day_low, self.day_high)
        return self.text_bytes + sum(column.nbytes for column in columns)

    def text(self, row: int) -> bytes:
        """Return the folded text of a line."""
        return self.blob[self.offsets[row] : self.offsets[row + 1] - 1].tobytes()

    @cached_property
    def sample(self) -> bytes:
        """Some of the text, taken evenly: it tells which words and letters are rare."""
        end = self.text_bytes
        if end <= _SAMPLES * _SAMPLE_BYTES:
            return self.blob[:end].tobytes()
        starts = np.linspace(0, end - _SAMPLE_BYTES, _SAMPLES).astype(np.int64).tolist()
        return b"\n".join(self.blob[start : start + _SAMPLE_BYTES].tobytes() for start in starts)

    @cached_property
    def byte_counts(self) -> Longs:
        """How often each byte stands in the sample."""
        return np.bincount(np.frombuffer(self.sample, np.uint8), minlength=256)


def blocks_of(days: Days) -> tuple[Days, Days]:
    """Return the first and the last day of each block."""
    starts = np.arange(0, len(days), BLOCK)
    if not len(starts):
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    return np.minimum.reduceat(days, starts), np.maximum.reduceat(days, starts)
