"""Whether the register knows who stands on a list: one household of that name at that hamlet, and only one."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from chungtay.households.models import Household
from chungtay.kernel.folding import fold
from chungtay.support.giftlists.reading import ReadLine
from chungtay.support.listing import LineDraft


def drafts_of(area_id: UUID, lines: Iterable[ReadLine]) -> list[LineDraft]:
    """Return the lines as they are added, each with its household where exactly one fits (one query)."""
    known: dict[tuple[str, str], list[Household]] = defaultdict(list)
    rows = Household.objects.filter(area_id=area_id, merged_into=None, erased_at=None)
    for row in rows.only("id", "head_name", "hamlet", "area_id"):
        known[fold(row.head_name), fold(row.hamlet)].append(row)
    drafts = []
    for line in lines:
        fits = known.get((fold(line.name), fold(line.hamlet)), [])
        household = fits[0] if len(fits) == 1 else None
        drafts.append(LineDraft(line.name, line.hamlet, line.value, line.quantity, line.note, household))
    return drafts
