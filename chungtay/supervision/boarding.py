"""Boards of a commune are written down with their term; the visits they make are counted."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.evidence.models import Attachment
from chungtay.kernel.errors import DomainError
from chungtay.kernel.text import date_text
from chungtay.places.models import Area
from chungtay.supervision.counting import count
from chungtay.supervision.models import Board, BoardVisit
from chungtay.supervision.moving import required
from chungtay.supervision.rules import BOARD_WORDS, BoardKind, Measure


class BadBoard(DomainError):
    """What is said of a board cannot be."""


@transaction.atomic
def write_board(
    *,
    area: Area,
    kind: BoardKind,
    decision: str,
    term_from: date,
    term_to: date,
    member_count: int,
    head: str,
    deputy: str = "",
    now: datetime,
    by: User,
) -> Board:
    """Write a board down with its term. Raises NotAllowed, BadBoard, NotSaid."""
    access.require(by, "edit", Matter("board", area.pk), on=localdate(now))
    if term_from >= term_to:
        raise BadBoard("Nhiệm kỳ kết thúc trước khi bắt đầu. Hãy sửa một trong hai ngày.")
    if member_count < 1:
        raise BadBoard("Ban phải có ít nhất một thành viên. Hãy sửa số thành viên.")
    Area.objects.select_for_update().get(pk=area.pk)
    if Board.objects.filter(area=area, kind=kind, term_from__lt=term_to, term_to__gt=term_from).exists():
        raise BadBoard(f"Nhiệm kỳ này trùng với một nhiệm kỳ {BOARD_WORDS[kind]} đã ghi. Hãy xem lại ngày.")
    made = Board.objects.create(
        area=area,
        kind=kind,
        decision=required(decision, "Hãy ghi nghị quyết, quyết định công nhận.", 150),
        term_from=term_from,
        term_to=term_to,
        member_count=member_count,
        head=required(head, "Hãy ghi Trưởng ban.", 100),
        deputy=deputy.strip()[:100],
        written_by=by,
    )
    data = {"kind": kind, "from": term_from, "to": term_to, "members": member_count}
    audit.record("supervision.board.written", obj=made, area_id=area.pk, data=data, now=now, by=by)
    return made


@transaction.atomic
def record_board_visit(
    *,
    board: Board,
    held_on: date,
    subject: str,
    result: str,
    minutes: Attachment | None = None,
    now: datetime,
    by: User,
) -> BoardVisit:
    """Record what a board supervised on a day of its term. Raises NotAllowed, BadBoard, NotSaid."""
    access.require(by, "edit", board, on=localdate(now))
    if not board.term_from <= held_on <= min(board.term_to, localdate(now)):
        raise BadBoard(
            f"Ngày giám sát phải trong nhiệm kỳ ({date_text(board.term_from)} đến {date_text(board.term_to)}) và không sau hôm nay."
        )
    made = BoardVisit.objects.create(
        board=board,
        held_on=held_on,
        subject=required(subject, "Hãy ghi công trình hoặc việc được giám sát.", 300),
        result=required(result, "Hãy ghi kết quả, kiến nghị (không có thì ghi “Không”).", 1000),
        minutes=minutes,
        recorded_by=by,
    )
    path, title = reverse("board-detail", args=[board.pk]), f"{board}: {made.subject}"
    count(Measure.VISITS, area_id=board.area_id, day=held_on, thing_id=made.pk, title=title, path=path)
    data = {"board": str(board.pk), "held_on": held_on}
    audit.record("supervision.board.visited", obj=made, area_id=board.area_id, data=data, now=now, by=by)
    return made
