"""The default draft of a review: everything the figures can say, in the order of a sơ kết report."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chungtay.kernel.periods import Period
from chungtay.reviews.annex import write_annex
from chungtay.reviews.answers import Answers, Atom, ask_all
from chungtay.reviews.book import Book
from chungtay.reviews.heads import HeadText
from chungtay.reviews.results import first_parts, write_results
from chungtay.reviews.rules import Ask, DraftBlock, Shape
from chungtay.reviews.scope import Scope
from chungtay.reviews.sections import write_assessment, write_closing, write_direction, write_opening, write_plans


@dataclass(frozen=True)
class Draft:
    """What the machine writes: questions by key, and blocks in order (annexes last)."""

    asks: Mapping[str, Ask]
    blocks: tuple[DraftBlock, ...]
    answers: Answers


def write_draft(scope: Scope, head: HeadText) -> Draft:
    """Write the report of a scope as its figures stand at `scope.known_at`."""
    book = Book(scope, ask_all(_everything(scope), main_area=scope.area_id, known_at=scope.known_at))
    blocks = (
        *write_opening(book, head),
        *write_direction(book, head),
        *write_results(book),
        *write_assessment(book),
        *write_plans(book),
        *write_closing(book, head),
        *write_annex(book),
    )
    _offer(book)
    return Draft(book.asks, blocks, book.answers)


def _everything(scope: Scope) -> Iterator[Atom]:
    """Yield what any sentence or table of the draft may ask."""
    windows = dict.fromkeys(_windows(scope))
    for series in scope.series.values():
        for key in ("", *(key for key, _ in series.keys)):
            for window in windows:
                yield (series.code, key, scope.area_id, window.code)
            for area_id in scope.child_ids:
                yield (series.code, key, area_id, scope.period.code)


def _windows(scope: Scope) -> Iterator[Period]:
    """Yield the window, its years, the first parts of a running year, and each of them a year earlier."""
    told = [scope.period, *scope.years, *(part for year in scope.years for part in first_parts(year))]
    for window in told:
        yield window
        if window.start.year == window.last_day.year or window in scope.years:
            yield window.same_period_last_year()


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
