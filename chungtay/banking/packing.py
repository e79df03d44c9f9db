"""Statement lines packed into columns: 300,000 of them take some 40 MB, and look like a sequence of StatementLine."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from functools import lru_cache
from itertools import starmap
from operator import attrgetter
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from chungtay.banking.statement import StatementLine

_NONE = -(2**63)
_NO_DAY = 0
_SEPARATOR = "\x1f"  # cannot occur in a spreadsheet cell; taken out of CSV cells when they are packed
_TEXTS = 5
_ROW, _DAY, _VALUE_DAY, _DEBIT, _CREDIT, _BALANCE, _END = range(7)
_WIDTH = 7
_PART = 4_096
_FIELDS: Callable[[StatementLine], tuple[Any, ...]] = attrgetter(*(field.name for field in fields(StatementLine)))


Values = tuple[Any, ...]
"""The fields of a StatementLine."""


class PackedLines(Sequence[StatementLine]):
    """Append-only while a file is read, then a sequence; a line is made when it is asked for."""

    def __init__(self) -> None:
        self._numbers = array("q")  # seven for each line; the last is where its texts end
        self._texts = bytearray()
        self._backwards = False
        self._total_out = self._total_in = 0

    def append(
        self,
        row: int,
        booked_on: date,
        value_on: date | None,
        debit: int,
        credit: int,
        balance: int | None,
        texts: Sequence[str],
    ) -> None:
        """Add a line; `texts` are reference, text, and name, account and bank of the other side."""
        joined = _SEPARATOR.join(texts)
        if joined.count(_SEPARATOR) != _TEXTS - 1:
            joined = _SEPARATOR.join(text.replace(_SEPARATOR, " ") for text in texts)
        self._texts += joined.encode("utf-8", "replace")
        self._numbers.extend(
            (
                row,
                booked_on.toordinal(),
                value_on.toordinal() if value_on else _NO_DAY,
                debit,
                credit,
                _NONE if balance is None else balance,
                len(self._texts),
            )
        )
        self._total_out += debit
        self._total_in += credit

    def put_in_order(self) -> None:
        """Turn a file that was written newest first. Days decide; within one day the running balances do."""
        table = self._table()
        steps = np.diff(table[:, _DAY])
        falls, rises = int((steps < 0).sum()), int((steps > 0).sum())
        if falls == rises:
            falls, rises = _fits_of_balances(table)
        self._backwards = falls > rises

    def totals(self) -> tuple[int, int]:
        """Return the sums of all debits and of all credits, integer đồng."""
        return self._total_out, self._total_in

    def days(self) -> tuple[date, date] | None:
        """Return the first and the last booking day, None without lines."""
        if not self._numbers:
            return None
        days = self._table()[:, _DAY]
        return date.fromordinal(int(days.min())), date.fromordinal(int(days.max()))

    def __len__(self) -> int:
        return len(self._numbers) // _WIDTH

    @overload
    def __getitem__(self, index: int) -> StatementLine: ...
    @overload
    def __getitem__(self, index: slice) -> list[StatementLine]: ...
    def __getitem__(self, index: int | slice) -> StatementLine | list[StatementLine]:
        """Return a line, or a list of lines for a slice."""
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self._line(len(self) - 1 - index if self._backwards else index)

    def __iter__(self) -> Iterator[StatementLine]:
        return starmap(StatementLine, self.values())

    def values(self) -> Iterator[Values]:
        """Yield what each line says, in the order of StatementLine's fields: half the work where no object is needed."""
        texts = memoryview(self._texts)
        for start, numbers in self._parts():
            end = int(self._numbers[start * _WIDTH - 1]) if start else 0
            found = []
            for row, day, value_day, debit, credit, balance, after in numbers:
                ref, *others = str(texts[end:after], "utf-8").split(_SEPARATOR)
                end, known = after, None if balance == _NONE else balance
                value_on = _day(value_day) if value_day else None
                found.append((row, _day(day), value_on, ref, debit, credit, known, *others))
            yield from reversed(found) if self._backwards else found

    def moves(self) -> Iterator[tuple[int, int, int | None]]:
        """Yield row, amount with its sign and balance of each line."""
        for _, numbers in self._parts():
            for row, _, _, debit, credit, balance, _ in reversed(numbers) if self._backwards else numbers:
                yield row, credit - debit, None if balance == _NONE else balance

    def _parts(self) -> Iterator[tuple[int, list[list[int]]]]:
        """Yield the numbers of some thousand lines after the other with the place of the first, in the order of time."""
        starts = range(0, len(self), _PART)
        for start in reversed(starts) if self._backwards else starts:
            yield start, self._table()[start : start + _PART].tolist()

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Sequence)
            and len(self) == len(other)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    __hash__ = None  # type: ignore[assignment]  # it grows while it is read

    def _table(self) -> NDArray[np.int64]:
        return np.frombuffer(self._numbers, dtype=np.int64).reshape(-1, _WIDTH)

    def _line(self, place: int) -> StatementLine:
        at = place * _WIDTH
        row, day, value_day, debit, credit, balance, end = self._numbers[at : at + _WIDTH]
        ref, *texts = self._texts[self._numbers[at - 1] if at else 0 : end].decode().split(_SEPARATOR)
        return StatementLine(
            row,
            date.fromordinal(day),
            date.fromordinal(value_day) if value_day else None,
            ref,
            debit,
            credit,
            None if balance == _NONE else balance,
            *texts,
        )


@lru_cache(maxsize=4096)
def _day(ordinal: int) -> date:
    return date.fromordinal(ordinal)


def values_of(lines: Iterable[StatementLine]) -> Iterator[Values]:
    """Yield the fields of any lines."""
    return lines.values() if isinstance(lines, PackedLines) else map(_FIELDS, lines)


def moves_of(lines: Iterable[StatementLine]) -> Iterator[tuple[int, int, int | None]]:
    """Yield row, amount with its sign and balance of any lines."""
    return lines.moves() if isinstance(lines, PackedLines) else ((one.row, one.amount, one.balance) for one in lines)


def _fits_of_balances(table: NDArray[np.int64]) -> tuple[int, int]:
    """How many neighbours fit the running balance when read upwards, and when read downwards."""
    balances, amounts = table[:, _BALANCE], table[:, _CREDIT] - table[:, _DEBIT]
    known = (balances[1:] != _NONE) & (balances[:-1] != _NONE)
    upwards = known & (balances[1:] + amounts[:-1] == balances[:-1])
    downwards = known & (balances[:-1] + amounts[1:] == balances[1:])
    return int(upwards.sum()), int(downwards.sum())
