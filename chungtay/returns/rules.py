"""The pure part of returns: states and their changes, checks of what was typed, the frozen content and its hash."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from chungtay.kernel.errors import DomainError, Severity
from chungtay.kernel.numerals import NumberProblem, read_decimal, read_integer, scaled_text


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
    is_total: bool = False  # a total that lower units report too: kept as a claim, never added up


class RuleKind(StrEnum):
    """What a form's rule holds between its cells; a side of several cells ("a + b") is their sum."""

    AT_MOST = "at_most"  # left ≤ right: a part and its total
    EQUALS = "equals"  # left = right: a total and the sum of its parts
    NEEDS = "needs"  # left > 0 asks for right > 0
    BETWEEN = "between"  # low ≤ left ≤ high
    RATIO = "ratio"  # low ≤ left / right ≤ high
    CHANGE = "change"  # against the last period: `high` times as much or as little, and at least `low` apart
    OUTLIER = "outlier"  # against what is usual: modified z-score above `high`, and at least `low` from the median


WATCHING = frozenset({RuleKind.CHANGE, RuleKind.OUTLIER})
"""Kinds that every cell is under with the thresholds of the house; a form's rule gives a cell others ("*": all cells)."""
EVERY_CELL = "*"


class Weight(StrEnum):
    """How much a broken rule weighs: it stops the sending, stops it until the cell is explained, or is only pointed out."""

    ERROR = "error"
    EXPLAIN = "explain"
    HINT = "hint"

    @property
    def severity(self) -> Severity:
        """The same as the severity of a problem."""
        return {Weight.ERROR: Severity.WRONG, Weight.EXPLAIN: Severity.EXPLAIN, Weight.HINT: Severity.HINT}[self]


@dataclass(frozen=True)
class RuleSpec:
    """One rule of a form. `left` and `right` name cells by key, several joined by " + ".

    low, high: bounds in the cells' own units, see RuleKind. The sentence may say {left}, {right}, {low} and {high}; without
    one the house's own is said. weight: of a broken relation "error" unless told, of WATCHING kinds "explain".
    """

    kind: str
    left: str
    right: str = ""
    sentence: str = ""
    weight: str = ""
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def severity(self) -> Severity:
        """How much a cell that breaks the rule is to be troubled."""
        usual = Weight.EXPLAIN if self.kind in WATCHING else Weight.ERROR
        return Weight(self.weight or usual).severity

    def cell_keys(self) -> tuple[str, ...]:
        """Return the cells that the rule names."""
        return (*keys_of_side(self.left), *keys_of_side(self.right))


def keys_of_side(side: str) -> tuple[str, ...]:
    """Return the cell keys of one side of a rule."""
    return tuple(part.strip() for part in side.split("+") if part.strip())


class Entry(NamedTuple):
    """What stands in a cell: a scaled integer, or text that is no number yet, or the reason why there is none."""

    value: int | None = None
    text: str = ""
    absent: str = ""
    explain: str = ""
    reply: str = ""

    def as_json(self) -> dict[str, int | str]:
        """Return the fields that say something."""
        return {k: v for k, v in self._asdict().items() if v not in ("", None)}


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
    is_explained: bool = False  # it was to be explained, and is


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


ASK_WHY = "Hãy ghi vì sao."


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


def still_open(problems: Iterable[CellProblem]) -> list[CellProblem]:
    """Return the problems without those that were explained."""
    return [p for p in problems if not p.is_explained]


def stops_sending(problems: Iterable[CellProblem]) -> list[CellProblem]:
    """Return the problems that must be mended, filled or explained before the return can go on."""
    return [p for p in still_open(problems) if p.severity is not Severity.HINT]


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
