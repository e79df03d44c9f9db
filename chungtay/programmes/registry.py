"""The kinds of things of a programme that plans below follow: how each is said, read, and carried out when a plan answers.

Rooms above add kinds of their own in `AppConfig.ready()` and then tell of changes by `services.propose`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chungtay.accounts.models import User
from chungtay.kernel.errors import DomainError
from chungtay.programmes.models import Change, Programme


class BadAnswer(DomainError):
    """An answer that does not go with what it answers."""


@dataclass(frozen=True)
class Carrying:
    """What a plan has decided: from now on it shows `value` of what was changed above."""

    plan: Programme
    change: Change
    value: str
    basis: str
    now: datetime
    by: User


@dataclass(frozen=True)
class Kind:
    """A kind of thing. `noun` as in "chỉ tiêu"; `hint` says how to write an adapted value.

    show(change, value): the value in words; read(change, typed): the value that was typed, raises DomainError;
    carry(carrying): runs in the transaction of the decision, writes what follows in the kind's own tables;
    passes_on(change): whether plans of the plan are told in turn; offer(value): what the box for an adapted value begins with.
    """

    noun: str
    hint: str
    show: Callable[[Change, str], str]
    read: Callable[[Change, str], str]
    carry: Callable[[Carrying], None] = lambda carrying: None
    passes_on: Callable[[Change], bool] = lambda change: True
    offer: Callable[[str], str] = lambda value: ""


_kinds: dict[str, Kind] = {}


def register_kind(code: str, kind: Kind) -> None:
    """Add a kind; the last word counts."""
    _kinds[code] = kind


def kind_of(change: Change) -> Kind:
    """Return the kind of what was changed. Raises KeyError for one that no room knows."""
    return _kinds[change.kind]


def is_known(code: str) -> bool:
    """Whether some room knows the kind."""
    return code in _kinds
