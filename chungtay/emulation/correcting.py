"""A drafted decision is corrected while it is a draft; what each correction changed stays beside it for who issues it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.emulation.awarding import Content, Line, locked, put_lines, said_of
from chungtay.emulation.differences import Change, Said, differences
from chungtay.emulation.models import Award, Decision, DecisionChange
from chungtay.emulation.rules import FORM_LABELS, MONEY_LABELS, RECIPIENT_LABELS, Form, MoneyFrom, Recipient
from chungtay.kernel.folding import nfc
from chungtay.kernel.text import date_text


@transaction.atomic
def change_decision(*, decision: Decision, content: Content, revision: int, now: datetime, by: User) -> Decision:
    """Replace what a draft says; whoever changes it is its author from then on. What says the same changes nothing.

    Raises MovedOn, WrongTurn, BadDecision, NotAllowed.
    """
    row = locked(decision, "edit", revision, now=now, by=by)
    said = said_of(row.body, content)
    changes = differences(_as_it_stands(row), _as_said(said, content))
    if not changes:
        return row
    for name, value in said.items():
        setattr(row, name, value)
    row.written_by, row.written_at = by, now
    row.revision += 1
    row.save()
    Award.objects.filter(decision=row).delete()
    put_lines(row, content.lines)
    kept = [one.as_json() for one in changes]
    DecisionChange.objects.create(decision=row, revision=row.revision, changes=kept, at=now, by=by)
    data = {"lines": len(content.lines), "revision": row.revision, "changed": [one.what for one in changes]}
    audit.record("emulation.decision.changed", obj=row, area_id=row.access_area_id, data=data, now=now, by=by)
    return row


def changes_of(decision: Decision, content: Content) -> list[Change]:
    """Return what a correction would change, before it is saved. Raises BadDecision."""
    return differences(_as_it_stands(decision), _as_said(said_of(decision.body, content), content))


def _as_it_stands(row: Decision) -> Said:
    names = (
        "contest",
        "programme",
        "form",
        "merit",
        "number",
        "signed_on",
        "place",
        "position",
        "signer",
        "money",
        "fund",
    )
    awards = row.awards.order_by("position")
    lines = [_line(award.name, Recipient(award.kind), award.achievement) for award in awards]
    return Said(_head({name: getattr(row, name) for name in names}), lines)


def _as_said(said: Mapping[str, Any], content: Content) -> Said:
    return Said(_head(said), [_of(line) for line in content.lines])


def _of(line: Line) -> tuple[str, str]:
    return _line(nfc(" ".join(line.name.split())), line.kind, nfc(" ".join(line.achievement.split())))


def _line(name: str, kind: Recipient, achievement: str) -> tuple[str, str]:
    return name, f"{RECIPIENT_LABELS[kind]}: {achievement}"


def _head(said: Mapping[str, Any]) -> dict[str, str]:
    return {
        "Đợt thi đua": said["contest"].title if said["contest"] else "",
        "Chương trình": str(said["programme"] or ""),
        "Hình thức": FORM_LABELS[Form(said["form"])],
        "Thành tích in trên giấy": said["merit"],
        "Số": said["number"],
        "Ngày ký": date_text(said["signed_on"]),
        "Địa danh": said["place"],
        "Chức vụ người ký": said["position"],
        "Người ký": said["signer"],
        "Nguồn tiền": MONEY_LABELS[MoneyFrom(said["money"])],
        "Quỹ chi": said["fund"].name if said["fund"] else "",
    }
