"""Who may record a reorganisation: every unit that ends or changes, and every one above a new one, must be in their reach.

Whoever reaches all successors of a unit that ended answers for its history too: they may put down or correct what it was.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.kernel.errors import DomainError
from chungtay.places import selectors as places
from chungtay.places.models import AreaVersion, Reorganisation
from chungtay.places.rules import Tree

ACTION, TYPE = "reorganise", "area"
TOP_REFUSED = (
    "Đơn vị không thuộc đơn vị nào chỉ do người được giao sắp xếp mọi đơn vị cao nhất trên bản đồ ghi. "
    "Hãy ghi mã đơn vị cấp trên, hoặc báo người đó."
)


def reach_of(user: User, today: date) -> frozenset[UUID]:
    """Return the areas whose reorganisation the person may record; of ended ones, those whose successors they all reach."""
    own = access.areas_for(user, ACTION, TYPE, on=today)
    if not own:
        return own
    heirs: dict[UUID, list[UUID]] = {}
    for link in places.links():
        heirs.setdefault(link.from_area, []).append(link.to_area)
    found = dict.fromkeys(own, True)

    def is_reached(area_id: UUID) -> bool:
        if area_id not in found:
            found[area_id] = False  # a circle of heirs leads nowhere
            found[area_id] = area_id in heirs and all(is_reached(heir) for heir in heirs[area_id])
        return found[area_id]

    return own | {area_id for area_id in heirs if is_reached(area_id)}


def require_some(user: User, today: date) -> frozenset[UUID]:
    """Return what `reach_of` does. Raises PermissionDenied when it is nothing."""
    mine = reach_of(user, today)
    if not mine:
        raise PermissionDenied(
            "Chỉ quản trị hệ thống của đơn vị cấp trên mới ghi được việc sắp xếp đơn vị hành chính. "
            "Bạn vẫn xem được lịch sử của mọi đơn vị."
        )
    return mine


def refusals(user: User, said: Mapping[str, Any], before: Tree, mine: frozenset[UUID], today: date) -> tuple[str, ...]:
    """Return a sentence for each unit of a plan that the person may not reorganise, () when all are in reach.

    before: the map of the day before, on which the plan's old units stand.
    """
    olds = {node.code: node.area_id for node in before if node.code}
    news = {node.code: node.area_id for node in places.tree_on(date.fromisoformat(said["effective_on"])) if node.code}
    begun = {unit["code"] for unit in _begun(said)}
    asked = [_area(ref, olds) for ref in _old_refs(said)]
    asked += [_area(ref, news) or _area(ref, olds) for ref in _new_refs(said) if ref not in begun]
    found = dict.fromkeys(_refusal(user, area_id, today) for area_id in asked if area_id and area_id not in mine)
    if not all(node.area_id in mine for node in before if node.depth == 0) and _makes_top(said, before):
        found[TOP_REFUSED] = None
    return tuple(found)


def may_correct(act: Reorganisation, mine: frozenset[UUID]) -> bool:
    """Return whether every unit that a recorded reorganisation made, changed or ended is in reach."""
    if not mine:
        return False
    touched = AreaVersion.objects.filter(Q(reorganisation=act) | Q(ended_by=act))
    return set(touched.values_list("area_id", flat=True)) <= mine


def seal_of(said: Mapping[str, Any]) -> str:
    """Return a short mark of a plan's content: what is recorded must be what was seen."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:24]


def plan_as_json(reorganisation: Reorganisation) -> dict[str, Any]:
    """Return the plan of a recorded reorganisation."""
    plan: dict[str, Any] = json.loads(reorganisation.plan)
    return plan


def _refusal(user: User, area_id: UUID, today: date) -> str:
    try:
        access.require(user, ACTION, Matter(TYPE, area_id), on=today)
    except access.NotAllowed as refused:
        return str(refused)
    raise AssertionError("what is not in reach is refused")


def _area(ref: str, by_code: Mapping[str, UUID]) -> UUID | None:
    """Return the unit that a reference means, None when there is none: `places` refuses that plan by itself."""
    if "@" not in ref:
        return by_code.get(ref)
    try:
        return places.area_by_ref(ref).id
    except DomainError:
        return None


def _begun(said: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [change["unit"] for change in said["changes"] if isinstance(change["unit"], Mapping)]


def _old_refs(said: Mapping[str, Any]) -> Iterator[str]:
    """Yield the references to units of the day before."""
    for change in said["changes"]:
        if isinstance(change["unit"], str):
            yield change["unit"]
        for source in change.get("from", ()):
            yield source["unit"]


def _new_refs(said: Mapping[str, Any]) -> Iterator[str]:
    """Yield the references to units of the new map: those above others, and heirs."""
    for change in said["changes"]:
        unit = change["unit"] if isinstance(change["unit"], Mapping) else change
        yield from (unit[name] for name in ("parent", "heir") if unit.get(name))


def _makes_top(said: Mapping[str, Any], before: Tree) -> bool:
    """Return whether a unit that belongs to none begins otherwise than from units that belonged to none."""
    tops = {node.code for node in before if node.depth == 0}
    return any(
        not unit["parent"] and not (sources and all(source["unit"] in tops for source in sources))
        for change in said["changes"]
        if isinstance(unit := change["unit"], Mapping)
        for sources in [change.get("from", ())]
    )
