"""Publication of a contest fixes every sheet for ever; an appeal is answered by somebody else, and an accepted one publishes again."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.emulation import judging, recusing, selectors
from chungtay.emulation.contesting import locked_contest
from chungtay.emulation.models import Appeal, AppealAnswer, Contest, Publication, Result, Sheet, SheetStep
from chungtay.emulation.ranking import Entry, Place, ranked
from chungtay.emulation.rules import (
    Act,
    ContentDiffers,
    ContestState,
    Stage,
    WrongTurn,
    after,
    check_reason,
    check_typed,
    contest_after,
)
from chungtay.emulation.scoring import BadPoints
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import date_text

Ranked = Sequence[tuple[Sheet, Place]]


class TooLate(DomainError):
    """The days in which an appeal is taken are over."""


class NotThisAppeal(DomainError):
    """There is nothing to appeal against or to answer any more."""


def ranking_of(contest: Contest) -> list[tuple[Sheet, Place]]:
    """Return the sheets as they would be published now, block by block, the best first."""
    sheets = list(contest.sheets.order_by("name", "id"))
    for sheet in sheets:
        sheet.contest = contest
    standings = judging.standings_of(sheets)
    return _placed(sheets, {sheet: standings[sheet.pk].total for sheet in sheets})


def _placed(sheets: Sequence[Sheet], points: dict[Sheet, int]) -> list[tuple[Sheet, Place]]:
    by_key = {sheet.pk: sheet for sheet in sheets}
    found = ranked(Entry(sheet.pk, sheet.block, points[sheet]) for sheet in sheets)
    return [(by_key[place.entry.key], place) for place in found]  # type: ignore[index]


def hash_of(places: Ranked) -> str:
    """Return what whoever publishes has seen: every sheet with its revision, points and place."""
    rows = [[str(sheet.pk), sheet.revision, place.entry.points, place.place] for sheet, place in places]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def publish_matter(contest: Contest) -> Matter:
    """Return what the right to publish is asked about."""
    wrote = frozenset({contest.written_by_id} | {one for sheet in contest.sheets.all() for one in sheet.access_authors})
    return Matter("contest", contest.area_id, contest.state, wrote)


@transaction.atomic
def publish_contest(
    *, contest: Contest, typed: str, content_hash: str, revision: int, now: datetime, by: User
) -> Publication:
    """Publish the results of a contest for ever. `typed` is its code, `content_hash` what the person saw.

    Every sheet must stand with the standing committee. Raises WrongConfirmation, MovedOn, NotAllowed, WrongTurn, ContentDiffers.
    """
    check_typed(typed, contest.code, "công bố kết quả")
    row = locked_contest(contest, revision)
    access.require(by, "publish", publish_matter(row), on=localdate(now))
    state = contest_after(ContestState(row.state), ContestState.PUBLISHED)
    sheets = list(row.sheets.select_for_update(of=("self",)).order_by("pk"))
    waiting = [sheet.name for sheet in sheets if sheet.stage != Stage.STANDING]
    if waiting:
        raise WrongTurn(
            f"Còn {len(waiting)} phiếu chưa tới Thường trực, đầu tiên là {waiting[0]}. Hãy chờ đủ rồi công bố."
        )
    places = ranking_of(row)
    if hash_of(places) != content_hash:
        raise ContentDiffers("Kết quả không còn như bạn đã xem. Hãy tải lại trang, xem lại bảng điểm rồi công bố.")
    publication = _published(row, places, "", now, by)
    _fix(row, places, content_hash, now, by)
    row.state = state
    row.revision += 1
    row.save(update_fields=["state", "revision"])
    data = {"code": row.code, "number": publication.number, "sheets": len(places), "hash": content_hash}
    audit.record("emulation.contest.published", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return publication


def _fix(row: Contest, places: Ranked, digest: str, now: datetime, by: User) -> None:
    standings = judging.standings_of([sheet for sheet, _ in places])
    steps = []
    for sheet, place in places:
        judging.freeze_figures(standings[sheet.pk], now, by)
        sheet.stage, sheet.writers = after(Stage(sheet.stage), Act.PUBLISH), []
        sheet.revision += 1
        sheet.save(update_fields=["stage", "writers", "revision"])
        steps.append(
            SheetStep(
                sheet=sheet,
                act=Act.PUBLISH,
                stage_before=Stage.STANDING,
                stage=sheet.stage,
                points=place.entry.points,
                content_hash=digest,
                revision=sheet.revision,
                at=now,
                by=by,
            )
        )
    SheetStep.objects.bulk_create(steps)


def _published(row: Contest, places: Ranked, reason: str, now: datetime, by: User) -> Publication:
    made = Publication.objects.create(
        contest=row,
        number=row.publications.count() + 1,
        content_hash=hash_of(places),
        appeal_until=localdate(now) + timedelta(days=row.appeal_days),
        reason=reason,
        at=now,
        by=by,
    )
    Result.objects.bulk_create(
        Result(
            publication=made,
            sheet=sheet,
            block=place.entry.block,
            points=place.entry.points,
            place=place.place,
            is_tied=place.is_tied,
        )
        for sheet, place in places
    )
    return made


@transaction.atomic
def file_appeal(*, sheet: Sheet, text: str, now: datetime, by: User) -> Appeal:
    """Appeal against a sheet's published result, once for each publication. Raises NotAllowed, TooLate, NotThisAppeal, ReasonNeeded."""
    row = Sheet.objects.select_related("contest").get(pk=sheet.pk)
    access.require(by, "appeal", row, on=localdate(now))
    said = check_reason(text, "kiến nghị")
    locked_contest(row.contest)
    publication = selectors.last_publication(row.contest)
    if publication is None:
        raise NotThisAppeal("Kết quả chưa được công bố nên chưa có gì để kiến nghị.")
    if localdate(now) > publication.appeal_until:
        raise TooLate(f"Hạn kiến nghị đã hết ngày {date_text(publication.appeal_until)}.")
    if Appeal.objects.filter(sheet=row, publication=publication).exists():
        raise NotThisAppeal("Đơn vị đã kiến nghị về lần công bố này. Hãy chờ trả lời.")
    made = Appeal.objects.create(sheet=row, publication=publication, text=said, at=now, by=by)
    data = {"contest": row.contest.code, "publication": publication.number}
    audit.record("emulation.appeal.filed", obj=made, area_id=row.area_id, data=data, now=now, by=by)
    return made


@transaction.atomic
def answer_appeal(*, appeal: Appeal, text: str, points: int | None = None, now: datetime, by: User) -> AppealAnswer:
    """Answer an appeal with reasons. `points` (hundredths) accepts it: the results are published again with them, ranked anew.

    Who filed it does not answer it, nor does anybody near the unit. Raises NotAllowed, NotThisAppeal, ReasonNeeded, Recused, BadPoints.
    """
    contest = locked_contest(appeal.publication.contest)
    matter = Matter("sheet", contest.area_id, Stage.PUBLISHED, frozenset({appeal.by_id}))
    access.require(by, "answer", matter, on=localdate(now))
    row = Appeal.objects.select_related("sheet", "publication").get(pk=appeal.pk)
    row.sheet.contest = contest
    recusing.check_far(by, row.sheet, localdate(now))
    if AppealAnswer.objects.filter(appeal=row).exists():
        raise NotThisAppeal("Kiến nghị này đã được trả lời. Hãy tải lại trang.")
    said = check_reason(text, "trả lời")
    publication = None if points is None else _again(contest, row, points, said, now, by)
    made = AppealAnswer.objects.create(
        appeal=row, is_accepted=points is not None, text=said, points=points, publication=publication, at=now, by=by
    )
    data = {"contest": contest.code, "accepted": points is not None, "points": points}
    audit.record("emulation.appeal.answered", obj=row, area_id=row.sheet.area_id, data=data, now=now, by=by)
    return made


def _again(contest: Contest, appeal: Appeal, points: int, reason: str, now: datetime, by: User) -> Publication:
    if not 0 <= points <= contest.criteria.most:
        raise BadPoints("Điểm sau kiến nghị phải từ 0 đến điểm tối đa của bộ tiêu chí.")
    last = selectors.last_publication(contest)
    if last is None:
        raise NotThisAppeal("Đợt thi đua chưa công bố.")
    results = {one.sheet: one.points for one in selectors.results_of(last)}
    results[appeal.sheet] = points
    return _published(contest, _placed(list(results), results), f"Chấp nhận kiến nghị: {reason}"[:500], now, by)
