"""What several pages say of a case in the same way: the look of its state, its shares, its steps."""

from collections.abc import Mapping
from typing import Any

from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text, datetime_text
from chungtay.support.models import Case, CaseStep
from chungtay.support.proposing import shares_of
from chungtay.support.rules import SOURCE_LABELS, STATE_LABELS, WAY, Act, Source, State

STATE_LOOKS: Mapping[State, str] = {
    State.PROPOSED: "draft",
    State.RETURNED: "returned",
    State.VERIFIED: "provisional",
    State.POSTED: "provisional",
    State.APPROVED: "for_signing",
    State.FUNDED: "submitted",
    State.DELIVERED: "submitted",
    State.ACCEPTED: "approved",
    State.CANCELLED: "none",
}
STEP_WORDS: Mapping[Act, str] = {
    Act.PROPOSE: "Đề nghị",
    Act.VERIFY: "Xác minh",
    Act.POST: "Niêm yết",
    Act.APPROVE: "Duyệt",
    Act.FUND: "Xác nhận đủ kinh phí",
    Act.DELIVER: "Trao, bàn giao",
    Act.ACCEPT: "Nghiệm thu",
    Act.SEND_BACK: "Trả lại",
    Act.CANCEL: "Hủy",
}


def way_of(case: Case) -> list[dict[str, str]]:
    """Return the stepper of a case: what is done, where it is, what comes."""
    state = State(case.state)
    at = WAY.index(state) if state in WAY else 0
    days = {
        State.PROPOSED: case.proposed_on,
        State.POSTED: case.posted_until,
        State.APPROVED: case.approved_on,
        State.DELIVERED: case.delivered_on,
        State.ACCEPTED: case.accepted_on,
    }
    steps = []
    for number, one in enumerate(WAY):
        day = days.get(one)
        note = f"{'đến ' if one is State.POSTED else ''}{date_text(day)}" if day and number <= at else ""
        done = number < at or state is State.ACCEPTED
        steps.append(
            {"label": STATE_LABELS[one], "note": note, "step": "done" if done else "now" if number == at else ""}
        )
    return steps


def timeline_of(case: Case) -> list[dict[str, Any]]:
    """Return what happened to a case, newest first."""
    events = []
    for step in CaseStep.objects.filter(case=case).select_related("by").order_by("-id"):
        what = f"{STEP_WORDS[Act(step.act)]}: {step.by.full_name}"
        if step.act == Act.PROPOSE and step.data.get("changed") == ["lines"]:
            what = f"Sửa danh sách: {step.by.full_name}"
        elif step.act == Act.PROPOSE and step.state_before:
            what = f"Sửa hồ sơ: {step.by.full_name}"
        looks = {Act.SEND_BACK: "returned", Act.CANCEL: "returned", Act.APPROVE: "approved", Act.ACCEPT: "approved"}
        events.append(
            {
                "when": datetime_text(step.at),
                "what": what,
                "state": looks.get(Act(step.act), ""),
                "note": " ".join(part for part in (step.reason, *_notes(step)) if part),
            }
        )
    return events


def _notes(step: CaseStep) -> list[str]:
    said = step.data
    notes = [f"Người xác minh: {said['verified_by']}."] if said.get("verified_by") else []
    if said.get("relation"):
        notes.append(f"Khai có liên quan: {said['relation']}.")
    if said.get("place"):
        notes.append(f"Tại {said['place']}, {said['days']} ngày ({said['basis']}).")
    if said.get("decision"):
        notes.append(f"Theo {said['decision']}. Người duyệt khai không có liên quan.")
    for key, label in (("over_reason", "Cho vượt định mức"), ("again_reason", "Hỗ trợ thêm lần nữa")):
        if said.get(key):
            notes.append(f"{label}: {said[key]}.")
    if said.get("minutes"):
        notes.append(f"Biên bản số {said['minutes']}.")
    return notes


def share_rows(case: Case) -> list[dict[str, Any]]:
    """Return who bears what of the cost."""
    rows = []
    for share in shares_of(case):
        how = (
            f"{format_integer(share.days)} ngày, {format_integer(share.rate)} đồng một ngày"
            if share.source is Source.LABOUR
            else ""
        )
        rows.append(
            {
                "label": SOURCE_LABELS[share.source],
                "who": ": ".join(part for part in (share.who, how) if part),
                "amount": share.amount,
            }
        )
    return rows
