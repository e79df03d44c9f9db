"""Undoing a voucher takes two: one asks and says why, another books the mirror or declines."""

import pytest
from django.db import IntegrityError, transaction

from chungtay.access.selectors import NotAllowed
from chungtay.funds import services
from chungtay.funds.checks import balance_of
from chungtay.funds.models import ReversalAct
from chungtay.funds.reversing import open_request


def ask(office, voucher, by=None, reason="Ghi nhầm người nộp"):
    return services.ask_reversal(voucher=voucher, reason=reason, now=office.now, by=by or office.accountant)


def test_one_asks_and_another_books_the_mirror(office):
    voucher = office.receive(1_000_000)
    ask(office, voucher)
    undone = services.confirm_reversal(voucher=voucher, now=office.now, by=office.controller)
    assert (undone.reverses_id, undone.drafted_by_id) == (voucher.pk, office.accountant.pk)
    assert "Ghi nhầm người nộp" in undone.memo
    assert balance_of(office.fund, "112") == 0
    with pytest.raises(services.NotReversible, match="đã được đảo một lần"):
        ask(office, voucher)
    with pytest.raises(services.NotReversible, match="không đảo lại"):
        ask(office, undone)


def test_who_asks_does_not_book_and_nothing_is_booked_unasked(office):
    voucher = office.receive(1_000_000)
    with pytest.raises(services.NotReversible, match="Chưa ai đề nghị"):
        services.confirm_reversal(voucher=voucher, now=office.now, by=office.controller)
    ask(office, voucher, by=office.controller)
    with pytest.raises(services.NotReversible, match="không được tự ghi sổ"):
        services.confirm_reversal(voucher=voucher, now=office.now, by=office.controller)
    with pytest.raises(NotAllowed):
        services.confirm_reversal(voucher=voucher, now=office.now, by=office.accountant)
    with pytest.raises(services.NotReversible, match="Đã có người đề nghị"):
        ask(office, voucher)


def test_a_declined_request_may_be_made_again_with_a_better_reason(office):
    voucher = office.receive(1_000_000)
    ask(office, voucher)
    services.decline_reversal(voucher=voucher, reason="Phiếu đúng", now=office.now, by=office.controller)
    assert open_request(voucher) is None
    ask(office, voucher, reason="Có giấy xác nhận")
    assert open_request(voucher).reason == "Có giấy xác nhận"


def test_a_reason_is_asked_for_also_by_the_database(office):
    voucher = office.receive(1_000_000)
    with pytest.raises(services.NotReversible, match="Chưa ghi lý do"):
        ask(office, voucher, reason="  ")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReversalAct.objects.create(voucher=voucher, verb="ask", reason="", at=office.now, by=office.accountant)


def test_strangers_ask_for_nothing(office):
    with pytest.raises(NotAllowed):
        ask(office, office.receive(1_000), by=office.cast.outsider)
