"""Reads the rows of a register's workbook: what each holds, and every problem by cell with what to do."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from chungtay.community.models import Hamlet
from chungtay.community.registers.columns import Column, Register
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold, nfc
from chungtay.kernel.numerals import read_integer

MOST_ROWS = 5_000  # of a workbook, heads included
HEAD_WITHIN = 10  # rows in which the heads are looked for


class NoHeads(DomainError):
    """None of the first rows holds the heads of the register."""


@dataclass
class ReadRow:
    """One row: its number in the sheet, what it holds, what is wrong with it."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Places:
    """The places that may be named: units and their residential areas, by folded name."""

    units: Mapping[str, UUID]
    hamlets: Mapping[tuple[UUID, str], Hamlet]


def read_rows(register: Register, rows: Sequence[Sequence[Any]], places: Places, today: date) -> list[ReadRow]:
    """Return the filled rows below the heads. Raises NoHeads. Columns may stand in any order; unknown ones are left alone."""
    wanted = {fold(column.head): column for column in register.columns}
    tops = ((start, _heads(row, wanted)) for start, row in enumerate(rows[:HEAD_WITHIN], start=1))
    start, found = next(((start, heads) for start, heads in tops if len(heads) >= min(3, len(wanted))), (0, {}))
    if not found:
        heads = ", ".join(column.head for column in register.columns[:4])
        raise NoHeads(
            f"Không thấy dòng tiêu đề ({heads}, …) trong {HEAD_WITHIN} dòng đầu. Hãy dùng biểu mẫu tải từ đây."
        )
    missing = [one.head for one in register.columns if one.is_needed and one not in found.values()]
    if missing:
        raise NoHeads(f"Thiếu cột {', '.join(f'“{head}”' for head in missing)}. Hãy dùng biểu mẫu tải từ đây.")
    read = []
    for number, row in enumerate(rows[start:], start=start + 1):
        cells = {column.key: (row[i] if i < len(row) else None, _letter(i)) for i, column in found.items()}
        if any(_text(value) for value, _ in cells.values()):
            read.append(_read(number, register, cells, places, today))
    return read


def _heads(row: Sequence[Any], wanted: Mapping[str, Column]) -> dict[int, Column]:
    return {i: wanted[key] for i, cell in enumerate(row) if (key := fold(str(cell or "").rstrip(" *"))) in wanted}


def _read(
    number: int, register: Register, cells: Mapping[str, tuple[Any, str]], places: Places, today: date
) -> ReadRow:
    row = ReadRow(number)
    for column in register.columns:  # the unit comes first: the khóm, ấp are looked for in it
        value, letter = cells.get(column.key, (None, ""))
        if not _text(value):
            if column.is_needed:
                row.problems.append(f"Ô {letter}{number}, “{column.head}”: chưa nhập. Hãy nhập ô này.")
            continue
        try:
            row.values[column.key] = _value(column, value, row, places, today)
        except DomainError as wrong:
            row.problems.append(f"Ô {letter}{number}, “{column.head}”: {wrong}")
    return row


def _value(column: Column, value: Any, row: ReadRow, places: Places, today: date) -> Any:
    text = nfc(_text(value))
    match column.kind:
        case "count":
            return _count(value, text)
        case "date":
            return _day(value, text, today)
        case "choice":
            folded = {fold(label): code for label, code in column.choices.items()}
            if fold(text) not in folded:
                raise DomainError(f"“{text}” không có trong: {', '.join(column.choices)}.")
            return folded[fold(text)]
        case "unit":
            if fold(text) not in places.units:
                raise DomainError(f"không có đơn vị “{text}”, hoặc bạn không ghi được cho đơn vị này.")
            return places.units[fold(text)]
        case "hamlet":
            hamlet = places.hamlets.get((row.values.get("area", UUID(int=0)), fold(text)))
            if hamlet is None:
                raise DomainError(f"không có “{text}” trong sổ khóm, ấp của đơn vị. Viết đủ, ví dụ “Ấp Đông Định”.")
            return hamlet
    if len(text) > column.longest:
        raise DomainError(f"dài {len(text)} ký tự, nhiều nhất {column.longest}. Hãy viết gọn lại.")
    return text


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _count(value: Any, text: str) -> int:
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        raise DomainError(f"“{text}” không phải số nguyên. Hãy nhập số nguyên từ 0 trở lên.")
    number = int(value) if isinstance(value, int | float) else read_integer(text)
    if not 0 <= number <= 10**9:
        raise DomainError(f"{number} ngoài khoảng cho phép. Hãy nhập số nguyên từ 0 trở lên.")
    return number


def _day(value: Any, text: str, today: date) -> date:
    if isinstance(value, date):
        day = value
    else:
        try:
            day = date(*(int(part) for part in reversed(re.split(r"[/-]", text, maxsplit=2))))
        except (ValueError, TypeError):
            raise DomainError(f"“{text}” không phải ngày. Nhập theo dạng ngày/tháng/năm, ví dụ 28/02/2023.") from None
    if day > today:
        raise DomainError(f"{day:%d/%m/%Y} chưa đến. Hãy xem lại ngày.")
    if day.year < 1930:
        raise DomainError(f"{day:%d/%m/%Y} quá xa. Hãy xem lại năm.")
    return day


def _letter(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
