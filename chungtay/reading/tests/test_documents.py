"""Texts out of files: the same figures whatever the kind of file, and a sentence where there is no text."""

import io
import unicodedata

import pytest
import typst
from docx import Document

from chungtay.reading import read
from chungtay.reading.documents import MOST_BYTES, UnreadableDocument, text_of

SAID = "Vận động được 58,1 tỷ đồng, hỗ trợ 400 căn nhà."
VALUES = [58_100_000_000, 400]


def word_file() -> bytes:
    """Return a Word file with a paragraph and a table whose first row is merged."""
    document = Document()
    document.add_paragraph(SAID)
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Tổng hợp"
    table.cell(1, 0).text, table.cell(1, 1).text = "Xã An Bình", "13 cây cầu"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def values(content: bytes) -> list[int]:
    """Return the values of a file's figures."""
    return [int(figure.value) for figure in read(text_of(content))]


def test_plain_text_in_its_encodings() -> None:
    for content in (
        SAID.encode(),
        SAID.encode("utf-8-sig"),
        SAID.encode("utf-16"),
        unicodedata.normalize("NFD", SAID).encode(),
    ):
        assert values(content) == VALUES
    assert text_of(b"a\r\nb\rc") == "a\nb\nc"


def test_word_with_a_table() -> None:
    text = text_of(word_file())
    assert text == f"{SAID}\nTổng hợp\t\nXã An Bình\t13 cây cầu\n"
    assert values(word_file()) == [*VALUES, 13]


def test_pdf() -> None:
    assert values(typst.compile(SAID.encode())) == VALUES


def test_web_page_without_what_nobody_sees() -> None:
    page = f"<!DOCTYPE html><title>Tin 1</title><style>p{{width:50%}}</style><script>var a = '70%'</script><p>{SAID}</p><td>7 hộ</td>"
    assert values(page.encode()) == [*VALUES, 7]
    assert "50" not in text_of(page.encode())
    assert values("<html><body>58,1&nbsp;tỷ <b>đồng</b><br>400 căn nhà</body>".encode()) == VALUES


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 broken", ".docx bị hỏng"),
        (b"%PDF-1.7 broken", "PDF bị hỏng"),
        (b"\xd0\xcf\x11\xe0 old", ".doc"),
        (b"\xff\x00\xfa binary", "UTF-8"),
        (typst.compile(b"#rect()"), "không có chữ"),
        (b"a" * (MOST_BYTES + 1), "MB"),
    ],
)
def test_a_file_without_text_says_what_is_wrong(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableDocument, match=said):
        text_of(content)
