"""What stands around the table of a statement: whose account, which days, the balances before and after."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chungtay.banking.cells import Cell, CellProblem, amount, day, is_blank, plain
from chungtay.kernel.folding import fold

_ACCOUNT = re.compile(
    r"\b(?:so tai khoan|so tk|tai khoan so|tai khoan|account no|account number|account|a/c no)\b(?! (?:doi ung|name))"
)
_NUMBER = re.compile(r"(?<![\w.])[0-9]{6,19}(?![\w.])")
_CURRENCY = re.compile(r"\b(?:loai tien|tien te|don vi tien|currency|ccy)\b")
_CODE = re.compile(r"\b(?:VND|VNĐ|USD|EUR|JPY|GBP|AUD|CAD|CHF|CNY|HKD|KRW|SGD|THB|TWD|LAK|KHR)\b")
_FROM = re.compile(r"\b(?:tu ngay|tu|from)\b")
_TO = re.compile(r"\b(?:den ngay|den|to)\b")
_DATES = re.compile(r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}")
_OPENING = re.compile(r"\b(?:so du dau|du dau|opening balance|beginning balance|so du ban dau)\b")
_CLOSING = re.compile(r"\b(?:so du cuoi|du cuoi|closing balance|ending balance)\b")
_MONEY = re.compile(r"\(?[+\-]?\d[\d.,]*\d\)?|\d")


@dataclass
class Preamble:
    """What has been found so far; None is not found."""

    account: str | None = None
    currency: str | None = None
    opening: int | None = None
    closing: int | None = None
    from_on: date | None = None
    to_on: date | None = None

    def read(self, row: Sequence[Cell]) -> None:
        """Take from a row outside the table what it says; what an earlier row said stands."""
        cells = [plain(cell) for cell in row if not is_blank(cell)]
        for place, text in enumerate(cells):
            folded = fold(text)
            rest = cells[place + 1 : place + 3]
            if self.account is None and _ACCOUNT.search(folded):
                self.account = _first(_NUMBER, [text, *rest])
            if self.currency is None and (label := _CURRENCY.search(folded)):
                self.currency = _first(_CODE, [text[label.end() :], *rest])
        whole = " ".join(cells)
        self._read_days(whole)
        self.read_balances(row)

    def read_balances(self, row: Sequence[Cell]) -> None:
        """Take the balance before or after from a row that names it."""
        folded = fold(" ".join(plain(cell) for cell in row))
        if (opening := _OPENING.search(folded)) and self.opening is None:
            self.opening = _last_amount(row, _OPENING)
        if _CLOSING.search(folded) and not opening and (found := _last_amount(row, _CLOSING)) is not None:
            self.closing = found

    def _read_days(self, text: str) -> None:
        days = [found[0] for piece in _DATES.findall(text) if (found := day(piece))]
        if not days:
            return
        folded = fold(text)
        first, last = _FROM.search(folded), _TO.search(folded)
        if self.from_on is None and first and len(days) > 1 and days[0] <= days[1]:
            self.from_on, self.to_on = days[0], days[1]
        elif self.from_on is None and first:
            self.from_on = days[0]
        elif self.to_on is None and last and not first:
            self.to_on = days[0]
        elif self.from_on is None and folded.startswith("thong ke giao dich ngay"):
            self.from_on = self.to_on = days[0]


def _first(kind: re.Pattern[str], texts: list[str]) -> str | None:
    return next((match[0] for text in texts if (match := kind.search(text))), None)


def _last_amount(row: Sequence[Cell], label: re.Pattern[str]) -> int | None:
    """The last number of a row that stands in a cell of its own, else the last in the cell with the label."""
    for cell in reversed(row):
        if is_blank(cell) or isinstance(cell, bool):
            continue
        try:
            if (value := amount(cell)) is not None:
                return value
        except CellProblem:
            if isinstance(cell, str) and label.search(fold(cell)):
                return _in_text(cell)
    return None


def _in_text(text: str) -> int | None:
    pieces = _MONEY.findall(_DATES.sub(" ", text))
    try:
        return amount(pieces[-1]) if pieces else None
    except CellProblem:
        return None
