"""How much a visitor without an account may do, pure: so many acts of a sort from one address in a window, and codes nobody guesses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from chungtay.kernel.errors import DomainError

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without what is read wrongly over the telephone
CODE_LENGTH = 12  # 31¹²: about 59 bits


class Sort(StrEnum):
    """What a visitor does."""

    SEND = "send"
    LOOK = "look"


@dataclass(frozen=True)
class Bound:
    """At most `most` acts in `window` from one address, and `everybody` from all together."""

    most: int
    everybody: int
    window: timedelta


BOUNDS = {
    Sort.SEND: Bound(5, 200, timedelta(hours=1)),
    Sort.LOOK: Bound(20, 2_000, timedelta(minutes=15)),
}


class TooMany(DomainError):
    """The visitor has done that too often: wait."""

    def __init__(self, minutes: int) -> None:
        super().__init__(
            f"Bạn đã gửi hoặc tra cứu nhiều lần. Hãy đợi {minutes} phút rồi thử lại; việc gấp, gọi cho Ủy ban nhân dân nơi ở."
        )


def check(bound: Bound, mine: Sequence[datetime], everybody: int, now: datetime) -> None:
    """Return when one more is within bounds. mine: moments inside the window, oldest first. Raises TooMany."""
    if len(mine) >= bound.most:
        seconds = (mine[-bound.most] + bound.window - now).total_seconds()
        raise TooMany(max(1, -int(-seconds // 60)))
    if everybody >= bound.everybody:
        raise TooMany(max(1, int(bound.window.total_seconds() // 60)))


def shown_code(code: str) -> str:
    """Return a code as it is read out: three groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def read_code(text: str) -> str:
    """Return what was typed as a code, whatever its case, spaces and dashes; "" when it cannot be one."""
    said = "".join(sign for sign in text.upper() if sign.isalnum())
    return said if len(said) == CODE_LENGTH and set(said) <= set(ALPHABET) else ""
