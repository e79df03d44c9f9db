"""A gift has codes of its own; its giver is named when somebody said so, from then on; nobody else is ever named."""

from dataclasses import asdict
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from chungtay.access.selectors import NotAllowed
from chungtay.audit.models import AuditEvent
from chungtay.funds import services
from chungtay.funds.bank.settling import settle
from chungtay.funds.disclosure import frozen
from chungtay.funds.disclosure.lines import published
from chungtay.funds.donors.choosing import NotAGift, choose_naming, givers_of
from chungtay.funds.donors.codes import gift_of, spaced
from chungtay.funds.donors.public_trail import public_trail
from chungtay.funds.models import GiftCode, NamingChoice, NamingRule, StatementLine
from chungtay.funds.slips import slip_of
from chungtay.funds.tests.making import NOW
from chungtay.funds.tests.statements import LINES, workbook

DAY = date(2025, 3, 3)


@pytest.fixture
def gift(office):
    return office.receive(500_000, on=DAY, party="Nguyễn Văn A")


@pytest.fixture
def line(office, gift, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    account = services.open_account(
        fund=office.fund, code="cl", bank="970436", number="1017999888", holder="QUY", now=NOW, by=None
    )
    services.import_statement(account=account, data=workbook(LINES), name="a.xlsx", now=NOW, by=office.accountant)
    row = StatementLine.objects.get(ref="FT001")
    settle(line=row, vouchers={gift: 500_000}, now=NOW, by=office.controller)
    return StatementLine.objects.select_related("standing", "account").get(pk=row.pk)


def choose(office, gift, *, is_named, later=1, **more):
    said = {"said_by": "người ủng hộ, qua điện thoại", "now": NOW + timedelta(hours=later), "by": office.accountant}
    return choose_naming(voucher=gift, is_named=is_named, **(said | more))


def test_a_booked_gift_has_two_codes_and_a_payment_has_none(office, gift):
    more = office.receive(50_000)
    paid = office.spend(100_000)
    codes = {code.voucher_id: code for code in GiftCode.objects.all()}
    assert codes.keys() == {gift.pk, more.pk}
    assert paid.pk not in codes
    assert len({code for one in codes.values() for code in (one.code, one.alias)}) == 4
    assert {len(one.code) for one in codes.values()} == {14}


def test_a_code_is_read_as_people_type_it_and_a_wrong_one_finds_nothing(gift):
    code = gift.gift_code.code
    assert gift_of(f" {spaced(code).lower().replace(' ', '-')} ") == gift
    assert gift_of(code[:-1] + ("7" if code[-1] != "7" else "9")) is None
    assert gift_of(gift.gift_code.alias) is None


def test_the_code_is_printed_on_the_receipt(gift):
    assert spaced(gift.gift_code.code) in dict(slip_of(gift).fields).values()


def test_nobody_is_named_until_somebody_said_so_and_the_last_word_counts(office, gift):
    assert givers_of([gift], on=DAY)[gift.pk].name == f"Ẩn danh {gift.gift_code.alias}"
    choose(office, gift, is_named=True)
    assert givers_of([gift], on=DAY)[gift.pk].name == "Nguyễn Văn A"
    choose(office, gift, is_named=False, later=2)
    told = givers_of([gift], on=DAY)[gift.pk]
    assert (told.is_named, told.is_told) == (False, True)
    assert NamingChoice.objects.count() == 2
    assert AuditEvent.objects.filter(code="funds.giver.chose").count() == 2


def test_what_is_usual_is_dated_data_not_yet_checked(gift):
    [rule] = NamingRule.objects.all()
    assert (rule.is_named, rule.is_verified) == (False, False)
    NamingRule.objects.create(is_named=True, legal_basis="Quy định mới", valid_from=date(2026, 1, 1))
    assert not givers_of([gift], on=date(2025, 12, 31))[gift.pk].is_named
    assert givers_of([gift], on=date(2026, 1, 1))[gift.pk].is_named


@pytest.mark.parametrize("said_by", ["", "  "])
def test_a_choice_says_who_told_it(office, gift, said_by):
    with pytest.raises(NotAGift):
        choose(office, gift, is_named=True, said_by=said_by)


def test_only_who_keeps_the_fund_records_a_choice_and_only_of_gifts(office, gift):
    stranger = office.cast.person("nguoi.la", "Người Lạ", "Khách")
    with pytest.raises(NotAllowed):
        choose(office, gift, is_named=True, by=stranger)
    with pytest.raises(NotAGift):
        choose(office, office.spend(1_000), is_named=True)
    with pytest.raises(NotAGift):
        choose(office, office.receive(1_000, party="Không nêu tên"), is_named=True)


def test_a_choice_is_never_changed(office, gift):
    choice = choose(office, gift, is_named=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        NamingChoice.objects.filter(pk=choice.pk).using("default")._raw_delete("default")


def test_a_line_names_its_giver_only_from_the_choice_on(office, gift, line):
    [before] = published([line], on=DAY)
    assert "NGUYEN VAN A" not in before.text
    assert before.giver == f"Ẩn danh {gift.gift_code.alias}"
    first = frozen.freeze_day(account=line.account, day=DAY, now=NOW, by=office.controller)
    choose(office, gift, is_named=True)
    [after] = published([line], on=DAY)
    assert (after.giver, after.text) == ("Nguyễn Văn A", "NGUYEN VAN A ung ho quy")
    second = frozen.freeze_day(account=line.account, day=DAY, now=NOW + timedelta(hours=3), by=office.controller)
    told = [(frozen.folder() / frozen.file_name(one, "csv")).read_text() for one in (first, second)]
    assert ["NGUYEN VAN A" in text for text in told] == [False, True]
    assert second.edition == 2


def test_a_trail_goes_both_ways_and_names_nobody_who_got_help(office, gift):
    paid = office.spend(200_000, on=DAY, party="Lê Thị Nghèo", memo="Trao cho bà Lê Thị Nghèo", kind="6116")
    ahead, back = public_trail(gift, on=DAY), public_trail(paid, on=DAY)
    assert [(step.number, step.amount) for step in ahead.steps] == [(str(paid), 200_000)]
    assert (ahead.left, back.left) == (300_000, 0)
    assert [step.what for step in back.steps] == [f"Ẩn danh {gift.gift_code.alias}"]
    for trail in (ahead, back):
        said = str(asdict(trail))
        assert "Nghèo" not in said.replace(office.fund.name, "")
        assert "Nguyễn Văn A" not in said
        assert gift.gift_code.code not in said
