"""Every page of the funds that changes money or state does so once, however often and however much at once it is sent."""

import inspect
from datetime import date

import pytest
from django.urls import URLPattern, get_resolver

from chungtay.funds import services
from chungtay.funds.checks import balance_of
from chungtay.funds.models import KeptAnswer, TransferOrder, Voucher
from chungtay.funds.rules import Line
from chungtay.funds.tests.making import NOW
from chungtay.funds.tests.test_voucher_views import at, page_of
from chungtay.ledger.entries import VoucherKind
from tests.databases.at_once import at_once

SENDS = 20
BY_KEY = {
    "bank-code", "bank-line-leave-out", "bank-line-settle", "bank-line-take-back", "campaign-detail",
    "disclosure-duty", "draft-create", "draft-drop", "draft-edit", "draft-post", "frozen-list", "gift-detail", "month-list",
    "outside-create", "outside-detail", "pledge-create", "pledge-detail", "reversal-ask", "reversal-decide",
    "transfer-list", "voucher-pay",
}  # fmt: skip
BY_WHAT_THEY_ARE = {
    "bank-account-open": "an account of a bank is there once (constraint)",
    "bank-import": "keeps a file for an hour and changes no money",
    "bank-import-columns": "remembers columns: the same again is the same",
    "bank-import-preview": "lines have keys: the same file again adds nothing",
    "bank-line-reveal": "shows; every look is one line of the audit, also the second",
    "campaign-create": "a code names one campaign of a fund (constraint)",
    "year-close": "one closing waits at a time, under the lock of the book",
}


def doors():
    """Return the pages of the funds that take POST, by name, with their views."""
    found = {}

    def walk(patterns):
        for one in patterns:
            if not isinstance(one, URLPattern):
                walk(one.url_patterns)
            elif one.callback.__module__.startswith("chungtay.funds."):
                found[one.name] = inspect.unwrap(one.callback)

    walk(get_resolver().url_patterns)
    return {
        name: view for name, view in found.items() if '"POST"' in _head_of(view) or "require_POST" in _head_of(view)
    }


def _head_of(view):
    return inspect.getsource(view).partition("def ")[0]


def test_every_page_that_changes_something_is_named_with_why_it_does_so_once():
    found = doors()
    assert set(found) == BY_KEY | set(BY_WHAT_THEY_ARE)
    without = [name for name in BY_KEY if ".once(" not in inspect.getsource(inspect.getmodule(found[name]))]
    assert without == []


def test_a_posting_sent_twenty_times_at_once_books_one(live_office):
    draft = live_office.draft(VoucherKind.RECEIPT, Line("112", "511", 3_000_000))
    said = {"key": "the-page", "revision": draft.revision}

    def send(_):
        answer = page_of(live_office.controller).post(at("draft-post", live_office, draft.pk), said)
        return answer.status_code, answer.headers.get("Location")

    answers = at_once(send, SENDS)
    assert set(answers) == {(302, at("voucher-detail", live_office, str(Voucher.objects.get())))}
    assert balance_of(live_office.fund, "112") == 3_000_000


@pytest.fixture
def order(office):
    sister = services.open_fund(
        body=office.fund.body, code="cuu-tro", name="Quỹ cứu trợ", opened_on=date(2020, 1, 1), now=NOW, by=None
    )

    def send(code="CT-01", **headers):
        said = {"receiver": sister.pk, "code": code, "amount": "300.000", "memo": "Hỗ trợ", "purpose": ""}
        return page_of(office.accountant).post(at("transfer-list", office), said, headers=headers)

    return send


def test_a_program_gives_its_key_in_the_header(order):
    first, again = (order(**{"Idempotency-Key": "k-1"}) for _ in range(2))
    assert (first.status_code, again.status_code) == (302, 302)
    other = order(code="CT-02", **{"Idempotency-Key": "k-1"})
    assert other.status_code == 422
    assert "với nội dung khác" in other.content.decode()
    assert (TransferOrder.objects.count(), KeptAnswer.objects.get().key) == (1, "k-1")


def test_an_answer_is_kept_for_ever_in_the_database(order):
    """So that it outlives a restart and ninety days: nothing forgets it, and the table refuses to."""
    order(**{"Idempotency-Key": "k-1"})
    kept = KeptAnswer.objects.get()
    with pytest.raises(Exception, match="KeptAnswer"):
        kept.delete()
