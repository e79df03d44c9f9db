"""The PDF, read back: fonts, pages, links, order; the same paper gives the same bytes."""

import re
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as raw
import pytest

from chungtay.papers.fonts import paper_font, vietnamese_letters
from chungtay.papers.pdf import write_pdf
from chungtay.papers.rules import Align, Column, HeadKind, Mark, Paragraph, TableBlock, TextCell
from chungtay.papers.tests.reader import pages_of_pdf, text_of_pdf
from chungtay.papers.tests.sample import report


def test_the_same_paper_gives_the_same_bytes(pdf_file):
    assert write_pdf(report()) == pdf_file


def test_every_font_is_inside_the_file(pdf_file):
    names = set(re.findall(rb"/FontName\s*/(\S+)", pdf_file))
    family = paper_font().family.replace(" ", "").encode()
    assert names
    assert all(re.fullmatch(rb"[A-Z]{6}\+" + family + rb"\S*", name) for name in names)
    assert pdf_file.count(b"/FontFile2") + pdf_file.count(b"/FontFile3") >= len(names)


def test_every_vietnamese_letter_is_drawn_and_read_back(paper):
    letters = " ".join(vietnamese_letters())
    text = text_of_pdf(
        write_pdf(replace(paper, blocks=(Paragraph(letters), *paper.blocks[-1:]), annexes=(), figures={}))
    )
    assert set(vietnamese_letters()) <= set(text)


def test_the_first_page_of_each_part_has_no_number_and_the_next_begins_with_two(pdf_file):
    tops = [page.split("\n")[0].strip() for page in pages_of_pdf(pdf_file, whole=True)]
    numbers = [int(top) if top.isdigit() else 1 for top in tops]
    assert numbers[0] == 1
    assert all(now in (1, before + 1) for before, now in pairwise(numbers))
    assert numbers.count(1) == 4


@pytest.mark.parametrize("kind", [HeadKind.UBND, HeadKind.MTTQ, HeadKind.JOINT])
@pytest.mark.parametrize("extra", [0, 1, 2, 3])
def test_the_signature_is_never_alone_on_its_page(kind, extra):
    paper = report(kind, sources=False)
    more = (Paragraph("Các cơ quan tiếp tục phối hợp chặt chẽ, rõ việc, rõ người chủ trì. " * 4),) * extra
    paper = replace(paper, blocks=(*paper.blocks[:-1], *more, paper.blocks[-1]), annexes=())
    last = pages_of_pdf(write_pdf(paper))[-1]
    assert "Trên đây là Báo cáo" in last
    assert paper.signatures[-1].name in last


def test_every_figure_of_a_sentence_is_a_link_inside_the_file(pdf_file):
    document = pypdfium2.PdfDocument(pdf_file)
    page = document[0]
    links = 0
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        links += raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_LINK
        raw.FPDFPage_CloseAnnot(annotation)
    page.close()
    document.close()
    assert links >= 9


def test_a_row_is_never_cut_by_a_page_break(paper):
    row = (TextCell("Đầu " + "rõ việc, rõ người, " * 30 + "cuối"), Mark.NONE)
    table = TableBlock(columns=(Column("Việc", 60, Align.LEFT), Column("Căn", 20)), rows=(row,) * 15)
    pages = pages_of_pdf(write_pdf(replace(paper, blocks=(table, paper.blocks[-1]), annexes=(), figures={})))
    assert len(pages) > 4
    assert all(page.count("Đầu ") == page.count("cuối") for page in pages)


def test_the_head_of_a_table_is_repeated_on_each_page(paper):
    table = TableBlock(columns=(Column("Việc cần làm", 60), Column("Căn")), rows=((Mark.NONE, Mark.NONE),) * 100)
    pages = pages_of_pdf(write_pdf(replace(paper, blocks=(table, paper.blocks[-1]), annexes=(), figures={})))
    assert [page.count("Việc cần làm") for page in pages[:3]] == [1, 1, 1]


def test_the_note_stands_on_every_page(pdf_file):
    assert all("Số liệu minh họa" in page for page in pages_of_pdf(pdf_file))


def test_markup_in_texts_stays_text(paper):
    wild = "#panic() *đậm* $x$ - @a <b> \\ [x] “A”"
    text = text_of_pdf(write_pdf(replace(paper, blocks=(Paragraph(wild),), annexes=(), figures={})))
    assert "#panic() *đậm* $x$ - @a <b> \\ [x] “A”" in text
