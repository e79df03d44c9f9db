"""The workbook: numbers are numbers, texts stay texts, every figure has its source."""

import io
import zipfile
from dataclasses import replace
from fractions import Fraction

import openpyxl
import pytest

from chungtay.papers.rules import Column, NumberCell, PrintedFigure, TableBlock, TextCell, manifest
from chungtay.papers.tests.sample import report
from chungtay.papers.workbook import SOURCES_SHEET, cell_number, write_workbook


@pytest.fixture(scope="module")
def book(paper):
    return openpyxl.load_workbook(io.BytesIO(write_workbook(paper)))


def test_there_is_a_sheet_for_each_table_and_one_for_the_sources(book):
    assert book.sheetnames == ["Bảng 1", "Phụ lục I", "Phụ lục II", SOURCES_SHEET]


def test_an_amount_holds_its_exact_value_and_shows_the_printed_one(book):
    cell = next(c for row in book["Bảng 1"].iter_rows() for c in row if c.value == 18153450000)
    assert cell.number_format == "#,##0.00,,"


def test_a_share_shows_what_the_paper_prints_and_never_more(paper):
    """A paper cuts a share down; a program that rounds the exact ratio would say 107,3% beside its 107,2%."""
    share = next(f for f in paper.figures.values() if f.ratio is not None and f.places == 1)
    cut = replace(share, ratio=Fraction(107_279, 100_000), text="107,2%")
    grown = replace(share, ratio=Fraction(-38_349, 100_000), text="-38,3%")
    for figure, shown in ((cut, "107.2%"), (grown, "-38.3%")):
        number, code = cell_number(figure)
        assert code == "0.0%"
        assert f"{number:.1%}" == shown
        assert cell_number(figure, shown=False)[0] == pytest.approx(float(figure.ratio))


def test_the_totals_of_the_sheet_are_the_sums_of_its_columns(book):
    rows = [row for row in book["Phụ lục I"].iter_rows(values_only=True) if isinstance(row[2], int)]
    for column in range(2, 15):
        *parts, total = [row[column] if isinstance(row[column], int) else 0 for row in rows]
        assert sum(parts) == total


def test_missing_and_none_are_marks_and_never_zero(book):
    values = {cell for row in book["Phụ lục I"].iter_rows(values_only=True) for cell in row}
    assert {"…", "-"} <= values
    assert 0 not in values


def test_the_sources_sheet_holds_every_printed_figure(book, paper):
    sheet = book[SOURCES_SHEET]
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert len(rows) == len({row.key for row in manifest(paper)})
    row = next(row for row in rows if row["Mã truy vết"] == "NV-2021-TOTAL" and row["In trong văn bản"] == "18.153,45")
    assert row["Giá trị"] == 18153450000
    assert row["Giá trị chính xác"] == "18.153.450.000 đồng"
    assert row["Phạm vi"] == "15/15 đơn vị"
    assert row["Theo số liệu biết đến lúc"] == "26/05/2023, 15:00"
    assert row["Nguồn"] == "Sổ Quỹ “Vì người nghèo”"
    assert row["Nơi in"] == "Bảng\u00a01, dòng 2, cột Cộng"


@pytest.mark.parametrize("wild", ["=1+1", "+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "{=1}", "http://x.y"])
def test_no_text_becomes_a_formula_or_a_link(paper, wild):
    figure = PrintedFigure(key="w", text=wild, label=wild, exact=wild, unit=wild, source=wild, trace=wild, url=wild)
    table = TableBlock(
        columns=(Column("Tên", align="left"), Column("Số")),
        rows=((TextCell("{w}"), NumberCell("w")),),
        caption="Thử",
    )
    data = write_workbook(replace(paper, blocks=(table,), annexes=(), figures={"w": figure}))
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type in ("s", "n")
            assert cell.hyperlink is None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_sheets_with_the_same_name_are_told_apart(paper):
    table = TableBlock(columns=(Column("Căn"),), rows=((NumberCell("houses"),),))
    blocks = (replace(table, caption=""), replace(table, caption=""), *paper.blocks[-1:])
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(replace(paper, blocks=blocks, annexes=()))))
    assert book.sheetnames == ["Bảng", "Bảng 2", SOURCES_SHEET]


def test_an_integer_longer_than_a_double_holds_is_written_as_text(paper):
    figure = replace(paper.figures["houses"], key="big", value=10**15, text="1.000.000.000.000.000", exact="10^15")
    table = TableBlock(columns=(Column("Đồng"),), rows=((NumberCell("big"),),), caption="Thử")
    data = write_workbook(replace(paper, blocks=(table,), annexes=(), figures={"big": figure}))
    assert openpyxl.load_workbook(io.BytesIO(data))["Bảng 1"]["A5"].value == "1.000.000.000.000.000"


def test_the_same_paper_gives_the_same_bytes():
    assert write_workbook(report()) == write_workbook(report())
