"""The Word file, read back and held against NĐ 30/2020, Phụ lục I; planted faults must turn the check red."""

import io
import unicodedata
import zipfile
from dataclasses import replace
from xml.etree.ElementTree import fromstring

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from chungtay.papers.docx import write_docx
from chungtay.papers.rules import HeadKind, Paragraph, PrintedFigure, UnsourcedNumber
from chungtay.papers.tests.nd30 import broken_rules, cell_paragraphs, open_docx
from chungtay.papers.tests.sample import report


@pytest.mark.parametrize("kind", [HeadKind.UBND, HeadKind.MTTQ, HeadKind.JOINT])
def test_every_rule_holds(kind):
    assert broken_rules(open_docx(write_docx(report(kind)))) == []


def _margin(document):
    document.sections[0].left_margin = Mm(25)


def _size(document):
    document.styles["ND30 Nội dung"].font.size = Pt(12)


def _shown(document):
    document.sections[2].different_first_page_header_footer = False


def _number(document):
    document.tables[0].cell(1, 0).paragraphs[0].runs[0].text = "Số: 5 / BC - UBND"


def _decomposed(document):
    run = next(run for p in document.paragraphs for run in p.runs if "Chương" in run.text)
    run.text = unicodedata.normalize("NFD", run.text)


def _rule(document):
    motto = document.tables[0].cell(0, 1).paragraphs[1]
    next(e for e in motto._p.iter() if e.tag.endswith("extent")).set("cx", "900000")


def _alone(document):
    document.styles["ND30 Nội dung cuối"].paragraph_format.keep_with_next = False


def _link(document):
    next(document.element.body.iter(qn("w:bookmarkStart"))).set(qn("w:name"), "elsewhere")


def _cut(document):
    row = document.tables[1]._tbl.findall(qn("w:tr"))[1]
    row.trPr.remove(row.trPr.find(qn("w:cantSplit")))


FAULTS = (_margin, _size, _shown, _number, _decomposed, _rule, _alone, _link, _cut)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__.strip("_"))
def test_a_planted_fault_is_found(word_file, fault):
    document = open_docx(word_file)
    fault(document)
    assert broken_rules(document)


def test_the_same_paper_gives_the_same_bytes(word_file):
    assert write_docx(report()) == word_file


def test_all_times_in_the_file_are_the_papers_date(word_file):
    with zipfile.ZipFile(io.BytesIO(word_file)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2023, 5, 26, 0, 0, 0)}
        assert b"2023-05-26T00:00:00Z" in archive.read("docProps/core.xml")


def test_every_part_is_well_formed_and_every_relation_has_its_part(word_file):
    with zipfile.ZipFile(io.BytesIO(word_file)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                fromstring(archive.read(name))
        relations = fromstring(archive.read("word/_rels/document.xml.rels"))
        for relation in relations:
            if relation.get("TargetMode") != "External":
                assert f"word/{relation.get('Target')}" in archive.namelist()
        document = archive.read("word/document.xml").decode()
        used = {part.split('"')[0] for part in document.split('r:id="')[1:] + document.split('r:embed="')[1:]}
        assert used <= {relation.get("Id") for relation in relations}


def test_a_joint_paper_has_two_signature_blocks_with_the_recipients_below():
    document = open_docx(write_docx(report(HeadKind.JOINT)))
    table = next(t for t in document.tables if any(p.text == "Nơi nhận:" for p in cell_paragraphs(t)))
    assert [cell.paragraphs[-1].text for cell in table.rows[0].cells] == ["Trần Thị B", "Lê Văn C"]
    assert table.rows[1].cells[0].paragraphs[0].text == "Nơi nhận:"


def test_the_party_head_has_no_motto_and_a_star():
    box = open_docx(write_docx(report(HeadKind.PARTY))).tables[0]
    assert [p.text for p in box.cell(0, 1).paragraphs] == ["ĐẢNG CỘNG SẢN VIỆT NAM"]
    assert box.cell(0, 0).paragraphs[-1].text == "*"


def test_an_annex_with_a_wide_table_lies_on_its_side(word_file):
    widths = [round(section.page_width / Mm(1)) for section in open_docx(word_file).sections]
    assert widths == [210, 297, 210, 297]


def test_a_chart_has_alternative_text(word_file):
    body = open_docx(word_file).element.body
    words = [e.get("descr") for e in body.iter() if e.tag.endswith("}docPr")]
    said = "Biểu đồ cột: kết quả vận động theo năm, số liệu như Bảng 1 (tỷ đồng). 2020: 14,78; 2021: 18,15; "
    assert [word for word in words if word and word.startswith(said)]


def test_markup_and_control_characters_in_texts_stay_text(paper):
    wild = "Xã <b>&amp;</b> \x0b\x00 “A”"
    figure = PrintedFigure(
        key="w", text="<&> 5 căn", label=wild, exact="5 căn", unit="căn", url="https://a.b/?x=<&>\"'"
    )
    texts = replace(paper, blocks=(Paragraph(wild), Paragraph("Có {w}.")), annexes=(), figures={"w": figure})
    document = open_docx(write_docx(texts))
    assert "Xã <b>&amp;</b>  “A”" in [p.text for p in document.paragraphs]
    assert figure.url in [relation.target_ref for relation in document.part.rels.values()]


def test_nothing_is_written_while_a_number_is_typed_by_hand(paper):
    with pytest.raises(UnsourcedNumber):
        write_docx(replace(paper, blocks=(*paper.blocks, Paragraph("Có 400 căn."))))
