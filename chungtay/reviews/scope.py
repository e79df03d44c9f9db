"""What a review is about, read once: programme, place, window, units below, dictionary, targets, forms and parties."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import KEEPER_LABELS, Keeper, Kind
from chungtay.indicators.selectors import dimension_keys, sources_during
from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import Period, parse_period
from chungtay.kernel.text import date_text
from chungtay.places import selectors as places
from chungtay.places.models import Area
from chungtay.places.rules import BodyKind, Level, Node
from chungtay.programmes.models import Comparison, Programme, Target
from chungtay.programmes.selectors import plan_at, targets_for
from chungtay.returns.models import FormCell
from chungtay.returns.selectors import indicators_of
from chungtay.reviews.answers import map_code
from chungtay.reviews.maps import Former, ReviewMap, read_map
from chungtay.reviews.models import Publication
from chungtay.reviews.rules import is_final, review_word


class NotInProgramme(DomainError):
    """The area takes no part in the programme."""

    def __init__(self, area: str, programme: Programme) -> None:
        super().__init__(f"{area} không thuộc phạm vi của {programme}. Hãy chọn đơn vị khác.")


class NotOnMap(DomainError):
    """The area is not on the map that was chosen."""

    def __init__(self, area: str, day: date) -> None:
        super().__init__(
            f"{area} không có trên bản đồ ngày {date_text(day)}. Hãy chọn bản đồ của một ngày có đơn vị này."
        )


class NothingToReview(DomainError):
    """The programme has neither forms nor targets: there is nothing to ask the account."""

    def __init__(self, programme: Programme) -> None:
        super().__init__(f"{programme} chưa có biểu mẫu và chỉ tiêu nào nên chưa lập được báo cáo sơ kết.")


@dataclass(frozen=True)
class Series:
    """An indicator as the report needs it. `keys` are the cells of its breakdown, empty when it has none."""

    code: str
    name: str
    unit: str
    kind: Kind
    is_money: bool
    decimals: int
    step: int
    keys: tuple[tuple[str, str], ...] = ()
    terms: tuple[str, str] | None = None
    source: str = ""


@dataclass(frozen=True)
class Goal:
    """A target that holds for the area: over which window, how much, on whose word."""

    indicator: str
    period: Period
    value: int
    at_most: bool
    basis: str

    @property
    def is_of_one_year(self) -> bool:
        """Whether the target is set for a year or a part of one."""
        return self.period.start.year == self.period.last_day.year


@dataclass(frozen=True)
class Scope:
    """Everything but the figures. `children` are the units directly below on the review's map."""

    programme: Programme
    area_id: UUID
    area_name: str
    level: Level
    period: Period
    known_at: datetime
    map: ReviewMap
    children: tuple[Node, ...]
    names: Mapping[UUID, str]
    series: Mapping[str, Series]
    goals: tuple[Goal, ...]
    parties: tuple[str, ...]
    bodies: frozenset[BodyKind]
    parent_name: str
    is_planned: bool
    last_review: Period | None = None  # the window of the review published before this one

    @property
    def child_ids(self) -> tuple[UUID, ...]:
        """The units directly below."""
        return tuple(node.area_id for node in self.children)

    @property
    def years(self) -> tuple[Period, ...]:
        """The years of the window, the first and last cut to it."""
        return tuple(self.period.years())

    @property
    def on_map(self) -> str:
        """The day whose map was chosen, as questions name it; "" for that of each window's last day."""
        return map_code(self.map.as_of)

    @property
    def formers(self) -> Mapping[UUID, tuple[Former, ...]]:
        """What units of the report were formed from, where they are wider than before."""
        return self.map.formers

    @property
    def is_final(self) -> bool:
        """Whether the window is the whole of the programme's term: a tổng kết, no longer a sơ kết."""
        return is_final(self.period, self.programme.starts_on, self.programme.ends_on)

    @property
    def word(self) -> str:
        """What the report is called: "sơ kết", "tổng kết"."""
        return review_word(self.is_final)

    @property
    def is_sample(self) -> bool:
        """Whether the programme's figures are invented."""
        return self.programme.is_sample

    def goal(self, code: str, period: Period) -> Goal | None:
        """Return the target of an indicator for a window: its own, else the shortest that contains it and starts with it.

        A part of the review's window is only held against targets of its own year, never against those of the whole term.
        """
        fitting = [
            goal
            for goal in self.goals
            if goal.indicator == code
            and goal.period.start == period.start
            and goal.period.end >= period.end
            and (period == self.period or goal.is_of_one_year)
        ]
        return min(fitting, key=lambda goal: goal.period.end, default=None)

    def last_goal(self, code: str) -> Goal | None:
        """Return the target of an indicator that lies furthest ahead."""
        return max(
            (goal for goal in self.goals if goal.indicator == code), key=lambda goal: goal.period.end, default=None
        )


def read_scope(
    *, programme: Programme, area: Area, period_code: str, known_at: datetime, map_as_of: date | None = None
) -> Scope:
    """Return what a review of the area over the window is about, on the map of a day (None: the window's last).

    Raises BadPeriod, NotOnMap, NotInProgramme, NothingToReview.
    """
    period = parse_period(period_code)
    found = read_map(area_id=area.pk, period=period, as_of=map_as_of, known_at=known_at)
    if found is None:
        day = map_as_of or period.last_day
        raise NotOnMap(places.name_on(area.pk, day), day)
    tree = found.tree
    node = tree.node(area.pk)
    if not _bearers(programme, found.day) & {above.area_id for above in tree.path(area.pk)}:
        raise NotInProgramme(node.name, programme)
    children = tuple(tree.children(area.pk))
    targets = targets_for(programme, area.pk, known_at=known_at)
    series = _series(programme, targets)
    if not series:
        raise NothingToReview(programme)
    return Scope(
        programme=programme,
        area_id=area.pk,
        area_name=node.name,
        level=node.level,
        period=period,
        known_at=known_at,
        map=found,
        children=children,
        names={below.area_id: below.name for below in tree.subtree(area.pk)},
        series=series,
        goals=tuple(_goal(target) for target in targets),
        parties=tuple(party.body.name for party in programme.parties.select_related("body").order_by("position")),
        bodies=frozenset(BodyKind(body.kind) for body in places.bodies_of(area.pk)),
        parent_name=tree.node(node.parent_id).name if node.parent_id else "",
        is_planned=plan_at(programme, area).pk != programme.pk,
        last_review=_last_review(programme, area, period, known_at),
    )


def _last_review(programme: Programme, area: Area, period: Period, known_at: datetime) -> Period | None:
    """Return the window of the area's review that was published last and ended before this one, as of a moment."""
    found = Publication.objects.filter(review__programme=programme, review__area=area, at__lte=known_at)
    windows = map(parse_period, found.values_list("review__period_code", flat=True).distinct())
    return max((window for window in windows if window.end < period.end), key=lambda w: (w.end, w.start), default=None)


def _bearers(programme: Programme, day: date) -> set[UUID]:
    """Return the area whose programme it is, and who came after it up to a day."""
    heirs = places.ways_on(day).inherited.get(programme.area_id, ())
    return {programme.area_id, *(way[-1] for way in heirs)}


def _goal(target: Target) -> Goal:
    return Goal(
        indicator=target.indicator.code,
        period=parse_period(target.period_code),
        value=target.amount,
        at_most=target.comparison == Comparison.AT_MOST,
        basis=target.basis,
    )


def _series(programme: Programme, targets: list[Target]) -> dict[str, Series]:
    """The indicators that the forms ask for, the ratios made of them, and what has a target, in reading order."""
    found = {indicator.pk: indicator for indicator in indicators_of(programme)}
    found |= {target.indicator_id: target.indicator for target in targets}
    asked: dict[UUID, str] = {}
    cells = FormCell.objects.filter(form__programme=programme, form__is_current=True).select_related("form")
    for cell in cells.order_by("-form__code"):
        asked[cell.indicator_id] = cell.form.code
    ordered = sorted(found.values(), key=lambda indicator: (indicator.position, indicator.code))
    kept = sources_during(found, programme.starts_on, programme.ends_on)
    return {indicator.code: _one_series(indicator, asked, kept[indicator.pk]) for indicator in ordered}


def _one_series(indicator: Indicator, asked: Mapping[UUID, str], kept: Collection[Keeper]) -> Series:
    keys = tuple((key, label) for key, label in dimension_keys(indicator) if key)
    sources = (indicator.pk, indicator.numerator_id, indicator.denominator_id)
    forms = [asked[pk] for pk in sources if pk is not None and pk in asked]
    numerator, denominator = indicator.numerator, indicator.denominator
    return Series(
        code=indicator.code,
        name=indicator.name,
        unit=indicator.unit,
        kind=Kind(indicator.kind),
        is_money=indicator.is_money,
        decimals=indicator.decimals,
        step=indicator.round_step,
        keys=keys,
        terms=(numerator.code, denominator.code) if numerator and denominator else None,
        source=_source(forms, kept),
    )


def _source(forms: Sequence[str], kept: Collection[Keeper]) -> str:
    """Name where the figures come from: a form, or a register which the form confirms."""
    registers = ", ".join(KEEPER_LABELS[keeper] for keeper in Keeper if keeper in kept and keeper is not Keeper.RETURNS)
    if not registers:
        return f"Biểu {forms[0]}" if forms else "Báo cáo đã duyệt"
    return registers[0].upper() + registers[1:] + (f", biểu {forms[0]} xác nhận" if forms else "")
