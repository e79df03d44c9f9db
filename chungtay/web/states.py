"""The words and shapes of states: one attribute (`data-state`) on screen, one word here, one shape in icons.svg."""

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """`label` is the word always shown; `icon` the symbol's name in icons.svg."""

    label: str
    icon: str


STATES: dict[str, State] = {
    "not_started": State("Chưa bắt đầu", "missing"),
    "draft": State("Nháp", "draft"),
    "for_signing": State("Chờ ký", "sign"),
    "submitted": State("Đã gửi", "submitted"),
    "returned": State("Trả lại", "returned"),
    "approved": State("Đã duyệt", "approved"),
    "late": State("Trễ hạn", "late"),
    "missing": State("Chưa có", "missing"),
    "discrepancy": State("Lệch số", "discrepancy"),
    "explain": State("Cần giải thích", "explain"),
    "risk": State("Có nguy cơ", "explain"),
    "wrong": State("Sai", "explain"),
    "matched": State("Đã đối chiếu", "approved"),
    "official": State("Chính thức", "approved"),
    "provisional": State("Sơ bộ", "provisional"),
    "estimated": State("Ước", "estimated"),
    "locked": State("Đã khóa", "lock"),
    "info": State("Thông tin", "info"),
    "none": State("Không áp dụng", "none"),
}
UNKNOWN = State("", "info")

# Django's message levels, in the states of the alert that shows them.
MESSAGE_STATES = {"success": "approved", "info": "info", "warning": "explain", "error": "wrong", "debug": "info"}


def state_of(name: str) -> State:
    """Return the word and shape of a state; a state without an entry keeps the round “i” and needs its own label."""
    return STATES.get(name, UNKNOWN)
