"""Handing a target down to the units directly below: the sum is checked, the act is kept, and it can be undone.

Every part is a target of its unit, recorded as a new version; nothing that was given before is lost.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from chungtay.audit import services as audit
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import parse_period
from chungtay.kernel.text import join_and
from chungtay.places.rules import Actor, Tree
from chungtay.places.selectors import tree_on
from chungtay.programmes.models import Allocation, Comparison, Programme, Target
from chungtay.programmes.own_kinds import announce_target
from chungtay.programmes.rules import RULE_WORDS, SumRule, lacking, rules_for
from chungtay.programmes.saying import said_value
from chungtay.programmes.selectors import last_allocation, latest
from chungtay.programmes.target_versions import check_value, next_version

Part = int | None


class TargetMoved(DomainError):
    """Somebody changed the target, or handed it down, since it was looked at."""


class NotBelow(DomainError):
    """A unit does not stand directly below the target's area on the map of the period."""


class SumDiffers(DomainError):
    """The parts do not agree with the target."""


@transaction.atomic
def allocate_target(
    *,
    target: Target,
    parts: Mapping[UUID, Part],
    rule: SumRule,
    basis: str,
    seen: int | None = None,
    now: datetime,
    by: Actor | None,
) -> Allocation:
    """Hand a target down: `parts` is what each unit directly below gets, the whole word; who is not in it gets nothing.

    Units are those of the map on the period's last day. seen: id of the last allocation that the person saw, 0 for none;
    None does not look. Raises TargetMoved, NotBelow, SumDiffers, TargetValueWrong.
    """
    programme = Programme.objects.select_for_update().get(pk=target.programme_id)
    [current] = latest(Target.objects.filter(**_named(target)).order_by("number"))
    last = last_allocation(target)
    if current.pk != target.pk or current.value is None or seen not in (None, last.pk if last else 0):
        raise TargetMoved("Chỉ tiêu này vừa được đổi: hãy mở lại trang để phân bổ theo số mới.")
    tree = tree_on(parse_period(target.period_code).last_day)
    children = _children(tree, target.area_id, parts)
    _check(target.indicator, current.value, parts, SumRule(rule), is_at_most=target.is_at_most)
    allocation = Allocation.objects.create(
        programme=programme,
        indicator=target.indicator,
        area_id=target.area_id,
        period_code=target.period_code,
        total=current.value,
        rule=SumRule(rule).value,
        basis=basis,
        recorded_at=now,
    )
    held = _held(target, children)
    for area_id in children:
        before, value = held.get(area_id), parts.get(area_id)
        if value is None and (before is None or before.value is None):
            continue
        announce_target(_give(target, area_id, value, basis, allocation, now), before, now=now, by=by)
    data = _data(target, allocation, {str(area_id): value for area_id, value in parts.items()})
    audit.record("programmes.target.allocated", obj=allocation, area_id=target.area_id, data=data, now=now, by=by)
    return allocation


@transaction.atomic
def undo_allocation(*, allocation: Allocation, now: datetime, by: Actor | None) -> Allocation:
    """Give the units back what they had before an allocation, as new versions. Raises TargetMoved unless it is the last."""
    programme = Programme.objects.select_for_update().get(pk=allocation.programme_id)
    last = last_allocation(allocation)
    given = list(allocation.targets.select_related("indicator").order_by("id"))
    newest = {target.area_id: target for target in _held(allocation, {part.area_id for part in given}).values()}
    if last is None or last.pk != allocation.pk or any(newest[part.area_id].pk != part.pk for part in given):
        raise TargetMoved("Sau lần phân bổ này đã có thay đổi khác: hãy mở lại trang và phân bổ lại thay vì hoàn tác.")
    undone = Allocation.objects.create(
        programme=programme,
        indicator=allocation.indicator,
        area_id=allocation.area_id,
        period_code=allocation.period_code,
        total=allocation.total,
        rule=allocation.rule,
        basis=allocation.basis,
        undoes=allocation,
        recorded_at=now,
    )
    for part in given:
        before = Target.objects.filter(**_named(part), number=part.number - 1).first()
        value, basis = (before.value, before.basis) if before else (None, part.basis)
        announce_target(_give(part, part.area_id, value, basis, undone, now), part, now=now, by=by)
    data = _data(allocation, undone, {"undoes": allocation.pk})
    audit.record("programmes.allocation.undone", obj=undone, area_id=undone.area_id, data=data, now=now, by=by)
    return undone


def gap_sentence(indicator: Indicator, total: int, parts_sum: int, gap: int) -> str:
    """Say by how much the parts miss the target."""
    what = f"còn thiếu {said_value(gap, indicator)}" if gap > 0 else f"vượt {said_value(-gap, indicator)}"
    return (
        f"Tổng phần giao cho các đơn vị là {said_value(parts_sum, indicator)}, "
        f"chỉ tiêu là {said_value(total, indicator)}: {what}."
    )


def _children(tree: Tree, area_id: UUID, parts: Mapping[UUID, Part]) -> list[UUID]:
    children = [node.area_id for node in tree.children(area_id)] if area_id in tree else []
    strangers = [part for part in parts if part not in children]
    if strangers or not children:
        names = join_and([tree.node(part).name for part in strangers if part in tree]) or "đơn vị được giao"
        raise NotBelow(
            f"Trên bản đồ của kỳ này {names} không trực thuộc địa bàn có chỉ tiêu: hãy chọn đơn vị cấp dưới trực tiếp."
        )
    return children


def _check(indicator: Indicator, total: int, parts: Mapping[UUID, Part], rule: SumRule, *, is_at_most: bool) -> None:
    for value in parts.values():
        check_value(value)
    allowed = rules_for(Kind(indicator.kind), is_at_most=is_at_most)
    if rule not in allowed:
        raise SumDiffers(
            f"Chỉ tiêu “{indicator.name}” không phân bổ theo cách “{RULE_WORDS[rule]}”: "
            f"hãy chọn {join_and([RULE_WORDS[one] for one in allowed])}."
        )
    if all(value is None for value in parts.values()):
        raise SumDiffers("Chưa giao phần nào cho đơn vị nào: hãy nhập ít nhất một số.")
    if gap := lacking(rule, total, parts.values()):
        raise SumDiffers(gap_sentence(indicator, total, sum(value or 0 for value in parts.values()), gap))


def _give(like: Target, area_id: UUID, value: Part, basis: str, allocation: Allocation, now: datetime) -> Target:
    comparison = Comparison(like.comparison)
    return next_version(
        allocation.programme,
        allocation.indicator,
        area_id,
        allocation.period_code,
        value=value,
        comparison=comparison,
        basis=basis,
        allocation=allocation,
        now=now,
    )


def _held(like: Target | Allocation, area_ids: list[UUID] | set[UUID]) -> dict[UUID, Target]:
    """Return the newest version of the parts of some units."""
    found = Target.objects.filter(
        programme_id=like.programme_id,
        indicator_id=like.indicator_id,
        period_code=like.period_code,
        area_id__in=area_ids,
    )
    return {target.area_id: target for target in latest(found.order_by("number"))}


def _named(target: Target) -> dict[str, Any]:
    programme_id, indicator_id, area_id, period_code = target.what
    return {
        "programme_id": programme_id,
        "indicator_id": indicator_id,
        "area_id": area_id,
        "period_code": period_code,
    }


def _data(of: Target | Allocation, allocation: Allocation, more: Mapping[str, object]) -> dict[str, object]:
    return {
        "indicator": of.indicator.code,
        "period": of.period_code,
        "total": allocation.total,
        "rule": allocation.rule,
        "parts": dict(more),
    }
