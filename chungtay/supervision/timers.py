"""Days of notice, report, answer, escalation and drafts, pure: dated rows with their basis, the nearest place's and newest counts."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from uuid import UUID


class Timer(StrEnum):
    """What is counted in days."""

    NOTICE = "notice"
    REPORT = "report"
    ANSWER = "answer"
    ESCALATE = "escalate"
    DRAFT = "draft"


TIMER_WORDS = {
    Timer.NOTICE: "Gửi kế hoạch trước khi làm việc",
    Timer.REPORT: "Ban hành báo cáo sau khi kết thúc",
    Timer.ANSWER: "Trả lời kiến nghị, phản ánh",
    Timer.ESCALATE: "Không trả lời thì kiến nghị lên cấp trên sau",
    Timer.DRAFT: "Gửi dự thảo để phản biện trước khi trình",
}
KIND_OF_TIMER_WORDS = {"supervision": "giám sát", "criticism": "phản biện", "feedback": "phản ánh của người dân"}


@dataclass(frozen=True)
class Rule:
    """So many days for a timer of a kind during [valid_from, valid_to). area_id: whose rule, None for everywhere;
    programme_id: of one programme alone; nearness: how far down the map that place stands, 0 for everywhere."""

    timer: Timer
    kind: str
    days: int
    valid_from: date
    valid_to: date | None
    legal_basis: str
    is_verified: bool = False
    area_id: UUID | None = None
    programme_id: UUID | None = None
    nearness: int = 0

    @property
    def basis(self) -> str:
        """The basis in words, with the mark of what nobody has checked yet."""
        return self.legal_basis if self.is_verified else f"{self.legal_basis} (chưa kiểm chứng)"


NOTHING = date(1900, 1, 1)


def rule_on(rules: Iterable[Rule], timer: Timer, kind: str, day: date, programme_id: UUID | None = None) -> Rule:
    """Return the row that holds on a day: the programme's own, then the nearest place's, then the newest; of two alike the later.

    Without any row 0 days hold, and the basis says that nothing is decided.
    """
    live = [
        (one, at)
        for at, one in enumerate(rules)
        if (one.timer, one.kind) == (timer, kind)
        and one.programme_id in (None, programme_id)
        and one.valid_from <= day
        and (one.valid_to is None or day < one.valid_to)
    ]
    nothing = Rule(timer, kind, 0, NOTHING, None, "Chưa có quy định")
    return max(
        live,
        key=lambda found: (found[0].programme_id is not None, found[0].nearness, found[0].valid_from, found[1]),
        default=(nothing, 0),
    )[0]


def due_after(day: date, rule: Rule) -> date:
    """Return the last day on which it is in time, counting from the day after."""
    return day + timedelta(days=rule.days)


@cache
def built_in() -> tuple[Rule, ...]:
    """Return the rows that come with the software: working values until an office sets its own."""
    text = files("chungtay.supervision").joinpath("data", "timers.csv").read_text(encoding="utf-8")
    return tuple(
        Rule(
            timer=Timer(row["timer"]),
            kind=row["kind"],
            days=int(row["days"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            legal_basis=row["legal_basis"],
            is_verified=row["is_verified"] == "1",
        )
        for row in csv.DictReader(text.splitlines())
    )
