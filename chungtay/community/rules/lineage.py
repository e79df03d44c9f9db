"""The life of a group in acts, and how groups stem from each other: whether one stood on a day, where, and never in a circle."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from chungtay.kernel.errors import DomainError

Place = TypeVar("Place")


class ActKind(StrEnum):
    """What happened to a group."""

    FOUNDED = "founded"
    DISSOLVED = "dissolved"
    MERGED = "merged"  # went into another one
    MOVED = "moved"  # to another commune, as when communes were merged
    REVIVED = "revived"  # a dissolution or merger was recorded by mistake


class LinkKind(StrEnum):
    """How one group came out of another."""

    BORN = "born"
    MERGED = "merged"


@dataclass(frozen=True)
class Act(Generic[Place]):
    """One thing that happened to a group on a day; `place` where it is from then on (founded, moved)."""

    kind: ActKind
    on: date
    position: int
    place: Place | None = None


class Standing(NamedTuple):
    """Whether a group stands on a day, and where. An end holds from its own day: on that day it is no longer counted."""

    stands: bool
    place: object


@dataclass(frozen=True)
class Link:
    """`child` came out of `parent` on a day."""

    parent: UUID
    child: UUID
    kind: LinkKind
    on: date


class WrongAct(DomainError):
    """That cannot have happened to the group on that day."""


class Circle(DomainError):
    """A group would stem from itself."""


def standing_on(acts: Iterable[Act[Place]], day: date, *, known: int | None = None) -> Standing:
    """Return whether a group stands on a day by what was recorded (up to a position): the last act up to the day holds.

    REVIVED undoes the end that was recorded before it, from the day of that end on.
    """
    kept = _without_revoked([one for one in acts if known is None or one.position <= known])
    stands, place = False, None
    for one in sorted((act for act in kept if act.on <= day), key=lambda act: (act.on, act.position)):
        if one.kind in (ActKind.FOUNDED, ActKind.MOVED):
            stands, place = stands or one.kind is ActKind.FOUNDED, one.place
        else:
            stands = False
    return Standing(stands, place)


def ended_on(acts: Iterable[Act[Place]]) -> date | None:
    """Return the day from which a group no longer stands, None while it does."""
    ends = [one.on for one in _without_revoked(list(acts)) if one.kind in (ActKind.DISSOLVED, ActKind.MERGED)]
    return min(ends, default=None)


def _without_revoked(acts: list[Act[Place]]) -> list[Act[Place]]:
    last = max((act.position for act in acts if act.kind is ActKind.REVIVED), default=-1)
    return [
        act
        for act in acts
        if act.kind is not ActKind.REVIVED
        and not (act.kind in (ActKind.DISSOLVED, ActKind.MERGED) and act.position < last)
    ]


def check_act(acts: Iterable[Act[Place]], kind: ActKind, on: date, *, today: date) -> None:
    """Return when that may be recorded. Raises WrongAct with what stands against it."""
    held = list(acts)
    founded = min((one.on for one in held if one.kind is ActKind.FOUNDED), default=None)
    end = ended_on(held)
    if on > today:
        raise WrongAct("Ngày này chưa đến. Chỉ ghi việc đã xảy ra; hãy chọn hôm nay hoặc một ngày trước đó.")
    if kind is ActKind.REVIVED:
        if end is None:
            raise WrongAct("Nhóm này đang hoạt động, không có gì để khôi phục.")
        return
    if founded is not None and on < founded:
        raise WrongAct(f"Ngày này trước ngày thành lập {founded:%d/%m/%Y}. Hãy xem lại ngày.")
    if end is not None:
        raise WrongAct(f"Nhóm này đã kết thúc từ ngày {end:%d/%m/%Y} nên không ghi thêm được.")


def check_link(links: Iterable[Link], parent: UUID, child: UUID) -> None:
    """Return when `child` may come out of `parent`. Raises Circle when the parent already stems from the child."""
    parents: dict[UUID, set[UUID]] = {}
    for link in links:
        parents.setdefault(link.child, set()).add(link.parent)
    if child == parent or child in _above(parents, parent):
        raise Circle("Hai nhóm không thể ra đời từ nhau: nhóm được chọn vốn đã ra đời từ nhóm này. Hãy chọn nhóm khác.")


def _above(parents: Mapping[UUID, set[UUID]], start: UUID) -> set[UUID]:
    found: set[UUID] = set()
    left = [start]
    while left:
        for parent in parents.get(left.pop(), ()):
            if parent not in found:
                found.add(parent)
                left.append(parent)
    return found
