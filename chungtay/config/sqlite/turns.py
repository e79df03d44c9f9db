"""A queue of threads: who came first is served first, and who is served may go on for a moment.

Handing over for every single thing costs more than the thing where threads share one interpreter.
"""

from collections import deque
from threading import Event, Lock
from time import monotonic

BURST_S = 0.1
"""So long may one thread take its turn again and again while others wait."""


class Turns:
    """One thread has the turn; the others wait for it in the order in which they came."""

    def __init__(self, burst_s: float = BURST_S) -> None:
        self._lock, self._is_taken = Lock(), False
        self._waiting: deque[Event] = deque()
        self._burst_s, self._since, self._owner = burst_s, 0.0, Event()

    def take(self, seconds: float) -> bool:
        """Wait for the turn; return whether it came within so many seconds."""
        mine, last = Event(), monotonic() + seconds
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return True
            self._waiting.append(mine)
        while True:
            mine.wait(last - monotonic())
            with self._lock:
                if self._owner is mine:
                    return True
                if not self._is_taken or monotonic() >= last:
                    is_free, self._is_taken = not self._is_taken, True
                    self._waiting.remove(mine)
                    self._since = monotonic() if is_free else self._since
                    return is_free
                mine.clear()

    def give(self) -> None:
        """Leave the turn to whoever comes first; after a burst to the one who has waited longest."""
        with self._lock:
            now, self._is_taken = monotonic(), False
            if not self._waiting:
                self._since = now
                return
            first = self._waiting[0]
            if now - self._since >= self._burst_s:
                self._waiting.popleft()
                self._is_taken, self._since, self._owner = True, now, first
            first.set()
