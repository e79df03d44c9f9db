"""What a reorganisation would do, worked out before it is recorded: it is applied, looked at, and taken back.

Figures are compared on the map of the eve and on the new one: the units before and after, and the unit that holds them all,
whose totals must not change. Whoever may reorganise sees these approved totals; opening one needs the right to view it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chungtay.access.models import Assignment
from chungtay.accounts.models import User
from chungtay.desk.programme_selectors import headlines
from chungtay.figures import selectors as figures
from chungtay.figures.rules import Figure
from chungtay.figures.wording import in_full_with_unit
from chungtay.indicators.models import Indicator
from chungtay.indicators.selectors import catalogue
from chungtay.kernel.errors import DomainError, Problem, Severity
from chungtay.kernel.periods import Period, parse_period
from chungtay.kernel.text import NBSP
from chungtay.places import selectors as places
from chungtay.places import services
from chungtay.places.models import AreaVersion, Body, Reorganisation
from chungtay.places.plan_json import BadPlan, plan_from_json
from chungtay.places.previews import Preview as Looked
from chungtay.places.rules import Node, Tree
from chungtay.returns.models import Return
from chungtay.returns.rules import NOT_YET_SENT

MOST_INDICATORS = 6
_PLAIN = (  # words of the plan's file, and what the steps call them
    ("Các phần “back_share” của", "Các ô “là bao nhiêu phần trăm của đơn vị mới” ở"),
    ("“back_share”", "“là bao nhiêu phần trăm của đơn vị mới”"),
    ("“share”", "“phần trăm vào đơn vị mới”"),
    ("; nếu không có, hãy dùng “create”", "; nếu không có, hãy chọn loại “Lập đơn vị mới không từ đơn vị nào”"),
)


@dataclass(frozen=True)
class Said:
    """One unit's figure: its name, the number with its unit, the coverage, whether the number is an estimate."""

    name: str
    text: str
    coverage: str
    is_estimated: bool


@dataclass(frozen=True)
class Effect:
    """One indicator in one period, before and after. `holds`: the total of the unit above is the same (None: none above)."""

    indicator: str
    period: str
    before: tuple[Said, ...]
    after: tuple[Said, ...]
    whole_before: Said | None
    whole_after: Said | None
    holds: bool | None

    @property
    def says_something(self) -> bool:
        """Whether some unit has a number."""
        return any(said.text for said in (*self.before, *self.after))


@dataclass(frozen=True)
class Touched:
    """Who and what stands at a unit that ends: bodies, people with a role, reports not sent yet."""

    name: str
    bodies: int
    people: tuple[str, ...]
    waiting: int


@dataclass(frozen=True)
class Preview:
    """A plan looked at. With `problems` there is nothing else: it cannot be recorded as it stands. `notes`: what is unusual."""

    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    touched: tuple[Touched, ...] = ()

    @property
    def is_possible(self) -> bool:
        """Whether the plan can be recorded."""
        return not self.problems

    @property
    def has_estimates(self) -> bool:
        """Whether some number comes from a share of a divided unit."""
        return any(said.is_estimated for effect in self.effects for said in effect.after)


def problems_of(error: DomainError) -> tuple[str, ...]:
    """Return the sentences of a refusal, one for each problem, in the words of the steps."""
    if isinstance(error, BadPlan | services.PlanRefused):
        return tuple(_in_words(found) for found in error.problems)
    return tuple(line for line in str(error).splitlines() if line.strip())


def record(said: Mapping[str, Any], *, now: datetime, by: User) -> Reorganisation:
    """Record a plan, as a correction when it says so. Raises a DomainError with every reason why not."""
    return services.reorganise(plan=plan_from_json(said), now=now, by=by)


def look_ahead(said: Mapping[str, Any], *, eve: date, today: date, now: datetime, by: User) -> Preview:
    """Return what a plan would do, seen from the map of `eve`, on which its old units stand. All it writes is taken back."""
    try:
        plan = plan_from_json(said)
        seen = places.preview_reorganisation(plan)
    except DomainError as bad:
        return Preview(problems_of(bad))
    if seen.is_refused:
        return Preview(tuple(_in_words(found) for found in seen.problems if found.severity is Severity.WRONG))
    before = places.tree_on(eve)
    olds = [node.area_id for node in sorted(seen.ended, key=lambda one: (one.name, one.code))]
    kept = [was.area_id for was, _ in seen.revised]
    whole = _whole(seen)
    asked = _Asked(headlines(catalogue(), [])[:MOST_INDICATORS], _periods(plan.effective_on, today))
    then = asked.figures([*olds, *kept, *whole], eve)
    try:
        with services.rehearsal(plans=[plan], now=now, by=by) as (act,):
            after = places.tree_on(plan.effective_on)
            news = [one for one in _begun_by(act) if one in after and one not in kept]
            later = asked.figures([*news, *kept, *whole], plan.effective_on)
    except DomainError as refused:
        return Preview(problems_of(refused))
    effects = (
        _effect(
            indicator,
            period,
            [_said(then[indicator.code, one, period.code], indicator, before) for one in (*olds, *kept)],
            [_said(later[indicator.code, one, period.code], indicator, after) for one in (*news, *kept)],
            [(then[indicator.code, one, period.code], later[indicator.code, one, period.code]) for one in whole],
            after,
        )
        for indicator in asked.indicators
        for period in asked.periods
    )
    return Preview(
        notes=tuple(_in_words(found) for found in seen.problems),
        lines=tuple(line.sentence for line in seen.changes),
        effects=tuple(effect for effect in effects if effect.says_something),
        touched=_touched(before, olds, plan.effective_on),
    )


@dataclass(frozen=True)
class _Asked:
    indicators: Sequence[Indicator]
    periods: Sequence[Period]

    def figures(self, area_ids: Sequence[UUID], on_map: date) -> dict[tuple[str, UUID, str], Figure]:
        """Return the approved figures on one map, {(indicator code, area, period code): figure}."""
        if not area_ids or not self.indicators:
            return {}
        found = figures.consolidate(
            indicators=[indicator.code for indicator in self.indicators],
            area_ids=list(dict.fromkeys(area_ids)),
            periods=self.periods,
            on_map=on_map,
        )
        return {(f.indicator_code, f.area_id, f.period.code): f for f in found}


def _periods(effective_on: date, today: date) -> list[Period]:
    """The last whole year before the change (or before today, when the change is still to come), and the year after it."""
    year = min(effective_on, today).year
    return [parse_period(str(year - 1)), parse_period(str(year))]


def _whole(seen: Looked) -> list[UUID]:
    """Return the lowest unit that holds everything concerned on both maps, [] when there is none."""
    before, after = ({node.area_id: node for node in nodes} for nodes in (seen.before, seen.after))
    ways = [_above(before, node) for node in (*seen.ended, *(was for was, _ in seen.revised))]
    ways += [_above(after, node) for node in (*seen.begun, *(now for _, now in seen.revised))]
    common = set.intersection(*map(set, ways)) if ways else set()
    return [max(common, key=lambda one: (before | after)[one].depth)] if common else []


def _above(nodes: Mapping[UUID, Node], node: Node) -> list[UUID]:
    found: list[UUID] = []
    while node.parent_id is not None and node.parent_id in nodes:
        node = nodes[node.parent_id]
        found.append(node.area_id)
    return found


def _begun_by(act: Reorganisation) -> list[UUID]:
    """Return the units that have a version by an act, by name."""
    found = AreaVersion.objects.known().filter(reorganisation=act).order_by("name", "code")
    return list(dict.fromkeys(found.values_list("area_id", flat=True)))


def _in_words(found: Problem) -> str:
    """Say a problem of a plan in the words of the steps, not of the file."""
    sentence = found.sentence
    for word, plain in _PLAIN:
        sentence = sentence.replace(word, plain)
    where = found.where.replace("Thay đổi ", "Mục ").replace(", nguồn ", ", đơn vị cũ thứ ")
    return f"{where}: {sentence}" if where and where not in sentence else sentence


def _effect(
    indicator: Indicator,
    period: Period,
    before: Sequence[Said],
    after: Sequence[Said],
    wholes: Sequence[tuple[Figure, Figure]],
    tree: Tree,
) -> Effect:
    whole = [(_said(then, indicator, tree), _said(later, indicator, tree)) for then, later in wholes]
    return Effect(
        indicator=indicator.name,
        period=period.label(),
        before=tuple(before),
        after=tuple(after),
        whole_before=whole[0][0] if whole else None,
        whole_after=whole[0][1] if whole else None,
        holds=_amount(wholes[0][0]) == _amount(wholes[0][1]) if wholes else None,
    )


def _amount(figure: Figure) -> tuple[int | None, int | None, int | None]:
    return figure.value, figure.numerator, figure.denominator


def _said(figure: Figure, indicator: Indicator, tree: Tree) -> Said:
    coverage = f"{figure.reported}/{figure.expected}{NBSP}đơn{NBSP}vị" if figure.expected else ""
    text = in_full_with_unit(figure, indicator) if figure.is_known else ""
    return Said(tree.node(figure.area_id).name, text, coverage, figure.is_known and figure.is_estimated)


def _touched(tree: Tree, olds: Sequence[UUID], day: date) -> tuple[Touched, ...]:
    """Who stands at the units that end: three queries however many there are."""
    bodies: dict[UUID, int] = {}
    for area_id in Body.objects.filter(area_id__in=olds).values_list("area_id", flat=True):
        bodies[area_id] = bodies.get(area_id, 0) + 1
    people: dict[UUID, dict[str, None]] = {}
    live = Assignment.objects.on(day).filter(area_id__in=olds, user__is_active=True).select_related("user")
    for post in live.order_by("user__full_name"):
        people.setdefault(post.area_id, {})[post.user.full_name] = None
    waiting: dict[UUID, int] = {}
    unsent = Return.objects.filter(area_id__in=olds, state__in=[state.value for state in NOT_YET_SENT])
    for area_id in unsent.values_list("area_id", flat=True):
        waiting[area_id] = waiting.get(area_id, 0) + 1
    return tuple(
        Touched(tree.node(one).name, bodies.get(one, 0), tuple(people.get(one, ())), waiting.get(one, 0))
        for one in olds
    )
