"""The table as files: CSV with one line per cell, Excel with the table as on the screen, every cell, and where it is from.

Both say source, map, what was known until when, and the coverage of every number. No text from anyone can become a
formula: Excel gets text as text, CSV gets a quote before a cell that a program could run.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from chungtay.figures.pivot.table import Line, Row, Spot, Table
from chungtay.figures.rules import Figure, View
from chungtay.figures.wording import PERCENT, in_full
from chungtay.indicators.rules import Kind
from chungtay.kernel.text import date_text, datetime_text

HEADS = (
    "Mã chỉ tiêu", "Chỉ tiêu", "Phân tổ", "Đơn vị tính", "Mã đơn vị", "Đơn vị", "Kỳ", "Từ ngày", "Đến ngày", "Giá trị",
    "Tử số", "Mẫu số", "Đã báo cáo", "Phải báo cáo", "Chưa có", "Ước tính", "Số có đến ngày", "Tính", "Bản đồ",
    "Số liệu biết đến", "Nguồn",
)  # fmt: skip
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_EXACT = 10**15  # a workbook keeps numbers as doubles
_WIDE = {0: 24, 1: 40, 2: 24, 5: 26, 6: 22, 14: 40, 18: 24, 19: 18, 20: 60}


@dataclass(frozen=True)
class Origin:
    """What a file says of itself: where it was made, when, by whom, and whether its figures are samples."""

    site: str
    address: str
    made_at: datetime
    made_by: str
    is_sample: bool


def harmless(text: str) -> str:
    """Return a text that no spreadsheet runs: a quote stands before a first sign that opens a formula."""
    return f"'{text}" if text.startswith(_RUNS) else text


def write_csv(table: Table, origin: Origin, names: dict[UUID, str]) -> bytes:
    """Return one line per cell, in UTF-8 with its mark, numbers plain with a point."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADS)
    for line, unit, figure in _known_places(table):
        number = _number(figure)
        cells = _texts(table, line, unit, figure, origin, names)
        plain = [harmless(cell) for cell in cells]
        plain[9:12] = ["" if value is None else f"{value}" for value in (number, figure.numerator, figure.denominator)]
        plain[12:14] = [str(figure.reported), str(figure.expected)]
        writer.writerow(plain)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def write_xlsx(table: Table, origin: Origin, names: dict[UUID, str]) -> bytes:
    """Return a workbook of three sheets: the table, every cell with its coverage, and about the table."""
    out = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(out, safe) as book:
        created = origin.made_at.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": "Bảng số liệu", "author": origin.made_by, "created": created})
        look = _looks(book)
        _write_table(book.add_worksheet("Bảng"), table, origin, look)
        _write_cells(book.add_worksheet("Từng ô"), table, origin, names, look)
        _write_about(book.add_worksheet("Về bảng này"), table, origin, look)
    return out.getvalue()


def about(table: Table, origin: Origin) -> list[tuple[str, str]]:
    """Return what must be said beside the numbers, as pairs of a word and its text."""
    ask = table.ask
    first, last = min(p.start for p in ask.periods), max(p.last_day for p in ask.periods)
    return [
        ("Nguồn", f"{origin.site}: báo cáo của các đơn vị, tổng hợp theo phương pháp ghi ở từng chỉ tiêu"),
        ("Địa chỉ", origin.address),
        ("Bản đồ", ask.map.words),
        ("Số liệu biết đến", _known(table, origin)),
        ("Tính", _view(table)),
        ("Khoảng thời gian", f"{date_text(first)} – {date_text(last)}"),
        ("Phủ", "Mỗi số kèm số đơn vị đã báo cáo trên số phải báo cáo và tên đơn vị chưa có: xem “Từng ô”"),
        ("Dấu hiệu", "“…”: chưa có số, không phải là 0. “–”: đơn vị không có trên bản đồ của kỳ. “≈”: ước tính"),
        ("Lập lúc", f"{datetime_text(origin.made_at)}, {origin.made_by}"),
        *([("Lưu ý", "Số liệu minh họa")] if origin.is_sample else []),
    ]


def _known_places(table: Table) -> Iterator[tuple[Line, int, Figure]]:
    """Yield line, position of the unit and figure of every cell whose unit is on the map of its period."""
    for line in range(len(table.lines)):
        for unit in range(len(table.ask.units)):
            for period in range(len(table.ask.periods)):
                figure = table.figure_at(Spot(line, unit, period))
                if figure is not None:
                    yield table.lines[line], unit, figure


def _texts(table: Table, line: Line, unit: int, figure: Figure, origin: Origin, names: dict[UUID, str]) -> list[str]:
    node = table.ask.units[unit].node
    part = line.name.removeprefix(f"{line.indicator.name}: ") if line.key else ""
    return [
        line.indicator.code, line.indicator.name, part, line.indicator.unit, node.code, node.name, figure.period.short(),
        figure.period.start.isoformat(), figure.period.last_day.isoformat(), "", "", "", "", "",
        "; ".join(names[area_id] for area_id in figure.missing), "có" if getattr(figure, "is_estimated", False) else "",
        figure.as_of.isoformat() if figure.as_of else "", _view(table), table.ask.map.words, _known(table, origin),
        origin.address,
    ]  # fmt: skip


def _number(figure: Figure) -> int | str | None:
    """Return the value as a plain number; a ratio as its own decimal text."""
    if figure.kind is Kind.RATIO:
        return None if figure.ratio is None else f"{float(figure.ratio):.10g}"
    if figure.value is None or not figure.decimals:
        return figure.value
    return f"{Decimal(figure.value).scaleb(-figure.decimals):f}"


def _known(table: Table, origin: Origin) -> str:
    return date_text(table.ask.known.day) if table.ask.known.day else datetime_text(origin.made_at)


def _view(table: Table) -> str:
    return "Chỉ báo cáo đã duyệt" if table.ask.view is View.APPROVED else "Cả báo cáo chưa duyệt"


def _looks(book: Workbook) -> dict[str, Format]:
    edge = {"border": 1, "border_color": "#857f72", "valign": "vcenter"}
    kinds: dict[str, dict[str, object]] = {
        "title": {"bold": True, "font_size": 14},
        "note": {"italic": True},
        "head": {"bold": True, "text_wrap": True, "align": "center", "bg_color": "#f1eee6", **edge},
        "group": {"bold": True, "bg_color": "#f1eee6", **edge},
        "text": edge,
        "number": {"num_format": "#,##0", **edge},
        "one": {"num_format": "#,##0.0", **edge},
        "two": {"num_format": "#,##0.00", **edge},
        "percent": {"num_format": "0.0%", **edge},
        "middle": {"align": "right", "font_color": "#5d6a70", **edge},
        "word": {"bold": True, "valign": "top"},
        "words": {"text_wrap": True, "valign": "top"},
    }
    return {name: book.add_format(kind) for name, kind in kinds.items()}


def _write_table(sheet: Worksheet, table: Table, origin: Origin, look: dict[str, Format]) -> None:
    ask = table.ask
    sheet.write_string(0, 0, "Bảng số liệu" + (" (Số liệu minh họa)" if origin.is_sample else ""), look["title"])
    sheet.write_string(1, 0, f"{ask.map.words} · biết đến {_known(table, origin)} · {_view(table)}", look["note"])
    top = 3
    sheet.write_string(top, 0, "", look["head"])
    for column, head in enumerate(table.heads, 1):
        sheet.write_string(top, column, head, look["head"])
    at, group = top + 1, None
    for row in table.rows:
        if row.group != group:
            group = row.group
            sheet.merge_range(at, 0, at, max(1, len(table.heads)), "", look["group"])
            sheet.write_string(at, 0, group, look["group"])
            at += 1
        _write_row(sheet, at, table, row, look)
        at += 1
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, max(1, len(table.heads)), 16)
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_row(sheet: Worksheet, at: int, table: Table, row: Row, look: dict[str, Format]) -> None:
    sheet.write_string(at, 0, row.label, look["text"])
    for column, spot in enumerate(row.spots, 1):
        _write_number(sheet, at, column, table.figure_at(spot), table.lines[spot.line], look)


def _write_number(
    sheet: Worksheet, row: int, column: int, figure: Figure | None, line: Line, look: dict[str, Format]
) -> None:
    """Write a number as a number; a number too long for a workbook, and none, as the text that says so."""
    if figure is None or not figure.is_known or (figure.kind is Kind.RATIO and figure.ratio is None):
        sheet.write_string(row, column, "–" if figure is None else "…", look["middle"])
    elif figure.kind is Kind.RATIO:
        percent = line.indicator.unit == PERCENT
        sheet.write_number(row, column, float(figure.ratio or 0), look["percent" if percent else "two"])
    elif abs(figure.value or 0) > _EXACT:
        sheet.write_string(row, column, in_full(figure, line.indicator) or "", look["middle"])
    else:
        style = ("number", "one", "two")[min(figure.decimals, 2)]
        sheet.write_number(row, column, float(Fraction(figure.value or 0, 10**figure.decimals)), look[style])


def _write_cells(
    sheet: Worksheet, table: Table, origin: Origin, names: dict[UUID, str], look: dict[str, Format]
) -> None:
    for column, head in enumerate(HEADS):
        sheet.write_string(0, column, head, look["head"])
        sheet.set_column(column, column, _WIDE.get(column, 13))
    at = 0
    for at, (line, unit, figure) in enumerate(_known_places(table), 1):
        texts: Sequence[str] = _texts(table, line, unit, figure, origin, names)
        for column, text in enumerate(texts):
            sheet.write_string(at, column, text, look["text"])
        _write_number(sheet, at, 9, figure, line, look)
        for column, value in ((10, figure.numerator), (11, figure.denominator)):
            if value is not None:
                sheet.write_number(at, column, value, look["number"])
        sheet.write_number(at, 12, figure.reported, look["number"])
        sheet.write_number(at, 13, figure.expected, look["number"])
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, at), len(HEADS) - 1)


def _write_about(sheet: Worksheet, table: Table, origin: Origin, look: dict[str, Format]) -> None:
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 100)
    for at, (word, text) in enumerate(about(table, origin)):
        sheet.write_string(at, 0, word, look["word"])
        sheet.write_string(at, 1, text, look["words"])
