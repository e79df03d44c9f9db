"""What a reorganisation of the map says, pure: units formed, created, revised and abolished on one day, and their shares.

A unit is referred to by its code, or by CODE@DATE where the code was re-used. Sources, revised and abolished units are looked
up on the day before, parents and heirs on the new map. Shares are parts per million, so that they add up exactly.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chungtay.places.rules import WHOLE, ReorganisationKind


@dataclass(frozen=True)
class NewUnit:
    """A unit that begins. `level` is a value of Level, `parent` a reference on the new map, "" for none."""

    name: str
    code: str = ""
    level: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Source:
    """A part of a unit that ends: `share_ppm` of it, which is `back_share_ppm` of the unit formed (None: not stated)."""

    unit: str
    share_ppm: int = WHOLE
    back_share_ppm: int | None = None
    basis: str = ""


@dataclass(frozen=True)
class Form:
    """A unit is formed from units that end, or from parts of them."""

    unit: NewUnit
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Create:
    """A unit begins that stems from none."""

    unit: NewUnit


@dataclass(frozen=True)
class Revise:
    """A unit gets another name, code, level or parent and keeps its identity; None leaves it, parent "" means none above."""

    unit: str
    name: str | None = None
    code: str | None = None
    level: str | None = None
    parent: str | None = None


@dataclass(frozen=True)
class Abolish:
    """A unit ends; `heir` keeps what it leaves: its own figures and its readers."""

    unit: str
    heir: str = ""


Change = Form | Create | Revise | Abolish


@dataclass(frozen=True)
class Plan:
    """One act on one day. `corrects`: the reorganisation that this one replaces."""

    kind: ReorganisationKind
    effective_on: date
    legal_basis: str
    changes: tuple[Change, ...]
    note: str = ""
    corrects: UUID | None = None

    def units(self) -> Iterator[tuple[int, NewUnit]]:
        """Yield the units that begin, each with the number of its change (from 0)."""
        for number, change in enumerate(self.changes):
            if isinstance(change, Form | Create):
                yield number, change.unit

    def sources(self) -> Iterator[tuple[int, int, Source]]:
        """Yield the sources of all units formed, with the numbers of the change and of the source (from 0)."""
        for number, change in enumerate(self.changes):
            if isinstance(change, Form):
                for position, source in enumerate(change.sources):
                    yield number, position, source


def share_text(ppm: int) -> str:
    """Return a share as people write it: 600000 is "0,6"."""
    return f"{(Decimal(ppm) / WHOLE).normalize():f}".replace(".", ",")
