"""The sources annex: where every figure of a paper comes from, made from the figures themselves.

A figure of a sentence has a row of its own; the cells of a table, and the labels of a chart, share one row for each
source and coverage, named by the columns they stand in.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from chungtay.papers.rules import (
    Annex,
    Bar,
    Block,
    ChartBlock,
    Column,
    ListBlock,
    NumberCell,
    Numbering,
    Paper,
    Paragraph,
    PrintedFigure,
    SourceRow,
    SourcesBlock,
    TableBlock,
    TextCell,
    figure_of,
    split_text,
)

NOTE = (
    "Mã truy vết mở đến báo cáo, chứng từ hoặc dòng sổ gốc của số liệu. "
    "Số liệu trong bảng: giá trị và mã truy vết của từng ô ghi tại tệp bảng tính kèm theo."
)


def with_sources(paper: Paper) -> Paper:
    """The paper with its sources annex as the last annex; a paper that already has one gets it afresh."""
    kept = tuple(annex for annex in paper.annexes if not any(isinstance(b, SourcesBlock) for b in annex.blocks))
    bare = replace(paper, annexes=kept)
    return replace(bare, annexes=(*kept, sources_annex(bare)))


def sources_annex(paper: Paper) -> Annex:
    """The annex "Nguồn số liệu của Báo cáo". Annex numbers in it count the annexes of `paper` plus itself.

    Raises UnknownFigure when a block names a figure the paper does not hold.
    """
    drafts = list(_drafts(paper))
    rows = tuple(replace(row, number=number) for number, row in enumerate(drafts, 1))
    title = f"Nguồn số liệu của {paper.type_name.capitalize()}"
    return Annex(title=(title,), blocks=(SourcesBlock(rows, NOTE),), landscape=True)


def source_numbers(paper: Paper) -> dict[str, int]:
    """Figure key -> number of its row in the paper's sources annex; empty when the paper has none."""
    blocks = (block for annex in paper.annexes for block in annex.blocks if isinstance(block, SourcesBlock))
    return {key: row.number for block in blocks for row in reversed(block.rows) for key in row.keys}


def _drafts(paper: Paper) -> Iterator[SourceRow]:
    numbered = replace(paper, annexes=(*paper.annexes, Annex(("",), ())))  # as it will be with this annex
    parts = [("", paper.blocks)]
    parts += [(numbered.annex_label(index), annex.blocks) for index, annex in enumerate(paper.annexes)]
    blocks = [(where, block) for where, part in parts for block in part]
    told = set[str]()
    for _, block in blocks:
        for key in _sentence_keys(block):
            if key not in told:
                told.add(key)
                yield _own_row(figure_of(paper, key, "nguồn số liệu"))
    numbering = Numbering()
    for where, block in blocks:
        if isinstance(block, TableBlock):
            name = numbering.table(block) or where or "Bảng"
            yield from _shared_rows(paper, name, "từng ô của bảng", _cells(block), block.columns)
        elif isinstance(block, ChartBlock):
            yield from _shared_rows(paper, numbering.chart(), "như bảng số liệu", _bars(block.bars))


def _sentence_keys(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text) | TableBlock(note=text):
            texts: tuple[str, ...] = (text,)
        case ListBlock(items=texts):
            pass
        case _:
            texts = ()
    for text in texts:
        yield from (key for _, key in split_text(text) if key)


def _cells(table: TableBlock) -> Iterator[tuple[Column, str]]:
    """(column, figure key) of every number in the table, column by column."""
    lines = (*table.rows, *((table.total,) if table.total else ()))
    for index, column in enumerate(table.columns):
        for row in lines:
            match row[index]:
                case NumberCell(key=key):
                    yield column, key
                case TextCell(text=text):
                    yield from ((column, key) for _, key in split_text(text) if key)


def _bars(bars: tuple[Bar, ...]) -> Iterator[tuple[Column, str]]:
    for bar in bars:
        yield from ((Column(""), key) for key in (bar.total, *bar.parts, bar.plan) if key)


def _own_row(figure: PrintedFigure) -> SourceRow:
    f = figure
    return SourceRow(0, f.label, f.text, f.exact, f.coverage, f.when, f.source, f.trace, f.url, (f.key,))


def _shared_rows(
    paper: Paper, name: str, exact: str, cells: Iterator[tuple[Column, str]], columns: tuple[Column, ...] = ()
) -> Iterator[SourceRow]:
    groups = dict[tuple[str, str, str], tuple[dict[Column, None], dict[str, None]]]()
    for column, key in cells:
        figure = figure_of(paper, key, name)
        used, keys = groups.setdefault((figure.source, figure.coverage, figure.when), ({}, {}))
        used[column], keys[key] = None, None
    for (source, coverage, when), (used, keys) in groups.items():
        label = f"{name}: {_heads(used, columns)}" if len(groups) > 1 and columns else name
        yield SourceRow(0, label, "", exact, coverage, when, source, "", "", tuple(keys))


def _heads(used: Collection[Column], columns: tuple[Column, ...]) -> str:
    """The heads of the columns used; a group that is used whole goes by its own name."""
    names = dict[str, None]()
    for column in used:
        whole = column.group and all(other in used for other in columns if other.group == column.group)
        names[column.group if whole else " - ".join(part for part in (column.group, column.head) if part)] = None
    return ", ".join(names)
