"""What is exchanged, how it may be read, and the states that an import goes through; pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from chungtay.kernel.errors import DomainError

EVER = date(1900, 1, 1)
"""From when a line of a table holds that names no day."""
LONGEST_ID = 120
KEPT_CONFLICTS = 2_000
"""So many are kept of an import; all are counted."""
DEFAULT_COMBOS = frozenset({"", "default", "HllvX50cXC0"})
"""How DHIS2 writes that there is no breakdown."""


class Format(StrEnum):
    """Forms of files that come in and go out."""

    JSON = "json"
    CSV = "csv"
    XML = "xml"
    ADX = "adx"


FORMAT_LABELS = {
    Format.JSON: "DHIS2 JSON",
    Format.CSV: "DHIS2 CSV",
    Format.XML: "DHIS2 XML",
    Format.ADX: "ADX (XML)",
}


class Scheme(StrEnum):
    """By what a system names things. UID: its own ids, which only its table of codes can tell."""

    CODE = "code"
    NAME = "name"
    UID = "uid"


SCHEME_LABELS = {
    Scheme.CODE: "mã của Chung Tay",
    Scheme.NAME: "tên",
    Scheme.UID: "mã riêng của hệ thống đó (bảng quy đổi)",
}


class Strategy(StrEnum):
    """What a file may do to what stands."""

    CREATE_AND_UPDATE = "CREATE_AND_UPDATE"
    CREATE = "CREATE"
    UPDATE = "UPDATE"
    DELETE = "DELETE"


class MappingKind(StrEnum):
    """What a line of a table of codes speaks of."""

    ELEMENT = "element"
    UNIT = "unit"


MAPPING_LABELS = {MappingKind.ELEMENT: "chỉ tiêu", MappingKind.UNIT: "đơn vị"}


class State(StrEnum):
    """Where an import stands. Nothing: no line of it changed anything."""

    NOTHING = "nothing"
    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    UNDO_ASKED = "undo_asked"
    UNDONE = "undone"


STATE_LABELS = {
    State.NOTHING: "Không có gì để ghi",
    State.WAITING: "Chờ duyệt",
    State.APPROVED: "Đã duyệt",
    State.REJECTED: "Không duyệt",
    State.WITHDRAWN: "Đã rút",
    State.UNDO_ASKED: "Đề nghị hoàn tác",
    State.UNDONE: "Đã hoàn tác",
}


class Verb(StrEnum):
    """What is done to an import."""

    RECEIVE = "receive"
    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    ASK_UNDO = "ask_undo"
    UNDO = "undo"
    KEEP = "keep"


VERB_LABELS = {
    Verb.RECEIVE: "Nạp tệp",
    Verb.APPROVE: "Duyệt",
    Verb.REJECT: "Không duyệt",
    Verb.WITHDRAW: "Rút lại",
    Verb.ASK_UNDO: "Đề nghị hoàn tác",
    Verb.UNDO: "Hoàn tác",
    Verb.KEEP: "Giữ nguyên",
}
TRANSITIONS: Mapping[tuple[State, Verb], State] = {
    (State.WAITING, Verb.APPROVE): State.APPROVED,
    (State.WAITING, Verb.REJECT): State.REJECTED,
    (State.WAITING, Verb.WITHDRAW): State.WITHDRAWN,
    (State.APPROVED, Verb.ASK_UNDO): State.UNDO_ASKED,
    (State.UNDO_ASKED, Verb.UNDO): State.UNDONE,
    (State.UNDO_ASKED, Verb.KEEP): State.APPROVED,
}
RIGHT_OF = {
    Verb.APPROVE: "approve",
    Verb.REJECT: "send_back",
    Verb.WITHDRAW: "withdraw",
    Verb.ASK_UNDO: "revoke",
    Verb.UNDO: "annul",
    Verb.KEEP: "annul",
}
"""The action of the table of rights that a step asks for; who approves or undoes is somebody else than who imported or asked."""
NEEDS_WORDS = frozenset({Verb.REJECT, Verb.ASK_UNDO, Verb.KEEP})


class NotThisStep(DomainError):
    """The import is in another state than the step begins in."""


def after(state: State, verb: Verb) -> State:
    """Return the state that a step leads to. Raises NotThisStep."""
    if (state, verb) not in TRANSITIONS:
        raise NotThisStep(
            f"Lần nạp đang ở trạng thái “{STATE_LABELS[state]}” nên không thể {VERB_LABELS[verb].lower()}. Hãy tải lại trang."
        )
    return TRANSITIONS[state, verb]
