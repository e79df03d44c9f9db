"""Cells of a table whose rows are lines and whose cells are parted by tabs: what their column's head says they count."""

import re

from chungtay.reading.number import Number
from chungtay.reading.plain import Plain
from chungtay.reading.tails import tail_at, unit_at

_UNIT = re.compile(r"\(([^()]{1,20})\)")
_LONGEST_ROW = 2000  # letters before a cell
_COUNT = re.compile(r"(?:tổng )?số(?: lượng)?(?= )")


class Tables:
    """The tables of a text. A head is the last row without any digit above a row of the same table."""

    def __init__(self, text: Plain) -> None:
        self._low = text.cased.lower()
        self._heads: dict[int, list[str]] = {}
        if "\t" not in self._low:
            return
        at, head = 0, list[str]()
        for line in self._low.split("\n"):
            if "\t" not in line:
                head = []
            elif not any(map(str.isdigit, line)):
                head = line.split("\t")
            self._heads[at] = head
            at += len(line) + 1

    def holds(self, number: Number) -> bool:
        """Whether a number fills a cell, and is not the running number that begins a row."""
        low, start = self._low, number.start
        if not self._heads or low[start - 1 : start] != "\t":
            return False
        return low[number.bare_end : number.bare_end + 1] in {"\t", "\n", ""}

    def give_unit(self, number: Number) -> None:
        """Give a number in a cell the unit that stands in its column's head: "Số tiền (đồng)", "Số hộ"."""
        before = max(0, number.start - _LONGEST_ROW)
        line = self._low.rfind("\n", before, number.start) + 1 or before
        head = self._heads.get(line, [])
        column = self._low.count("\t", line, number.start)
        if column >= len(head):
            return
        if inside := _UNIT.search(head[column]):
            tail = tail_at(f" {inside[1]} ", 0, is_small=False, may_guess=False)
            number.tail = number.tail._replace(factor=tail.factor)
            number.unit = tail.unit
        elif count := _COUNT.search(head[column]):
            number.unit = unit_at(head[column], count.end(), may_guess=False)[0]
