"""What a plan makes of the map, pure: its outcome, and every reason why it must be refused.

Nothing stops at the first fault: `check_plan` collects them all, each with its place and a sentence that names the unit.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from uuid import UUID, uuid4

from chungtay.kernel.errors import Problem, Severity
from chungtay.kernel.text import date_text
from chungtay.places.map_checks import map_problems, named
from chungtay.places.plan_json import BadPlan, plan_from_json, plan_to_json
from chungtay.places.plans import Abolish, Create, Form, NewUnit, Plan, Revise, Source, share_text
from chungtay.places.rules import RANKS, WHOLE, Level, Node, Place, Tree

__all__ = [
    "Abolish",
    "BadPlan",
    "Create",
    "Form",
    "Ground",
    "Handing",
    "NewUnit",
    "Outcome",
    "Plan",
    "Revise",
    "Source",
    "check_plan",
    "plan_from_json",
    "plan_to_json",
    "work_out",
]

_LONGEST_NAME, _LONGEST_CODE = 120, 10
_NO_IDS: Mapping[int, UUID] = MappingProxyType({})


@dataclass(frozen=True)
class Ground:
    """What a plan stands on: the map before it, and what history already says of the days after.

    `on_day` is the map of the day itself as recorded so far (other acts of that day are in it), `later` the map of every
    later day of change, `settled` says of a unit why its history cannot be continued from that day, `refs` resolves
    CODE@DATE, `gone` names units that the corrected reorganisation had formed.
    """

    before: Tree
    on_day: Tree
    later: tuple[tuple[date, Tree], ...] = ()
    settled: Mapping[UUID, str] = field(default_factory=dict)
    refs: Mapping[str, UUID] = field(default_factory=dict)
    gone: Mapping[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Handing:
    """A part of an ended unit goes to another unit. `back_share_ppm` 0: the other keeps it and does not stem from it."""

    from_area: UUID
    to_area: UUID
    share_ppm: int
    back_share_ppm: int | None
    basis: str


@dataclass
class Outcome:
    """What a plan does: who ends, begins and is revised, who hands on to whom; and what is wrong with it."""

    ended: dict[UUID, Node] = field(default_factory=dict)
    begun: dict[UUID, Place] = field(default_factory=dict)
    revised: dict[UUID, Place] = field(default_factory=dict)
    handings: list[Handing] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Whether something is wrong; what is only unusual asks to be looked at."""
        return any(found.severity is Severity.WRONG for found in self.problems)

    def applied(self, tree: Tree) -> dict[UUID, Place]:
        """Return a map with the plan carried out on it."""
        kept = (_as_place(node) for node in tree if node.area_id not in self.ended)
        return {place.area_id: place for place in kept} | self.revised | self.begun


def check_plan(plan: Plan, ground: Ground | Tree) -> list[Problem]:
    """Return everything that is wrong (Severity.WRONG) or unusual (EXPLAIN) with a plan on the map of the day before."""
    return work_out(plan, ground).problems


def work_out(plan: Plan, ground: Ground | Tree, *, ids: Mapping[int, UUID] = _NO_IDS) -> Outcome:
    """Return what a plan does on a map; `ids` are those of units that begin, by number of their change (others get new ones)."""
    ground = ground if isinstance(ground, Ground) else Ground(ground, ground)
    return _Working(plan, ground, ids).outcome()


class _Working:
    """Carries a plan out change by change, noting what is wrong on the way."""

    def __init__(self, plan: Plan, ground: Ground, ids: Mapping[int, UUID]) -> None:
        self.plan = plan
        self.ground = ground
        self.done = Outcome()
        self.ids = {number: ids.get(number) or uuid4() for number, _ in plan.units()}
        self._before = {node.code: node for node in ground.before if node.code}
        self._day = date_text(plan.effective_on)
        self._touched: dict[UUID, str] = {}  # unit -> the change that ends or revises it

    def outcome(self) -> Outcome:
        if not self.plan.changes:
            self._wrong("Chưa có thay đổi nào. Hãy ghi ít nhất một thay đổi.", "")
        if not self.plan.legal_basis.strip():
            self._wrong("Chưa ghi căn cứ (số và cơ quan ban hành nghị quyết).", "Căn cứ")
        shares = self._end_sources()
        for number, change in enumerate(self.plan.changes):
            if isinstance(change, Abolish):
                self._end(change.unit, _where(number))
        self._check_shares(shares)
        self._begin()
        self._revise()
        self._place_under_parents()
        self._hand_to_heirs()
        self._check_maps()
        return self.done

    def _end_sources(self) -> dict[UUID, list[int]]:
        """End the units that others are formed from and return the shares that each hands on."""
        shares: dict[UUID, list[int]] = defaultdict(list)
        pairs: set[tuple[int, UUID]] = set()
        for number, position, source in self.plan.sources():
            where = f"{_where(number)}, nguồn {position + 1}"
            node = self._end(source.unit, where, is_source=True)
            if node is None:
                continue
            if (number, node.area_id) in pairs:
                self._wrong(f"{named(node)} được nêu hai lần làm nguồn của cùng một đơn vị.", where)
                continue
            pairs.add((number, node.area_id))
            shares[node.area_id].append(source.share_ppm)
            self.done.handings.append(
                Handing(node.area_id, self.ids[number], source.share_ppm, source.back_share_ppm, source.basis)
            )
        for number, change in enumerate(self.plan.changes):
            if isinstance(change, Form):
                self._check_back_shares(change, _where(number))
        return shares

    def _end(self, ref: str, where: str, is_source: bool = False) -> Node | None:
        node = self._old(ref, where)
        if node is None:
            return None
        if node.area_id in self.done.ended:
            if not is_source or self._touched[node.area_id] == "abolish":
                self._wrong(f"{named(node)} bị kết thúc hai lần trong cùng một đợt. Hãy giữ một thay đổi.", where)
            return node
        self.done.ended[node.area_id] = node
        self._touched[node.area_id] = "form" if is_source else "abolish"
        return node

    def _check_shares(self, shares: Mapping[UUID, list[int]]) -> None:
        for area_id, parts in shares.items():
            if sum(parts) != WHOLE:
                sum_text = " + ".join(share_text(part) for part in parts)
                self._wrong(
                    f"Các phần của {named(self.done.ended[area_id])} cộng lại là {sum_text} = {share_text(sum(parts))}, "
                    "phải đúng bằng 1. Hãy sửa tỷ lệ hoặc thêm đơn vị nhận phần còn lại.",
                    named(self.done.ended[area_id]),
                )

    def _check_back_shares(self, change: Form, where: str) -> None:
        if not change.sources:
            self._wrong("Đơn vị được lập phải có ít nhất một đơn vị cũ; nếu không có, hãy dùng “create”.", where)
        stated = [one.back_share_ppm for one in change.sources if one.back_share_ppm is not None]
        is_whole = len(stated) == len(change.sources)
        if stated and (sum(stated) > WHOLE or (is_whole and sum(stated) != WHOLE)):
            self._wrong(
                f"Các phần “back_share” của {change.unit.name} cộng lại là {share_text(sum(stated))}, phải đúng bằng 1.",
                where,
            )

    def _begin(self) -> None:
        for number, unit in self.plan.units():
            area_id = self.ids[number]
            level = self._checked(unit.name, unit.code, unit.level, _where(number))
            self.done.begun[area_id] = Place(area_id, unit.name.strip(), unit.code, level, None)

    def _revise(self) -> None:
        for number, change in enumerate(self.plan.changes):
            if not isinstance(change, Revise):
                continue
            where = _where(number)
            node = self._old(change.unit, where)
            if node is None:
                continue
            if node.area_id in self._touched:
                what = "sửa hai lần" if node.area_id in self.done.revised else "vừa sửa vừa kết thúc"
                self._wrong(f"{named(node)} bị {what} trong cùng một đợt. Hãy giữ một thay đổi.", where)
                continue
            self._touched[node.area_id] = "revise"
            name = node.name if change.name is None else change.name.strip()
            code = node.code if change.code is None else change.code
            level = self._checked(name, code, node.level if change.level is None else change.level, where)
            self.done.revised[node.area_id] = Place(node.area_id, name, code, level, node.parent_id)
            if change.parent is None and self.done.revised[node.area_id] == _as_place(node):
                self._wrong(f"Thay đổi này không đổi gì ở {named(node)}.", where)

    def _place_under_parents(self) -> None:
        """Look parents up on the new map, where units of this plan come first."""
        new = self._new_codes()
        for number, unit in self.plan.units():
            parent = self._new(unit.parent, new, _where(number)) if unit.parent else None
            self.done.begun[self.ids[number]] = replace(self.done.begun[self.ids[number]], parent_id=parent)
        for number, change in enumerate(self.plan.changes):
            if not isinstance(change, Revise) or change.parent is None:
                continue
            node = self._find_old(change.unit)
            if node is None or node.area_id not in self.done.revised:
                continue
            parent = self._new(change.parent, new, _where(number)) if change.parent else None
            self.done.revised[node.area_id] = replace(self.done.revised[node.area_id], parent_id=parent)

    def _hand_to_heirs(self) -> None:
        new = self._new_codes()
        for number, change in enumerate(self.plan.changes):
            if isinstance(change, Abolish) and change.heir:
                heir, node = self._new(change.heir, new, _where(number)), self._find_old(change.unit)
                if heir and node and heir != node.area_id:
                    self.done.handings.append(Handing(node.area_id, heir, WHOLE, 0, ""))

    def _check_maps(self) -> None:
        """Look at the map of the day and of every later day on which it changes."""
        gone = {area_id: named(node) for area_id, node in self.done.ended.items()} | dict(self.ground.gone)
        touched = self.done.begun.keys() | self.done.revised.keys()
        found: dict[Problem, None] = {}
        for day, tree in ((self.plan.effective_on, self.ground.on_day), *self.ground.later):
            found |= dict.fromkeys(map_problems(self.done.applied(tree), touched, gone, day))
        self.done.problems.extend(found)

    def _checked(self, name: str, code: str, level: str, where: str) -> Level:
        """Return the level of a unit, noting what is wrong with its name, code and level."""
        if not name.strip():
            self._wrong("Chưa có tên. Hãy ghi tên đầy đủ, ví dụ “Xã Hòa An”.", where)
        if len(name) > _LONGEST_NAME or len(code) > _LONGEST_CODE:
            self._wrong(f"Tên dài quá {_LONGEST_NAME} chữ hoặc mã dài quá {_LONGEST_CODE} ký tự.", where)
        if level in RANKS:
            return Level(level)
        self._wrong(f"Không có cấp “{level}”; các cấp: {', '.join(Level)}.", where)
        return Level.COMMUNE

    def _find_old(self, ref: str) -> Node | None:
        code, at, _ = ref.partition("@")
        if not at:
            return self._before.get(code)
        area_id = self.ground.refs.get(ref)
        return self.ground.before.node(area_id) if area_id in self.ground.before and area_id else None

    def _old(self, ref: str, where: str) -> Node | None:
        """Return a unit of the map of the day before whose history can go on from here, noting why not."""
        node = self._find_old(ref)
        if node is None:
            self._wrong(self._absent(ref), where)
            return None
        if node.area_id in self.ground.settled:
            self._wrong(f"{named(node)} {self.ground.settled[node.area_id]}", where)
        return node

    def _absent(self, ref: str) -> str:
        code = ref.partition("@")[0]
        for day, tree in ((self.plan.effective_on, self.ground.on_day), *self.ground.later):
            if found := next((node for node in tree if code and node.code == code), None):
                return (
                    f"{named(found)} chỉ có trên bản đồ từ {date_text(day)}; trước ngày {self._day} chưa có đơn vị này."
                )
        what = f"mang mã {ref}" if ref else "(chưa ghi mã)"
        return f"Trước ngày {self._day} không có đơn vị nào {what}. Hãy kiểm tra lại mã hoặc ngày."

    def _new_codes(self) -> dict[str, UUID]:
        """Return the codes of the new map. Units of the plan come last, so that theirs win over a clash."""
        changed = self.done.ended.keys() | self.done.revised.keys()
        codes = {node.code: node.area_id for node in self.ground.on_day if node.area_id not in changed}
        for places in (self.done.revised, self.done.begun):
            codes |= {place.code: place.area_id for place in places.values()}
        codes.pop("", None)
        return codes

    def _new(self, ref: str, codes: Mapping[str, UUID], where: str) -> UUID | None:
        code, at, day = ref.partition("@")
        found = codes.get(code) if not at or day == self.plan.effective_on.isoformat() else self.ground.refs.get(ref)
        if found is not None and (found in codes.values() if at else True):
            return found
        ended = self._find_old(ref)
        reason = f": {named(ended)} kết thúc trong chính đợt này" if ended and ended.area_id in self.done.ended else ""
        self._wrong(f"Bản đồ mới (ngày {self._day}) không có đơn vị mang mã {ref}{reason}.", where)
        return None

    def _wrong(self, sentence: str, where: str) -> None:
        self.done.problems.append(Problem(sentence, where))


def _where(number: int) -> str:
    return f"Thay đổi {number + 1}"


def _as_place(node: Node) -> Place:
    return Place(node.area_id, node.name, node.code, node.level, node.parent_id)
