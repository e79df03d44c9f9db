"""Reads of the programmes. What was agreed is known to everybody inside the programme's area."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from chungtay.kernel.errors import DomainError
from chungtay.places.models import Area
from chungtay.places.rules import Tree
from chungtay.programmes.models import Allocation, Programme, Target, What


class UnknownProgramme(DomainError):
    """No programme has this code."""


def programme_by_code(code: str) -> Programme:
    """Return the programme. Raises UnknownProgramme."""
    try:
        return Programme.objects.select_related("area", "parent").get(code=code)
    except Programme.DoesNotExist:
        raise UnknownProgramme(f"Không có chương trình nào mang mã “{code}”.") from None


def root_programmes() -> list[Programme]:
    """Return the programmes that are nobody's plan, newest first."""
    return list(Programme.objects.filter(parent=None).select_related("area").order_by("-signed_on"))


def plan_at(programme: Programme, area: Area) -> Programme:
    """Return the plan by which `area` carries out `programme`, or the programme itself when it has none."""
    if programme.area_id == area.pk:
        return programme
    return programme.plans.filter(area=area).first() or programme


def targets_for(programme: Programme, area_id: UUID, *, known_at: datetime | None = None) -> list[Target]:
    """Return the targets that the programme or one of its plans sets for the area, as now or as known at a moment."""
    return _live(_family(programme).filter(area_id=area_id), known_at)


def targets_of(programme: Programme, *, known_at: datetime | None = None) -> list[Target]:
    """Return every target that the programme or one of its plans sets, for whichever area."""
    return _live(_family(programme), known_at)


def target_versions(target: Target) -> list[Target]:
    """Return every version of a target, oldest first."""
    programme_id, indicator_id, area_id, period_code = target.what
    found = Target.objects.filter(programme_id=programme_id, indicator_id=indicator_id, area_id=area_id)
    return list(found.filter(period_code=period_code).select_related("allocation").order_by("number"))


def latest(targets: Iterable[Target]) -> list[Target]:
    """Keep the last version of each target, also one that was taken back, in the order of their first versions."""
    newest: dict[What, Target] = {}
    for target in targets:
        held = newest.get(target.what)
        if held is None or held.number < target.number:
            newest[target.what] = target
    return list(newest.values())


def last_allocation(of: Target | Allocation) -> Allocation | None:
    """Return the last act by which a target was handed down, also one that undid an earlier one."""
    found = Allocation.objects.filter(
        programme_id=of.programme_id, indicator_id=of.indicator_id, area_id=of.area_id, period_code=of.period_code
    )
    return found.order_by("-id").first()


def _family(programme: Programme) -> QuerySet[Target]:
    return Target.objects.filter(Q(programme=programme) | Q(programme__parent=programme))


def _live(targets: QuerySet[Target], known_at: datetime | None) -> list[Target]:
    if known_at is not None:
        targets = targets.filter(recorded_at__lte=known_at)
    found = targets.select_related("indicator", "programme", "allocation").order_by(
        "indicator__position", "period_code", "number", "id"
    )
    return [target for target in latest(found) if target.value is not None]


def plan_areas(programme: Programme, tree: Tree) -> list[UUID]:
    """Return the areas of the programme and of its plans that stand on this map, upper levels first."""
    areas = [programme.area_id, *programme.plans.values_list("area_id", flat=True)]
    return [node.area_id for node in tree.nodes if node.area_id in areas]
