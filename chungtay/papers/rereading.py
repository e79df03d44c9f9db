"""Read a written paper back and find the numbers in it that no figure stands behind.

The paper's own prints say which digits to expect and in which order; whatever else states a figure was typed by hand.
"""

import io
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

import docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from pptx import Presentation
from pptx.oxml.ns import qn as qp

from chungtay.kernel.errors import DomainError
from chungtay.papers.literals import NUMBER, Span, plain, unsourced_numbers
from chungtay.papers.rules import ManifestRow, Part

MAX_BYTES = 50_000_000  # unpacked; a report is a hundredth of it
INVISIBLE = str.maketrans({"\u200b": None, "\u00ad": None, "\ufffe": "-", "\u0002": "-"})


class UnreadablePaper(DomainError):
    """The file is not a Word file we can read."""


def text_of_docx(data: bytes) -> str:
    """The text of a Word file's body: a line for each paragraph, cells of a table row separated by tabs.

    Raises UnreadablePaper for another kind of file, or one that unpacks to more than 50 MB.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
        if size > MAX_BYTES:
            raise UnreadablePaper("Tệp Word quá lớn để đọc lại; hãy bỏ bớt hình ảnh rồi gửi lại.")
        body = docx.Document(io.BytesIO(data)).element.body
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, SyntaxError) as error:
        raise UnreadablePaper(
            "Tệp này không phải tệp Word (.docx); hãy lưu lại dưới dạng .docx rồi gửi lại."
        ) from error
    return "\n".join(_lines(body))


def text_of_pptx(data: bytes) -> str:
    """The text of a deck of ours, slide by slide: shapes, what is written in charts, then the speaker's notes.

    Page numbers, which are fields, are left out; so are the values inside charts, which `chart_values` gives.
    """
    lines = list[str]()
    for page in Presentation(io.BytesIO(data)).slides:
        for shape in page.shapes:
            if shape.has_chart:
                lines += _chart_lines(shape.chart._chartSpace)
            elif shape.has_text_frame:
                lines += ["".join(run.text for run in p.runs) for p in shape.text_frame.paragraphs]
        if page.has_notes_slide:
            lines += page.notes_slide.notes_text_frame.text.split("\n")
    return "\n".join(lines)


def _chart_lines(chart: BaseOxmlElement) -> Iterator[str]:
    """Names of series, then each bar: its name, and what is written on it."""
    for name in chart.iter(qp("c:tx")):
        yield from (value.text or "" for value in name.iter(qp("c:v")))
    first = next(chart.iter(qp("c:ser")))
    written = {
        int(label.find(qp("c:idx")).get("val")): "".join(text.text or "" for text in label.iter(qp("a:t")))
        for label in first.iter(qp("c:dLbl"))
    }
    names = [point for part in first.iter(qp("c:cat")) for point in part.iter(qp("c:pt"))]
    for point in names:
        yield from (value.text or "" for value in point.iter(qp("c:v")))
        yield written.get(int(point.get("idx")), "")


def _lines(parent: BaseOxmlElement) -> Iterator[str]:
    for child in parent:
        if child.tag == qn("w:p"):
            yield _text(child)
        elif child.tag == qn("w:tbl"):
            for row in child.iter(qn("w:tr")):
                yield "\t".join(" ".join(_lines(cell)) for cell in row.iter(qn("w:tc")))


def _text(paragraph: BaseOxmlElement) -> str:
    marks = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    parts = (
        marks.get(e.tag) or e.text or "" for e in paragraph.iter(qn("w:t"), *marks) if e.getparent().tag == qn("w:r")
    )
    return "".join(parts)


def leftover_numbers(text: str, rows: Sequence[ManifestRow], names: Collection[str] = ()) -> list[str]:
    """The digit sequences of `text` that state a figure and belong to none of `rows`, in reading order.

    `rows` is `rules.prints(paper)`; with `rules.manifest(paper)` the sequence numbers of tables are left over too.
    Rows are matched in printing order; a figure's row counts only where its whole printed text stands. Page numbers
    must not be in `text`.
    """
    flat = plain(text.translate(INVISIBLE))
    tokens = [Span(match.start(), match.end(), match.group()) for match in NUMBER.finditer(flat)]
    known = _accounted(flat, tokens, rows)
    heads = {row.printed for row in rows if row.part is Part.REPEATED}
    wanted = {*names, *heads}
    stating = _stating(flat, wanted)
    return [token.text for index, token in enumerate(tokens) if index not in known and token.start in stating]


def _accounted(flat: str, tokens: list[Span], rows: Sequence[ManifestRow]) -> set[int]:
    """Indexes of the tokens that a row prints."""
    expected = list(_expected(rows))
    dense = "".join(flat.split())
    before = [0, *accumulate(not letter.isspace() for letter in flat)]  # letters before each place, spaces not counted
    known = set[int]()
    matcher = SequenceMatcher(None, [token.text for token in tokens], [e[0] for e in expected], autojunk=False)
    for first, second, length in matcher.get_matching_blocks():
        for index in range(first, first + length):
            _, whole, offset, is_figure = expected[second + index - first]
            start = before[tokens[index].start] - offset
            if not is_figure or (start >= 0 and dense.startswith(whole, start)):
                known.add(index)
    return known


def _expected(rows: Sequence[ManifestRow]) -> Iterator[tuple[str, str, int, bool]]:
    """(digits, the printed text without spaces, where the digits start in it, whether it is a figure), in order."""
    for row in rows:
        printed = plain(row.printed.translate(INVISIBLE))
        for match in NUMBER.finditer(printed):
            yield match.group(), "".join(printed.split()), len("".join(printed[: match.start()].split())), bool(row.key)


def _stating(flat: str, names: Collection[str]) -> set[int]:
    """Starts of the tokens that state a figure both in the whole text (dates may wrap) and in their own line."""
    whole = {span.start for span in unsourced_numbers(flat, names)}
    at, by_line = 0, set[int]()
    for line in flat.split("\n"):
        by_line |= {at + span.start for span in unsourced_numbers(line, names)}
        at += len(line) + 1
    return whole & by_line


def chart_values(data: bytes) -> list[tuple[str, list[float]]]:
    """Every series of the charts of a deck, slide by slide: its name, and the values that its bars are drawn from."""
    charts = [shape.chart for page in Presentation(io.BytesIO(data)).slides for shape in page.shapes if shape.has_chart]
    return [(series.name, list(series.values)) for chart in charts for series in chart.plots[0].series]
