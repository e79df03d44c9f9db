"""Vouchers booked together leave the same books as vouchers booked one by one, and are refused for the same reasons."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.access.selectors import NotAllowed
from chungtay.audit import rows
from chungtay.audit.models import AuditEvent
from chungtay.funds import books, services
from chungtay.funds.models import Balance, BookHead, Counter, Draft, Entry, GiftCode, Voucher, VoucherWords
from chungtay.funds.rules import Line
from chungtay.kernel.errors import DomainError
from chungtay.ledger.entries import VoucherKind
from chungtay.ledger.invariants import verify

AMOUNTS = st.integers(1, 3_000_000)
PURPOSES = st.sampled_from(["", "nha-o", "hoc-bong"])
RECEIVED = st.tuples(st.just("in"), st.lists(st.tuples(st.sampled_from(["111", "112"]), AMOUNTS, PURPOSES), min_size=1))
SPENT = st.tuples(st.just("out"), st.lists(st.tuples(st.sampled_from(["111", "112"]), AMOUNTS, PURPOSES), min_size=1))
GOODS = st.tuples(st.sampled_from(["rice in", "rice out"]), st.integers(1, 90))
STORY = st.lists(st.tuples(st.one_of(RECEIVED, RECEIVED, SPENT, GOODS), st.integers(0, 40)), min_size=1, max_size=12)


class Told(Exception):
    """Ends an example, so that its transaction is rolled back."""


def content_of(office, act, ago):
    what, said = act
    on = office.now.date() - timedelta(days=ago)
    match what:
        case "in":
            lines = [Line(till, "511", amount, purpose) for till, amount, purpose in said]
            return office.content(VoucherKind.RECEIPT, *lines, on=on)
        case "out":
            lines = [Line("6116", till, amount, purpose) for till, amount, purpose in said]
            return office.content(VoucherKind.PAYMENT, *lines, on=on)
        case "rice in":
            line = Line("152", "512", said * 20_000, item="gạo, kg", quantity=said)
            return office.content(VoucherKind.IN_KIND_RECEIPT, line, on=on)
    line = Line("6120", "152", said * 20_000, item="gạo, kg", quantity=said)
    return office.content(VoucherKind.IN_KIND_ISSUE, line, on=on)


def books_now():
    """Return all that is kept of vouchers, without the ids of drafts, which differ."""
    kept = [
        list(Voucher.objects.order_by("id").values_list("id", "hash", "number", "amount", "occurred_on", "memo")),
        list(Entry.objects.order_by("id").values_list()),
        sorted(Balance.objects.values_list("fund", "purpose", "account", "debit", "credit")),
        sorted(Counter.objects.values_list("prefix", "year", "last")),
        list(VoucherWords.objects.order_by("pk").values_list()),
        list(GiftCode.objects.order_by("pk").values_list("pk", flat=True)),
    ]
    assert verify(books.whole_book()) == []
    return kept


def what_comes_of(work):
    """Return the books after some work, or the sentence with which it was refused; nothing of it stays."""
    told = None
    with pytest.raises(Told), transaction.atomic():
        try:
            with transaction.atomic():
                work()
        except DomainError as refused:
            told = str(refused)
        told = told or books_now()
        raise Told
    return told


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(story=STORY)
def test_many_at_once_are_booked_or_refused_as_one_by_one(office, story):
    contents = [content_of(office, act, ago) for act, ago in story]
    with transaction.atomic():
        BookHead.objects.get_or_create(
            body=office.fund.body
        )  # its number is in every id, and a sequence never goes back
        drafts = [
            services.write_draft(fund=office.fund, content=one, now=office.now, by=office.accountant)
            for one in contents
        ]

    def one_by_one():
        for draft in drafts:
            services.post_draft(draft=draft, now=office.now, by=office.controller)

    def as_a_book():
        services.post_book(
            fund=office.fund, contents=contents, author=office.accountant, now=office.now, by=office.controller
        )

    singly = what_comes_of(one_by_one)
    together = what_comes_of(lambda: services.post_drafts(drafts=drafts, now=office.now, by=office.controller))
    whole = what_comes_of(as_a_book)
    assert together == singly
    if isinstance(singly, str):
        assert singly in whole
    else:
        assert whole == singly


def test_a_refused_book_names_the_voucher_and_leaves_nothing(office):
    contents = [
        office.content(VoucherKind.RECEIPT, Line("112", "511", 500_000)),
        office.content(VoucherKind.PAYMENT, Line("6116", "112", 500_001)),
    ]
    with pytest.raises(services.NotBooked, match=r"Chứng từ thứ 2: .*còn thiếu 1 đồng .* Chưa ghi chứng từ nào"):
        services.post_book(
            fund=office.fund, contents=contents, author=office.accountant, now=office.now, by=office.controller
        )
    assert (Voucher.objects.count(), Balance.objects.count(), Counter.objects.count()) == (0, 0, 0)


def test_a_book_needs_two_persons_and_one_event_tells_of_it(office):
    contents = [office.content(VoucherKind.RECEIPT, Line("112", "511", 1_000 + at)) for at in range(30)]
    for author, by in ((office.controller, office.controller), (office.accountant, office.accountant)):
        with pytest.raises(NotAllowed):
            services.post_book(fund=office.fund, contents=contents, author=author, now=office.now, by=by)
    services.post_book(
        fund=office.fund, contents=contents, author=office.accountant, now=office.now, by=office.controller
    )
    event = AuditEvent.objects.get(code="funds.book.posted")
    assert (event.data["vouchers"], event.data["hash"]) == (30, Voucher.objects.get(position=30).hash)
    assert office.receive(5).number == 31
    assert verify(books.whole_book()) == []


def test_drafts_named_twice_are_booked_once(office):
    draft = office.draft(VoucherKind.RECEIPT, Line("112", "511", 7))
    assert len(services.post_drafts(drafts=[draft, draft], now=office.now, by=office.controller)) == 1
    assert Draft.objects.get().revision == 2


def test_more_rows_than_are_sent_at_once_all_arrive(office, monkeypatch):
    monkeypatch.setattr(rows, "AT_ONCE", 30)
    line = [Line("112", "511", 1 + at, donor=f"Người thứ {at}") for at in range(100)]
    [voucher] = services.post_book(
        fund=office.fund,
        contents=[office.content(VoucherKind.RECEIPT, *line)],
        author=office.accountant,
        now=office.now,
        by=office.controller,
    )
    assert list(voucher.entries.order_by("id").values_list("amount", flat=True)) == list(range(1, 101))
    assert verify(books.whole_book()) == []


def test_the_tables_refuse_rows_that_do_not_hold(office):
    voucher = office.receive(5)
    row = list(Entry.objects.values_list().get(voucher=voucher))
    for at in (1, 30):
        wrong = [[voucher.pk + 100 + n, *row[1:5], 0, *row[6:]] for n in range(at)]
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.insert(Entry, wrong)
    assert Entry.objects.count() == 1
