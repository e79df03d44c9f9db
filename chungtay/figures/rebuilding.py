"""A long way back to the account: how far it has come, who is told, and who does not wait for it.

A command waits and prints; a page does not: another thread reads the facts, and whoever asks meanwhile is told how far it is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock

from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer

LONG = 500_000
"""Facts to read from which it takes seconds."""
_LOOK_AGAIN_S = 0.5


@dataclass(frozen=True)
class Progress:
    """Facts read, of how many."""

    done: int
    total: int

    def __str__(self) -> str:
        return f"đã đọc {format_integer(self.done)} trên {format_integer(self.total)} số liệu gốc"


class Rebuilding(DomainError):
    """The account is being read anew and will be there soon."""

    def __init__(self, progress: Progress) -> None:
        super().__init__(f"Đang dựng lại bảng số liệu: {progress}. Hãy thử lại sau giây lát.")
        self.progress = progress


_watcher: ContextVar[Callable[[Progress], None] | None] = ContextVar("watcher", default=None)
_is_in_a_hurry: ContextVar[bool] = ContextVar("is_in_a_hurry", default=False)


@contextmanager
def watched(told: Callable[[Progress], None]) -> Iterator[None]:
    """Have `told` called while a long rebuild goes on in this context."""
    token = _watcher.set(told)
    try:
        yield
    finally:
        _watcher.reset(token)


@contextmanager
def in_a_hurry() -> Iterator[None]:
    """Have Rebuilding raised in this context instead of waiting for a long rebuild."""
    token = _is_in_a_hurry.set(True)
    try:
        yield
    finally:
        _is_in_a_hurry.reset(token)


def is_in_a_hurry() -> bool:
    """Whether who asks would rather be told to come back."""
    return _is_in_a_hurry.get()


def tell(progress: Progress) -> None:
    """Tell whoever watches."""
    if told := _watcher.get():
        told(progress)


@contextmanager
def held(lock: Lock, progress: Callable[[], Progress | None]) -> Iterator[None]:
    """Hold a lock; raises Rebuilding when its holder has a long way to go and this context is in a hurry."""
    while not lock.acquire(timeout=_LOOK_AGAIN_S):
        if is_in_a_hurry() and (now := progress()):
            raise Rebuilding(now)
    try:
        yield
    finally:
        lock.release()
