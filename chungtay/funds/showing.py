"""How a month of a fund shows itself as the source of figures: its vouchers and gifts, cell by cell.

The parts of a cell add up to the fact, and money that moved at a bank names the line. No donor is named here: who may see
a figure need not know who gave.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse

from chungtay.figures.registry import SourcePart, SourceView, register_source
from chungtay.funds.accounts_offered import not_carried
from chungtay.funds.bank.tracing import LineOfVoucher, lines_of_vouchers, parted
from chungtay.funds.facts import SOURCE, MonthMark
from chungtay.funds.measuring import Moved, Records, cell_name, cells_of, spending_accounts
from chungtay.funds.models import Entry, Fund, FundMeasure, OutsideGift, Pledge, Voucher
from chungtay.kernel.text import date_text


def register() -> None:
    """Tell the account how to show months of funds as sources."""
    register_source(SOURCE, describe)


def describe(ids: Sequence[str]) -> dict[str, SourceView]:
    """Return how each month of a fund shows itself, as its records stood then (eight queries, however many)."""
    shown = _Shown([MonthMark.read(one) for one in ids])
    return {str(mark): shown.view(mark) for mark in shown.marks if mark.fund_id in shown.funds}


class _Shown:
    """The records of the months that are to be shown."""

    def __init__(self, marks: Sequence[MonthMark]) -> None:
        self.marks = marks
        self.kinds = spending_accounts()
        ids = {mark.fund_id for mark in marks}
        self.funds = Fund.objects.select_related("body").in_bulk(ids)
        self._measures: dict[UUID, list[FundMeasure]] = defaultdict(list)
        for one in FundMeasure.objects.filter(fund__in=ids).select_related("indicator").order_by("id"):
            self._measures[one.fund_id].append(one)
        first = min((mark.month.start for mark in marks), default=date.max)
        last = max((mark.month.last_day for mark in marks), default=date.min)
        self._vouchers: dict[tuple[UUID, date], list[Voucher]] = defaultdict(list)
        booked = Voucher.objects.filter(fund__in=ids, occurred_on__range=(first, last))
        for voucher in booked.select_related("campaign", "posted_by").order_by("position"):
            self._vouchers[voucher.fund_id, voucher.occurred_on.replace(day=1)].append(voucher)
        self._entries: dict[int, list[Moved]] = defaultdict(list)
        moved = Entry.objects.filter(not_carried(), fund__in=ids, occurred_on__range=(first, last)).order_by("id")
        for voucher_id, debit, credit, amount in moved.values_list("voucher_id", "debit", "credit", "amount"):
            self._entries[voucher_id].append((None, debit, credit, amount))
        self._lines = lines_of_vouchers(list(self._entries))
        self._gifts: dict[tuple[UUID, date], list[OutsideGift]] = defaultdict(list)
        given = OutsideGift.objects.filter(fund__in=ids, given_on__range=(first, last))
        for gift in given.select_related("campaign").order_by("recorded_at", "id"):
            self._gifts[gift.fund_id, gift.given_on.replace(day=1)].append(gift)
        self._pledges: dict[tuple[UUID, date], list[Pledge]] = defaultdict(list)
        for pledge in Pledge.objects.filter(fund__in=ids, pledged_on__range=(first, last)).order_by(
            "recorded_at", "id"
        ):
            self._pledges[pledge.fund_id, pledge.pledged_on.replace(day=1)].append(pledge)

    def view(self, mark: MonthMark) -> SourceView:
        """Return the month as its records stood at its mark."""
        at = (mark.fund_id, mark.month.start)
        vouchers = [voucher for voucher in self._vouchers[at] if voucher.position <= mark.position]
        last = vouchers[-1] if vouchers else None
        after = f"Sổ đến chứng từ {last}, ngày {date_text(last.booked_on)}" if last else "Chưa có chứng từ trong tháng"
        return SourceView(
            title=f"{self.funds[mark.fund_id].name}, {mark.month.label()}",
            detail=(after,),
            url=reverse("fund-detail", args=[mark.fund_id]),
            version=str(mark.position),
            who=last.posted_by.full_name if last and last.posted_by else "",
            when=last.posted_at if last else None,
            parts=tuple(self._parts(mark, vouchers)),
            noun="tháng sổ quỹ",
            locked=("fund", self.funds[mark.fund_id].body.area_id),
        )

    def _parts(self, mark: MonthMark, vouchers: Sequence[Voucher]) -> Iterator[SourcePart]:
        at = (mark.fund_id, mark.month.start)
        for voucher in vouchers:
            campaign = voucher.campaign.code if voucher.campaign else None
            on_lines: dict[LineOfVoucher | None, list[Moved]] = defaultdict(list)
            entries = ((debit, credit, amount) for _, debit, credit, amount in self._entries[voucher.pk])
            for line, (debit, credit, amount) in parted(entries, self._lines.get(voucher.pk, ())):
                on_lines[line].append((campaign, debit, credit, amount))
            for line, moved in on_lines.items():
                title = f"{voucher}, ngày {date_text(voucher.occurred_on)}"
                url = reverse("voucher-detail", args=[mark.fund_id, str(voucher)])
                if line is not None:
                    title, url = f"{title}, dòng sao kê {line.line_id}", f"{url}#dong-{line.line_id}"
                yield from self._of(mark.fund_id, Records(moved=tuple(moved)), title, url)
        for gift in self._gifts[at][: mark.gifts]:
            given = ((gift.campaign.code if gift.campaign else None, gift.amount),)
            title = f"Vận động không qua quỹ, ngày {date_text(gift.given_on)}: {gift.what}"
            yield from self._of(mark.fund_id, Records(given=given), title, "")
        for pledge in self._pledges[at][: mark.pledges]:
            title = f"Đăng ký ủng hộ, ngày {date_text(pledge.pledged_on)}"
            yield from self._of(mark.fund_id, Records(pledged=pledge.amount), title, "")

    def _of(self, fund_id: UUID, records: Records, title: str, url: str) -> Iterator[SourcePart]:
        for one in self._measures[fund_id]:
            for key, value in cells_of(one, records, self.kinds).items():
                if value:
                    yield SourcePart(title, cell_name(one.indicator.code, key), value, url)
