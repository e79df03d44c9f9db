"""What is marked is what was found, whatever the form of the text."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.textsearch.folding import folded
from chungtay.textsearch.highlights import highlights
from chungtay.textsearch.query import Query
from chungtay.textsearch.tests.test_folding import TEXTS

VIETNAMESE = st.text("aăâdđeêhioôơuưyàảãáạằếộữựỳĐỒÀ  ", max_size=20)


def nfd(text):
    return unicodedata.normalize("NFD", text)


def marked(text, *words):
    return [text[start:end] for start, end in highlights(text, Query(words))]


@pytest.mark.parametrize("form", [str, nfd])
@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Bà Đặng ủng hộ", ["dang"], ["Đặng"]),
        ("Bà ĐẶNG ủng hộ", ["Đặng", "ho"], ["ĐẶNG", "hộ"]),
        ("quyvinguoingheo", ["quy", "vi", "nguoi", "ngheo"], ["quyvinguoingheo"]),
        ("Hòa và hoà", ["hoa"], ["Hòa", "hoà"]),
        ("ủng  \n hộ, ủng hộ", ["ung ho"], ["ủng  \n hộ", "ủng hộ"]),
        ("  đầu", ["dau"], ["đầu"]),
        ("banana", ["ana"], ["anana"]),
        ("số 4821", ["4821"], ["4821"]),
        ("không có", ["gì"], []),
        ("không hỏi", [], []),
        ("", ["a"], []),
    ],
)
def test_words_are_marked_with_all_their_marks(form, text, words, expected):
    assert marked(form(text), *words) == [form(piece) for piece in expected]


def test_a_letter_that_folds_to_two_is_marked_whole():
    assert marked("Straße", "as") == ["aß"]


@given(VIETNAMESE, st.lists(VIETNAMESE, max_size=3))
def test_both_forms_are_marked_alike(text, words):
    composed, apart = unicodedata.normalize("NFC", text), nfd(text)
    assert [nfd(piece) for piece in marked(composed, *words)] == marked(apart, *words)


@given(TEXTS, st.data())
def test_a_word_is_marked_exactly_when_it_is_found(text, data):
    cut = data.draw(st.integers(0, len(text)))
    word = data.draw(TEXTS | st.just(text[cut : cut + 4]))
    places = highlights(text, Query((word,)))
    key = folded(word)
    assert bool(places) == bool(key and key in folded(text))
    assert all(key in folded(text[start:end]) for start, end in places)
    assert all(first[1] < second[0] for first, second in pairwise(places))
    assert all(0 <= start < end <= len(text) for start, end in places)
