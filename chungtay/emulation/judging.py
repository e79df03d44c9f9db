"""How a sheet is scored and goes from hand to hand: under its lock, as the person saw it, sealed by the hash of its scores."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.emulation import figuring, recusing, scoring, selectors
from chungtay.emulation.figuring import Counted
from chungtay.emulation.models import Criterion, Score, Sheet, SheetStep
from chungtay.emulation.rules import (
    Act,
    ContentDiffers,
    ContestState,
    MovedOn,
    Stage,
    WrongTurn,
    after,
    check_reason,
)
from chungtay.evidence.models import Attachment
from chungtay.kernel.errors import DomainError


class NotScored(DomainError):
    """Criteria that people score are still empty."""


@dataclass(frozen=True)
class Given:
    """What a person gives on one criterion: points in hundredths, why, and a file that shows it."""

    points: int
    note: str = ""
    evidence: Attachment | None = None


@dataclass(frozen=True)
class Standing:
    """A sheet as it stands now: its criteria, what holds, what figures give, and the points that it comes to (hundredths)."""

    sheet: Sheet
    criteria: tuple[Criterion, ...]
    scores: tuple[Score, ...]
    held: Mapping[str, Score]
    counted: Mapping[str, Counted]

    @property
    def points(self) -> dict[str, int]:
        """The points of each leaf: a figure's as it is now, people's as they were given."""
        found = selectors.given(self.held)
        if self.sheet.stage != Stage.PUBLISHED:
            found |= {number: one.points or 0 for number, one in self.counted.items()}
        return found

    @property
    def total(self) -> int:
        """The points of the whole sheet."""
        return scoring.total([one.item for one in self.criteria], self.points)

    @property
    def hash(self) -> str:
        """What whoever seals the sheet has seen."""
        text = json.dumps([str(self.sheet.pk), self.sheet.stage, sorted(self.points.items())])
        return hashlib.sha256(text.encode()).hexdigest()


def standing_of(sheet: Sheet) -> Standing:
    """Return a sheet as it stands."""
    return standings_of([sheet])[sheet.pk]


def standings_of(sheets: "list[Sheet]") -> dict[UUID, Standing]:
    """Return sheets of one contest as they stand: one question to the account for all."""
    if not sheets:
        return {}
    contest = sheets[0].contest
    criteria = tuple(contest.criteria.listed())
    scores = selectors.scores_of(sheets)
    counted = figuring.count(contest, criteria, [one for one in sheets if one.stage != Stage.PUBLISHED])
    return {
        sheet.pk: Standing(
            sheet,
            criteria,
            tuple(scores[sheet.pk]),
            selectors.holding(scores[sheet.pk], Stage(sheet.stage)),
            counted.get(sheet.pk, {}),
        )
        for sheet in sheets
    }


RIGHTS: Mapping[tuple[Stage, Act], str] = {
    (Stage.SELF, Act.SCORE): "fill",
    (Stage.SELF, Act.FORWARD): "sign",
    **{(stage, Act.SCORE): "score" for stage in (Stage.DEPARTMENT, Stage.COUNCIL, Stage.STANDING)},
    **{(stage, Act.FORWARD): "submit" for stage in (Stage.DEPARTMENT, Stage.COUNCIL)},
    **{(stage, Act.SEND_BACK): "send_back" for stage in (Stage.DEPARTMENT, Stage.COUNCIL, Stage.STANDING)},
}
"""Which right an act asks for: at the unit's own place while it scores itself, at the contest's place from then on."""


def matter_of(sheet: Sheet) -> Matter:
    """Return what rights are asked about: the sheet at the place that has it now, with those who scored it there."""
    at = sheet.area_id if sheet.stage == Stage.SELF else sheet.contest.area_id
    return Matter("sheet", at, sheet.stage, sheet.access_authors)


def may(keys: access.Keys, sheet: Sheet, act: Act) -> bool:
    """Whether a person may do that with the sheet where it stands."""
    right = RIGHTS.get((Stage(sheet.stage), act))
    return right is not None and keys.can(right, matter_of(sheet))


def locked(sheet: Sheet, act: Act, revision: int, *, now: datetime, by: User) -> Sheet:
    """Return the sheet under its lock. Raises MovedOn, WrongTurn, NotAllowed, Recused."""
    rows = Sheet.objects.select_for_update(of=("self",)).select_related("contest__criteria", "contest__programme")
    row = rows.get(pk=sheet.pk)
    if row.revision != revision:
        raise MovedOn("Phiếu vừa được người khác thay đổi. Hãy tải lại trang để xem bản mới; chưa có gì bị ghi đè.")
    stage = Stage(row.stage)
    after(stage, act)
    if row.contest.state != ContestState.OPEN:
        raise WrongTurn("Đợt thi đua chưa mở hoặc đã kết thúc nên phiếu không thay đổi được.")
    access.require(by, RIGHTS[stage, act], matter_of(row), on=localdate(now))
    if stage is not Stage.SELF:
        recusing.check_far(by, row, localdate(now))
    return row


@transaction.atomic
def save_scores(*, sheet: Sheet, given: Mapping[str, Given], revision: int, now: datetime, by: User) -> Sheet:
    """Score criteria {number: …} where the sheet stands; what does not change is not written again.

    Figures are not typed: their criteria are refused. From the department on a changed score says why. Raises MovedOn,
    WrongTurn, NotAllowed, Recused, BadPoints, ReasonNeeded.
    """
    row = locked(sheet, Act.SCORE, revision, now=now, by=by)
    known = {one.number: one for one in row.contest.criteria.listed()}
    held = selectors.holding(selectors.scores_of([row])[row.pk], Stage(row.stage))
    changed = {}
    for number, said in given.items():
        criterion = known.get(number)
        if criterion is None or criterion.indicator_id is not None:
            raise scoring.BadPoints(f"Tiêu chí {number} không do người chấm. Hãy tải lại trang.")
        scoring.check_points(criterion.item, said.points)
        before = held.get(number)
        if before and (before.points, before.note) == (said.points, said.note.strip()) and said.evidence is None:
            continue
        if row.stage != Stage.SELF and before and before.points != said.points:
            check_reason(said.note, f"đổi điểm tiêu chí {number}")
        changed[number] = said
    if not changed:
        return row
    _write(row, known, changed, now, by)
    row.writers = list(dict.fromkeys([*row.writers, str(by.pk)]))
    _step(row, Act.SCORE, Stage(row.stage), None, "", "", now, by)
    data = {"contest": row.contest.code, "stage": row.stage, "changed": {n: one.points for n, one in changed.items()}}
    audit.record("emulation.sheet.scored", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return row


def _write(row: Sheet, known: Mapping[str, Criterion], changed: Mapping[str, Given], now: datetime, by: User) -> None:
    Score.objects.bulk_create(
        Score(
            sheet=row,
            criterion=known[number],
            stage=row.stage,
            points=said.points,
            note=said.note.strip(),
            evidence=said.evidence,
            revision=row.revision + 1,
            at=now,
            by=by,
        )
        for number, said in changed.items()
    )


@transaction.atomic
def forward(*, sheet: Sheet, content_hash: str, revision: int, now: datetime, by: User) -> Sheet:
    """Seal the scores of a stage and hand the sheet on. The figures' points are written down as they are now.

    content_hash: of the scores that the person saw; other scores, also by a figure that changed, raise ContentDiffers. Raises
    what `locked` raises, and NotScored.
    """
    row = locked(sheet, Act.FORWARD, revision, now=now, by=by)
    standing = standing_of(row)
    if standing.hash != content_hash:
        raise ContentDiffers(
            "Điểm của phiếu không còn như bạn đã xem: có số liệu hoặc điểm vừa thay đổi. Hãy tải lại trang, xem lại rồi chuyển."
        )
    missing = [
        one.number for one in standing.criteria if one.how == scoring.How.PEOPLE and one.number not in standing.held
    ]
    if missing:
        raise NotScored(f"Chưa chấm tiêu chí {', '.join(missing)}. Hãy chấm đủ (được 0 điểm thì ghi 0) rồi chuyển.")
    freeze_figures(standing, now, by)
    before = Stage(row.stage)
    row.stage, row.writers = after(before, Act.FORWARD), []
    _step(row, Act.FORWARD, before, standing.total, content_hash, "", now, by)
    data = {
        "contest": row.contest.code,
        "from": before,
        "to": row.stage,
        "points": standing.total,
        "hash": content_hash,
    }
    audit.record("emulation.sheet.forwarded", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return row


def freeze_figures(standing: Standing, now: datetime, by: User) -> None:
    """Write the points that figures give now as scores of the stage, where they are not what holds already."""
    row = standing.sheet
    numbers = {one.number: one for one in standing.criteria}
    new = []
    for number, one in standing.counted.items():
        held = standing.held.get(number)
        if held is not None and held.points == (one.points or 0) and held.figure == one.as_json():
            continue
        new.append(
            Score(
                sheet=row,
                criterion=numbers[number],
                stage=row.stage,
                points=one.points or 0,
                figure=one.as_json(),
                revision=row.revision + 1,
                at=now,
                by=by,
            )
        )
    Score.objects.bulk_create(new)


@transaction.atomic
def send_back(*, sheet: Sheet, reason: str, revision: int, now: datetime, by: User) -> Sheet:
    """Give a sheet back to the stage before, with the reason. Raises what `locked` raises, and ReasonNeeded."""
    row = locked(sheet, Act.SEND_BACK, revision, now=now, by=by)
    said = check_reason(reason, "trả lại phiếu")
    before = Stage(row.stage)
    row.stage, row.writers = after(before, Act.SEND_BACK), []
    _step(row, Act.SEND_BACK, before, None, "", said, now, by)
    data = {"contest": row.contest.code, "from": before, "to": row.stage, "reason": said}
    audit.record("emulation.sheet.sent_back", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return row


def _step(
    row: Sheet, act: Act, before: Stage, points: int | None, digest: str, reason: str, now: datetime, by: User
) -> None:
    row.revision += 1
    row.save(update_fields=["stage", "revision", "writers"])
    SheetStep.objects.create(
        sheet=row,
        act=act,
        stage_before=before,
        stage=row.stage,
        points=points,
        content_hash=digest,
        reason=reason,
        revision=row.revision,
        at=now,
        by=by,
    )
