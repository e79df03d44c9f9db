"""Writes a form as a workbook, empty or filled: the same template for the product, the demo and the tests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chungtay.kernel.money import MAX_VND
from chungtay.returns.rules import CellSpec, Entry
from chungtay.returns.workbooks import layout
from chungtay.returns.workbooks.layout import Identity

HELP = (
    "Chỉ nhập vào các ô nền vàng nhạt. Không phát sinh thì ghi 0. Chưa có số thì để trống ô “Kỳ này” và ghi lý do ở cột "
    "“Chưa có số vì”. Không thêm, xóa, chuyển dòng; không dùng công thức."
)
KEPT = "Số lấy từ {keeper}. Đúng thì giữ nguyên. Ghi số khác thì phải giải thích ở cột “Giải thích”."
# The file says when the template was made, not when it was downloaded, so that the same content is the same file.
EPOCH = datetime(2020, 1, 1)  # noqa: DTZ001  a document property without a zone


@dataclass(frozen=True)
class Blank:
    """A form to be written: its identity in codes and in words, its cells, and the values known from before."""

    identity: Identity
    title: str
    programme: str
    area_name: str
    period_label: str
    cells: Sequence[CellSpec]
    previous: Mapping[str, int | None]
    is_sample: bool = False
    kept: Mapping[str, str] = field(default_factory=dict)  # who keeps the number of a cell, by key


def write_workbook(blank: Blank, entries: Mapping[str, Entry] | None = None) -> bytes:
    """Return the .xlsx of the form, with `entries` filled in when given."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": blank.title, "author": "Chung Tay", "created": EPOCH})
    style = _styles(book)
    sheet = book.add_worksheet(layout.SHEET)
    _write_head(sheet, blank, style)
    _write_cells(sheet, blank, entries or {}, style)
    _finish(sheet, style["words"])
    book.close()
    return out.getvalue()


def _styles(book: xlsxwriter.Workbook) -> dict[str, Format]:
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
    edge = {"border": 1, "border_color": "#857f72"}
    number = {"num_format": "#,##0", "align": "right"}
    kinds: dict[str, dict[str, object]] = {
        "title": {"bold": True, "font_size": 14},
        "plain": {},
        "code": {"font_size": 10, "font_color": "#5d6a70"},
        "help": {"italic": True, "text_wrap": True, "font_size": 11, "valign": "top"},
        "head": {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#f1eee6", **edge},
        "section": {"bold": True, "bg_color": "#f1eee6", **edge},
        "label": {"text_wrap": True, **edge},
        "middle": {"align": "center", **edge},
        "previous": {**number, "font_color": "#43525a", **edge},
        "input": {**number, "locked": False, "bg_color": "#fff8dc", **edge},
        "kept": {**number, "locked": False, "bg_color": "#e4efe9", **edge},
        "words": {"locked": False, "text_wrap": True, "font_size": 11},
    }
    formats = {name: book.add_format({**base, **extra}) for name, extra in kinds.items()}
    return formats | {
        "words_ground": book.add_format({"bg_color": "#fff8dc", **edge})
    }  # a condition's format names no font


def _write_head(sheet: Worksheet, blank: Blank, style: Mapping[str, Format]) -> None:
    mark = " (Số liệu minh họa)" if blank.is_sample else ""
    sheet.write_string(layout.TITLE_ROW, layout.NUMBER, f"{blank.title}{mark}", style["title"])
    sheet.write_string(layout.PROGRAMME_ROW, layout.NUMBER, blank.programme, style["plain"])
    identity = blank.identity
    for row, word, text, code in (
        (layout.AREA_ROW, "Đơn vị:", blank.area_name, identity.area),
        (layout.PERIOD_ROW, "Kỳ:", blank.period_label, identity.period),
        (layout.FORM_ROW, "Biểu:", blank.title, layout.form_label(identity.form, identity.version)),
    ):
        sheet.write_string(row, layout.NUMBER, word, style["plain"])
        sheet.write_string(row, layout.LABEL, text, style["plain"])
        sheet.write_string(row, layout.CODE, code, style["code"])
    sheet.merge_range(layout.HELP_ROW, layout.NUMBER, layout.HELP_ROW, layout.EXPLAIN, HELP, style["help"])
    sheet.set_row(layout.HELP_ROW, 34)
    for column, text in enumerate(layout.HEADS):
        sheet.write_string(layout.HEAD_ROW, column, text, style["head"])


def _write_cells(sheet: Worksheet, blank: Blank, entries: Mapping[str, Entry], style: Mapping[str, Format]) -> None:
    row, section = layout.FIRST_ROW, ""
    inputs: dict[int, list[int]] = {}
    for number, cell in enumerate(blank.cells, 1):
        if cell.section != section:
            section = cell.section
            for column in range(layout.NUMBER, layout.EXPLAIN + 1):
                sheet.write_blank(row, column, None, style["section"])
            sheet.write_string(row, layout.NUMBER, section, style["section"])
            row += 1
        entry = entries.get(cell.key, Entry())
        sheet.write_string(row, layout.KEY, cell.key, style["code"])
        sheet.write_number(row, layout.NUMBER, number, style["middle"])
        sheet.write_string(row, layout.LABEL, cell.label, style["label"])
        sheet.write_string(row, layout.UNIT, cell.unit, style["middle"])
        _write_number(sheet, row, layout.PREVIOUS, cell, blank.previous.get(cell.key), style["previous"])
        _write_number(sheet, row, layout.VALUE, cell, entry.value, style["kept" if cell.key in blank.kept else "input"])
        if keeper := blank.kept.get(cell.key):
            sheet.write_comment(row, layout.VALUE, KEPT.format(keeper=keeper), {"author": "Chung Tay", "width": 260})
        for column, words in ((layout.ABSENT, entry.absent), (layout.EXPLAIN, entry.explain)):
            if words:  # an empty cell takes the column's style: fewer elements, a faster file
                sheet.write_string(row, column, words, style["words"])
        inputs.setdefault(cell.decimals, []).append(row)
        row += 1
    for decimals, rows in inputs.items():
        _guide(sheet, rows, decimals)
    _colour_words(sheet, [row for rows in inputs.values() for row in rows], style["words_ground"])


def _write_number(sheet: Worksheet, row: int, column: int, cell: CellSpec, value: int | None, style: Format) -> None:
    if value is None:
        sheet.write_blank(row, column, None, style)
    else:
        sheet.write_number(row, column, value / 10**cell.decimals if cell.decimals else value, style)


def _guide(sheet: Worksheet, rows: Sequence[int], decimals: int) -> None:
    """Let the cells of `rows` take numbers only. One rule for all: a rule a cell would double the size of the file."""
    ranges = _ranges(rows, layout.VALUE, layout.VALUE)
    sheet.data_validation(
        ranges[0],
        {
            "validate": "decimal" if decimals else "integer",
            "criteria": "between",
            "minimum": 0,
            "maximum": MAX_VND - 1,
            "input_title": "Kỳ này",
            "input_message": "Nhập số, từ 0 trở lên. Không phát sinh thì ghi 0.",
            "error_title": "Chưa đúng",
            "error_message": "Ô này chỉ nhận số từ 0 trở lên, không chữ, không công thức.",
            "multi_range": " ".join(ranges),
        },
    )


def _colour_words(sheet: Worksheet, rows: Sequence[int], ground: Format) -> None:
    """Give the columns of words the ground of an input in these rows only."""
    ranges = _ranges(rows, layout.ABSENT, layout.EXPLAIN)
    rule = {"type": "formula", "criteria": "TRUE", "format": ground, "multi_range": " ".join(ranges)}
    sheet.conditional_format(ranges[0], rule)


def _ranges(rows: Sequence[int], left: int, right: int) -> list[str]:
    """Return the ranges of neighbouring rows, e.g. ["F10:F29", "F31:F50"]: a range a row made up a tenth of the sheet."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return [f"{layout.cell_name(top, left)}:{layout.cell_name(bottom, right)}" for top, bottom in runs]


def _finish(sheet: Worksheet, words: Format) -> None:
    sheet.set_column(layout.KEY, layout.KEY, 2, None, {"hidden": True})
    for column, width in ((1, 8), (2, 46), (3, 13), (4, 17), (5, 17)):
        sheet.set_column(column, column, width)
    sheet.set_column(layout.ABSENT, layout.EXPLAIN, 28, words)
    sheet.freeze_panes(layout.FIRST_ROW, layout.VALUE)
    sheet.protect("", {"format_columns": True, "format_rows": True})  # guides the hand; it is no lock
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(layout.HEAD_ROW)
