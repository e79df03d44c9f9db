"""Workload P: a review of 60 tables of 12 × 5 and 12 charts, as the whole kit and file by file; peers write the same cells.

Every file is read back before it is timed: each figure of the paper stands in it as printed, and the peers' files hold the
same cells as ours.
"""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pypdfium2

from bench.harness import LIMIT, OURS, Goal
from chungtay.kernel.numerals import format_integer
from chungtay.papers.deck import BigFigure, Deck, Figures, Graph, Slide
from chungtay.papers.docx import write_docx
from chungtay.papers.pdf import write_pdf
from chungtay.papers.rereading import chart_values, text_of_docx, text_of_pptx
from chungtay.papers.rules import (
    Align,
    Bar,
    ChartBlock,
    Column,
    Head,
    Heading,
    HeadKind,
    NumberCell,
    Paper,
    Paragraph,
    PrintedFigure,
    Signature,
    TableBlock,
    TextCell,
)
from chungtay.papers.slides import write_slides
from chungtay.papers.sources import with_sources
from chungtay.papers.workbook import write_workbook

TABLES, ROWS, COLUMNS, CHARTS, BARS = 60, 12, 5, 12, 5
WORDS = ("Vận động", "Nhà ở", "Cầu", "Suất hỗ trợ")


def made_paper() -> Paper:
    """Return the report: a figure in every cell but the names, and charts of figures of the tables."""
    figures = dict[str, PrintedFigure]()
    blocks = list[Heading | Paragraph | TableBlock | ChartBlock]()
    for table in range(TABLES):
        rows = []
        for row in range(ROWS):
            cells = []
            for column, name in enumerate(WORDS):
                value = (table * 7919 + row * 104_729 + column * 1_299_709) % 9_000_000 + 1_000
                key = f"{table}-{row}-{column}"
                figures[key] = PrintedFigure(
                    key=key, text=format_integer(value), label=name, exact=f"{format_integer(value)} đồng", unit="đồng",
                    value=value, coverage="15/15 đơn vị", when="năm 2022", source=f"Biểu B{table % 4}", trace="3735-F39B",
                )  # fmt: skip
                cells.append(NumberCell(key))
            rows.append((TextCell(f"Xã thứ {'abcdeghiklmn'[row]}"), *cells))
        heads = (Column("Đơn vị", align=Align.LEFT), *map(Column, WORDS))
        blocks.append(TableBlock(caption="Kết quả theo đơn vị", unit_line="đồng", columns=heads, rows=tuple(rows)))
        if table % (TABLES // CHARTS) == 0:
            bars = tuple(Bar(f"Xã {'abcdeghiklmn'[bar]}", (), f"{table}-{bar}-0") for bar in range(BARS))
            blocks.append(ChartBlock(caption="Vận động", alt="Biểu đồ cột: vận động", unit_line="đồng", bars=bars))
    blocks.append(Paragraph("Trên đây là Báo cáo./."))
    head = Head(
        kind=HeadKind.UBND, issuer=("ỦY BAN NHÂN DÂN", "THÀNH PHỐ CAO LÃNH"), symbol="BC-UBND", place="Cao Lãnh",
        dated_on=date(2023, 5, 26), issuer_in_text="Ủy ban nhân dân thành phố Cao Lãnh",
    )  # fmt: skip
    return with_sources(
        Paper(
            head=head,
            type_name="BÁO CÁO",
            abstract=("Sơ kết thực hiện Chương trình",),
            blocks=tuple(blocks),
            signatures=(Signature(("TM. ỦY BAN NHÂN DÂN",), "Nguyễn Văn A"),),
            figures=figures,
        )
    )


def made_deck(paper: Paper) -> Deck:
    """Return twenty slides: twelve of a chart, the others of four big figures."""
    charts = [block for block in paper.blocks if isinstance(block, ChartBlock)]
    slides = [Slide(title="Vận động theo đơn vị", parts=(Graph(chart),)) for chart in charts]
    for table in range(20 - 1 - CHARTS):
        items = tuple(BigFigure(f"{table}-0-{column}", name.lower()) for column, name in enumerate(WORDS))
        slides.append(Slide(title="Kết quả chính", parts=(Figures(items),)))
    head = paper.head
    return Deck(
        title="Sơ kết",
        lines=(),
        issuer=head.issuer_in_text,
        dated_on=head.dated_on,
        slides=tuple(slides),
        figures=paper.figures,
    )


def cells_of(paper: Paper) -> list[list[list[str]]]:
    """Return the printed cells of every table."""
    return [
        [
            [cell.text if isinstance(cell, TextCell) else paper.figures[cell.key].text for cell in row]  # type: ignore[union-attr]
            for row in block.rows
        ]
        for block in paper.blocks
        if isinstance(block, TableBlock)
    ]


def usual_docx(tables: Sequence[Sequence[Sequence[str]]]) -> bytes:
    """The usual way: a table, then the text of each of its cells."""
    document = docx.Document()
    for rows in tables:
        table = document.add_table(len(rows), COLUMNS)
        table.style = "Table Grid"
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def row_docx(tables: Sequence[Sequence[Sequence[str]]]) -> bytes:
    """The better way with the same library: each row asked once for its cells."""
    document = docx.Document()
    for rows in tables:
        table = document.add_table(len(rows), COLUMNS)
        table.style = "Table Grid"
        for cells, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.paragraphs[0].add_run(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def usual_xlsx(paper: Paper) -> bytes:
    """The same tables as a workbook, cell by cell."""
    book = openpyxl.Workbook()
    for block in paper.blocks:
        if isinstance(block, TableBlock):
            sheet = book.create_sheet()
            for row in block.rows:
                sheet.append([c.text if isinstance(c, TextCell) else paper.figures[c.key].value for c in row])  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text_of_pdf(data: bytes) -> str:
    """All words of the pages."""
    document = pypdfium2.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


class _Case:
    """The paper, made once, and what every file must hold."""

    rounds = 7

    def prepare(self, folder: Path) -> None:
        del folder
        self.paper = made_paper()
        self.deck = made_deck(self.paper)
        self.cells = cells_of(self.paper)
        self.texts = [text for table in self.cells for row in table for text in row]
        with zipfile.ZipFile(io.BytesIO(write_docx(self.paper))) as archive:
            self.unpacked = [archive.read(name) for name in archive.namelist()]

    def deflated(self) -> int:
        """The probe: packing the Word file's own parts again. No way of writing it can be faster than that."""
        return sum(len(zlib.compress(part, 6)) for part in self.unpacked)

    def held_in(self, text: str) -> None:
        """Every cell stands in the text, in order."""
        flat, at = "".join(text.split()), 0
        for cell in self.texts:
            at = flat.find("".join(cell.split()), at)
            assert at >= 0, cell


class Word(_Case):
    """The Word file beside the usual ways of the same library, which write the bare tables and nothing else."""

    name = "papers-docx"
    title = f"P Word: {TABLES} tables of {ROWS} × {COLUMNS}, {CHARTS} charts, sources annex"
    goals: Sequence[Goal] = (Goal(OURS, most_ms=80), Goal(OURS, faster_than="python-docx by cell", times=4))

    def check(self) -> str:
        """Compare the tables of ours and of the peers, cell by cell."""
        self.held_in(text_of_docx(write_docx(self.paper)))
        for write in (usual_docx, row_docx):
            tables = docx.Document(io.BytesIO(write(self.cells))).tables
            assert [[[c.text for c in row.cells] for row in t.rows] for t in tables] == self.cells
        ours = docx.Document(io.BytesIO(write_docx(self.paper))).tables[1 : 1 + TABLES]
        assert [[[c.text for c in row.cells] for row in t.rows[1:]] for t in ours] == self.cells
        return f"{len(self.texts):,} cells equal in three files"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        return {
            LIMIT: self.deflated,
            OURS: lambda: write_docx(self.paper),
            "python-docx by row": lambda: row_docx(self.cells),
            "python-docx by cell": lambda: usual_docx(self.cells),
        }


class Pdf(_Case):
    """The PDF file."""

    name = "papers-pdf"
    title = f"P PDF/A: {TABLES} tables of {ROWS} × {COLUMNS}, {CHARTS} charts, sources annex"
    goals: Sequence[Goal] = (Goal(OURS, most_ms=250),)

    def check(self) -> str:
        """Read every cell back from the pages."""
        self.held_in(text_of_pdf(write_pdf(self.paper)))
        return f"{len(self.texts):,} cells read back in order"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        return {LIMIT: self.deflated, OURS: lambda: write_pdf(self.paper)}


class Kit(_Case):
    """Everything that a review is handed out as."""

    name = "papers-kit"
    title = "P the whole kit: Word, PDF, workbook, twenty slides"
    goals: Sequence[Goal] = (Goal(OURS, most_ms=1000),)

    def kit(self) -> tuple[bytes, ...]:
        paper = self.paper
        return write_docx(paper), write_pdf(paper), write_workbook(paper), write_slides(self.deck)

    def check(self) -> str:
        """Read all four back; the workbook equals the peer's cell by cell, the bars of the charts the figures."""
        word, pdf, book, slides = self.kit()
        self.held_in(text_of_docx(word))
        self.held_in(text_of_pdf(pdf))
        ours, usual = (openpyxl.load_workbook(io.BytesIO(data)) for data in (book, usual_xlsx(self.paper)))
        for mine, theirs in zip(ours.worksheets[:TABLES], usual.worksheets[1:], strict=True):
            held = [
                [cell.value for cell in row] for row in mine.iter_rows(min_row=5, max_row=4 + ROWS, max_col=COLUMNS)
            ]
            assert held == [[cell.value for cell in row] for row in theirs.iter_rows()]
        bars = [
            self.paper.figures[bar.total].value
            for s in self.deck.slides
            for p in s.parts
            if isinstance(p, Graph)
            for bar in p.chart.bars
        ]
        assert [value for _, values in chart_values(slides) for value in values] == bars
        said = text_of_pptx(slides)
        assert all(
            self.paper.figures[item.key].text in said
            for s in self.deck.slides
            for p in s.parts
            if isinstance(p, Figures)
            for item in p.items
        )
        return f"{3 * len(self.texts):,} cells in three files, {len(bars)} bars and 20 slides"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        return {
            LIMIT: self.deflated,
            OURS: self.kit,
            "workbook by openpyxl": lambda: usual_xlsx(self.paper),
        }


CASES = [Word(), Pdf(), Kit()]
