"""A filled-in list read back, pure: each cell as what it means, or a sentence that names it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold
from chungtay.kernel.numerals import read_integer
from chungtay.tables.apart import UnreadableTable, rows_apart

HEADS = ("TT", "Họ và tên", "Khóm, ấp", "Số suất", "Giá trị một suất (đồng)", "Ghi chú")
COLUMNS = "ABCDEF"
MOST_ROWS = 20_000
HEAD_WITHIN = 20
MOST_BYTES = 20 * 1024 * 1024


class NotAList(DomainError):
    """The file is no list that can be read."""


@dataclass(frozen=True)
class ReadLine:
    """One row of a list; `row` is its number in the workbook."""

    row: int
    name: str
    hamlet: str
    quantity: int
    value: int
    note: str


@dataclass(frozen=True)
class CellProblem:
    """What is wrong with a cell: where it stands ("C12") and the sentence."""

    cell: str
    sentence: str


def rows_of(data: bytes) -> list[list[Any]]:
    """Return the cells of the first filled sheet, read in a child process. Raises NotAList."""
    try:
        return rows_apart(data, most_rows=MOST_ROWS + HEAD_WITHIN)
    except UnreadableTable as refused:
        raise NotAList(str(refused)) from refused


def read(rows: Sequence[Sequence[Any]]) -> tuple[list[ReadLine], list[CellProblem]]:
    """Return the lines of a list and what is wrong with its cells. Raises NotAList when no row holds the template's heads."""
    wanted = [fold(head) for head in HEADS]
    top = next(
        (at for at, row in enumerate(rows[:HEAD_WITHIN]) if [fold(str(c)) for c in row[: len(HEADS)]] == wanted), None
    )
    if top is None:
        raise NotAList("Không thấy dòng tiêu đề của mẫu. Hãy tải mẫu, giữ nguyên dòng tiêu đề rồi nhập bên dưới.")
    lines: list[ReadLine] = []
    wrong: list[CellProblem] = []
    for number, row in enumerate(rows[top + 1 :], top + 2):
        cells = [*row, *[""] * len(HEADS)][: len(HEADS)]
        if all(str(cell).strip() == "" for cell in cells[1:]):
            continue
        name, hamlet, note = (" ".join(str(cells[at]).split()) for at in (1, 2, 5))
        for at, text, most in ((1, name, 150), (2, hamlet, 80), (5, note, 200)):
            if not text and at != 5:
                wrong.append(CellProblem(f"{COLUMNS[at]}{number}", f"Chưa ghi {HEADS[at].lower()}."))
            elif len(text) > most:
                wrong.append(CellProblem(f"{COLUMNS[at]}{number}", f"{HEADS[at]} dài quá {most} chữ."))
        quantity = _number(cells[3], f"D{number}", 1_000, wrong, empty=1)
        value = _number(cells[4], f"E{number}", 1_000_000_000, wrong)
        if name and hamlet and quantity and value:
            lines.append(ReadLine(number, name, hamlet, quantity, value, note))
    if not lines and not wrong:
        raise NotAList("Danh sách chưa có dòng nào dưới dòng tiêu đề.")
    return lines, wrong


def _number(cell: Any, where: str, most: int, wrong: list[CellProblem], *, empty: int = 0) -> int:
    if cell in ("", None) and empty:
        return empty
    try:
        value = int(cell) if isinstance(cell, float) and cell.is_integer() else read_integer(str(cell))
    except DomainError as refused:
        wrong.append(CellProblem(where, str(refused)))
        return 0
    if not 1 <= value <= most:
        wrong.append(CellProblem(where, f"Phải là số từ 1 đến {most:,}.".replace(",", ".")))
        return 0
    return value
