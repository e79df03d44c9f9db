"""Lists of units as files: a CSV becomes rows with their line numbers, and whatever cannot be read becomes findings.

Two kinds: units on a day, and old → new. UTF-8 with or without mark; comma, semicolon or tab; Vietnamese or English heads.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from chungtay.kernel.folding import fold
from chungtay.places.unit_findings import Finding, Kind
from chungtay.places.unit_spelling import is_decomposed, tidy

MOST_BYTES = 64 * 1024 * 1024


class ListKind(StrEnum):
    UNITS = "units"
    MOVES = "moves"
    NEIGHBOURS = "neighbours"


# column -> heads that mean it, without marks and with spaces for underscores
_UNIT_HEADS = {
    "code": ("code", "ma", "ma don vi", "ma dvhc", "ma so"),
    "name": ("name", "ten", "ten don vi", "ten dvhc"),
    "level": ("level", "cap", "loai", "cap don vi", "loai don vi"),
    "parent": ("parent", "parent code", "ma cap tren", "ma don vi cap tren"),
    "parent_names": ("parent names", "cap tren", "don vi cap tren", "thuoc"),
    "valid_from": ("valid from", "tu ngay", "hieu luc tu", "ngay hieu luc"),
    "legal_basis": ("legal basis", "can cu", "van ban", "nghi quyet"),
}
_MOVE_HEADS = {
    "old_code": ("old code", "ma cu"),
    "old_name": ("old name", "ten cu", "don vi cu", "ten don vi cu"),
    "old_district": ("old district", "huyen cu", "quan huyen cu", "ten huyen cu"),
    "old_province": ("old province", "tinh cu", "ten tinh cu"),
    "share": ("share", "ty le", "ti le", "phan"),
    "share_basis": ("share basis", "can cu ty le", "can cu ti le", "co so ty le", "co so ti le"),
    "new_code": ("new code", "ma moi"),
    "new_name": ("new name", "ten moi", "don vi moi", "ten don vi moi"),
    "new_level": ("new level", "cap moi", "loai moi"),
    "new_province": ("new province", "tinh moi", "ma tinh moi", "ten tinh moi"),
    "new_parent": ("new parent", "cap tren moi", "ma cap tren moi", "don vi cap tren moi"),
    "effective_on": ("effective on", "hieu luc tu", "ngay hieu luc", "tu ngay"),
    "legal_basis": _UNIT_HEADS["legal_basis"],
}
_NEIGHBOUR_HEADS = {"first": ("first", "code", "ma", "ma 1", "ma thu nhat"), "second": ("second", "ma 2", "ma thu hai")}
HEADS = {ListKind.UNITS: _UNIT_HEADS, ListKind.MOVES: _MOVE_HEADS, ListKind.NEIGHBOURS: _NEIGHBOUR_HEADS}
_NEEDED = {
    ListKind.UNITS: ("code", "name", "level", "valid_from"),
    ListKind.MOVES: ("new_code", "new_name", "new_level", "effective_on", "legal_basis"),
    ListKind.NEIGHBOURS: ("first", "second"),
}
SHOWN = {  # the head of a column as a sentence names it
    "code": "mã", "name": "tên", "level": "cấp", "valid_from": "từ ngày", "new_code": "mã mới", "new_name": "tên mới",
    "new_level": "cấp mới", "effective_on": "hiệu lực từ", "legal_basis": "căn cứ", "first": "mã 1", "second": "mã 2",
}  # fmt: skip
_LONGEST = {"code": 10, "new_code": 10, "name": 120, "new_name": 120, "legal_basis": 300, "share_basis": 300}
_DAY = re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})|(?P<Y>\d{4})-(?P<M>\d{1,2})-(?P<D>\d{1,2})")
_SHEET_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of a file: its number, and its cells by column, tidied; a column that is not there is ""."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def finding(self, kind: Kind, sentence: str, suggestion: str = "", column: str = "") -> Finding:
        return Finding(kind, sentence, self.file, self.line, column, suggestion)


@dataclass(frozen=True)
class UnitList:
    """A file that was read: of which kind, its rows, and what could not be read. Without kind it holds no row."""

    file: str
    kind: ListKind | None
    rows: tuple[ListRow, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


def read_list(file: str, content: bytes, kind: ListKind | None = None) -> UnitList:
    """Read a file; `kind` None finds it out from the heads of the columns. Never raises for what is in the file."""
    text, problem = _decoded(content)
    if problem:
        return _unreadable(file, Kind.UNREADABLE, problem)
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines: list[tuple[int, list[str]]] = []
    try:
        last = 0
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((last + 1, cells))
            last = reader.line_num
    except csv.Error as error:
        return _unreadable(file, Kind.UNREADABLE, f"Dòng {reader.line_num} không đọc được ({error}). Hãy lưu lại CSV.")
    if not lines:
        return _unreadable(file, Kind.UNREADABLE, "Tệp không có dòng nào. Hãy chọn đúng tệp.")
    heads = [" ".join(fold(cell.strip("\ufeff")).replace("_", " ").replace(".", " ").split()) for cell in lines[0][1]]
    kind = kind or _kind_of(heads)
    if kind is None:
        needed = "“mã”, “tên”, “cấp”, “từ ngày” (danh sách đơn vị) hoặc “mã cũ”, “mã mới”, “tên mới” (cũ → mới)"
        return _unreadable(file, Kind.NO_HEAD, f"Dòng đầu không có tên cột đã biết. Cần {needed}.", lines[0][0])
    return _rows(file, kind, heads, lines)


def parse_day(text: str) -> date | None:
    """Return the day written as 01/07/2025, 1-7-2025 or 2025-07-01, else None."""
    if not (found := _DAY.fullmatch(text)):
        return None
    year, month, day = (found["Y"], found["M"], found["D"]) if found["Y"] else (found["y"], found["m"], found["d"])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def day_meant(text: str) -> str:
    """Return the day that an unreadable one probably means, for a suggestion; "" when nothing comes to mind."""
    if re.fullmatch(r"[2-6]\d{4}(\.0+)?", text):  # a spreadsheet's number of a day, 1954 to 2064
        return f"{_SHEET_EPOCH + timedelta(days=int(text[:5])):%d/%m/%Y}"
    if short := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})", text):
        return f"{int(short[1]):02d}/{int(short[2]):02d}/20{short[3]}"
    if swapped := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        return f"{int(swapped[2]):02d}/{int(swapped[1]):02d}/{swapped[3]}" if int(swapped[2]) > 12 else ""
    return ""


def _rows(file: str, kind: ListKind, heads: Sequence[str], lines: Sequence[tuple[int, list[str]]]) -> UnitList:
    known = {head: column for column, names in HEADS[kind].items() for head in names}
    findings: list[Finding] = []
    columns: list[str] = []
    for position, head in enumerate(heads):
        column = known.get(head, "")
        shown = lines[0][1][position].strip()
        if head and not column:
            findings.append(Finding(Kind.UNKNOWN_COLUMN, f"Cột “{shown}” không dùng đến.", file, lines[0][0], shown))
        if column and column in columns:
            sentence = f"Cột “{shown}” trùng nghĩa với một cột trước nó. Hãy bỏ bớt một cột."
            findings.append(Finding(Kind.MISSING_COLUMN, sentence, file, lines[0][0], shown))
        columns.append(column)
    absent = [f"“{SHOWN[column]}” ({column})" for column in _NEEDED[kind] if column not in columns]
    if kind is ListKind.MOVES and not {"old_code", "old_name"} & set(columns):
        absent.append("“mã cũ” (old_code) hoặc “tên cũ” (old_name)")
    if absent:
        sentence = f"Thiếu cột: {', '.join(absent)}. Hãy thêm cột vào dòng đầu."
        return UnitList(file, None, (), (*findings, Finding(Kind.MISSING_COLUMN, sentence, file, lines[0][0])))
    rows, decomposed = [], []
    for line, cells in lines[1:]:
        row = ListRow(file, line, {c: tidy(cell) for c, cell in zip(columns, cells, strict=False) if c})
        rows.append(row)
        if len(cells) > len(heads) and any(cell.strip() for cell in cells[len(heads) :]):
            sentence = (
                f"Dòng có {len(cells)} ô, dòng đầu có {len(heads)} cột: có lẽ thiếu dấu ngoặc kép quanh dấu phẩy."
            )
            findings.append(row.finding(Kind.UNREADABLE, sentence))
        if any(is_decomposed(cell) for cell in cells):
            decomposed.append((row, next(cell for cell in cells if is_decomposed(cell))))
        findings += _too_long(row)
    findings += _about_unicode(decomposed, len(rows))
    return UnitList(file, kind, tuple(rows), tuple(findings))


def _too_long(row: ListRow) -> Iterable[Finding]:
    for column, most in _LONGEST.items():
        if len(row[column]) > most:
            sentence = f"Ô có {len(row[column])} ký tự, nhiều nhất là {most}. Hãy rút ngắn."
            yield row.finding(Kind.TOO_LONG, sentence, column=column)


def _about_unicode(decomposed: Sequence[tuple[ListRow, str]], count: int) -> Iterable[Finding]:
    """Warn of every row in another Unicode form, or once where the whole file was typed so."""
    if len(decomposed) > count / 2 and count > 20:
        sentence = (
            f"{len(decomposed)} dòng viết chữ tổ hợp (NFD), ví dụ “{decomposed[0][1]}”; đã hiểu như chữ dựng sẵn."
        )
        yield decomposed[0][0].finding(Kind.UNICODE, sentence, "Lưu lại tệp bằng bộ gõ Unicode dựng sẵn (NFC).")
        return
    for row, cell in decomposed:
        sentence = (
            f"“{cell}” viết chữ tổ hợp (NFD, {len(cell)} ký tự), đã hiểu là “{tidy(cell)}” ({len(tidy(cell))} ký tự)."
        )
        yield row.finding(Kind.UNICODE, sentence, tidy(cell))


def _kind_of(heads: Sequence[str]) -> ListKind | None:
    def has(kind: ListKind, column: str) -> bool:
        return bool(set(HEADS[kind][column]) & set(heads))

    if has(ListKind.MOVES, "new_code") or has(ListKind.MOVES, "new_name"):
        return ListKind.MOVES
    return ListKind.UNITS if has(ListKind.UNITS, "code") and has(ListKind.UNITS, "name") else None


def _decoded(content: bytes) -> tuple[str, str]:
    if len(content) > MOST_BYTES:
        return "", f"Tệp lớn hơn {MOST_BYTES // 1024 // 1024} MB: không phải một danh sách đơn vị."
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "", "Đây là tệp bảng tính. Hãy lưu lại dạng “CSV UTF-8”."
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return "", f"Tệp không phải UTF-8 (chỗ sai đầu tiên ở dòng {line}). Hãy lưu lại dạng “CSV UTF-8”."


def _unreadable(file: str, kind: Kind, sentence: str, line: int = 0) -> UnitList:
    return UnitList(file, None, (), (Finding(kind, sentence, file, line),))
