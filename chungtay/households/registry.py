"""What the rooms above erase when the data of a household is erased, filled when they start."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

OnErasure = Callable[[UUID, datetime], None]

_erasures: dict[str, OnErasure] = {}


def on_erasure(name: str, what: OnErasure) -> None:
    """Have `what(household, now)` done in the transaction that erases a household's data; one for each name."""
    _erasures[name] = what


def erase_elsewhere(household: UUID, now: datetime) -> None:
    """Let every room erase what it wrote about the people of a household."""
    for what in _erasures.values():
        what(household, now)
