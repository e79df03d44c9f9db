"""The pure rules: numbers, names, masks, seals, timelines and likeness."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.households.likeness import Trait, likeness
from chungtay.households.naming import masked_name, masked_number, name_key, sort_key, spelling_key
from chungtay.households.rules import (
    SETTLES_DUPLICATES,
    Kind,
    NotAHousehold,
    Personal,
    plain_cccd,
    plain_phone,
    reported_as,
)
from chungtay.households.timelines import missing_steps, steps_of, union
from chungtay.sealing.seals import DoesNotOpen, WorkspaceKeys

KEYS = WorkspaceKeys.of(bytes(range(32)), "households")
WORDS = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Hòa",
    "Hoà",
    "Thúy",
    "Thuý",
    "Mỹ",
    "Mĩ",
    "Văn",
    "Thị",
    "Đặng",
    "Ánh",
    "An",
    "Ý",
    "Lý",
    "Quý",
)
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
DIGITS = st.text("0123456789", min_size=12, max_size=12)
DAYS = st.integers(0, 60).map(lambda n: date(2023, 1, 1) + timedelta(days=n))
SPANS = st.lists(
    st.tuples(DAYS, st.integers(1, 30) | st.none()).map(
        lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]) if pair[1] else None)
    ),
    max_size=6,
)
TRAITS = st.builds(
    Trait,
    name=NAMES,
    hamlet=st.sampled_from(["Ấp 1", "Ấp 2"]),
    address=st.sampled_from(["", "Tổ 1", "tổ  1"]),
    birth_year=st.sampled_from([None, 1960, 1961]),
    cccd=st.sampled_from(["", "a", "b"]),
    phone=st.sampled_from(["", "p", "q"]),
)


@given(NAMES)
def test_keys_do_not_depend_on_spelling(name: str) -> None:
    """Unicode form, case, place of the tone, i or y, spaces: one key, and the key is its own key."""
    import unicodedata

    for other in (unicodedata.normalize("NFD", name), name.upper(), f"  {name}  ", name.replace("òa", "oà")):
        assert name_key(other) == name_key(name)
        assert spelling_key(other) == spelling_key(name)
    assert name_key(name_key(name)) == name_key(name)


def test_spellings_of_names() -> None:
    """Marks make another name for the spelling key, not for the search key; y alone stays."""
    assert spelling_key("Lê Thị Mỹ Hoà") == spelling_key("lê thị mĩ hòa")
    assert spelling_key("Hòa") != spelling_key("Hóa")
    assert name_key("Quý") == name_key("Qui") or name_key("Quý") == "quy"
    assert name_key("Ý") == "y"
    assert sort_key("Nguyễn Văn An") == "an nguyen van"


@given(NAMES)
def test_a_masked_name_gives_no_other_name_away(name: str) -> None:
    """Family name whole, of the others one letter each; of a single name one letter."""
    words = masked_name(name).split()
    assert len(words) == len(name.split())
    hidden = words[1:] if len(words) > 1 else words
    assert all(re.fullmatch(r"\w\.", word) for word in hidden)


@given(DIGITS)
def test_a_masked_number_shows_three_digits(digits: str) -> None:
    """Never more than the last three."""
    assert masked_number(digits) == "•••" + digits[-3:]
    assert masked_number("12345") == "•••"
    assert masked_number("") == ""


@given(DIGITS, st.sampled_from(["", " ", "."]))
def test_numbers_have_one_form(digits: str, gap: str) -> None:
    """Whatever stands between the digits."""
    assert plain_cccd(gap.join(digits)) == digits
    phone = "0" + digits[:9]
    assert plain_phone("+84 " + phone[1:]) == plain_phone(gap.join(phone)) == phone


@pytest.mark.parametrize("wrong", ["12345678901", "0123456789012", "08706000123a"])
def test_wrong_numbers_are_refused(wrong: str) -> None:
    """With a sentence that says how many digits."""
    with pytest.raises(NotAHousehold, match="12 chữ số"):
        plain_cccd(wrong)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"head_name": "A1"}, "họ tên"),
        ({"hamlet": " "}, "khóm, ấp"),
        ({"members": 0}, "nhân khẩu"),
        ({"birth_year": 2030}, "Năm sinh"),
        ({"phone": "12"}, "điện thoại"),
    ],
)
def test_what_cannot_be_kept_is_named(change: dict[str, object], said: str) -> None:
    """The sentence names the field."""
    good = {"head_name": "Lê An", "hamlet": "Ấp 1"}
    with pytest.raises(NotAHousehold, match=said):
        Personal(**(good | change)).checked(date(2023, 1, 1))  # type: ignore[arg-type]


@given(st.text(max_size=40), st.uuids(), st.uuids())
def test_what_is_sealed_opens_only_where_it_was_sealed(text: str, mine: UUID, others: UUID) -> None:
    """By its household's key and for its use; another household's row or another use does not open it."""
    seal, kept = KEYS.new_key(mine)
    sealed = seal.seal("phone", text)
    assert KEYS.opened(mine, kept).open("phone", sealed) == text
    if text:
        assert text.encode() not in sealed or len(text) < 3
        with pytest.raises(DoesNotOpen):
            seal.open("cccd", sealed)
        assert seal.seal("phone", text) != sealed
    if mine != others:
        with pytest.raises(DoesNotOpen):
            KEYS.opened(others, kept)
    with pytest.raises(DoesNotOpen):
        WorkspaceKeys.of(bytes(32), "households").opened(mine, kept)


@given(DIGITS, DIGITS)
def test_digests_find_equals_and_tell_nothing(first: str, second: str) -> None:
    """Equal values have equal digests, by use and by key."""
    assert (KEYS.index("cccd", first) == KEYS.index("cccd", second)) == (first == second)
    assert KEYS.index("cccd", first) != KEYS.index("phone", first)
    assert KEYS.index("cccd", first) != WorkspaceKeys.of(bytes(32), "households").index("cccd", first)
    assert first not in KEYS.index("cccd", first)


@given(SPANS)
def test_steps_count_a_household_once_a_day(spans: list[tuple[date, date | None]]) -> None:
    """On every day the steps up to it come to 1 iff some span holds it."""
    steps = steps_of(spans)
    for n in range(100):
        day = date(2023, 1, 1) + timedelta(days=n)
        held = any(start <= day and (end is None or day < end) for start, end in spans)
        assert sum(step for at, step in steps.items() if at <= day) == int(held)
    assert union(union(spans)) == union(spans)


@given(SPANS, SPANS)
def test_missing_steps_bring_a_ledger_in_line(
    first: list[tuple[date, date | None]], second: list[tuple[date, date | None]]
) -> None:
    """Added to what was told they make what is wanted, and then nothing is missing."""
    told, wanted = steps_of(first), steps_of(second)
    after = told.copy()
    for day, step in missing_steps(wanted, told):
        after[day] += step
    assert missing_steps(wanted, after) == []
    assert missing_steps(wanted, wanted) == []


@given(TRAITS, TRAITS)
def test_likeness_is_mutual_and_bounded(first: Trait, second: Trait) -> None:
    """The order does not matter, every point has a reason."""
    mine, others = likeness(first, second), likeness(second, first)
    assert mine == others
    assert 0 <= mine.score <= 100
    assert mine.score == max(0, min(100, sum(points for _, points in mine.reasons)))


@given(TRAITS, TRAITS)
def test_an_equal_number_settles_it_and_another_one_too(first: Trait, second: Trait) -> None:
    """Whatever else is said; a name and khóm alone never do."""
    if first.cccd and second.cccd:
        assert (likeness(first, second).score >= SETTLES_DUPLICATES) == (first.cccd == second.cccd)
    bare = Trait(first.name, first.hamlet)
    assert likeness(bare, bare).score < SETTLES_DUPLICATES


def test_examples_of_likeness() -> None:
    """The cases that a clerk meets."""
    hoa = Trait("Lê Thị Mỹ Hoà", "Ấp Hòa Long", "Tổ 3", 1960)
    assert likeness(hoa, Trait("Lê thị Mĩ Hòa", "ấp hoà long", "tổ 3", 1960)).score >= SETTLES_DUPLICATES
    assert likeness(hoa, Trait("Le Thi My Hoa", "Ap Hoa Long", "To 3", 1960)).score >= SETTLES_DUPLICATES
    assert likeness(hoa, Trait("Lê Thị Mỹ Hoà", "Ấp Hòa Lợi", "Tổ 9", 1985)).score < SETTLES_DUPLICATES
    mother = Trait("Trần Thị Ba", "Ấp 1", phone="p")
    assert likeness(mother, Trait("Nguyễn Văn Út", "Ấp 1", phone="p")).score < SETTLES_DUPLICATES
    assert "cùng họ tên" in str(likeness(hoa, hoa))


def test_a_household_of_several_classes_is_reported_once() -> None:
    """By precedence."""
    assert reported_as({Kind.PROTECTED, Kind.NEAR_POOR}) is Kind.NEAR_POOR
    assert reported_as(set()) is None
