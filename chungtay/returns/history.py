"""What happened to a return, in the words of a timeline."""

from collections.abc import Iterable
from dataclasses import dataclass

from chungtay.kernel.text import datetime_text
from chungtay.returns.models import Event

STATES = {
    "submit": "for_signing",
    "sign": "submitted",
    "hand_back": "draft",
    "withdraw": "draft",
    "send_back": "returned",
    "approve": "approved",
    "reopen": "draft",
    "extend": "late",
}
WITHIN_THE_UNIT = frozenset({"submit", "hand_back"})


@dataclass(frozen=True)
class Line:
    """One line of ui/timeline.html."""

    when: str
    what: str
    state: str
    note: str
    url: str = ""
    current: bool = False


def lines(events: Iterable[Event], *, inside: bool) -> list[Line]:
    """Return what the reader may know, in the order given; the levels above do not see what went on within the unit."""
    events = list(events)
    signed = {event.version_id for event in events if event.verb == "sign"}
    return [line(event) for event in events if inside or _is_public(event, signed)]


def _is_public(event: Event, signed: Iterable[object]) -> bool:
    if event.verb in WITHIN_THE_UNIT:
        return False
    return event.verb != "withdraw" or event.version_id in set(signed)


def line(event: Event, *, whose: str = "", url: str = "") -> Line:
    """Return one event as a line; `whose` says of which return ("Phường 4, B01 6/2023")."""
    return Line(datetime_text(event.at), _sentence(event, whose), STATES[event.verb], event.note, url)


def _sentence(event: Event, of: str) -> str:
    who, whose = event.by.full_name, f" của {of}" if of else ""
    number = f"bản {event.version.number}" if event.version else "báo cáo"
    cells = len(event.remarks.all())
    what = f"{cells} ô" if cells else number
    return {
        "submit": f"{who} trình ký {number}{whose}",
        "sign": f"{who} ký và gửi {number}{whose}",
        "hand_back": f"{who} chuyển lại {number}{whose} cho người nhập",
        "withdraw": f"{who} thu hồi {number}{whose}",
        "send_back": f"{who} trả lại {what}{whose}",
        "approve": f"{who} duyệt {number}{whose}",
        "reopen": f"{who} mở lại báo cáo{whose} để sửa",
        "extend": f"{who} gia hạn báo cáo{whose}",
    }[event.verb]
