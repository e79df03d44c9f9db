"""Who is told how many days before or after a due day, pure: dated chains of steps; the nearest place's and newest one counts.

A step is the same step however its day is moved: who was told once under a chain is not told again under its next version.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise
from uuid import UUID

from chungtay.kernel.errors import DomainError

MOST_BEFORE, MOST_AFTER = 30, 365
NOTHING = date(1900, 1, 1)


class Who(StrEnum):
    """Who is told. The first three form the ladder: nobody above hears of something before those below."""

    DOER = "doer"
    LEADER = "leader"
    ABOVE = "above"
    ASKER = "asker"


WHO_WORDS = {
    Who.DOER: "Người phải làm",
    Who.LEADER: "Lãnh đạo nơi phải làm",
    Who.ABOVE: "Nơi cấp trên",
    Who.ASKER: "Bên chờ kết quả",
}
LADDER = (Who.DOER, Who.LEADER, Who.ABOVE)


class BadChain(DomainError):
    """The steps of a chain cannot be what they say."""


@dataclass(frozen=True)
class Step:
    """One step: `days` after the due day from 1 on, before it (or on it) from 0 down."""

    who: Who
    days: int

    @property
    def is_late(self) -> bool:
        """Whether it comes after the due day."""
        return self.days > 0

    @property
    def key(self) -> str:
        """What makes it the same step, whatever its day."""
        return f"{'late' if self.is_late else 'near'}/{self.who}"

    @property
    def words(self) -> str:
        """ "trước hạn 3 ngày", "trễ 7 ngày"."""
        if self.is_late:
            return f"trễ {self.days} ngày"
        return f"trước hạn {-self.days} ngày" if self.days else "đúng ngày đến hạn"


@dataclass(frozen=True)
class Version:
    """The steps of a chain from a day on. area_id: whose version, None for everywhere; nearness: how far down the map that place
    stands, 0 for everywhere; number: of two of one place the later."""

    chain: str
    steps: tuple[Step, ...]
    valid_from: date
    legal_basis: str
    is_verified: bool = False
    area_id: UUID | None = None
    nearness: int = 0
    number: int = 0

    @property
    def basis(self) -> str:
        """The basis in words, with the mark of what nobody has checked yet."""
        return self.legal_basis if self.is_verified else f"{self.legal_basis} (chưa kiểm chứng)"


def in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return steps by their day, at one day from the bottom of the ladder up."""
    return tuple(sorted(steps, key=lambda step: (step.days, list(Who).index(step.who))))


def check_steps(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps in order. Raises BadChain with the sentence that says what is wrong with them."""
    found = in_order(steps)
    if len({step.key for step in found}) != len(found):
        raise BadChain("Mỗi người chỉ được báo một lần trước hạn và một lần sau hạn. Hãy bỏ bước trùng.")
    if any(not -MOST_BEFORE <= step.days <= MOST_AFTER for step in found):
        raise BadChain(
            f"Nhắc trước hạn nhiều nhất {MOST_BEFORE} ngày, sau hạn từ 1 đến {MOST_AFTER} ngày. Hãy sửa lại."
        )
    late = {step.who: step.days for step in found if step.is_late}
    if Who.DOER not in late:
        raise BadChain("Người phải làm luôn được báo khi trễ hạn. Hãy ghi số ngày cho người phải làm.")
    rungs = [(who, late[who]) for who in LADDER if who in late]
    for (below, first), (above, then) in pairwise(rungs):
        if then < first:
            raise BadChain(
                f"{WHO_WORDS[above]} (trễ {then} ngày) được báo trước {WHO_WORDS[below].lower()} (trễ {first} ngày). "
                "Hãy để cấp dưới được báo trước."
            )
    return found


def with_above(steps: Iterable[Step], days: int) -> tuple[Step, ...]:
    """Return late steps with the level above told after so many days; whoever stands below it is told by then."""
    kept = [Step(step.who, min(step.days, days)) for step in steps if step.is_late and step.who is not Who.ABOVE]
    return in_order([*kept, Step(Who.ABOVE, days)])


def version_on(versions: Iterable[Version], chain: str, day: date) -> Version:
    """Return the version that holds on a day: the nearest place's, then the newest, of two alike the later.

    Without any nobody is told, and the basis says that nothing is decided.
    """
    live = [one for one in versions if one.chain == chain and one.valid_from <= day]
    nothing = Version(chain, (), NOTHING, "Chưa có quy định")
    return max(live, key=lambda one: (one.nearness, one.valid_from, one.number), default=nothing)


def steps_due(steps: Iterable[Step], days: int) -> list[Step]:
    """Return the steps that have come, in order; days: after the due day, 0 and less until it is over.

    What should have been said before the due day is not said after it.
    """
    is_late = days > 0
    return [step for step in in_order(steps) if step.is_late is is_late and step.days <= days]


@cache
def built_in() -> tuple[Version, ...]:
    """Return the versions that come with the software: working values until an office sets its own."""
    text = files("chungtay.notices").joinpath("data", "chains.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, date, str, bool], list[Step]] = {}
    for row in csv.DictReader(text.splitlines()):
        head = (row["chain"], date.fromisoformat(row["valid_from"]), row["legal_basis"], row["is_verified"] == "1")
        found.setdefault(head, []).append(Step(Who(row["who"]), int(row["days"])))
    return tuple(
        Version(chain, check_steps(steps), valid_from, basis, is_verified)
        for (chain, valid_from, basis, is_verified), steps in found.items()
    )
