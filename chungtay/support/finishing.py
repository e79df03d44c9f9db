"""From money to minutes: papers and pictures kept, packages handed out, the case delivered, and accepted by somebody else."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.evidence.models import Attachment
from chungtay.kernel.errors import DomainError
from chungtay.support.giving import give
from chungtay.support.models import Case, CaseEvidence, CaseStep, Handover, Role
from chungtay.support.moving import locked, move, past_day, told, wrote
from chungtay.support.rules import OVER, Act, NotReady, State
from chungtay.support.telling import hold, tell_days

WRITING = ("propose", "verify", "deliver", "accept", "fund")


class CaseOver(DomainError):
    """Nothing is added to a case that is over."""


@transaction.atomic
def add_evidence(*, case: Case, attachment: Attachment, role: Role, now: datetime, by: User) -> CaseEvidence:
    """Lay a kept file (`evidence.services.keep`, called before) beside a case. Raises CaseOver and `access.NotAllowed`."""
    row = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    keys = access.keys_of(by, on=localdate(now))
    if not any(row.area_id in keys.areas_for(action, "case") for action in WRITING):
        access.require(by, "deliver", row, on=localdate(now))
    if row.state in OVER:
        raise CaseOver("Hồ sơ đã kết thúc nên không thêm giấy tờ, ảnh được nữa.")
    made = CaseEvidence.objects.create(case=row, attachment=attachment, role=role, at=now, by=by)
    data = {"case": str(row), "role": role.value, "sha256": attachment.sha256}
    audit.record("support.evidence.added", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return made


@transaction.atomic
def hand_out(*, case: Case, lines: Collection[int], on: date, revision: int, now: datetime, by: User) -> list[Handover]:
    """Note that lines (ids) of a list were given on a day. Raises NotReady, BadDay, CaseMovedOn, `access.require`'s."""
    row = locked(case, "deliver", revision, now=now, by=by)
    hold(row.area)
    if row.state != State.FUNDED:
        raise NotReady(["Chỉ ghi nhận đã trao khi hồ sơ đã đủ kinh phí."])
    past_day(on, now, not_before=row.approved_on)
    made = _give(row, lines, on, now, by)
    wrote(row, by, anew=True)
    row.revision += 1
    row.changed_at = now
    row.save(update_fields=["writers", "revision", "changed_at"])
    tell_days(row.area, {on}, now=now, by=by)
    data = {"case": str(row), "lines": len(made), "amount": sum(one.amount for one in made), "day": on}
    audit.record("support.packages.given", obj=row, area_id=row.area_id, data=data, now=now, by=by)
    return made


@transaction.atomic
def deliver(
    *,
    case: Case,
    revision: int,
    on: date,
    note: str = "",
    gives_rest: bool = False,
    now: datetime,
    by: User,
) -> CaseStep:
    """Say that the case is delivered: its receipt is kept, its lines are given (`gives_rest`: all others on that day).

    `note` is asked for when lines stay that nobody took. Raises NotReady, BadDay, CaseMovedOn, WrongTurn, `access.require`'s.
    """
    row = locked(case, "deliver", revision, now=now, by=by)
    hold(row.area)
    past_day(on, now, not_before=row.approved_on)
    days = {on} if gives_rest else set[date]()
    wrong = []
    if not CaseEvidence.objects.filter(case=row, role=Role.RECEIPT).exists():
        wrong.append("Chưa có giấy ký nhận. Hãy chụp hoặc quét danh sách, giấy biên nhận đã ký rồi đính kèm.")
    waiting = row.lines.filter(is_struck=False, given_on=None)
    if row.of_kind.has_lines and not gives_rest and waiting.exists() and not note.strip():
        wrong.append(f"Còn {waiting.count()} dòng chưa trao. Hãy ghi nhận đã trao, hoặc ghi rõ vì sao không trao được.")
    if wrong:
        raise NotReady(wrong)
    if gives_rest:
        _give(row, list(waiting.values_list("pk", flat=True)), on, now, by)
    wrote(row, by, anew=not row.of_kind.has_lines or gives_rest)
    row.delivered_on = on
    step = move(row, Act.DELIVER, day=on, reason=note, data={"gives_rest": gives_rest}, now=now, by=by)
    tell_days(row.area, days, now=now, by=by)
    told(step)
    return step


@transaction.atomic
def accept(*, case: Case, revision: int, minutes: str, on: date, note: str = "", now: datetime, by: User) -> CaseStep:
    """Accept what was delivered, with the number of its minutes; what was built needs the signed minutes and a picture.

    Raises NotReady, BadDay, CaseMovedOn, WrongTurn and what `access.require` raises.
    """
    row = locked(case, "accept", revision, now=now, by=by)
    hold(row.area)
    past_day(on, now, not_before=row.delivered_on)
    wrong = []
    if not minutes.strip():
        wrong.append("Chưa ghi số biên bản nghiệm thu.")
    kept = set(CaseEvidence.objects.filter(case=row).values_list("role", flat=True))
    if row.of_kind.needs_pictures:
        wrong += [
            sentence
            for role, sentence in (
                (Role.MINUTES, "Chưa có biên bản nghiệm thu đã ký. Hãy in biên bản, ký rồi chụp hoặc quét, đính kèm."),
                (Role.PICTURE, "Chưa có ảnh công trình hoàn thành. Hãy đính kèm ít nhất một ảnh."),
            )
            if role not in kept
        ]
    if wrong:
        raise NotReady(wrong)
    row.accepted_on, row.minutes_number = on, minutes.strip()
    step = move(row, Act.ACCEPT, day=on, reason=note, data={"minutes": row.minutes_number}, now=now, by=by)
    tell_days(row.area, {on}, now=now, by=by)
    told(step)
    return step


def _give(row: Case, ids: Collection[int], on: date, now: datetime, by: User) -> list[Handover]:
    lines = list(row.lines.filter(pk__in=ids, is_struck=False, given_on=None).order_by("position"))
    if len(lines) != len(set(ids)):
        raise NotReady(["Có dòng vừa được ghi nhận đã trao hoặc đã gạch. Hãy tải lại trang rồi chọn lại."])
    return give(row, lines, on={line.pk: on for line in lines}, now=now, by=by)
