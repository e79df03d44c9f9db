"""The rules of a paper: every number printed is a figure with a source, and every print of it is listed.

Other rooms import from here: the content model (`content`), the reading of literal digits (`literals`), the walk over
all that a paper prints, its manifest, and the check that must pass before a paper is written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from chungtay.kernel.errors import DomainError
from chungtay.papers.content import (
    Align,
    Annex,
    Bar,
    Block,
    Cell,
    ChartBlock,
    Column,
    Head,
    Heading,
    HeadKind,
    ListBlock,
    Mark,
    NumberCell,
    Numbering,
    OrdinalCell,
    Paper,
    Paragraph,
    PrintedFigure,
    Signature,
    SourceRow,
    SourcesBlock,
    TableBlock,
    TextCell,
)
from chungtay.papers.literals import Span, is_period_label, unsourced_numbers

__all__ = [
    "Align",
    "Annex",
    "Bar",
    "Block",
    "Cell",
    "ChartBlock",
    "Column",
    "Head",
    "HeadKind",
    "Heading",
    "ListBlock",
    "ManifestRow",
    "Mark",
    "NumberCell",
    "Numbering",
    "OrdinalCell",
    "Paper",
    "PaperError",
    "Paragraph",
    "Part",
    "PrintedFigure",
    "Signature",
    "SourceRow",
    "SourcesBlock",
    "Span",
    "TableBlock",
    "TextCell",
    "UnknownFigure",
    "UnsourcedNumber",
    "check_paper",
    "figure_of",
    "manifest",
    "prints",
    "split_text",
    "unsourced_numbers",
]

PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


class PaperError(DomainError):
    """A paper's parts do not fit together; str() names the block."""


class UnsourcedNumber(PaperError):
    """A literal text of a paper states a figure that has no source."""


class UnknownFigure(PaperError):
    """A block names a figure that the paper does not hold."""


class Part(StrEnum):
    """What kind of print a row of the manifest is."""

    SENTENCE = "sentence"
    CELL = "cell"
    CHART = "chart"
    SOURCES = "sources"
    LITERAL = "literal"  # dates, captions, names: no figure
    LABEL = "label"  # heads of rows, names of bars: may be a bare year
    REPEATED = "repeated"  # a table's head: printed again on each of its pages
    ORDINAL = "ordinal"  # sequence numbers of rows and columns


@dataclass(frozen=True)
class ManifestRow:
    """One print: where ("Phụ lục I, dòng 3, cột Tiền"), the figure's key ("" for literals), the text as printed."""

    where: str
    key: str
    printed: str
    part: Part


def split_text(text: str) -> list[tuple[str, str]]:
    """ "nhà {houses}." -> [("nhà ", ""), ("", "houses"), (".", "")]: literal pieces and figure keys, in order."""
    parts = PLACEHOLDER.split(text)
    return [("", part) if i % 2 else (part, "") for i, part in enumerate(parts) if part]


def manifest(paper: Paper) -> list[ManifestRow]:
    """Every print of every figure, in printing order: sentences, cells, chart labels, and the sources annex."""
    return [row for row in prints(paper) if row.key]


def prints(paper: Paper) -> list[ManifestRow]:
    """Everything the paper prints that may hold a digit, in printing order: the manifest and all literal texts.

    Raises UnknownFigure when a block names a figure the paper does not hold.
    """
    head = paper.head
    outer = [head.number_line, head.place_and_date, paper.type_name, *paper.abstract, *paper.addressees]
    rows = [ManifestRow("Phần đầu", "", text, Part.LITERAL) for text in outer]
    numbering = Numbering()
    for block in paper.blocks:
        rows.extend(_block_prints(paper, block, "", numbering))
    for signature in paper.signatures:
        rows.extend(ManifestRow("Phần ký", "", text, Part.LITERAL) for text in (*signature.lines, signature.name))
    rows.extend(ManifestRow("Nơi nhận", "", text, Part.LITERAL) for text in paper.recipients)
    for index, annex in enumerate(paper.annexes):
        label = paper.annex_label(index)
        texts = (label, *annex.title, paper.annex_reference())
        rows.extend(ManifestRow(label, "", text, Part.LITERAL) for text in texts)
        for block in annex.blocks:
            rows.extend(_block_prints(paper, block, f"{label}, ", numbering))
    return rows


def _block_prints(paper: Paper, block: Block, where: str, numbering: Numbering) -> Iterator[ManifestRow]:
    match block:
        case Heading(text=text):
            yield ManifestRow(f"{where}đề mục “{_short(text)}”", "", text, Part.LITERAL)
        case Paragraph(text=text):
            yield from _text_prints(paper, text, f"{where}đoạn “{_short(text)}”", Part.SENTENCE)
        case ListBlock(items=items):
            for item in items:
                yield from _text_prints(paper, item, f"{where}dòng “{_short(item)}”", Part.SENTENCE)
        case TableBlock():
            yield from _table_prints(paper, block, where, numbering)
        case ChartBlock():
            yield from _chart_prints(paper, block, where, numbering)
        case SourcesBlock():
            yield from _source_prints(block, where)


def _text_prints(
    paper: Paper, text: str, where: str, part: Part, literal_part: Part = Part.LITERAL
) -> Iterator[ManifestRow]:
    for literal, key in split_text(text):
        if key:
            yield ManifestRow(where, key, figure_of(paper, key, where).text, part)
        else:
            yield ManifestRow(where, "", literal, literal_part)


def _table_prints(paper: Paper, table: TableBlock, where: str, numbering: Numbering) -> Iterator[ManifestRow]:
    printed = numbering.table(table)
    name = f"{where}{printed or 'bảng'}"
    if printed:
        yield ManifestRow(name, "", f"{printed}. {table.caption}", Part.LITERAL)
    yield ManifestRow(f"{name}, đơn vị tính", "", table.unit_line, Part.LITERAL)
    groups = dict.fromkeys(column.group for column in table.columns if column.group)
    for text in (*groups, *(column.head for column in table.columns)):
        yield ManifestRow(f"{name}, đầu bảng", "", text, Part.REPEATED)
    if table.numbered:
        for number in range(1, len(table.columns) + 1):
            yield ManifestRow(f"{name}, đầu bảng", "", f"({number})", Part.ORDINAL)
    lines = [(f"dòng {i}", row) for i, row in enumerate(table.rows, 1)]
    lines += [("dòng tổng", table.total)] if table.total else []
    for line, row in lines:
        for column, cell in zip(table.columns, row, strict=False):
            at = f"{name}, {line}, cột {column.head}"
            match cell:
                case NumberCell(key=key):
                    yield ManifestRow(at, key, figure_of(paper, key, at).text, Part.CELL)
                case TextCell(text=text):
                    label = Part.LITERAL if column.align is Align.RIGHT else Part.LABEL
                    yield from _text_prints(paper, text, at, Part.CELL, label)
                case OrdinalCell(text=text):
                    yield ManifestRow(at, "", text, Part.ORDINAL)
    yield from _text_prints(paper, table.note, f"{name}, ghi chú", Part.SENTENCE)


def _chart_prints(paper: Paper, chart: ChartBlock, where: str, numbering: Numbering) -> Iterator[ManifestRow]:
    printed = numbering.chart()
    name = f"{where}{printed}"
    for text in (chart.unit_line, *chart.series, chart.plan_label):
        yield ManifestRow(name, "", text, Part.LITERAL)
    for bar in chart.bars:
        at = f"{name}, cột {bar.label}"
        for key in (*bar.parts, *((bar.plan,) if bar.plan else ())):
            figure_of(paper, key, at)  # drawn, not written
        yield ManifestRow(at, bar.total, figure_of(paper, bar.total, at).text, Part.CHART)
        yield ManifestRow(at, "", bar.label, Part.LABEL)
    yield ManifestRow(name, "", f"{printed}. {chart.caption}", Part.LITERAL)


def _source_prints(block: SourcesBlock, where: str) -> Iterator[ManifestRow]:
    for row in block.rows:
        at = f"{where}dòng {row.number}"
        yield ManifestRow(at, "", str(row.number), Part.ORDINAL)
        yield ManifestRow(at, "", row.label, Part.SOURCES)
        key = row.keys[0] if len(row.keys) == 1 else ""
        for text, of in ((row.printed, key), (row.exact, key)):
            yield ManifestRow(at, of, text, Part.SOURCES)
        for text in (row.coverage, row.when, row.source, row.trace):
            yield ManifestRow(at, "", text, Part.SOURCES)
    yield ManifestRow(f"{where}ghi chú", "", block.note, Part.LITERAL)


def figure_of(paper: Paper, key: str, where: str) -> PrintedFigure:
    """The figure of that key; raises UnknownFigure."""
    try:
        return paper.figures[key]
    except KeyError:
        sentence = (
            f"{_capital(where)} dùng số liệu “{key}” nhưng văn bản không có số liệu này; hãy thêm số liệu hoặc sửa tên."
        )
        raise UnknownFigure(sentence) from None


def check_paper(paper: Paper) -> None:
    """Check a paper before it is written.

    Raises UnsourcedNumber when a literal text states a figure, UnknownFigure when a key is not held, PaperError when a
    table's rows do not fit its columns, a sequence number jumps, a figure has no text or another key, or the paper
    lacks its issuer, abstract or signature.
    """
    if not paper.signatures or not paper.abstract or not paper.head.issuer:
        raise PaperError("Văn bản thiếu cơ quan ban hành, trích yếu hoặc người ký; hãy bổ sung đủ ba phần.")
    if wrong := next((key for key, figure in paper.figures.items() if figure.key != key or not figure.text), None):
        raise PaperError(
            f"Số liệu “{wrong}” thiếu chữ in hoặc mang tên khác với tên khai báo; hãy lập lại số liệu này."
        )
    for block in (*paper.blocks, *(block for annex in paper.annexes for block in annex.blocks)):
        if isinstance(block, TableBlock):
            _check_table(block)
    for row in prints(paper):
        if row.key or row.part in (Part.SOURCES, Part.ORDINAL):
            continue
        if row.part in (Part.LABEL, Part.REPEATED) and is_period_label(row.printed):
            continue
        if found := unsourced_numbers(row.printed, paper.names):
            raise UnsourcedNumber(
                f"{_capital(row.where)}: số “{found[0].text}” gõ tay, không mở được đến nguồn; "
                f"hãy thay bằng số liệu của chương trình hoặc bỏ số này."
            )


def _check_table(table: TableBlock) -> None:
    name = f"Bảng “{_short(table.caption or table.columns[0].head)}”"
    for index, row in enumerate((*table.rows, *((table.total,) if table.total else ())), 1):
        if len(row) != len(table.columns):
            raise PaperError(f"{name}: dòng {index} có {len(row)} ô, trong khi bảng có {len(table.columns)} cột.")
    for column in range(len(table.columns)):
        before = 0
        for cell in (row[column] for row in table.rows):
            if not isinstance(cell, OrdinalCell) or not any(c.isdigit() for c in cell.text):
                continue
            if not cell.text.isdigit() or int(cell.text) not in (1, before + 1):
                raise PaperError(f"{name}: số thứ tự “{cell.text}” không nối tiếp số “{before}”; hãy đánh số lại.")
            before = int(cell.text)


def _short(text: str, words: int = 7) -> str:
    parts = PLACEHOLDER.sub("…", text).split()
    return " ".join(parts[:words]) + ("…" if len(parts) > words else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
