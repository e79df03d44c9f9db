"""The content model: every print listed, nothing typed by hand."""

from dataclasses import replace

import pytest

from chungtay.papers.rules import (
    Annex,
    Column,
    Heading,
    HeadKind,
    ListBlock,
    Mark,
    NumberCell,
    OrdinalCell,
    PaperError,
    Paragraph,
    Part,
    TableBlock,
    TextCell,
    UnknownFigure,
    UnsourcedNumber,
    check_paper,
    manifest,
)
from chungtay.papers.tests.sample import head, report


def with_block(paper, block):
    return replace(paper, blocks=(*paper.blocks[:3], block, *paper.blocks[3:]))


def test_the_manifest_lists_every_print_in_printing_order(paper):
    rows = manifest(paper)
    assert [row.key for row in rows[:4]] == ["plans", "raised", "cash", "in_kind"]
    assert {row.key for row in rows} >= {key for key in paper.figures if "-" not in key or key[:4].isdigit()} - {
        key for key in paper.figures if key.endswith("-plan")
    }
    parts = [row.part for row in rows]
    assert set(parts) == {Part.SENTENCE, Part.CELL, Part.CHART, Part.SOURCES}
    assert parts.index(Part.SENTENCE) < parts.index(Part.CELL) < parts.index(Part.CHART) < parts.index(Part.SOURCES)


def test_the_manifest_counts_every_cell_of_every_table(paper):
    cells = sum(
        isinstance(cell, NumberCell)
        for block in (*paper.blocks, *(b for a in paper.annexes for b in a.blocks))
        if isinstance(block, TableBlock)
        for row in (*block.rows, block.total or ())
        for cell in row
    )
    assert sum(row.part is Part.CELL for row in manifest(paper)) == cells


def test_the_manifest_says_where_a_number_stands(paper):
    row = next(row for row in manifest(paper) if row.key == "u9-houses")
    assert row.where == "Phụ lục\u00a0I, bảng, dòng 10, cột Cộng"
    assert row.printed == "36"


@pytest.mark.parametrize(
    "block",
    [
        Paragraph("Toàn tỉnh đã sửa chữa 400 căn nhà."),
        Heading(2, "2. Kết quả 15 Hội quán"),
        ListBlock(("vận động được 58,1 tỷ đồng;",)),
        TableBlock(columns=(Column("Năm"), Column("Căn")), rows=((TextCell("2021"), TextCell("2045")),)),
        TableBlock(columns=(Column("Đạt 30 căn"),), rows=((Mark.NONE,),)),
        TableBlock(columns=(Column("Căn"),), rows=((Mark.NONE,),), note="Trong đó có 12 căn."),
    ],
    ids=lambda block: type(block).__name__,
)
def test_a_typed_figure_is_refused_with_its_place(paper, block):
    with pytest.raises(UnsourcedNumber, match="gõ tay, không mở được đến nguồn"):
        check_paper(with_block(paper, block))


def test_the_refusal_names_the_paragraph_and_the_number(paper):
    with pytest.raises(UnsourcedNumber) as refused:
        check_paper(with_block(paper, Paragraph("Toàn tỉnh đã sửa chữa 400 căn nhà.")))
    assert str(refused.value).startswith("Đoạn “Toàn tỉnh đã sửa chữa 400 căn…”: số “400” gõ tay")


def test_a_typed_figure_in_an_annex_or_in_the_abstract_is_refused(paper):
    annex = Annex(("Biểu 1",), (Paragraph("Có 12 hộ."),))
    with pytest.raises(UnsourcedNumber, match="Phụ lục"):
        check_paper(replace(paper, annexes=(*paper.annexes, annex)))
    with pytest.raises(UnsourcedNumber, match="Phần đầu"):
        check_paper(replace(paper, abstract=("Về việc hỗ trợ 30 hộ nghèo",)))


def test_years_may_head_rows_and_columns(paper):
    columns = (Column("Năm", align="left"), Column("2022"))
    check_paper(with_block(paper, TableBlock(columns=columns, rows=((TextCell("2021"), NumberCell("houses")),))))


def test_a_figure_the_paper_does_not_hold_is_refused(paper):
    with pytest.raises(UnknownFigure, match="dùng số liệu “nhà” nhưng văn bản không có"):
        check_paper(with_block(paper, Paragraph("Sửa chữa {nhà}.")))


def test_sequence_numbers_must_count(paper):
    columns = (Column("TT"), Column("Tên"))
    rows = tuple((OrdinalCell(text), TextCell("Xã")) for text in ("A", "1", "2", "40"))
    check_paper(with_block(paper, TableBlock(columns=columns, rows=rows[:3])))
    with pytest.raises(PaperError, match="số thứ tự “40” không nối tiếp số “2”"):
        check_paper(with_block(paper, TableBlock(columns=columns, rows=rows)))


def test_a_row_must_fit_the_columns(paper):
    with pytest.raises(PaperError, match="dòng 1 có 1 ô, trong khi bảng có 2 cột"):
        check_paper(with_block(paper, TableBlock(columns=(Column("A"), Column("B")), rows=((Mark.NONE,),))))


def test_a_paper_needs_its_signature(paper):
    with pytest.raises(PaperError, match="người ký"):
        check_paper(replace(paper, signatures=()))


def test_a_figure_needs_its_text_and_its_own_key(paper):
    wrong = {"houses": replace(paper.figures["houses"], text=""), "other": paper.figures["houses"]}
    for key, figure in wrong.items():
        with pytest.raises(PaperError, match=f"Số liệu “{key}”"):
            check_paper(replace(paper, figures={**paper.figures, key: figure}))


def test_the_number_takes_a_zero_below_ten_and_the_party_writes_no_colon():
    assert head(HeadKind.MTTQ).number_line == "Số: 08/BC-MTTQ-BTT"
    assert head(HeadKind.PARTY).number_line == "Số 41-BC/TU"
    assert head(HeadKind.JOINT).place_and_date == "Cao Lãnh, ngày\u00a002 tháng\u00a002 năm 2023"
    assert replace(head(), number="").reference.endswith("/BC-UBND")


def test_only_the_party_head_is_not_verified():
    assert [kind for kind in HeadKind if not kind.is_verified] == [HeadKind.PARTY]


def test_a_single_annex_has_no_number():
    paper = report(sources=False)
    assert replace(paper, annexes=paper.annexes[:1]).annex_label(0) == "Phụ lục"
    assert paper.annex_label(1) == "Phụ lục\u00a0II"
