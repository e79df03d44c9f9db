"""The books in other people's programs: they add up to the same đồng, and refuse what was changed by one."""

import csv
import io
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.ledger.accounts import Chart
from chungtay.ledger.balances import Key
from chungtay.ledger.book import Opening
from chungtay.ledger.entries import Entry, Voucher, VoucherKind
from chungtay.ledger.journals import AccountUnknown, component, to_beancount, to_hledger
from chungtay.ledger.tests.sample_books import ACCOUNTS, BODIES, START, book_of, entries_of, large_book, random_steps

CHART = Chart(ACCOUNTS)
DAY = date(2025, 10, 17)
ENTRY = Entry(1, "1121", "511", 50_000, DAY, DAY, 1, "VNN", "nhà, “2”", donor="Nguyễn Văn A", memo="bí mật")
VOUCHER = Voucher(1, VoucherKind.RECEIPT, "X301", "VNN", "PT", 2025, 1, (ENTRY,))
BEAN_CHECK = Path(sys.executable).with_name("bean-check")
HLEDGER = shutil.which("hledger")
needs_beancount = pytest.mark.skipif(not BEAN_CHECK.exists(), reason="bean-check (package beancount) is not installed")
needs_hledger = pytest.mark.skipif(HLEDGER is None, reason="hledger is not installed: apt-get install hledger")
AMOUNT = re.compile(r"(?<=  )(-?\d+)(?= VND)")


def said(_voucher):
    """What people may write, with every sign that either program reads as its own."""
    return 'Ủng hộ "nhà"; tổ 3, \\ | (x)\n= 5 VND  ; @ {5}'


def text_of(writer, book, **more):
    return "".join(writer(book.vouchers, CHART, openings=book.openings, opened_on=START, narration=said, **more))


def run(*command):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, timeout=120)


def balances_of(book):
    """{account name: đồng}, added up without the code under test."""
    sums = {}
    for opening in book.openings:
        place = (opening.body, opening.key.fund, opening.key.account)
        sums[place] = sums.get(place, 0) + opening.net
    for body in BODIES:
        for entry in entries_of(book, body):
            for code, amount in ((entry.debit, entry.amount), (entry.credit, -entry.amount)):
                place = (body, entry.fund, code)
                sums[place] = sums.get(place, 0) + amount
    return {place: amount for place, amount in sums.items() if amount}


def one_more(text, occurrence):
    """The text with 1 đồng more in the n-th amount (counted from the end when negative)."""
    found = list(AMOUNT.finditer(text))[occurrence]
    return f"{text[: found.start()]}{int(found[0]) + 1}{text[found.end() :]}"


def both_sides_more(text):
    """The text with 1 đồng more on both sides of one entry, which balances again: only the end can tell."""
    pairs = re.search(r"(  )(\d+)( VND[^\n]*\n(?:    purpose:[^\n]*\n)?\s+\S+  )-\2( VND)", text)
    more = int(pairs[2]) + 1
    return f"{text[: pairs.start()]}{pairs[1]}{more}{pairs[3]}-{more}{pairs[4]}{text[pairs.end() :]}"


def test_an_account_is_named_by_type_body_fund_and_code():
    text = "".join(to_beancount([VOUCHER], CHART))
    assert "1900-01-01 open Assets:X301:VNN:1121 VND\n" in text
    assert '2025-10-17 * "PT-2025-000001" ""\n  Assets:X301:VNN:1121  50000 VND\n    purpose: "nhà, “2”"\n' in text
    assert text.endswith(
        "2025-10-18 balance Assets:X301:VNN:1121  50000 ~ 0 VND\n2025-10-18 balance Income:X301:VNN:511  -50000 ~ 0 VND\n"
    )
    journal = "".join(to_hledger([VOUCHER], CHART))
    assert "2025-10-17 (PT-2025-000001)\n    Assets:X301:VNN:1121  50000 VND  ; purpose:nhà “2”\n" in journal
    assert journal.endswith("    Income:X301:VNN:511  0 VND = -50000 VND\n")


@pytest.mark.parametrize("writer", [to_beancount, to_hledger])
def test_names_of_people_stay_in_the_books(writer):
    text = "".join(writer([VOUCHER], CHART))
    assert "Nguyễn" not in text
    assert "bí mật" not in text


@pytest.mark.parametrize("writer", [to_beancount, to_hledger])
def test_it_is_written_while_it_is_read(writer):
    """A journal of millions of lines is never held whole."""
    asked = []

    def source():
        for number in (1, 2):
            asked.append(number)
            yield replace(VOUCHER, number=number)

    pieces = writer(source(), CHART)
    assert "PT-2025-000001" in next(piece for piece in pieces if "PT-" in piece)
    assert asked == [1]
    assert all(piece.endswith("\n") for piece in pieces)


@pytest.mark.parametrize("writer", [to_beancount, to_hledger])
def test_an_account_outside_the_chart_is_refused_with_a_sentence(writer):
    with pytest.raises(AccountUnknown, match="999"):
        list(writer([replace(VOUCHER, entries=(replace(ENTRY, debit="999"),))], CHART))


@pytest.mark.parametrize("writer", [to_beancount, to_hledger])
def test_an_empty_voucher_is_passed_over(writer):
    assert "PT-" not in "".join(writer([replace(VOUCHER, entries=())], CHART))


@given(st.text(max_size=8), st.text(max_size=8))
def test_parts_of_names_are_safe_and_never_fall_together(one, two):
    assert re.fullmatch("[A-Z0-9][A-Za-z0-9-]*", component(one))
    assert (component(one) == component(two)) == (one == two)


def test_codes_that_nearly_fall_together_stay_apart():
    codes = ("a", "A", "Z--a", "Z-", "-", "-2d-", "", "Z", "đ", "Đ")
    assert len({component(code) for code in codes}) == len(codes)


@pytest.fixture(scope="module")
def book():
    return large_book(2025, 5_000)


def assertion_more(text):
    """The text with 1 đồng more in the first balance that it asserts."""
    found = re.search(r"(?<=  )-?\d+(?= ~ 0 VND)|(?<= = )-?\d+(?= VND$)", text, re.MULTILINE)
    return f"{text[: found.start()]}{int(found[0]) + 1}{text[found.end() :]}"


def check_refusals(command, path, text, sentences):
    """One side, both sides, what is asserted: each is refused, and for its own reason."""
    faults = (one_more(text, len(text) % 9_000), both_sides_more(text), assertion_more(text))
    for fault, sentence in zip(faults, sentences, strict=True):
        path.write_text(fault, encoding="utf-8")
        done = run(*command, path)
        assert done.returncode != 0
        assert sentence in done.stdout + done.stderr


@needs_beancount
def test_beancount_adds_up_to_the_same_and_refuses_one_dong_more(book, tmp_path):
    """bean-check knows the balances because the journal asserts them; what is asserted is compared here."""
    path, command = tmp_path / "so.beancount", (BEAN_CHECK, "--no-cache")
    text = text_of(to_beancount, book)
    path.write_text(text, encoding="utf-8")
    done = run(*command, path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    asserted = re.findall(r"^\S+ balance \S+?:([^:\s]+):([^:\s]+):([^:\s]+)  (-?\d+) ~ 0 VND$", text, re.MULTILINE)
    assert {tuple(place): int(amount) for *place, amount in asserted if int(amount)} == balances_of(book)
    check_refusals(command, path, text, ("does not balance: (1 VND)", "(1 too much)", "(1 too little)"))


@needs_hledger
def test_hledger_adds_up_to_the_same_and_refuses_one_dong_more(book, tmp_path):
    """hledger prints its own balances: they are compared with ours, place by place."""
    path = tmp_path / "so.journal"
    text = text_of(to_hledger, book)
    path.write_text(text, encoding="utf-8")
    done = run(HLEDGER, "check", "--strict", "-f", path)
    assert (done.returncode, done.stderr) == (0, "")
    done = run(HLEDGER, "-f", path, "balance", "--flat", "--no-total", "-O", "csv")
    rows = list(csv.reader(io.StringIO(done.stdout)))[1:]
    assert {tuple(name.split(":")[-3:]): int(amount.removesuffix(" VND")) for name, amount in rows} == balances_of(book)
    sentences = ("sum should be 0 but is: 1 VND", "balance assertion", "balance assertion")
    check_refusals((HLEDGER, "check", "-f"), path, text, sentences)


@needs_beancount
@needs_hledger
def test_balances_kept_elsewhere_and_openings_are_held_against_the_entries(tmp_path):
    small = book_of(random_steps(3, 60))
    kept = balances_of(small)
    place = next(iter(kept))
    for writer, name, check in (
        (to_beancount, "so.beancount", (BEAN_CHECK, "--no-cache")),
        (to_hledger, "so.journal", (HLEDGER, "check", "-f")),
    ):
        path = tmp_path / name
        for asserted, is_right in ((kept, True), ({**kept, place: kept[place] + 1}, False)):
            path.write_text(text_of(writer, small, asserted=asserted), encoding="utf-8")
            assert (run(*check, path).returncode == 0) is is_right
        lopsided = replace(small, openings=[*small.openings, Opening("T87", Key("VNN", "", "111"), 1)])
        path.write_text(text_of(writer, lopsided), encoding="utf-8")
        assert run(*check, path).returncode != 0
