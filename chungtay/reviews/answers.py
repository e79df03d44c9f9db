"""Asking the account: all questions of a paper at once, never one by one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chungtay.figures import selectors as account
from chungtay.figures.rules import Figure, by_key
from chungtay.kernel.periods import parse_period

Atom = tuple[str, str, UUID, str]
"""(indicator code, dimension key or "" for the total, area, period code)."""


@dataclass(frozen=True)
class Answers:
    """The figures that were asked for, as known at one moment."""

    figures: Mapping[Atom, Figure]
    known_at: datetime

    def of(self, indicator: str, dimension: str, area_id: UUID, period_code: str) -> Figure | None:
        """Return the figure, None for a question that was not asked or a breakdown that nobody has."""
        return self.figures.get((indicator, dimension, area_id, period_code))

    def known(self, indicator: str, dimension: str, area_id: UUID, period_code: str) -> Figure | None:
        """Return the figure if there is any data behind it."""
        figure = self.of(indicator, dimension, area_id, period_code)
        return figure if figure is not None and figure.is_known else None


def ask_all(atoms: Iterable[Atom], *, main_area: UUID, known_at: datetime) -> Answers:
    """Answer every question with at most four consolidations: totals and breakdowns, of the area and of the units below it.

    Every answer is an approved figure as known at `known_at`, each period on the map of its own last day.
    """
    groups: dict[tuple[bool, bool], list[Atom]] = {}
    for atom in set(atoms):
        groups.setdefault((atom[2] == main_area, bool(atom[1])), []).append(atom)
    figures: dict[Atom, Figure] = {}
    for (_, by_dimension), group in sorted(groups.items()):
        figures |= _consolidated(group, known_at, by_dimension)
    return Answers(figures, known_at)


def _consolidated(atoms: list[Atom], known_at: datetime, by_dimension: bool) -> dict[Atom, Figure]:
    """One call for the indicators × areas × periods that the atoms span; it may answer more than was asked."""
    found = account.consolidate(
        indicators=sorted({atom[0] for atom in atoms}),
        area_ids=sorted({atom[2] for atom in atoms}),
        periods=sorted(parse_period(code) for code in {atom[3] for atom in atoms}),
        known_at=known_at,
        by_dimension=by_dimension,
    )
    return by_key(found)
