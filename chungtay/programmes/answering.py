"""How a plan answers a change above: one person drafts, another decides, and what follows is written with the decision."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.programmes.link_rules import Stand, Way
from chungtay.programmes.links import Standing, held_by, standing_of, thing_of
from chungtay.programmes.models import Answer, Decision, Programme, Proposal
from chungtay.programmes.proposing import propose
from chungtay.programmes.registry import BadAnswer, Carrying, kind_of


class NotOpen(DomainError):
    """The proposal has gone on since the person looked."""


def matter_of(one: Standing) -> Matter:
    """Return what rights are asked about: the plan's place, and who drafted the answer."""
    authors = frozenset({one.last.by_id} if one.last and one.stand is Stand.DRAFTED else ())
    return Matter("proposal", one.proposal.plan.area_id, one.stand, authors)


@transaction.atomic
def draft_answer(
    *, proposal: Proposal, way: Way, typed: str = "", reason: str = "", seen: int, now: datetime, by: User
) -> Answer:
    """Draft what the plan would answer, over an earlier draft as the next one. `typed` is the adapted value.

    seen: number of the last draft that the person saw, 0 for none. Raises NotAllowed, NotOpen, BadAnswer, or what the kind
    raises of a value.
    """
    one = _locked(proposal, seen)
    access.require(by, "edit", matter_of(one), on=localdate(now))
    if one.stand not in (Stand.OPEN, Stand.DRAFTED):
        raise NotOpen("Thay đổi này đã được trả lời, hoặc cấp trên đã có thay đổi mới hơn. Hãy mở lại danh sách.")
    said = " ".join(reason.split())
    if way is not Way.TAKE and not said:
        raise BadAnswer("Chưa ghi lý do. Điều chỉnh hoặc không thực hiện thì cấp trên cần biết vì sao.")
    value = _value(one, way, typed)
    answer = Answer.objects.create(
        proposal=one.proposal, number=len(one.answers) + 1, way=way, value=value, reason=said, at=now, by=by
    )
    data = {"number": answer.number, "way": way, "value": value, "reason": said}
    area_id = one.proposal.plan.area_id
    audit.record("programmes.answer.drafted", obj=one.proposal, area_id=area_id, data=data, now=now, by=by)
    return answer


@transaction.atomic
def decide(*, proposal: Proposal, holds: bool, note: str = "", seen: int, now: datetime, by: User) -> Decision:
    """Let a drafted answer of somebody else hold, or send it back with a reason.

    What follows (a target of the plan, a deadline) is written at once, and the plans below this one are told in turn.
    Raises NotAllowed, NotOpen, BadAnswer.
    """
    one = _locked(proposal, seen)
    if one.last is None or one.stand is not Stand.DRAFTED:
        raise NotOpen("Không có dự thảo trả lời nào đang chờ quyết định. Hãy tải lại trang.")
    access.require(by, "approve", matter_of(one), on=localdate(now))
    said = " ".join(note.split())
    if not holds and not said:
        raise BadAnswer("Chưa ghi vì sao trả lại. Người dự thảo cần biết phải sửa gì.")
    plan, change = one.proposal.plan, one.change
    before = held_by(plan, thing_of(change)) or ""
    decision = Decision.objects.create(answer=one.last, holds=holds, note=said, at=now, by=by)
    data = {"number": one.last.number, "holds": holds, "note": said}
    code = "programmes.answer.decided" if holds else "programmes.answer.sent_back"
    audit.record(code, obj=one.proposal, area_id=plan.area_id, data=data, now=now, by=by)
    if holds and one.last.way != Way.DECLINE:
        kind = kind_of(change)
        basis = change.basis or one.last.reason
        kind.carry(Carrying(plan, change, one.last.value, basis, now, by))
        if kind.passes_on(change):
            propose(
                programme=plan,
                kind=change.kind,
                subject=change.subject,
                label=change.label,
                before=before,
                after=one.last.value,
                basis=basis,
                now=now,
                by=by,
            )
    return decision


def _locked(proposal: Proposal, seen: int) -> Standing:
    Programme.objects.select_for_update(of=("self",)).get(pk=proposal.plan_id)
    one = standing_of(proposal)
    if len(one.answers) != seen:
        raise NotOpen("Có người vừa dự thảo một bản khác. Hãy tải lại trang, xem bản mới rồi làm tiếp.")
    return one


def _value(one: Standing, way: Way, typed: str) -> str:
    match way:
        case Way.TAKE:
            return one.change.after
        case Way.DECLINE:
            return one.proposal.held
        case Way.ADAPT:
            value = kind_of(one.change).read(one.change, typed)
            if value == one.change.after:
                raise BadAnswer("Nội dung điều chỉnh giống hệt của cấp trên. Hãy chọn “Tiếp nhận nguyên văn”.")
            return value
