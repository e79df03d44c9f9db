"""The life of a task and of a duty, lateness and to whom it belongs, occurrences of a rule, progress, and when to remind."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from chungtay.kernel.errors import DomainError
from chungtay.notices.chains import Step, Who, steps_due


class Kind(StrEnum):
    """How often a task is due."""

    ONCE = "once"
    RECURRING = "recurring"
    MILESTONE = "milestone"


KIND_WORDS = {Kind.ONCE: "một lần", Kind.RECURRING: "định kỳ", Kind.MILESTONE: "mốc"}


class State(StrEnum):
    """Where a task stands; a duty knows only ACTIVE, REPORTED and DONE."""

    DRAFT = "draft"
    ACTIVE = "active"
    REPORTED = "reported"
    DONE = "done"
    CANCELLED = "cancelled"


STATE_WORDS = {
    State.DRAFT: "Chờ duyệt",
    State.ACTIVE: "Đang làm",
    State.REPORTED: "Báo đã xong",
    State.DONE: "Hoàn thành",
    State.CANCELLED: "Đã hủy",
}


class Verb(StrEnum):
    """What people do to a task."""

    EDIT = "edit"
    APPROVE = "approve"
    REPORT = "report"
    CONFIRM = "confirm"
    DECLINE = "decline"
    CANCEL = "cancel"
    REOPEN = "reopen"
    EXTEND = "extend"
    PROVE = "prove"


VERB_WORDS = {
    Verb.EDIT: "sửa",
    Verb.APPROVE: "duyệt",
    Verb.REPORT: "báo đã xong",
    Verb.CONFIRM: "xác nhận hoàn thành",
    Verb.DECLINE: "chưa chấp nhận kết quả",
    Verb.CANCEL: "hủy",
    Verb.REOPEN: "mở lại",
    Verb.EXTEND: "gia hạn",
    Verb.PROVE: "thêm minh chứng",
}
NEEDS_REASON = frozenset({Verb.DECLINE, Verb.CANCEL, Verb.REOPEN, Verb.EXTEND})
STEPS: dict[Verb, dict[State, State]] = {
    Verb.EDIT: {State.DRAFT: State.DRAFT},
    Verb.APPROVE: {State.DRAFT: State.ACTIVE},
    Verb.REPORT: {State.ACTIVE: State.REPORTED},
    Verb.CONFIRM: {State.REPORTED: State.DONE},
    Verb.DECLINE: {State.REPORTED: State.ACTIVE},
    Verb.CANCEL: {State.DRAFT: State.CANCELLED, State.ACTIVE: State.CANCELLED},
    Verb.REOPEN: {State.DONE: State.ACTIVE},
    Verb.EXTEND: {State.ACTIVE: State.ACTIVE},
    Verb.PROVE: {State.ACTIVE: State.ACTIVE, State.REPORTED: State.REPORTED},
}
OPEN = (State.DRAFT, State.ACTIVE, State.REPORTED)


class NotNow(DomainError):
    """The task's state does not allow that."""


class ReasonMissing(DomainError):
    """What undoes or moves something says why."""


class BadRule(DomainError):
    """A recurrence that has no end, no occurrence, or too many."""


def step(state: State, verb: Verb, *, what: str = "nhiệm vụ") -> State:
    """Return the state after a verb. Raises NotNow with the sentence that says what the state is and what it allows."""
    after = STEPS[verb].get(state)
    if after is None:
        allowed = [VERB_WORDS[one] for one in Verb if state in STEPS[one]]
        can = f" Lúc này có thể: {', '.join(allowed)}." if allowed else ""
        raise NotNow(f"Không thể {VERB_WORDS[verb]} vì {what} đang ở trạng thái “{STATE_WORDS[state]}”.{can}")
    return after


def check_reason(verb: Verb, reason: str) -> str:
    """Return the reason without edges. Raises ReasonMissing for a verb that needs one."""
    said = reason.strip()
    if verb in NEEDS_REASON and not said:
        raise ReasonMissing(f"Muốn {VERB_WORDS[verb]} thì phải ghi lý do. Hãy ghi một câu rồi gửi lại.")
    return said


# ---------------------------------------------------------------- lateness


@dataclass(frozen=True)
class Promise:
    """What one body owes by when: `due` as agreed, `deadline` as extended, `finished` the day it says it was done."""

    body: str
    due: date
    deadline: date
    finished: date | None = None
    extended_by: str = ""

    def days_late(self, today: date) -> int:
        """Days after the deadline in force; 0 in time. An unfinished one is counted to today."""
        return max(0, ((self.finished or today) - self.deadline).days)

    def days_past_agreed(self, today: date) -> int:
        """Days after what was first agreed, whatever was granted since."""
        return max(0, ((self.finished or today) - self.due).days)


@dataclass(frozen=True)
class Late:
    """Whose lateness it is, in days, and what an extension hides of it."""

    body: str
    days: int
    agreed_days: int
    is_over: bool
    extended_by: str

    @property
    def sentence(self) -> str:
        """The attribution in one Vietnamese sentence."""
        verb = "xong trễ" if self.is_over else "đang trễ"
        said = f"{self.body} {verb} {self.days} ngày" if self.days else f"{self.body} đúng hạn sau gia hạn"
        if not self.extended_by:
            return f"{said}."
        return f"{said}; so với hạn đầu là {self.agreed_days} ngày, đã được {self.extended_by} gia hạn."


def attributed(promises: Iterable[Promise], today: date) -> list[Late]:
    """Return who was late, the latest first; who kept an extended deadline is named too, with 0 days."""
    found = [
        Late(one.body, one.days_late(today), one.days_past_agreed(today), one.finished is not None, one.extended_by)
        for one in promises
        if one.days_late(today) or (one.extended_by and one.finished and one.days_past_agreed(today))
    ]
    return sorted(found, key=lambda late: (-late.days, -late.agreed_days, late.body))


# ---------------------------------------------------------------- recurrence

EVERY_WORDS = {1: "mỗi tháng", 3: "mỗi quý", 6: "mỗi nửa năm", 12: "mỗi năm"}
MOST_OCCURRENCES = 120


def occurrences(first: date, every: int, until: date) -> list[date]:
    """Return the due days from `first`, every so many months, to `until` at most; a 31st falls on a shorter month's last day.

    Raises BadRule.
    """
    if every not in EVERY_WORDS:
        raise BadRule("Chu kỳ chỉ có thể là tháng, quý, nửa năm hoặc năm. Hãy chọn lại.")
    if until < first:
        raise BadRule("Ngày kết thúc định kỳ đứng trước hạn đầu tiên. Hãy sửa một trong hai ngày.")
    found: list[date] = []
    for day in _every(first, every):
        if day > until:
            return found
        if len(found) == MOST_OCCURRENCES:
            raise BadRule(f"Định kỳ này có hơn {MOST_OCCURRENCES} lần. Hãy chọn ngày kết thúc gần hơn.")
        found.append(day)
    return found


def _every(first: date, months: int) -> Iterator[date]:
    count = first.year * 12 + first.month - 1
    while count // 12 <= date.max.year:
        year, month = count // 12, count % 12 + 1
        yield date(year, month, min(first.day, monthrange(year, month)[1]))
        count += months


# ---------------------------------------------------------------- progress


class Ground(StrEnum):
    """What a progress rests on."""

    CONFIRMED = "confirmed"
    FIGURES = "figures"
    JUDGED = "judged"
    DUTIES = "duties"
    NOTHING = "nothing"


GROUND_WORDS = {
    Ground.CONFIRMED: "đã xác nhận hoàn thành",
    Ground.FIGURES: "theo số liệu",
    Ground.JUDGED: "ước lượng của người phụ trách",
    Ground.DUTIES: "theo số phần việc đã xong",
    Ground.NOTHING: "chưa có minh chứng",
}


@dataclass(frozen=True)
class Progress:
    """`percent` 0–100, None when nothing says anything; `ground` says what it rests on."""

    percent: int | None
    ground: Ground

    @property
    def words(self) -> str:
        """ "45%, theo số liệu"."""
        said = GROUND_WORDS[self.ground]
        return said.capitalize() if self.percent is None else f"{self.percent}%, {said}"


def progress(state: State, reached: Sequence[Fraction | None], duties: Sequence[State], judged: int | None) -> Progress:
    """Return how far a task has come.

    reached: of each linked indicator with a target its figure / target, None without a figure; 1 counts most, so that a surplus
    hides no lack. A judgement counts only where no figure does.
    """
    if state is State.DONE:
        return Progress(100, Ground.CONFIRMED)
    known = [min(max(one, Fraction(0)), Fraction(1)) for one in reached if one is not None]
    if known:
        return Progress(int(sum(known, Fraction(0)) * 100 / len(reached)), Ground.FIGURES)
    if judged is not None:
        return Progress(judged, Ground.JUDGED)
    if duties:
        return Progress(100 * sum(1 for one in duties if one is State.DONE) // len(duties), Ground.DUTIES)
    return Progress(None, Ground.NOTHING)


# ---------------------------------------------------------------- reminders

USUAL_DAYS = (7, 3, 1)


class Notice(StrEnum):
    """What a reminder says."""

    BEFORE = "before"
    LATE = "late"
    LEADER = "leader"
    ESCALATED = "escalated"


NOTICE_OF = {Who.DOER: Notice.LATE, Who.LEADER: Notice.LEADER, Who.ABOVE: Notice.ESCALATED}


@dataclass(frozen=True)
class Due:
    """A reminder that is due today; `days` before the deadline, or after it."""

    notice: Notice
    days: int


def due_notices(deadline: date, today: date, before: Sequence[int], late: Iterable[Step]) -> list[Due]:
    """Return what should have been said by today, each once: of the days before only the nearest one that has come.

    late: the steps of the chain after the deadline. A run that was missed is made up for by the next: whoever records them once
    says nothing twice.
    """
    left = (deadline - today).days
    if left >= 0:
        come = [days for days in before if left <= days]
        return [Due(Notice.BEFORE, min(come))] if come else []
    return [Due(NOTICE_OF[step.who], step.days) for step in steps_due(late, -left) if step.who in NOTICE_OF]


def read_days(text: str) -> tuple[int, ...]:
    """Read "7, 3, 1". Raises BadRule."""
    try:
        found = sorted({int(word) for word in text.replace(";", ",").split(",") if word.strip()}, reverse=True)
    except ValueError:
        found = [-1]
    if not found or found[-1] < 0 or found[0] > 90:
        raise BadRule("Ghi các mốc nhắc bằng số ngày từ 0 đến 90, cách nhau bởi dấu phẩy, ví dụ: 7, 3, 1.")
    return tuple(found)


def month_days(year: int, month: int) -> list[list[date]]:
    """Return the weeks (Monday first) that show a month."""
    first = date(year, month, 1)
    start = first - timedelta(days=first.weekday())
    weeks = -(-(first.weekday() + monthrange(year, month)[1]) // 7)
    return [[start + timedelta(days=7 * week + day) for day in range(7)] for week in range(weeks)]
