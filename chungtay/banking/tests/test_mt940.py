import logging
from datetime import date

import pytest

from chungtay.banking.chain import check_chain
from chungtay.banking.mt940_file import looks_like_mt940, read_mt940
from chungtay.banking.statement import UnreadableStatement

FILE = """{1:F01BANKVNVXAXXX0000000000}{2:O9401200260905BANKVNVXAXXX00000000002609051200N}{4:
:20:STMT260905
:25:999000111222
:28C:248/1
:60F:C260904VND1000000,
:61:2609050905C50000,NTRFNONREF//FT26248001
:86:NGUYEN VAN THU ung ho dong bao
bi bao so 3
:61:2609050905D30000,00NCHGPHI0905//FT26248002
:86:Phi quan ly
:61:2609060906RC1000,NTRFABC
:86:165?00THU HOI?20Thu hoi giao dich?21 sai?31888000333?32TRAN THI?33 MAU?30BANKVNVX
:62F:C260906VND1019000,
-}
"""


def test_a_statement_of_two_days():
    statement = read_mt940(FILE)
    assert statement.problems == ()
    assert (statement.account, statement.opening, statement.closing) == ("999000111222", 1_000_000, 1_019_000)
    assert (statement.from_on, statement.to_on) == (date(2026, 9, 4), date(2026, 9, 6))
    assert [(x.row, x.booked_on, x.ref, x.debit, x.credit, x.text) for x in statement.lines] == [
        (6, date(2026, 9, 5), "FT26248001", 0, 50_000, "NGUYEN VAN THU ung ho dong bao bi bao so 3"),
        (9, date(2026, 9, 5), "FT26248002", 30_000, 0, "Phi quan ly"),
        (11, date(2026, 9, 6), "ABC", 1_000, 0, "Thu hoi giao dich sai"),
    ]
    last = statement.lines[2]
    assert (last.counterparty_name, last.counterparty_account, last.counterparty_bank) == (
        "TRAN THI MAU",
        "888000333",
        "BANKVNVX",
    )
    assert check_chain(statement).holds


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems(ending):
    assert read_mt940(FILE.replace("\n", ending)) == read_mt940(FILE)


def test_a_broken_line_is_reported_and_the_rest_stands(caplog):
    broken = FILE.replace("2609050905D30000,00", "2609450905D30000,00").replace("C50000,", "C50000,50")
    with caplog.at_level(logging.DEBUG):
        statement = read_mt940(broken)
    assert [(p.row, p.column) for p in statement.problems] == [(6, ":61:"), (9, ":61:")]
    assert "phần lẻ" in statement.problems[0].sentence
    assert [line.row for line in statement.lines] == [11]
    assert "NGUYEN" not in caplog.text  # no memo in any log
    assert not check_chain(statement).holds


def test_a_line_without_sense_is_reported():
    statement = read_mt940(FILE.replace(":61:2609050905C50000,NTRFNONREF//FT26248001", ":61:xyz NGUYEN"))
    assert [p.row for p in statement.problems] == [6]
    assert len(statement.lines) == 2


def test_a_year_that_turns_between_value_and_booking():
    statement = read_mt940(FILE.replace(":61:2609050905C", ":61:2612310102C"))
    line = next(x for x in statement.lines if x.credit == 50_000)
    assert (line.value_on, line.booked_on) == (date(2026, 12, 31), date(2027, 1, 2))


def test_days_that_do_not_join_are_reported():
    second = FILE.replace("C260904VND1000000,", "C260906VND1019001,").replace(
        "C260906VND1019000,", "C260907VND1038001,"
    )
    statement = read_mt940(FILE + second)
    assert [p.column for p in statement.problems] == [":60F:"]
    assert len(statement.lines) == 6


@pytest.mark.parametrize(
    "text",
    [FILE + FILE.replace("999000111222", "999000111333"), FILE.replace("VND", "USD"), ":20:x\n:28C:1\n", "hello"],
)
def test_what_is_no_statement_of_one_account_in_dong_is_refused(text):
    with pytest.raises(UnreadableStatement):
        read_mt940(text)


def test_it_is_known_by_its_fields():
    assert looks_like_mt940(FILE)
    assert not looks_like_mt940("Ngày;Ghi nợ;Ghi có\n:20:")
