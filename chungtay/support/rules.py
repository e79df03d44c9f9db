"""The way of a case, pure: its states, what may be done in each, and when its money, its days and its people stand in the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chungtay.kernel.errors import DomainError
from chungtay.kernel.money import MAX_VND
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text


class State(StrEnum):
    """Where a case stands."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    VERIFIED = "verified"
    POSTED = "posted"
    APPROVED = "approved"
    FUNDED = "funded"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


class Act(StrEnum):
    """What moves a case, or changes it where it stands."""

    PROPOSE = "propose"
    VERIFY = "verify"
    POST = "post"
    APPROVE = "approve"
    FUND = "fund"
    DELIVER = "deliver"
    ACCEPT = "accept"
    SEND_BACK = "send_back"
    CANCEL = "cancel"


STATE_LABELS: Mapping[State, str] = {
    State.PROPOSED: "Đã đề nghị",
    State.RETURNED: "Trả lại",
    State.VERIFIED: "Đã xác minh",
    State.POSTED: "Đang niêm yết",
    State.APPROVED: "Đã duyệt",
    State.FUNDED: "Đủ kinh phí",
    State.DELIVERED: "Đã trao",
    State.ACCEPTED: "Đã nghiệm thu",
    State.CANCELLED: "Đã hủy",
}
ACT_LABELS: Mapping[Act, str] = {
    Act.PROPOSE: "đề nghị",
    Act.VERIFY: "xác minh",
    Act.POST: "niêm yết",
    Act.APPROVE: "duyệt",
    Act.FUND: "xác nhận đủ kinh phí",
    Act.DELIVER: "ghi nhận đã trao",
    Act.ACCEPT: "nghiệm thu",
    Act.SEND_BACK: "trả lại",
    Act.CANCEL: "hủy",
}
WAY: tuple[State, ...] = (
    State.PROPOSED,
    State.VERIFIED,
    State.POSTED,
    State.APPROVED,
    State.FUNDED,
    State.DELIVERED,
    State.ACCEPTED,
)
"""The states of a case that nothing stops, in order."""

_S, _A = State, Act
TURNS: Mapping[tuple[State, Act], State] = {
    (_S.PROPOSED, _A.PROPOSE): _S.PROPOSED,
    (_S.RETURNED, _A.PROPOSE): _S.PROPOSED,
    (_S.PROPOSED, _A.VERIFY): _S.VERIFIED,
    (_S.VERIFIED, _A.POST): _S.POSTED,
    (_S.VERIFIED, _A.APPROVE): _S.APPROVED,  # only where no days of posting are asked for
    (_S.POSTED, _A.APPROVE): _S.APPROVED,
    (_S.APPROVED, _A.FUND): _S.FUNDED,
    (_S.FUNDED, _A.DELIVER): _S.DELIVERED,
    (_S.DELIVERED, _A.ACCEPT): _S.ACCEPTED,
    (_S.PROPOSED, _A.SEND_BACK): _S.RETURNED,
    (_S.VERIFIED, _A.SEND_BACK): _S.RETURNED,
    (_S.POSTED, _A.SEND_BACK): _S.RETURNED,
    (_S.APPROVED, _A.SEND_BACK): _S.RETURNED,
    (_S.FUNDED, _A.SEND_BACK): _S.APPROVED,
    (_S.DELIVERED, _A.SEND_BACK): _S.FUNDED,
    (_S.ACCEPTED, _A.SEND_BACK): _S.DELIVERED,
    **{
        (state, _A.CANCEL): _S.CANCELLED
        for state in (_S.PROPOSED, _S.RETURNED, _S.VERIFIED, _S.POSTED, _S.APPROVED, _S.FUNDED)
    },
}
OPEN_FOR_MONEY = frozenset({State.APPROVED})
"""Where vouchers may be named: never before somebody else has approved."""
NEEDS_REASON = frozenset({Act.SEND_BACK, Act.CANCEL})
OVER = frozenset({State.ACCEPTED, State.CANCELLED})


class WrongTurn(DomainError):
    """The case cannot go there from where it stands."""


class NotReady(DomainError):
    """Something is still missing; every reason is in `reasons`."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(reasons))


def after(state: State, act: Act) -> State:
    """Return the state that an act leads to. Raises WrongTurn."""
    try:
        return TURNS[state, act]
    except KeyError:
        raise WrongTurn(
            f"Hồ sơ đang ở bước “{STATE_LABELS[state]}” nên chưa thể {ACT_LABELS[act]}. "
            "Hãy tải lại trang để xem bước hiện tại và việc làm tiếp được."
        ) from None


def acts_from(state: State) -> tuple[Act, ...]:
    """Return what may be done in a state, in the order of the way."""
    return tuple(act for act in Act if (state, act) in TURNS)


def is_past(state: State, other: State) -> bool:
    """Whether a case on its way has reached a state or gone beyond it; a returned or cancelled one has reached none."""
    return state in WAY and WAY.index(state) >= WAY.index(other)


class Source(StrEnum):
    """Who bears a part of the cost."""

    FUND = "fund"
    SPONSOR = "sponsor"
    STATE = "state"
    FAMILY = "family"
    LABOUR = "labour"


SOURCE_LABELS: Mapping[Source, str] = {
    Source.FUND: "Quỹ",
    Source.SPONSOR: "Nhà tài trợ trực tiếp",
    Source.STATE: "Ngân sách",
    Source.FAMILY: "Gia đình đối ứng",
    Source.LABOUR: "Ngày công",
}


@dataclass(frozen=True)
class Share:
    """A part of the cost: `amount` integer đồng. Of labour it is `days` at `rate` đồng a day, worked by `who`."""

    source: Source
    amount: int
    who: str = ""
    days: int = 0
    rate: int = 0


def labour(days: int, rate: int, who: str = "") -> Share:
    """Return days of work as a share of the cost."""
    return Share(Source.LABOUR, days * rate, who, days, rate)


def share_problems(shares: Iterable[Share], total: int) -> list[str]:
    """Return what is wrong with the shares of a cost of `total` đồng: each, and that they add up to it."""
    listed = list(shares)
    wrong = []
    for share in listed:
        name = SOURCE_LABELS[share.source]
        if share.amount <= 0:
            wrong.append(f"{name}: số tiền phải lớn hơn 0. Phần không có thì bỏ trống.")
        if share.source is Source.SPONSOR and not share.who.strip():
            wrong.append("Mỗi nhà tài trợ trực tiếp phải có tên. Người không muốn nêu tên thì ghi “Không nêu tên”.")
        if share.source is Source.LABOUR and share.days * share.rate != share.amount:
            wrong.append("Ngày công: số ngày nhân với mức một ngày phải bằng giá trị ngày công.")
    if sum(1 for share in listed if share.source is Source.FUND) > 1:
        wrong.append("Phần của Quỹ chỉ ghi một dòng.")
    if not 0 < total <= MAX_VND:
        wrong.append("Tổng giá trị phải lớn hơn 0.")
    added = sum(share.amount for share in listed)
    if not wrong and added != total:
        gap = total - added
        side = f"còn thiếu {format_integer(gap)} đồng" if gap > 0 else f"thừa {format_integer(-gap)} đồng"
        wrong.append(
            f"Các phần cộng lại được {format_integer(added)} đồng, tổng giá trị là {format_integer(total)} đồng: {side}. "
            "Hãy sửa một phần, hoặc sửa tổng giá trị."
        )
    return wrong


@dataclass(frozen=True)
class Posting:
    """The days on which a case hung at the hamlet: from the first to the last, both counted; open: comments without an answer."""

    first: date | None = None
    last: date | None = None
    open_comments: int = 0


def posting_problems(posting: Posting, days: int, today: date) -> list[str]:
    """Return why a case that must hang for so many days may not be decided yet; none when no days are asked for."""
    wrong = []
    if days > 0:
        if posting.first is None or posting.last is None:
            wrong.append(f"Hồ sơ chưa niêm yết. Phải niêm yết tại khóm, ấp {days} ngày rồi mới duyệt.")
        elif (posting.last - posting.first).days + 1 < days:
            wrong.append(f"Thời gian niêm yết ngắn hơn {days} ngày.")
        elif today <= posting.last:
            wrong.append(f"Đang niêm yết đến hết ngày {date_text(posting.last)}. Từ ngày sau đó mới duyệt được.")
    if posting.open_comments:
        wrong.append(
            f"Còn {posting.open_comments} ý kiến của Nhân dân chưa được trả lời. Hãy trả lời từng ý kiến trước khi duyệt."
        )
    return wrong


def money_problems(fund_share: int, paid: int) -> list[str]:
    """Return why the money of the fund is not complete: what its vouchers paid must be the fund's share, to the đồng."""
    if paid == fund_share:
        return []
    gap = fund_share - paid
    told = f"còn thiếu {format_integer(gap)} đồng" if gap > 0 else f"vượt {format_integer(-gap)} đồng"
    return [
        f"Phần của Quỹ là {format_integer(fund_share)} đồng, các phiếu chi đã gắn cộng lại {format_integer(paid)} đồng: {told}. "
        "Hãy gắn thêm hoặc gỡ phiếu chi cho khớp."
    ]


def stuck_by_money(act: Act, state: State, paid: int) -> list[str]:
    """Return why an act may not be done while money of the fund lies on the case."""
    goes_back = act is Act.CANCEL or (act is Act.SEND_BACK and state is State.APPROVED)
    if not (goes_back and paid):
        return []
    return [
        f"Đã có {format_integer(paid)} đồng phiếu chi gắn với hồ sơ. Hãy đảo phiếu chi và gỡ khỏi hồ sơ trước khi "
        f"{ACT_LABELS[act]}."
    ]
