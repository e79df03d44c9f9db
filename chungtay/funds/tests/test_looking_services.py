"""The search of the public finds what was published, as it was published, and nothing by what was hidden."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chungtay.funds import public, services
from chungtay.funds.bank.settling import leave_out
from chungtay.funds.disclosure import frozen, looking
from chungtay.funds.disclosure.looking import as_published
from chungtay.funds.models import StatementLine
from chungtay.funds.tests.making import NOW
from chungtay.funds.tests.statements import workbook
from chungtay.textsearch.parsing import parse
from chungtay.textsearch.query import Query

DAY, NEXT = date(2025, 3, 3), date(2025, 3, 4)


def publish(office, account, last=DAY):
    return services.freeze_days(account=account, last=last, now=NOW, by=office.controller)


def refs(found):
    rows = StatementLine.objects.in_bulk([one.line.id for one in found.lines])
    return sorted(rows[one.line.id].ref for one in found.lines)


def test_nothing_is_found_before_it_is_published(office, account):
    assert public.look(Query()) == public.Looked(0, 0, ())
    publish(office, account)
    found = public.look(Query())
    assert (found.count, found.total) == (4, 630_000)
    assert public.published_line(StatementLine.objects.get(ref="FT003").pk) is None, "the next day is not out"


@pytest.mark.parametrize("words", ["ung ho", "ỦNG HỘ", "Ung Ho"])
def test_words_are_found_whatever_their_marks(office, account, words):
    publish(office, account)
    assert refs(public.look(parse(words))) == ["FT001", "FT002", "FT002", "FT900"]


@pytest.mark.parametrize("hidden", ["nguyen van a", "le thi b", "0912345678", "087199001234", "1017999888"])
def test_nobody_is_found_by_what_was_hidden(office, account, hidden):
    """The line is there and the words stand in the statement: only the published text is asked."""
    publish(office, account)
    assert public.look(parse(f'"{hidden}"')).count == 0
    line = public.published_line(StatementLine.objects.get(ref="FT900").pk)
    assert hidden not in " ".join(map(str, line.line.cells)).lower()


def test_amounts_days_and_accounts_narrow(office, account):
    publish(office, account, last=NEXT)
    assert refs(public.look(parse("tiền:50.000"))) == ["FT002", "FT002"]
    of_a_day = public.look(Query(day_from=NEXT.toordinal(), day_to=NEXT.toordinal()))
    assert (of_a_day.count, of_a_day.total, refs(of_a_day)) == (1, -200_000, ["FT003"])
    other = services.open_account(
        fund=office.fund, code="hai", bank="970436", number="2222999888", holder="QUY", now=NOW, by=None
    )
    assert public.look(Query(), account).count == 5
    assert public.look(Query(), other).count == 0
    services.import_statement(
        account=other, data=workbook([(DAY, "FT77", 70_000, "ung ho them", "")]), name="b.xlsx", now=NOW, by=office.accountant
    )  # fmt: skip
    publish(office, other)
    assert refs(public.look(Query(), other)) == ["FT77"]
    assert public.look(Query()).count == 6, "the index grew by what came"


def test_a_day_that_is_published_anew_is_found_as_it_is_now(office, account):
    publish(office, account)
    line = StatementLine.objects.get(ref="FT001")
    assert public.published_line(line.pk).line.state == "unmatched"
    leave_out(line=line, reason="Chuyển nhầm", now=NOW, by=office.accountant)
    assert public.published_line(line.pk).line.state == "unmatched", "as it was published, not as it is"
    frozen.freeze_day(account=account, day=DAY, now=NOW + timedelta(hours=1), by=office.controller)
    found = public.look(parse("ung ho"))
    assert found.count == 4, "each line once"
    assert {one.frozen.edition for one in found.lines} == {2}
    assert public.published_line(line.pk).line.state == "excluded"


def test_pages_are_of_one_order_and_have_no_line_twice(office, account):
    publish(office, account, last=NEXT)
    query = Query(limit=2)
    pages = [public.look(replace(query, offset=offset)) for offset in (0, 2, 4)]
    ids = [one.line.id for page in pages for one in page.lines]
    assert len(ids) == len(set(ids)) == 5


def test_lines_are_given_as_their_files_have_them(office, account):
    publish(office, account)
    told = as_published(StatementLine.objects.all())
    assert {line.pk for line in StatementLine.objects.filter(booked_on=DAY)} == set(told)
    assert as_published([]) == {}


def test_files_come_byte_for_byte_and_only_published_ones(office, account):
    [made] = publish(office, account)
    name, data = public.told_file(account.pk, DAY, 1, "csv")
    assert frozen.sha256(data) == made.csv_sha256 and name == frozen.file_name(made, "csv")
    for asked in ((DAY, 2, "csv"), (NEXT, 1, "csv"), (DAY, 1, "exe")):
        assert public.told_file(account.pk, *asked) is None
    [told] = public.told_accounts()
    assert (told.lines, told.received, told.paid) == (4, 630_000, 0)


def test_a_giver_finds_their_gift_by_its_code_and_nobody_by_a_wrong_one(office):
    voucher = office.receive(500_000, on=DAY, party="Nguyễn Văn Kín")
    trail = public.gift_told(voucher.gift_code.code.lower(), on=DAY)
    assert trail.amount == 500_000 and "Kín" not in trail.giver.name
    assert public.gift_told("0" * 14, on=DAY) is None


def test_another_process_begins_with_what_was_kept(office, account, monkeypatch):
    monkeypatch.setattr(looking, "LINES_BETWEEN_SAVES", 1)
    looking._registry.clear()
    publish(office, account)
    before = public.look(parse("ung ho"))
    looking._registry.clear()  # as in a process that has just begun
    with monkeypatch.context() as inside:
        inside.setattr(looking._Held, "_rows", lambda self, fresh: pytest.fail("read again") if fresh else iter(()))
        assert public.look(parse("ung ho")) == before
    publish(office, account, last=NEXT)
    assert public.look(Query()).count == 5, "and goes on from there"


def test_what_was_kept_of_other_days_is_not_used(office, account, monkeypatch):
    monkeypatch.setattr(looking, "LINES_BETWEEN_SAVES", 1)
    looking._registry.clear()
    publish(office, account)
    public.look(Query())
    leave_out(line=StatementLine.objects.get(ref="FT001"), reason="Chuyển nhầm", now=NOW, by=office.accountant)
    frozen.freeze_day(account=account, day=DAY, now=NOW + timedelta(hours=1), by=office.controller)
    looking._registry.clear()
    assert {one.frozen.edition for one in public.look(Query()).lines} == {2}
