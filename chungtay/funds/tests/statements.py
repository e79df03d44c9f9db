"""Bank files of an invented bank, as the tests hand them in: a workbook and a CSV with the same lines."""

import csv
from datetime import date
from io import BytesIO, StringIO

import xlsxwriter

HEADS = (
    "Ngày giao dịch",
    "Số tham chiếu",
    "Số tiền ghi nợ",
    "Số tiền ghi có",
    "Số dư",
    "Nội dung",
    "Tên tài khoản đối ứng",
)
OPENING = 10_000_000
Told = tuple[date, str, int, str, str]
"""(day, reference, amount: in is positive, memo, who)."""

LINES: list[Told] = [
    (date(2025, 3, 3), "FT001", 500_000, "NGUYEN VAN A ung ho quy", "NGUYEN VAN A"),
    (date(2025, 3, 3), "FT002", 50_000, "ung ho", ""),
    (date(2025, 3, 3), "FT002", 50_000, "ung ho", ""),  # a genuine twin
    (date(2025, 3, 4), "FT003", -200_000, "Chi qua Tet", ""),
    (date(2025, 3, 5), "FT004", 1_000_000, "Công ty Sen Hồng ủng hộ", "CONG TY SEN HONG"),
]

SECRETS: Told = (
    date(2025, 3, 3),
    "FT900",
    30_000,
    "LE THI B 0912345678 CCCD 087199001234 stk 1017999888 ung ho",
    "LE THI B",
)


def rows(lines: list[Told]) -> list[list[object]]:
    balance, found = OPENING, []
    for day, ref, amount, memo, who in lines:
        balance += amount
        found.append([day.strftime("%d/%m/%Y"), ref, max(-amount, 0) or "", max(amount, 0) or "", balance, memo, who])
    return found


def workbook(lines: list[Told], *, newest_first: bool = False) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Sao kê")
        sheet.write(0, 0, "SAO KÊ TÀI KHOẢN")
        sheet.write_row(3, 0, HEADS)
        told = rows(lines)
        for at, row in enumerate(reversed(told) if newest_first else told, start=4):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def comma_separated(lines: list[Told]) -> bytes:
    out = StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADS)
    for row in rows(lines):
        writer.writerow([f"{cell:,}".replace(",", ".") if isinstance(cell, int) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")
