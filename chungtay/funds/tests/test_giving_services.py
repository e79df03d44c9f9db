"""Promises, campaigns, gifts outside the fund and the closing of a year: each said in new rows, nothing overwritten."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.access.selectors import NotAllowed
from chungtay.audit.models import AuditEvent
from chungtay.funds import selectors, services
from chungtay.funds.accounts_offered import GIVEN
from chungtay.funds.amounts import Slice, four_amounts
from chungtay.funds.campaigns import terms_of
from chungtay.funds.models import CampaignVersion, PledgeStep, VoucherWords
from chungtay.funds.promises import Promise, Standing
from chungtay.funds.promising import free_in, linked_by, offered_for, promise_of
from chungtay.funds.searching import vouchers_like
from chungtay.funds.trail import trail_of
from chungtay.funds.year_closing import left_in_results
from chungtay.ledger.entries import VoucherKind

DAY = date(2025, 3, 1)


@given(st.integers(1, 10**9), st.integers(0, 2 * 10**9), st.dates(), st.dates(), st.booleans())
def test_a_promise_stands_in_one_way_and_only_what_is_left_is_late(amount, kept, due, today, is_cancelled):
    one = Promise(amount, kept, due, is_cancelled)
    assert (one.left == 0) == (is_cancelled or kept >= amount)
    assert (one.standing(today) is Standing.LATE) == (one.left > 0 and today > due)
    assert one.days_late(due) == 0


def promised(office, amount=5_000_000, **more):
    said = {"fund": office.fund, "amount": amount, "pledged_on": DAY, "donor": "Công ty Hoàng Long"} | more
    return services.record_pledge(**said, now=office.now, by=office.accountant)


def by_accountant(office):
    return {"now": office.now, "by": office.accountant}


def test_receipts_keep_a_promise_and_none_keeps_two(office):
    one, other = promised(office, due_on=date(2025, 3, 5)), promised(office, 1_000_000)
    receipt = office.receive(3_000_000, party="Công ty Hoàng Long")
    assert [(v, free) for v, free in offered_for(one)] == [(receipt, 3_000_000)]
    services.link_receipt(pledge=one, voucher=receipt, amount=2_500_000, **by_accountant(office))
    with pytest.raises(services.BadGift, match=r"còn 500\.000 đồng"):
        services.link_receipt(pledge=other, voucher=receipt, amount=600_000, **by_accountant(office))
    assert promise_of(one).standing(date(2025, 3, 5)) is Standing.PARTLY
    assert promise_of(one).standing(date(2025, 3, 8)) is Standing.LATE
    services.link_receipt(pledge=one, voucher=office.receive(2_500_000), amount=2_500_000, **by_accountant(office))
    assert promise_of(one).standing(date(2026, 1, 1)) is Standing.KEPT
    assert free_in(receipt) == 500_000


def test_what_is_reversed_or_taken_back_keeps_nothing_and_stays_to_be_read(office):
    pledge, wrong, undone = promised(office), office.receive(2_000_000), office.receive(1_000_000)
    for receipt in (wrong, undone):
        services.link_receipt(pledge=pledge, voucher=receipt, amount=receipt.amount, **by_accountant(office))
    with pytest.raises(services.BadGift, match="vì sao"):
        services.unlink_receipt(pledge=pledge, voucher=wrong, reason=" ", **by_accountant(office))
    services.unlink_receipt(pledge=pledge, voucher=wrong, reason="Nhầm người", **by_accountant(office))
    services.ask_reversal(voucher=undone, reason="Trùng", **by_accountant(office))
    services.confirm_reversal(voucher=undone, now=office.now, by=office.controller)
    assert promise_of(pledge).kept == 0
    assert linked_by(pledge) == {undone: 1_000_000}
    assert PledgeStep.objects.filter(pledge=pledge).count() == 3


def test_a_promise_is_called_off_once_with_a_reason_and_the_promised_amount_stays(office):
    pledge = promised(office)
    services.cancel_pledge(pledge=pledge, reason="Công ty giải thể", **by_accountant(office))
    assert promise_of(pledge).standing(DAY) is Standing.CANCELLED
    for again in (
        lambda: services.cancel_pledge(pledge=pledge, reason="x", **by_accountant(office)),
        lambda: services.link_receipt(
            pledge=pledge, voucher=office.receive(1_000), amount=1_000, **by_accountant(office)
        ),
    ):
        with pytest.raises(services.BadGift, match="không thực hiện"):
            again()
    amounts = four_amounts(office.fund, Slice("năm 2025", DAY, date(2026, 1, 1)), spending=(), given=GIVEN)
    assert amounts.pledged == pledge.amount
    assert AuditEvent.objects.filter(code="funds.pledge.cancelled").count() == 1


def test_only_receipts_of_this_fund_after_the_promise_keep_it(office):
    pledge, payment = promised(office, pledged_on=office.now.date()), None
    early = office.receive(1_000_000, on=office.now.date() - timedelta(days=3))
    payment = office.spend(500_000)
    for voucher, words in ((payment, "không phải phiếu thu"), (early, "trước ngày hứa")):
        with pytest.raises(services.BadGift, match=words):
            services.link_receipt(pledge=pledge, voucher=voucher, amount=1, **by_accountant(office))
    with pytest.raises(NotAllowed):
        services.cancel_pledge(pledge=pledge, reason="x", now=office.now, by=office.cast.outsider)


def test_a_correction_is_a_row_that_names_what_it_mends(office):
    said = {"fund": office.fund, "given_on": DAY, "what": "Xây nhà tại xã", **by_accountant(office)}
    gift = services.record_outside_gift(amount=40_000_000, **said)
    services.record_outside_gift(amount=-5_000_000, corrects=gift, **said)
    with pytest.raises(services.BadGift, match=r"còn 35\.000\.000 đồng"):
        services.record_outside_gift(amount=-36_000_000, corrects=gift, **said)
    amounts = four_amounts(office.fund, Slice("", DAY, date(2026, 1, 1)), spending=(), given=GIVEN)
    assert amounts.outside == 35_000_000


def test_a_campaign_changes_as_its_next_version_for_a_reason(office):
    terms = services.CampaignTerms("Tháng cao điểm 2025", date(2025, 10, 17), date(2025, 11, 18), target=10**9)
    one = services.announce_campaign(fund=office.fund, code="cd-2025", terms=terms, **by_accountant(office))
    later = services.CampaignTerms("Tháng cao điểm 2025", date(2025, 10, 17), date(2025, 12, 31), target=2 * 10**9)
    change = {"campaign": one, "terms": later, "version": 1, **by_accountant(office)}
    with pytest.raises(services.BadCampaign, match="lý do"):
        services.change_campaign(reason="", **change)
    services.change_campaign(reason="Kéo dài vì bão", **change)
    with pytest.raises(services.CampaignMovedOn):
        services.change_campaign(reason="Lần nữa", **change)
    one.refresh_from_db()
    assert terms_of(one) == later
    kept = CampaignVersion.objects.filter(campaign=one).order_by("number")
    assert [(v.number, v.ends_on, v.reason) for v in kept] == [
        (1, date(2025, 11, 18), ""),
        (2, date(2025, 12, 31), "Kéo dài vì bão"),
    ]
    with pytest.raises(NotAllowed):
        services.change_campaign(
            campaign=one, terms=terms, version=2, reason="x", now=office.now, by=office.cast.auditor
        )


def test_a_year_is_closed_by_two_persons_and_says_the_same_of_gifts_as_before(office):
    gift = office.receive(9_000_000, purpose="nha-o")
    office.receive(4_000_000)
    office.spend(3_000_000, purpose="nha-o", kind="6112")
    cut = Slice("", date(2025, 1, 1), date(2026, 1, 1))
    before = four_amounts(office.fund, cut, spending=["6112"], given=GIVEN), trail_of(gift)
    with pytest.raises(services.NothingToClose, match="chưa hết"):
        services.draft_closing(fund=office.fund, year=2025, **by_accountant(office))
    office.now = office.now.replace(year=2026, month=1, day=5)
    draft = services.draft_closing(fund=office.fund, year=2025, **by_accountant(office))
    with pytest.raises(services.NothingToClose, match="chờ ghi sổ"):
        services.draft_closing(fund=office.fund, year=2025, **by_accountant(office))
    with pytest.raises(NotAllowed):
        services.post_draft(draft=draft, **by_accountant(office))
    voucher = office.post(draft)
    assert str(voucher) == "KC-2026-000001"
    assert voucher.kind == VoucherKind.CLOSING
    net = selectors.balances_now(office.fund)
    assert (net["511"], net["6112"], net["421"]) == (0, 0, -10_000_000)
    assert left_in_results(office.fund, 2025) == {}
    assert (four_amounts(office.fund, cut, spending=["6112"], given=GIVEN), trail_of(gift)) == before
    with pytest.raises(services.NothingToClose, match="không còn"):
        services.draft_closing(fund=office.fund, year=2025, **by_accountant(office))
    office.receive(1_000_000, on=date(2025, 12, 30))  # told late: the year gets a further closing
    assert sum(left_in_results(office.fund, 2025).values()) == 1_000_000


def test_words_are_kept_folded_when_a_voucher_is_booked(office):
    voucher = office.receive(2_000_000, party="Trần Thị Đào", memo="Ủng hộ bão số 3")
    assert VoucherWords.objects.get(voucher=voucher).text == "pt-2025-000001 tran thi dao ung ho bao so 3"
    office.receive(1_000_000, party="Lê Văn Bảo")
    for words, found in (("DAO thi", 1), ("bao", 2), ("pt-2025-000002", 1), ("khong co", 0)):
        rows = vouchers_like(office.fund, {"q": words}, selectors.chart())
        assert rows.count() == found, words
