"""Pages of a book of account: one table of any length with heads, totals and signatures, as PDF and as a workbook.

Unlike an official paper, a book prints no figure of the programme: each number is of the line on which it stands, and the
line names the voucher that it came from.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

import xlsxwriter
from xlsxwriter.format import Format

from chungtay.kernel.folding import nfc
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.text import date_text
from chungtay.papers.pdf import compile_pdf
from chungtay.papers.workbook import EXACT_DIGITS, fit_height, text

Value = str | int | date | None
MM_PER_UNIT = 1.9
ZERO = "-"  # on paper: nothing occurred


class Kind(StrEnum):
    """What a column holds: words, amounts of money (integer đồng), days, or counts."""

    TEXT = "text"
    MONEY = "money"
    DATE = "date"
    COUNT = "count"


@dataclass(frozen=True)
class SheetColumn:
    """A column: its head, its width in mm (0 shares what is left), what it holds, the head it shares with neighbours."""

    head: str
    width_mm: float = 0
    kind: Kind = Kind.TEXT
    group: str = ""


@dataclass(frozen=True)
class SheetRow:
    """A line: a value for each column; None leaves the place empty. `url` opens the voucher; `is_sum` is set in bold."""

    cells: tuple[Value, ...]
    url: str = ""
    is_sum: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A book for a period. `issuer` is printed in capitals, `scope` under the title, `mark` tells what is not verified."""

    code: str
    issuer: tuple[str, ...]
    title: str
    scope: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    place: str
    dated_on: date
    form: str = ""  # the form's number, where one is known
    unit_line: str = "Đơn vị tính: đồng"
    mark: str = ""
    notes: tuple[str, ...] = ()
    signers: tuple[tuple[str, str], ...] = ()
    carried: int | None = None  # the column whose sum is carried from page to page
    is_landscape: bool = False

    @property
    def carries(self) -> bool:
        """Whether page sums are printed."""
        return self.carried is not None


def shown(value: Value, kind: Kind) -> str:
    """Return a value as it is printed: "25.000.000", "30/05/2023", "-" for a sum of nothing."""
    if value is None:
        return ""
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, int):
        return ZERO if value == 0 and kind is Kind.MONEY else format_integer(value)
    return value


def write_sheet_pdf(sheet: Sheet) -> bytes:
    """The book as PDF/A, A4, its head repeated on every page and the pages numbered."""
    data = {
        "title": sheet.title,
        "issuer": [part.upper() for part in sheet.issuer],
        "form": sheet.form,
        "scope": sheet.scope,
        "unit_line": sheet.unit_line,
        "mark": sheet.mark,
        "notes": list(sheet.notes),
        "place": sheet.place,
        "day": sheet.dated_on.day,
        "month": sheet.dated_on.month,
        "year": sheet.dated_on.year,
        "signers": [list(signer) for signer in sheet.signers],
        "landscape": sheet.is_landscape,
        "carried": sheet.carried if sheet.carried is not None else -1,
        "columns": [
            {"head": one.head, "width": one.width_mm, "kind": str(one.kind), "group": one.group}
            for one in sheet.columns
        ],
        "rows": [
            {
                "cells": [shown(value, one.kind) for value, one in zip(row.cells, sheet.columns, strict=True)],
                "sum": row.is_sum,
                "add": _carried(sheet, row),
            }
            for row in sheet.rows
        ],
    }
    return compile_pdf("sheet.typ", data, dated_on=sheet.dated_on)


def _carried(sheet: Sheet, row: SheetRow) -> int:
    value = row.cells[sheet.carried] if sheet.carried is not None and not row.is_sum else 0
    return value if isinstance(value, int) else 0


def write_sheet_workbook(sheet: Sheet) -> bytes:
    """The book as .xlsx: numbers as numbers, days as days, no text that could act; the same book gives the same bytes."""
    out = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(out, safe) as book:
        created = datetime.combine(sheet.dated_on, time(), UTC).replace(tzinfo=None)
        book.set_properties({"title": nfc(sheet.title), "author": nfc(sheet.issuer[-1]), "created": created})
        _write(book, sheet)
    return out.getvalue()


def _write(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", nfc(sheet.title))[:31].strip())
    title, italic = book.add_format({"bold": True, "font_size": 13}), book.add_format({"italic": True})
    heads = [*(part.upper() for part in sheet.issuer), sheet.title, sheet.scope]
    for at, words in enumerate(heads):
        text(page, at, 0, words, title if words == sheet.title else italic)
    text(page, len(heads), 0, " · ".join(part for part in (sheet.unit_line, sheet.mark) if part), italic)
    top = len(heads) + 2
    widths = [max(6.0, (one.width_mm or 45) / MM_PER_UNIT) for one in sheet.columns]
    look = book.add_format(
        {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#EEEEEE"}
    )
    for column, (one, width) in enumerate(zip(sheet.columns, widths, strict=True)):
        page.set_column(column, column, width)
        text(page, top, column, f"{one.group}: {one.head}" if one.group else one.head, look)
    fit_height(page, top, [(f"{one.group} {one.head}", w) for one, w in zip(sheet.columns, widths, strict=True)])
    formats = {(kind, is_sum): _format(book, kind, is_sum=is_sum) for kind in Kind for is_sum in (False, True)}
    for at, row in enumerate(sheet.rows, top + 1):
        fit_height(page, at, [(v, w) for v, w in zip(row.cells, widths, strict=True) if isinstance(v, str)])
        for column, (value, one) in enumerate(zip(row.cells, sheet.columns, strict=True)):
            _cell(page, at, column, value, formats, (one.kind, row.is_sum))
    end = top + 1 + len(sheet.rows)
    for step, note in enumerate(sheet.notes, 1):
        text(page, end + step, 0, note, italic)
    foot = end + len(sheet.notes) + 2
    for column, (role, hint) in zip(_spread(len(sheet.columns), len(sheet.signers)), sheet.signers, strict=True):
        text(page, foot, column, role, title)
        text(page, foot + 1, column, hint, italic)
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(top)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    if sheet.is_landscape:
        page.set_landscape()


def _spread(columns: int, signers: int) -> Sequence[int]:
    """Return the columns over which signatures are spread."""
    return [min(columns - 1, at * columns // signers) for at in range(signers)]


def _format(book: xlsxwriter.Workbook, kind: Kind, *, is_sum: bool) -> Format:
    code = {Kind.TEXT: "@", Kind.DATE: "dd/mm/yyyy"}.get(kind, "#,##0")
    look = {"num_format": code, "border": 1, "valign": "top", "bold": is_sum}
    if kind is Kind.TEXT:
        look["text_wrap"] = True
    elif kind is Kind.DATE:
        look["align"] = "center"
    return book.add_format(look)


def _cell(
    page: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    value: Value,
    formats: dict[tuple[Kind, bool], Format],
    key: tuple[Kind, bool],
) -> None:
    look = formats[key]
    if isinstance(value, date):
        page.write_datetime(row, column, datetime.combine(value, time()), look)
    elif isinstance(value, int) and len(str(abs(value))) <= EXACT_DIGITS:
        page.write_number(row, column, value, look)
    else:
        text(page, row, column, "" if value is None else shown(value, key[0]), look)
