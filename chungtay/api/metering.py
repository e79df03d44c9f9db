"""Counts what each caller did in the last minute, for all processes that serve a workspace: one small file in memory that they share.

No database is written for it. A file of a fixed size holds some thousand callers by a digest of their name; who has not come for longest
gives way. Servers on several machines count each for itself.
"""

import fcntl
import hashlib
import mmap
import os
import struct
from pathlib import Path
from threading import Lock

from chungtay.api.rules import SECONDS, counted

WAYS = 8
"""A caller stands in one of so many places, so that two callers seldom compete for one."""
_SLOT = struct.Struct(f"<8sq{SECONDS}H")


class Meter:
    """A count that processes share through a file; without one, of this process alone. Its memory never grows."""

    def __init__(self, path: Path | None = None, callers: int = 8_192) -> None:
        self._path, self._groups = path, max(1, callers // WAYS)
        self._lock = Lock()  # the lock of a file is the process's: its threads need one of their own
        self._file: int | None = None
        self._memory: mmap.mmap | None = None

    def wait(self, caller: str, most: int, second: int) -> int:
        """Count one act in a second of the clock and return 0; beyond `most` a minute count nothing, return the seconds to wait."""
        digest = hashlib.blake2s(caller.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        key, group = digest[:8], int.from_bytes(digest[8:], "big") % self._groups
        start, length = group * WAYS * _SLOT.size, WAYS * _SLOT.size
        with self._lock:
            memory = self._opened()
            if self._file is not None:
                fcntl.lockf(self._file, fcntl.LOCK_EX, length, start)
            try:
                slots = [_SLOT.unpack_from(memory, start + way * _SLOT.size) for way in range(WAYS)]
                found = next((way for way, slot in enumerate(slots) if slot[0] == key), None)
                way = found if found is not None else min(range(WAYS), key=lambda one: slots[one][1])
                last, counts = (slots[way][1], slots[way][2:]) if found is not None else (0, (0,) * SECONDS)
                wait, counts = counted(counts, last, second, most)
                _SLOT.pack_into(memory, start + way * _SLOT.size, key, second, *counts)
                return wait
            finally:
                if self._file is not None:
                    fcntl.lockf(self._file, fcntl.LOCK_UN, length, start)

    def _opened(self) -> mmap.mmap:
        if self._memory is None:
            size = self._groups * WAYS * _SLOT.size
            if self._path is None:
                self._memory = mmap.mmap(-1, size)
            else:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
                os.ftruncate(self._file, size)  # never shorter than it was: every process has it of one size
                self._memory = mmap.mmap(self._file, size)
        return self._memory
