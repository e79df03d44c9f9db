"""The written papers: every number in the manifest, none typed by hand, and the same papers for the same moment for ever."""

import io
import json
import re

import openpyxl
import pytest

from chungtay.papers.rereading import leftover_numbers, text_of_docx
from chungtay.papers.rules import HeadKind, manifest, prints
from chungtay.reviews import services
from chungtay.reviews.content import paper_of
from chungtay.reviews.files import papers_of
from chungtay.reviews.tests.world import LATER, paragraph_of

pdfium = pytest.importorskip("pypdfium2")


def text_of_pdf(data):
    """The text of the pages without their numbers, which stand alone in the first line."""
    pages = []
    document = pdfium.PdfDocument(io.BytesIO(data))
    for page in document:
        lines = page.get_textpage().get_text_bounded().splitlines()
        pages.append("\n".join(line for line in lines if not line.strip().isdigit() or len(line.strip()) > 2))
    document.close()
    return "\n".join(pages)


@pytest.mark.parametrize("header", [HeadKind.UBND, HeadKind.MTTQ, HeadKind.JOINT])
def test_no_number_of_the_word_file_is_typed_by_hand(world, header):
    content = world.content(header=header)
    paper = paper_of(content)
    assert leftover_numbers(text_of_docx(papers_of(content).docx), prints(paper), paper.names) == []


def test_no_number_of_the_pdf_is_typed_by_hand(world):
    content = world.content()
    paper = paper_of(content)
    assert leftover_numbers(text_of_pdf(papers_of(content).pdf), prints(paper), paper.names) == []


def test_the_tables_of_the_annexes_are_forms_with_numbers_of_their_own(world):
    content = world.content()
    papers = papers_of(content)
    forms = [row.where for row in prints(paper_of(content)) if re.search(r"Biểu\s\d+$", row.where)]
    assert [where.split(", ")[-1] for where in forms] == [f"Biểu\u00a0{n}" for n in range(1, len(forms) + 1)]
    assert all(where.startswith("Phụ lục") for where in forms)
    assert forms, "the units have one at least"
    names = openpyxl.load_workbook(io.BytesIO(papers.xlsx)).sheetnames
    assert [name for name in names if name.startswith("Biểu")] == [f"Biểu {n}" for n in range(1, len(forms) + 1)]
    for text in (text_of_docx(papers.docx), text_of_pdf(papers.pdf), papers.html.decode()):
        flat = text.replace("\u00a0", " ")
        assert all(f"Biểu {n}. Số liệu theo đơn vị" in flat for n in range(1, len(forms) + 1))
        assert "Bảng 1. Kết quả" in flat, "the tables of the text keep theirs"


def test_the_manifest_lists_every_print_and_opens_every_figure(world):
    from chungtay.figures import selectors as account

    content = world.content()
    rows = papers_of(content).manifest
    assert [row["printed"] for row in rows] == [row.printed for row in manifest(paper_of(content))]
    assert json.loads(json.dumps(rows, ensure_ascii=False)) == rows
    said = next(row for row in rows if row["shape"] == "said" and row["indicator"] == "support.houses")
    opened = account.trace(said["trace"])
    assert opened.figure.value == said["value"] == 416
    assert said["coverage"] == {"reported": 4, "expected": 4, "missing": []}
    assert all(row["trace"] and row["url"].startswith("/con-so/") for row in rows)


def test_every_page_of_a_sample_programme_says_so(world):
    assert paper_of(world.content()).note == "Số liệu minh họa"
    world.programme.is_sample = False
    assert paper_of(world.content()).note == ""


def test_the_same_moment_gives_the_same_papers_after_new_facts(world):
    review = world.create()
    before = services.build_papers(review)
    world.correct()
    after = services.build_papers(review)
    assert after.files() == before.files()


def test_a_later_moment_gives_the_new_figures(world):
    before = papers_of(world.content()).manifest
    world.correct()
    after = papers_of(world.content(known_at=LATER)).manifest
    assert before != after


def test_a_draft_that_is_not_stored_is_rebuilt_just_as_identically(world):
    before = papers_of(world.content())
    world.correct()
    assert papers_of(world.content()).docx == before.docx


def test_papers_are_written_under_names_that_say_what_they_are(world, tmp_path):
    paths = services.write_papers(world.create(), tmp_path / "new")
    assert sorted(path.name for path in paths) == [
        "bao-cao-so-ket-500-866-2020-01..2023-03-manifest.json",
        "bao-cao-so-ket-500-866-2020-01..2023-03.docx",
        "bao-cao-so-ket-500-866-2020-01..2023-03.html",
        "bao-cao-so-ket-500-866-2020-01..2023-03.pdf",
        "bao-cao-so-ket-500-866-2020-01..2023-03.pptx",
        "bao-cao-so-ket-500-866-2020-01..2023-03.xlsx",
    ]
    assert all(path.stat().st_size > 1000 for path in paths)


def test_a_number_planted_below_the_services_is_found_again(world):
    review = world.create()
    block = paragraph_of(review, "lessons")
    block.text = f"{block.text} Đã xây 999 căn."
    block.save()
    from chungtay.papers.rules import UnsourcedNumber

    with pytest.raises(UnsourcedNumber, match="999"):
        services.build_papers(review)
