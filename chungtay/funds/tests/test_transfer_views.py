"""The page of transfers: ordering, how far each is, and who only looks."""

from datetime import date

import pytest

from chungtay.funds import services
from chungtay.funds.models import TransferOrder
from chungtay.funds.rules import Line
from chungtay.funds.tests.making import NOW
from chungtay.funds.tests.test_voucher_views import at, page_of
from chungtay.ledger.entries import VoucherKind


@pytest.fixture
def sister(office):
    return services.open_fund(
        body=office.fund.body, code="cuu-tro", name="Quỹ cứu trợ", opened_on=date(2020, 1, 1), now=NOW, by=None
    )


def ordered(office, sister, **more):
    said = {"receiver": sister.pk, "code": "CT-01", "amount": "300.000", "memo": "Hỗ trợ cứu trợ", "purpose": ""}
    return page_of(office.accountant).post(at("transfer-list", office), said | more)


def shown(office, person=None):
    return page_of(person or office.accountant).get(at("transfer-list", office)).content.decode()


def test_an_order_is_followed_until_both_ends_are_booked(office, sister):
    office.receive(1_000_000)
    assert "Chưa có lệnh" in shown(office)
    assert ordered(office, sister).status_code == 302
    assert "Chưa chuyển" in shown(office)
    for fund, line, words in (
        (office.fund, Line("618", "112", 300_000), "Đang chuyển"),
        (sister, Line("112", "518", 300_000), "Hai bên đã ghi sổ"),
    ):
        content = office.content(VoucherKind.TRANSFER, line, transfer="CT-01")
        office.post(services.write_draft(fund=fund, content=content, now=office.now, by=office.accountant))
        assert words in shown(office)


def test_what_cannot_be_ordered_says_why_on_the_form(office, sister):
    ordered(office, sister)
    again = ordered(office, sister)
    assert again.status_code == 422
    assert "CT-01" in again.content.decode()
    assert TransferOrder.objects.count() == 1
    assert ordered(office, sister, code="CT-02", receiver=office.fund.pk).status_code == 422


def test_who_may_only_look_orders_nothing(office, sister):
    assert "Lập lệnh" not in shown(office, office.cast.auditor)
    said = {"receiver": sister.pk, "code": "CT-09", "amount": "1", "memo": "x"}
    assert page_of(office.cast.auditor).post(at("transfer-list", office), said).status_code == 403
    assert page_of(office.cast.outsider).get(at("transfer-list", office)).status_code == 404
