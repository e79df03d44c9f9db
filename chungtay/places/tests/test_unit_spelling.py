"""Names that are the same however they were typed, and names that only look alike."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.nation_lists import FIRST, SECOND
from chungtay.places.rules import Level
from chungtay.places.unit_spelling import Likeness, full_name, level_of, level_word, likeness, split_name

NAMES = st.builds(
    lambda word, one, two: f"{word} {one} {two}",
    st.sampled_from(["Xã", "Phường", "Huyện", "Thị xã", "Thành phố", "Thị trấn", "Đặc khu", "Tỉnh"]),
    st.sampled_from(FIRST),
    st.sampled_from(SECOND),
)


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ("Xã Hoà An", "Xã Hòa An"),
        ("P. 01", "Phường 1"),
        ("P1", "Phường 1"),
        ("TP Cao Lãnh", "Thành phố Cao Lãnh"),
        ("TP.Cao Lãnh", "Thành phố Cao Lãnh"),
        ("T.P. Cao Lãnh", "Thành phố Cao Lãnh"),
        ("TX Hồng Ngự", "Thị xã Hồng Ngự"),
        ("T.T. Mỹ Thọ", "Thị trấn Mỹ Thọ"),
        ("X. Mỹ Thọ", "Xã Mỹ Thọ"),
        ("H. Cao Lãnh", "Huyện Cao Lãnh"),
        ("Phường Qui Nhơn", "Phường Quy Nhơn"),
        ("Xã Phú-Mĩ", "Xã Phú Mỹ"),
        ("Xã Ea H’leo", "Xã Ea H'Leo"),
        ("Phường Ðông Hà", "Phường Đông Hà"),  # Eth of Iceland
        ("Phường Dông Hà", "Phường Đông Hà"),
        ("XÃ HÒA AN", "Xã Hòa An"),
        ("Xã Thuỷ Xuân", "Xã Thủy Xuân"),
    ],
)
def test_another_spelling_is_recognised(given, known):
    assert likeness(given, known) is Likeness.SPELLING


@pytest.mark.parametrize(
    ("given", "known", "how"),
    [
        ("Xã Hòa An", "Xã Hòa An", Likeness.SAME),
        ("  Xã  Hòa An ", "Xã Hòa An", Likeness.SAME),
        ("Hòa An", "Xã Hòa An", Likeness.SAME),  # the word of level may be left out
        ("Xã Hóa An", "Xã Hòa An", Likeness.MARKS),
        ("Hoa An", "Xã Hòa An", Likeness.MARKS),
        ("Xã Tân Phu", "Xã Tân Phú", Likeness.MARKS),
        ("Phường Hòa An", "Xã Hòa An", Likeness.OTHER),
        ("Xã Hòa An", "Xã Hòa Anh", Likeness.OTHER),
        ("Phường 1", "Phường 11", Likeness.OTHER),
    ],
)
def test_the_same_name_other_marks_and_another_name_are_told_apart(given, known, how):
    assert likeness(given, known) is how


@given(NAMES)
def test_a_name_in_any_form_of_unicode_or_case_is_the_same_and_never_that_of_another_tone(name):
    assert likeness(unicodedata.normalize("NFD", name), name) is Likeness.SAME  # told of by the reader, row by row
    assert likeness(name.upper(), name) in (Likeness.SPELLING, Likeness.SAME)
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if c not in "\u0300\u0301\u0303\u0309\u0323")
    if unicodedata.normalize("NFC", bare).split()[1:] != name.split()[1:]:
        assert likeness(bare, name) in (Likeness.MARKS, Likeness.OTHER)


@given(NAMES, NAMES)
def test_two_names_are_alike_in_the_same_way_from_both_sides(one, two):
    assert (likeness(one, two) is Likeness.OTHER) == (likeness(two, one) is Likeness.OTHER)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("P.", "phường"),
        ("XÃ", "xã"),
        ("ward", "phường"),
        ("TX", "thị xã"),
        ("đặc khu", "đặc khu"),
        ("bản", ""),
        ("", ""),
    ],
)
def test_a_word_of_level_is_known_in_short_and_in_english(text, word):
    assert level_word(text) == word


def test_a_city_with_nothing_above_it_is_a_municipality():
    assert level_of("thành phố", is_top=True) is Level.MUNICIPALITY
    assert level_of("thành phố", is_top=False) is Level.CITY
    assert full_name("Hòa An", "xã") == "Xã Hòa An"
    assert full_name("Phường 1", "phường") == "Phường 1"
    assert full_name("Minh Họa", "thành phố trực thuộc trung ương") == "Thành phố Minh Họa"
    assert split_name("Xã Xã") == ("xã", "xã")
