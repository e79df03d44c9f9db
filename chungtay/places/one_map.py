"""What is read together stands on one map: its state is asked for once, until somebody changes the map."""

from collections.abc import Callable
from uuid import UUID

from chungtay.kernel.steady import Steady

State = tuple[UUID | None, int, UUID | None]
"""What the map is: its stamp, and its newest version with the area's random id."""

steady = Steady("map")
"""Within `with steady():` the state of the map is asked for only once; whoever changes the map says `steady.loosen()`."""


def held_or(read: Callable[[], State]) -> State:
    """Return the state that is held, else read it and hold it."""
    return steady.held_or("state", read)
