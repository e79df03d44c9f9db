"""From a question and the account's answer to a printed figure: its words, its exact value, its coverage, its way to the source."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from hashlib import blake2s
from uuid import UUID

from chungtay.figures.formulas import Growth, Reason, achievement
from chungtay.figures.rules import Figure
from chungtay.indicators.rules import Kind
from chungtay.kernel.periods import parse_period
from chungtay.kernel.text import NBSP, date_text
from chungtay.papers.rules import PrintedFigure
from chungtay.reviews import idiom
from chungtay.reviews.answers import Answers
from chungtay.reviews.rules import FOR_TABLES, Ask, Shape

RATIO_TARGET_SCALE = 10_000
TRACE_ADDRESS = "/con-so/{trace}/"
ESTIMATED = f"{NBSP}(ước tính)"
ESTIMATED_CELL = "*"  # a column has no room for the word: the note under the table says what the mark means


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
        figure = self.answer(ask)
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
            when=_when(ask, figure, self.answers.on_map),
            known_at=self.answers.known_at,
            source=ask.source,
            trace=short_code(trace) if trace else "",
            url=self.address.format(trace=trace) if trace else "",
        )

    def answer(self, ask: Ask) -> Figure | None:
        """Return the account's answer to a question; behind a sum over another map stands the area's figure on this one."""
        day = None if ask.shape is Shape.CELL_SUM else ask.on_map
        return self.answers.of(ask.indicator, ask.dimension, ask.area_id, ask.period_code, day)

    def _known(self, ask: Ask, area_id: UUID, period_code: str) -> Figure | None:
        return self.answers.known(ask.indicator, ask.dimension, area_id, period_code, ask.on_map)

    def _parts(self, ask: Ask) -> list[Figure]:
        found = (self._known(ask, area_id, ask.period_code) for area_id in ask.areas)
        return [figure for figure in found if figure is not None]

    def is_known(self, ask: Ask) -> bool:
        """Return whether the question has an answer that can be printed."""
        words = self._words(ask, self.answer(ask))
        return words is not None and words.text is not None

    def missing(self, ask: Ask) -> tuple[str, ...]:
        """Return the names of the units that the answer lacks."""
        figure = self.answer(ask)
        return tuple(self.names.get(area_id, "") for area_id in figure.missing) if figure is not None else ()

    def _coverage(self, figure: Figure | None) -> str:
        return idiom.short_coverage(figure.reported, figure.expected) if figure is not None else ""

    def _words(self, ask: Ask, figure: Figure | None) -> Words | None:
        words = self._exact_words(ask, figure)
        if words is None or words.text is None or ask.shape in _WITHOUT_DATA or not self._is_estimated(ask, figure):
            return words
        mark = ESTIMATED_CELL if ask.shape in FOR_TABLES else ESTIMATED
        return replace(words, text=f"{words.text}{mark}", exact=f"{words.exact}{ESTIMATED}")

    def _is_estimated(self, ask: Ask, figure: Figure | None) -> bool:
        before = self._known(ask, ask.area_id, ask.before) if ask.before else None
        return any(one is not None and one.is_estimated for one in (figure, before, *self._parts(ask)))

    def _exact_words(self, ask: Ask, figure: Figure | None) -> Words | None:
        if ask.shape is Shape.CELL_SUM:
            return self._sum(ask)
        if figure is None or (not figure.is_known and ask.shape not in _WITHOUT_DATA):
            return None
        before = self._known(ask, ask.area_id, ask.before) if ask.before else None
        match ask.shape:
            case Shape.SAID | Shape.CELL:
                return _plain(ask, figure)
            case Shape.OF_TARGET | Shape.CELL_OF_TARGET:
                return _of_target(ask, figure)
            case Shape.TARGET | Shape.CELL_TARGET:
                return _target(ask, figure)
            case Shape.CHANGE | Shape.CELL_CHANGE:
                return _change(ask, self.answers.growth(figure, before))
            case Shape.RATIO | Shape.CELL_RATIO | Shape.TERMS:
                return _ratio(ask, figure)
            case Shape.POINTS:
                return _points(self.answers.growth(figure, before), ask.unit)
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
        count = sum(bool(figure.value) for figure in self._parts(ask))
        return Words(
            idiom.said(count, unit=ask.unit, is_money=False), idiom.exact(count, unit=ask.unit), ask.unit, count
        )

    def _own(self, ask: Ask, figure: Figure) -> Words | None:
        """The area's own part: what it holds beyond the units below it."""
        if figure.value is None:
            return None
        return _number(ask, figure, figure.value - sum(part.value or 0 for part in self._parts(ask)))

    def _sum(self, ask: Ask) -> Words | None:
        """The sum over the units of another map; None when none of them has data."""
        parts = self._parts(ask)
        return _number(ask, parts[0], sum(part.value or 0 for part in parts)) if parts else None


TARGETS = frozenset({Shape.TARGET, Shape.CELL_TARGET})
_WITHOUT_DATA = frozenset({Shape.COVERAGE, Shape.TARGET, Shape.CELL_TARGET, Shape.PLACES})


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
    done = achievement(figure, Fraction(ask.target, 10**figure.decimals))
    return Words(idiom.of_target(figure.value, ask.target), exact, "%", ratio=done.value, places=1)


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


def _change(ask: Ask, grown: Growth) -> Words | None:
    """Growth is said of complete windows only, so that it is never a matter of who reported."""
    now, before = grown.now, grown.before
    if before is None or now.value is None or before.value is None or not grown.is_like_for_like:
        return None
    if grown.reason is Reason.BREAK:
        return None
    exact = " / ".join(
        idiom.exact(number, unit=ask.unit, decimals=now.decimals) for number in (now.value, before.value)
    )
    if ask.shape is Shape.CHANGE:
        said = idiom.change(now.value, before.value, f"cùng kỳ năm {before.period.last_day.year}")
    else:
        said = idiom.change_cell(now.value, before.value)
    return Words(said, exact, "%", ratio=grown.value, places=1)


def _terms(figure: Figure, unit: str) -> str:
    return f"{idiom.exact(figure.numerator or 0, unit=unit)} / {idiom.exact(figure.denominator or 0, unit=unit)}"


def _ratio(ask: Ask, figure: Figure) -> Words | None:
    if figure.ratio is None or figure.numerator is None or figure.denominator is None:
        return None
    exact = _terms(figure, ask.unit)
    if ask.shape is Shape.TERMS:
        return Words(idiom.terms(figure.numerator, figure.denominator, ask.unit), exact, ask.unit, figure.numerator)
    return Words(idiom.ratio(figure.ratio), exact, "%", ratio=figure.ratio, places=1)


def _points(grown: Growth, unit: str) -> Words | None:
    before = grown.before
    if grown.value is None or before is None or before.as_of is None or not grown.is_like_for_like:
        return None
    now_share, then_share = grown.now.ratio or Fraction(0), before.ratio or Fraction(0)
    said = idiom.points(now_share, then_share, idiom.day_of_stock(before.as_of))
    exact = f"{_terms(grown.now, unit)}; {_terms(before, unit)}"
    return Words(said, exact, "điểm phần trăm", ratio=grown.value, places=1)


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


def _when(ask: Ask, figure: Figure | None, own_map: str) -> str:
    """The window of a figure, or the day of a stock; of a comparison both; and the map when it is not the review's."""
    if ask.shape in TARGETS:
        return idiom.window_name(parse_period(ask.target_period)) if ask.target_period else ""
    if ask.is_of_row:
        said = "kỳ ghi ở đầu dòng"
    elif figure is not None and figure.as_of is not None:
        said = f"ngày {date_text(figure.as_of)}"
    else:
        periods = [parse_period(code) for code in (ask.period_code, ask.before) if code]
        said = ", ".join(idiom.window_name(period) for period in periods)
    if ask.on_map in ("", own_map):
        return said
    return f"{said}; bản đồ ngày {date_text(date.fromisoformat(ask.on_map))}"
