"""What rooms above register: kinds of notices, and how to find what is due to be said today."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chungtay.notices.rules import Kind


@dataclass(frozen=True)
class Due:
    """Something that a day brings: who has to do it, and whom it is told after how many days of waiting.

    key: the same for the same thing; steps: (days waited, ids of people told then), the first those who have to do it.
    """

    kind: str
    key: str
    subject: str
    text: str
    url: str
    area_id: UUID | None
    days: int
    steps: tuple[tuple[int, tuple[UUID, ...]], ...]


Find = Callable[[datetime], Iterable[Due]]
_kinds: dict[str, Kind] = {}
_finders: dict[str, Find] = {}


def register_kinds(*kinds: Kind) -> None:
    """Add kinds; registering one again replaces it."""
    _kinds.update({kind.code: kind for kind in kinds})


def register_due(room: str, find: Find) -> None:
    """Add a room's way of finding what a day brings; registering it again replaces it."""
    _finders[room] = find


def kind_of(code: str) -> Kind:
    """Return a kind. Raises KeyError for one that nobody registered: the room that tells it forgot to."""
    return _kinds[code]


def kinds() -> list[Kind]:
    """Return every kind, by label."""
    return sorted(_kinds.values(), key=lambda kind: kind.label)


def due(now: datetime) -> list[Due]:
    """Return what every room finds due."""
    return [one for find in _finders.values() for one in find(now)]
