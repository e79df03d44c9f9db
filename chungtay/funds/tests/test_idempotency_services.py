"""The same request sent again does nothing more: one after the other, and twenty at the same moment."""

import pytest

from chungtay.funds import services
from chungtay.funds.checks import NotEnough, balance_of
from chungtay.funds.idempotency import SentOtherwise, once
from chungtay.funds.models import Draft, KeptAnswer, Voucher
from chungtay.funds.rules import Line
from chungtay.ledger.entries import VoucherKind
from tests.databases.at_once import at_once

AT_ONCE = 20


def write(office, key, amount=1_000_000, action="funds.draft.write"):
    def do():
        return {"draft": str(office.draft(VoucherKind.RECEIPT, Line("112", "511", amount)).pk)}

    return once(key=key, action=action, body={"amount": amount}, do=do, now=office.now, by=office.accountant)


def test_the_same_key_with_the_same_content_gives_the_first_answer_again(office):
    first = write(office, "a")
    assert write(office, "a") == first
    assert write(office, "b") != first
    assert Draft.objects.count() == 2


def test_the_same_key_with_other_content_or_for_another_deed_is_refused(office):
    write(office, "a")
    with pytest.raises(SentOtherwise, match="với nội dung khác"):
        write(office, "a", amount=2_000_000)
    with pytest.raises(SentOtherwise):
        write(office, "a", action="funds.draft.change")
    assert Draft.objects.count() == 1


def test_the_key_of_one_person_is_not_the_key_of_another(office):
    write(office, "a")
    once(key="a", action="x", body={}, do=lambda: {"own": True}, now=office.now, by=office.controller)
    assert KeptAnswer.objects.filter(key="a").count() == 2


def test_what_was_refused_keeps_no_answer_and_may_be_sent_again(office):
    draft = office.draft(VoucherKind.PAYMENT, Line("6116", "112", 500_000))

    def pay():
        return once(
            key="p",
            action="funds.draft.post",
            body={},
            do=lambda: {"voucher": str(office.post(draft))},
            now=office.now,
            by=office.controller,
        )

    with pytest.raises(NotEnough):
        pay()
    assert not KeptAnswer.objects.exists()
    office.receive(500_000)
    assert pay() == pay() == {"voucher": "PC-2025-000001"}


def test_twenty_sends_of_one_draft_at_once_write_one(live_office):
    answers = at_once(lambda _: write(live_office, "same"), AT_ONCE)
    assert [one for one in answers if isinstance(one, Exception)] == []
    assert len({str(one) for one in answers}) == 1
    assert (Draft.objects.count(), KeptAnswer.objects.count()) == (1, 1)


def test_twenty_sends_of_one_posting_at_once_book_one(live_office):
    draft = live_office.draft(VoucherKind.RECEIPT, Line("112", "511", 3_000_000))

    def send(_):
        return once(
            key="post",
            action="funds.draft.post",
            body={"draft": str(draft.pk)},
            do=lambda: {
                "voucher": str(services.post_draft(draft=draft, now=live_office.now, by=live_office.controller))
            },
            now=live_office.now,
            by=live_office.controller,
        )

    answers = at_once(send, AT_ONCE)
    assert answers == [{"voucher": "PT-2025-000001"}] * AT_ONCE
    assert (Voucher.objects.count(), balance_of(live_office.fund, "112")) == (1, 3_000_000)


def test_twenty_sends_with_other_contents_under_one_key_write_one_and_refuse_the_rest(live_office):
    answers = at_once(lambda number: write(live_office, "same", amount=1_000 + number), AT_ONCE)
    assert sum(isinstance(one, SentOtherwise) for one in answers) == AT_ONCE - 1
    assert Draft.objects.count() == 1
