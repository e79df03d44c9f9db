"""What rooms above register: kinds of notices, chains, and how to find what is due to be said today."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chungtay.accounts.models import User
from chungtay.notices.chains import Who
from chungtay.notices.rules import Kind


@dataclass(frozen=True)
class ChainKind:
    """What a chain is about, as offices read it, and who may be told of it: {who: in words}."""

    code: str
    label: str
    whos: Mapping[Who, str]
    is_near_told: bool = True  # False: what comes before the due day is said by the room's own setting


@dataclass(frozen=True)
class Due:
    """Something that a day brings, told step by step as the chain holds at its place.

    key: the same for the same thing with the same due day; days: after the due day, 0 and less until it is over;
    people: who they are, asked only for steps that have come.
    """

    kind: str
    key: str
    subject: str
    text: str
    url: str
    area_id: UUID | None
    chain: str
    days: int
    people: Callable[[Who], Iterable[User]]


Find = Callable[[datetime], Iterable[Due]]
_kinds: dict[str, Kind] = {}
_finders: dict[str, Find] = {}
_chains: dict[str, ChainKind] = {}


def register_kinds(*kinds: Kind) -> None:
    """Add kinds; registering one again replaces it."""
    _kinds.update({kind.code: kind for kind in kinds})


def register_due(room: str, find: Find) -> None:
    """Add a room's way of finding what a day brings; registering it again replaces it."""
    _finders[room] = find


def register_chain(*chains: ChainKind) -> None:
    """Add chains; registering one again replaces it. `data/chains.csv` has the usual steps of each."""
    _chains.update({chain.code: chain for chain in chains})


def chain_of(code: str) -> ChainKind:
    """Return a chain. Raises KeyError for one that nobody registered."""
    return _chains[code]


def chains() -> list[ChainKind]:
    """Return every chain, by label."""
    return sorted(_chains.values(), key=lambda chain: chain.label)


def kind_of(code: str) -> Kind:
    """Return a kind. Raises KeyError for one that nobody registered: the room that tells it forgot to."""
    return _kinds[code]


def kinds() -> list[Kind]:
    """Return every kind, by label."""
    return sorted(_kinds.values(), key=lambda kind: kind.label)


def due(now: datetime) -> list[Due]:
    """Return what every room finds due."""
    return [one for find in _finders.values() for one in find(now)]
