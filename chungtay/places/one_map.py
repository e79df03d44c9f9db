"""What is read together stands on one map: its state is asked for once, until somebody changes the map."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

State = tuple[UUID | None, int, UUID | None]
"""What the map is: its stamp, and its newest version with the area's random id."""

# Within `steady`: the state once it is asked for, or None after a change of the map. No list at all outside.
_held: ContextVar[list[State | None] | None] = ContextVar("held", default=None)


@contextmanager
def steady() -> Iterator[None]:
    """Ask for the state of the map only once within. Also a decorator.

    Whoever changes the map within sees the change at once, also when it is taken back.
    """
    if _held.get() is not None:
        yield
        return
    outer = _held.set([])
    try:
        yield
    finally:
        _held.reset(outer)


def loosen() -> None:
    """Ask anew each time from here on: the map is being changed."""
    if (held := _held.get()) is not None:
        held[:] = [None]


def held_or(read: Callable[[], State]) -> State:
    """Return the state that is held, else read it and hold it."""
    held = _held.get()
    if held and held[0] is not None:
        return held[0]
    state = read()
    if held == []:
        held.append(state)
    return state
