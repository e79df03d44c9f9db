"""A filled-in list of proposals read back, pure: each cell as what it means, or a sentence that names it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from string import ascii_uppercase
from typing import Any

from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold
from chungtay.kernel.numerals import read_integer
from chungtay.support.giftlists.reading import CellProblem, NotAList
from chungtay.support.kinds import Kind, KindField, Subject
from chungtay.support.rules import Share, Source

MOST_ROWS = 500
HEAD_WITHIN = 20
MOST_MONEY = 10**12


@dataclass(frozen=True)
class Column:
    """One column of the template. type: text, date, money, number or choice; `field` of the kind's own."""

    key: str
    head: str
    type: str = "text"
    is_optional: bool = False
    most: int = 200
    field: KindField | None = None


@dataclass(frozen=True)
class ReadCase:
    """One row: `row` is its number in the workbook, `values` by the key of their column, `details` of the kind's own fields."""

    row: int
    values: Mapping[str, Any]
    details: Mapping[str, Any]
    shares: tuple[Share, ...]

    @property
    def total(self) -> int:
        """What the case costs, integer đồng: all shares together."""
        return sum(share.amount for share in self.shares)


def columns_of(kind: Kind) -> tuple[Column, ...]:
    """Return the columns of a kind's template, in their order."""
    who = (Column("head", "Chủ hộ", most=100),) if kind.subject is Subject.HOUSEHOLD else ()
    return (
        *who,
        Column("hamlet", "Khóm, ấp", most=80),
        Column("title", "Nội dung hỗ trợ"),
        Column("need", "Hoàn cảnh, lý do", most=500),
        Column("proposed_by", "Nơi, người đề nghị", most=150),
        Column("proposed_on", "Ngày đề nghị", "date"),
        *(Column(f"d-{one.code}", one.label, one.type, one.is_optional, field=one) for one in kind.fields),
        Column("fund", "Quỹ chi (đồng)", "money", is_optional=True),
        Column("family", "Gia đình góp (đồng)", "money", is_optional=True),
        Column("sponsor", "Nhà tài trợ", is_optional=True),
        Column("gift", "Nhà tài trợ góp (đồng)", "money", is_optional=True),
    )


def read(kind: Kind, rows: Sequence[Sequence[Any]]) -> tuple[list[ReadCase], list[CellProblem]]:
    """Return the proposals of a sheet and what is wrong with its cells. Raises NotAList when no row holds the template's heads."""
    columns = columns_of(kind)
    wanted = [fold(column.head) for column in columns]
    heads = ([fold(str(cell)) for cell in row[: len(columns)]] for row in rows[:HEAD_WITHIN])
    top = next((at for at, found in enumerate(heads) if found == wanted), None)
    if top is None:
        raise NotAList(f"Không thấy dòng tiêu đề của mẫu “{kind.name}”. Hãy tải mẫu, giữ nguyên dòng tiêu đề rồi nhập.")
    body = [(n, row) for n, row in enumerate(rows[top + 1 :], top + 2) if any(str(cell).strip() for cell in row)]
    if not body:
        raise NotAList("Danh sách chưa có dòng nào dưới dòng tiêu đề.")
    if len(body) > MOST_ROWS:
        raise NotAList(f"Tệp có {len(body)} dòng, nhiều hơn {MOST_ROWS}. Hãy chia thành nhiều tệp.")
    found: list[ReadCase] = []
    wrong: list[CellProblem] = []
    for number, row in body:
        values, problems = _values(columns, number, row)
        wrong += problems
        shares = _shares(values)
        if not problems and not shares:
            wrong.append(CellProblem(f"{number}", "Dòng này chưa ghi ai chi bao nhiêu. Hãy ghi ít nhất một khoản."))
        if not problems and shares:
            details = {
                key[2:]: value for key, value in values.items() if key.startswith("d-") and value not in (None, "")
            }
            found.append(ReadCase(number, values, details, shares))
    return found, wrong


def _values(columns: Sequence[Column], number: int, row: Sequence[Any]) -> tuple[dict[str, Any], list[CellProblem]]:
    values: dict[str, Any] = {}
    wrong: list[CellProblem] = []
    for at, column in enumerate(columns):
        cell = row[at] if at < len(row) else ""
        try:
            if str(cell if cell is not None else "").strip() == "":
                if not column.is_optional:
                    raise _BadCell(f"Chưa ghi {column.head.lower()}.")
                values[column.key] = None
            else:
                values[column.key] = _READ[column.type](column, cell)
        except DomainError as refused:
            wrong.append(CellProblem(f"{letters(at)}{number}", str(refused)))
    if values.get("gift") and not values.get("sponsor"):
        at = next(place for place, column in enumerate(columns) if column.key == "sponsor")
        wrong.append(CellProblem(f"{letters(at)}{number}", "Có tiền tài trợ thì phải ghi nhà tài trợ là ai."))
    return values, wrong


class _BadCell(DomainError):
    """A cell that does not say what its column asks."""


def letters(at: int) -> str:
    """Return the name of a column by its place: A, …, Z, AA."""
    return ascii_uppercase[at] if at < len(ascii_uppercase) else f"A{ascii_uppercase[at - len(ascii_uppercase)]}"


def _text(column: Column, cell: Any) -> str:
    said = " ".join(str(cell).split())
    if len(said) > column.most:
        raise _BadCell(f"{column.head} dài quá {column.most} chữ.")
    return said


def _number(column: Column, cell: Any) -> int:
    value = int(cell) if isinstance(cell, int | float) and float(cell).is_integer() else read_integer(str(cell))
    least, most = (column.field.least, column.field.most) if column.field else (0, MOST_MONEY)
    if not least <= value <= most:
        raise _BadCell(f"{column.head} phải từ {least:,} đến {most:,}.".replace(",", "."))
    return value


def _date(column: Column, cell: Any) -> Any:
    day = cell.date() if isinstance(cell, datetime) else cell if isinstance(cell, date) else None
    if day is None:
        for form in ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"):
            try:
                day = datetime.strptime(str(cell).strip(), form).date()  # noqa: DTZ007  a day of a paper
                break
            except ValueError:
                continue
    if day is None:
        raise _BadCell(f"{column.head} phải là ngày, ví dụ 15/03/2025.")
    return day.isoformat() if column.field else day


def _choice(column: Column, cell: Any) -> str:
    choices = column.field.choices if column.field else ()
    known = {fold(label): code for code, label in choices}
    if (code := known.get(fold(str(cell)))) is None:
        raise _BadCell(f"{column.head} phải là một trong: {'; '.join(label for _, label in choices)}.")
    return code


_READ: Mapping[str, Callable[[Column, Any], Any]] = {
    "text": _text,
    "number": _number,
    "money": _number,
    "date": _date,
    "choice": _choice,
}


def _shares(values: Mapping[str, Any]) -> tuple[Share, ...]:
    said = (
        Share(Source.FUND, values.get("fund") or 0),
        Share(Source.SPONSOR, values.get("gift") or 0, values.get("sponsor") or ""),
        Share(Source.FAMILY, values.get("family") or 0),
    )
    return tuple(share for share in said if share.amount)
