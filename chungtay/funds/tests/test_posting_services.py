"""Vouchers are written by one person and booked by another, numbered without gaps, sealed, and never spend what is not there."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from chungtay.access.selectors import NotAllowed
from chungtay.audit.models import AuditEvent, HistoryIsFixed
from chungtay.funds import books, services
from chungtay.funds.checks import LimitBroken, MonthClosed, NotEnough, balance_of
from chungtay.funds.models import Balance, Entry, Voucher
from chungtay.funds.rules import BadDraft, Line
from chungtay.ledger.entries import VoucherKind
from chungtay.ledger.invariants import verify


def sound() -> bool:
    assert verify(books.whole_book()) == []
    return True


def test_a_receipt_is_drafted_posted_numbered_and_adds_to_the_balances(office):
    voucher = office.receive(5_000_000, purpose="nha-o")
    assert (str(voucher), voucher.amount, voucher.position) == ("PT-2025-000001", 5_000_000, 1)
    assert balance_of(office.fund, "112") == 5_000_000
    assert Balance.objects.filter(purpose="nha-o").count() == 2
    assert AuditEvent.objects.filter(code="funds.voucher.posted").count() == 1
    assert sound()


def test_numbers_of_each_series_have_no_gaps_and_the_chain_goes_through_all(office):
    labels = [str(office.receive(1_000_000)), str(office.spend(200_000)), str(office.receive(2_000_000))]
    assert labels == ["PT-2025-000001", "PC-2025-000001", "PT-2025-000002"]
    chain = list(Voucher.objects.order_by("position").values_list("previous_hash", "hash"))
    assert [before for before, _ in chain[1:]] == [own for _, own in chain[:-1]]
    assert sound()


def test_who_drafts_does_not_post_and_who_posts_does_not_pay(office):
    draft = office.draft(VoucherKind.RECEIPT, Line("112", "511", 1_000_000))
    with pytest.raises(NotAllowed):
        services.post_draft(draft=draft, now=office.now, by=office.accountant)
    own = services.write_draft(
        fund=office.fund,
        content=office.content(VoucherKind.RECEIPT, Line("112", "511", 1)),
        now=office.now,
        by=office.controller,
    )
    with pytest.raises(NotAllowed):
        services.post_draft(draft=own, now=office.now, by=office.controller)
    office.post(draft)
    payment = office.spend(400_000)
    with pytest.raises(NotAllowed):
        services.pay_voucher(voucher=payment, now=office.now, by=office.controller)
    services.pay_voucher(voucher=payment, now=office.now, by=office.treasurer)
    with pytest.raises(services.NotPayable, match="đã chi tiền lúc"):
        services.pay_voucher(voucher=payment, now=office.now, by=office.treasurer)
    assert sound()


def test_nothing_is_spent_that_is_not_there_also_not_on_an_earlier_day(office):
    early, late = date(2025, 2, 1), date(2025, 3, 1)
    office.receive(1_000_000, on=early)
    office.spend(900_000, on=late)
    with pytest.raises(NotEnough, match=r"còn thiếu 100.000 đồng"):
        office.spend(200_000)
    with pytest.raises(NotEnough, match=r"còn thiếu 800.000 đồng"):
        office.spend(900_000, on=early)
    assert (Voucher.objects.count(), balance_of(office.fund, "112")) == (2, 100_000)
    assert sound()


def test_restricted_money_serves_its_purpose_only(office):
    office.receive(10_000_000)
    office.receive(3_000_000, purpose="hoc-bong")
    with pytest.raises(NotEnough, match=r"mục đích “hoc-bong” không đủ: còn thiếu 1.000.000 đồng"):
        office.spend(4_000_000, purpose="hoc-bong", kind="6114")
    office.spend(3_000_000, purpose="hoc-bong", kind="6114")
    assert sound()


def test_a_ceiling_is_refused_with_its_rule_unless_the_controller_says_why(office):
    office.receive(500_000_000)
    draft = office.draft(VoucherKind.PAYMENT, Line("6111", "112", 90_000_000))
    with pytest.raises(LimitBroken, match=r"vượt mức tối đa 80.000.000 đồng .*chưa đối chiếu văn bản"):
        office.post(draft)
    voucher = office.post(draft, override="Nhà ở vùng ngập, có quyết định riêng")
    assert voucher.override.startswith("Nhà ở vùng ngập")
    assert sound()


def test_goods_are_valued_and_never_given_out_twice(office):
    office.post(office.draft(VoucherKind.IN_KIND_RECEIPT, Line("152", "512", 5_000_000, item="gạo, kg", quantity=250)))
    give = Line("6120", "152", 4_000_000, item="gạo, kg", quantity=200)
    office.post(office.draft(VoucherKind.IN_KIND_ISSUE, give))
    with pytest.raises(NotEnough, match="Hiện vật “gạo, kg” không đủ: còn thiếu 150"):
        office.post(office.draft(VoucherKind.IN_KIND_ISSUE, give))
    assert sound()


def test_every_reason_why_a_draft_cannot_be_booked_is_told(office):
    draft = office.draft(VoucherKind.RECEIPT, Line("999", "11", 5, "khong-co"), memo="", party=" ")
    with pytest.raises(BadDraft) as bad:
        office.post(draft)
    assert {problem.where for problem in bad.value.problems} == {
        "memo",
        "party",
        "lines.1.debit",
        "lines.1.credit",
        "lines.1.purpose",
    }
    assert not Voucher.objects.exists()


def test_what_was_wrong_is_undone_by_a_mirror_dated_today(office):
    voucher = office.receive(7_000_000, on=date(2025, 1, 5))
    with pytest.raises(services.NotReversible, match="không được tự ghi sổ"):
        services.reverse_voucher(
            voucher=voucher, reason="Sai", drafted_by=office.controller, now=office.now, by=office.controller
        )
    undone = services.reverse_voucher(
        voucher=voucher,
        reason="Ghi nhầm người nộp",
        drafted_by=office.accountant,
        now=office.now + timedelta(days=2),
        by=office.controller,
    )
    assert (str(undone), undone.booked_on) == ("BD-2025-000001", date(2025, 3, 12))
    assert balance_of(office.fund, "112") == 0
    with pytest.raises(services.NotReversible, match="đã được đảo một lần"):
        services.reverse_voucher(
            voucher=voucher, reason="Lại", drafted_by=office.accountant, now=office.now, by=office.controller
        )
    assert sound()


def test_a_closed_month_takes_nothing_until_two_persons_open_it_again(office):
    office.receive(1_000_000)
    march, april = office.now, office.now + timedelta(days=25)
    body = office.fund.body
    with pytest.raises(services.WrongTurn, match="chưa hết"):
        services.ask_period(body=body, day=march.date(), to_close=True, now=march, by=office.accountant)
    services.ask_period(body=body, day=march.date(), to_close=True, now=april, by=office.accountant)
    with pytest.raises(services.WrongTurn, match="không được tự xác nhận"):
        services.confirm_period(body=body, day=march.date(), now=april, by=office.accountant)
    services.confirm_period(body=body, day=march.date(), now=april, by=office.controller)
    with pytest.raises(MonthClosed, match="Sổ tháng 03/2025 đã khóa"):
        office.receive(1)
    with pytest.raises(services.WrongTurn, match="phải ghi rõ lý do"):
        services.ask_period(body=body, day=march.date(), to_close=False, now=april, by=office.accountant)
    services.ask_period(
        body=body, day=march.date(), to_close=False, reason="Sót phiếu", now=april, by=office.accountant
    )
    services.confirm_period(body=body, day=march.date(), now=april, by=office.controller)
    office.receive(2_000_000)
    assert sound()


def test_a_draft_that_somebody_else_has_changed_is_not_posted(office):
    draft = office.draft(VoucherKind.RECEIPT, Line("112", "511", 1_000))
    content = office.content(VoucherKind.RECEIPT, Line("112", "511", 2_000))
    services.change_draft(draft=draft, content=content, revision=1, now=office.now, by=office.accountant)
    with pytest.raises(services.DraftMovedOn):
        office.post(draft, revision=1)
    with pytest.raises(services.DraftMovedOn):
        services.drop_draft(draft=draft, revision=1, now=office.now, by=office.accountant)
    assert office.post(draft, revision=2).amount == 2_000


@pytest.mark.parametrize("table", ["funds_voucher", "funds_entry", "funds_handout", "funds_periodact"])
def test_what_is_booked_cannot_be_changed_below_django(office, table):
    office.receive(1_000_000)
    services.pay_voucher(voucher=office.spend(1_000), now=office.now, by=office.treasurer)
    later = office.now + timedelta(days=30)
    services.ask_period(body=office.fund.body, day=office.now.date(), to_close=True, now=later, by=office.accountant)
    with pytest.raises(HistoryIsFixed):
        Entry.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
    column = {"funds_voucher": "memo", "funds_entry": "memo", "funds_handout": "note", "funds_periodact": "reason"}
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column[table]} = 'khác'")
