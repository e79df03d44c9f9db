"""What must be told and by when, the proof that it was, and published days that nobody can change unseen."""

import csv
import hashlib
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from io import StringIO

import pytest

from chungtay.access.selectors import NotAllowed
from chungtay.funds import services
from chungtay.funds.bank.reconciling import compared
from chungtay.funds.bank.settling import leave_out
from chungtay.funds.disclosure import frozen
from chungtay.funds.disclosure.clocks import Clock, duties_of
from chungtay.funds.disclosure.files import as_csv
from chungtay.funds.disclosure.log import NotADisclosure, tell
from chungtay.funds.models import FrozenDay, Medium, StatementLine
from chungtay.funds.tests.making import NOW

DAY = date(2025, 3, 3)


@pytest.fixture
def campaign(office):
    return services.open_campaign(
        fund=office.fund,
        code="TCD2025",
        name="Tháng cao điểm 2025",
        starts_on=date(2025, 10, 17),
        ends_on=date(2025, 11, 18),
        distribution_ends_on=date(2025, 12, 8),
        appeal="Lời kêu gọi số 3/LKG",
        now=NOW,
        by=None,
    )


def test_a_drive_has_its_clocks_with_their_legal_basis_not_yet_checked(campaign):
    duties = {duty.rule.kind: duty for duty in duties_of(campaign)}
    assert (duties["how"].first, duties["how"].last) == (date(2025, 10, 14), date(2025, 10, 16))
    assert duties["raised"].last == date(2025, 12, 3)
    assert duties["spent"].last == date(2026, 1, 7)
    assert not any(duty.rule.is_verified for duty in duties.values())


@pytest.mark.parametrize(
    ("today", "clock"),
    [(date(2025, 11, 1), Clock.NOT_YET), (date(2025, 12, 1), Clock.DUE), (date(2025, 12, 4), Clock.OVERDUE)],
)
def test_what_was_not_told_is_due_and_then_overdue(campaign, today, clock):
    [raised] = [duty for duty in duties_of(campaign) if duty.rule.kind == "raised"]
    assert raised.clock(today) is clock


def test_what_was_told_stops_the_clock_and_says_where(office, campaign):
    later = NOW + timedelta(days=300)
    tell(
        campaign=campaign,
        kind="raised",
        medium=Medium.COMMUNITY,
        where="Nhà văn hóa khóm 2",
        posted_on=date(2025, 12, 5),
        picture_sha256=hashlib.sha256(b"anh").hexdigest(),
        now=later,
        by=office.controller,
    )
    [raised] = [duty for duty in duties_of(campaign) if duty.rule.kind == "raised"]
    assert raised.clock(date(2025, 12, 6)) is Clock.LATE
    assert raised.told[0].where == "Nhà văn hóa khóm 2"


def test_a_posting_in_the_future_or_nowhere_is_refused(office, campaign):
    for wrong in ({"where": " "}, {"posted_on": date(2030, 1, 1)}):
        said = {"where": "https://vidu.example", "posted_on": DAY} | wrong
        with pytest.raises(NotADisclosure):
            tell(campaign=campaign, kind="how", medium=Medium.WEBSITE, now=NOW, by=office.controller, **said)


def test_a_published_day_hides_people_and_adds_up_to_the_bank(office, account):
    made = frozen.freeze_day(account=account, day=DAY, now=NOW, by=office.controller)
    text = (frozen.folder() / frozen.file_name(made, "csv")).read_text(encoding="utf-8")
    for hidden in ("0912345678", "087199001234", "1017999888"):
        assert hidden not in text
    rows = list(csv.DictReader(StringIO(text)))
    [day] = compared(account, DAY, DAY)
    assert sum(int(row["received"]) for row in rows) == made.received == day.bank_in == 630_000
    assert [int(row["id"]) for row in rows] == list(
        StatementLine.objects.filter(booked_on=DAY).order_by("id").values_list("id", flat=True)
    )
    with closing(sqlite3.connect(frozen.folder() / frozen.file_name(made, "sqlite3"))) as base:
        assert base.execute("SELECT count(*), sum(received) FROM lines").fetchone() == (4, 630_000)


def test_the_same_day_again_is_the_same_edition_and_a_change_a_new_one(office, account):
    first = frozen.freeze_day(account=account, day=DAY, now=NOW, by=office.controller)
    assert frozen.freeze_day(account=account, day=DAY, now=NOW, by=office.controller) == first
    leave_out(line=StatementLine.objects.get(ref="FT001"), reason="Chuyển nhầm", now=NOW, by=office.accountant)
    second = frozen.freeze_day(account=account, day=DAY, now=NOW, by=office.controller)
    assert (second.edition, FrozenDay.objects.count()) == (2, 2)
    assert frozen.faults_of(account) == []


def test_an_altered_or_lost_file_is_named(office, account):
    made = frozen.freeze_day(account=account, day=DAY, now=NOW, by=office.controller)
    path = frozen.folder() / frozen.file_name(made, "csv")
    path.write_bytes(path.read_bytes().replace(b"500000", b"500001"))
    (frozen.folder() / frozen.file_name(made, "sqlite3")).unlink()
    assert [fault.sentence for fault in frozen.faults_of(account)] == [
        f"Tệp {frozen.file_name(made, 'csv')} đã bị sửa: mã SHA-256 không khớp.",
        f"Tệp {frozen.file_name(made, 'sqlite3')} không còn.",
    ]


def test_a_day_that_is_not_over_or_empty_is_not_published_and_only_by_the_controller(office, account):
    for day in (NOW.date(), date(2024, 1, 1)):
        with pytest.raises(frozen.NothingToFreeze):
            frozen.freeze_day(account=account, day=day, now=NOW, by=office.controller)
    with pytest.raises(NotAllowed):
        frozen.freeze_day(account=account, day=DAY, now=NOW, by=office.accountant)


def test_a_memo_that_a_spreadsheet_would_calculate_is_text(office, account):
    line = StatementLine.objects.first()
    from chungtay.funds.disclosure.lines import public_line

    wild = public_line(line, None)
    text = as_csv([wild.__class__(**(vars(wild) | {"text": '=HYPERLINK("http://x")'}))]).decode()
    assert "'=HYPERLINK" in text
