"""What the columns of the workbook mean, and what is wrong with a cell of it. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chungtay.households.rules import (
    BY_STANDARD,
    KIND_LABELS,
    NEED_LABELS,
    Kind,
    NeedKind,
    NotAHousehold,
    Personal,
    plain_cccd,
    plain_phone,
)
from chungtay.kernel.folding import fold

COLUMNS = {
    "head_name": "Họ tên chủ hộ",
    "hamlet": "Khóm, ấp",
    "members": "Số nhân khẩu",
    "birth_year": "Năm sinh",
    "address": "Địa chỉ",
    "phone": "Điện thoại",
    "cccd": "Số căn cước",
    "kind": "Loại hộ",
    "valid_from": "Từ ngày",
    "number": "Số quyết định",
    "decided_on": "Ngày quyết định",
    "reason": "Nguyên nhân",
    "need": "Nhu cầu",
}
REQUIRED = ("head_name", "hamlet")
MOST_ROWS = 5_000
_HEADER_WITHIN = 10
_KINDS = {fold(label): kind for kind, label in KIND_LABELS.items()}
_KINDS |= {"ngheo": Kind.POOR, "can ngheo": Kind.NEAR_POOR, "chinh sach": Kind.POLICY, "thoat ngheo": Kind.ESCAPED}
_NEEDS = {fold(label): need for need, label in NEED_LABELS.items()}


class NotTheForm(NotAHousehold):
    """The workbook has no such table."""


@dataclass(frozen=True)
class CellProblem:
    """What is wrong with one cell: "D12" and a Vietnamese sentence."""

    cell: str
    sentence: str


@dataclass(frozen=True)
class Entry:
    """One household of the workbook. row: as numbered there. The class is given whole or not at all."""

    row: int
    personal: Personal
    kind: Kind | None = None
    valid_from: date | None = None
    number: str = ""
    decided_on: date | None = None
    reason: str = ""
    need: NeedKind | None = None


def entries_of(rows: Sequence[Sequence[Any]], today: date) -> tuple[list[Entry], list[CellProblem]]:
    """Return the households of a sheet and the problems of those that are left out. Raises NotTheForm."""
    at, places = _header(rows)
    body = [(n, row) for n, row in enumerate(rows[at + 1 :], start=at + 2) if any(_text(cell) for cell in row)]
    if len(body) > MOST_ROWS:
        raise NotTheForm(f"Tệp có {len(body)} hộ, nhiều hơn {MOST_ROWS}. Hãy chia thành nhiều tệp.")
    entries: list[Entry] = []
    problems: list[CellProblem] = []
    for number, row in body:
        read = _Row(number, row, places, today)
        entry = read.entry()
        problems += read.problems
        if entry is not None:
            entries.append(entry)
    return entries, problems


def _header(rows: Sequence[Sequence[Any]]) -> tuple[int, Mapping[str, int]]:
    wanted = {fold(label): name for name, label in COLUMNS.items()}
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        labels = [fold(_text(cell).rstrip(" *")) for cell in row]
        places = {wanted[label]: n for n, label in enumerate(labels) if label in wanted}
        if all(name in places for name in REQUIRED):
            return at, places
    first, second = (COLUMNS[name] for name in REQUIRED)
    raise NotTheForm(
        f"Không thấy dòng tiêu đề có cột “{first}” và “{second}” trong {_HEADER_WITHIN} dòng đầu. Hãy tải mẫu và chép dữ liệu vào."
    )


class _Row:
    """One row while it is read; whatever is wrong is noted at its cell."""

    def __init__(self, number: int, row: Sequence[Any], places: Mapping[str, int], today: date) -> None:
        self.number, self.row, self.places, self.today = number, row, places, today
        self.problems: list[CellProblem] = []

    def entry(self) -> Entry | None:
        """Return the household, None when a cell is wrong."""
        personal = Personal(
            head_name=self._plain("head_name"),
            hamlet=self._plain("hamlet"),
            members=self._whole("members", 1) or 1,
            birth_year=self._whole("birth_year", None),
            address=self._plain("address"),
            phone=self._read("phone", _phone, ""),
            cccd=self._read("cccd", _cccd, ""),
        )
        kind = self._read("kind", _kind, None)
        valid_from, decided_on = self._read("valid_from", _day, None), self._read("decided_on", _day, None)
        number, need = self._plain("number"), self._read("need", _need, None)
        if kind is not None:
            self._whole_class(kind, valid_from, number, decided_on)
        if not self.problems:
            self._check(personal)
        if self.problems:
            return None
        return Entry(self.number, personal, kind, valid_from, number, decided_on, self._plain("reason"), need)

    def _whole_class(self, kind: Kind, valid_from: date | None, number: str, decided_on: date | None) -> None:
        said = "hộ có ghi loại" + (" theo chuẩn nghèo" if kind in BY_STANDARD else "")
        for name, value in (("valid_from", valid_from), ("number", number), ("decided_on", decided_on)):
            if not value and not any(problem.cell == self._cell(name) for problem in self.problems):
                self._wrong(name, f"Chưa ghi {COLUMNS[name].lower()}: {said} phải có.")
        if decided_on is not None and decided_on > self.today:
            self._wrong("decided_on", "Ngày quyết định ở sau hôm nay.")

    def _check(self, personal: Personal) -> None:
        fields = {
            "head_name": Personal(personal.head_name, "x"),
            "hamlet": Personal("xx", personal.hamlet),
            "members": Personal("xx", "x", personal.members),
            "birth_year": Personal("xx", "x", 1, personal.birth_year),
            "address": Personal("xx", "x", address=personal.address),
        }
        for name, alone in fields.items():
            try:
                alone.checked(self.today)
            except NotAHousehold as wrong:
                self._wrong(name, str(wrong))

    def _plain(self, name: str) -> str:
        text: str = self._read(name, _text, "")
        return text

    def _whole(self, name: str, empty: int | None) -> int | None:
        number: int | None = self._read(name, _number, empty)
        return number

    def _read(self, name: str, reader: Callable[[Any], Any], empty: Any) -> Any:
        at = self.places.get(name)
        cell = self.row[at] if at is not None and at < len(self.row) else None
        if not _text(cell):
            return empty
        try:
            return reader(cell)
        except (NotAHousehold, ValueError) as wrong:
            self._wrong(name, str(wrong))
            return empty

    def _wrong(self, name: str, sentence: str) -> None:
        self.problems.append(CellProblem(self._cell(name), sentence))

    def _cell(self, name: str) -> str:
        at = self.places.get(name)
        return f"{_letters(at)}{self.number}" if at is not None else f"dòng {self.number}, cột {COLUMNS[name]}"


def _letters(column: int) -> str:
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _number(cell: Any) -> int:
    text = _text(cell)
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise ValueError(f"“{text}” không phải số nguyên. Hãy chỉ ghi chữ số.")
    return int(text)


def _phone(cell: Any) -> str:
    text = _text(cell)  # a workbook drops the 0 of what it takes for a number
    return plain_phone("0" + text if isinstance(cell, (int, float)) and len(text) == 9 else text)


def _cccd(cell: Any) -> str:
    text = _text(cell)
    return plain_cccd(text.zfill(12) if isinstance(cell, (int, float)) else text)


def _kind(cell: Any) -> Kind:
    found = _KINDS.get(fold(_text(cell)))
    if found is None:
        raise ValueError(f"Không có loại hộ “{_text(cell)}”. Chọn một trong: {', '.join(KIND_LABELS.values())}.")
    return found


def _need(cell: Any) -> NeedKind:
    found = _NEEDS.get(fold(_text(cell)))
    if found is None:
        raise ValueError(f"Không có nhu cầu “{_text(cell)}”. Chọn một trong: {', '.join(NEED_LABELS.values())}.")
    return found


def _day(cell: Any) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    found = re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", text) or None
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    try:
        if iso:
            return date(*(int(part) for part in iso.groups()))
        if found:
            day, month, year = (int(part) for part in found.groups())
            return date(year, month, day)
    except ValueError:
        pass
    raise ValueError(f"“{text}” không phải một ngày có trong lịch. Ghi theo dạng ngày/tháng/năm, ví dụ 15/12/2023.")
