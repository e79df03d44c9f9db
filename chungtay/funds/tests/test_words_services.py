"""Who hears of a fund: who books, pays, confirms and matches; one notice for many, in the transaction of the act, never a name."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from chungtay.funds import closing, services
from chungtay.funds.bank import importing
from chungtay.funds.bank.accounts import open_account
from chungtay.funds.rules import Content, Line
from chungtay.funds.tests.statements import LINES, workbook
from chungtay.ledger.entries import VoucherKind
from chungtay.notices import services as notices
from chungtay.notices.models import Notice
from tests.databases.at_once import at_once

pytestmark = pytest.mark.django_db


def told(kind=None):
    rows = Notice.objects.order_by("at", "id").select_related("to")
    return [(one.to.username, one.kind) for one in (rows.filter(kind=kind) if kind else rows)]


def test_drafts_wait_for_who_books_once_until_read(office):
    for _ in range(3):
        office.draft(VoucherKind.RECEIPT, Line("112", "511", 5_000))
    assert told() == [("kiemsoat", "funds.waits")]
    notices.mark_read(notices=None, now=office.now, by=office.controller)
    many = [(office.content(VoucherKind.RECEIPT, Line("112", "511", 7_000)), None)] * 300
    services.write_drafts(fund=office.fund, contents=many, now=office.now, by=office.accountant)
    assert told() == [("kiemsoat", "funds.waits")] * 2, "three hundred are one notice"
    one = Notice.objects.first()
    assert "Nguyễn" not in one.subject + one.text and "5.000" not in one.subject + one.text


def test_a_draft_that_was_not_kept_was_never_told(office):
    def write():
        content = Content(VoucherKind.RECEIPT, office.now.date(), (Line("112", "511", 5_000),), "m", "p")
        services.write_draft(fund=office.fund, content=content, now=office.now, by=office.accountant)

    with pytest.raises(RuntimeError), transaction.atomic():
        write()
        raise RuntimeError("the act fails")
    assert told() == []
    write()
    assert told() == [("kiemsoat", "funds.waits")]


def test_a_booked_payment_waits_for_who_hands_it_out_and_a_receipt_for_nobody(office):
    office.receive(90_000)
    Notice.objects.all().delete()
    office.receive(10_000)
    office.spend(20_000)
    office.spend(30_000)
    pays = [one for one in told() if one[0] != "kiemsoat"]
    assert sorted(pays) == [("ketoan", "funds.waits"), ("thuquy", "funds.waits")]


def test_a_month_waits_for_the_second_person_and_who_asked_hears_what_became_of_it(office):
    office.receive(10_000)
    Notice.objects.all().delete()
    later = office.now + timedelta(days=40)
    given = {"body": office.fund.body, "day": office.now.date()}
    closing.ask(**given, to_close=True, now=later, by=office.accountant)
    closing.confirm(**given, now=later + timedelta(hours=1), by=office.controller)
    assert told() == [("kiemsoat", "funds.waits"), ("ketoan", "funds.settled")]
    assert "đã khóa" in Notice.objects.get(kind="funds.settled").subject


def test_a_month_that_ended_is_told_by_its_chain_until_somebody_asks_to_close_it(office):
    office.receive(10_000)
    Notice.objects.all().delete()
    found = {}
    for day in (date(2025, 3, 20), date(2025, 3, 28), date(2025, 4, 2), date(2025, 4, 5), date(2025, 4, 10)):
        before = set(Notice.objects.values_list("pk", flat=True))
        notices.tell_due(now=office.now.replace(month=day.month, day=day.day))
        fresh = Notice.objects.exclude(pk__in=before).select_related("to")
        found[f"{day:%d/%m}"] = sorted(one.to.username for one in fresh)
    assert {day: who for day, who in found.items() if who} == {
        "28/03": ["ketoan", "thuquy"], "05/04": ["ketoan", "thuquy"], "10/04": ["kiemsoat"]
    }  # fmt: skip
    closing.ask(
        body=office.fund.body, day=date(2025, 3, 1), to_close=True,
        now=office.now.replace(month=4, day=11), by=office.accountant,
    )  # fmt: skip
    before = Notice.objects.count()
    notices.tell_due(now=office.now.replace(month=4, day=20))
    assert Notice.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_drafts_written_at_the_same_moment_are_one_notice(live_office):
    office = live_office

    def write(_):
        content = Content(VoucherKind.RECEIPT, office.now.date(), (Line("112", "511", 5_000),), "m", "p")
        services.write_draft(fund=office.fund, content=content, now=office.now, by=office.accountant)

    at_once(write, 4)
    assert told() == [("kiemsoat", "funds.waits")]


def test_lines_of_a_statement_that_contradict_are_told_to_who_matches_once_a_file(office):
    account = open_account(
        fund=office.fund, code="cao-lanh", bank="970436", number="1017999888", holder="QUY", now=office.now, by=None
    )

    def take(lines, **more):
        importing.import_statement(
            account=account, data=workbook(lines), name="a.xlsx", now=office.now, by=office.accountant, **more
        )

    take(LINES)
    day, ref, _, memo, who = LINES[-1]
    changed = [*LINES[:-1], (day, ref, 9_000_000, memo, who), (day, "FT009", 5, "moi", "")]
    with pytest.raises(importing.NotTakenIn):
        take(changed)
    assert told() == [], "nothing was taken in: who did it has read why"
    take(changed, keep_good=True)
    assert {who for who, kind in told("funds.conflict")} == {"kiemsoat", "thuquy"}
    one = Notice.objects.filter(kind="funds.conflict").first()
    assert "1 dòng mâu thuẫn" in one.subject and "1017999888" not in one.subject + one.text
