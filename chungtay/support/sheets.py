"""Lists of cases and of what was handed over as workbooks: names masked as on the screen, texts never formulas."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO

import xlsxwriter

Value = str | int | date | None


@dataclass(frozen=True)
class Column:
    """One column: its head and how wide it is, in characters."""

    head: str
    width: int = 16


def write_list(title: str, said: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], day: date) -> bytes:
    """Return a workbook of one sheet. said: a line above the heads; the same rows give the same bytes."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title, "created": datetime.combine(day, time(tzinfo=UTC))})
        sheet = book.add_worksheet(title[:31])
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        days, counts = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "#,##0"})
        sheet.write_string(0, 0, said)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(2, at, column.head, head)
        last = 2
        for last, row in enumerate(rows, start=3):
            for at, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(last, at, datetime.combine(value, time()), days)
                elif isinstance(value, int):
                    sheet.write_number(last, at, value, counts)
                elif value:
                    sheet.write_string(last, at, value)
        sheet.freeze_panes(3, 0)
        sheet.autofilter(2, 0, last, len(columns) - 1)
    return out.getvalue()
