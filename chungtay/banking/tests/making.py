"""Makes bank files for tests, in the layouts that banks use; every name and every account is invented."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import typst
import xlsxwriter

from chungtay.banking.statement import StatementLine

ACCOUNT = "999000111222"
GIVERS = ("Nguyễn Văn Thử", "Trần Thị Mẫu", "Lê Ví Dụ", "Phạm Không Thật", "Võ Thị Giả Định")


def line(row: int = 1, **changes: Any) -> StatementLine:
    """Return a line of money in; any field may be given."""
    fields: dict[str, Any] = {
        "row": row,
        "booked_on": date(2026, 9, 5),
        "value_on": None,
        "ref": f"FT{26248000 + row}",
        "debit": 0,
        "credit": 50_000,
        "balance": None,
        "text": "ung ho",
    }
    return StatementLine(**{**fields, **changes})


def movements(count: int, opening: int = 1_000_000) -> list[tuple[date, str, int, int, int, str]]:
    """Return day, reference, money out, money in, balance, memo: a chain that holds."""
    balance, found = opening, []
    for number in range(count):
        out = 30_000 if number % 5 == 4 else 0
        into = 0 if out else 50_000 + 1_000 * (number % 7)
        balance += into - out
        day = date(2026, 9, 1) + timedelta(days=number // 4)
        memo = f"{GIVERS[number % 5]} ủng hộ đợt {number}" if into else "Chi hỗ trợ"
        found.append((day, f"5213.{45946 + number}", out, into, balance, memo))
    return found


def dotted(number: int) -> str:
    """1234567 -> "1.234.567"; zero is an empty cell."""
    return f"{number:,}".replace(",", ".") if number else ""


def xlsx(
    rows: Sequence[Sequence[Any]], merges: Sequence[tuple[int, int, int, int, Any]] = (), name: str = "Sheet1"
) -> bytes:
    """Return a workbook; dates get Excel's own format, merges are (row, column, last row, last column, value)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet(name)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            elif cell is not None and cell != "":
                sheet.write(number, column, cell)
    for *place, value in merges:
        sheet.merge_range(*place, value)
    book.close()
    return out.getvalue()


def csv_text(rows: Sequence[Sequence[Any]], delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """Return a CSV file."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def vietcombank_rows(count: int = 12) -> list[list[Any]]:
    """Day and document in one cell, dots, titles above and a sum below."""
    lines = movements(count)
    return [
        ["SAO KÊ TÀI KHOẢN / ACCOUNT STATEMENT"],
        [f"Số tài khoản/Account No: {ACCOUNT}", "", "", "Loại tiền/Currency: VND"],
        ["Từ/From: 01/09/2026   Đến/To: 10/09/2026"],
        ["Số dư đầu kỳ/Opening balance", "", "", "1.000.000"],
        [],
        [
            "Ngày GD/TNX Date\nSố CT/Doc No",
            "Số tiền ghi nợ/Debit",
            "Số tiền ghi có/Credit",
            "Số dư/Balance",
            "Nội dung chi tiết/Transactions in detail",
        ],
        *[[f"{d:%d/%m/%Y}\n{ref}", dotted(o), dotted(i), dotted(b), memo] for d, ref, o, i, b, memo in lines],
        ["Tổng cộng/Total", dotted(sum(x[2] for x in lines)), dotted(sum(x[3] for x in lines))],
        ["Số dư cuối kỳ/Closing balance", "", "", dotted(lines[-1][4])],
        ["Chứng từ này được in từ hệ thống"],
    ]


def vietinbank_rows(count: int = 12) -> list[list[Any]]:
    """25 rows of titles, numbers as numbers, newest first, two days."""
    titles: list[list[Any]] = [[f"Dòng giới thiệu {n}"] for n in range(22)]
    titles += [["Số tài khoản/ Account No:", ACCOUNT], ["Loại tiền/ Currency:", "VND"], []]
    header = [
        "STT/No.",
        "Ngày hạch toán/Accounting date",
        "Mô tả giao dịch/ Transaction description",
        "Nợ/ Debit",
        "Có / Credit",
        "Số dư TK/ Account Balance",
        "Số giao dịch/ Transaction number",
        "Số tài khoản đối ứng/ Corresponsive account",
        "Tên tài khoản đối ứng/ Corresponsive name",
        "MTID/ CITAD",
        "Mã định danh TK thụ hưởng/ To virtual account",
        "Ngày phát sinh giao dịch/ Transaction date",
    ]
    body = [
        [
            n,
            f"{d:%d-%m-%Y} 08:15:0{n % 10}",
            memo,
            o,
            i,
            b,
            ref,
            "888000333",
            GIVERS[n % 5],
            "",
            "",
            f"{d:%d-%m-%Y} 08:15:00",
        ]
        for n, (d, ref, o, i, b, memo) in enumerate(movements(count), start=1)
    ]
    return [*titles, header, *reversed(body)]


def mb_rows(count: int = 12) -> list[list[Any]]:
    """Line breaks inside the header's cells, commas, a row of totals."""
    lines = movements(count)
    titles: list[list[Any]] = [["SỔ PHỤ CHI TIẾT KIÊM BÁO NỢ/BÁO CÓ"], *[[] for _ in range(14)]]
    titles += [["", "Tài khoản/Account No:", ACCOUNT], ["", "Số dư đầu kỳ/Opening Balance:", "1,000,000.00"], []]
    header = [
        "STT\nNo",
        "Ngày giao dịch\nTransaction Date",
        "Ngày hạch toán\nAccounting Date",
        "Số bút toán\nTransaction No",
        "Phát sinh nợ\nDebit",
        "Phát sinh có\nCredit",
        "Nội dung\nDetails",
        "Đơn vị thụ hưởng/Đơn vị chuyển\nBeneficiary/Applicant",
        "Tài khoản\nAccount",
        "Ngân hàng đối tác\nRemitter Bank",
    ]
    body = [
        [
            str(n),
            f"{d:%d/%m/%Y} 10:0{n % 6}:00",
            f"{d:%d/%m/%Y}",
            f"FT2624800{n}\\BNK",
            f"{o:,}",
            f"{i:,}",
            memo,
            GIVERS[n % 5],
            "0700123456",
            "NH THU",
        ]
        for n, (d, ref, o, i, b, memo) in enumerate(lines, start=1)
    ]
    total = [
        "",
        "Tổng phát sinh trong kỳ/Total",
        "",
        "",
        f"{sum(x[2] for x in lines):,}",
        f"{sum(x[3] for x in lines):,}",
    ]
    return [*titles, header, *body, total, ["", "Số dư cuối kỳ/Closing Balance:", f"{lines[-1][4]:,}"]]


def agribank_rows(count: int = 12) -> list[list[Any]]:
    """The raw form: names of database columns, one signed amount."""
    return [
        ["trdt", "acctccyamt", "aftrbal", "rem", "trcdnm", "tomgntno"],
        *[[f"{d:%Y%m%d}", i - o, b, memo, "CK", "0001"] for d, ref, o, i, b, memo in movements(count)],
    ]


def ocb_rows(count: int = 12) -> list[list[Any]]:
    """Credit before debit, a fee, real dates."""
    return [
        ["Ngày giao dịch", "Mã giao dịch", "Ghi có", "Ghi nợ", "Phí", "Số dư", "Mô tả"],
        *[[d, ref, i or None, o or None, 0, b, memo] for d, ref, o, i, b, memo in movements(count)],
    ]


def pdf_vietcombank(
    lines: Sequence[tuple[date, str, int, int, int, str]], *, repeat: bool = True, centred: bool = False
) -> bytes:
    """The published statement as PDF: two lines in the first cell, page numbers below."""
    header = (
        "[Ngày GD/TNX Date\\ Số CT/Doc No],[Số tiền ghi nợ\\ Debit],[Số tiền ghi có\\ Credit],"
        "[Số dư\\ Balance],[Nội dung chi tiết\\ Transactions in detail]"
    )
    rows = ",\n".join(
        f"[{d:%d/%m/%Y}\\ {ref}],align(right)[{dotted(o)}],align(right)[{dotted(i)}],align(right)[{dotted(b)}],[{memo}]"
        for d, ref, o, i, b, memo in lines
    )
    align = "align: horizon," if centred else ""
    return _pdf(
        f"""SAO KÊ TÀI KHOẢN ACCOUNT STATEMENT \\
        Số tài khoản/Account number: {ACCOUNT} \\
        Loại tiền/Currency: VND #h(2cm) Từ/From: 01/09/2026 Đến/To: 30/09/2026
        #table(columns: (auto, auto, auto, auto, 1fr), {align} {"table.header(" + header + ")" if repeat else header},
        {rows})
        Số dư cuối kỳ/Closing balance: {dotted(lines[-1][4])}"""
    )


def pdf_of_a_day(lines: Sequence[tuple[date, str, int, int, int, str]]) -> bytes:
    """The other published form: number, day, amount, memo."""
    rows = ",\n".join(
        f"[{n}],[{d:%d/%m/%Y}],align(right)[{dotted(i)}],[{memo}]"
        for n, (d, _, _, i, _, memo) in enumerate(lines, start=1)
    )
    return _pdf(
        f"""THỐNG KÊ GIAO DỊCH NGÀY 01/09/2026
        #table(columns: (auto, auto, auto, 1fr), table.header([STT],[NGÀY GIAO DỊCH],[SỐ TIỀN],[DIỄN GIẢI]),
        {rows})"""
    )


def _pdf(body: str) -> bytes:
    source = f"""#set page(paper: "a4", margin: 1.5cm, footer: context [Page #counter(page).display() of 9])
    #set text(size: 8pt)
    {body}"""
    return typst.compile(source.encode())
