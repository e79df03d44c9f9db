"""Reading a written paper back: no number in it without a figure, and a planted one is caught."""

import io
import zipfile
from dataclasses import replace

import pytest

from chungtay.papers import rereading
from chungtay.papers.docx import write_docx
from chungtay.papers.pdf import write_pdf
from chungtay.papers.rereading import UnreadablePaper, leftover_numbers, text_of_docx
from chungtay.papers.rules import HeadKind, manifest, prints
from chungtay.papers.tests.nd30 import open_docx
from chungtay.papers.tests.reader import text_of_pdf
from chungtay.papers.tests.sample import report
from chungtay.papers.workbook import write_workbook


@pytest.mark.parametrize("kind", list(HeadKind))
def test_nothing_is_left_over_in_word(kind):
    paper = report(kind)
    assert leftover_numbers(text_of_docx(write_docx(paper)), prints(paper), paper.names) == []


@pytest.mark.parametrize("kind", list(HeadKind))
def test_nothing_is_left_over_in_pdf(kind):
    paper = report(kind)
    assert leftover_numbers(text_of_pdf(write_pdf(paper)), prints(paper), paper.names) == []


def test_every_figure_of_the_manifest_stands_in_both_files(paper, word_file, pdf_file):
    for text in (text_of_docx(word_file), text_of_pdf(pdf_file)):
        dense = "".join(text.split())
        missing = {r.printed for r in manifest(paper) if r.part != "chart" and "".join(r.printed.split()) not in dense}
        assert missing == set()


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("Ngoài ra còn hỗ trợ 37 hộ nghèo.", ["37"]),
        ("Vận động được 400\u00a0căn.", ["400"]),
        ("Đạt 99,5% vào ngày 30 tháng 4 năm 2023.", ["99,5"]),
        ("Phường 11 có 12.345 người.", ["12.345"]),
        ("Theo Kế hoạch số 12/KH-UBND ngày 30/5/2023.", []),
    ],
)
def test_a_planted_number_is_caught(paper, word_file, planted, found):
    document = open_docx(word_file)
    document.paragraphs[12].insert_paragraph_before(planted)
    text = text_of_docx(_saved(document))
    assert leftover_numbers(text, prints(paper), paper.names) == found


def _saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("trên\u00a022.000\u00a0suất", "trên\u00a023.000\u00a0suất", ["23.000"]),
        ("trên 43,5 tỷ đồng", "trên 43,5 triệu đồng", ["43,5"]),
        ("3.682.050.000", "3.682.050.001", ["3.682.050.001"]),
    ],
)
def test_a_changed_figure_is_caught_even_when_only_its_words_changed(paper, word_file, before, after, found):
    text = text_of_docx(word_file).replace("\u00a0", " ")
    before, after = before.replace("\u00a0", " "), after.replace("\u00a0", " ")
    assert before in text
    assert leftover_numbers(text.replace(before, after, 1), prints(paper), paper.names) == found


def test_a_typed_digit_in_a_table_cell_is_caught(paper, word_file):
    text = text_of_docx(word_file)
    assert leftover_numbers(text.replace("\t…", "\t25", 1), prints(paper), paper.names) == ["25"]


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_another_file_is_refused(paper):
    broken = packed(**{"[Content_Types].xml": "<Types", "word/document.xml": "<a>"})
    for data in (b"%PDF-1.7", b"", packed(a="b"), broken, write_workbook(paper)):
        with pytest.raises(UnreadablePaper, match="không phải tệp Word"):
            text_of_docx(data)


def test_a_file_that_unpacks_too_large_is_refused(monkeypatch, word_file):
    monkeypatch.setattr(rereading, "MAX_BYTES", 1000)
    with pytest.raises(UnreadablePaper, match="quá lớn"):
        text_of_docx(word_file)


def test_a_paper_whose_figures_were_taken_away_leaves_them_over(paper, word_file):
    bare = replace(paper, annexes=())
    assert len(leftover_numbers(text_of_docx(word_file), prints(bare), paper.names)) > 200
