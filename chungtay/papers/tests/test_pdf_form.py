"""The PDF held against NĐ 30/2020, Phụ lục I, letter by letter, and its marks as PDF/A-2b; planted faults turn it red."""

import re
from dataclasses import dataclass, replace

import pypdfium2
import pypdfium2.raw as raw
import pytest

from chungtay.papers.pdf import write_pdf
from chungtay.papers.rules import HeadKind, Paper
from chungtay.papers.tests.sample import report

MM = 25.4 / 72
LEFT, RIGHT, TOP, BOTTOM = 30, 15, 20, 20
APART = 30  # points between two boxes
SLACK = 0.6  # mm: italics lean over their line


@dataclass(frozen=True)
class Line:
    """A line of a page: its text, edges in mm from the page's left and top, and the points of its letters."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


def lines_of(page) -> list[Line]:
    """The lines of a page in reading order."""
    _, height = page.get_size()
    text = page.get_textpage()
    found, letters = list[Line](), list[tuple[str, tuple[float, ...], float]]()

    def close():
        words = "".join(letter for letter, _, _ in letters)
        seen = [(box, size) for letter, box, size in letters if letter.strip()]
        if seen:
            left, bottom = min(b[0] for b, _ in seen), min(b[1] for b, _ in seen)
            right, top = max(b[2] for b, _ in seen), max(b[3] for b, _ in seen)
            sizes = [size for _, size in seen]
            edges = (left * MM, right * MM, (height - top) * MM, (height - bottom) * MM)
            found.append(Line(words.strip(), *edges, round(max(set(sizes), key=sizes.count), 1)))
        letters.clear()

    for at in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, at))
        if letter in "\r\n":
            close()
            continue
        box = text.get_charbox(at)
        if (
            letter.strip()
            and (before := [b for seen, b, _ in letters if seen.strip()])
            and box[0] - before[-1][2] > APART
        ):
            close()  # the two boxes of the head share a line
        letters.append((letter, box, raw.FPDFText_GetFontSize(text, at)))
    close()
    text.close()
    return found


def pages_of(paper: Paper):
    document = pypdfium2.PdfDocument(write_pdf(paper))
    pages = [(page.get_width() * MM, page.get_height() * MM, lines_of(page)) for page in document]
    document.close()
    return pages


@pytest.fixture(scope="module", params=list(HeadKind))
def printed(request):
    paper = report(request.param)
    return paper, pages_of(paper)


def test_every_page_is_a4_and_every_letter_is_inside_the_margins(printed):
    paper, pages = printed
    for width, height, lines in pages:
        assert sorted((round(width), round(height))) == [210, 297]
        for line in lines:
            if line.text.isdigit() and line.top < TOP:
                continue  # the page's number stands in the margin above
            if line.text == paper.note:
                continue  # the note at the foot stands in the margin below
            assert line.left >= LEFT - SLACK, line
            assert line.right <= width - RIGHT + SLACK, line
            assert line.top >= TOP - SLACK, line
            assert line.bottom <= height - BOTTOM + SLACK, line


def test_page_numbers_stand_in_the_middle_of_the_margin_above(printed):
    _, pages = printed
    numbers = [(width, line) for width, _, lines in pages for line in lines if line.text.isdigit() and line.top < TOP]
    assert numbers
    for width, line in numbers:
        middle = (LEFT + width - RIGHT) / 2
        assert abs((line.left + line.right) / 2 - middle) < 1
        assert 13 <= line.size <= 14


def at(lines: list[Line], text: str) -> Line:
    return next(line for line in lines if line.text.startswith(text))


def test_the_head_stands_in_its_two_boxes(printed):
    paper, pages = printed
    lines = pages[0][2]
    is_party = paper.head.kind is HeadKind.PARTY
    right = at(lines, "ĐẢNG CỘNG SẢN VIỆT NAM" if is_party else "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    issuer = at(lines, paper.head.issuer[-1].split()[0])
    assert issuer.right < 98 < right.left
    assert right.top == pytest.approx(min(line.top for line in lines), abs=2)
    assert 12 <= right.size <= (15 if is_party else 13)
    if not is_party:
        motto = at(lines, "Độc lập - Tự do - Hạnh phúc")
        assert 13 <= motto.size <= 14
        assert (motto.left + motto.right) / 2 == pytest.approx((right.left + right.right) / 2, abs=1)
    number, day = at(lines, "Số"), at(lines, paper.head.place)
    assert number.right < day.left
    assert number.text.replace("\xa0", " ") == paper.head.number_line
    assert number.bottom == pytest.approx(day.bottom, abs=1.5)
    assert (number.size, day.size) == (13, 14)


def test_type_and_abstract_stand_in_the_middle_under_the_head(printed):
    paper, pages = printed
    lines = pages[0][2]
    for text in (paper.type_name, *paper.abstract):
        line = at(lines, text)
        assert (line.left + line.right) / 2 == pytest.approx((LEFT + 210 - RIGHT) / 2, abs=1)
        assert 13 <= line.size <= 14


def test_recipients_stand_at_the_left_edge_beside_the_signature(printed):
    paper, pages = printed
    lines = next(lines for _, _, lines in pages if any(line.text.startswith("Nơi nhận") for line in lines))
    where = at(lines, "Nơi nhận")
    role, name = at(lines, paper.signatures[-1].lines[0]), at(lines, paper.signatures[-1].name)
    assert where.left == pytest.approx(LEFT, abs=1)
    assert where.size == 12
    assert at(lines, "- Như trên").size == 11
    if len(paper.signatures) == 1:
        assert where.top == pytest.approx(role.top, abs=2.5)
        assert role.left > 100
    else:
        assert where.top > name.bottom  # of a joint paper the recipients stand below
        first = at(lines, paper.signatures[0].name)
        assert first.right < name.left
        assert first.top == pytest.approx(name.top, abs=1)
    assert name.top - role.bottom > 20  # room for signature and seal


def test_annexes_are_numbered_in_roman_each_on_a_page_of_its_own(printed):
    paper, pages = printed
    opened = [lines[0].text.replace("\xa0", " ") for _, _, lines in pages if lines[0].text.startswith("Phụ lục")]
    assert opened == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]
    for _, _, lines in pages:
        if lines[0].text.startswith("Phụ lục"):
            assert lines[0].size == 14
            assert any(paper.head.reference in line.text.replace("\xa0", " ") for line in lines[:5])


def test_a_line_that_runs_over_the_edge_is_found():
    paper = report()
    wide = replace(paper, head=replace(paper.head, issuer=("ỦYBANNHÂNDÂN" * 6,)))
    lines = pages_of(wide)[0][2]
    assert any(line.left < LEFT - SLACK or line.right > 210 - RIGHT + SLACK for line in lines)


# ---------------------------------------------------------------- PDF/A


def test_the_file_says_that_it_is_pdf_a_and_holds_what_that_needs(pdf_file):
    assert re.search(rb"<pdfaid:part>2</pdfaid:part>", pdf_file)
    assert re.search(rb"<pdfaid:conformance>B</pdfaid:conformance>", pdf_file)
    assert b"/OutputIntents" in pdf_file
    assert b"/GTS_PDFA1" in pdf_file
    assert b"/DestOutputProfile" in pdf_file
    assert re.search(rb"/ID\s*\[", pdf_file)
    assert pdf_file.startswith(b"%PDF-1.7\n%")  # and four letters beyond ASCII
    assert all(letter > 127 for letter in pdf_file.split(b"\n")[1][1:5])


def test_the_file_holds_nothing_that_pdf_a_forbids(pdf_file):
    for name in (b"/Encrypt", b"/JavaScript", b"/Launch", b"/EmbeddedFiles", b"/AA ", b"/XFA", b"/LZWDecode"):
        assert name not in pdf_file
