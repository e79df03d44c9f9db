"""The questions of one report while it is being written: each is asked once, under a key that people can read."""

from dataclasses import dataclass, field

from chungtay.figures.rules import Figure
from chungtay.kernel.periods import Period
from chungtay.kernel.text import NBSP
from chungtay.places.rules import LEVEL_LABELS
from chungtay.reviews import idiom
from chungtay.reviews.answers import Answers, map_code
from chungtay.reviews.printing import Printer
from chungtay.reviews.rules import FOR_TABLES, TARGET_SHAPES, Ask, Shape
from chungtay.reviews.scope import Goal, Scope, Series

MILLION = 1_000_000
BILLION = 1_000_000_000
SHORT_NAMES = {
    "fund.raised": "vận động quỹ",
    "support.houses": "nhà ở",
    "support.bridges": "cầu",
    "support.packages": "suất hỗ trợ",
    "support.package_value": "giá trị hỗ trợ",
    "poverty.rate": "tỷ lệ hộ nghèo",
    "poverty.poor_households": "hộ nghèo",
    "poverty.households": "tổng số hộ",
    "groups.hoi_quan": "hội quán",
    "groups.hoi_quan_members": "thành viên hội quán",
    "groups.htx_from_hoi_quan": "htx từ hội quán",
    "groups.self_managed": "tổ tự quản",
    "activities.propaganda": "tuyên truyền",
    "awards.collectives": "khen thưởng tập thể",
}
KEY_ENDS = {
    Shape.OF_TARGET: ": % kế hoạch",
    Shape.TARGET: ": kế hoạch",
    Shape.CHANGE: ": so cùng kỳ",
    Shape.TERMS: ": tử số và mẫu số",
    Shape.POINTS: ": mức thay đổi",
    Shape.MET: ": so chỉ tiêu",
    Shape.COVERAGE: ": phạm vi",
    Shape.PLACES: ": số đơn vị có",
    Shape.CELL: ": ô",
    Shape.CELL_OWN: ": ô riêng",
    Shape.CELL_SUM: ": ô cộng",
    Shape.CELL_OF_TARGET: ": ô % kế hoạch",
    Shape.CELL_TARGET: ": ô kế hoạch",
    Shape.CELL_CHANGE: ": ô so cùng kỳ",
    Shape.CELL_RATIO: ": ô tỷ lệ",
}
LABEL_ENDS = {
    Shape.OF_TARGET: ", so với kế hoạch",
    Shape.TARGET: ", kế hoạch",
    Shape.CHANGE: ", mức tăng, giảm",
    Shape.TERMS: ", tử số và mẫu số",
    Shape.POINTS: ", mức thay đổi",
    Shape.MET: ", so với chỉ tiêu",
    Shape.COVERAGE: ", phạm vi",
    Shape.PLACES: ", số đơn vị có kết quả",
    Shape.CELL_OWN: ", phần của cấp mình",
    Shape.CELL_OF_TARGET: ", so với kế hoạch",
    Shape.CELL_TARGET: ", kế hoạch",
    Shape.CELL_CHANGE: ", mức tăng, giảm",
}


@dataclass
class Book:
    """Collects the asks of a draft and says what their answers are now, so that sentences fit them."""

    scope: Scope
    answers: Answers
    asks: dict[str, Ask] = field(default_factory=dict)
    tables: int = 0
    charts: int = 0

    @property
    def printer(self) -> Printer:
        """Return the printer over the draft's answers."""
        return Printer(self.answers, self.scope.names)

    def has(self, code: str) -> bool:
        """Return whether the programme asks for the indicator, here: a unit that is asked for others but not this has not."""
        if code not in self.scope.series:
            return False
        figure = self._own(code)
        if figure is None or figure.is_known or figure.expected:
            return True
        return not any(other.expected for other in map(self._own, self.scope.series) if other is not None)

    def _own(self, code: str) -> Figure | None:
        return self.answers.of(code, "", self.scope.area_id, self.scope.period.code)

    def figure(self, code: str, period: Period | None = None, dimension: str = "") -> Figure | None:
        """Return the area's figure if there is any data behind it."""
        return self.answers.known(code, dimension, self.scope.area_id, (period or self.scope.period).code)

    def ask(
        self,
        code: str,
        shape: Shape = Shape.SAID,
        *,
        period: Period | None = None,
        dimension: str = "",
        places: int = 1,
    ) -> str:
        """Put a question about the review's area and return its token, or "" when there is nothing to print."""
        ask = self.question(code, shape, period=period or self.scope.period, dimension=dimension, places=places)
        if ask is None or not self.printer.is_known(ask):
            return ""
        return self.keep(ask)

    def keep(self, ask: Ask) -> str:
        """Keep a question and return its token; the same key is kept once."""
        self.asks.setdefault(ask.key, ask)
        return "{" + ask.key + "}"

    def question(
        self, code: str, shape: Shape, *, period: Period, dimension: str = "", places: int = 1, divisor: int = 1
    ) -> Ask | None:
        """Return the question about the review's area; None when it needs a target or an earlier year that is not there."""
        series = self.scope.series[code]
        goal = self._goal(series, period, shape) if shape in TARGET_SHAPES else None
        if shape in TARGET_SHAPES and goal is None:
            return None
        before = self._before(series, period, shape)
        on_map = map_code(self.scope.map.for_change(period)) if before else self.scope.on_map
        return Ask(
            key=self.key(series, period, dimension, shape, divisor),
            label=self.label(series, period, dimension, shape, goal),
            shape=shape,
            indicator=code,
            dimension=dimension,
            area_id=self.scope.area_id,
            period_code=period.code,
            unit=self.unit(series, shape),
            is_money=series.is_money,
            step=1 if dimension else series.step,
            divisor=divisor,
            places=places,
            target=goal.value if goal else None,
            target_period=goal.period.code if goal else "",
            at_most=goal.at_most if goal else False,
            before=before.code if before else "",
            areas=self.scope.child_ids if shape in (Shape.PLACES, Shape.CELL_OWN) else (),
            on_map=on_map,
            source=source_of(series, goal, shape),
        )

    def _goal(self, series: Series, period: Period, shape: Shape) -> Goal | None:
        if series.terms and shape is Shape.TARGET:
            return self.scope.last_goal(series.code)
        return self.scope.goal(series.code, period)

    def _before(self, series: Series, period: Period, shape: Shape) -> Period | None:
        return period.same_period_last_year() if shape in (Shape.CHANGE, Shape.CELL_CHANGE, Shape.POINTS) else None

    def unit(self, series: Series, shape: Shape) -> str:
        """Return the noun after the number: for a ratio the unit of its terms, for PLACES the kind of unit below."""
        if shape is Shape.PLACES:
            return below_noun(self.scope)
        if series.terms and (term := self.scope.series.get(series.terms[0])):
            return term.unit
        return series.unit

    def key(self, series: Series, period: Period, dimension: str, shape: Shape, divisor: int = 1) -> str:
        """Return the name of a question: "vận động quỹ, tiền 2022: so cùng kỳ"; the review's own window is not named."""
        name = SHORT_NAMES.get(series.code, idiom.lower_first(series.name))
        label = dict(series.keys).get(dimension, "")
        part = f", {idiom.lower_first(label)}" if label else ""
        window = "" if period == self.scope.period else f" {idiom.window_head(period)}".replace(NBSP, " ")
        scale = f" {'tỷ' if divisor == BILLION else 'triệu'}" if divisor > 1 else ""
        return f"{name}{part}{window}{KEY_ENDS.get(shape, '')}{scale}"

    def label(self, series: Series, period: Period, dimension: str, shape: Shape, goal: Goal | None) -> str:
        """Return what the figure is, for the sources annex: "Vận động Quỹ, tiền, năm 2022, so với kế hoạch"."""
        label = dict(series.keys).get(dimension, "")
        part = f", {idiom.lower_first(label)}" if label else ""
        window = "" if period == self.scope.period and shape not in FOR_TABLES else f", {idiom.window_name(period)}"
        ending = LABEL_ENDS.get(shape, "")
        if goal and shape in (Shape.TARGET, Shape.CELL_TARGET):
            return f"{series.name}, kế hoạch {idiom.window_name(goal.period)}"
        if goal and shape is not Shape.MET and goal.period != period:
            ending += f" {goal_name(goal, period)}".replace(" kế hoạch", "")
        return f"{series.name}{part}{window}{ending}"

    def coverage(self, code: str, dimension: str = "", period: Period | None = None) -> str:
        """Return " ({… phạm vi})" when some unit is missing from a figure, else ""."""
        figure = self.figure(code, period, dimension)
        if figure is None or not figure.expected or figure.is_complete:
            return ""
        return f" ({self.ask(code, Shape.COVERAGE, period=period, dimension=dimension)})"

    def reached(self, code: str, period: Period | None = None) -> str:
        """Return ", đạt {…} kế hoạch …" when the indicator has a target for the window, else ""."""
        window = period or self.scope.period
        goal = self.scope.goal(code, window)
        token = self.ask(code, Shape.OF_TARGET, period=window)
        return f", đạt {token} {goal_name(goal, window)}" if goal and token else ""


def source_of(series: Series, goal: Goal | None, shape: Shape) -> str:
    """Return where a figure comes from: the form that asks for it, and for a plan the paper that set it."""
    if goal is None or shape is Shape.CELL_OF_TARGET:
        return series.source
    return goal.basis if shape in (Shape.TARGET, Shape.CELL_TARGET) else f"{series.source}; {goal.basis}"


def goal_name(goal: Goal, period: Period) -> str:
    """Name the plan that a figure is measured against: "kế hoạch", "kế hoạch năm", "kế hoạch giai đoạn 2020 - 2024"."""
    if goal.period == period:
        return "kế hoạch"
    if goal.is_of_one_year:
        return "kế hoạch năm"
    return f"kế hoạch giai đoạn {goal.period.start.year} - {goal.period.last_day.year}"


def below_noun(scope: Scope) -> str:
    """Return what the units below are called together: "xã, phường"."""
    order = [level for level in reversed(LEVEL_LABELS) if any(node.level == level for node in scope.children)]
    return ", ".join(LEVEL_LABELS[level] for level in order) or "đơn vị"
