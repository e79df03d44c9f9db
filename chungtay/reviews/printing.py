"""From a question and the account's answer to a printed figure: its words, its exact value, its coverage, its way to the source."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import blake2s
from uuid import UUID

from chungtay.figures.rules import Figure
from chungtay.indicators.rules import Kind
from chungtay.kernel.periods import parse_period
from chungtay.kernel.text import NBSP, date_text
from chungtay.papers.rules import PrintedFigure
from chungtay.reviews import idiom
from chungtay.reviews.answers import Answers
from chungtay.reviews.rules import Ask, Shape

RATIO_TARGET_SCALE = 10_000
TRACE_ADDRESS = "/con-so/{trace}/"


@dataclass(frozen=True)
class Words:
    """What a shape makes of the answers; `text` None means that nothing can be said."""

    text: str | None
    exact: str
    unit: str = ""
    value: int | None = None
    ratio: Fraction | None = None
    divisor: int = 1
    places: int = 0


@dataclass(frozen=True)
class Printer:
    """Prints questions from answers. `names` are the units' names on the review's map; `address` makes a trace's URL."""

    answers: Answers
    names: Mapping[UUID, str]
    address: str = TRACE_ADDRESS

    def print(self, ask: Ask) -> PrintedFigure:
        """Return the printed figure; without data its text says so and its value is None."""
        figure = self.answers.of(ask.indicator, ask.dimension, ask.area_id, ask.period_code)
        words = self._words(ask, figure)
        trace = figure.trace if figure is not None else ""
        return PrintedFigure(
            key=ask.key,
            text=idiom.NO_DATA if words is None or words.text is None else words.text,
            label=ask.label,
            exact=idiom.NO_DATA if words is None else words.exact,
            unit=(words.unit if words else "") or ask.unit,
            value=words.value if words else None,
            decimals=figure.decimals if figure is not None else 0,
            divisor=words.divisor if words else 1,
            places=words.places if words else 0,
            ratio=words.ratio if words else None,
            coverage="" if ask.shape in TARGETS else self._coverage(figure),
            when=_when(ask, figure),
            known_at=self.answers.known_at,
            source=ask.source,
            trace=short_code(trace) if trace else "",
            url=self.address.format(trace=trace) if trace else "",
        )

    def is_known(self, ask: Ask) -> bool:
        """Return whether the question has an answer that can be printed."""
        words = self._words(ask, self.answers.of(ask.indicator, ask.dimension, ask.area_id, ask.period_code))
        return words is not None and words.text is not None

    def missing(self, ask: Ask) -> tuple[str, ...]:
        """Return the names of the units that the answer lacks."""
        figure = self.answers.of(ask.indicator, ask.dimension, ask.area_id, ask.period_code)
        return tuple(self.names.get(area_id, "") for area_id in figure.missing) if figure is not None else ()

    def _coverage(self, figure: Figure | None) -> str:
        return idiom.short_coverage(figure.reported, figure.expected) if figure is not None else ""

    def _words(self, ask: Ask, figure: Figure | None) -> Words | None:
        if figure is None or (not figure.is_known and ask.shape not in _WITHOUT_DATA):
            return None
        before = self.answers.known(ask.indicator, ask.dimension, ask.area_id, ask.before) if ask.before else None
        match ask.shape:
            case Shape.SAID | Shape.CELL:
                return _plain(ask, figure)
            case Shape.OF_TARGET | Shape.CELL_OF_TARGET:
                return _of_target(ask, figure)
            case Shape.TARGET | Shape.CELL_TARGET:
                return _target(ask, figure)
            case Shape.CHANGE | Shape.CELL_CHANGE:
                return _change(ask, figure, before)
            case Shape.RATIO | Shape.CELL_RATIO | Shape.TERMS:
                return _ratio(ask, figure)
            case Shape.POINTS:
                return _points(figure, before, ask.unit)
            case Shape.MET:
                return _met(ask, figure)
            case Shape.COVERAGE:
                names = [self.names.get(area_id, "") for area_id in figure.missing]
                said = idiom.coverage(figure.reported, figure.expected, names)
                exact = f"{figure.reported} / {figure.expected}{NBSP}đơn vị"
                return Words(said if figure.expected else None, exact, "đơn vị", figure.reported)
            case Shape.PLACES:
                return self._places(ask)
            case Shape.CELL_OWN:
                return self._own(ask, figure)

    def _places(self, ask: Ask) -> Words:
        found = [self.answers.known(ask.indicator, ask.dimension, area, ask.period_code) for area in ask.areas]
        count = sum(figure is not None and bool(figure.value) for figure in found)
        return Words(
            idiom.said(count, unit=ask.unit, is_money=False), idiom.exact(count, unit=ask.unit), ask.unit, count
        )

    def _own(self, ask: Ask, figure: Figure) -> Words | None:
        """The area's own part: what it holds beyond the units below it."""
        if figure.value is None:
            return None
        found = [self.answers.known(ask.indicator, ask.dimension, area, ask.period_code) for area in ask.areas]
        return _number(ask, figure, figure.value - sum(part.value or 0 for part in found if part is not None))


TARGETS = frozenset({Shape.TARGET, Shape.CELL_TARGET})
_WITHOUT_DATA = frozenset({Shape.COVERAGE, Shape.TARGET, Shape.CELL_TARGET, Shape.PLACES})


def comparable(now: Figure, before: Figure) -> bool:
    """Return whether two windows may be compared: both complete, so that growth is never a matter of who reported."""
    return now.is_complete and before.is_complete


def short_code(trace: str) -> str:
    """Return the code of a trace that a printed page has room for: "3F2A-91C0"."""
    digest = blake2s(trace.encode(), digest_size=4).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:]}"


def _plain(ask: Ask, figure: Figure) -> Words | None:
    return None if figure.value is None else _number(ask, figure, figure.value)


def _number(ask: Ask, figure: Figure, value: int) -> Words:
    exact = idiom.exact(value, unit=ask.unit, decimals=figure.decimals)
    if ask.shape is Shape.SAID:
        said = idiom.said(
            value, unit=ask.unit, is_money=ask.is_money, decimals=figure.decimals, step=ask.step, places=ask.places
        )
        return Words(said, exact, ask.unit, value)
    places = ask.places if ask.divisor > 1 else figure.decimals
    text = idiom.cell(value, decimals=figure.decimals, divisor=ask.divisor, places=places)
    return Words(text, exact, ask.unit, value, divisor=ask.divisor, places=places)


def _of_target(ask: Ask, figure: Figure) -> Words | None:
    if ask.target is None or figure.value is None:
        return None
    exact = " / ".join(
        idiom.exact(number, unit=ask.unit, decimals=figure.decimals) for number in (figure.value, ask.target)
    )
    share = Fraction(figure.value, ask.target) if ask.target else None
    return Words(idiom.of_target(figure.value, ask.target), exact, "%", ratio=share, places=1)


def _target(ask: Ask, figure: Figure) -> Words | None:
    if ask.target is None:
        return None
    if figure.kind is Kind.RATIO:
        goal = Fraction(ask.target, RATIO_TARGET_SCALE)
        said = f"{'không quá' if ask.at_most else 'ít nhất'} {idiom.ratio(goal)}"
        return Words(said, idiom.ratio(goal), "%", ratio=goal, places=1)
    exact = idiom.exact(ask.target, unit=ask.unit)
    if ask.shape is Shape.TARGET:
        return Words(
            idiom.said(ask.target, unit=ask.unit, is_money=ask.is_money, places=2), exact, ask.unit, ask.target
        )
    places = ask.places if ask.divisor > 1 else 0
    text = idiom.cell(ask.target, divisor=ask.divisor, places=places)
    return Words(text, exact, ask.unit, ask.target, divisor=ask.divisor, places=places)


def _change(ask: Ask, figure: Figure, before: Figure | None) -> Words | None:
    if figure.value is None or before is None or before.value is None or not comparable(figure, before):
        return None
    exact = " / ".join(
        idiom.exact(number, unit=ask.unit, decimals=figure.decimals) for number in (figure.value, before.value)
    )
    growth = Fraction(figure.value - before.value, before.value) if before.value else None
    if ask.shape is Shape.CHANGE:
        said = idiom.change(figure.value, before.value, f"cùng kỳ năm {before.period.last_day.year}")
    else:
        said = idiom.change_cell(figure.value, before.value)
    return Words(said, exact, "%", ratio=growth, places=1)


def _terms(figure: Figure, unit: str) -> str:
    return f"{idiom.exact(figure.numerator or 0, unit=unit)} / {idiom.exact(figure.denominator or 0, unit=unit)}"


def _ratio(ask: Ask, figure: Figure) -> Words | None:
    if figure.ratio is None or figure.numerator is None or figure.denominator is None:
        return None
    exact = _terms(figure, ask.unit)
    if ask.shape is Shape.TERMS:
        return Words(idiom.terms(figure.numerator, figure.denominator, ask.unit), exact, ask.unit, figure.numerator)
    return Words(idiom.ratio(figure.ratio), exact, "%", ratio=figure.ratio, places=1)


def _points(figure: Figure, before: Figure | None, unit: str) -> Words | None:
    if figure.ratio is None or before is None or before.ratio is None or before.as_of is None:
        return None
    if not comparable(figure, before):
        return None
    said = idiom.points(figure.ratio, before.ratio, idiom.day_of_stock(before.as_of))
    exact = f"{_terms(figure, unit)}; {_terms(before, unit)}"
    return Words(said, exact, "điểm phần trăm", ratio=figure.ratio - before.ratio, places=1)


def _met(ask: Ask, figure: Figure) -> Words | None:
    if ask.target is None:
        return None
    if figure.ratio is not None:
        goal = Fraction(ask.target, RATIO_TARGET_SCALE)
        said = idiom.met(figure.ratio, goal, at_most=ask.at_most, target_text=idiom.ratio(goal))
        return Words(said, f"{idiom.ratio(figure.ratio)}; {idiom.ratio(goal)}", "%", ratio=figure.ratio, places=1)
    if figure.value is None:
        return None
    goal_text = idiom.said(ask.target, unit=ask.unit, is_money=ask.is_money, places=2)
    said = idiom.met(Fraction(figure.value), Fraction(ask.target), at_most=ask.at_most, target_text=goal_text)
    both = (figure.value, ask.target)
    return Words(said, "; ".join(idiom.exact(number, unit=ask.unit) for number in both), ask.unit, figure.value)


def _when(ask: Ask, figure: Figure | None) -> str:
    """The window of a figure, or the day of a stock; of a comparison both."""
    if ask.shape in TARGETS:
        return idiom.window_name(parse_period(ask.target_period)) if ask.target_period else ""
    if ask.is_of_row:
        return "kỳ ghi ở đầu dòng"
    periods = [parse_period(code) for code in (ask.period_code, ask.before) if code]
    if figure is not None and figure.as_of is not None:
        return f"ngày {date_text(figure.as_of)}"
    return ", ".join(idiom.window_name(period) for period in periods)
