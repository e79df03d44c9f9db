"""What is read together stands on one state of things: it is read once within a block, until somebody changes it."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

_T = TypeVar("_T")


@dataclass
class _Held:
    found: dict[Hashable, Any] = field(default_factory=dict)
    is_loose: bool = False


class Steady:
    """One sort of thing that is read often and changed seldom. Whoever changes it says so (`loosen`)."""

    def __init__(self, name: str) -> None:
        self._held: ContextVar[_Held | None] = ContextVar(name, default=None)

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Read everything only once within. Also a decorator; within another block it adds nothing.

        Whoever changes the thing within sees the change at once, also when it is taken back.
        """
        if self._held.get() is not None:
            yield
            return
        outer = self._held.set(_Held())
        try:
            yield
        finally:
            self._held.reset(outer)

    def loosen(self) -> None:
        """Read anew each time from here to the end of the block: the thing is being changed."""
        if (held := self._held.get()) is not None:
            held.found.clear()
            held.is_loose = True

    def held_or(self, key: Hashable, read: Callable[[], _T]) -> _T:
        """Return what is held under a key, else read it and hold it. Nobody changes what is returned."""
        held = self._held.get()
        if held is None or held.is_loose:
            return read()
        if key not in held.found:
            held.found[key] = read()
        found: _T = held.found[key]
        return found
