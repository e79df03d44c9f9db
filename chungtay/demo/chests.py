"""The funds “Vì người nghèo” of the story: opened, given to, spent from, handed on when units are merged, all by two persons."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from chungtay.demo.acts import Acts
from chungtay.demo.days import at, working_day
from chungtay.demo.fund_opening import open_fund
from chungtay.demo.notices import TAKES_DAYS
from chungtay.demo.story import Unit, first_units, story, units
from chungtay.demo.tales import Moment
from chungtay.demo.treasury import FundMonth, fund_months, left_at_the_end
from chungtay.funds import services as funds
from chungtay.funds.models import Campaign, Draft, Fund, Voucher
from chungtay.funds.rules import Content, Line
from chungtay.ledger.entries import VoucherKind


def moments(on: Acts) -> Iterator[Moment]:
    """Campaigns open, gifts come, houses and gifts are paid for; on 1/1/2025 two funds take over what four leave."""
    for code, told in story()["fund"]["campaigns"].items():
        for unit in first_units():
            yield from _Chest(on, unit).campaign(code, told)
    for month in fund_months():
        yield from _Chest(on, month.unit).month(month)
    yield from _waiting(on)
    for unit in units():
        if unit.formed_from:
            yield from _Chest(on, unit).take_over([one for one in first_units() if one.ref in unit.formed_from])


def _waiting(on: Acts) -> Iterator[Moment]:
    """A receipt is written on the last day and waits for the controller."""
    told = story()["fund"]["waiting"]
    moment = datetime.fromisoformat(told["at"])
    [unit] = [one for one in first_units() if one.ref == told["unit"]]
    lines = [Line("112", "511", told["amount"])]
    content = Content(
        VoucherKind.RECEIPT, moment.date(), lines, memo="Ủng hộ Quỹ “Vì người nghèo”", party=told["party"]
    )
    yield moment, lambda now: _done(_Chest(on, unit).write([content], "", now))


def _done(drafts: Sequence[Draft]) -> None:
    """An act of the story leaves nothing behind but what the service wrote."""


class _Chest:
    """The fund of a unit with who keeps it."""

    def __init__(self, on: Acts, unit: Unit) -> None:
        self.on, self.unit = on, unit
        self.accountant, self.controller = on.ground.cast.accountants[unit.ref], on.ground.cast.controllers[unit.ref]

    @property
    def fund(self) -> Fund:
        return self.on.ground.funds[self.unit.ref]

    def campaign(self, code: str, told: dict[str, str]) -> Iterator[Moment]:
        """Open a drive, and take the first promise down."""
        starts, ends = date.fromisoformat(told["from"]), date.fromisoformat(told["to"])
        target = sum(m.cash for m in fund_months() if m.unit == self.unit and m.campaign == code)

        def begin(now: datetime) -> None:
            self.on.campaigns[self.unit.ref, code] = funds.open_campaign(
                fund=self.fund,
                code=code,
                name=told["name"],
                starts_on=starts,
                ends_on=ends,
                target=target,
                appeal=f"Lời kêu gọi ủng hộ Quỹ “Vì người nghèo” năm {starts.year} (minh họa)",
                distribution_ends_on=ends + timedelta(days=TAKES_DAYS),
                now=now,
                by=self.controller,
            )

        def promise(now: datetime) -> None:
            funds.record_pledge(
                fund=self.fund,
                amount=target // 2,
                pledged_on=starts,
                donor=story()["fund"]["donors"][4],
                campaign=self._campaign(code),
                now=now,
                by=self.accountant,
            )

        yield at(starts - timedelta(days=9), 8), begin
        yield at(starts, 16), promise

    def month(self, month: FundMonth) -> Iterator[Moment]:
        """The accountant writes the month's vouchers, the controller books them, the accountant hands the money out."""
        drafts: list[Draft] = []
        booked: list[Voucher] = []

        def write(now: datetime) -> None:
            drafts.extend(self.write(contents_of(month), month.campaign, now))
            if month.outside:
                funds.record_outside_gift(
                    fund=self.fund,
                    amount=month.outside,
                    given_on=month.day,
                    what="Vận động trực tiếp tại khóm, ấp",
                    campaign=self._campaign(month.campaign),
                    now=now,
                    by=self.accountant,
                )

        def book(now: datetime) -> None:
            booked.extend(funds.post_drafts(drafts=drafts, now=now, by=self.controller))

        def pay(now: datetime) -> None:
            for voucher in booked:
                if voucher.kind == VoucherKind.PAYMENT:
                    funds.pay_voucher(voucher=voucher, now=now, by=self.accountant)

        yield at(month.day, 15), write
        yield at(month.day, 16), book
        if month.spent:
            yield at(working_day(month.day + timedelta(days=1)), 8), pay

    def take_over(self, former: Sequence[Unit]) -> Iterator[Moment]:
        """The funds of units that end hand their money on: between funds, so it is raised only once."""
        since = self.unit.since
        if since is None:
            raise ValueError("a unit that is formed begins on a day")
        yield at(since + timedelta(days=1), 8), self._open
        for unit in former:
            left, code = left_at_the_end(unit), f"SN-{since:%Y}-{unit.code}"
            out, into = (
                [Line("618", till, left[till]) for till in left],
                [Line(till, "518", left[till]) for till in left],
            )
            giver = _Chest(self.on, unit)
            yield at(since - timedelta(days=2), 10), giver.passing(out, code, "Bàn giao quỹ khi sáp nhập đơn vị")
            yield at(since + timedelta(days=1), 10), self.passing(into, code, f"Nhận bàn giao quỹ của {unit.name}")

    def passing(self, lines: Sequence[Line], code: str, memo: str) -> Callable[[datetime], None]:
        """Return the act of booking one end of a transfer."""

        def act(now: datetime) -> None:
            content = Content(VoucherKind.TRANSFER, now.date(), lines, memo=memo, transfer=code)
            [draft] = self.write([content], "", now)
            funds.post_draft(draft=draft, now=now + timedelta(minutes=30), by=self.controller)

        return act

    def _open(self, now: datetime) -> None:
        area = self.on.ground.areas[self.unit.ref]
        self.on.ground.funds[self.unit.ref] = open_fund(self.unit, area, now, self.on.ground.cast.admin)

    def _campaign(self, code: str) -> Campaign | None:
        return self.on.campaigns[self.unit.ref, code] if code else None

    def write(self, contents: Iterable[Content], campaign: str, now: datetime) -> list[Draft]:
        """The accountant writes vouchers; receipts of a drive name it."""
        given = (VoucherKind.RECEIPT, VoucherKind.IN_KIND_RECEIPT)
        said = [(one, self._campaign(campaign) if one.kind in given else None) for one in contents]
        return funds.write_drafts(fund=self.fund, contents=said, now=now, by=self.accountant)


def contents_of(month: FundMonth) -> Iterator[Content]:
    """Yield the vouchers of a month, receipts before payments."""
    donor = month.donor
    told = (
        (VoucherKind.RECEIPT, month.cash_lines, donor, "Ủng hộ Quỹ “Vì người nghèo”"),
        (VoucherKind.IN_KIND_RECEIPT, month.goods, donor, "Nhận hiện vật ủng hộ, giá theo biên bản định giá"),
        (VoucherKind.IN_KIND_ISSUE, month.issued, "Hộ nghèo, hộ khó khăn", "Trao hiện vật theo danh sách"),
        (VoucherKind.PAYMENT, tuple(month.spent), "Các hộ được hỗ trợ", "Chi hỗ trợ theo danh sách được duyệt"),
    )
    for kind, lines, party, memo in told:
        if lines:
            yield Content(kind, month.day, lines, memo=memo, party=party, attachments=1)
