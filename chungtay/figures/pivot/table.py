"""The table itself: three axes (indicators, units, periods), one across and two down, every cell a figure.

The account is asked once for totals and once for the parts of breakdowns; a page then lays out only its own rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from chungtay.figures import selectors
from chungtay.figures.pivot.asking import PivotAsk
from chungtay.figures.rules import Figure
from chungtay.figures.trends import span_label
from chungtay.figures.wording import in_full
from chungtay.indicators.models import Indicator
from chungtay.indicators.selectors import dimension_keys
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer

MOST_ON_SCREEN = 20_000
MOST_IN_FILE = 200_000
ROWS_ON_PAGE = 300


class TooManyCells(DomainError):
    """The table asked for has more cells than a page or a file may have."""

    def __init__(self, count: int, most: int) -> None:
        self.count, self.most = count, most
        super().__init__(f"Bảng này có {format_integer(count)} ô, nhiều hơn {format_integer(most)} ô.")


@dataclass(frozen=True)
class Line:
    """One line of the dictionary in the table: an indicator, or one part of its breakdown."""

    indicator: Indicator
    key: str
    name: str

    @property
    def label(self) -> str:
        """Its name with the unit that it is counted in."""
        return f"{self.name} ({self.indicator.unit})"


@dataclass(frozen=True)
class Spot:
    """Where a cell stands: the positions of its line, unit and period."""

    line: int
    unit: int
    period: int


@dataclass(frozen=True)
class Cell:
    """A cell as the page prints it. `text` is None without a number; `is_off` where the unit is not on the map."""

    text: str | None
    url: str
    coverage: str
    is_partial: bool
    is_estimated: bool
    is_off: bool


@dataclass(frozen=True)
class Row:
    """One row: `group` opens a new group above it when it differs from the row before."""

    group: str
    label: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class Table:
    """All heads, rows and figures of a question; `cells` prints one row."""

    ask: PivotAsk
    lines: tuple[Line, ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    figures: dict[tuple[str, str, UUID, str], Figure]

    @property
    def cell_count(self) -> int:
        """How many cells the whole table has."""
        return len(self.rows) * len(self.heads)

    def figure_at(self, spot: Spot) -> Figure | None:
        """Return the figure of a cell, None where the unit is not on the map of the period."""
        line, unit = self.lines[spot.line], self.ask.units[spot.unit]
        if not unit.stands_on(spot.period):
            return None
        return self.figures[line.indicator.code, line.key, unit.node.area_id, self.ask.periods[spot.period].code]

    def cells(self, row: Row) -> list[Cell]:
        """Return what a row prints."""
        root = reverse("figure-index")
        return [_cell(self.figure_at(spot), self.lines[spot.line].indicator, root) for spot in row.spots]


def count_cells(ask: PivotAsk) -> int:
    """Return how many cells the question has, before anything is worked out."""
    return len(_lines(ask)) * len(ask.units) * len(ask.periods)


def table_of(ask: PivotAsk, *, most: int = MOST_ON_SCREEN) -> Table:
    """Work the table out (two questions to the account at most). Raises TooManyCells."""
    lines = _lines(ask)
    count = len(lines) * len(ask.units) * len(ask.periods)
    if count > most:
        raise TooManyCells(count, most)
    labels = {
        "chi-tieu": [line.label for line in lines],
        "don-vi": unit_labels(ask),
        "ky": [span_label(period) for period in ask.periods],
    }
    rows = tuple(
        Row(labels[ask.outer][outer], labels[ask.inner][inner], _spots(ask, outer, inner, len(labels[ask.columns])))
        for outer in range(len(labels[ask.outer]))
        for inner in range(len(labels[ask.inner]))
    )
    return Table(ask, lines, tuple(labels[ask.columns]), rows, _figures(ask, lines) if count else {})


def unit_labels(ask: PivotAsk) -> list[str]:
    """Return the names of the units; two of one name are told apart by their code."""
    names = [unit.node.name for unit in ask.units]
    return [
        f"{name} ({unit.node.code})" if names.count(name) > 1 and unit.node.code else name
        for name, unit in zip(names, ask.units, strict=True)
    ]


def _lines(ask: PivotAsk) -> tuple[Line, ...]:
    lines: list[Line] = []
    for indicator in ask.indicators:
        lines.append(Line(indicator, "", indicator.name))
        if ask.parts:
            keys = [(key, label) for key, label in dimension_keys(indicator) if key]
            lines += [Line(indicator, key, f"{indicator.name}: {label}") for key, label in keys]
    return tuple(lines)


def _spots(ask: PivotAsk, outer: int, inner: int, width: int) -> tuple[Spot, ...]:
    def spot(column: int) -> Spot:
        at = {ask.outer: outer, ask.inner: inner, ask.columns: column}
        return Spot(at["chi-tieu"], at["don-vi"], at["ky"])

    return tuple(spot(column) for column in range(width))


def _figures(ask: PivotAsk, lines: Sequence[Line]) -> dict[tuple[str, str, UUID, str], Figure]:
    totals = [line.indicator.code for line in lines if not line.key]
    broken = list(dict.fromkeys(line.indicator.code for line in lines if line.key))
    asked = [(totals, False)] + ([(broken, True)] if broken else [])
    return {
        (f.indicator_code, f.dimension, f.area_id, f.period.code): f
        for codes, by_dimension in asked
        for f in selectors.consolidate(
            indicators=codes,
            area_ids=[unit.node.area_id for unit in ask.units],
            periods=list(ask.periods),
            on_map=ask.map.day,
            known_at=ask.known.moment,
            status=ask.view.value,
            by_dimension=by_dimension,
        )
    }


def _cell(figure: Figure | None, indicator: Indicator, root: str) -> Cell:
    if figure is None:
        return Cell(None, "", "", is_partial=False, is_estimated=False, is_off=True)
    text = in_full(figure, indicator)
    return Cell(
        text=text,
        url=f"{root}{figure.trace}/" if text is not None else "",
        coverage=f"{figure.reported}/{figure.expected}" if figure.expected else "",
        is_partial=text is not None and figure.expected > 0 and not figure.is_complete,
        is_estimated=text is not None and getattr(figure, "is_estimated", False),
        is_off=False,
    )
