import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.banking.references import (
    ALPHABET,
    CAPACITY,
    LENGTH,
    LETTERS,
    Reference,
    ReferenceOutOfRange,
    find,
    locate,
    make,
    read,
)

KINDS = st.sampled_from(LETTERS)
NUMBERS = st.integers(0, CAPACITY - 1)


@given(KINDS, NUMBERS)
def test_a_code_says_its_kind_and_number(kind, number):
    code = make(kind, number)
    assert len(code) == LENGTH <= 19
    assert code.isascii() and code.isalnum()
    assert find(code) == [Reference(kind, number)]
    assert read(Reference(kind, number).spaced.lower()) == Reference(kind, number)


@given(KINDS, NUMBERS, st.integers(0, LENGTH - 1), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_one_wrong_character_is_always_noticed(kind, number, place, character):
    code = make(kind, number)
    wrong = code[:place] + character + code[place + 1 :]
    assert wrong == code or find(wrong) == []


@given(KINDS, NUMBERS, st.integers(0, LENGTH - 2))
def test_two_exchanged_neighbours_are_always_noticed(kind, number, place):
    code = make(kind, number)
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert wrong == code or find(wrong) == []


@given(
    KINDS, NUMBERS, st.lists(st.tuples(st.integers(3, LENGTH - 1), st.sampled_from(ALPHABET)), min_size=2, max_size=2)
)
def test_two_wrong_characters_are_always_noticed(kind, number, changes):
    wrong = list(make(kind, number))
    for place, character in changes:
        wrong[place] = character
    assert "".join(wrong) == make(kind, number) or find("".join(wrong)) == []


GAPS = st.sampled_from(["", "", "", " ", ".", "-", " . ", "\n", "_", ","])


@given(KINDS, NUMBERS, st.lists(GAPS, min_size=LENGTH, max_size=LENGTH), st.booleans())
def test_a_code_is_found_however_a_bank_breaks_it(kind, number, gaps, lower):
    code = "".join(character + gap for character, gap in zip(make(kind, number), gaps, strict=True))
    code = code.lower() if lower else code
    memo = f"MBVCB.6916176124.{code} CHUYEN TIEN.CT tu 999000111222 NGUYEN VAN THU toi 999000333444 QUY XA"
    assert find(memo) == [Reference(kind, number)]


def test_a_code_is_found_where_it_touches_other_letters():
    code = make("K", 12_345)
    assert find(f"292976.010926.013647.{code}") == [Reference("K", 12_345)]
    assert find(f"QR{code}FT26255276428461") == [Reference("K", 12_345)]
    assert find(f"CTCT{code}") == [Reference("K", 12_345)]


def test_several_codes_are_found_in_order_and_each_once():
    first, second = make("T", 7), make("C", 9)
    assert find(f"{second} va {first}, {second}") == [Reference("C", 9), Reference("T", 7)]
    places = locate(f"xx {first} yy")
    assert [(found.start, found.end) for found in places] == [(3, 3 + LENGTH)]


def test_reading_one_code_takes_nothing_beside_it():
    assert read(f" {make('K', 5)} ") == Reference("K", 5)
    assert read(f"{make('K', 5)} và") is None
    assert read("CTK") is None


@pytest.mark.parametrize(("kind", "number"), [("A", 1), ("", 1), ("KK", 1), ("K", -1), ("K", CAPACITY)])
def test_no_code_outside_the_range(kind, number):
    with pytest.raises(ReferenceOutOfRange, match="Không lập được"):
        make(kind, number)


def test_ordinary_memos_hold_no_code():
    # 30,000 memos of what banks really write, full of "CT", of numbers and of names: not one may look like a code.
    chance = random.Random(20260905)
    words = [
        "CT",
        "CT",
        "CT",
        "tu",
        "toi",
        "chuyen tien",
        "ung ho",
        "dong bao",
        "NGUYEN",
        "TRAN THI",
        "VAN KHANH",
        "THPT",
        "CTY",
    ]
    words += [
        "TNHH",
        "KCN",
        "P12",
        "Q3",
        "K59",
        "H1N1",
        "CTCP",
        "MBVCB",
        "QR",
        "NAPAS",
        "FT",
        "CTK",
        "CTV",
        "CTX",
        "K12",
    ]
    words += ["9A3", "STK", "TK", "SDT", "X3"]

    def word():
        kind = chance.random()
        if kind < 0.5:
            return chance.choice(words)
        if kind < 0.8:
            return str(chance.randrange(10 ** chance.randrange(1, 14)))
        if kind < 0.9:
            return "CT" + "".join(chance.choices("0123456789CFHJKMNPRTVWXABDE", k=chance.randrange(1, 12)))
        return f"{chance.randrange(1, 29):02d}{chance.choice('./-')}{chance.randrange(1, 13):02d}.2026"

    memos = [
        chance.choice([" ", ".", "-", ""]).join(word() for _ in range(chance.randrange(3, 14))) for _ in range(30_000)
    ]
    assert [memo for memo in memos if find(memo)] == []


def test_even_random_codes_of_the_right_letters_are_rarely_taken():
    # The shape alone lets 0.3% of such strings pass, the check one in 529 of those.
    chance = random.Random(7)
    taken = sum(bool(find("CT" + "".join(chance.choices(ALPHABET, k=10)))) for _ in range(50_000))
    assert taken <= 3
