"""The life of an activity: written, put forward, confirmed by somebody else, or returned with a reason; withdrawn for good."""

from enum import StrEnum

from chungtay.kernel.errors import DomainError


class ActivityState(StrEnum):
    """Only what is confirmed counts."""

    DRAFT = "draft"
    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


EVIDENCE = "activity"
"""What tasks call an activity that speaks for them."""

STATE_LABELS = {
    ActivityState.DRAFT: "Nháp",
    ActivityState.RECORDED: "Chờ xác nhận",
    ActivityState.CONFIRMED: "Đã xác nhận",
    ActivityState.RETURNED: "Trả lại",
    ActivityState.WITHDRAWN: "Đã rút",
}

# (what is done, state before) → state after
_STEPS = {
    ("write", ActivityState.DRAFT): ActivityState.DRAFT,
    ("write", ActivityState.RETURNED): ActivityState.RETURNED,
    ("record", ActivityState.DRAFT): ActivityState.RECORDED,
    ("record", ActivityState.RETURNED): ActivityState.RECORDED,
    ("confirm", ActivityState.RECORDED): ActivityState.CONFIRMED,
    ("return", ActivityState.RECORDED): ActivityState.RETURNED,
    ("withdraw", ActivityState.DRAFT): ActivityState.WITHDRAWN,
    ("withdraw", ActivityState.RETURNED): ActivityState.WITHDRAWN,
    ("withdraw", ActivityState.RECORDED): ActivityState.WITHDRAWN,
    ("withdraw", ActivityState.CONFIRMED): ActivityState.WITHDRAWN,
}


class NotThatWay(DomainError):
    """The activity is in another state than what is asked for needs."""


def after(step: str, state: ActivityState) -> ActivityState:
    """Return the state after a step ("write", "record", "confirm", "return", "withdraw"). Raises NotThatWay."""
    found = _STEPS.get((step, state))
    if found is None:
        raise NotThatWay(
            f"Hoạt động đang ở trạng thái “{STATE_LABELS[state]}” nên không làm được việc này. "
            "Hãy tải lại trang để xem trạng thái mới nhất."
        )
    return found
