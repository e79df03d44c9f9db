import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.banking.keys import compare, line_key, line_keys
from chungtay.banking.reading import read_statement
from chungtay.banking.tests import making
from chungtay.banking.tests.making import ACCOUNT, csv_text, line, xlsx

DAYS = st.integers(1, 6).map(lambda day: date(2026, 9, day))
# Few values on purpose: twins must be frequent.
LINES = st.lists(
    st.builds(
        line,
        booked_on=DAYS,
        ref=st.sampled_from(["", "1", "2"]),
        credit=st.sampled_from([10, 20]),
        text=st.sampled_from(["a", "b"]),
    ),
    max_size=25,
)


def stored(*files):
    """What a table with unique keys holds after these files: the keys."""
    return {key for lines in files for key in line_keys(ACCOUNT, lines)}


@given(LINES)
def test_keys_of_a_file_are_unique_and_twins_are_kept(lines):
    keys = list(line_keys(ACCOUNT, lines))
    assert len(set(keys)) == len(lines)


@given(LINES, st.randoms(use_true_random=False))
def test_the_same_file_again_in_any_order_adds_nothing(lines, chance):
    again = [replace(x, row=x.row + 100, balance=5) for x in lines]
    chance.shuffle(again)
    assert stored(lines, again) == stored(lines)
    comparison = compare(ACCOUNT, lines, again)
    assert not comparison.added and not comparison.conflicts and not comparison.reworded and not comparison.gone


@given(LINES, DAYS, DAYS, DAYS, DAYS)
def test_overlapping_files_of_whole_days_give_what_the_whole_gives(lines, a, b, c, d):
    # Twins over overlapping files: the largest number that one file shows, not the sum.
    first = [x for x in lines if min(a, b) <= x.booked_on <= max(a, b)]
    second = [x for x in lines if min(c, d) <= x.booked_on <= max(c, d)]
    union = [x for x in lines if x in first or x in second]
    assert stored(first, second) == stored(union)
    comparison = compare(ACCOUNT, first, second)
    assert len(first) + len(comparison.added) + len(comparison.conflicts) + len(comparison.reworded) >= len(union)
    counts = Counter(line_key(ACCOUNT, x) for x in union)
    assert Counter(key.split("-")[0] for key in stored(first, second)) == counts


@given(LINES, LINES)
def test_every_new_line_lands_in_exactly_one_list(known, new):
    result = compare(ACCOUNT, known, new)
    placed = result.added + [p.new for ps in (result.present, result.conflicts, result.reworded) for p in ps]
    assert Counter(placed) == Counter(new)


@pytest.mark.parametrize(
    "changes",
    [
        {"row": 99},
        {"balance": 5},
        {"text": "UNG   HO."},
        {"text": "Ủng hộ"},
        {"ref": " ft26248001"},
        {"value_on": date(2026, 9, 9)},
        {"counterparty_name": "X"},
    ],
)
def test_what_a_spreadsheet_changes_does_not_change_the_key(changes):
    assert line_key(ACCOUNT, line()) == line_key(" 999-000-111222 ", replace(line(), **changes))


@pytest.mark.parametrize(("first", "second"), [("0012345", "12345"), ("5213.45940", "5213.4594"), ("007", "7.0")])
def test_numbers_of_documents_that_a_spreadsheet_took_for_numbers(first, second):
    assert line_key(ACCOUNT, line(ref=first)) == line_key(ACCOUNT, line(ref=second))


@pytest.mark.parametrize(
    "changes",
    [
        {"booked_on": date(2026, 9, 6)},
        {"credit": 50_001},
        {"credit": 0, "debit": 50_000},
        {"ref": "FT26248002"},
        {"text": "ung hoa"},
    ],
)
def test_another_movement_has_another_key(changes):
    assert line_key(ACCOUNT, line()) != line_key(ACCOUNT, replace(line(), **changes))
    assert line_key(ACCOUNT, line()) != line_key("999000111223", line())


def test_a_changed_amount_under_the_same_reference_is_a_conflict():
    known = [line(1), line(2), line(3)]
    new = [line(1), replace(line(2), credit=70_000), line(3), line(4)]
    result = compare(ACCOUNT, known, new)
    assert [(p.known.credit, p.new.credit) for p in result.conflicts] == [(50_000, 70_000)]
    assert [x.row for x in result.added] == [4]
    assert len(result.present) == 2


def test_a_fee_under_the_reference_of_its_transfer_is_no_conflict():
    transfer = line(1, credit=0, debit=100_000)
    fee = replace(transfer, row=2, debit=1_100, text="phi")
    assert compare(ACCOUNT, [transfer], [transfer, fee]).added == [fee]


def test_another_text_is_shown_as_reworded_and_nothing_is_added():
    result = compare(ACCOUNT, [line(text="ung ho dong bao vung lu")], [line(text="ung ho dong bao")])
    assert len(result.reworded) == 1 and not result.added and not result.conflicts


def test_lines_without_reference_are_never_in_conflict():
    result = compare(ACCOUNT, [line(ref="")], [line(ref="", credit=70_000)])
    assert len(result.added) == 1 and not result.conflicts


def test_a_known_line_that_the_bank_no_longer_shows_is_gone():
    days = [line(n, booked_on=date(2026, 9, 1) + timedelta(days=n)) for n in range(5)]
    assert [x.row for x in compare(ACCOUNT, days, [days[0], days[4]]).gone] == [1, 2, 3]
    assert compare(ACCOUNT, days, days[2:3]).gone == []


def test_a_twin_with_another_balance_is_called_doubtful():
    result = compare(ACCOUNT, [line(balance=100)], [line(balance=200)])
    assert len(result.present) == len(result.doubtful) == 1


def test_the_same_statement_in_other_forms_adds_nothing():
    chance = random.Random(5)
    rows = making.vietcombank_rows(40)
    rows[20] = rows[19]  # a genuine twin
    first = read_statement(xlsx(rows), "a.xlsx")
    body = rows[6:46]
    chance.shuffle(body)
    shuffled = read_statement(csv_text([*rows[:6], *body, *rows[46:]], ";", "utf-16"), "b.csv")
    assert len(first.lines) == len(shuffled.lines) == 40
    assert stored(first.lines, shuffled.lines) == stored(first.lines)
    lines = making.movements(40)
    lines[14] = lines[13]
    pdf = read_statement(making.pdf_vietcombank(lines), "c.pdf")
    assert stored(first.lines, pdf.lines) == stored(first.lines)
