"""Secret votes of the council: opened with its members, cast once each, counted when closed. No paper bears a name or a time."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.emulation import recusing, selectors
from chungtay.emulation.ballots import Quorum, Tally, check_quorum
from chungtay.emulation.contesting import locked_contest
from chungtay.emulation.dated import quorum_on
from chungtay.emulation.models import Contest, Interest, Juror, Sheet, Urn, Vote, VoteMark, VoteResult
from chungtay.emulation.rules import ContestState, Recused, Stage, WrongTurn
from chungtay.kernel.errors import DomainError


class NotThisVote(DomainError):
    """The person has no paper in this vote, or gave it already."""


class NoReason(DomainError):
    """Somebody declares an interest without saying which."""


class BadPaper(DomainError):
    """The paper does not answer exactly the candidates that the member may vote on."""


@transaction.atomic
def open_vote(*, contest: Contest, revision: int, now: datetime, by: User) -> Vote:
    """Open a vote on every sheet that stands with the council. Members are those with that right today; near ones are recused.

    Raises MovedOn, NotAllowed, WrongTurn, NoRule.
    """
    row = locked_contest(contest, revision)
    access.require(by, "manage", row, on=localdate(now))
    sheets = list(row.sheets.filter(stage=Stage.COUNCIL))
    members = access.people_who("vote", "sheet", row.area_id, on=localdate(now))
    if row.state != ContestState.OPEN or not sheets or not members:
        raise WrongTurn(
            "Chưa có phiếu nào ở bước Hội đồng, hoặc chưa phân công thành viên Hội đồng, nên chưa mở bỏ phiếu được."
        )
    if row.votes.filter(closed_at__isnull=True).exists():
        raise WrongTurn("Một cuộc bỏ phiếu của đợt này đang mở. Hãy kiểm phiếu cuộc đó trước.")
    for sheet in sheets:
        sheet.contest = row
    quorum = quorum_on(selectors.rules_at(row.area_id, localdate(now)), localdate(now))
    vote = Vote.objects.create(
        contest=row,
        number=row.votes.count() + 1,
        present=quorum.present,
        majority=quorum.majority,
        basis=quorum.basis,
        opened_at=now,
        opened_by=by,
    )
    jurors = []
    for user in User.objects.filter(pk__in=[one.id for one in members]).order_by("pk"):
        recused = recusing.near(user, row, sheets, localdate(now))
        jurors.append(Juror(vote=vote, user=user, recused=sorted(str(key) for key in recused)))
    Juror.objects.bulk_create(jurors)
    Urn.objects.bulk_create(
        Urn(vote=vote, sheet=sheet, entitled=sum(str(sheet.pk) not in one.recused for one in jurors))
        for sheet in sheets
    )
    row.revision += 1
    row.save(update_fields=["revision"])
    data = {"number": vote.number, "members": len(jurors), "candidates": len(sheets), "basis": quorum.basis}
    audit.record("emulation.vote.opened", obj=vote, area_id=row.area_id, data=data, now=now, by=by)
    return vote


def candidates_of(vote: Vote, juror: Juror) -> list[Sheet]:
    """Return the sheets that a member votes on, in the order of the paper."""
    rows = list(Sheet.objects.filter(pk__in=vote.urns.values("sheet_id")).order_by("block", "name"))
    declared = recusing.declared_by(juror.user, rows)
    return [sheet for sheet in rows if str(sheet.pk) not in juror.recused and sheet.pk not in declared]


@transaction.atomic
def declare_interest(*, vote: Vote, sheet: Sheet, reason: str, now: datetime, by: User) -> Interest:
    """Declare that one will not judge an entrant, saying why: from now on the vote refuses one's paper on it.

    As with one's own body the member still counts among those present, and the entrant's papers are shared out among fewer. It is
    not taken back. Raises NotThisVote once the paper was given or the vote counted, Recused, NoReason, NotAllowed.
    """
    row = Vote.objects.select_for_update(of=("self",)).select_related("contest").get(pk=vote.pk)
    access.require(by, "recuse", Matter("sheet", row.contest.area_id, Stage.COUNCIL), on=localdate(now))
    juror = row.jurors.filter(user=by).first()
    urn = row.urns.filter(sheet=sheet).first()
    if juror is None or urn is None or row.closed_at is not None:
        raise NotThisVote("Bạn không có phiếu cho đơn vị này, hoặc cuộc bỏ phiếu đã kết thúc.")
    if VoteMark.objects.filter(juror=juror).exists():
        raise NotThisVote("Bạn đã bỏ phiếu nên không khai cho cuộc này được nữa. Hãy báo Chủ tịch Hội đồng.")
    if sheet.pk not in {one.pk for one in candidates_of(row, juror)}:
        raise Recused("Phiếu của bạn vốn không có đơn vị này. Không cần khai thêm.")
    if not reason.strip():
        raise NoReason("Chưa ghi vì sao không bỏ phiếu cho đơn vị này. Ví dụ: người thân là lãnh đạo đơn vị.")
    made = Interest.objects.create(vote=row, sheet=sheet, user=by, reason=reason.strip()[:500], at=now)
    Urn.objects.filter(pk=urn.pk).update(entitled=F("entitled") - 1)
    data = {"number": row.number, "sheet": sheet.name, "reason": made.reason}
    audit.record("emulation.interest.declared", obj=made, area_id=row.contest.area_id, data=data, now=now, by=by)
    return made


@transaction.atomic
def cast(*, vote: Vote, choices: Mapping[UUID, bool], now: datetime, by: User) -> None:
    """Give a paper: agree or not on every candidate that one may vote on. Nothing that is kept says who chose what.

    Two counts grow for each candidate, under the lock of the vote; beside them stands only that the member has voted. The audit
    event has no choice either. Raises NotThisVote, BadPaper, Recused, NotAllowed.
    """
    row = Vote.objects.select_for_update(of=("self",)).select_related("contest").get(pk=vote.pk)
    access.require(by, "vote", Matter("sheet", row.contest.area_id, Stage.COUNCIL), on=localdate(now))
    juror = row.jurors.filter(user=by).first()
    if juror is None or row.closed_at is not None:
        raise NotThisVote("Bạn không có phiếu trong cuộc bỏ phiếu này, hoặc cuộc bỏ phiếu đã kết thúc.")
    if VoteMark.objects.filter(juror=juror).exists():
        raise NotThisVote("Bạn đã bỏ phiếu. Phiếu kín không mở lại được, kể cả với người đã bỏ.")
    candidates = {sheet.pk for sheet in candidates_of(row, juror)}
    if set(row.urns.filter(sheet__in=choices).values_list("sheet_id", flat=True)) - candidates:
        raise Recused(
            "Bạn không bỏ phiếu cho đơn vị của mình hoặc đã khai có liên quan. Hãy tải lại trang; phiếu không có đơn vị đó."
        )
    if set(choices) != candidates:
        raise BadPaper("Phiếu phải chọn đồng ý hoặc không đồng ý cho từng đơn vị. Hãy chọn đủ rồi gửi.")
    for agrees, field in ((True, "agree"), (False, "disagree")):
        keys = [key for key, said in choices.items() if said is agrees]
        Urn.objects.filter(vote=row, sheet_id__in=keys).update(**{field: F(field) + 1})
    VoteMark.objects.create(juror=juror)
    data = {"number": row.number}
    audit.record("emulation.vote.cast", obj=row, area_id=row.contest.area_id, data=data, now=now, by=by)


@transaction.atomic
def close_vote(*, vote: Vote, gives_up: bool = False, now: datetime, by: User) -> Vote:
    """Count the papers and fix what came out. Too few voters raise NoQuorum, unless the vote is given up: then it is void."""
    row = Vote.objects.select_for_update(of=("self",)).select_related("contest").get(pk=vote.pk)
    access.require(by, "manage", row.contest, on=localdate(now))
    if row.closed_at is not None:
        raise WrongTurn("Cuộc bỏ phiếu đã kiểm xong. Hãy tải lại trang.")
    quorum = Quorum(row.present, row.majority, row.basis)
    members, voted = row.jurors.count(), VoteMark.objects.filter(juror__vote=row).count()
    if not gives_up:
        check_quorum(quorum, voted, members)
        VoteResult.objects.bulk_create(
            VoteResult(
                vote=row,
                sheet_id=urn.sheet_id,
                agree=urn.agree,
                disagree=urn.disagree,
                entitled=urn.entitled,
                is_carried=Tally(urn.agree, urn.disagree, urn.entitled).is_carried(quorum),
            )
            for urn in row.urns.order_by("id")
        )
    row.closed_at, row.is_void = now, gives_up
    row.save(update_fields=["closed_at", "is_void"])
    data = {"number": row.number, "members": members, "voted": voted, "void": gives_up}
    audit.record("emulation.vote.closed", obj=row, area_id=row.contest.area_id, data=data, now=now, by=by)
    return row
