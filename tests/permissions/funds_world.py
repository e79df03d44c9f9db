"""A fund of the unit with one receipt in its book, one draft of the same, and an account at a bank, for the table of rights."""

from datetime import date, datetime

from chungtay.access.rules import Role
from chungtay.funds import services as funds
from chungtay.funds.models import Draft, Fund
from chungtay.funds.rules import Content, Line
from chungtay.ledger.entries import VoucherKind
from chungtay.places.rules import BodyKind
from chungtay.returns.tests import making
from tests.cast import Cast

FUND_NOW = datetime(2025, 3, 10, 9, 0, tzinfo=making.NOW.tzinfo)


def fund_of(cast: Cast) -> tuple[Fund, dict[str, Draft]]:
    """Open a fund of the unit with one receipt in its book, and one draft of the same."""
    unit = cast.communes[0]
    accountant = cast.person("fund.accountant", "Mai Thị Kế", "Kế toán quỹ", (Role.ACCOUNTANT, unit))
    controller = cast.person("fund.controller", "Cao Văn Soát", "Kiểm soát quỹ", (Role.CONTROLLER, unit))
    funds.load_chart()
    opened = date(2020, 1, 1)
    body, name = cast.body(unit, BodyKind.MTTQ), "Quỹ “Vì người nghèo”"
    fund = funds.open_fund(body=body, code="vnn", name=name, opened_on=opened, now=FUND_NOW, by=None)
    gift = Line("112", "511", 1_000_000)
    content = Content(VoucherKind.RECEIPT, FUND_NOW.date(), (gift,), "Ủng hộ Quỹ", "Nguyễn Văn An")
    drafts = [funds.write_draft(fund=fund, content=content, now=FUND_NOW, by=accountant) for _ in range(2)]
    funds.post_draft(draft=drafts[0], now=FUND_NOW, by=controller)
    _bank_of(fund)
    ends = date(2025, 2, 1)
    funds.open_campaign(
        fund=fund, code="dot-2025", name="Đợt 2025", starts_on=date(2025, 1, 1), ends_on=ends, now=FUND_NOW, by=None
    )
    return fund, {"draft": drafts[1]}


def _bank_of(fund: Fund) -> None:
    """Give the fund an account at a bank, with one line."""
    account = funds.open_account(
        fund=fund, code="vnn", bank="970436", number="1017999888", holder="QUY", now=FUND_NOW, by=None
    )
    data = b"Ngay giao dich,So tien,Noi dung\n05/01/2021,500000,ung ho\n"
    funds.import_statement(account=account, data=data, name="vnn.csv", now=FUND_NOW, by=None)
