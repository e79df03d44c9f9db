"""What a book is asked for: a fund, days [start, end), and for some books an account, a purpose or a donor."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse

from chungtay.funds.models import Campaign, Entry, Fund
from chungtay.funds.places_of import issuer_of, place_of
from chungtay.kernel.text import date_text
from chungtay.ledger.accounts import Chart
from chungtay.papers.sheets import Sheet, SheetColumn, SheetRow

MARK = "Mẫu chưa đối chiếu với văn bản"
SAMPLE = "Số liệu minh họa"
HAND, SEAL = "(Ký, họ tên)", "(Ký, họ tên, đóng dấu)"
KEEPERS = (("Người lập", HAND), ("Phụ trách kế toán", HAND), ("Trưởng Ban vận động", SEAL))


Day = Literal["booked_on", "occurred_on"]
BEGINNING = date(1990, 1, 1)
"""A start that leaves nothing out."""


@dataclass(frozen=True)
class Asked:
    """The question. `choice` is an account, a purpose or a donor, "" for all; `made_on` is printed beside the place.

    Lists may be cut by the day of the event instead of that of booking, or by a campaign whatever the days: then they add
    up to the amounts on the fund's page.
    """

    fund: Fund
    chart: Chart
    start: date
    end: date
    made_on: date
    choice: str = ""
    day: Day = "booked_on"
    campaign: Campaign | None = None

    @property
    def last(self) -> date:
        """The last day inside."""
        return self.end - timedelta(days=1)

    @property
    def scope(self) -> str:
        """The days in words."""
        if self.campaign is not None:
            return f"Đợt {self.campaign.name}"
        words = self._days()
        return f"{words}, theo ngày phát sinh" if self.day == "occurred_on" else words

    def _days(self) -> str:
        if self.start <= BEGINNING:
            return f"Đến hết ngày {date_text(self.last)}"
        if (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 1, 1):
            years = self.end.year - self.start.year
            return f"Năm {self.start.year}" if years == 1 else f"Từ năm {self.start.year} đến năm {self.end.year - 1}"
        return f"Từ ngày {date_text(self.start)} đến ngày {date_text(self.last)}"

    def entries(self, which: Q) -> "QuerySet[Entry]":
        """Return the entries booked inside the days, in order of booking."""
        rows = self.before_end(which).filter(**{f"{self.day}__gte": self.start})
        return rows.order_by(self.day, "id")

    def before_end(self, which: Q) -> "QuerySet[Entry]":
        """Return the entries booked before the end, those of the opening included."""
        rows = Entry.objects.filter(which, fund=self.fund, **{f"{self.day}__lt": self.end})
        if self.campaign is not None:
            rows = rows.filter(voucher__campaign=self.campaign)
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
    is_list: bool = False  # without opening and balance: may be cut by the day of the event, or by campaign
