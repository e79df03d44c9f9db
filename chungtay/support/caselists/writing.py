"""The template of a list of proposals: one sheet with the kind's heads, its choices offered; the same bytes every time."""

import io
from datetime import datetime

import xlsxwriter

from chungtay.support.caselists.reading import HEAD_WITHIN, MOST_ROWS, columns_of
from chungtay.support.kinds import Kind

ADVICE = "Mỗi hồ sơ một dòng. Không ghi số căn cước, số điện thoại, tên bệnh. Cột nào không có thì để trống."
MADE = datetime(2025, 1, 1)  # noqa: DTZ001  a property of the file, not a moment
MOST_CHOICES = 250  # characters of a list in a workbook are few


def template(kind: Kind) -> bytes:
    """Return the empty list of a kind as .xlsx."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": f"Đề nghị hỗ trợ: {kind.name}", "created": MADE})
        page = book.add_worksheet("Đề nghị")
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "bg_color": "#EEEEEE"})
        looks = {
            "money": book.add_format({"num_format": "#,##0"}),
            "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        }
        page.write_string(0, 0, ADVICE)
        for at, column in enumerate(columns_of(kind)):
            page.write_string(2, at, column.head, head)
            page.set_column(at, at, 30 if column.type == "text" else 18, looks.get(column.type))
            offered = [label for _, label in column.field.choices] if column.field else []
            if offered and len(",".join(offered)) <= MOST_CHOICES:
                rule = {"validate": "list", "source": offered, "error_title": "Chọn trong danh sách"}
                page.data_validation(3, at, MOST_ROWS + HEAD_WITHIN, at, rule)
        page.freeze_panes(3, 0)
    return out.getvalue()
