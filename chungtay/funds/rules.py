"""What holds in every fund, pure: states of a voucher, prefixes of its number, and what a line of a voucher says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from chungtay.kernel.errors import DomainError, Problem
from chungtay.ledger.entries import VoucherKind

UNRESTRICTED = ""
"""The purpose of money that was given for no purpose in particular."""


class VoucherState(StrEnum):
    """Where a voucher stands, from its writing to the money's leaving."""

    DRAFT = "draft"
    POSTED = "posted"
    PAID = "paid"
    DROPPED = "dropped"


PREFIXES: Mapping[VoucherKind, str] = {
    VoucherKind.RECEIPT: "PT",
    VoucherKind.PAYMENT: "PC",
    VoucherKind.TRANSFER: "CT",
    VoucherKind.IN_KIND_RECEIPT: "NK",
    VoucherKind.IN_KIND_ISSUE: "XK",
    VoucherKind.CLOSING: "KC",
    VoucherKind.REVERSAL: "BD",
}
KIND_LABELS: Mapping[VoucherKind, str] = {
    VoucherKind.RECEIPT: "phiếu thu",
    VoucherKind.PAYMENT: "phiếu chi",
    VoucherKind.TRANSFER: "chuyển tiền giữa các cấp",
    VoucherKind.IN_KIND_RECEIPT: "phiếu nhận hiện vật",
    VoucherKind.IN_KIND_ISSUE: "phiếu xuất hiện vật",
    VoucherKind.CLOSING: "bút toán kết chuyển",
    VoucherKind.REVERSAL: "bút toán đảo",
}
STATE_LABELS: Mapping[VoucherState, str] = {
    VoucherState.DRAFT: "bản nháp",
    VoucherState.POSTED: "đã ghi sổ",
    VoucherState.PAID: "đã chi",
    VoucherState.DROPPED: "đã bỏ",
}


class Measure(StrEnum):
    """What of a fund is told to the account: four amounts that are never one, where they were raised, what they became."""

    RECEIVED = "received"
    OUTSIDE = "outside"
    PLEDGED = "pledged"
    CAMPAIGN = "campaign"
    SPENT = "spent"


MEASURE_LABELS: Mapping[Measure, str] = {
    Measure.RECEIVED: "đã nhận, theo tài khoản thu",
    Measure.OUTSIDE: "vận động không qua quỹ",
    Measure.PLEDGED: "đăng ký ủng hộ",
    Measure.CAMPAIGN: "vận động theo đợt",
    Measure.SPENT: "đã chi theo loại",
}
OUT_OF_CAMPAIGN = "ngoai-dot"
"""The cell of what was given to no campaign."""


class BadDraft(DomainError):
    """A draft that cannot be posted as it stands; every reason is in `problems`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(str(problem.sentence) for problem in problems))


@dataclass(frozen=True)
class Line:
    """One line of a voucher before it is booked: `amount` integer đồng from the credit account to the debit account."""

    debit: str
    credit: str
    amount: int
    purpose: str = UNRESTRICTED
    donor: str = ""
    memo: str = ""
    item: str = ""
    quantity: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the fields that say something."""
        return {name: value for name, value in vars(self).items() if value not in ("", 0)}


def lines_from_json(said: Sequence[Mapping[str, Any]]) -> list[Line]:
    """Return the lines that `as_json` wrote."""
    return [Line(**dict(one)) for one in said]


@dataclass(frozen=True)
class Content:
    """What a voucher says, whoever writes it. `party` gave or gets the money; `attachments` are papers on paper.

    `transfer` is shared by both ends of a movement between levels.
    """

    kind: VoucherKind
    occurred_on: date
    lines: Sequence[Line]
    memo: str = ""
    party: str = ""
    address: str = ""
    attachments: int = 0
    transfer: str = ""

    @property
    def amount(self) -> int:
        """The sum of its lines, integer đồng."""
        return sum(line.amount for line in self.lines)


def problems_of(content: Content, *, booked_on: date) -> list[Problem]:
    """Return what is wrong with a voucher before any book is looked at."""
    problems = []
    if not content.lines:
        problems.append(Problem("Chứng từ chưa có dòng nào, hãy ghi ít nhất một khoản.", "lines"))
    if content.occurred_on > booked_on:
        problems.append(Problem("Ngày phát sinh chưa tới. Hãy ghi ngày hôm nay hoặc trước đó.", "occurred_on"))
    if content.kind in (VoucherKind.RECEIPT, VoucherKind.PAYMENT) and not content.party.strip():
        who = "người nộp" if content.kind is VoucherKind.RECEIPT else "người nhận"
        problems.append(Problem(f"Chưa ghi {who} tiền. Người ủng hộ không nêu tên thì ghi “Không nêu tên”.", "party"))
    if not content.memo.strip():
        problems.append(Problem("Chưa ghi nội dung (lý do thu, chi).", "memo"))
    for number, line in enumerate(content.lines, start=1):
        if line.amount <= 0:
            problems.append(Problem(f"Dòng {number}: số tiền phải lớn hơn 0.", f"lines.{number}.amount"))
        if line.debit == line.credit:
            problems.append(Problem(f"Dòng {number}: tài khoản nợ và có phải khác nhau.", f"lines.{number}.credit"))
    if content.kind is VoucherKind.TRANSFER and not content.transfer:
        problems.append(Problem("Chuyển tiền giữa các cấp phải có mã chuyển tiền chung của hai bên.", "transfer"))
    return problems
