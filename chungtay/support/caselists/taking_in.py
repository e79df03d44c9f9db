"""Proposals of a workbook held against the register: each with the one household that it names, or a sentence why not."""

from collections import defaultdict
from collections.abc import Iterable

from chungtay.households.models import Household
from chungtay.kernel.folding import fold
from chungtay.places.models import Area
from chungtay.support.batches.opening import Proposal
from chungtay.support.caselists.reading import ReadCase
from chungtay.support.giftlists.reading import CellProblem
from chungtay.support.kinds import Kind, Subject
from chungtay.support.listing import LineDraft
from chungtay.support.proposing import Content, content_wrongs


def proposals_of(
    kind: Kind, area: Area, cases: Iterable[ReadCase]
) -> tuple[list[tuple[ReadCase, Proposal]], list[CellProblem]]:
    """Return the proposals of a place with their rows, and what keeps the others from being opened (one query)."""
    known: dict[tuple[str, str], list[Household]] = defaultdict(list)
    if kind.subject is Subject.HOUSEHOLD:
        for row in Household.objects.filter(area=area, merged_into=None, erased_at=None):
            known[fold(row.head_name), fold(row.hamlet)].append(row)
    found: list[tuple[ReadCase, Proposal]] = []
    wrong: list[CellProblem] = []
    for case in cases:
        household = None
        if kind.subject is Subject.HOUSEHOLD:
            fits = known[fold(case.values["head"]), fold(case.values["hamlet"])]
            if len(fits) != 1:
                said = (
                    "Sổ hộ chưa có hộ này ở khóm, ấp này."
                    if not fits
                    else f"Có {len(fits)} hộ cùng tên ở khóm, ấp này."
                )
                wrong.append(CellProblem(f"A{case.row}", f"{said} Hãy lập hồ sơ này trên màn hình và chọn đúng hộ."))
                continue
            household = fits[0]
        content = _content(kind, case, household)
        if problems := content_wrongs(content, area):
            wrong += [CellProblem(str(case.row), one) for one in problems]
            continue
        lines: tuple[LineDraft, ...] = ()
        if kind.has_lines and household is not None:
            lines = (LineDraft(household.head_name, content.hamlet, content.total, 1, "", household),)
        found.append((case, Proposal(content, lines)))
    return found, wrong


def _content(kind: Kind, case: ReadCase, household: Household | None) -> Content:
    values = case.values
    return Content(
        kind=kind.code,
        title=values["title"],
        hamlet=values["hamlet"],
        need=values["need"],
        proposed_by=values["proposed_by"],
        proposed_on=values["proposed_on"],
        total=case.total,
        shares=case.shares,
        details=case.details,
        household=household,
    )
