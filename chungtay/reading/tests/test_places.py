"""Places of figures in any text, whatever its spelling: they always give the figure's own text."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.reading import read
from chungtay.reading.plain import plain
from chungtay.reading.spoken import value_of

PIECES = st.sampled_from(
    [
        *("58,1 tỷ đồng", "trên ", "gần ", "1.250", "06", "10/17", "30/5", "- "),
        *("; ", " và ", ", ", "năm 2022", "22.000 suất", "%", "\n", "\xa0"),
        *("\u200b", "hai mươi ba", "nửa", "triệu", "/căn", "từ ", " đến ", "(ha): "),
        *("khóm ", "1 tỷ 557 triệu", ".", ":", "m2", "Ủy ban", "000", ",5"),
        *(" 250", "rưỡi", "0277", "\t", "İ", "１２", "ngày ", "tuổi"),
        *("phẩy", "ước đạt "),
    ]
)


@given(st.lists(PIECES, max_size=24).map("".join), st.sampled_from(["NFC", "NFD", "NFKD"]))
def test_a_figure_is_where_it_says_and_figures_never_overlap(text: str, form: str) -> None:
    text = unicodedata.normalize(form, text)
    end = 0
    for figure in read(text):
        assert end <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.text
        assert figure.value_max is None or figure.value < figure.value_max
        assert figure.text in figure.sentence or "\n" in figure.text or "\t" in figure.text
        assert figure.as_json()["text"] == figure.text
        end = figure.end


@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    for figure in read(text):
        assert text[figure.start : figure.end] == figure.text


@given(st.lists(PIECES, max_size=16).map("".join))
def test_the_spelling_of_accents_changes_no_value(text: str) -> None:
    composed, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert [(figure.value, figure.qualifier) for figure in read(composed)] == [
        (figure.value, figure.qualifier) for figure in read(apart)
    ]


@given(st.text(max_size=80))
def test_plain_text_knows_where_it_comes_from(text: str) -> None:
    spelled = plain(text)
    assert len(spelled.cased) == len(spelled.low)
    places = [spelled.place(at) for at in range(len(spelled.low))]
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)


@pytest.mark.parametrize("words", ["", "phẩy", "rưỡi", "một phẩy", "hai rưỡi"])
def test_words_that_are_no_number_have_no_value_of_their_own(words: str) -> None:
    read_words = value_of(tuple(words.split()))
    assert read_words is None or read_words[1] == 1


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "111 ",
        "1.",
        "1.111",
        "1,",
        "một ",
        "hai mươi ",
        "10 hộ ",
        "năm 2020 ",
        "(1",
        "5/",
        "1-",
        "\n1",
        "1\t",
        "a@",
        "ước ",
    ],
)
def test_a_long_text_of_one_piece_takes_no_longer_than_any_other(piece: str) -> None:
    """Time grows with the length, not with its square."""
    text = piece * (30_000 // len(piece))
    began = time.process_time()
    figures = read(text)
    assert time.process_time() - began < 2
    assert sum(len(figure.sentence) for figure in figures) < 3000 * len(figures) + 1
