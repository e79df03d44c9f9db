"""What another body says of a figure, held against the figure: it matches, is explained, or is open. It is never added.

An explanation covers one pair of a claimed and a derived value; when either changes the discrepancy is open again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from chungtay.figures.rules import Figure
from chungtay.kernel.periods import Period

PAPER = "paper"
"""The source kind of a claim that somebody typed in from a paper; its source id is its own."""


class Standing(StrEnum):
    """How a claim stands beside the figure."""

    OPEN = "open"
    EXPLAINED = "explained"
    MATCHED = "matched"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a claim differs, for one derived value (None: there was no data)."""

    derived: int | None
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim that stands: who says what, where, about which figure; and what the table of rights asks of it."""

    claim_id: UUID
    said_by: str
    paper: str
    indicator_code: str
    dimension: str
    area_id: UUID
    period: Period
    value: int
    source_kind: str
    source_id: str
    source_cell: str
    recorded_at: datetime
    recorded_by: str
    author_ids: frozenset[UUID]

    @property
    def is_typed(self) -> bool:
        """Whether somebody typed it in from a paper; else it stands in a return."""
        return self.source_kind == PAPER

    @property
    def access_type(self) -> str:
        return "claim"

    @property
    def access_state(self) -> str:
        return ""

    @property
    def access_area_id(self) -> UUID:
        return self.area_id

    @property
    def access_authors(self) -> frozenset[UUID]:
        return self.author_ids


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A claim beside the figure of the account; also of one that matches. `figure` None: there is none on its map.

    explanations: all that were given for this claimed value, newest first, also for other derived values.
    """

    claimed: Claimed
    figure: Figure | None
    explanations: tuple[Explanation, ...] = ()

    @property
    def derived(self) -> int | None:
        """The derived value, None without data."""
        return None if self.figure is None else self.figure.value

    @property
    def difference(self) -> int | None:
        """Claimed minus derived, None without data."""
        return difference(self.claimed.value, self.derived)

    @property
    def explanation(self) -> Explanation | None:
        """The newest explanation of this very pair of values."""
        return explained_by(self.derived, self.explanations)

    @property
    def standing(self) -> Standing:
        """Whether it matches, is explained, or is open."""
        return standing_of(self.claimed.value, self.derived, self.explanations)

    @property
    def is_open(self) -> bool:
        """Whether somebody has to explain it before anything that uses the figure is published."""
        return self.standing is Standing.OPEN


def difference(claimed: int, derived: int | None) -> int | None:
    """Return claimed minus derived, None when there is no data to hold the claim against."""
    return None if derived is None else claimed - derived


def explained_by(derived: int | None, explanations: Iterable[Explanation]) -> Explanation | None:
    """Return the newest explanation given for a derived value; `explanations` are of the claimed one, newest first."""
    return next((one for one in explanations if one.derived == derived), None)


def standing_of(claimed: int, derived: int | None, explanations: Iterable[Explanation]) -> Standing:
    """Return how a claim stands: a figure without data never matches, and is explained like any other difference."""
    if claimed == derived:
        return Standing.MATCHED
    return Standing.OPEN if explained_by(derived, explanations) is None else Standing.EXPLAINED


def open_ones(found: Iterable[Discrepancy]) -> list[Discrepancy]:
    """Return those that nobody has explained."""
    return [one for one in found if one.is_open]
