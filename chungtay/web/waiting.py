"""What waits for a person, whatever room it is of: rooms tell here how to find it, the staff home shows it.

A room fills this in `AppConfig.ready()`: `register("tasks", find)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Waiting:
    """One matter: what to do and why, where it opens, until when (None: no day), its badge and the words of its button."""

    label: str
    why: str
    url: str
    due: date | None = None
    state: str = "info"
    state_label: str = ""
    action: str = "Xem"


@dataclass(frozen=True)
class Asked:
    """Who asks, when: `keys` are the person's rights (`access.selectors.Keys`, a floor above this one)."""

    user: Any
    keys: Any
    today: date


Find = Callable[[Asked], list[Waiting]]
_finders: dict[str, Find] = {}


def register(room: str, find: Find) -> None:
    """Add a room's way of finding; registering it again replaces it."""
    _finders[room] = find


def waiting_for(asked: Asked) -> list[Waiting]:
    """Return everything that waits for the person, the nearest day first, what has no day last."""
    found = [one for find in _finders.values() for one in find(asked)]
    return sorted(found, key=lambda one: (one.due is None, one.due or date.max, one.label))
