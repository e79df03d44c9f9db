"""A foreign workbook becomes plain rows, or a sentence: in time, in bounds, whatever it is."""

import io
import time
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from chungtay.tables.apart import UnreadableTable, rows_apart


def workbook(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_cells_are_plain_and_the_first_filled_sheet_is_read():
    rows = [["Tên", None, "Ngày"], ["Lê Văn Ba", 12, date(2023, 5, 30)], [True, 1.5, datetime(2023, 5, 30, 8, 0)]]
    read = rows_apart(workbook([], rows), most_rows=10)
    assert read == [["Tên", "", "Ngày"], ["Lê Văn Ba", 12, date(2023, 5, 30)], [True, 1.5, date(2023, 5, 30)]]
    assert rows_apart(workbook([]), most_rows=10) == []


def packed(size: int, *, macro: bool = False, doctype: bool = False) -> bytes:
    """A file that looks like a workbook and unpacks to `size` bytes of one sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<!DOCTYPE x><a/>" if doctype else "<a/>")
        archive.writestr("xl/workbook.xml", "<a/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * size)
        if macro:
            archive.writestr("xl/vbaProject.bin", "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "rỗng"),
        (b"MZ\x90", "không phải bảng tính"),
        (b"PK\x03\x04broken", "hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1broken", "hỏng"),
        (packed(200 << 20), "bung ra"),
        (packed(10, macro=True), "macro"),
        (packed(10, doctype=True), "không an toàn"),
        (b"PK" + b"0" * (5 << 20), "MB"),
    ],
)
def test_what_is_no_list_is_refused_soon_with_a_sentence(data, words):
    start = time.process_time()
    with pytest.raises(UnreadableTable, match=words):
        rows_apart(data, most_rows=100, largest=4 << 20)
    assert time.process_time() - start < 2


def test_a_sheet_longer_than_asked_is_refused():
    with pytest.raises(UnreadableTable, match="nhiều hơn"):
        rows_apart(workbook([[n] for n in range(12)]), most_rows=11)


def test_a_child_that_dies_is_a_sentence(monkeypatch):
    monkeypatch.setattr("chungtay.tables.apart.sys.executable", "/bin/false")
    with pytest.raises(UnreadableTable, match="giới hạn"):
        rows_apart(workbook([["a"]]), most_rows=10)
