"""Proposing many cases of a place together, each with the lines it hands out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit.rows import insert_new, insert_saved
from chungtay.kernel.folding import fold, nfc
from chungtay.places.models import Area
from chungtay.support.batches.telling import told_of_all
from chungtay.support.listing import LineDraft, line_problems
from chungtay.support.models import Case, CaseStep, CaseVersion, CostShare, PackageLine
from chungtay.support.moving import past_day, wrote
from chungtay.support.proposing import Content, content_wrongs, fill, next_numbers, said_of
from chungtay.support.rules import Act, NotReady, State

MOST_NAMED = 20


@dataclass(frozen=True)
class Proposal:
    """A case to be opened, with its lines where packages are given out: the total is what they come to."""

    content: Content
    lines: Sequence[LineDraft] = ()


@transaction.atomic
def propose_all(
    *, area: Area, proposals: Sequence[Proposal], is_sample: bool = False, now: datetime, by: User
) -> list[Case]:
    """Open cases under the next numbers of their place and year, in their order. Raises NotReady and `access.require`'s."""
    day = localdate(now)
    access.require(by, "propose", Matter("case", area.pk, State.PROPOSED), on=day)
    if wrong := [f"Hồ sơ {at}: {one}" for at, said in enumerate(proposals, 1) for one in _wrongs(said, area)]:
        raise NotReady(wrong[:MOST_NAMED])
    first = next_numbers(area, day.year, len(proposals))
    rows = [_row(one.content, area, day, first + at, is_sample, now, by) for at, one in enumerate(proposals)]
    insert_saved(Case, rows)
    insert_new(
        CaseStep,
        (
            CaseStep(case=row, act=Act.PROPOSE, state=row.state, day=row.proposed_on, revision=1, at=now, by=by)
            for row in rows
        ),
    )
    versions = CaseVersion.objects.bulk_create(
        CaseVersion(case=row, number=1, content=said_of(row), at=now, by=by) for row in rows
    )
    insert_new(
        CostShare,
        (
            CostShare(version=version, case=version.case, **vars(share))
            for version, one in zip(versions, proposals, strict=True)
            for share in one.content.shares
        ),
    )
    insert_new(
        PackageLine,
        (
            _line(row, at, line)
            for row, one in zip(rows, proposals, strict=True)
            for at, line in enumerate(one.lines, 1)
        ),
    )
    told_of_all("proposed", area, rows, now=now, by=by)
    return rows


def _wrongs(said: Proposal, area: Area) -> list[str]:
    content, lines = said.content, said.lines
    wrong = content_wrongs(content, area)
    wrong += [f"dòng {at}: {sentence}" for at, line in enumerate(lines, 1) for _, sentence in line_problems(line)]
    if any(line.household is not None and line.household.area_id != area.pk for line in lines):
        wrong.append("có hộ thuộc đơn vị khác. Danh sách chỉ ghi hộ của đơn vị mình.")
    if lines and sum(line.quantity * line.value for line in lines) != content.total:
        wrong.append("tổng giá trị khác tổng các dòng của danh sách.")
    return wrong


def _row(content: Content, area: Area, day: date, number: int, is_sample: bool, now: datetime, by: User) -> Case:
    past_day(content.proposed_on, now)
    row = Case(area=area, year=day.year, number=number, kind=content.kind, is_sample=is_sample)
    row.state, row.revision, row.recorded_at, row.changed_at = State.PROPOSED, 1, now, now
    fill(row, content)
    wrote(row, by, anew=True)
    return row


def _line(row: Case, position: int, draft: LineDraft) -> PackageLine:
    return PackageLine(
        case=row,
        position=position,
        household=draft.household,
        name=nfc(draft.name.strip()),
        hamlet=nfc(draft.hamlet.strip()),
        quantity=draft.quantity,
        value=draft.value,
        note=nfc(draft.note.strip()),
        name_key=fold(draft.name)[:150],
    )
