"""A long workbook read row by row gives what the ordinary reader gives."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from chungtay.banking import long_sheets
from chungtay.banking.long_sheets import DamagedWorkbook, LongBook
from chungtay.banking.statement import UnreadableStatement
from chungtay.banking.tables import read_table
from chungtay.banking.tests import making
from chungtay.banking.tests.making import xlsx

LAYOUTS = [making.vietcombank_rows, making.vietinbank_rows, making.mb_rows, making.agribank_rows]


def with_everything() -> bytes:
    """Return a workbook with every kind of cell that a bank, or a person who saves its file again, may write."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Sao kê")
    day, moment, span, money, red = (
        book.add_format({"num_format": code})
        for code in ("dd/mm/yyyy", "yyyy-mm-dd hh:mm:ss", "[h]:mm", '#,##0 "đ"', "[Red]0.00;[Blue]0")
    )
    sheet.write_row(0, 0, ["a", "b  c ", "Nguyễn", 1, 2.5, True, False, "_x000D_x", "a\nb"])
    sheet.write_datetime(2, 1, datetime(2025, 3, 1), day)
    sheet.write_datetime(2, 2, datetime(2025, 3, 1, 13, 5, 7), moment)
    sheet.write_datetime(2, 3, time(10, 30), moment)
    sheet.write_number(2, 4, 0.5, span)
    sheet.write_number(2, 5, 1.5, span)
    sheet.write_number(2, 6, 50_000, money)
    sheet.write_number(2, 7, 7.5, red)
    for column, (formula, value) in enumerate([("=1+1", 2), ('="x"', "x"), ("=NA()", "#N/A"), ("=TRUE()", True)]):
        sheet.write_formula(3, column, formula, None, value)
    sheet.write_rich_string(4, 0, "ab", red, "cd", "ef")
    sheet.write_blank(4, 3, None, day)
    sheet.write_string(6, 2, "x")
    sheet.write_string(6, 27, "far")
    book.close()
    return out.getvalue()


def saved_again() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["x", 1, date(2025, 1, 2), datetime(2025, 1, 2, 3, 4), True, None, "y"])
    book.active["H3"] = timedelta(hours=30)
    book.create_sheet("Hai").append(["z"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """Return a workbook with something else in one of its parts."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            said = before.read(name).decode()
            assert name != part or old in said
            after.writestr(name, said.replace(old, new) if name == part else said)
    return out.getvalue()


@pytest.mark.parametrize("data", [with_everything(), saved_again()])
def test_every_kind_of_cell_is_what_the_ordinary_reader_makes_of_it(data):
    ordinary = CalamineWorkbook.from_filelike(BytesIO(data))
    book = LongBook(data)
    assert [name for name, _ in book.sheets] == ordinary.sheet_names
    for name, part in book.sheets:
        rows = list(ordinary.get_sheet_by_name(name).iter_rows())
        mine = [[*row, *[""] * (len(rows[0]) - len(row))] for row in book.rows(part)]
        assert [[(type(cell), cell) for cell in row] for row in mine] == [
            [(type(cell), cell) for cell in row] for row in rows
        ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_long_statement_is_read_as_a_short_one(layout, monkeypatch):
    short = read_table(xlsx(layout()))
    monkeypatch.setattr(long_sheets, "LONG", 0)
    monkeypatch.setattr("chungtay.banking.grids.CalamineWorkbook", None)
    assert read_table(xlsx(layout())) == short


def test_names_with_a_prefix_are_the_same_names():
    data, part = xlsx([["a", 1.0], ["b", 2.0]]), "xl/worksheets/sheet1.xml"
    for name in ("worksheet", "sheetData", "row", "c", "v"):
        for mark in ("<", "</"):
            data = changed(data, part, f"{mark}{name}", f"{mark}x:{name}")
    data = changed(data, part, "xmlns=", "xmlns:x=")
    assert list(LongBook(data).rows(part)) == [["a", 1.0], ["b", 2.0]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<row r="2"', '<row r="20000000000"'),
        ('<c r="A2"', '<c r="ABCD2"'),
        ("<v>0</v>", "<v>99</v>"),
        ("</sheetData>", ""),
        ("<worksheet", "<!DOCTYPE x><worksheet"),
    ],
)
def test_a_damaged_sheet_is_refused_with_a_sentence(old, new, monkeypatch):
    data = changed(xlsx([["a", 1.0], ["b", 2.0]]), "xl/worksheets/sheet1.xml", old, new)
    [(_, part)] = LongBook(data).sheets
    with pytest.raises(DamagedWorkbook):
        list(LongBook(data).rows(part))
    monkeypatch.setattr(long_sheets, "LONG", 0)
    with pytest.raises(UnreadableStatement, match=r"Tệp"):
        read_table(data)


def test_days_counted_from_1904_are_left_to_the_ordinary_reader(monkeypatch):
    monkeypatch.setattr(long_sheets, "LONG", 0)
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"date_1904": True})
    book.add_worksheet()
    book.close()
    assert not LongBook(out.getvalue()).is_long
    assert LongBook(xlsx([["a"]])).is_long
