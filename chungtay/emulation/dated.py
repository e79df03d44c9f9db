"""Dated rules of commendation, pure: coefficients, base salary, rounding and quorum, each with its basis and whether it was verified.

The rows that come with the software are working values; an office adds rows of its own, which count before them.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from uuid import UUID

from chungtay.emulation.ballots import Quorum
from chungtay.kernel.errors import DomainError


class RuleKind(StrEnum):
    """What a dated value is."""

    RATE = "rate"  # thousandths of the base salary; key "form/recipient"
    BASE = "base"  # integer đồng
    ROUNDING = "rounding"  # the step in đồng to which money is rounded up
    QUORUM = "quorum"  # percent; key "present" or "majority"


RULE_LABELS = {
    RuleKind.RATE: "Hệ số thưởng (phần nghìn lương cơ sở)",
    RuleKind.BASE: "Lương cơ sở (đồng)",
    RuleKind.ROUNDING: "Làm tròn lên (đồng)",
    RuleKind.QUORUM: "Bỏ phiếu (%)",
}


class NoRule(DomainError):
    """No dated row holds on that day."""


@dataclass(frozen=True)
class Rule:
    """A value during [valid_from, valid_to). area_id: whose rule it is, None for everywhere; nearness: how far down the map."""

    kind: RuleKind
    key: str
    value: int
    valid_from: date
    valid_to: date | None
    legal_basis: str
    is_verified: bool = False
    area_id: UUID | None = None
    nearness: int = 0

    @property
    def basis(self) -> str:
        """The basis in words, with the mark of what nobody has checked yet."""
        return self.legal_basis if self.is_verified else f"{self.legal_basis} (chưa kiểm chứng)"


def rule_on(rules: Iterable[Rule], kind: RuleKind, key: str, day: date) -> Rule:
    """Return the row that holds on a day: the nearest place's, then the newest, then the one written last. Raises NoRule."""
    live = [
        (one.nearness, one.valid_from, at, one)
        for at, one in enumerate(rules)
        if one.kind is kind
        and one.key == key
        and one.valid_from <= day
        and (one.valid_to is None or day < one.valid_to)
    ]
    if not live:
        raise NoRule(
            f"Ngày {day:%d/%m/%Y} chưa có quy định về “{RULE_LABELS[kind]}”{f' cho {key}' if key else ''}. "
            "Hãy thêm một dòng vào bảng quy định theo ngày rồi làm tiếp."
        )
    return max(live, key=lambda found: found[:3])[3]


def quorum_on(rules: Iterable[Rule], day: date) -> Quorum:
    """Return what a vote of that day needs. Raises NoRule."""
    listed = list(rules)
    present = rule_on(listed, RuleKind.QUORUM, "present", day)
    majority = rule_on(listed, RuleKind.QUORUM, "majority", day)
    return Quorum(present.value, majority.value, f"{present.basis}; {majority.basis}", present.is_verified)


@cache
def built_in() -> tuple[Rule, ...]:
    """Return the rows that come with the software."""
    return tuple(
        Rule(
            kind=RuleKind(row["kind"]),
            key=row["key"],
            value=int(row["value"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            legal_basis=row["legal_basis"],
            is_verified=row["is_verified"] == "1",
        )
        for row in _rows("rules.csv")
    )


@dataclass(frozen=True)
class Principle:
    """A rule of eligibility: whether it stops a decision or only warns, in which words, from which source."""

    key: str
    stops: bool
    text: str
    legal_basis: str
    is_verified: bool

    @property
    def basis(self) -> str:
        """The source, with the mark of what nobody has checked yet."""
        return (
            self.legal_basis
            if self.is_verified or self.legal_basis.endswith("phần mềm")
            else f"{self.legal_basis} (chưa kiểm chứng)"
        )


@cache
def principles() -> dict[str, Principle]:
    """Return the principles by key."""
    return {
        row["key"]: Principle(
            row["key"], row["stops"] == "1", row["text"], row["legal_basis"], row["is_verified"] == "1"
        )
        for row in _rows("principles.csv")
    }


def _rows(name: str) -> list[dict[str, str]]:
    text = files("chungtay.emulation").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
