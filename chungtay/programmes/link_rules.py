"""What a plan shows, told by its own rows alone; and how two wordings differ."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Way(StrEnum):
    """How a plan answers a change above."""

    TAKE = "take"
    ADAPT = "adapt"
    DECLINE = "decline"


ANSWER_WORDS = {
    Way.TAKE: "Tiếp nhận nguyên văn",
    Way.ADAPT: "Điều chỉnh cho địa phương",
    Way.DECLINE: "Không thực hiện",
}


class Stand(StrEnum):
    """How a proposal stands."""

    OPEN = "open"  # nobody has drafted an answer, or the last draft came back
    DRAFTED = "drafted"  # waits for somebody else's decision
    ANSWERED = "answered"
    PASSED = "passed"  # a later change of the same thing came before it was answered


STAND_WORDS = {
    Stand.OPEN: "Chờ trả lời",
    Stand.DRAFTED: "Chờ lãnh đạo quyết định",
    Stand.ANSWERED: "Đã trả lời",
    Stand.PASSED: "Đã có thay đổi mới hơn",
}


@dataclass(frozen=True)
class Row:
    """One proposal of a plan in order: what the plan held when it came, and the answer that holds (None: none yet)."""

    held: str
    way: Way | None = None
    value: str = ""


def shown(rows: Iterable[Row]) -> str | None:
    """Return what a plan shows of one thing, None when no change of it ever came.

    The last answer that holds counts: what was taken or adapted, or, where it was declined, what the plan held. Before any
    answer it is what the plan held when the first change came.
    """
    found: str | None = None
    for row in rows:
        if found is None:
            found = row.held
        if row.way is not None and row.way is not Way.DECLINE:
            found = row.value
    return found


def stand_of(*, has_later: bool, is_drafted: bool, is_answered: bool) -> Stand:
    """Return how a proposal stands."""
    if is_answered:
        return Stand.ANSWERED
    if has_later:
        return Stand.PASSED
    return Stand.DRAFTED if is_drafted else Stand.OPEN


_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A run of words: kept ("same"), taken out ("out") or put in ("in")."""

    mark: str
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """Return how `after` differs from `before`, word by word; without the pieces "in" it reads `before`, without "out" `after`."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if a < b:
            pieces.append(Piece("out", "".join(old[a:b])))
        if c < d:
            pieces.append(Piece("in", "".join(new[c:d])))
    return pieces
