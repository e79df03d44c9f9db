"""Money between two funds is ordered, booked by both ends against the order, and what is not booked in time is found."""

from datetime import date, timedelta

import pytest

from chungtay.access.rules import Role
from chungtay.access.selectors import NotAllowed
from chungtay.funds import books, services, transfers
from chungtay.funds.bank.accounts import open_account
from chungtay.funds.bank.importing import import_statement
from chungtay.funds.models import LineLink, LineMark, LineState, Standing, StatementLine
from chungtay.funds.rules import BadDraft, Line
from chungtay.funds.tests.making import NOW
from chungtay.funds.tests.statements import LINES, workbook
from chungtay.ledger.entries import VoucherKind
from chungtay.ledger.invariants import verify

CODE = "CT-01"
SENT, CAME = Line("618", "112", 300_000), Line("112", "518", 300_000)


@pytest.fixture
def sister(office):
    """A second fund of the same body: its own book of accounts, the same people."""
    return services.open_fund(
        body=office.fund.body, code="cuu-tro", name="Quỹ cứu trợ", opened_on=date(2020, 1, 1), now=NOW, by=None
    )


@pytest.fixture
def order(office, sister):
    office.receive(1_000_000)
    return services.order_transfer(
        sender=office.fund,
        receiver=sister,
        code=CODE,
        amount=300_000,
        memo="Hỗ trợ cứu trợ",
        now=office.now,
        by=office.accountant,
    )


def book_end(office, fund, line, code=CODE):
    content = office.content(VoucherKind.TRANSFER, line, transfer=code)
    draft = services.write_draft(fund=fund, content=content, now=office.now, by=office.accountant)
    return office.post(draft)


def names():
    return {breach.name for breach in verify(books.whole_book())}


def waiting(office, fund):
    return [(str(one.order), one.is_late) for one in transfers.under_way(fund, books.chart(), on=office.now.date())]


def test_a_transfer_is_under_way_until_its_receiver_books_it(office, sister, order):
    assert waiting(office, office.fund) == []
    book_end(office, office.fund, SENT)
    assert waiting(office, office.fund) == waiting(office, sister) == [(CODE, False)]
    assert names() == set()
    book_end(office, sister, CAME)
    assert waiting(office, sister) == []
    assert names() == set()


@pytest.mark.parametrize("code", [CODE, "CT-khong-lenh"])
def test_a_transfer_that_its_receiver_never_books_is_found(office, order, code):
    book_end(office, office.fund, SENT, code)
    office.now += timedelta(days=31)
    office.receive(1)
    assert names() == {"transfers-pair-up"}
    assert waiting(office, office.fund) == ([(CODE, True)] if code == CODE else [])


def test_a_voucher_that_differs_from_its_order_is_not_booked(office, sister, order):
    for fund, line, why in (
        (sister, CAME, "chưa ghi sổ việc chuyển"),
        (office.fund, Line("618", "112", 300_001), r"ghi 300\.000 đồng"),
        (office.fund, Line("618", "112", 300_000, "nha-o"), "không có mục đích riêng"),
        (sister, SENT, "ghi sai đầu"),
    ):
        with pytest.raises(BadDraft, match=why):
            book_end(office, fund, line)
    book_end(office, office.fund, SENT)
    with pytest.raises(BadDraft, match="đã ghi sổ lệnh CT-01 rồi"):
        book_end(office, office.fund, SENT)
    assert names() == set()


def test_an_undone_sending_may_be_booked_again(office, order):
    voucher = book_end(office, office.fund, SENT)
    services.reverse_voucher(
        voucher=voucher, reason="Nhầm ngày", drafted_by=office.accountant, now=office.now, by=office.controller
    )
    assert waiting(office, office.fund) == []
    book_end(office, office.fund, SENT)
    assert names() == set()


def test_an_order_says_enough_once_and_is_given_by_who_keeps_the_sender(office, sister, order):
    said = {"sender": office.fund, "receiver": sister, "code": "CT-02", "amount": 5, "memo": "x", "now": office.now}
    for changed, why in (
        ({"code": CODE}, "Đã có lệnh"),
        ({"amount": 0}, "lớn hơn 0"),
        ({"receiver": office.fund}, "hai quỹ khác nhau"),
        ({"memo": " "}, "phải có mã và nội dung"),
        ({"purpose": "nha-o"}, "Cả hai quỹ phải có mục đích"),
        ({"due_on": date(2025, 3, 1)}, "từ hôm nay trở đi"),
    ):
        with pytest.raises(services.BadOrder, match=why):
            services.order_transfer(**said | changed, by=office.accountant)
    stranger = office.cast.person("nguoila", "Người Lạ", "Khác", (Role.CLERK, office.cast.city))
    with pytest.raises(NotAllowed):
        services.order_transfer(**said, by=stranger)


@pytest.fixture
def matched(office):
    """A line of the bank's that a voucher explains, with that voucher."""
    account = open_account(
        fund=office.fund, code="cao-lanh", bank="970436", number="1017999888", holder="Q", now=NOW, by=None
    )
    import_statement(account=account, data=workbook(LINES), name="s.xlsx", now=NOW, by=office.accountant)
    line = StatementLine.objects.order_by("id").last()
    voucher = office.receive(line.credit, on=line.booked_on)
    services.settle(line=line, vouchers={voucher: line.credit}, now=office.now, by=office.accountant)
    return line, voucher


def test_a_line_waits_again_when_its_voucher_is_reversed(office, matched):
    line, voucher = matched
    made = services.reverse_voucher(
        voucher=voucher, reason="Sai quỹ", drafted_by=office.accountant, now=office.now, by=office.controller
    )
    standing = Standing.objects.get(line=line)
    assert standing.state == LineState.UNMATCHED
    assert standing.mark.reason == f"Chứng từ {voucher} đã bị đảo bằng {made}."
    assert names() == set()


def test_a_line_that_rests_on_a_reversed_voucher_is_found(office, matched):
    line, voucher = matched
    services.reverse_voucher(
        voucher=voucher, reason="Sai quỹ", drafted_by=office.accountant, now=office.now, by=office.controller
    )
    mark = LineMark.objects.create(line=line, state=LineState.MATCHED, at=office.now, by=office.accountant)
    LineLink.objects.create(mark=mark, voucher=voucher, amount=line.credit)
    Standing.objects.filter(line=line).update(mark=mark, state=LineState.MATCHED)
    assert names() == {"bank-link-not-reversed"}
