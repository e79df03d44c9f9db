"""A paper laid out for the renderers: texts resolved to runs, tables to grids, captions and annexes numbered.

Word, PDF and screen draw the same layout, so that none of them decides what is printed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chungtay.papers.grids import Grid, GridCell, Run, column_widths, head_rows, sources_grid
from chungtay.papers.metrics import width_mm
from chungtay.papers.rules import (
    Align,
    Annex,
    Block,
    Cell,
    ChartBlock,
    Heading,
    ListBlock,
    Mark,
    NumberCell,
    Numbering,
    OrdinalCell,
    Paper,
    Paragraph,
    PrintedFigure,
    SourcesBlock,
    TableBlock,
    TextCell,
    check_paper,
    split_text,
)
from chungtay.papers.sources import source_numbers

PORTRAIT_MM, LANDSCAPE_MM = 165, 252  # A4 less margins of 30 and 15 mm
KEEP_ROWS = 14  # a table of no more rows is kept on one page


YEARS = re.compile(r"(\b\d{4}) - (?=\d{4}\b)")


def tied(text: str) -> str:
    """Keep the dash of "2020 - 2024" beside its first year: no line begins with a dash."""
    return YEARS.sub("\\1\u00a0- ", text)


@dataclass(frozen=True)
class Prose:
    """A paragraph, or an item of a list after its dash; `last` is the one before the signature."""

    runs: tuple[Run, ...]
    dash: bool = False
    last: bool = False


@dataclass(frozen=True)
class LaidBar:
    """Heights as shares of the tallest; parts stand on each other; plan is None where there is none."""

    label: str
    text: str
    key: str
    parts: tuple[float, ...]
    total: float | None
    plan: float | None


@dataclass(frozen=True)
class Chart:
    """A chart ready to draw."""

    caption: str
    alt: str
    unit_line: str
    series: tuple[str, ...]
    plan_label: str
    bars: tuple[LaidBar, ...]


Laid = Heading | Prose | Grid | Chart


@dataclass(frozen=True)
class LaidAnnex:
    """An annex with its label ("Phụ lục II"), title lines in capitals, and the line that ties it to the paper."""

    label: str
    title: tuple[str, ...]
    reference: tuple[str, ...]
    landscape: bool
    blocks: tuple[Laid, ...]


@dataclass(frozen=True)
class Layout:
    """The blocks of the paper itself and its annexes."""

    blocks: tuple[Laid, ...]
    annexes: tuple[LaidAnnex, ...]


def lay_out(paper: Paper) -> Layout:
    """Lay out a paper after checking it. Raises what `rules.check_paper` raises."""
    check_paper(paper)
    maker = _Maker(paper)
    blocks = list(maker.blocks(paper.blocks, PORTRAIT_MM))
    if blocks and isinstance(blocks[-1], Prose):
        blocks[-1] = Prose(blocks[-1].runs, blocks[-1].dash, last=True)
    annexes = tuple(
        LaidAnnex(
            paper.annex_label(index),
            tuple(line.upper() for line in annex.title),
            _broken_by_sense(paper.annex_reference(), _text_width(annex)),
            annex.landscape,
            tuple(maker.blocks(annex.blocks, _text_width(annex))),
        )
        for index, annex in enumerate(paper.annexes)
    )
    return Layout(tuple(blocks), annexes)


def _text_width(annex: Annex) -> float:
    return LANDSCAPE_MM if annex.landscape else PORTRAIT_MM


def _broken_by_sense(reference: str, width: float) -> tuple[str, ...]:
    """One line where it fits, else two: the issuing body is never cut in the middle of a word of two syllables."""
    first, of, body = reference.partition(" của ")
    return (reference,) if width_mm(reference, 14) < width else (first, f"{of.strip()} {body}")


def _in_words(chart: ChartBlock, bars: tuple[LaidBar, ...]) -> str:
    """What a chart shows, for those who do not see it: what it is, then every column with its figure."""
    columns = "; ".join(f"{bar.label}: {bar.text}" for bar in bars)
    return f"{chart.alt} ({chart.unit_line}). {columns}."


class _Maker:
    """Numbers captions while it walks, and knows where each figure's source row is."""

    def __init__(self, paper: Paper) -> None:
        self.figures: Mapping[str, PrintedFigure] = paper.figures
        self.rows = source_numbers(paper)
        self.numbering = Numbering()

    def blocks(self, blocks: tuple[Block, ...], width: float) -> Iterator[Laid]:
        for block in blocks:
            match block:
                case Heading(level=level, text=text):
                    yield Heading(level, text.upper() if level == 1 else text)
                case Paragraph(text=text):
                    yield Prose(self.runs(text))
                case ListBlock(items=items):
                    yield from (Prose(self.runs(item), dash=True) for item in items)
                case TableBlock():
                    yield self.grid(block, width)
                case ChartBlock():
                    yield self.chart(block)
                case SourcesBlock():
                    yield sources_grid(block)

    def runs(self, text: str) -> tuple[Run, ...]:
        return tuple(self.figure(key) if key else Run(tied(literal)) for literal, key in split_text(text))

    def figure(self, key: str) -> Run:
        figure = self.figures[key]
        return Run(figure.text, key, self.rows.get(key, 0), figure.url)

    def cell(self, cell: Cell, align: Align, bold: bool) -> GridCell:
        match cell:
            case NumberCell(key=key):
                return GridCell((self.figure(key),), align, bold)
            case TextCell(text=text):
                return GridCell(self.runs(text), align, bold)
            case OrdinalCell(text=text):
                return GridCell((Run(text),), Align.CENTER, bold)
            case Mark():
                return GridCell((Run(cell.value),) if cell.value else (), align)

    def grid(self, table: TableBlock, width: float) -> Grid:
        name = self.numbering.table(table)
        body = [
            tuple(self.cell(cell, column.align, False) for cell, column in zip(row, table.columns, strict=True))
            for row in table.rows
        ]
        if table.total:
            cells = zip(table.total, table.columns, strict=True)
            body.append(tuple(self.cell(cell, column.align, True) for cell, column in cells))
        head = head_rows(table)
        return Grid(
            widths=column_widths(table, width),
            head=head,
            body=tuple(body),
            caption=f"{name}. {table.caption}" if name else "",
            unit_line=f"Đơn vị tính: {table.unit_line}" if table.unit_line else "",
            note=self.runs(table.note),
            small=table.small,
            is_form=table.is_form,
            keep=len(body) + len(head) <= KEEP_ROWS,
        )

    def chart(self, chart: ChartBlock) -> Chart:
        keys = {key for bar in chart.bars for key in (bar.total, bar.plan, *bar.parts) if key}
        top = max((self.figures[key].value or 0 for key in keys), default=0) or 1

        def share(key: str) -> float | None:
            value = self.figures[key].value if key else None
            return None if value is None else value / top

        bars = tuple(
            LaidBar(
                bar.label,
                self.figures[bar.total].text,
                bar.total,
                tuple(share(part) or 0 for part in bar.parts or (bar.total,)),
                share(bar.total),
                share(bar.plan),
            )
            for bar in chart.bars
        )
        caption = f"{self.numbering.chart()}. {chart.caption}"
        return Chart(caption, _in_words(chart, bars), chart.unit_line, chart.series, chart.plan_label, bars)
