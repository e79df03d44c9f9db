"""Forms of supervision and criticism, the lives of plan, supervision, criticism, recommendation and feedback, and lateness of answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chungtay.kernel.errors import DomainError


class Kind(StrEnum):
    """What an item of a plan is."""

    SUPERVISION = "supervision"
    CRITICISM = "criticism"


class Form(StrEnum):
    """The four forms of supervision and the three of social criticism (docs/domain/supervision.md names the sources)."""

    DOCUMENTS = "documents"
    TEAM = "team"
    BOARDS = "boards"
    JOINT = "joint"
    CONFERENCE = "conference"
    WRITTEN = "written"
    DIALOGUE = "dialogue"


KIND_WORDS = {Kind.SUPERVISION: "Giám sát", Kind.CRITICISM: "Phản biện xã hội"}
FORM_WORDS = {
    Form.DOCUMENTS: "Nghiên cứu, xem xét văn bản",
    Form.TEAM: "Tổ chức đoàn giám sát",
    Form.BOARDS: "Qua Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng",
    Form.JOINT: "Tham gia giám sát với cơ quan có thẩm quyền",
    Form.CONFERENCE: "Tổ chức hội nghị phản biện",
    Form.WRITTEN: "Gửi dự thảo lấy ý kiến",
    Form.DIALOGUE: "Đối thoại trực tiếp",
}
FORMS_OF = {
    Kind.SUPERVISION: (Form.DOCUMENTS, Form.TEAM, Form.BOARDS, Form.JOINT),
    Kind.CRITICISM: (Form.CONFERENCE, Form.WRITTEN, Form.DIALOGUE),
}


class State(StrEnum):
    """Where a plan, supervision, criticism, recommendation or feedback stands; `STEPS` says which knows which."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    ANNOUNCED = "announced"
    RUNNING = "running"
    REPORTED = "reported"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    SENT = "sent"
    ANSWERED = "answered"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    RECEIVED = "received"
    ROUTED = "routed"
    REFUSED = "refused"
    MERGED = "merged"


STATE_WORDS = {
    State.DRAFT: "Đang soạn",
    State.PROPOSED: "Chờ bên kia thống nhất",
    State.AGREED: "Đã thống nhất",
    State.ANNOUNCED: "Đã thông báo",
    State.RUNNING: "Đang tiến hành",
    State.REPORTED: "Chờ ban hành",
    State.PUBLISHED: "Đã ban hành",
    State.CANCELLED: "Đã hủy",
    State.SENT: "Chờ trả lời",
    State.ANSWERED: "Đã trả lời",
    State.RETURNED: "Yêu cầu trả lời lại",
    State.ACCEPTED: "Chấp nhận trả lời",
    State.CLOSED: "Đã kết thúc",
    State.RECEIVED: "Mới tiếp nhận",
    State.ROUTED: "Đã chuyển cơ quan",
    State.REFUSED: "Không tiếp nhận",
    State.MERGED: "Đã gộp",
}


class Verb(StrEnum):
    """What people do to one of these things."""

    EDIT = "edit"
    PROPOSE = "propose"
    AGREE = "agree"
    DECLINE = "decline"
    ANNOUNCE = "announce"
    START = "start"
    REPORT = "report"
    PUBLISH = "publish"
    CANCEL = "cancel"
    SEND = "send"
    DRAFT_ANSWER = "draft_answer"
    SIGN_ANSWER = "sign_answer"
    SEND_BACK = "send_back"
    ACCEPT = "accept"
    ESCALATE = "escalate"
    CLOSE = "close"
    DECIDE = "decide"
    ROUTE = "route"
    REFUSE = "refuse"
    MERGE = "merge"
    FOLLOW_UP = "follow_up"


VERB_WORDS = {
    Verb.EDIT: "sửa",
    Verb.PROPOSE: "gửi bên kia thống nhất",
    Verb.AGREE: "thống nhất",
    Verb.DECLINE: "trả lại",
    Verb.ANNOUNCE: "thông báo",
    Verb.START: "bắt đầu",
    Verb.REPORT: "trình kết quả",
    Verb.PUBLISH: "ban hành",
    Verb.CANCEL: "hủy",
    Verb.SEND: "gửi kiến nghị",
    Verb.DRAFT_ANSWER: "soạn trả lời",
    Verb.SIGN_ANSWER: "ký trả lời",
    Verb.SEND_BACK: "yêu cầu trả lời lại",
    Verb.ACCEPT: "chấp nhận trả lời",
    Verb.ESCALATE: "kiến nghị lên cấp trên",
    Verb.CLOSE: "kết thúc",
    Verb.DECIDE: "kết thúc bằng quyết định",
    Verb.ROUTE: "chuyển cơ quan",
    Verb.REFUSE: "không tiếp nhận",
    Verb.MERGE: "gộp",
    Verb.FOLLOW_UP: "hỏi lại",
}
NEEDS_REASON = frozenset(
    {Verb.DECLINE, Verb.CANCEL, Verb.SEND_BACK, Verb.ESCALATE, Verb.CLOSE, Verb.DECIDE, Verb.REFUSE, Verb.FOLLOW_UP}
)


class Thing(StrEnum):
    """What has a life of its own here."""

    PLAN = "plan"
    SUPERVISION = "supervision"
    CRITICISM = "criticism"
    RECOMMENDATION = "recommendation"
    FEEDBACK = "feedback"


THING_WORDS = {
    Thing.PLAN: "kế hoạch",
    Thing.SUPERVISION: "cuộc giám sát",
    Thing.CRITICISM: "cuộc phản biện",
    Thing.RECOMMENDATION: "kiến nghị",
    Thing.FEEDBACK: "phản ánh",
}
OWED = (State.SENT, State.RETURNED)
"""A recommendation in these states owes an answer."""
_S = State
STEPS: Mapping[Thing, Mapping[Verb, Mapping[State, State]]] = {
    Thing.PLAN: {
        Verb.EDIT: {_S.DRAFT: _S.DRAFT},
        Verb.PROPOSE: {_S.DRAFT: _S.PROPOSED},
        Verb.AGREE: {_S.PROPOSED: _S.AGREED},
        Verb.DECLINE: {_S.PROPOSED: _S.DRAFT},
    },
    Thing.SUPERVISION: {
        Verb.EDIT: {_S.DRAFT: _S.DRAFT, _S.ANNOUNCED: _S.ANNOUNCED, _S.RUNNING: _S.RUNNING},
        Verb.ANNOUNCE: {_S.DRAFT: _S.ANNOUNCED},
        Verb.START: {_S.ANNOUNCED: _S.RUNNING},
        Verb.REPORT: {_S.RUNNING: _S.REPORTED},
        Verb.SEND_BACK: {_S.REPORTED: _S.RUNNING},
        Verb.PUBLISH: {_S.REPORTED: _S.PUBLISHED},
        Verb.CANCEL: {_S.DRAFT: _S.CANCELLED, _S.ANNOUNCED: _S.CANCELLED, _S.RUNNING: _S.CANCELLED},
    },
    Thing.CRITICISM: {
        Verb.EDIT: {_S.RECEIVED: _S.RECEIVED, _S.RUNNING: _S.RUNNING},
        Verb.START: {_S.RECEIVED: _S.RUNNING},
        Verb.REPORT: {_S.RUNNING: _S.REPORTED},
        Verb.SEND_BACK: {_S.REPORTED: _S.RUNNING},
        Verb.PUBLISH: {_S.REPORTED: _S.PUBLISHED},
        Verb.CANCEL: {_S.RECEIVED: _S.CANCELLED, _S.RUNNING: _S.CANCELLED},
    },
    Thing.RECOMMENDATION: {
        Verb.EDIT: {_S.DRAFT: _S.DRAFT},
        Verb.SEND: {_S.DRAFT: _S.SENT},
        Verb.CANCEL: {_S.DRAFT: _S.CANCELLED},
        Verb.DRAFT_ANSWER: {_S.SENT: _S.SENT, _S.RETURNED: _S.RETURNED},
        Verb.SIGN_ANSWER: {_S.SENT: _S.ANSWERED, _S.RETURNED: _S.ANSWERED},
        Verb.SEND_BACK: {_S.ANSWERED: _S.RETURNED},
        Verb.ACCEPT: {_S.ANSWERED: _S.ACCEPTED},
        Verb.ESCALATE: {_S.SENT: _S.SENT, _S.RETURNED: _S.RETURNED},
        Verb.CLOSE: {_S.ACCEPTED: _S.CLOSED},
        Verb.DECIDE: {_S.SENT: _S.CLOSED, _S.RETURNED: _S.CLOSED, _S.ANSWERED: _S.CLOSED},
    },
    Thing.FEEDBACK: {
        Verb.ROUTE: {_S.RECEIVED: _S.ROUTED, _S.ROUTED: _S.ROUTED},
        Verb.REFUSE: {_S.RECEIVED: _S.REFUSED},
        Verb.MERGE: {_S.RECEIVED: _S.MERGED, _S.ROUTED: _S.MERGED},
        Verb.DRAFT_ANSWER: {_S.ROUTED: _S.ROUTED},
        Verb.SIGN_ANSWER: {_S.ROUTED: _S.ANSWERED},
        Verb.FOLLOW_UP: {_S.ANSWERED: _S.ROUTED},
        Verb.CLOSE: {_S.ANSWERED: _S.CLOSED},
    },
}
FINAL = frozenset({State.AGREED, State.PUBLISHED, State.CANCELLED, State.CLOSED, State.REFUSED, State.MERGED})


class NotNow(DomainError):
    """The state does not allow that."""


class ReasonMissing(DomainError):
    """What refuses, undoes or ends something says why."""


def step(thing: Thing, state: State, verb: Verb) -> State:
    """Return the state after a verb. Raises NotNow with the sentence that says what the state is and what it allows."""
    table = STEPS[thing]
    after = table.get(verb, {}).get(state)
    if after is None:
        allowed = [VERB_WORDS[one] for one in table if state in table[one]]
        can = f" Lúc này có thể: {', '.join(allowed)}." if allowed else ""
        what = THING_WORDS[thing]
        raise NotNow(f"Không thể {VERB_WORDS[verb]} vì {what} đang ở trạng thái “{STATE_WORDS[state]}”.{can}")
    return after


def check_reason(verb: Verb, reason: str) -> str:
    """Return the reason without edges. Raises ReasonMissing for a verb that needs one."""
    said = reason.strip()
    if verb in NEEDS_REASON and not said:
        raise ReasonMissing(f"Muốn {VERB_WORDS[verb]} thì phải ghi lý do. Hãy ghi một câu rồi gửi lại.")
    return said


class Outcome(StrEnum):
    """How far a body follows a recommendation."""

    WHOLE = "whole"
    PART = "part"
    NOT = "not"


OUTCOME_WORDS = {Outcome.WHOLE: "Tiếp thu toàn bộ", Outcome.PART: "Tiếp thu một phần", Outcome.NOT: "Không tiếp thu"}
SAYS_WHY = frozenset({Outcome.PART, Outcome.NOT})


def check_answer(outcome: Outcome, text: str, reason: str) -> tuple[str, str]:
    """Return the text and reason without edges. Raises ReasonMissing: what is not followed wholly says why."""
    said, why = text.strip(), reason.strip()
    if not said:
        raise ReasonMissing("Chưa có nội dung trả lời. Hãy ghi cơ quan đã làm gì, sẽ làm gì.")
    if outcome in SAYS_WHY and not why:
        raise ReasonMissing(f"“{OUTCOME_WORDS[outcome]}” thì phải ghi lý do. Hãy ghi phần nào chưa tiếp thu, vì sao.")
    return said, why


# ---------------------------------------------------------------- lateness


@dataclass(frozen=True)
class Owed:
    """An answer that is due by a day: `answered` is the day of the first signed answer, `over` the day without one that it ended."""

    due: date
    answered: date | None = None
    over: date | None = None

    def days_late(self, today: date) -> int:
        """Days after the deadline; counted to today while nothing is answered, 0 in time."""
        return max(0, ((self.answered or self.over or today) - self.due).days)

    @property
    def is_on_time(self) -> bool | None:
        """Whether it was answered by its day; None while it is neither answered nor ended."""
        if self.answered is None:
            return None if self.over is None else False
        return self.answered <= self.due


class BoardKind(StrEnum):
    """The two boards through which people supervise at a commune."""

    INSPECTION = "inspection"
    INVESTMENT = "investment"


BOARD_WORDS = {
    BoardKind.INSPECTION: "Ban Thanh tra nhân dân",
    BoardKind.INVESTMENT: "Ban Giám sát đầu tư của cộng đồng",
}


class Satisfaction(StrEnum):
    """What the citizen says of the answer."""

    CONTENT = "content"
    NEITHER = "neither"
    UNHAPPY = "unhappy"


SATISFACTION_WORDS = {
    Satisfaction.CONTENT: "Hài lòng",
    Satisfaction.NEITHER: "Bình thường",
    Satisfaction.UNHAPPY: "Chưa hài lòng",
}


class Measure(StrEnum):
    """What the figures count, each by the day on which it happened."""

    VISITS = "visits"
    RECOMMENDATIONS = "recommendations"
    ANSWERED = "answered"
    ON_TIME = "answered_on_time"


MEASURE_WORDS = {
    Measure.VISITS: "lượt giám sát",
    Measure.RECOMMENDATIONS: "kiến nghị đã gửi",
    Measure.ANSWERED: "kiến nghị được trả lời",
    Measure.ON_TIME: "kiến nghị được trả lời đúng hạn",
}
