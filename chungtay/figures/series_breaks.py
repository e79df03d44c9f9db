"""Where a series of figures breaks: the definition changed, or the units below the place did. A chart marks it, a table says why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from chungtay.figures.formulas import break_sentence
from chungtay.figures.rules import Figure
from chungtay.indicators.selectors import breaks_by_code
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """From `day` on the figures mean something else, or stand on other units; `sentence` says what."""

    day: date
    sentence: str


def breaks_of(codes: Sequence[str], area_id: UUID, *, on_map: date | None = None) -> dict[str, list[SeriesBreak]]:
    """Return {indicator code: the breaks of its series at a place, oldest first}; two queries however many there are.

    on_map: where all figures stand on one map, no change of the units breaks them. Raises UnknownIndicator.
    """
    units = list(_changes_of_units(area_id)) if on_map is None else []
    return {
        code: sorted([*(SeriesBreak(one.day, break_sentence(one)) for one in days), *units], key=lambda one: one.day)
        for code, days in breaks_by_code(codes).items()
    }


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
    for before, now in pairwise(places.extents_of(area_id)):
        if before.area_ids and now.area_ids and set(before.area_ids) != set(now.area_ids):
            units = f", còn {now.children} đơn vị" if now.children not in (0, before.children) else ""
            yield SeriesBreak(now.day, f"Từ ngày {date_text(now.day)} sắp xếp đơn vị hành chính{units}.")
