"""Reads of the programmes. What was agreed is known to everybody inside the programme's area."""

from uuid import UUID

from chungtay.kernel.errors import DomainError
from chungtay.places.models import Area
from chungtay.places.rules import Tree
from chungtay.programmes.models import Programme, Target


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


def targets_for(programme: Programme, area_id: UUID) -> list[Target]:
    """Return the targets that the programme or one of its plans sets for the area."""
    return list(
        Target.objects.filter(programme__in=[programme, *programme.plans.all()], area_id=area_id)
        .select_related("indicator", "programme")
        .order_by("indicator__position", "period_code")
    )


def plan_areas(programme: Programme, tree: Tree) -> list[UUID]:
    """Return the areas of the programme and of its plans that stand on this map, upper levels first."""
    areas = [programme.area_id, *programme.plans.values_list("area_id", flat=True)]
    return [node.area_id for node in tree.nodes if node.area_id in areas]
