"""A plan as a workbook: written for people, read back row by row with every problem named by its cell."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import xlsxwriter

from chungtay.kernel.errors import DomainError, Problem
from chungtay.kernel.folding import fold
from chungtay.kernel.text import date_text
from chungtay.places.models import Body
from chungtay.programmes.models import AreaOfWork, Programme
from chungtay.tables.apart import UnreadableTable, rows_apart
from chungtay.tasks.drafts import BadPlan, Part, Plan, check_plan
from chungtay.tasks.models import Duty, Task
from chungtay.tasks.rules import KIND_WORDS, STATE_WORDS, Kind, State

MAX_BYTES = 5 * 1024 * 1024
MOST_ROWS = 1000
HEADS = ("Số", "Nhiệm vụ", "Sản phẩm", "Nội dung số", "Chủ trì", "Loại", "Từ ngày", "Hạn", "Phối hợp", "Tình trạng")
WIDTHS = (9, 46, 34, 12, 36, 11, 12, 12, 60, 16)
HOW = (
    "Mỗi dòng một nhiệm vụ. Phối hợp: mỗi cơ quan một dòng trong ô, viết “Cơ quan: phần việc (31/12/2024)”. "
    "Tên cơ quan như trong danh mục ở trang 2. Loại: một lần hoặc mốc. Cột Số và Tình trạng không cần nhập."
)
PART = re.compile(r"^(?P<body>[^:]+):\s*(?P<what>.+?)\s*\((?P<day>[\d/.-]+)\)\s*$")


class NotAPlan(DomainError):
    """The file is no workbook of this form."""


@dataclass(frozen=True)
class Line:
    """One row of the file: the plan it says, or what is wrong with which cell."""

    row: int
    plan: Plan | None
    problems: tuple[Problem, ...] = field(default_factory=tuple)


def write_plan(tasks: Sequence[Task], duties: Mapping[Any, Sequence[Duty]], bodies: Sequence[Body]) -> bytes:
    """Return the workbook of some tasks; of none, the template. The second sheet lists the bodies that may be named."""
    out = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(out, safe) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top", "bg_color": "#E6F0F0"})
        cell = book.add_format({"text_wrap": True, "border": 1, "valign": "top", "num_format": "@"})
        sheet = book.add_worksheet("Nhiệm vụ")
        sheet.write_string(0, 0, HOW)
        for column, (words, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(1, column, words, head)
        for row, task in enumerate(tasks, 2):
            for column, text in enumerate(_texts(task, duties.get(task.pk, ()))):
                sheet.write_string(row, column, text, cell)
        sheet.freeze_panes(2, 2)
        names = book.add_worksheet("Cơ quan")
        names.set_column(0, 0, 60)
        for row, body in enumerate(bodies):
            names.write_string(row, 0, body.name)
    return out.getvalue()


def _texts(task: Task, duties: Sequence[Duty]) -> list[str]:
    area = str(task.area_of_work.number) if task.area_of_work else ""
    parts = "\n".join(f"{duty.body.name}: {duty.what} ({date_text(duty.deadline)})" for duty in duties)
    days = [date_text(task.starts_on), date_text(task.deadline)]
    said = [task.label, task.title, task.product, area, task.lead.name, KIND_WORDS[Kind(task.kind)]]
    return [*said, *days, parts, STATE_WORDS[State(task.state)]]


def read_plan(data: bytes, programme: Programme, bodies: Sequence[Body], areas: Sequence[AreaOfWork]) -> list[Line]:
    """Return the rows of a filled workbook, each with its plan or its problems. Raises NotAPlan."""
    rows = _rows(data)
    by_name: dict[str, list[Body]] = {}
    for body in bodies:
        by_name.setdefault(fold(body.name), []).append(body)
    numbers = {str(area.number): area for area in areas}
    found = [
        _line(at, _padded(row), programme, by_name, numbers)
        for at, row in enumerate(rows[2:], 3)
        if any(str(value).strip() for value in row)
    ]
    if not found:
        raise NotAPlan("Trang “Nhiệm vụ” chưa có dòng nào. Hãy nhập từ dòng 3 rồi nộp lại.")
    return found


def _rows(data: bytes) -> list[list[Any]]:
    try:
        rows = rows_apart(data, most_rows=MOST_ROWS, largest=MAX_BYTES)
    except UnreadableTable as refused:
        raise NotAPlan(str(refused)) from refused
    if len(rows) < 2 or [fold(str(value)) for value in rows[1][: len(HEADS)]] != [fold(words) for words in HEADS]:
        raise NotAPlan("Dòng 2 của trang đầu không phải hàng tiêu đề của mẫu. Hãy tải mẫu và chép nội dung vào đó.")
    return rows


def _padded(row: Sequence[Any]) -> list[Any]:
    return [*row, *[""] * len(HEADS)][: len(HEADS)]


def _line(
    at: int, row: Sequence[Any], programme: Programme, bodies: Mapping[str, list[Body]], areas: Mapping[str, AreaOfWork]
) -> Line:
    problems: list[Problem] = []

    def wrong(column: int, sentence: str) -> None:
        problems.append(Problem(sentence, f"{chr(65 + column)}{at}"))

    def words(column: int, most: int) -> str:
        text = _text(row[column])
        if not text:
            wrong(column, f"Thiếu “{HEADS[column]}”. Hãy nhập.")
        elif len(text) > most:
            wrong(column, f"“{HEADS[column]}” dài hơn {most} chữ. Hãy viết gọn.")
        return text

    def body_named(column: int, name: str) -> Body | None:
        found = bodies.get(fold(name), [])
        if len(found) == 1:
            return found[0]
        wrong(column, f"Không có cơ quan “{name}” trong danh mục. Hãy chép tên từ trang “Cơ quan”.")
        return None

    def day(column: int, value: Any) -> date | None:
        found = _day(value)
        if found is None:
            wrong(column, f"“{_text(value) or 'ô trống'}” không phải ngày. Ghi ngày/tháng/năm, ví dụ 31/12/2024.")
        return found

    title, product, lead_name = words(1, 300), words(2, 300), words(4, 200)
    lead = body_named(4, lead_name) if lead_name else None
    starts_on, due_on = day(6, row[6]), day(7, row[7])
    number, kind_words = _text(row[3]).removesuffix(".0"), fold(_text(row[5])) or fold(KIND_WORDS[Kind.ONCE])
    if number and number not in areas:
        wrong(3, f"Không có nội dung phối hợp số {number} trong chương trình. Hãy sửa hoặc để trống.")
    kind = next((kind for kind in (Kind.ONCE, Kind.MILESTONE) if fold(KIND_WORDS[kind]) == kind_words), None)
    if kind is None:
        wrong(5, "Loại chỉ có “một lần” hoặc “mốc”; nhiệm vụ định kỳ hãy lập trên màn hình. Hãy sửa ô này.")
    parts: list[Part] = []
    for text in filter(None, (piece.strip() for piece in _text(row[8]).splitlines())):
        match = PART.match(text)
        if match is None:
            wrong(8, f"“{text}” chưa đúng dạng “Cơ quan: phần việc (31/12/2024)”. Hãy viết lại.")
            continue
        helper, until = body_named(8, match["body"].strip()), day(8, match["day"])
        if helper and until:
            parts.append(Part(helper, match["what"][:300], until))
    if problems or lead is None or starts_on is None or due_on is None or kind is None:
        return Line(at, None, tuple(problems))
    plan = Plan(title, product, kind, lead, starts_on, due_on, areas.get(number), parts=tuple(parts))
    try:
        check_plan(plan, programme)
    except BadPlan as bad:
        return Line(at, None, (Problem(str(bad), f"A{at}"),))
    return Line(at, plan)


def _text(value: Any) -> str:
    return date_text(value) if isinstance(value, date) else str(value).strip()


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", str(value).strip())
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None
