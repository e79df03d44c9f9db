"""The workbook to fill in, and the masked list as a workbook: cells are text, never formulas."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO

import xlsxwriter

from chungtay.households.intake.columns import COLUMNS, REQUIRED
from chungtay.households.rules import KIND_LABELS, NEED_LABELS
from chungtay.kernel.text import date_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EXAMPLE = (
    "Nguyễn Văn Mẫu",
    "Ấp Hòa Long",
    "4",
    "1960",
    "Tổ 3",
    "0912345678",
    "",
    "hộ nghèo",
    "01/01/2024",
    "120/QĐ-UBND",
    "15/12/2023",
    "thiếu đất sản xuất",
    "nhà ở",
)
_ROWS = 5_000


def template(place: str) -> bytes:
    """Return the workbook to fill in: text cells, lists to choose from, one example that is to be removed."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    text = book.add_format({"num_format": "@"})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Hộ")
    sheet.set_column(0, len(COLUMNS) - 1, 18, text)
    for n, (name, label) in enumerate(COLUMNS.items()):
        sheet.write_string(0, n, f"{label} *" if name in REQUIRED else label, head)
        sheet.write_string(1, n, _EXAMPLE[n], text)
    names = list(COLUMNS)
    for name, labels in (("kind", KIND_LABELS), ("need", NEED_LABELS)):
        at = names.index(name)
        sheet.data_validation(1, at, _ROWS, at, {"validate": "list", "source": list(labels.values())})
    sheet.freeze_panes(1, 1)
    notes = book.add_worksheet("Hướng dẫn")
    notes.set_column(0, 0, 110)
    lines = (
        f"Mẫu danh sách hộ của {place}. Xóa dòng ví dụ trước khi nộp. Cột có dấu * bắt buộc.",
        "Ngày ghi dạng ngày/tháng/năm. Số căn cước đủ 12 chữ số, điện thoại đủ số 0 ở đầu; không có thì để trống.",
        "Hộ có ghi loại phải có từ ngày, số quyết định và ngày quyết định. Không ghi tôn giáo, dân tộc, bệnh tật.",
    )
    for n, line in enumerate(lines):
        notes.write_string(n, 0, line)
    book.close()
    return out.getvalue()


def masked_list(title: str, day: date, rows: Iterable[Sequence[str | int]]) -> bytes:
    """Return the masked list as a workbook. rows: place, name, khóm, members, classes, needs, phone, citizen's number."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bottom": 1})
    sheet = book.add_worksheet("Danh sách hộ")
    sheet.write_string(0, 0, f"{title}, đến ngày {date_text(day)}. Thông tin cá nhân đã che.")
    heads = ("Xã, phường", "Chủ hộ", "Khóm, ấp", "Số nhân khẩu", "Loại", "Nhu cầu", "Điện thoại", "Số căn cước")
    for n, label in enumerate(heads):
        sheet.write_string(2, n, label, head)
    sheet.set_column(0, len(heads) - 1, 20)
    for at, row in enumerate(rows, start=3):
        for n, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(at, n, value)
            else:
                sheet.write_string(at, n, value)
    sheet.freeze_panes(3, 0)
    book.close()
    return out.getvalue()
