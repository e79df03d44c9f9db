"""Rows of a table into statement lines: one row at a time, each broken one reported, the rest kept."""

import re
from collections.abc import Iterable, Sequence

from chungtay.banking.cells import Cell, CellProblem, amount, day, is_blank, plain
from chungtay.banking.columns import MONEY, Field
from chungtay.banking.headers import Layout
from chungtay.banking.packing import PackedLines
from chungtay.banking.preamble import Preamble
from chungtay.banking.profiles import Profile, stop_pattern
from chungtay.banking.statement import LineProblem
from chungtay.kernel.folding import fold
from chungtay.kernel.numerals import format_integer

_SWALLOWED = re.compile(r"\n[^\n]*\d{1,4}[/\-]\d{1,2}[/\-]\d{2,4}")
_OUT = {"d", "dr", "debit", "no", "ghi no", "-", "rut", "chi", "n"}
_IN = {"c", "cr", "credit", "co", "ghi co", "+", "nop", "thu", "gui"}


class LineReader:
    """Reads the body of one table. Afterwards `lines`, `problems` and the balances in `around` are complete."""

    def __init__(self, profile: Profile, layout: Layout, around: Preamble, most_problems: int) -> None:
        self.lines = PackedLines()
        self.problems: list[LineProblem] = []
        self.around = around
        self._profile, self._numbers, self._dates = profile, profile.numbers, profile.dates
        self._layout = layout
        self._most_problems = most_problems
        self._columns = dict(layout.columns)
        days = [field for field in (Field.BOOKED, Field.TRADED, Field.VALUE) if field in self._columns]
        self._day, self._day_title = self._columns[days[0]], layout.title(days[0])
        # Of several days the booking day counts; the bank's own value day, else the day of the order, goes beside it.
        others = [field for field in (Field.VALUE, Field.TRADED) if field in days[1:]]
        self._value_day = self._columns[others[0]] if others else None
        self._texts = [
            (place, self._columns[field])
            for place, field in enumerate((Field.REF, Field.TEXT, Field.NAME, Field.ACCOUNT, Field.BANK))
            if field in self._columns
        ]
        self._width = 1 + max(self._columns.values())
        self._memo = self._columns.get(Field.TEXT)
        self._stop = stop_pattern(profile.stop_words)
        self._two_columns = Field.DEBIT in self._columns or Field.CREDIT in self._columns
        # Asked once here: an enum is slow to look up, and there are hundreds of thousands of rows.
        self._debit, self._credit, self._amount, self._balance, self._fee, self._sign = map(
            self._columns.get, (Field.DEBIT, Field.CREDIT, Field.AMOUNT, Field.BALANCE, Field.FEE, Field.SIGN)
        )
        self._stopped = self._is_broken = False
        self._since = (0, 0)  # totals of debit and credit at the last row of totals

    def read(self, rows: Iterable[tuple[int, Sequence[Cell]]]) -> None:
        """Read numbered rows to the end."""
        for number, row in rows:
            if len(row) < self._width:
                row = [*row, *[""] * (self._width - len(row))]  # so that every column can be asked
            self._row(number, row)

    def _row(self, number: int, row: Sequence[Cell]) -> None:
        first = row[self._day]
        found = day(first, self._dates) if first else None
        if found is None:
            self._without_day(number, row)
            return
        money = self._movement(number, row)
        if money is None:
            return
        debit, credit, balance = money
        if debit == credit == 0:
            self._without_movement(number, row)
            return
        if debit and credit:
            self._report(number, self._layout.title(Field.DEBIT), "Dòng vừa có tiền ra vừa có tiền vào.")
            return
        texts = ["", "", "", "", ""]
        for place, column in self._texts:
            texts[place] = plain(row[column])
        if found[1] and not texts[0]:
            texts[0] = plain(found[1])
        if self._memo is not None and row[self._memo].__class__ is str and "\n" in row[self._memo]:
            self._check_quotes(number, row[self._memo])
        value_on = None if self._value_day is None else day(row[self._value_day], self._dates)
        self.lines.append(number, found[0], value_on[0] if value_on else None, debit, credit, balance, texts)

    def _movement(self, number: int, row: Sequence[Cell]) -> tuple[int, int, int | None] | None:
        """Money out, money in and balance; None when one of them could not be read, which is then reported."""
        balance = self._money(number, row, self._balance)
        self._is_broken = False  # a balance that cannot be read leaves the line whole
        if self._two_columns:
            # Some banks write a minus in the column of money out.
            debit = abs(self._money(number, row, self._debit) or 0)
            credit = self._money(number, row, self._credit) or 0
            if credit < 0:
                self._report(number, self._layout.title(Field.CREDIT), "Tiền vào là số âm; hãy hỏi lại ngân hàng.")
        else:
            signed = self._with_sign(number, row, self._money(number, row, self._amount) or 0)
            debit, credit = max(-signed, 0), max(signed, 0)
        if self._fee is not None:
            fee = abs(self._money(number, row, self._fee) or 0)
            if fee and credit:
                self._report(number, self._layout.title(Field.FEE), "Dòng vừa có tiền vào vừa có phí.")
            debit += fee
        return None if self._is_broken else (debit, credit, balance)

    def _with_sign(self, number: int, row: Sequence[Cell], signed: int) -> int:
        column = self._sign
        if column is None:
            return signed if self._profile.plus_is_in else -signed
        sign = fold(plain(row[column]))
        if sign in _OUT or sign in _IN:
            return -abs(signed) if sign in _OUT else abs(signed)
        self._report(number, self._layout.title(Field.SIGN), f"“{sign}” không cho biết tiền vào hay tiền ra.")
        return signed

    def _money(self, number: int, row: Sequence[Cell], column: int | None) -> int | None:
        if column is None:
            return None
        try:
            return amount(row[column], self._numbers)
        except CellProblem as problem:
            self._report(number, plain(self._layout.titles[column]), str(problem))
            return None

    def _without_movement(self, number: int, row: Sequence[Cell]) -> None:
        """A dated row without money: the balance before or after, or a broken line."""
        before = self.around.opening, self.around.closing
        self.around.read_balances(row)
        if (self.around.opening, self.around.closing) == before:
            title = self._layout.title(Field.CREDIT) or self._layout.title(Field.AMOUNT)
            self._report(number, title, "Dòng có ngày nhưng không có số tiền.")

    def _without_day(self, number: int, row: Sequence[Cell]) -> None:
        """A row without a day: blank, totals, a note, a header once more, or a line whose day is broken."""
        first = row[self._day]
        if self._is_total(row, first):
            self._stopped = True
            self.around.read_balances(row)
            self._compare_totals(number, row)
            return
        if isinstance(first, str) and plain(first) == plain(self._layout.titles[self._day]):
            return
        if not self._has_money(row):
            self.around.read_balances(row)
            if not self._stopped and not is_blank(first):
                sentence = f"“{plain(first)[:40]}” không phải là ngày, dòng cũng không có số tiền."
                self._report(number, self._day_title, sentence)
            return
        sentence = "Thiếu ngày." if is_blank(first) else f"“{plain(first)[:40]}” không phải là ngày."
        self._report(number, self._day_title, sentence)

    def _is_total(self, row: Sequence[Cell], first: Cell) -> bool:
        """Whether a word of totals stands in the day's cell, or, where that is empty, in one of the first texts."""
        if not is_blank(first):
            return bool(self._stop.match(fold(plain(first))))
        texts = [cell for cell in row if isinstance(cell, str) and cell.strip()]
        return any(self._stop.match(fold(plain(text))) for text in texts[:3])

    def _has_money(self, row: Sequence[Cell]) -> bool:
        """Whether an amount stands in the row; below the table's end only what surely is a number counts as one."""
        cells = [row[self._columns[field]] for field in MONEY if field in self._columns]
        if not self._stopped:
            return not all(map(is_blank, cells))
        for cell in cells:
            try:
                if amount(cell, self._profile.numbers):
                    return True
            except CellProblem:
                continue
        return False

    def _compare_totals(self, number: int, row: Sequence[Cell]) -> None:
        """A row of totals must say what the lines above it add up to, all of them or those since the last such row."""
        totals = self.lines.totals()
        for field, whole, before in zip((Field.DEBIT, Field.CREDIT), totals, self._since, strict=True):
            column = self._columns.get(field)
            if column is None:
                continue
            try:
                stated = amount(row[column], self._profile.numbers)
            except CellProblem:
                continue
            if stated is not None and abs(stated) not in (whole, whole - before):
                sentence = f"Dòng cộng ghi {format_integer(abs(stated))}, các dòng đọc được cộng lại là {format_integer(whole)}."
                self._report(number, self._layout.title(field), sentence)
        self._since = totals

    def _check_quotes(self, number: int, memo: str) -> None:
        if _SWALLOWED.search(memo):
            sentence = "Ô chứa nhiều dòng có ngày; có thể thiếu dấu ngoặc kép đóng nên các dòng sau bị nuốt mất."
            self._report(number, self._layout.title(Field.TEXT), sentence)

    def _report(self, number: int, column: str, sentence: str) -> None:
        self._is_broken = True
        if len(self.problems) < self._most_problems:
            self.problems.append(LineProblem(number, column, sentence))
        elif len(self.problems) == self._most_problems:
            self.problems.append(LineProblem(0, "", f"Có hơn {self._most_problems} lỗi; chỉ ghi các lỗi đầu."))
