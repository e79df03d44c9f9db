"""Where a series of figures breaks: the definition changed, or the units below the place did. A chart marks it, a table says why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chungtay.figures.formulas import break_sentence
from chungtay.figures.rules import Figure
from chungtay.indicators.rules import Break
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """From `day` on the figures mean something else, or stand on other units; `sentence` says what."""

    day: date
    sentence: str


def breaks_of(area_id: UUID, definition: Iterable[Break], *, on_map: date | None = None) -> list[SeriesBreak]:
    """Return the breaks of an indicator's series at a place, oldest first.

    definition: the days on which the indicator's meaning broke. on_map: where all figures stand on one map, no change of
    the units breaks them.
    """
    found = [SeriesBreak(one.day, break_sentence(one)) for one in definition]
    if on_map is None:
        found += _changes_of_units(area_id)
    return sorted(found, key=lambda one: one.day)


def between(breaks: Sequence[SeriesBreak], figures: Sequence[Figure]) -> list[tuple[int, SeriesBreak]]:
    """Return (position, break): the break stands before the figure of that position, which is the first to know of it."""
    return [
        (position, one)
        for one in breaks
        for position in range(1, len(figures))
        if figures[position - 1].period.last_day < one.day <= figures[position].period.last_day
    ]


def _changes_of_units(area_id: UUID) -> Iterator[SeriesBreak]:
    """The days on which the place stayed and the units below it did not."""
    before: tuple[UUID, ...] = ()
    for change in places.map_days():
        tree = places.tree_on(change.day)
        below = tree.ids_under(area_id) if area_id in tree else ()
        if before and below and set(below) != set(before):
            count = len(tree.children(area_id))
            units = f", còn {count} đơn vị" if count else ""
            sentence = f"Từ ngày {date_text(change.day)} sắp xếp đơn vị hành chính{units}."
            yield SeriesBreak(change.day, sentence)
        before = below
