"""What a plan would do, as a person looks at it before it is recorded: who ends, who begins, the touched part of both maps."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from chungtay.kernel.errors import Problem, Severity
from chungtay.places.map_checks import named
from chungtay.places.plans import Plan, share_text
from chungtay.places.reorganising import Handing, Outcome
from chungtay.places.rules import LEVEL_LABELS, WHOLE, BrokenMap, Node, Place, Tree, build_tree


@dataclass(frozen=True)
class Line:
    """One unit and what happens to it: `do` is form, create, revise or end."""

    do: str
    area_id: UUID
    sentence: str


@dataclass(frozen=True)
class Preview:
    """A plan worked out on the maps as recorded, without writing. `before` and `after` are the touched units and all above
    them, in pre-order; `after` is empty when the map would be broken.
    """

    plan: Plan
    problems: tuple[Problem, ...]
    changes: tuple[Line, ...]
    ended: tuple[Node, ...]
    begun: tuple[Node, ...]
    revised: tuple[tuple[Node, Node], ...]  # as it was, as it will be
    before: tuple[Node, ...]
    after: tuple[Node, ...]

    @property
    def is_refused(self) -> bool:
        return any(found.severity is Severity.WRONG for found in self.problems)


def preview_of(plan: Plan, outcome: Outcome, before: Tree, on_day: Tree) -> Preview:
    """Return a plan's outcome on the map of the day before and of the day as one looks at it."""
    try:
        after = build_tree(outcome.applied(on_day).values())
    except BrokenMap:
        after = build_tree(())
    revised = [
        (before.node(area_id), after.node(area_id))
        for area_id in outcome.revised
        if area_id in before and area_id in after
    ]
    return Preview(
        plan=plan,
        problems=tuple(outcome.problems),
        changes=tuple(changes_in_words(outcome, before)),
        ended=tuple(outcome.ended.values()),
        begun=tuple(node for node in after if node.area_id in outcome.begun),
        revised=tuple(revised),
        before=_with_those_above(before, outcome.ended.keys() | outcome.revised.keys()),
        after=_with_those_above(after, outcome.begun.keys() | outcome.revised.keys()),
    )


def changes_in_words(outcome: Outcome, before: Tree) -> Iterator[Line]:
    """Yield what happens to every unit that a plan begins, revises or ends."""
    sources: dict[UUID, list[str]] = defaultdict(list)
    heirs: dict[UUID, list[Handing]] = defaultdict(list)
    for handing in outcome.handings:
        heirs[handing.from_area].append(handing)
        if handing.back_share_ppm != 0:
            part = "" if handing.share_ppm == WHOLE else f" (phần {share_text(handing.share_ppm)})"
            sources[handing.to_area].append(named(outcome.ended[handing.from_area]) + part)
    for area_id, place in outcome.begun.items():
        if area_id in sources:
            yield Line("form", area_id, f"{named(place)}: lập từ {', '.join(sources[area_id])}")
        else:
            yield Line("create", area_id, f"{named(place)}: thành lập mới")
    for area_id, place in outcome.revised.items():
        yield Line("revise", area_id, _revised(before.node(area_id), place, outcome))
    for area_id, node in outcome.ended.items():
        yield Line("end", area_id, f"{named(node)}: {_ended(heirs[area_id], outcome)}")


def _ended(handings: Sequence[Handing], outcome: Outcome) -> str:
    units = outcome.begun | outcome.revised
    into = [named(units[one.to_area]) for one in handings if one.to_area in units]
    if not into:
        return "kết thúc"
    if handings[0].back_share_ppm == 0:
        return f"kết thúc, {into[0]} giữ số liệu riêng của đơn vị này"
    return f"{'nhập' if len(into) == 1 else 'chia'} vào {', '.join(into)}"


def _revised(was: Node, now: Place, outcome: Outcome) -> str:
    said = []
    if was.name != now.name:
        said.append(f"đổi tên thành {now.name}")
    if was.code != now.code:
        said.append(f"mang mã {now.code}")
    if was.level != now.level:
        said.append(f"từ {LEVEL_LABELS[was.level]} thành {LEVEL_LABELS[now.level]}")
    if was.parent_id != now.parent_id:
        above = outcome.begun.get(now.parent_id) or outcome.revised.get(now.parent_id) if now.parent_id else None
        said.append(f"chuyển về {named(above)}" if above else "chuyển về đơn vị cấp trên khác")
    return f"{named(was)}: {', '.join(said) or 'giữ nguyên'}"


def _with_those_above(tree: Tree, area_ids: Collection[UUID]) -> tuple[Node, ...]:
    kept = {step.area_id for area_id in area_ids if area_id in tree for step in tree.path(area_id)}
    return tuple(node for node in tree if node.area_id in kept)
