"""The dated rows of groups as the rules read them."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from chungtay.community.models import Group, GroupAct, GroupCount, GroupLink
from chungtay.community.rules import Act, ActKind, Count, Link, LinkKind


def acts_of(group_ids: Iterable[UUID]) -> dict[UUID, list[Act[UUID]]]:
    """Return the acts of groups, in the order in which they were written."""
    found: dict[UUID, list[Act[UUID]]] = defaultdict(list)
    rows = GroupAct.objects.filter(group__in=list(group_ids)).order_by("position")
    for group_id, kind, on, position, area_id in rows.values_list("group_id", "kind", "on", "position", "area_id"):
        found[group_id].append(Act(ActKind(kind), on, position, area_id))
    return found


def counts_of(group_ids: Iterable[UUID]) -> dict[UUID, list[Count]]:
    """Return the counts of groups, in the order in which they were written."""
    found: dict[UUID, list[Count]] = defaultdict(list)
    rows = GroupCount.objects.filter(group__in=list(group_ids)).order_by("position")
    told = rows.values_list("group_id", "as_of", "position", "members", "households")
    for group_id, as_of, position, members, households in told:
        found[group_id].append(Count(as_of, position, members, households))
    return found


def links() -> list[Link]:
    """Return every link between groups."""
    rows = GroupLink.objects.values_list("parent_id", "child_id", "kind", "on")
    return [Link(parent, child, LinkKind(kind), on) for parent, child, kind, on in rows]


def kin_of(group: Group) -> tuple[dict[UUID, Group], list[GroupLink]]:
    """Return whoever a group is related to, however far, and the links between them (a few queries, one for each step)."""
    known = {group.pk}
    edges: dict[int, GroupLink] = {}
    fresh = {group.pk}
    while fresh:
        rows = GroupLink.objects.filter(parent__in=fresh) | GroupLink.objects.filter(child__in=fresh)
        found = {row.pk: row for row in rows}
        edges |= found
        fresh = {pk for row in found.values() for pk in (row.parent_id, row.child_id)} - known
        known |= fresh
    return Group.objects.in_bulk(known), sorted(edges.values(), key=lambda row: (row.on, row.position))
