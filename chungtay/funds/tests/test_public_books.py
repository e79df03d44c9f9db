"""What everybody sees of a fund's books: closed months only, sums only, and every đồng that came in somewhere."""

from datetime import date

import pytest

from chungtay.funds import public_books, services
from chungtay.funds.campaigns import CampaignTerms, announce_campaign
from chungtay.funds.closing import ask, confirm
from chungtay.funds.models import Fund
from chungtay.funds.public_books import LEFT, Flow
from chungtay.funds.rules import Line
from chungtay.funds.tests.making import NOW
from chungtay.funds.tests.statements import LINES, workbook
from chungtay.ledger.entries import VoucherKind

JANUARY, FEBRUARY = date(2025, 1, 15), date(2025, 2, 15)


@pytest.fixture
def told(office, settings, tmp_path):
    """A fund that has published a day; two months of books, nothing closed yet."""
    settings.DATA_DIR = tmp_path
    drive = announce_campaign(
        fund=office.fund, code="tet-2025", terms=CampaignTerms("Tết vì người nghèo", date(2025, 1, 1), date(2025, 1, 31), target=4_000_000),
        now=NOW, by=office.accountant,
    )  # fmt: skip
    office.now = NOW.replace(month=1, day=15)
    office.receive(1_000_000, on=JANUARY, party="Nguyễn Thị Kín Tiếng")
    given = office.content(VoucherKind.RECEIPT, Line("112", "511", 2_000_000, "nha-o"), on=JANUARY)
    draft = services.write_draft(fund=office.fund, content=given, campaign=drive, now=office.now, by=office.accountant)
    services.post_draft(draft=draft, now=office.now, by=office.controller)
    office.now = NOW.replace(month=2, day=15)
    office.spend(1_200_000, on=FEBRUARY, kind="6111", purpose="nha-o", party="Trần Văn Được Giúp")
    office.spend(300_000, on=FEBRUARY)
    account = services.open_account(
        fund=office.fund, code="cl", bank="970436", number="1017999888", holder="QUY", now=NOW, by=None
    )
    services.import_statement(account=account, data=workbook(LINES), name="a.xlsx", now=NOW, by=office.accountant)
    services.freeze_days(account=account, last=date(2025, 3, 9), now=NOW, by=office.controller)
    return office


def close(office, day):
    ask(body=office.fund.body, day=day, to_close=True, now=NOW, by=office.accountant)
    confirm(body=office.fund.body, day=day, now=NOW, by=office.controller)


def flows(office, year=None):
    return public_books.flows_of(public_books.open_book(office.fund.pk), year)


def test_a_fund_that_published_nothing_is_not_there(office):
    office.receive(1_000_000, on=JANUARY)
    close(office, JANUARY)
    assert public_books.open_book(office.fund.pk) is None


def test_only_closed_months_are_told(told):
    book = public_books.open_book(told.fund.pk)
    assert not book.is_closed and public_books.flows_of(book) == []
    close(told, FEBRUARY)
    assert not public_books.open_book(told.fund.pk).is_closed, "a month is told when those before it are closed too"
    close(told, JANUARY)
    assert public_books.open_book(told.fund.pk).until == date(2025, 3, 1)


def test_every_dong_that_came_in_is_somewhere(told):
    close(told, JANUARY)
    assert sum(flow.amount for flow in flows(told)) == 3_000_000 and {flow.use for flow in flows(told)} == {LEFT}
    close(told, FEBRUARY)
    assert flows(told) == [
        Flow("Tết vì người nghèo", "Xây, sửa nhà ở", "Xây mới nhà ở", 1_200_000),
        Flow("Tết vì người nghèo", "Xây, sửa nhà ở", LEFT, 800_000),
        Flow("Ủng hộ bằng tiền", "Chung, không nêu mục đích", LEFT, 700_000),
        Flow("Ủng hộ bằng tiền", "Chung, không nêu mục đích", "Quà tặng hộ nghèo, cận nghèo", 300_000),
    ]
    chest = public_books.chest_of(public_books.open_book(told.fund.pk))
    assert chest.bank == 1_500_000 == sum(flow.amount for flow in flows(told) if flow.use == LEFT)
    assert flows(told, 2024) == [] and flows(told, 2025) == flows(told)


def test_a_month_opened_again_is_no_longer_told(told):
    close(told, JANUARY)
    assert flows(told)
    body = told.fund.body
    ask(body=body, day=JANUARY, to_close=False, reason="Sửa một phiếu", now=NOW, by=told.accountant)
    assert flows(told), "asking alone changes nothing"
    confirm(body=body, day=JANUARY, now=NOW, by=told.controller)
    assert flows(told) == []


def test_a_year_is_told_when_its_twelve_months_are_closed(told):
    close(told, JANUARY)
    book = public_books.open_book(told.fund.pk)
    assert book.years == [] and public_books.year_sheet(book, 2025, made_on=NOW.date()) is None


def test_a_campaign_shows_how_far_it_came(told):
    (drive,) = public_books.drives()
    assert (drive.received, drive.percent) == (2_000_000, 50)
    again = public_books.drive_of(told.fund.pk, "tet-2025")
    assert [version.number for version in again.versions] == [1]
    assert public_books.drive_of(told.fund.pk, "khac") is None
    (way,) = public_books.receiving(told.fund, drive.campaign)
    assert way.account.number == "1017999888" and way.purpose and "<svg" in way.picture


def test_the_pages_name_nobody(told, client):
    close(told, JANUARY)
    close(told, FEBRUARY)
    fund = Fund.objects.get()
    paths = (f"/cong-khai/quy/so/{fund.pk}/", "/cong-khai/van-dong/", f"/cong-khai/van-dong/{fund.pk}/tet-2025/")
    for path in (*paths, paths[0] + "?nam=2025", paths[0] + "?nam=mười"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "Kín Tiếng" not in answer.text and "Được Giúp" not in answer.text
    assert "Xây mới nhà ở" in client.get(paths[0]).text
    assert client.get(f"{paths[0]}2025/").status_code == 404
    assert client.get(f"{paths[0]}2025.pdf").status_code == 404
