"""Reads an opened sheet against a form: what it says it is, its entries, and every problem by sheet, cell and reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from chungtay.kernel.errors import Problem
from chungtay.kernel.money import MAX_VND
from chungtay.kernel.numerals import NumberProblem, format_integer, read_integer
from chungtay.returns.rules import CellSpec, Entry
from chungtay.returns.workbooks import layout
from chungtay.returns.workbooks.layout import Identity
from chungtay.returns.workbooks.opening import RawSheet

_WIDTH = layout.EXPLAIN + 1
_COLUMNS = itemgetter(layout.KEY, layout.LABEL, layout.VALUE, layout.ABSENT, layout.EXPLAIN)
PLAIN = 1e12  # below it a float holds every whole number that is meant, with room for decimals
MAX_WORDS = 500  # of a reason or an explanation, as the database keeps them


@dataclass(frozen=True)
class Filled:
    """A workbook that was read. With any problem nothing of it may be taken in."""

    identity: Identity | None
    entries: Mapping[str, Entry] = field(default_factory=dict)
    problems: Sequence[Problem] = ()


def where(sheet: str, row: int, column: int, label: str = "") -> str:
    """Return the place of a problem: sheet, cell and, when known, the row's label."""
    name = f"Trang “{sheet}”, ô {layout.cell_name(row, column)}"
    return f"{name} ({label})" if label else name


def read_identity(sheet: RawSheet) -> Identity | None:
    """Return what the workbook says it is, or None when its head is not that of a form."""
    area, period, form = (
        _text(sheet, row, layout.CODE) for row in (layout.AREA_ROW, layout.PERIOD_ROW, layout.FORM_ROW)
    )
    code, _, version = form.partition(" / lần ")
    if not (area and period and code and version.isdigit()):
        return None
    return Identity(code, int(version), period, area)


def identity_problems(sheet: RawSheet, found: Identity, wanted: Identity, names: Mapping[str, str]) -> list[Problem]:
    """Return why a workbook is not the one wanted. `names` gives words for codes of units and periods."""
    problems = []
    if found.form != wanted.form:
        sentence = f"Tệp này là biểu {found.form}, còn ở đây cần biểu {wanted.form}."
        problems.append(Problem(sentence, where(sheet.name, layout.FORM_ROW, layout.CODE)))
    elif found.version != wanted.version:
        sentence = (
            f"Tệp dùng biểu {found.form} lần {found.version}, đợt này dùng lần {wanted.version}. "
            "Hãy tải biểu mẫu mới rồi chép số sang."
        )
        problems.append(Problem(sentence, where(sheet.name, layout.FORM_ROW, layout.CODE)))
    if found.area != wanted.area:
        mine, theirs = names.get(wanted.area, wanted.area), names.get(found.area, found.area)
        sentence = f"Tệp này của {theirs}, không phải của {mine}. Hãy nộp đúng tệp của đơn vị."
        problems.append(Problem(sentence, where(sheet.name, layout.AREA_ROW, layout.CODE)))
    if found.period != wanted.period:
        mine, theirs = names.get(wanted.period, wanted.period), names.get(found.period, found.period)
        sentence = f"Tệp này của kỳ {theirs}, còn đợt này là kỳ {mine}. Hãy chọn đúng kỳ."
        problems.append(Problem(sentence, where(sheet.name, layout.PERIOD_ROW, layout.CODE)))
    return problems


def read_cells(sheet: RawSheet, cells: Sequence[CellSpec]) -> Filled:
    """Read every cell of the form. Problems are collected, never stopped at the first."""
    reader = _Reader(sheet)
    if reader.check_heads():
        return Filled(read_identity(sheet), {}, tuple(reader.problems))
    placed = _rows(cells)
    entries = _plain_numbers(sheet, placed)
    for row, cell in placed if not entries else ():
        found, label = _text(sheet, row, layout.KEY), _text(sheet, row, layout.LABEL)
        if found != cell.key or label != cell.label:
            reader.problem(
                row,
                layout.LABEL,
                "",
                f"Dòng này phải là “{cell.label}”, nhưng trong tệp là “{label or 'dòng trống'}”. "
                "Có lẽ dòng đã bị chuyển, thêm hoặc xóa. Hãy tải lại biểu mẫu và nhập vào đúng dòng.",
            )
            continue
        entries[cell.key] = reader.entry(row, cell)
    reader.check_tail(layout.FIRST_ROW + len(cells) + len({c.section for c in cells}))
    reader.check_merged()
    if not reader.problems and entries and all(entry == Entry() for entry in entries.values()):
        first = placed[0][0]
        reader.problem(
            first, layout.VALUE, "", "Biểu chưa có số nào. Hãy nhập số rồi nộp lại; không phát sinh thì ghi 0."
        )
    return Filled(read_identity(sheet), entries if not reader.problems else {}, tuple(reader.problems))


def _rows(cells: Sequence[CellSpec]) -> list[tuple[int, CellSpec]]:
    """Return the zero-based row of every cell; each section's title takes a row of its own."""
    placed, row, section = [], layout.FIRST_ROW, ""
    for cell in cells:
        if cell.section != section:
            section = cell.section
            row += 1
        placed.append((row, cell))
        row += 1
    return placed


def _plain_numbers(sheet: RawSheet, placed: Sequence[tuple[int, CellSpec]]) -> dict[str, Entry]:
    """Return the entries of a sheet that needs no second look: every row the right one, a whole number in range, no words.

    Nearly every file is like that, and columns are compared many times faster than cells. Of any other, return {}.
    """
    if sheet.formulas or sheet.errors or not placed or placed[-1][0] >= len(sheet.rows):
        return {}
    rows, cells = [sheet.rows[row] for row, _ in placed], [cell for _, cell in placed]
    if min(map(len, rows)) < _WIDTH:
        return {}
    keys, labels, values, absent, explain = zip(*map(_COLUMNS, rows), strict=True)
    is_form = keys == tuple(cell.key for cell in cells) and labels == tuple(cell.label for cell in cells)
    if not is_form or (absent + explain).count("") < 2 * len(rows) or set(map(type, values)) != {float}:
        return {}
    if min(values) < 0 or max(values) >= PLAIN or not all(map(float.is_integer, values)):
        return {}
    scaled = (int(value) * 10**cell.decimals for cell, value in zip(cells, values, strict=True))
    return dict(zip(keys, map(Entry, scaled), strict=True))


def _value(sheet: RawSheet, row: int, column: int) -> Any:
    try:
        return sheet.rows[row][column]
    except IndexError:
        return ""


def _text(sheet: RawSheet, row: int, column: int) -> str:
    value = _value(sheet, row, column)
    return value.strip() if isinstance(value, str) else ""


class _Reader:
    """Collects the problems of one sheet."""

    def __init__(self, sheet: RawSheet) -> None:
        self.sheet = sheet
        self.problems: list[Problem] = []

    def problem(self, row: int, column: int, label: str, sentence: str) -> None:
        self.problems.append(Problem(sentence, where(self.sheet.name, row, column, label)))

    def entry(self, row: int, cell: CellSpec) -> Entry:
        words = {}
        for name, column in (("absent", layout.ABSENT), ("explain", layout.EXPLAIN)):
            self._refuse_odd(row, column, cell)
            raw = _value(self.sheet, row, column)
            words[name] = (raw if isinstance(raw, str) else str(raw)).strip()
            if len(words[name]) > MAX_WORDS:
                self.problem(
                    row,
                    column,
                    cell.label,
                    f"Ô này có {len(words[name])} chữ cái, tối đa {MAX_WORDS}. Hãy viết ngắn lại.",
                )
        value = self._number(row, cell)
        if value is not None and words["absent"]:
            self.problem(row, layout.ABSENT, cell.label, "Ô này vừa có số vừa ghi “chưa có số”. Hãy xóa một trong hai.")
        return Entry(value=value, **words)

    def check_heads(self) -> bool:
        """Columns that were added, removed or moved would put every number in the wrong place; say so once."""
        for column, head in enumerate(layout.HEADS):
            if head and _text(self.sheet, layout.HEAD_ROW, column) != head:
                found = _text(self.sheet, layout.HEAD_ROW, column) or "cột trống"
                self.problem(
                    layout.HEAD_ROW,
                    column,
                    "",
                    f"Cột này phải là “{head}”, nhưng trong tệp là “{found}”. Có lẽ cột đã bị chuyển, thêm hoặc xóa. "
                    "Hãy tải lại biểu mẫu và nhập vào đúng cột.",
                )
                return True
        return False

    def _refuse_odd(self, row: int, column: int, cell: CellSpec) -> bool:
        if layout.cell_name(row, column) in self.sheet.errors:
            self.problem(row, column, cell.label, "Ô này báo lỗi (#REF!, #VALUE! …). Hãy nhập lại bằng số hoặc chữ.")
            return True
        if layout.cell_name(row, column) in self.sheet.formulas:
            self.problem(
                row, column, cell.label, "Ô này chứa công thức. Hãy nhập số, không nhập công thức (dán giá trị)."
            )
            return True
        return False

    def _number(self, row: int, cell: CellSpec) -> int | None:
        raw = _value(self.sheet, row, layout.VALUE)
        if self._refuse_odd(row, layout.VALUE, cell) or raw is None or raw == "":
            return None
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            self.problem(row, layout.VALUE, cell.label, _not_a_number(raw))
            return None
        scaled = raw * 10**cell.decimals
        sentence = ""
        if scaled != scaled or scaled in (float("inf"), float("-inf")):
            sentence = "Ô này báo lỗi tính toán. Hãy nhập lại bằng số."
        elif scaled < 0:
            sentence = f"Số {_shown(raw)} nhỏ hơn 0. Hãy nhập số từ 0 trở lên."
        elif scaled >= MAX_VND:
            sentence = (
                f"Số {_shown(raw)} lớn quá mức có thể có (từ {format_integer(MAX_VND)} trở lên). "
                "Hãy xem lại có thừa chữ số 0 không."
            )
        elif abs(scaled - round(scaled)) > 1e-6:
            digits = f"tối đa {cell.decimals} số lẻ" if cell.decimals else "là số nguyên"
            sentence = f"Số {_shown(raw)} có phần lẻ; ô này phải {digits}. Hãy nhập lại."
        if sentence:
            self.problem(row, layout.VALUE, cell.label, sentence)
            return None
        whole: int = round(scaled)
        return whole

    def check_tail(self, end: int) -> None:
        """Nothing may be typed under the form: it would be lost without a word."""
        for row in range(end, len(self.sheet.rows)):
            for column, value in enumerate(self.sheet.rows[row]):
                if value not in ("", None):
                    self.problem(
                        row,
                        column,
                        "",
                        "Có nội dung nằm ngoài biểu nên sẽ không được nhận. Hãy xóa hoặc chuyển vào biểu.",
                    )
                    return

    def check_merged(self) -> None:
        """Merged cells hide what stands under them."""
        for top, left, bottom, right in self.sheet.merged:
            if bottom >= layout.FIRST_ROW and right >= layout.LABEL:
                self.problem(
                    top,
                    left,
                    "",
                    f"Các ô {layout.cell_name(top, left)}:{layout.cell_name(bottom, right)} bị gộp. "
                    "Hãy bỏ gộp ô và nhập từng ô.",
                )


def _shown(raw: float) -> str:
    return format_integer(int(raw)) if raw == int(raw) else str(raw).replace(".", ",")


def _not_a_number(raw: Any) -> str:
    if isinstance(raw, dict):
        return f"Ô này là ngày tháng ({raw['date']}), cần một con số. Hãy định dạng ô là Số rồi nhập lại."
    text = str(raw)
    try:
        number = read_integer(text)
    except NumberProblem:
        return f"Ô này chứa chữ “{text[:40]}”, cần một con số. Hãy nhập bằng chữ số, ví dụ 12."
    return (
        f"Ô này ghi “{text[:40]}” dưới dạng chữ. Có phải {format_integer(number)}? Hãy định dạng ô là Số rồi nhập lại."
    )
