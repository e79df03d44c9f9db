"""The default draft of a review: everything the figures can say, in the order of a sơ kết or tổng kết report."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from chungtay.kernel.periods import Period
from chungtay.reviews.annex import write_annex
from chungtay.reviews.answers import Answers, Atom, ask_all, map_code
from chungtay.reviews.book import Book
from chungtay.reviews.heads import HeadText
from chungtay.reviews.lists import write_coverage
from chungtay.reviews.maps import names_for
from chungtay.reviews.results import first_parts, write_results
from chungtay.reviews.rules import Ask, DraftBlock, Shape
from chungtay.reviews.scope import Scope
from chungtay.reviews.sections import write_assessment, write_closing, write_direction, write_opening, write_plans
from chungtay.reviews.two_maps import write_two_maps


@dataclass(frozen=True)
class Draft:
    """What the machine writes: questions by key, and blocks in order (annexes last)."""

    asks: Mapping[str, Ask]
    blocks: tuple[DraftBlock, ...]
    answers: Answers


def write_draft(scope: Scope, head: HeadText) -> Draft:
    """Write the report of a scope as its figures stand at `scope.known_at`."""
    answers = ask_all(_everything(scope), main_area=scope.area_id, known_at=scope.known_at, on_map=scope.map.as_of)
    book = Book(replace(scope, names=names_for(scope.map, scope.area_id, answers)), answers)
    blocks = (
        *write_opening(book, head),
        *write_direction(book, head),
        *write_results(book),
        *write_assessment(book),
        *write_plans(book),
        *write_closing(book, head),
        *write_annex(book),
        *write_coverage(book),
        *write_two_maps(book),
    )
    _offer(book)
    return Draft(book.asks, blocks, book.answers)


def _everything(scope: Scope) -> Iterator[Atom]:
    """Yield what any sentence or table of the draft may ask."""
    own, units = dict.fromkeys(_windows(scope)), dict.fromkeys(_units(scope))
    for series in scope.series.values():
        for key in ("", *(key for key, _ in series.keys)):
            for window, day in own:
                yield (series.code, key, scope.area_id, window.code, day)
            for area_id, day in units:
                yield (series.code, key, area_id, scope.period.code, day)


def _windows(scope: Scope) -> Iterator[tuple[Period, str]]:
    """Yield the window, its years, the first parts of a running year, and each with the year before, on one map."""
    last = [scope.last_review] if scope.last_review else []
    told = [scope.period, *last, *scope.years, *(part for year in scope.years for part in first_parts(year))]
    for window in told:
        yield window, scope.on_map
        if window.start.year == window.last_day.year or window in scope.years:
            day = map_code(scope.map.for_change(window))
            yield from ((window, day), (window.same_period_last_year(), day))


def _units(scope: Scope) -> Iterator[tuple[UUID, str]]:
    """Yield the units below, what they were formed from, and those of the old map, each with its map."""
    for area_id in scope.child_ids:
        yield area_id, scope.on_map
    for formers in scope.formers.values():
        yield from ((former.area_id, map_code(former.day)) for former in formers)
    if old := scope.map.old:
        yield from ((former.area_id, map_code(old.day)) for former in old.units)
        if old.has_area:
            yield scope.area_id, map_code(old.day)


OFFERED = (Shape.SAID, Shape.OF_TARGET, Shape.CHANGE, Shape.RATIO, Shape.TERMS)


def _offer(book: Book) -> None:
    """Keep the questions that an editor may want beside those the sentences use: each indicator, whole and by year."""
    for series in book.scope.series.values():
        for window in dict.fromkeys((book.scope.period, *book.scope.years)):
            for shape in OFFERED:
                book.ask(series.code, shape, period=window, places=1 if window == book.scope.period else 2)
        for key, _ in series.keys:
            book.ask(series.code, dimension=key)
        book.ask(series.code, Shape.COVERAGE)
