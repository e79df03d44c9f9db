"""A target and what the units below were given of it: values, sums and what is missing, on the map of any day.

Targets stay with the units that got them. On a later map those of units that ended count in their successors (sums, for
additive indicators); a part of a divided unit is an estimate and says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.kernel.periods import Period, parse_period
from chungtay.places import selectors as places
from chungtay.places import succession
from chungtay.places.rules import Node, Tree
from chungtay.programmes.models import Allocation, Programme, Target, What
from chungtay.programmes.rules import SumRule, lacking, rules_for
from chungtay.programmes.selectors import targets_of

WHOLE = 1_000_000
"""Shares of divided units are parts per million."""


@dataclass(frozen=True)
class Former:
    """What a unit that ended, or a part of one, was given: it counts in its successor."""

    area_id: UUID
    name: str
    value: int
    is_estimated: bool


@dataclass(frozen=True)
class TargetNode:
    """A unit's target and those directly below it.

    value: its own, else the sum of what its former units were given; None when nobody gave it any. parts_sum: of those
    below that have one. gap: what the parts lack by the rule, negative for too much; None where nothing is handed down.
    """

    area_id: UUID
    name: str
    target: Target | None
    value: int | None
    formerly: tuple[Former, ...]
    children: tuple["TargetNode", ...]
    rule: SumRule
    parts_sum: int | None
    gap: int | None

    @property
    def is_restated(self) -> bool:
        """Whether the value is that of former units."""
        return self.target is None and bool(self.formerly)

    @property
    def is_estimated(self) -> bool:
        """Whether a stated share of a divided unit is in the value."""
        return self.is_restated and any(former.is_estimated for former in self.formerly)


@dataclass(frozen=True)
class TargetGap:
    """A target whose parts no longer agree with it; `total_then` is what it was when it was handed down."""

    target: Target
    parts_sum: int
    gap: int
    total_then: int


def target_tree(
    programme: Programme,
    indicator: Indicator,
    period: Period,
    area_id: UUID,
    *,
    on_map: date | None = None,
    known_at: datetime | None = None,
) -> TargetNode | None:
    """Return the target of an area and those below, as deep as any was given; None when the area is not on the map.

    on_map: the day whose map is shown, None for the period's last day. A unit's target is that of the programme that gave
    its area's parent one, else of its own plan.
    """
    day = on_map or period.last_day
    tree = places.tree_on(day)
    if area_id not in tree:
        return None
    targets = [
        target
        for target in targets_of(programme, known_at=known_at)
        if target.indicator_id == indicator.pk and target.period_code == period.code
    ]
    rules = {what: SumRule(act.rule) for what, act in _acts(programme, known_at).items()}
    given = _Given(tree, indicator, targets, _former(indicator, targets, tree, period), rules)
    return given.node(tree.node(area_id), None)


def target_gaps(programme: Programme, *, known_at: datetime | None = None) -> list[TargetGap]:
    """Return the targets that were handed down and whose parts do not agree with them any more (three queries)."""
    held = {target.what: target for target in targets_of(programme, known_at=known_at)}
    found = []
    for (programme_id, indicator_id, area_id, code), act in _acts(programme, known_at).items():
        target, tree = held.get(act.what), places.tree_on(parse_period(code).last_day)
        if target is None or area_id not in tree:
            continue
        below = [held.get((programme_id, indicator_id, node.area_id, code)) for node in tree.children(area_id)]
        parts = [part.value or 0 for part in below if part is not None]
        if parts and (gap := lacking(SumRule(act.rule), target.value or 0, parts)):
            found.append(TargetGap(target, sum(parts), gap, act.total))
    return found


@dataclass(frozen=True)
class _Given:
    """What one indicator's targets of one period are on a map."""

    tree: Tree
    indicator: Indicator
    targets: Sequence[Target]
    former: Mapping[UUID, tuple[Former, ...]]
    rules: Mapping[What, SumRule]

    def node(self, place: Node, giver: UUID | None) -> TargetNode:
        """Return a unit with those below it; `giver` is the programme that gave the unit above its target."""
        target = self._target(place.area_id, giver)
        formerly = self.former.get(place.area_id, ())
        value = target.value if target else (sum(f.value for f in formerly) if formerly else None)
        giver_below = target.programme_id if target else giver
        below = tuple(self.node(child, giver_below) for child in self.tree.children(place.area_id))
        usual = rules_for(Kind(self.indicator.kind), is_at_most=bool(target and target.is_at_most))[0]
        rule = self.rules.get(target.what, usual) if target else usual
        given = [child.value for child in below if child.value is not None]
        parts_sum = sum(given) if given and rule is not SumRule.FREE else None
        gap = lacking(rule, value, given) if value is not None and parts_sum is not None else None
        return TargetNode(place.area_id, place.name, target, value, formerly, below, rule, parts_sum, gap)

    def _target(self, area_id: UUID, giver: UUID | None) -> Target | None:
        mine = [target for target in self.targets if target.area_id == area_id]
        given = [target for target in mine if target.programme_id == giver]
        own = [target for target in mine if target.programme.area_id == area_id]
        return next(iter([*given, *own, *mine]), None)


def _former(
    indicator: Indicator, targets: Sequence[Target], tree: Tree, period: Period
) -> dict[UUID, tuple[Former, ...]]:
    """Return what the former units of each unit on the map were given; nothing for a ratio, which does not add up."""
    gone = [target for target in targets if target.area_id not in tree]
    if not gone or indicator.kind == Kind.RATIO:
        return {}
    names = places.names_on([target.area_id for target in gone], period.last_day)
    found: dict[UUID, list[Former]] = {}
    standing = succession.placements([target.area_id for target in gone], places.successions(), tree)
    for target in gone:
        for portion in standing.get(target.area_id, ()):
            value = target.value or 0
            for low, high in portion.cuts:
                value = value * high // WHOLE - value * low // WHOLE
            former = Former(target.area_id, names[target.area_id], value, bool(portion.cuts))
            found.setdefault(portion.area_id, []).append(former)
    return {area_id: tuple(formers) for area_id, formers in found.items()}


def _acts(programme: Programme, known_at: datetime | None) -> dict[What, Allocation]:
    """Return the last act by which each target was handed down."""
    acts = Allocation.objects.filter(Q(programme=programme) | Q(programme__parent=programme)).order_by("id")
    if known_at is not None:
        acts = acts.filter(recorded_at__lte=known_at)
    return {act.what: act for act in acts}
