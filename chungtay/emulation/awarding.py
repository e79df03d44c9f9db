"""An award decision is written by one person and issued by another: checked by the principles, booked without gaps, money computed."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.emulation import selectors
from chungtay.emulation.dated import NoRule, Rule
from chungtay.emulation.eligibility import Earlier, Found, Listed, Nominee, NotEligible, Standing, findings
from chungtay.emulation.models import Award, BookCounter, BookEntry, Contest, Decision, Sheet
from chungtay.emulation.rewards import Reward, reward_of
from chungtay.emulation.rules import (
    PRINTED,
    AwardState,
    CertificateState,
    Form,
    MoneyFrom,
    MovedOn,
    Recipient,
    WrongTurn,
    check_typed,
)
from chungtay.funds.models import Fund
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold, nfc
from chungtay.kernel.text import day_text
from chungtay.papers.rules import unsourced_numbers
from chungtay.places.models import Body
from chungtay.programmes.models import Programme

PURPOSE = "khen-thuong"
"""The purpose that a fund must have to pay rewards."""
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12


class BadDecision(DomainError):
    """What is said of a decision does not go together."""


@dataclass(frozen=True)
class Line:
    """One line of a decision: who, for what, resting on which sheet."""

    kind: Recipient
    name: str
    achievement: str
    sheet: Sheet | None = None


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a decision says. `merit` is printed on every certificate, `number` may wait until it is issued."""

    form: Form
    merit: str
    signed_on: date
    place: str
    position: str
    signer: str
    lines: Sequence[Line]
    number: str = ""
    money: MoneyFrom = MoneyFrom.BUDGET
    fund: Fund | None = None
    contest: Contest | None = None
    programme: Programme | None = None


@transaction.atomic
def write_decision(*, body: Body, content: Content, is_sample: bool = False, now: datetime, by: User) -> Decision:
    """Write a decision of a body as a draft with its list. Raises BadDecision, NotAllowed."""
    access.require(by, "edit", Matter("award", body.area_id, AwardState.DRAFT), on=localdate(now))
    row = Decision(body=body, written_by=by, written_at=now, is_sample=is_sample, **said_of(body, content))
    row.save()
    put_lines(row, content.lines)
    data = {"form": content.form, "lines": len(content.lines), "signed_on": content.signed_on}
    audit.record("emulation.decision.written", obj=row, area_id=body.area_id, data=data, now=now, by=by)
    return row


@transaction.atomic
def drop_decision(*, decision: Decision, revision: int, now: datetime, by: User) -> Decision:
    """Take a draft out of the work; it stays readable. Raises MovedOn, WrongTurn, NotAllowed."""
    row = locked(decision, "edit", revision, now=now, by=by)
    row.state = AwardState.DROPPED
    row.revision += 1
    row.save(update_fields=["state", "revision"])
    audit.record("emulation.decision.dropped", obj=row, area_id=row.access_area_id, data={}, now=now, by=by)
    return row


def locked(decision: Decision, right: str, revision: int, *, now: datetime, by: User) -> Decision:
    """Return a draft under its lock as the person saw it. Raises MovedOn, WrongTurn, NotAllowed."""
    rows = Decision.objects.select_for_update(of=("self",)).select_related("body", "contest", "fund")
    row = rows.get(pk=decision.pk)
    if row.revision != revision:
        raise MovedOn("Quyết định vừa được người khác thay đổi. Hãy tải lại trang để xem bản mới rồi làm tiếp.")
    if row.state != AwardState.DRAFT:
        raise WrongTurn("Quyết định không còn là dự thảo nên không sửa được nữa.")
    access.require(by, right, row, on=localdate(now))
    return row


def said_of(body: Body, content: Content) -> dict[str, Any]:
    """Return what is stored of the head of a decision, once it fits together. Raises BadDecision."""
    if not content.lines:
        raise BadDecision("Danh sách chưa có ai. Hãy chọn ít nhất một tập thể, cá nhân hoặc hộ gia đình.")
    if not content.merit.strip() or not content.signer.strip() or not content.position.strip():
        raise BadDecision("Hãy ghi đủ thành tích in trên giấy khen, chức vụ và họ tên người ký.")
    if (content.money is MoneyFrom.FUND) != (content.fund is not None):
        raise BadDecision("Chi từ Quỹ thì phải chọn Quỹ; chi ngân sách hoặc không kèm tiền thì bỏ trống.")
    if content.fund is not None and not content.fund.purposes.filter(code=PURPOSE).exists():
        raise BadDecision(
            f"{content.fund.name} không có mục đích “khen thưởng” (mã {PURPOSE}) nên không chi tiền thưởng được. "
            "Hãy chọn ngân sách, hoặc quỹ có mục đích này."
        )
    if content.contest is not None and content.contest.area_id != body.area_id:
        raise BadDecision("Đợt thi đua là của đơn vị khác. Hãy chọn đợt của đơn vị ra quyết định.")
    return {
        "contest": content.contest,
        "programme": content.programme,
        "form": content.form,
        "merit": nfc(" ".join(content.merit.split())),
        "number": content.number.strip(),
        "signed_on": content.signed_on,
        "place": nfc(content.place.strip()),
        "position": nfc(content.position.strip()),
        "signer": nfc(content.signer.strip()),
        "money": content.money,
        "fund": content.fund,
    }


def put_lines(row: Decision, lines: Sequence[Line]) -> None:
    """Write the list of a draft. Raises BadDecision."""
    for line in lines:
        if not line.name.strip() or not line.achievement.strip() or len(line.name.strip()) > 120:
            raise BadDecision("Mỗi dòng phải có tên (không quá 120 ký tự) và thành tích.")
        if typed := unsourced_numbers(line.achievement, (line.name, row.merit)):
            raise BadDecision(
                f"{line.name}: số “{typed[0].text}” gõ tay sẽ in trong danh sách mà không có nguồn. Hãy viết thành tích bằng lời."
            )
        if line.sheet is not None and line.sheet.contest_id != row.contest_id:
            raise BadDecision(f"{line.name} không thuộc đợt thi đua đã chọn. Hãy chọn lại.")
    Award.objects.bulk_create(
        Award(
            decision=row,
            position=position,
            kind=line.kind,
            name=nfc(" ".join(line.name.split())),
            achievement=nfc(" ".join(line.achievement.split())),
            sheet=line.sheet,
        )
        for position, line in enumerate(lines, 1)
    )


# ---------------------------------------------------------------- the principles and the money


def checked(decision: Decision, today: date) -> list[Found]:
    """Return what the principles say about a decision today, what stops first."""
    awards = list(decision.awards.order_by("position"))
    nominees = [Nominee(a.name, Recipient(a.kind), a.achievement, str(a.sheet_id or "")) for a in awards]
    no_rule = ""
    if decision.money != MoneyFrom.NONE:
        try:
            rewards_of(decision, selectors.rules_at(decision.body.area_id, decision.signed_on), awards)
        except NoRule as missing:
            no_rule = str(missing)
    return findings(Listed(nominees, _earlier(decision, awards), _standing(decision, today), no_rule))


def _earlier(decision: Decision, awards: Sequence[Award]) -> list[Earlier]:
    """What was given before to recipients of these names and not taken back, by whichever body."""
    names = {award.name for award in awards}
    rows = BookEntry.objects.exclude(decision=decision).filter(award__name__in=names)
    gone = (CertificateState.REVOKED, CertificateState.REPLACED)
    return [
        Earlier(
            one.content["to"],
            Recipient(one.award.kind),
            one.award.achievement,
            one.content["decision"],
            str(one.award.sheet_id or ""),
        )
        for one in rows.select_related("award").prefetch_related("steps", "replaced_by")
        if selectors.certificate_state(one) not in gone
    ]


def _standing(decision: Decision, today: date) -> Standing:
    contest = decision.contest
    if contest is None:
        return Standing()
    last = selectors.last_publication(contest)
    return Standing(
        carried=selectors.carried_in(contest),
        open_appeals=selectors.open_appeals(contest).count(),
        window_open=last is None or today <= last.appeal_until,
    )


def rewards_of(decision: Decision, rules: Sequence[Rule], awards: Sequence[Award]) -> dict[int, Reward]:
    """Return {award id: its money} by the rules of the day on which the decision is signed. Raises NoRule."""
    form = Form(decision.form)
    by_kind = {kind: reward_of(rules, form, Recipient(kind), decision.signed_on) for kind in {a.kind for a in awards}}
    return {award.pk: by_kind[award.kind] for award in awards}


# ---------------------------------------------------------------- issuing


@transaction.atomic
def issue_decision(*, decision: Decision, number: str, typed: str, revision: int, now: datetime, by: User) -> Decision:
    """Issue a decision that somebody else wrote: number it, book every award, fix it for ever. `typed` repeats the number.

    Raises NotEligible when a principle stops it, BadDecision, MovedOn, WrongTurn, WrongConfirmation, NotAllowed.
    """
    said = " ".join(number.split())
    if not said:
        raise BadDecision("Chưa ghi số quyết định. Hãy ghi số đã cấp, ví dụ 418/QĐ-UBND.")
    check_typed(typed, said, "ban hành")
    row = locked(decision, "issue", revision, now=now, by=by)
    if row.signed_on > localdate(now):
        raise BadDecision("Ngày ký chưa tới. Hãy sửa ngày ký hoặc ban hành vào ngày đó.")
    if Decision.objects.filter(body=row.body, number=said, signed_on=row.signed_on, state=AwardState.ISSUED).exists():
        raise BadDecision(f"Số {said} ngày {row.signed_on:%d/%m/%Y} đã dùng cho một quyết định khác. Hãy ghi số khác.")
    row.number = said
    # Whoever issues for the same body waits here: what was given before is then seen, and numbers follow one another.
    counter = locked_counter(row.body, row.signed_on.year)
    if stops := [one for one in checked(row, localdate(now)) if one.stops]:
        raise NotEligible(stops)
    awards = list(row.awards.order_by("position"))
    money = {}
    if row.money != MoneyFrom.NONE:
        money = rewards_of(row, selectors.rules_at(row.body.area_id, row.signed_on), awards)
    for award in awards:
        book(row, award, award.name, counter, money.get(award.pk), None, now, by)
    row.state, row.issued_at, row.issued_by = AwardState.ISSUED, now, by
    row.revision += 1
    row.save()
    data = {
        "number": said,
        "signed_on": row.signed_on,
        "awards": len(awards),
        "amount": sum(one.amount for one in money.values()),
        "money": row.money,
    }
    audit.record("emulation.decision.issued", obj=row, area_id=row.access_area_id, data=data, now=now, by=by)
    return row


def locked_counter(body: Body, year: int) -> BookCounter:
    """Return the counter of a reward book under its lock; whoever comes first makes it."""
    BookCounter.objects.get_or_create(body=body, year=year)
    return BookCounter.objects.select_for_update().get(body=body, year=year)


def book(
    row: Decision,
    award: Award,
    name: str,
    counter: BookCounter,
    reward: Reward | None,
    replaces: BookEntry | None,
    now: datetime,
    by: User,
) -> BookEntry:
    """Add the next line to the reward book. The caller holds the counter's lock."""
    counter.last += 1
    counter.save(update_fields=["last"])
    content = printed(row, name, Recipient(award.kind), f"{counter.last:02d}/{counter.year}")
    return BookEntry.objects.create(
        body=row.body,
        year=counter.year,
        number=counter.last,
        decision=row,
        award=award,
        replaces=replaces,
        code="".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)),
        content=content,
        words=fold(f"{name} {row.number} {counter.last:02d}/{counter.year}")[:300],
        amount=reward.amount if reward else 0,
        reward=reward.as_json() if reward else {},
        at=now,
        by=by,
    )


def printed(row: Decision, name: str, kind: Recipient, book_number: str) -> dict[str, Any]:
    """Return everything that a certificate prints; the public page shows this and nothing else."""
    return {
        "to": name,
        "kind": kind,
        "form": PRINTED[Form(row.form)].capitalize(),
        "issuer": f"Chủ tịch {row.body.name}",
        "merit": row.merit,
        "decision": f"Quyết định số {row.number} {day_text(row.signed_on)}",
        "book": book_number,
        "place": row.place,
        "signed_on": row.signed_on.isoformat(),
        "position": row.position,
        "signer": row.signer,
        "is_sample": row.is_sample,
    }
