"""Households as a case needs them: one name, one hamlet, and one lineage for records that were merged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from chungtay.households.models import Household


def lineages(ids: Iterable[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """Return for each household every id under which it was ever kept, its own among them (two queries)."""
    root_of = roots(ids)
    members: dict[UUID, set[UUID]] = defaultdict(set)
    for pk, root in Household.objects.filter(root__in=set(root_of.values())).values_list("pk", "root_id"):
        members[root].add(pk)
    return {one: frozenset(members[root] | {one}) for one, root in root_of.items()}


def roots(ids: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """Return for each household the id that stands for its whole lineage (one query)."""
    return dict(Household.objects.filter(pk__in=list(ids)).values_list("pk", "root_id"))
