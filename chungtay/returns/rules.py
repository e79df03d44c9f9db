"""The pure part of returns: states and their changes, checks of what was typed, the frozen content and its hash."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chungtay.kernel.errors import DomainError, Severity
from chungtay.kernel.money import MAX_VND
from chungtay.kernel.numerals import NumberProblem, format_integer, read_decimal, read_integer, scaled_text


class State(StrEnum):
    """Where a return stands. The unit's leader signs FOR_SIGNING; the upper level decides SUBMITTED."""

    NOT_STARTED = "not_started"
    DRAFT = "draft"
    FOR_SIGNING = "for_signing"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


STATE_WORDS = {
    State.NOT_STARTED: "Chưa có",
    State.DRAFT: "Nháp",
    State.FOR_SIGNING: "Chờ ký",
    State.SUBMITTED: "Đã gửi",
    State.RETURNED: "Trả lại",
    State.APPROVED: "Đã duyệt",
}
WITH_THE_UNIT = frozenset({State.NOT_STARTED, State.DRAFT, State.RETURNED})
NOT_YET_SENT = WITH_THE_UNIT | {State.FOR_SIGNING}

TRANSITIONS: Mapping[tuple[State, str], State] = {
    (State.NOT_STARTED, "fill"): State.DRAFT,
    (State.DRAFT, "fill"): State.DRAFT,
    (State.RETURNED, "fill"): State.RETURNED,  # stays visible as returned until it is sent again
    (State.DRAFT, "submit"): State.FOR_SIGNING,
    (State.RETURNED, "submit"): State.FOR_SIGNING,
    (State.FOR_SIGNING, "hand_back"): State.DRAFT,
    (State.FOR_SIGNING, "sign"): State.SUBMITTED,
    (State.FOR_SIGNING, "withdraw"): State.DRAFT,
    (State.SUBMITTED, "withdraw"): State.DRAFT,
    (State.SUBMITTED, "send_back"): State.RETURNED,
    (State.SUBMITTED, "approve"): State.APPROVED,
    (State.APPROVED, "reopen"): State.DRAFT,
}


class WrongState(DomainError):
    """The return is not in a state that allows this."""


def late_days(due: datetime, at: datetime) -> int:
    """Return how many days `at` is past the deadline, counted by the calendar (both in local time); 0 when in time.

    An hour past the deadline on the same day is one day late.
    """
    return max(1, (at.date() - due.date()).days) if at > due else 0


def next_state(state: State, verb: str) -> State:
    """Return the state after `verb`. Raises WrongState."""
    try:
        return TRANSITIONS[state, verb]
    except KeyError:
        raise WrongState(
            f"Báo cáo đang ở trạng thái “{STATE_WORDS[state]}” nên không làm được việc này. Hãy tải lại trang để xem tình trạng mới."
        ) from None


@dataclass(frozen=True)
class CellSpec:
    """One cell of a form. `key` is "indicator" or "indicator:dimension key"."""

    key: str
    label: str
    unit: str
    section: str = ""
    decimals: int = 0
    is_money: bool = False
    hint: str = ""


@dataclass(frozen=True)
class RuleSpec:
    """A relation between two cells: "at_most" (left ≤ right) or "needs" (left > 0 asks for right > 0)."""

    kind: str
    left: str
    right: str
    sentence: str


@dataclass(frozen=True)
class Entry:
    """What stands in a cell: a scaled integer, or text that is no number yet, or the reason why there is none."""

    value: int | None = None
    text: str = ""
    absent: str = ""
    explain: str = ""
    reply: str = ""

    def as_json(self) -> dict[str, int | str]:
        """Return the fields that say something."""
        return {k: v for k, v in vars(self).items() if v not in ("", None)}


EMPTY = Entry()


def entry_from_json(data: Mapping[str, object]) -> Entry:
    """Return the entry that `Entry.as_json` wrote."""
    value = data.get("value")
    words = {k: str(data.get(k, "")) for k in ("text", "absent", "explain", "reply")}
    return Entry(value=value if isinstance(value, int) else None, **words)


@dataclass(frozen=True)
class CellProblem:
    """What is wrong with one cell, in a sentence that says what to do."""

    key: str
    severity: Severity
    sentence: str


def read_cell(cell: CellSpec, text: str) -> Entry:
    """Read what a person typed into a cell; text that is no number is kept, so that nothing typed is lost."""
    typed = text.strip()
    if not typed:
        return EMPTY
    try:
        value = read_decimal(typed, cell.decimals) if cell.decimals else read_integer(typed)
    except NumberProblem:
        return Entry(text=typed)
    return Entry(value=value)


def spoken_value(cell: CellSpec, value: int | None) -> str:
    """Return the value as it is written in the form ("1.240", "2,5"), "" for none."""
    return "" if value is None else scaled_text(value, cell.decimals)


# A figure is asked to be explained when it is this many times the last one, and the change is worth a question.
UNUSUAL_TIMES = 3
ASK_WHY = "Hãy ghi vì sao."
WORTH_ASKING = {True: 50_000_000, False: 10}  # đồng, or units counted


def check_cells(
    cells: Sequence[CellSpec],
    rules: Sequence[RuleSpec],
    entries: Mapping[str, Entry],
    previous: Mapping[str, int | None],
) -> list[CellProblem]:
    """Return every problem of a return, in the order of the form. WRONG and MISSING stop it from being sent."""
    problems = [p for cell in cells if (p := _check_cell(cell, entries.get(cell.key, EMPTY), previous.get(cell.key)))]
    by_key = {cell.key: cell for cell in cells} if rules else {}
    for rule in rules:
        left, right = (entries.get(key, EMPTY).value for key in (rule.left, rule.right))
        if left is not None and right is not None and _broken(rule, left, right):
            numbers = {"left": spoken_value(by_key[rule.left], left), "right": spoken_value(by_key[rule.right], right)}
            problems.append(CellProblem(rule.left, Severity.WRONG, rule.sentence.format(**numbers)))
    order = {key: i for i, key in enumerate(by_key)}
    return sorted(problems, key=lambda p: order[p.key]) if order else problems


def _broken(rule: RuleSpec, left: int, right: int) -> bool:
    return left > right if rule.kind == "at_most" else left > 0 and right == 0


def _check_cell(cell: CellSpec, entry: Entry, last: int | None) -> CellProblem | None:
    def problem(severity: Severity, sentence: str) -> CellProblem:
        return CellProblem(cell.key, severity, sentence)

    if entry.text:
        return problem(Severity.WRONG, number_sentence(cell, entry.text))
    if entry.value is None:
        if entry.absent:
            return None
        return problem(
            Severity.MISSING,
            "Ô này để trống. Không phát sinh thì ghi 0; chưa có số thì chọn “Chưa có số” và ghi lý do.",
        )
    if entry.absent:
        return problem(Severity.WRONG, "Ô này vừa có số vừa ghi “Chưa có số”. Hãy xóa một trong hai.")
    if entry.value < 0:
        return problem(Severity.WRONG, f"Số {spoken_value(cell, entry.value)} nhỏ hơn 0. Hãy nhập số từ 0 trở lên.")
    if entry.value >= MAX_VND:
        return problem(
            Severity.WRONG,
            f"Số {spoken_value(cell, entry.value)} lớn quá mức có thể có (từ {format_integer(MAX_VND)} trở lên). "
            "Hãy xem lại có thừa chữ số 0 không.",
        )
    if not entry.explain and _is_unusual(cell, entry.value, last):
        return problem(
            Severity.EXPLAIN, f"{_times(entry.value, last or 0)} kỳ trước ({spoken_value(cell, last)}). {ASK_WHY}"
        )
    return None


def number_sentence(cell: CellSpec, text: str) -> str:
    """Say why `text` is no number for this cell."""
    try:
        read_decimal(text, cell.decimals) if cell.decimals else read_integer(text)
    except NumberProblem as problem:
        return str(problem)
    return f"“{text}” chưa được nhập dưới dạng số. Hãy nhập lại bằng chữ số."


def _is_unusual(cell: CellSpec, value: int, last: int | None) -> bool:
    if last is None or last <= 0 or abs(value - last) < WORTH_ASKING[cell.is_money] * 10**cell.decimals:
        return False
    return value >= UNUSUAL_TIMES * last or value * UNUSUAL_TIMES <= last


def _times(value: int, last: int) -> str:
    if value >= last:
        tenths = value * 10 // last
        return f"Gấp {format_integer(tenths // 10)}{f',{tenths % 10}' if tenths % 10 else ''} lần"
    return f"Chỉ bằng {value * 100 // last}% số"


def unanswered(
    cells: Iterable[CellSpec], asked: Collection[str], before: Mapping[str, Entry], after: Mapping[str, Entry]
) -> list[CellProblem]:
    """Return the cells that came back (`asked`) and are neither changed since `before` nor answered. They stop the sending."""
    sentence = "Ô này bị trả lại. Hãy sửa số, hoặc trả lời câu hỏi rồi gửi lại."
    return [
        CellProblem(cell.key, Severity.WRONG, sentence)
        for cell in cells
        if cell.key in asked and not _is_answered(before.get(cell.key, EMPTY), after.get(cell.key, EMPTY))
    ]


def _is_answered(before: Entry, after: Entry) -> bool:
    return bool(after.reply) or (before.value, before.absent) != (after.value, after.absent)


def stops_sending(problems: Iterable[CellProblem]) -> list[CellProblem]:
    """Return the problems that must be mended before the return can go on."""
    return [p for p in problems if p.severity in (Severity.WRONG, Severity.MISSING)]


@dataclass(frozen=True)
class Change:
    """A cell whose content differs between two versions, or between a draft and a file."""

    cell: CellSpec
    before: Entry
    after: Entry

    @property
    def before_text(self) -> str:
        """What stood there."""
        return entry_text(self.cell, self.before)

    @property
    def after_text(self) -> str:
        """What stands there now."""
        return entry_text(self.cell, self.after)


def entry_text(cell: CellSpec, entry: Entry) -> str:
    """Return what a cell says to a person: its number, its text, "Chưa có số: reason" or "" when empty."""
    if entry.value is not None:
        return spoken_value(cell, entry.value)
    if entry.absent:
        return f"Chưa có số: {entry.absent}"
    return entry.text


def changes(cells: Sequence[CellSpec], before: Mapping[str, Entry], after: Mapping[str, Entry]) -> list[Change]:
    """Return the cells whose number, text or reason differs, in the order of the form. Explanations alone count too."""
    found = []
    for cell in cells:
        old, new = before.get(cell.key, EMPTY), after.get(cell.key, EMPTY)
        if (old.value, old.text, old.absent, old.explain) != (new.value, new.text, new.absent, new.explain):
            found.append(Change(cell, old, new))
    return found


@dataclass(frozen=True)
class Content:
    """What is frozen when a return is sent: whose, of which form and period, and every cell."""

    form: str
    form_version: int
    period: str
    area_id: str
    cells: Mapping[str, Entry] = field(default_factory=dict)

    def hash(self) -> str:
        """Return the SHA-256 of the canonical form, 64 hex digits."""
        body = {
            "form": [self.form, self.form_version],
            "period": self.period,
            "area": self.area_id,
            "cells": {key: [e.value, e.absent, e.explain] for key, e in sorted(self.cells.items())},
        }
        canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()
