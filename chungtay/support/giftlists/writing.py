"""The template of a list: one sheet with its heads, widths and a line of advice; the same bytes every time."""

import io
from datetime import datetime

import xlsxwriter

from chungtay.support.giftlists.reading import HEADS

WIDTHS = (6, 32, 20, 10, 22, 36)
ADVICE = "Mỗi hộ, mỗi người một dòng. Không ghi số căn cước, số điện thoại, tên bệnh. Số suất để trống là 1."
MADE = datetime(2025, 1, 1)  # noqa: DTZ001  a property of the file, not a moment


def template() -> bytes:
    """Return the empty list as .xlsx."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": "Danh sách hỗ trợ", "created": MADE})
        page = book.add_worksheet("Danh sách")
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "bg_color": "#EEEEEE"})
        money = book.add_format({"num_format": "#,##0"})
        page.write_string(0, 0, ADVICE)
        for column, (words, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
            page.write_string(2, column, words, head)
            page.set_column(column, column, width, money if column in (3, 4) else None)
        page.freeze_panes(3, 0)
    return out.getvalue()
