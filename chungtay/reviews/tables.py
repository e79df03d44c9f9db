"""Tables and the chart of a report as frozen specifications: which figure stands in which cell, never a number."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from chungtay.indicators.rules import Kind
from chungtay.kernel.periods import Period
from chungtay.reviews import idiom
from chungtay.reviews.book import BILLION, MILLION, Book
from chungtay.reviews.rules import BlockKind, DraftBlock, Shape
from chungtay.reviews.scope import Series

Cell = dict[str, str]
NO_SUM: Cell = {"mark": "x"}
EMPTY: Cell = {"mark": ""}


def told_years(book: Book, *codes: str) -> list[Period]:
    """Return the years of the window in which any of the indicators has data."""
    held = [code for code in codes if book.has(code)]
    return [year for year in book.scope.years if any(book.figure(code, year) for code in held)]


def text(words: str) -> Cell:
    """Return a cell of words."""
    return {"text": words}


def figure(book: Book, code: str, shape: Shape, *, period: Period, dimension: str = "", divisor: int = 1) -> Cell:
    """Return a cell that shows the figure of the review's area; a cell whose question cannot be put stays marked missing."""
    ask = book.question(code, shape, period=period, dimension=dimension, places=2, divisor=divisor)
    if ask is None:
        return {"mark": "…"}
    book.keep(replace(ask, is_of_row=period != book.scope.period))
    return {"figure": ask.key}


def column(head: str, width: float = 0, group: str = "", align: str = "right") -> dict[str, Any]:
    """Return a column; width in mm, 0 shares what is left."""
    return {"head": head, "width": width, "group": group, "align": align}


def _divisor(series: Series) -> int:
    return MILLION if series.is_money else 1


def _label(words: str) -> str:
    return idiom.capital(words)


def years_table(book: Book, code: str, section: str) -> DraftBlock:
    """Return the table of an amount by year: its parts, sum, plan, share of the plan, growth on the same window."""
    book.tables += 1
    series, window = book.scope.series[code], book.scope.period
    divisor = _divisor(series)
    keys = [key for key, _ in series.keys]
    planned = any(book.scope.goal(code, year) for year in book.scope.years)
    columns = [column("Năm", 24, align="left")]
    columns += [column(_label(label), 0) for _, label in series.keys]
    columns.append(column("Cộng", 23 if divisor > 1 else 0))
    columns += [column("Kế hoạch năm", 22), column("Đạt kế hoạch", 17)] if planned else []
    columns.append(column("So với cùng kỳ", 17))
    rows = []
    for year in told_years(book, code):
        row = [text(idiom.window_head(year))]
        row += [figure(book, code, Shape.CELL, period=year, dimension=key, divisor=divisor) for key in [*keys, ""]]
        if planned:
            row.append(figure(book, code, Shape.CELL_TARGET, period=year, divisor=divisor))
            row.append(figure(book, code, Shape.CELL_OF_TARGET, period=year))
        row.append(figure(book, code, Shape.CELL_CHANGE, period=year))
        rows.append(row)
    total = [text("Tổng")]
    total += [figure(book, code, Shape.CELL, period=window, dimension=key, divisor=divisor) for key in [*keys, ""]]
    total += [NO_SUM] * (3 if planned else 1)
    spec = {
        "caption": f"Kết quả {idiom.lower_first(series.name)} theo năm",
        "unit_line": "triệu đồng" if divisor > 1 else series.unit,
        "columns": columns,
        "rows": rows,
        "total": total,
        "small": True,
        "note": "Dấu (…): chưa có số liệu, hoặc chưa đủ số liệu cùng kỳ để so sánh; dấu (x): không cộng.",
    }
    return DraftBlock(BlockKind.TABLE, section, f"{code}-years", spec=spec)


PARTS = {"cash": "Tiền", "in_kind": "Hiện vật", "outside": "Ngoài Quỹ"}  # a legend has room for a word or two


def years_chart(book: Book, code: str, section: str) -> DraftBlock:
    """Return the chart that stands beside the table: parts stacked, the plan as a stroke."""
    book.charts += 1
    series = book.scope.series[code]
    bars = []
    for year in told_years(book, code):
        scale = BILLION if series.is_money else 1
        bar: dict[str, Any] = {
            "label": idiom.window_head(year),
            "parts": [
                figure(book, code, Shape.CELL, period=year, dimension=key, divisor=_divisor(series))["figure"]
                for key, _ in series.keys
            ],
            "total": figure(book, code, Shape.CELL, period=year, divisor=scale)["figure"],
            "plan": figure(book, code, Shape.CELL_TARGET, period=year, divisor=_divisor(series)).get("figure", ""),
        }
        bars.append(bar)
    name = f"Kết quả {idiom.lower_first(series.name)} theo năm"
    spec = {
        "caption": name,
        "alt": f"Biểu đồ cột: {idiom.lower_first(name)}, số liệu như Bảng {book.tables}",
        "unit_line": "tỷ đồng" if series.is_money else series.unit,
        "series": [PARTS.get(key, _label(label)) for key, label in series.keys],
        "plan_label": "kế hoạch năm" if len(series.keys) < 3 else "kế hoạch",
        "bars": bars,
    }
    return DraftBlock(BlockKind.CHART, section, f"{code}-chart", spec=spec)


def care_table(book: Book, section: str, codes: Sequence[str]) -> DraftBlock:
    """Return the table of several indicators by year, the parts of the first one in columns of their own."""
    book.tables += 1
    held = [book.scope.series[code] for code in codes if book.has(code)]
    wanted = [(series, key, label) for series in held for key, label in columns_of(series, most_keys=2)]
    columns = [column("Năm", 26, align="left")]
    columns += [column(label, group=group_of(series, most_keys=2)) for series, _, label in wanted]
    rows = [[text(idiom.window_head(year)), *_row(book, wanted, year)] for year in told_years(book, *codes)]
    spec = {
        "caption": "Kết quả chăm lo hộ nghèo, gia đình chính sách theo năm",
        "unit_line": "",
        "columns": columns,
        "rows": rows,
        "total": [text("Tổng"), *_row(book, wanted, book.scope.period)],
        "small": True,
        "note": "Dấu (-): không phát sinh; dấu (…): chưa báo cáo.",
    }
    return DraftBlock(BlockKind.TABLE, section, "care-years", spec=spec)


def _row(book: Book, wanted: Sequence[tuple[Series, str, str]], period: Period) -> list[Cell]:
    return [
        figure(book, series.code, Shape.CELL, period=period, dimension=key, divisor=_divisor(series))
        for series, key, _ in wanted
    ]


def columns_of(series: Series, most_keys: int) -> list[tuple[str, str]]:
    """Return (dimension key, head) of an indicator's columns: its parts when they are few, then its total."""
    if not series.keys or len(series.keys) > most_keys:
        return [("", head_of(series))]
    return [*((key, _label(label)) for key, label in series.keys), ("", "Cộng")]


def group_of(series: Series, most_keys: int) -> str:
    """Return the common head over an indicator's parts, "" when it has a single column."""
    return head_of(series) if series.keys and len(series.keys) <= most_keys else ""


HEADS = {
    "fund.raised": "Vận động",
    "support.houses": "Nhà ở",
    "support.bridges": "Cầu",
    "support.packages": "Suất hỗ trợ",
    "support.package_value": "Giá trị các suất",
    "groups.hoi_quan": "Hội quán",
    "groups.hoi_quan_members": "Thành viên Hội quán",
    "groups.htx_from_hoi_quan": "HTX từ Hội quán",
    "groups.self_managed": "Tổ tự quản",
    "activities.propaganda": "Tuyên truyền",
    "awards.collectives": "Khen thưởng",
    "poverty.poor_households": "Hộ nghèo",
    "poverty.households": "Tổng số hộ",
    "poverty.rate": "Tỷ lệ hộ nghèo",
}


def head_of(series: Series) -> str:
    """Return the head of an indicator's columns, with its unit: "Nhà ở (căn)", "Vận động (triệu đồng)"."""
    head = HEADS.get(series.code, series.name)
    if series.is_money:
        return f"{head} (triệu đồng)"
    says_unit = series.unit.casefold().split()[-1] in head.casefold().split()
    return head if says_unit or series.kind is Kind.RATIO else f"{head} ({series.unit})"


def short_head(series: Series) -> str:
    """Return the head of an indicator's columns without its unit, for a caption: "nhà ở"."""
    return idiom.lower_first(HEADS.get(series.code, series.name))


def poverty_table(book: Book, section: str, code: str) -> DraftBlock:
    """Return the table of a ratio by year: both terms, then the ratio."""
    book.tables += 1
    series = book.scope.series[code]
    heads = [book.scope.series[term] for term in series.terms or () if book.has(term)]
    columns = [
        column("Cuối năm", 40, align="left"),
        *(column(head_of(term)) for term in heads),
        column(head_of(series)),
    ]
    rows = []
    for year in told_years(book, code):
        cells = [figure(book, term.code, Shape.CELL, period=year) for term in heads]
        rows.append([text(idiom.window_head(year)), *cells, figure(book, code, Shape.CELL_RATIO, period=year)])
    caption = f"{series.name} theo năm"
    spec: Mapping[str, Any] = {
        "caption": caption,
        "unit_line": "",
        "columns": columns,
        "rows": rows,
        "small": True,
        "note": "",
    }
    return DraftBlock(BlockKind.TABLE, section, f"{code}-years", spec=spec)
