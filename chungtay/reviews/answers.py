"""Asking the account: all questions of a paper at once, never one by one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from chungtay.figures import selectors as account
from chungtay.figures.formulas import Growth, growth
from chungtay.figures.rules import Figure, by_key
from chungtay.indicators.rules import Break
from chungtay.indicators.selectors import breaks_by_code
from chungtay.kernel.periods import parse_period

Atom = tuple[str, str, UUID, str, str]
"""(indicator code, dimension key or "" for the total, area, period code, day of the map or "" for the period's own)."""


@dataclass(frozen=True)
class Answers:
    """The figures that were asked for, as known at one moment; `on_map` is the map where a question names none."""

    figures: Mapping[Atom, Figure]
    known_at: datetime
    on_map: str = ""
    breaks: Mapping[str, Sequence[Break]] = field(default_factory=dict)

    def of(
        self, indicator: str, dimension: str, area_id: UUID, period_code: str, on_map: str | None = None
    ) -> Figure | None:
        """Return the figure, None for a question that was not asked or a breakdown that nobody has."""
        day = self.on_map if on_map is None else on_map
        return self.figures.get((indicator, dimension, area_id, period_code, day))

    def known(
        self, indicator: str, dimension: str, area_id: UUID, period_code: str, on_map: str | None = None
    ) -> Figure | None:
        """Return the figure if there is any data behind it."""
        figure = self.of(indicator, dimension, area_id, period_code, on_map)
        return figure if figure is not None and figure.is_known else None

    def growth(self, figure: Figure, before: Figure | None) -> Growth:
        """Hold a figure against an earlier one of the same indicator, never across a break of its definition."""
        return growth(figure, before, self.breaks.get(figure.indicator_code, ()))


def ask_all(
    atoms: Iterable[Atom], *, main_area: UUID, known_at: datetime, on_map: date | None = None, status: str = "approved"
) -> Answers:
    """Answer every question with at most four consolidations a map: totals and breakdowns, of the area and of other units.

    Every answer is an approved figure as known at `known_at`, with status "all" also a provisional one. on_map: the review's
    map, None for each period's own.
    """
    groups: dict[tuple[str, bool, bool], list[Atom]] = {}
    for atom in set(atoms):
        groups.setdefault((atom[4], atom[2] == main_area, bool(atom[1])), []).append(atom)
    figures: dict[Atom, Figure] = {}
    for (day, _, by_dimension), group in sorted(groups.items()):
        figures |= _consolidated(group, day, known_at, by_dimension, status)
    breaks = breaks_by_code(sorted({atom[0] for atom in figures}))
    return Answers(figures, known_at, map_code(on_map), breaks)


def map_code(day: date | None) -> str:
    """Return a map as a question names it."""
    return "" if day is None else day.isoformat()


def _consolidated(
    atoms: list[Atom], day: str, known_at: datetime, by_dimension: bool, status: str
) -> dict[Atom, Figure]:
    """One call for the indicators × areas × periods that the atoms span; it may answer more than was asked."""
    found = account.consolidate(
        indicators=sorted({atom[0] for atom in atoms}),
        area_ids=sorted({atom[2] for atom in atoms}),
        periods=sorted(parse_period(code) for code in {atom[3] for atom in atoms}),
        on_map=date.fromisoformat(day) if day else None,
        known_at=known_at,
        status=status,
        by_dimension=by_dimension,
    )
    return {(*key, day): figure for key, figure in by_key(found).items()}
