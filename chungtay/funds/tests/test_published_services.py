"""What was published: no number of a person in any byte, sums of ledger and bank, seals that find a cut or rewritten book."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from chungtay.access.selectors import NotAllowed
from chungtay.funds import books, services
from chungtay.funds.bank.reconciling import all_days, compared
from chungtay.funds.bank.settling import NotExplained, settle
from chungtay.funds.bank.settling_many import settle_all, sure_pairs
from chungtay.funds.disclosure import frozen
from chungtay.funds.disclosure.clocks import duties_of
from chungtay.funds.disclosure.composing import can_compose, compose
from chungtay.funds.models import FrozenDay, LineState, Standing, StatementLine
from chungtay.funds.tests.making import NOW
from chungtay.funds.tests.statements import workbook
from chungtay.ledger.chain import GENESIS, chain_hash
from chungtay.ledger.invariants import verify
from chungtay.papers.sheets import write_sheet_workbook

DAY, NEXT = date(2025, 3, 3), date(2025, 3, 4)
CANARIES = ("0912345678", "0987 654 321", "087199001234", "1017999888123", "0123.456.789", "me.canary@example.vn")
PEOPLE = ("PHAM THI CANARY", "Phạm Thị Canary")
LINES = [
    *(
        (DAY, f"FT{at}", 100_000 + at, f"PHAM THI CANARY {canary} ung ho", "PHAM THI CANARY")
        for at, canary in enumerate(CANARIES)
    ),
    (DAY, "FT90", -250_000, "UNC cho Phạm Thị Canary 0912345678", "PHAM THI CANARY"),
    (NEXT, "FT91", 700_000, "ung ho", ""),
]


@pytest.fixture
def account(office, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    for at in range(len(CANARIES)):
        office.receive(100_000 + at, on=DAY, party="Phạm Thị Canary")
    office.spend(250_000, on=DAY, party="Phạm Thị Canary")
    office.receive(700_000, on=NEXT)
    made = services.open_account(
        fund=office.fund, code="cl", bank="970436", number="1017999888", holder="QUY", now=NOW, by=None
    )
    services.import_statement(account=made, data=workbook(LINES), name="a.xlsx", now=NOW, by=office.accountant)
    return made


def agree(office, account, lines=None):
    rows = StatementLine.objects.select_related("standing").order_by("id")
    pairs = sure_pairs(account, rows if lines is None else lines)
    return settle_all(account=account, pairs=pairs, now=NOW, by=office.controller)


def publish(office, account):
    return services.freeze_days(account=account, last=NEXT, now=NOW, by=office.controller)


def breaches(*asked):
    return [breach.name for breach in verify(books.whole_book(asked))]


# -- settling what is beyond doubt -----------------------------------------------------------------------------


def test_what_is_beyond_doubt_is_settled_at_once_and_adds_up(office, account):
    marks = agree(office, account)
    assert len(marks) == len(LINES)
    assert set(Standing.objects.values_list("state", flat=True)) == {LineState.MATCHED}
    assert breaches() == []
    assert agree(office, account) == []


def test_a_voucher_that_is_best_for_two_lines_is_sure_for_neither(office, account):
    twin = [(NEXT, "FT92", 700_000, "ung ho", "")]
    services.import_statement(account=account, data=workbook(twin), name="b.xlsx", now=NOW, by=office.accountant)
    lines = StatementLine.objects.filter(credit=700_000).select_related("standing")
    assert len(lines) == 2
    assert sure_pairs(account, lines) == []


def test_pairs_that_do_not_hold_are_refused_together(office, account):
    pairs = sure_pairs(account, StatementLine.objects.order_by("id"))
    (first, of_first), (second, of_second) = pairs[:2]
    for wrong in ([(first, of_second)], [(first, of_first), (second, of_first)], [(first, of_first)] * 2):
        with pytest.raises(NotExplained):
            settle_all(account=account, pairs=[*pairs[2:], *wrong], now=NOW, by=office.controller)
    assert not Standing.objects.exists()
    settle(line=first, vouchers={of_first: first.credit}, now=NOW, by=office.controller)
    with pytest.raises(NotExplained):
        settle_all(account=account, pairs=pairs, now=NOW, by=office.controller)
    with pytest.raises(NotAllowed):
        stranger = office.cast.person("nguoi.la", "Người Lạ", "Khách")
        settle_all(account=account, pairs=pairs[1:], now=NOW, by=stranger)


# -- canaries --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("settled", [True, False])
def test_no_number_and_no_name_of_a_person_is_in_any_published_byte(office, account, settled):
    if settled:
        agree(office, account)
    publish(office, account)
    names = sorted(path.name for path in frozen.folder().iterdir())
    assert len(names) == 6
    for name in names:
        data = (frozen.folder() / name).read_bytes()
        text = data.decode("utf-8", "replace")
        for canary in (*CANARIES, *PEOPLE, "1017999888"):
            assert canary not in text, (name, canary)
        if not name.endswith(".sqlite3"):  # its pages hold numbers of their own
            bare = re.sub(r'"[0-9a-f]{64}"', "", text)
            assert re.findall(r"(?<!\d)0\d{9}(?!\d)|(?<!\d)\d{12}(?!\d)", bare) == []


def test_what_is_told_of_a_drive_holds_no_person(office, account):
    drive = services.open_campaign(
        fund=office.fund,
        code="tcd",
        name="Tháng cao điểm 2025",
        starts_on=DAY,
        ends_on=NEXT,
        distribution_ends_on=NEXT,
        appeal="Lời kêu gọi (minh họa)",
        now=NOW,
        by=None,
    )
    told = [compose(drive, duty.rule, made_on=NOW.date()) for duty in duties_of(drive)]
    assert len(told) == 5
    assert all(can_compose(duty.rule.kind) for duty in duties_of(drive))
    for one in told:
        said = str(one.sheet)
        for canary in (*CANARIES, *PEOPLE):
            assert canary not in said
        assert write_sheet_workbook(one.sheet) == write_sheet_workbook(one.sheet)
    [spent] = [one.sheet for one in told if one.sheet.code == "cong-khai-spent"]
    assert spent.rows[-1].cells[-1] == 250_000
    again = compose(drive, duties_of(drive)[0].rule, made_on=NOW.date() + timedelta(days=9))
    assert again.digest == told[0].digest, "the day of printing is not what is told"


# -- sums ------------------------------------------------------------------------------------------------------


def test_bank_book_and_what_was_told_are_equal_day_by_day(office, account):
    agree(office, account)
    assert [day.is_told for day in compared(account, DAY, NEXT)] == [False, False]
    publish(office, account)
    days = compared(account, DAY, NEXT)
    assert [(day.difference, day.is_told) for day in days] == [(0, True), (0, True)]
    assert sum(day.told_in for day in days) == sum(amount for *_, amount, _, _ in LINES if amount > 0)
    counted = all_days()
    assert (counted.moved, counted.equal, counted.told) == (2, 2, 2)


def test_a_line_that_comes_later_leaves_the_published_day_true_for_its_time(office, account):
    publish(office, account)
    late = NOW + timedelta(days=1)
    more = workbook([(DAY, "FT99", 5_000, "ung ho", "")])
    services.import_statement(account=account, data=more, name="b.xlsx", now=late, by=office.accountant)
    assert breaches() == []
    assert [day.is_told for day in compared(account, DAY, NEXT)] == [False, True]
    made = services.freeze_days(account=account, last=NEXT, now=late, by=office.controller)
    assert [(one.day, one.edition) for one in made] == [(DAY, 2)]


def test_only_days_that_changed_get_a_new_edition(office, account):
    assert len(publish(office, account)) == 2
    assert publish(office, account) == []
    with pytest.raises(NotAllowed):
        services.freeze_days(account=account, last=NEXT, now=NOW, by=office.accountant)
    assert FrozenDay.objects.count() == 2


# -- seals -----------------------------------------------------------------------------------------------------


def test_the_manifest_says_its_files_and_the_seal_of_the_book(office, account):
    one = publish(office, account)[0]
    said = json.loads((frozen.folder() / frozen.file_name(one, "json")).read_bytes())
    assert said["files"] == {
        frozen.file_name(one, "csv"): one.csv_sha256,
        frozen.file_name(one, "sqlite3"): one.sqlite_sha256,
    }
    assert said["book"] == {"vouchers": 8, "head": one.book_hash}
    assert breaches(one.book_hash) == []
    (frozen.folder() / frozen.file_name(one, "json")).write_bytes(b"{}")
    assert [fault.file for fault in frozen.faults_of(account)] == [frozen.file_name(one, "json")]


def test_a_cut_tail_is_found_by_the_seal(office, account):
    seal = publish(office, account)[0].book_hash
    whole = books.whole_book([seal])
    cut = replace(whole, vouchers=[v for v in whole.vouchers if v.hash != seal], stored=None, bank_links=())
    assert {breach.name for breach in verify(cut)} == {"published-seal-in-chain", "kept-seal-known"}


def test_a_book_written_anew_is_found_by_the_seal_that_was_kept_outside(office, account):
    """Whoever owns the database can recompute every hash, and the published rows too; not what others kept."""
    seal = publish(office, account)[0].book_hash
    whole = books.whole_book([seal])
    vouchers, last = [], GENESIS
    for old in whole.vouchers:
        entries = tuple(replace(entry, memo="viết lại") for entry in old.entries)
        new = replace(old, entries=entries, previous_hash=last)
        last = chain_hash(last, new)
        vouchers.append(replace(new, hash=last))
    anew = replace(whole, vouchers=vouchers, published=())
    assert {breach.name for breach in verify(anew)} == {"kept-seal-known"}
    assert {breach.name for breach in verify(replace(anew, asked=(), published=whole.published))} == {
        "published-seal-in-chain"
    }


def test_a_published_sum_that_was_changed_in_the_database_is_named(office, account):
    one = publish(office, account)[0]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER funds_frozenday_no_update")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the commit would hold the table
            cursor.execute("ALTER TABLE funds_frozenday DISABLE TRIGGER USER")
        cursor.execute("UPDATE funds_frozenday SET received = received + 1 WHERE id = %s", [one.pk])
    assert breaches() == ["published-day-equals-bank"]
