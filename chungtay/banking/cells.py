"""Cells of bank files as values: amounts in integer đồng in every usual writing, days, plain text."""

import re
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import nfc
from chungtay.kernel.money import MAX_VND

Cell = Any
"""What a table reader hands over: str, float, int, bool, date, datetime, time, timedelta or None."""


class NumberStyle(StrEnum):
    """Which mark separates thousands. AUTO takes both: a đồng has no fraction, so "1.234" and "1,234" are the same."""

    AUTO = "auto"
    DOT = "1.234.567"
    COMMA = "1,234,567"


class DateStyle(StrEnum):
    """The order of a date of three numbers; year first is always understood."""

    DAY_FIRST = "d/m/y"
    MONTH_FIRST = "m/d/y"


class CellProblem(DomainError):
    """A cell that cannot be taken as what its column says."""


_GROUPED = {
    NumberStyle.DOT: re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?", re.ASCII),
    NumberStyle.COMMA: re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?", re.ASCII),
}
# Nearly every cell: "50000", "1.234.567" or "1,234,567", at most 15 digits.
_SIMPLE = re.compile(r"\d{1,15}|\d{1,3}([.,])\d{3}(?:\1\d{3}){0,3}", re.ASCII)
_CURRENCY = re.compile(r"(?:VND|VNĐ|đồng|đ|₫)\Z", re.IGNORECASE)
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?(?:AM|PM|SA|CH))?"
_DAY = re.compile(
    rf"(?:{_CLOCK}[ ,]+)?(?:(\d{{4}})(\d{{2}})(\d{{2}})(?!\d)|(\d{{1,4}})([/.\-])(\d{{1,2}}|[A-Za-z]{{3}})\5(\d{{4}}|\d{{1,2}})(?!\d))"
    rf"(?:[T ,\n]*{_CLOCK})?",
    re.ASCII,
)
_MONTHS = {
    m: i
    for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)
}
_EXCEL_ZERO = date(1899, 12, 30)
_EXCEL_DAYS = range(32874, 73051)  # 1990 to 2099
_BLANK = {"", "-", "–", "—"}


def amount(cell: Cell, style: NumberStyle = NumberStyle.AUTO) -> int | None:
    """Return integer đồng, None for an empty cell. Raises CellProblem for what is no whole number of đồng."""
    if cell.__class__ is str:
        return _amount(cell, style)
    if cell is None or isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        whole = int(cell) if abs(cell) <= MAX_VND else None  # also refuses infinity; not-a-number fails the comparison
        if whole is None:
            raise CellProblem(f"Số tiền {cell!r} quá lớn.")
        if whole != cell:
            raise CellProblem(f"Số tiền {cell!r} có phần lẻ: tiền đồng phải là số nguyên.")
        return whole
    raise CellProblem(f"“{cell}” không phải là số tiền.")


@lru_cache(maxsize=1 << 15)
def _amount(text: str, style: NumberStyle) -> int | None:
    if match := _SIMPLE.fullmatch(text):
        mark = match[1]
        if mark is None:
            return int(text)
        if style is NumberStyle.AUTO or style.value[1] == mark:
            return int(text.replace(mark, ""))
    return _any_amount(text, style)


def _any_amount(text: str, style: NumberStyle) -> int | None:
    """With signs, brackets, units, decimals: whatever the quick pattern does not take."""
    bare = _CURRENCY.sub("", "".join(text.split()).lstrip("'"))
    if bare in _BLANK:
        return None
    negative = False
    if bare.startswith("(") and bare.endswith(")"):
        negative, bare = True, bare[1:-1]
    elif bare[0] in "+-−–":
        negative, bare = bare[0] != "+", bare[1:]
    elif bare[-1] in "+-−":
        negative, bare = bare[-1] != "+", bare[:-1]
    styles = _GROUPED if style is NumberStyle.AUTO else (style,)
    for each in styles:
        if match := _GROUPED[each].fullmatch(bare):
            break
    else:
        raise CellProblem(f"“{text.strip()}” không phải là số tiền viết theo kiểu {_example(style)}.")
    if match[2] and match[2].strip("0"):
        raise CellProblem(f"“{text.strip()}” có phần lẻ: tiền đồng phải là số nguyên.")
    value = int(re.sub(r"[.,]", "", match[1]))
    if value > MAX_VND:
        raise CellProblem(f"Số tiền “{text.strip()}” quá lớn.")
    return -value if negative else value


def day(cell: Cell, style: DateStyle = DateStyle.DAY_FIRST) -> tuple[date, str] | None:
    """Return the day and what else stands in the cell (VCB's number of the document); None when no day stands there."""
    if cell.__class__ is str:
        return _day(cell, style)
    if isinstance(cell, datetime):
        return cell.date(), ""
    if isinstance(cell, date):
        return cell, ""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if cell == cell and abs(cell) < 1e9 and int(cell) in _EXCEL_DAYS:
            return _EXCEL_ZERO + timedelta(days=int(cell)), ""
        return _day(plain(cell), style)
    return None


@lru_cache(maxsize=1 << 15)
def _day(text: str, style: DateStyle) -> tuple[date, str] | None:
    text = text.strip().lstrip("'")
    match = _DAY.match(text)
    if match is None:
        return None
    year, month, number, first, _, second, third = match.groups()
    if year is None:
        if len(first) == 4:
            year, month, number = first, second, third
        elif style is DateStyle.DAY_FIRST or not second.isdigit():
            number, month, year = first, second, third
        else:
            month, number, year = first, second, third
    try:
        found = date(_year(year), _MONTHS[month.lower()] if month.isalpha() else int(month), int(number))
    except (ValueError, KeyError):
        return None
    return found, text[match.end() :].strip(" \n\r\t-/|")


def plain(cell: Cell) -> str:
    """Return the cell as one line of text in NFC. A float that is whole loses its ".0": numbers of accounts and documents."""
    if cell.__class__ is str:
        text: str = cell if cell.isascii() else nfc(cell)
        return " ".join(text.split())
    if cell is None or cell is False:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in the cell."""
    return cell is None or (cell.__class__ is str and not cell.strip())


def _year(text: str) -> int:
    if len(text) == 3:
        raise ValueError(text)
    year = int(text) + (2000 if len(text) <= 2 else 0)
    if not 1990 <= year < 2100:
        raise ValueError(text)
    return year


def _example(style: NumberStyle) -> str:
    return "1.234.567 hoặc 1,234,567" if style is NumberStyle.AUTO else style.value
