"""Promises, goods and gifts outside the fund as lists: narrowed, put in order, and drawn alike on screen, paper and workbook.

A fund has some hundreds of each in a year: they are narrowed by words in memory, marks do not matter.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, Sum
from django.urls import reverse

from chungtay.funds.bookshelf.asking import BEGINNING, Asked
from chungtay.funds.models import Campaign, Entry, Fund, OutsideGift, Pledge
from chungtay.funds.promises import STANDING_LABELS, Promise, Standing
from chungtay.funds.promising import promises_of
from chungtay.funds.selectors import chart
from chungtay.kernel.folding import fold
from chungtay.ledger.accounts import Mark
from chungtay.papers.sheets import Kind, Sheet, SheetColumn, SheetRow

MONEY = 30
NO_CAMPAIGN = "khong"


@dataclass(frozen=True)
class Narrowed:
    """What a list is narrowed to, and its order ("" = newest first). start and end are both inside; None leaves them open."""

    q: str = ""
    state: str = ""
    campaign: str = ""
    start: date | None = None
    end: date | None = None
    order: str = ""

    def of(self, day: str) -> Q:
        """Return the condition on a table with this column of days and a campaign."""
        found = Q(**{f"{day}__gte": self.start}) if self.start else Q()
        found &= Q(**{f"{day}__lte": self.end}) if self.end else Q()
        if self.campaign == NO_CAMPAIGN:
            return found & Q(campaign=None)
        return found & Q(campaign__code=self.campaign) if self.campaign else found

    def has_words(self, *texts: str) -> bool:
        """Whether every word that was asked for stands in these texts, whatever the marks."""
        text = fold(" ".join(texts))
        return all(word in text for word in fold(self.q).split())

    def asked(self, fund: Fund, today: date) -> Asked:
        """Return the question of a sheet over these days."""
        return Asked(fund, chart(), self.start or BEGINNING, (self.end or today) + timedelta(days=1), today)


PledgeLine = tuple[Pledge, Promise]
PLEDGE_ORDERS: dict[str, tuple[str, Callable[[PledgeLine], Any]]] = {
    "": ("Mới nhất trước", lambda line: (-line[0].pledged_on.toordinal(), str(line[0].pk))),
    "tien": ("Số tiền lớn trước", lambda line: (-line[0].amount, str(line[0].pk))),
    "con": ("Còn lại nhiều trước", lambda line: (-line[1].left, str(line[0].pk))),
    "han": ("Hẹn gần trước", lambda line: (line[0].due_on or date.max, str(line[0].pk))),
}


def pledges_like(fund: Fund, asked: Narrowed, *, today: date) -> list[PledgeLine]:
    """Return the promises that fit, each with how it stands (three queries)."""
    rows = Pledge.objects.filter(asked.of("pledged_on"), fund=fund).select_related("campaign").order_by("pk")
    promises = promises_of([one for one in rows if asked.has_words(one.donor, one.reference)])
    kept = [line for line in promises.items() if not asked.state or line[1].standing(today) == asked.state]
    _, order = PLEDGE_ORDERS[asked.order if asked.order in PLEDGE_ORDERS else ""]
    return sorted(kept, key=order)


def pledge_sheet(fund: Fund, lines: Sequence[PledgeLine], asked: Narrowed, *, today: date) -> Sheet:
    """Draw promises: what was promised, what came, what is left; one that was called off awaits nothing."""
    heads = (
        SheetColumn("Ngày đăng ký", 20, Kind.DATE),
        SheetColumn("Người đăng ký"),
        SheetColumn("Đợt vận động", 46),
        SheetColumn("Đăng ký", MONEY, Kind.MONEY),
        SheetColumn("Đã nhận", MONEY, Kind.MONEY),
        SheetColumn("Còn chờ", MONEY, Kind.MONEY),
        SheetColumn("Hẹn đến ngày", 20, Kind.DATE),
        SheetColumn("Tình trạng", 34),
    )
    rows = [
        SheetRow(
            (
                one.pledged_on,
                one.donor,
                one.campaign.name if one.campaign else None,
                one.amount,
                promise.kept,
                promise.left,
                one.due_on,
                _standing_words(promise, today),
            ),
            reverse("pledge-detail", args=[fund.pk, one.pk]),
        )
        for one, promise in lines
    ]
    sums = [sum(row.cells[at] for row in rows if isinstance(row.cells[at], int)) for at in (3, 4, 5)]  # type: ignore[misc]
    rows.append(SheetRow((None, f"Cộng {len(rows)} cam kết", None, *sums, None, None), is_sum=True))
    note = "Cam kết chưa phải số đã nhận, không cộng vào số thu. Cam kết không thực hiện vẫn ghi số đã hứa, không còn chờ nhận."
    return asked.asked(fund, today).sheet(
        "cam-ket", "Sổ theo dõi đăng ký ủng hộ", heads, rows, notes=(note,), is_landscape=True
    )


def _standing_words(promise: Promise, today: date) -> str:
    standing = promise.standing(today)
    words = STANDING_LABELS[standing]
    return f"{words} {promise.days_late(today)} ngày" if standing is Standing.LATE else words


@dataclass(frozen=True)
class Goods:
    """One kind of goods: counts and values (integer đồng) that came, were handed over, and what is left."""

    item: str
    came: int = 0
    came_value: int = 0
    went: int = 0
    went_value: int = 0

    @property
    def left(self) -> int:
        """How many are in store."""
        return self.came - self.went

    @property
    def left_value(self) -> int:
        """What they are worth."""
        return self.came_value - self.went_value


GOODS_ORDERS: dict[str, tuple[str, Callable[[Goods], Any]]] = {
    "": ("Theo tên", lambda one: fold(one.item)),
    "con": ("Còn nhiều giá trị trước", lambda one: (-one.left_value, fold(one.item))),
    "nhan": ("Nhận nhiều giá trị trước", lambda one: (-one.came_value, fold(one.item))),
}
GOODS_STATES = {"con": "Còn trong kho", "het": "Đã trao hết"}


def goods_like(fund: Fund, asked: Narrowed) -> list[Goods]:
    """Return the kinds of goods up to a day, as the books hold them (four queries). A reversal takes back what it reverses."""
    goods = chart().codes_marked(Mark.GOODS)
    when = Q(occurred_on__lte=asked.end) if asked.end else Q()
    rows = Entry.objects.filter(when, fund=fund).exclude(item="").order_by()
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for side, is_plain in product(("debit", "credit"), (True, False)):
        # What undoes a handing over lessens what was handed over; it brings nothing new in.
        at, sign = (0 if (side == "debit") == is_plain else 2), (1 if is_plain else -1)
        moved = rows.filter(**{f"{side}__in": goods}, reverses__isnull=is_plain).values_list("item")
        for item, count, value in moved.annotate(count=Sum("quantity"), value=Sum("amount")):
            own = sums[item]
            own[at], own[at + 1] = own[at] + sign * count, own[at + 1] + sign * value
    found = [Goods(item, *own) for item, own in sums.items() if asked.has_words(item)]
    found = [one for one in found if not asked.state or (one.left > 0) == (asked.state == "con")]
    _, order = GOODS_ORDERS[asked.order if asked.order in GOODS_ORDERS else ""]
    return sorted(found, key=order)


def goods_sheet(fund: Fund, lines: Sequence[Goods], asked: Narrowed, *, today: date) -> Sheet:
    """Draw goods: came, handed over, left; each line opens the movements of its goods."""
    heads = (
        SheetColumn("Hiện vật"),
        *(
            SheetColumn(head, width, kind, group)
            for group in ("Đã nhận", "Đã trao", "Còn lại")
            for head, width, kind in (("Số lượng", 20, Kind.COUNT), ("Giá trị", MONEY, Kind.MONEY))
        ),
    )
    book = reverse("book-detail", args=[fund.pk, "so-hien-vat"])
    rows = []
    for one in lines:
        cells = (one.item, one.came, one.came_value, one.went, one.went_value, one.left, one.left_value)
        rows.append(SheetRow(cells, f"{book}?{_query(asked, today, one.item)}"))
    values = [sum(getattr(one, name) for one in lines) for name in ("came_value", "went_value", "left_value")]
    foot = (f"Cộng {len(lines)} loại hiện vật", None, values[0], None, values[1], None, values[2])
    rows.append(SheetRow(foot, is_sum=True))
    return asked.asked(fund, today).sheet("hien-vat", "Hiện vật nhận và trao", heads, rows, is_landscape=True)


def _query(asked: Narrowed, today: date, item: str) -> str:
    return urlencode({"tu": f"{BEGINNING:%d/%m/%Y}", "den": f"{asked.end or today:%d/%m/%Y}", "chon": item})


def outside_like(fund: Fund, asked: Narrowed) -> list[OutsideGift]:
    """Return the gifts outside the fund and their corrections, each a row, newest first or the greatest first."""
    rows = OutsideGift.objects.filter(asked.of("given_on"), fund=fund).select_related("campaign", "corrects")
    order = ("-amount", "pk") if asked.order == "tien" else ("-given_on", "-recorded_at", "pk")
    return [one for one in rows.order_by(*order) if asked.has_words(one.donor, one.what)]


OUTSIDE_ORDERS = {"": "Mới nhất trước", "tien": "Giá trị lớn trước"}


def outside_sheet(fund: Fund, lines: Sequence[OutsideGift], asked: Narrowed, *, today: date) -> Sheet:
    """Draw gifts outside the fund; a correction stands with its own sign and names the day it corrects."""
    heads = (
        SheetColumn("Ngày", 20, Kind.DATE),
        SheetColumn("Người, đơn vị ủng hộ", 60),
        SheetColumn("Nội dung"),
        SheetColumn("Đợt vận động", 46),
        SheetColumn("Giá trị", MONEY, Kind.MONEY),
    )
    rows = [
        SheetRow(
            (
                one.given_on,
                one.donor or "Không nêu tên",
                f"Đính chính: {one.what}" if one.corrects_id else one.what,
                one.campaign.name if one.campaign else None,
                one.amount,
            ),
            reverse("outside-detail", args=[fund.pk, one.corrects_id or one.pk]),
        )
        for one in lines
    ]
    total = sum(one.amount for one in lines)
    rows.append(SheetRow((None, f"Cộng {len(rows)} dòng", None, None, total), is_sum=True))
    note = "Vận động trực tiếp tại cơ sở, không qua tài khoản của quỹ: không cộng vào số thu của quỹ."
    return asked.asked(fund, today).sheet(
        "ngoai-quy", "Vận động ngoài quỹ", heads, rows, notes=(note,), is_landscape=True
    )


def campaigns_of(fund: Fund) -> list[Campaign]:
    """Return the campaigns of a fund, the newest first."""
    return list(Campaign.objects.filter(fund=fund).order_by("-starts_on", "code"))
