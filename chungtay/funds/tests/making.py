"""A fund of the city's MTTQ, with its accountant, controller and treasurer, and vouchers made through the services."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chungtay.access.rules import Role
from chungtay.accounts.models import User
from chungtay.funds import services
from chungtay.funds.models import Draft, Fund, Voucher
from chungtay.funds.rules import Content, Line
from chungtay.ledger.entries import VoucherKind
from chungtay.places.rules import BodyKind
from tests.cast import Cast, make_cast

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2025, 3, 10, 9, 0, tzinfo=ZONE)
TODAY = NOW.date()


@dataclass
class Office:
    """Who keeps the fund. Each voucher is a minute later than the one before."""

    cast: Cast
    fund: Fund
    accountant: User
    controller: User
    treasurer: User
    now: datetime = NOW
    drafts: list[Draft] = field(default_factory=list)

    def content(self, kind: VoucherKind, *lines: Line, on: date | None = None, **more: object) -> Content:
        said = {"memo": "Ủng hộ Quỹ", "party": "Nguyễn Văn A"} | more
        return Content(kind=kind, occurred_on=on or self.now.date(), lines=lines, **said)  # type: ignore[arg-type]

    def draft(self, kind: VoucherKind, *lines: Line, **more: object) -> Draft:
        self.now += timedelta(minutes=1)
        made = services.write_draft(
            fund=self.fund, content=self.content(kind, *lines, **more), now=self.now, by=self.accountant
        )
        self.drafts.append(made)
        return made

    def post(self, draft: Draft, **more: object) -> Voucher:
        self.now += timedelta(minutes=1)
        return services.post_draft(draft=draft, now=self.now, by=self.controller, **more)  # type: ignore[arg-type]

    def post_many(self, drafts: Sequence[Draft]) -> list[Voucher]:
        """One as one, several as several."""
        if len(drafts) == 1:
            return [services.post_draft(draft=drafts[0], now=self.now, by=self.controller)]
        return services.post_drafts(drafts=drafts, now=self.now, by=self.controller)

    def receive(self, amount: int, *, purpose: str = "", account: str = "112", **more: object) -> Voucher:
        return self.post(self.draft(VoucherKind.RECEIPT, Line(account, "511", amount, purpose), **more))

    def spend(
        self, amount: int, *, purpose: str = "", account: str = "112", kind: str = "6116", **more: object
    ) -> Voucher:
        return self.post(self.draft(VoucherKind.PAYMENT, Line(kind, account, amount, purpose), **more))


def make_office(cast: Cast | None = None) -> Office:
    cast = cast or make_cast(2)
    services.load_chart()
    fund = services.open_fund(
        body=cast.body(cast.city, BodyKind.MTTQ),
        code="vnn",
        name="Quỹ “Vì người nghèo” thành phố Cao Lãnh",
        opened_on=date(2020, 1, 1),
        purposes=[("nha-o", "Xây, sửa nhà ở"), ("hoc-bong", "Học bổng")],
        now=NOW,
        by=None,
    )
    return Office(
        cast,
        fund,
        cast.person("ketoan", "Mai Thị Kế", "Kế toán quỹ", (Role.ACCOUNTANT, cast.city)),
        cast.person("kiemsoat", "Cao Văn Soát", "Kiểm soát quỹ", (Role.CONTROLLER, cast.city)),
        cast.person("thuquy", "Lưu Thị Quỹ", "Thủ quỹ", (Role.ACCOUNTANT, cast.city)),
    )
