"""Writes a register as a workbook: an empty template with its lists of choices, or rows that exist."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from chungtay.community.registers.columns import Column, Register

TEMPLATE_ROWS = 1_000
MOST_CHOICES = 200  # characters of a list in a workbook are few


def write_template(register: Register, units: Sequence[str], made_on: date) -> bytes:
    """Return the empty workbook of a register; needed columns carry a star, choices are offered."""
    return _written(register.title, register.columns, (), made_on, units)


def write_list(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], made_on: date) -> bytes:
    """Return rows under the heads of columns."""
    return _written(title, columns, rows, made_on, ())


def _written(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], made_on: date, units: Sequence[str]
) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": False}) as book:
        book.set_properties({"title": title, "created": datetime.combine(made_on, time(tzinfo=UTC))})
        sheet = book.add_worksheet("Dữ liệu")
        head = book.add_format({"bold": True, "bg_color": "#F3EEE6", "bottom": 1, "text_wrap": True, "valign": "top"})
        looks = {
            "date": book.add_format({"num_format": "dd/mm/yyyy"}),
            "count": book.add_format({"num_format": "#,##0"}),
            "text": book.add_format({"num_format": "@"}),
        }
        for position, column in enumerate(columns):
            look = looks.get(column.kind, looks["text"])
            sheet.set_column(position, position, column.width, look)
            sheet.write_string(0, position, f"{column.head} *" if column.is_needed else column.head, head)
            offered = list(column.choices) if column.kind == "choice" else list(units) if column.kind == "unit" else []
            if offered and len(",".join(offered)) <= MOST_CHOICES:
                rule = {"validate": "list", "source": offered, "error_title": "Chọn trong danh sách"}
                sheet.data_validation(1, position, TEMPLATE_ROWS, position, rule)
        for number, row in enumerate(rows, start=1):
            for position, (column, value) in enumerate(zip(columns, row, strict=True)):
                if value is None or value == "":
                    continue
                if isinstance(value, date):
                    sheet.write_datetime(number, position, value, looks["date"])
                elif isinstance(value, int):
                    sheet.write_number(number, position, value, looks["count"])
                else:
                    sheet.write_string(number, position, str(value), looks.get(column.kind, looks["text"]))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, 0, len(columns) - 1)
    return out.getvalue()
