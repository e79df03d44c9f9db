"""The text of a file: plain text, Word, PDF or a web page, known by content and not by name.

Paragraphs, rows and pages become lines; cells of a row are parted by tabs. Nothing is put into another spelling.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from chungtay.kernel.errors import DomainError
from chungtay.reading.wordlists import words

MOST_BYTES = 50 * 1024 * 1024
_BLOCKS = words(
    """
    address article aside blockquote br dd div dl dt figcaption footer form h1 h2 h3 h4 h5 h6 header hr li main
    nav ol p pre section table tbody tfoot thead title tr ul
    """
)
_CELLS = frozenset({"td", "th"})
_SILENT = frozenset({"script", "style", "noscript", "template", "svg"})
_LOOKS_LIKE_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p|h1|table|meta)\b", re.I | re.S
)
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.I)


class UnreadableDocument(DomainError):
    """The file's text cannot be had."""


def text_of(content: bytes) -> str:
    """Return the text of a file. Raises UnreadableDocument with what is wrong and what to do."""
    if len(content) > MOST_BYTES:
        raise UnreadableDocument(f"Tệp lớn hơn {MOST_BYTES >> 20} MB: hãy chia thành các tệp nhỏ hơn.")
    if content.startswith(b"PK\x03\x04"):
        return _of_word(content)
    if content.startswith(b"%PDF-"):
        return _of_pdf(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableDocument("Tệp là văn bản Word kiểu cũ (.doc): hãy lưu lại thành .docx rồi thử lại.")
    if _LOOKS_LIKE_HTML.match(content[:4096].removeprefix(b"\xef\xbb\xbf")):
        return _of_html(_decoded(content, _CHARSET.search(content[:4096])))
    return _decoded(content, None)


def _decoded(content: bytes, charset: re.Match[bytes] | None) -> str:
    names = ["utf-16"] if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ["utf-8-sig"]
    if charset is not None:
        names.append(charset[1].decode("ascii", "replace"))
    for name in names:
        try:
            return content.decode(name).replace("\r\n", "\n").replace("\r", "\n")
        except (UnicodeDecodeError, LookupError):
            continue
    raise UnreadableDocument(
        "Tệp không phải văn bản UTF-8, .docx, .pdf hay .html: hãy lưu lại ở một trong các dạng đó."
    )


def _of_word(content: bytes) -> str:
    from docx import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    try:
        document = Document(io.BytesIO(content))
        blocks = list(document.iter_inner_content())
    except (ValueError, KeyError, OSError, zipfile.BadZipFile, SyntaxError):
        raise UnreadableDocument(
            "Tệp .docx bị hỏng hoặc không phải văn bản Word: hãy mở bằng Word và lưu lại."
        ) from None
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines += ["\t".join(_cells(row.cells)) for row in block.rows]
    return "\n".join(lines) + "\n"


def _cells(cells: tuple[Any, ...]) -> Iterator[str]:
    """The texts of a row's cells; a merged one says its text once, so that columns stay in line."""
    for at, cell in enumerate(cells):
        yield "" if at and cell is cells[at - 1] else " ".join(cell.text.split("\n"))


def _of_pdf(content: bytes) -> str:
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        raise UnreadableDocument("Tệp PDF bị hỏng hoặc có mật khẩu: hãy mở bằng trình đọc PDF và lưu lại.") from None
    with document:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_bounded().replace("\r\n", "\n").replace("\r", "\n"))
            text.close()
            page.close()
    if not any(page.strip() for page in pages):
        raise UnreadableDocument("Tệp PDF chỉ có hình chụp, không có chữ: hãy dùng bản có chữ (.docx, .txt).")
    return "\n".join(pages)


class _Page(HTMLParser):
    """Collects what a reader of the page sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self.silent:
            self.silent -= 1
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def _part(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag in _CELLS:
            self.pieces.append("\t")


def _of_html(source: str) -> str:
    page = _Page()
    page.feed(source)
    page.close()
    lines = (line.strip(" \t") for line in "".join(page.pieces).split("\n"))
    return "\n".join(re.sub(r" *\t[\t ]*", "\t", line) for line in lines if line) + "\n"
