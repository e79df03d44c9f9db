"""How a promise stands, pure: kept, partly kept, called off, late. What was promised is never counted as received."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PromiseStep(StrEnum):
    """What is said of a promise after it was given."""

    LINK = "link"
    UNLINK = "unlink"
    CANCEL = "cancel"


class Standing(StrEnum):
    """Where a promise stands."""

    OPEN = "open"
    LATE = "late"
    PARTLY = "partly"
    KEPT = "kept"
    CANCELLED = "cancelled"


STEP_LABELS = {
    PromiseStep.LINK: "gắn phiếu thu",
    PromiseStep.UNLINK: "gỡ phiếu thu",
    PromiseStep.CANCEL: "ghi không thực hiện",
}
STANDING_LABELS = {
    Standing.OPEN: "Chưa thực hiện",
    Standing.LATE: "Quá hạn",
    Standing.PARTLY: "Thực hiện một phần",
    Standing.KEPT: "Đã thực hiện đủ",
    Standing.CANCELLED: "Không thực hiện",
}


@dataclass(frozen=True)
class Promise:
    """A promise of `amount`, of which `kept` came by receipts that stand (integer đồng each). `due_on` None: no day was named."""

    amount: int
    kept: int
    due_on: date | None = None
    is_cancelled: bool = False

    @property
    def left(self) -> int:
        """What is still awaited; nothing of one that was called off."""
        return 0 if self.is_cancelled else max(0, self.amount - self.kept)

    def days_late(self, today: date) -> int:
        """Return how many days past its day what is left is, 0 when it is in time or nothing is left."""
        return max(0, (today - self.due_on).days) if self.due_on is not None and self.left else 0

    def standing(self, today: date) -> Standing:
        """Return where it stands on a day. What is late is late also when a part of it has come."""
        if self.is_cancelled:
            return Standing.CANCELLED
        if self.kept >= self.amount:
            return Standing.KEPT
        if self.days_late(today):
            return Standing.LATE
        return Standing.PARTLY if self.kept else Standing.OPEN
