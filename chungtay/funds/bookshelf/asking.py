"""What a book is asked for: a fund, days [start, end), and for some books an account, a purpose or a donor."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse

from chungtay.funds.models import Entry, Fund
from chungtay.funds.places_of import issuer_of, place_of
from chungtay.kernel.text import date_text
from chungtay.ledger.accounts import Chart
from chungtay.papers.sheets import Sheet, SheetColumn, SheetRow

MARK = "Mẫu chưa đối chiếu với văn bản"
SAMPLE = "Số liệu minh họa"
HAND, SEAL = "(Ký, họ tên)", "(Ký, họ tên, đóng dấu)"
KEEPERS = (("Người lập", HAND), ("Phụ trách kế toán", HAND), ("Trưởng Ban vận động", SEAL))


@dataclass(frozen=True)
class Asked:
    """The question. `choice` is an account, a purpose or a donor, "" for all; `made_on` is printed beside the place."""

    fund: Fund
    chart: Chart
    start: date
    end: date
    made_on: date
    choice: str = ""

    @property
    def last(self) -> date:
        """The last day inside."""
        return self.end - timedelta(days=1)

    @property
    def scope(self) -> str:
        """The days in words."""
        if (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 1, 1):
            years = self.end.year - self.start.year
            return f"Năm {self.start.year}" if years == 1 else f"Từ năm {self.start.year} đến năm {self.end.year - 1}"
        return f"Từ ngày {date_text(self.start)} đến ngày {date_text(self.last)}"

    def entries(self, which: Q) -> "QuerySet[Entry]":
        """Return the entries booked inside the days, in order of booking."""
        return self.before_end(which).filter(booked_on__gte=self.start).order_by("booked_on", "id")

    def before_end(self, which: Q) -> "QuerySet[Entry]":
        """Return the entries booked before the end, those of the opening included."""
        rows = Entry.objects.filter(which, fund=self.fund, booked_on__lt=self.end)
        return rows.select_related("voucher", "voucher__reverses")

    def opening(self, which: Q, column: str = "amount") -> int:
        """Return the sum of what was booked before the days."""
        rows = Entry.objects.filter(which, fund=self.fund, booked_on__lt=self.start)
        return rows.aggregate(total=Sum(column))["total"] or 0

    def voucher_url(self, label: str) -> str:
        """Return the address of a voucher."""
        return reverse("voucher-detail", args=[self.fund.pk, label])

    def sheet(
        self,
        code: str,
        title: str,
        columns: Sequence[SheetColumn],
        rows: Iterable[SheetRow],
        *,
        scope: str = "",
        form: str = "",
        notes: Sequence[str] = (),
        signers: Sequence[tuple[str, str]] = KEEPERS,
        carried: int | None = None,
        is_landscape: bool = False,
    ) -> Sheet:
        """Return a sheet under the fund's head; every book says that its form was not compared with the law's."""
        marks = [SAMPLE] if self.fund.is_sample else []
        return Sheet(
            code=code,
            issuer=issuer_of(self.fund),
            title=title,
            scope=" · ".join(part for part in (scope, self.scope) if part),
            columns=tuple(columns),
            rows=tuple(rows),
            place=place_of(self.fund, self.made_on),
            dated_on=self.made_on,
            form=form,
            mark=". ".join([*marks, MARK]) + ".",
            notes=tuple(notes),
            signers=tuple(signers),
            carried=carried,
            is_landscape=is_landscape,
        )


@dataclass(frozen=True)
class Choice:
    """What a book may be narrowed to: the label of the box and its (value, name) pairs."""

    label: str
    of: Callable[[Asked], list[tuple[str, str]]]
    is_needed: bool = True


@dataclass(frozen=True)
class Book:
    """A book on the shelf: `make` draws it; `about` says in a sentence what it shows."""

    code: str
    title: str
    about: str
    make: Callable[[Asked], Sheet]
    choice: Choice | None = None
