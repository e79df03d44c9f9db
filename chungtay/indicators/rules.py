"""How figures of an indicator add up over units and over time, what its cells are called, and how definitions change.

The key of a cell is the codes of its dimension values joined by "/"; a part of a breakdown leaves some of them open ("new/*"
is everything new). What earlier versions of a definition called a cell is seen under its present key.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product

ANY = "*"
"""Stands in a key for every value of a dimension."""


class Kind(StrEnum):
    """Aggregation of an indicator.

    FLOW: sum over units and over time. STOCK: sum over units, last known over time, always with an as-of date.
    RATIO: numerator and denominator indicators, recomputed at every level, never averaged.
    """

    FLOW = "flow"
    STOCK = "stock"
    RATIO = "ratio"


class Keeper(StrEnum):
    """Where the figures of an indicator are kept on record: what units report, the books of the funds, registers, or another system."""

    RETURNS = "returns"
    FUNDS = "funds"
    REGISTERS = "registers"  # of households, of support, of groups: each indicator is counted by one of them
    EXCHANGE = "exchange"  # what another system sends, taken in by imports


KEEPER_LABELS = {
    Keeper.RETURNS: "báo cáo kỳ",
    Keeper.FUNDS: "sổ quỹ",
    Keeper.REGISTERS: "sổ đăng ký",
    Keeper.EXCHANGE: "hệ thống khác",
}


class Change(StrEnum):
    """What a new version of a definition does to the series: nothing, other names of cells, or a break."""

    SAME = "same"
    MAPPED = "mapped"
    BREAK = "break"


CHANGE_WORDS = {
    Change.SAME: "Nói rõ thêm, số liệu vẫn so sánh được",
    Change.MAPPED: "Đổi phân tổ, số cũ được xếp vào phân tổ mới",
    Change.BREAK: "Đổi cách tính, không so sánh với số trước đó",
}


@dataclass(frozen=True, slots=True)
class Break:
    """A day from which the figures of an indicator mean something else, and why."""

    day: date
    note: str


def dimension_key(codes: tuple[str, ...]) -> str:
    """Return the key of one cell of a breakdown: value codes in the order of the indicator's dimensions."""
    return "/".join(codes)


def fits(asked: str, key: str) -> bool:
    """Return whether a cell belongs to what was asked: "new/a" to "new/a" and to "new/*"."""
    if asked == key:
        return True
    wanted, codes = asked.split("/"), key.split("/")
    return len(wanted) == len(codes) and all(want in (ANY, code) for want, code in zip(wanted, codes, strict=True))


def parts_of(key: str) -> list[str]:
    """Return the keys of all parts that a cell belongs to: of "new/a" these are "new/*" and "*/a"."""
    codes = key.split("/")
    choices = product(*((code, ANY) for code in codes))
    return [dimension_key(cell) for cell in choices if ANY in cell and set(cell) != {ANY}]


class Keys(frozenset[str]):
    """Every key under which figures of an indicator may be asked: of a cell, of a part, and as earlier versions said.

    current: the cells in use, in reading order, [""] without a breakdown. renamed: key of an earlier version -> its
    present key.
    """

    current: tuple[str, ...]
    renamed: Mapping[str, str]

    def __new__(cls, current: Sequence[str], renamed: Mapping[str, str] | None = None) -> "Keys":
        """Put together what may be asked."""
        renamed = dict(renamed or {})
        keys = super().__new__(cls, {*current, *renamed, *(part for key in current for part in parts_of(key))})
        keys.current, keys.renamed = tuple(current), renamed
        return keys

    def may_be_stated(self, key: str) -> bool:
        """Return whether a fact may bear the key: that of one cell, also as an earlier version said it."""
        return key in self.current or key in self.renamed

    def chosen(self, asked: str, stated: Iterable[str]) -> list[str]:
        """Return those of the stated keys that make up what is asked, whichever version they were stated under."""
        wanted = self.renamed.get(asked, asked)
        return [key for key in stated if fits(wanted, self.renamed.get(key, key))]


def composed(mappings: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return old key -> present key for the mappings of successive versions, oldest first.

    A key that came back under its own name is no old key any more.
    """
    now: dict[str, str] = {}
    for mapping in mappings:
        now = {old: mapping.get(new, new) for old, new in now.items()} | dict(mapping)
    return {old: new for old, new in now.items() if old != new}


def mapping_problems(
    mapping: Mapping[str, str], *, before: Sequence[str], after: Sequence[str], is_new_breakdown: bool
) -> list[str]:
    """Return what is wrong with a mapping of keys, each as a sentence; [] when nothing is.

    before, after: the keys in use before and after the revision. With a new breakdown every old key has to be placed, for
    a code may mean something else there; else only those that go.
    """
    problems = [f"Phân tổ {_said(old)} không có trong định nghĩa trước." for old in mapping if old not in before]
    problems += [
        f"Phân tổ {_said(old)} được xếp vào {_said(new)}, nhưng {_said(new)} không có trong định nghĩa mới."
        for old, new in mapping.items()
        if new not in after
    ]
    placed = set(mapping) if is_new_breakdown else {*mapping, *after}
    problems += [
        f"Phân tổ {_said(old)} chưa được xếp vào phân tổ nào của định nghĩa mới." for old in before if old not in placed
    ]
    return problems


def _said(key: str) -> str:
    return f"“{key}”" if key else "“không phân tổ”"
