"""Pieces of WordprocessingML as strings: runs, paragraphs, tables, drawn rules, pictures, sections.

Strings, because building tables element by element costs eight times as much. Lengths come in millimetres and points.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from chungtay.kernel.folding import nfc
from chungtay.papers.grids import Grid, GridCell, Run
from chungtay.papers.rules import Align
from chungtay.papers.wordstyles import style_id

TWIPS, EMU, EMU_POINT = 1440 / 25.4, 36_000, 12_700  # per millimetre, per millimetre, per point
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PLAIN = re.compile("[0-9A-Za-z., %()/-]*")  # most cells are numbers: nothing to escape or to compose
_CELL_STYLES = {Align.LEFT: "chữ", Align.CENTER: "giữa", Align.RIGHT: "số"}

Link = Callable[[str], str]  # an address -> the id of its relationship


def run(text: str, *, bold: bool = False) -> str:
    """A run of plain text: NFC, escaped, without characters that XML forbids."""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    kept = text if _PLAIN.fullmatch(text) else escape(_ILLEGAL.sub("", nfc(text)))
    return f'<w:r>{look}<w:t xml:space="preserve">{kept}</w:t></w:r>'


def runs(pieces: Iterable[Run], link: Link) -> str:
    """Runs with their links: to the figure's row of the sources annex, or to its address where it has no row."""
    made = []
    for piece in pieces:
        text = run(piece.text, bold=piece.bold)
        if piece.row:
            text = f'<w:hyperlink w:anchor="source_{piece.row}" w:history="1">{text}</w:hyperlink>'
        elif piece.url.startswith(("http://", "https://")):
            text = f'<w:hyperlink r:id="{link(piece.url)}" w:history="1">{text}</w:hyperlink>'
        made.append(text)
    return "".join(made)


def paragraph(style: str, content: str, *, keep: bool = False, extra: str = "") -> str:
    """A paragraph of a named style. `extra` holds further properties in the order of the schema, after keepNext."""
    keep_next = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{keep_next}{extra}</w:pPr>{content}</w:p>'


def bookmark(number: int, content: str) -> str:
    """`content` as the place where links to row `number` of the sources annex arrive."""
    return f'<w:bookmarkStart w:id="{number}" w:name="source_{number}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def table(widths: Sequence[float], rows: str, *, grid: bool, margin_mm: float = 0) -> str:
    """A table of fixed column widths (mm), centred; `grid` draws its lines."""
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    style = f'<w:tblStyle w:val="{style_id("Table Grid")}"/>' if grid else ""
    side = f'w:w="{_twips(margin_mm)}" w:type="dxa"'
    return (
        f'<w:tbl><w:tblPr>{style}<w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left {side}/><w:right {side}/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def row(cells: str, *, head: bool = False) -> str:
    """A row that no page break splits; a head row is repeated on every page."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def cell(width_mm: float, content: str, *, span: int = 1, merge: str = "", centred: bool = False) -> str:
    """A cell; `merge` is "restart" or "continue" for cells that stand over several rows."""
    return f"<w:tc>{_cell_properties(width_mm, span, merge, centred)}{content}</w:tc>"


@cache  # a table has as many kinds of cells as columns
def _cell_properties(width_mm: float, span: int, merge: str, centred: bool) -> str:
    properties = f'<w:tcW w:w="{_twips(width_mm)}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    properties += '<w:vAlign w:val="center"/>' if centred else ""
    return f"<w:tcPr>{properties}</w:tcPr>"


def grid_table(grid: Grid, link: Link) -> str:
    """A laid-out grid as a table with its repeated head."""
    rows = [*((line, True) for line in grid.head), *((line, False) for line in grid.body)]
    below = dict[int, tuple[int, int]]()  # column -> (rows still covered from above, columns covered)
    made = []
    for number, (line, is_head) in enumerate(rows, 1):
        keep = grid.keep and number < len(rows)
        made.append(row(_cells(grid, line, is_head, keep, below, link), head=is_head))
    dense = len(grid.widths) > 10
    return table(grid.widths, "".join(made), grid=True, margin_mm=0.7 if dense else 1.1)


def _cells(
    grid: Grid, line: tuple[GridCell, ...], head: bool, keep: bool, below: dict[int, tuple[int, int]], link: Link
) -> str:
    made, column, waiting = [], 0, iter(line)
    while column < len(grid.widths):
        left, span = below.get(column, (0, 1))
        if left:
            below[column] = (left - 1, span)
            empty = paragraph(cell_style(grid, GridCell((), Align.CENTER), head), "")
            made.append(cell(sum(grid.widths[column : column + span]), empty, span=span, merge="continue"))
        else:
            here = next(waiting)
            span = here.columns
            content = runs(here.runs, link) if not here.bold or head else runs(_bold(here.runs), link)
            if here.anchor:
                content = bookmark(here.anchor, content)
            text = paragraph(cell_style(grid, here, head), content, keep=keep)
            width = grid.widths[column] if span == 1 else sum(grid.widths[column : column + span])
            merge = "restart" if here.rows > 1 else ""
            made.append(cell(width, text, span=span, merge=merge, centred=True))
            if here.rows > 1:
                below[column] = (here.rows - 1, span)
        column += span
    return "".join(made)


def cell_style(grid: Grid, here: GridCell, head: bool) -> str:
    """The named style of a cell's paragraph."""
    return _cell_style(here.align, here.small, grid.small, head)


@cache
def _cell_style(align: Align, is_code: bool, is_small: bool, head: bool) -> str:
    if is_code:
        return "ND30 Bảng số cột" if head else "ND30 Bảng mã"
    return f"ND30 Bảng {'nhỏ ' if is_small else ''}{'đầu' if head else _CELL_STYLES[align]}"


def _bold(pieces: tuple[Run, ...]) -> tuple[Run, ...]:
    return tuple(Run(piece.text, piece.key, piece.row, piece.url, bold=True) for piece in pieces)


def rule_under(number: int, name: str, length_mm: float, size: float) -> str:
    """A drawn line centred under a one-line paragraph of `size` points, floating, so it takes no room of its own."""
    cx, dy = round(length_mm * EMU), round((size * 1.149 + 3) * EMU_POINT)
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" '
        'distR="0" simplePos="0" relativeHeight="251659264" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:align>center</wp:align></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{dy}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{cx}" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name={quoteattr(name)} descr="Đường kẻ ngang"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{WPS}"><wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{cx}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill>'
        '<a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def picture(number: int, relation: str, alt: str, width_mm: float, height_mm: float) -> str:
    """An inline picture with its alternative text."""
    cx, cy = round(width_mm * EMU), round(height_mm * EMU)
    name, words = f'name="Hình {number}"', f"descr={quoteattr(nfc(alt))}"
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
        f'<wp:docPr id="{number}" {name} {words}/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" {name} {words}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def section(*, landscape: bool, note: bool) -> str:
    """Page of a part: A4, NĐ 30 margins, its own page numbers from 1, no number on its first page."""
    width, height = (297, 210) if landscape else (210, 297)
    turned = ' w:orient="landscape"' if landscape else ""
    foot = '<w:footerReference w:type="default" r:id="rFoot"/><w:footerReference w:type="first" r:id="rFoot"/>'
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rHead"/><w:headerReference w:type="first" r:id="rFirst"/>'
        f'{foot if note else ""}<w:pgSz w:w="{_twips(width)}" w:h="{_twips(height)}"{turned}/>'
        f'<w:pgMar w:top="{_twips(20)}" w:right="{_twips(15)}" w:bottom="{_twips(20)}" w:left="{_twips(30)}" '
        f'w:header="{_twips(10)}" w:footer="{_twips(9)}" w:gutter="0"/><w:pgNumType w:start="1"/><w:titlePg/>'
        "</w:sectPr>"
    )


def _twips(mm: float) -> int:
    return round(mm * TWIPS)
