"""The workbook beside a paper: a sheet for each table with numbers as numbers, and one with the source of every figure.

No text from anyone can become a formula, a link or a macro: text is always written as text.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from fractions import Fraction
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from chungtay.kernel.folding import nfc
from chungtay.kernel.text import datetime_text
from chungtay.papers.grids import Grid, GridCell
from chungtay.papers.layout import lay_out
from chungtay.papers.rules import Align, Paper, PrintedFigure, manifest

SOURCES_SHEET = "Nguồn số liệu"
SOURCE_HEADS = (
    "TT", "Số liệu", "In trong văn bản", "Giá trị chính xác", "Giá trị", "Đơn vị tính", "Phạm vi", "Kỳ, thời điểm",
    "Theo số liệu biết đến lúc", "Nguồn", "Mã truy vết", "Địa chỉ", "Nơi in",
)  # fmt: skip
WIDTHS = (6, 44, 22, 34, 18, 12, 16, 32, 20, 34, 24, 40, 60)
MM_PER_UNIT = 1.9  # one unit of column width is about one digit of the body font
LINE_HEIGHT = 15.0  # points; not every program makes a row as high as its wrapped text needs
EXACT_DIGITS = 15  # a workbook keeps numbers as doubles; longer integers are written as text


def write_workbook(paper: Paper) -> bytes:
    """The paper's tables as .xlsx; the same paper gives the same bytes. Raises what `check_paper` raises."""
    layout, out = lay_out(paper), io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(out, safe) as book:
        created = datetime.combine(paper.head.dated_on, time(), UTC).replace(tzinfo=None)
        book.set_properties({"title": nfc(paper.title), "author": nfc(paper.head.issuer_in_text), "created": created})
        book.set_calc_mode("manual")
        writer = _Writer(book, paper)
        for block in layout.blocks:
            if isinstance(block, Grid):
                name = block.caption.split(".")[0] or "Bảng"
                writer.sheet(name, block.caption, block, landscape=len(block.widths) > 8)
        for annex in layout.annexes:
            grids = [block for block in annex.blocks if isinstance(block, Grid) and not _is_sources(block)]
            for grid in grids:
                name, title = annex.label, " ".join(annex.title)
                if grid.is_form:
                    name, title = grid.caption.split(".")[0], f"{annex.label}. {grid.caption}"
                writer.sheet(name, title, grid, landscape=annex.landscape)
        writer.sources()
    return out.getvalue()


class _Writer:
    """Writes sheets of one book; formats are made once."""

    def __init__(self, book: Workbook, paper: Paper) -> None:
        self.book, self.paper = book, paper
        self.names = set[str]()
        self.formats = dict[tuple[str, Align, bool], Format]()
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.italic = book.add_format({"italic": True})

    def format(self, code: str = "@", align: Align = Align.LEFT, *, bold: bool = False) -> Format:
        key = (code, align, bold)
        if key not in self.formats:
            look = {"num_format": code, "align": str(align), "bold": bold, "border": 1, "valign": "vcenter"}
            self.formats[key] = self.book.add_format({**look, "text_wrap": code == "@"})
        return self.formats[key]

    def add(self, name: str) -> Worksheet:
        """A sheet with a name that Excel takes and no other sheet has."""
        base = re.sub(r"[\[\]:*?/\\']", " ", nfc(name).replace("\u00a0", " ")).strip()[:28] or "Bảng"
        unique, number = base, 1
        while unique.casefold() in self.names:
            number += 1
            unique = f"{base} {number}"
        self.names.add(unique.casefold())
        return self.book.add_worksheet(unique)

    def sheet(self, name: str, title: str, grid: Grid, *, landscape: bool) -> None:
        sheet = self.add(name)
        text(sheet, 0, 0, title, self.title)
        text(sheet, 1, 0, " · ".join(part for part in (grid.unit_line, self.paper.note) if part), self.italic)
        widths = [max(6, width / MM_PER_UNIT) for width in grid.widths]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        top = 3
        self.head(sheet, top, grid, widths)
        for row, line in enumerate(grid.body, top + len(grid.head)):
            fit_height(
                sheet, row, [("".join(run.text for run in c.runs), w) for c, w in zip(line, widths, strict=False)]
            )
            for column, cell in enumerate(line):
                self.cell(sheet, row, column, cell)
        end = top + len(grid.head) + len(grid.body)
        text(sheet, end, 0, "".join(run.text for run in grid.note), self.italic)
        sheet.freeze_panes(top + len(grid.head), 0)
        sheet.repeat_rows(top, top + len(grid.head) - 1)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if landscape:
            sheet.set_landscape()

    def head(self, sheet: Worksheet, top: int, grid: Grid, widths: Sequence[float]) -> None:
        look = self.format("@", Align.CENTER, bold=True)
        taken = set[tuple[int, int]]()
        for row, line in enumerate(grid.head, top):
            column, needs = 0, list[tuple[str, float]]()
            for cell in line:
                while (row, column) in taken:
                    column += 1
                words = "".join(run.text for run in cell.runs)
                if cell.columns > 1 or cell.rows > 1:
                    sheet.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, "", look)
                text(sheet, row, column, words, look)
                # a cell over several rows has their height together
                needs.append((words, sum(widths[column : column + cell.columns]) * cell.rows))
                taken |= {(row + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
                column += cell.columns
            fit_height(sheet, row, needs)

    def cell(self, sheet: Worksheet, row: int, column: int, cell: GridCell) -> None:
        """A lone figure with a value as a number shown as it is printed; all else as text."""
        if len(cell.runs) == 1 and cell.runs[0].key:
            number, code = cell_number(self.paper.figures[cell.runs[0].key])
            if number is not None:
                sheet.write_number(row, column, number, self.format(code, cell.align, bold=cell.bold))
                return
        words = "".join(run.text for run in cell.runs)
        text(sheet, row, column, words, self.format("@", cell.align, bold=cell.bold))

    def sources(self) -> None:
        """Every figure the paper holds and prints, in printing order, with all its places."""
        sheet = self.add(SOURCES_SHEET)
        head = self.format("@", Align.CENTER, bold=True)
        for column, (name, width) in enumerate(zip(SOURCE_HEADS, WIDTHS, strict=True)):
            text(sheet, 0, column, name, head)
            sheet.set_column(column, column, width)
        for row, (figure, places) in enumerate(_figures(self.paper), 1):
            number, code = cell_number(figure, shown=False)
            known = datetime_text(figure.known_at) if figure.known_at else ""
            values = (
                figure.label, figure.text, figure.exact, None, figure.unit, figure.coverage, figure.when, known,
                figure.source, figure.trace, figure.url, "; ".join(places),
            )  # fmt: skip
            sheet.write_number(row, 0, row, self.format("0", Align.CENTER))
            fit_height(sheet, row, [(value or "", width) for value, width in zip(values, WIDTHS[1:], strict=True)])
            for column, value in enumerate(values, 1):
                text(sheet, row, column, value or "", self.format())
            if number is not None:
                sheet.write_number(row, 4, number, self.format(code, Align.RIGHT))
        sheet.freeze_panes(1, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(1, len(self.paper.figures)), len(SOURCE_HEADS) - 1)


def fit_height(sheet: Worksheet, row: int, needs: Iterable[tuple[str, float]]) -> None:
    """Make a row as high as the longest of its (text, width in digits) needs when wrapped."""
    lines = max((ceil(len(words) * 1.1 / width) for words, width in needs if len(words) * 1.1 > width), default=1)
    if lines > 1:
        sheet.set_row(row, LINE_HEIGHT * lines)


def text(sheet: Worksheet, row: int, column: int, words: str, look: Format) -> None:
    """Write words as words: "=1+1" stays four characters."""
    if words:
        sheet.write_string(row, column, nfc(words), look)
    else:
        sheet.write_blank(row, column, None, look)


def _figures(paper: Paper) -> Iterator[tuple[PrintedFigure, list[str]]]:
    places = dict[str, list[str]]()
    for row in manifest(paper):
        places.setdefault(row.key, []).append(row.where)
    for key, where in places.items():
        yield paper.figures[key], list(dict.fromkeys(where))


def cell_number(figure: PrintedFigure, *, shown: bool = True) -> tuple[float | None, str]:
    """The exact number and the code that shows it as printed (`shown`) or in full; (None, …) where it has none."""
    if figure.ratio is not None:
        zeros = "." + "0" * figure.places if figure.places else ""
        return (_as_printed(figure) if shown else float(figure.ratio)), f"0{zeros}%"
    if figure.value is None or len(str(abs(figure.value))) > EXACT_DIGITS:
        return None, "@"
    number = float(Fraction(figure.value, 10**figure.decimals)) if figure.decimals else figure.value
    scale = {1: 0, 10**3: 1, 10**6: 2, 10**9: 3}.get(figure.divisor, 0) if shown else 0
    places = figure.places if shown and figure.places else 0 if scale else figure.decimals
    zeros = "." + "0" * places if places else ""
    return number, f"#,##0{zeros}{',' * scale}"


PERCENT = re.compile(r"([+-]?)([\d.]+(?:,\d+)?)\s?%")


def _as_printed(figure: PrintedFigure) -> float:
    """The ratio cut as the paper cuts it: a share of a target is never rounded up, and a cell must not say otherwise."""
    found = PERCENT.search(figure.text)
    if found is None or figure.ratio is None:
        return float(figure.ratio or 0)
    printed = Fraction(found[2].replace(".", "").replace(",", ".")) / 100
    return float(-printed if found[1] == "-" or figure.ratio < 0 else printed)


def _is_sources(grid: Grid) -> bool:
    return any(cell.anchor for line in grid.body for cell in line)
