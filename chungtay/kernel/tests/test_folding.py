import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.kernel.folding import canonical_tone, fold, nfc, same_words

VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ HÒAUỶĐ",
    max_size=30,
)


def nfd(text):
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Xã  HÒA An", "xa hoa an"),
        ("Đồng Tháp", "dong thap"),
        (" thành phố\u00a0Cao Lãnh\n", "thanh pho cao lanh"),
        ("Ủy ban nhân dân", "uy ban nhan dan"),
        ("tỷ lệ ước lượng", "ty le uoc luong"),
    ],
)
def test_folding_drops_marks_case_and_extra_spaces(text, key):
    assert fold(text) == key
    assert fold(nfd(text)) == key


@given(st.text())
def test_folding_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(st.text() | VIETNAMESE)
def test_folding_does_not_see_the_unicode_form(text):
    assert fold(nfd(text)) == fold(nfc(text)) == fold(text)


@given(VIETNAMESE)
def test_vietnamese_folds_to_plain_letters_and_does_not_see_marks(text):
    assert fold(text).isascii()
    bare = "".join(c for c in nfd(text) if not unicodedata.combining(c))
    assert fold(bare) == fold(text)


@pytest.mark.parametrize(
    ("typed", "ours"),
    [
        ("Hoà An", "Hòa An"),
        ("Uỷ ban", "Ủy ban"),
        ("UỶ BAN", "ỦY BAN"),
        ("HOÀ BÌNH", "HÒA BÌNH"),
        ("khoẻ, loá, thuỷ, xoè", "khỏe, lóa, thủy, xòe"),
        ("hoàn hoài thuở nguyễn khuỷu toán", "hoàn hoài thuở nguyễn khuỷu toán"),
        ("quý quỹ quà Quỳnh quỵ", "quý quỹ quà Quỳnh quỵ"),
        ("Hòa Ủy", "Hòa Ủy"),
    ],
)
def test_the_tone_of_an_open_syllable_stands_on_its_first_vowel(typed, ours):
    assert canonical_tone(typed) == ours
    assert canonical_tone(nfd(typed)) == ours


@given(VIETNAMESE)
def test_moving_the_tone_is_idempotent_and_changes_nothing_but_its_place(text):
    moved = canonical_tone(text)
    assert canonical_tone(moved) == moved
    assert fold(moved) == fold(text)
    assert sorted(nfd(moved)) == sorted(nfd(text))


def test_the_same_words_are_known_however_they_were_typed():
    assert same_words("Xã Hoà An", nfd("XÃ  HÒA AN"))
    assert not same_words("Hòa An", "Hóa An")
    assert not same_words("Số hộ", "Sổ hộ")
