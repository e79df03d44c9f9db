"""Figures in texts, reading time, and what has changed since an edition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.portal.rules import (
    Frozen,
    UnknownFigures,
    changed_since,
    check_keys,
    keys_in,
    reading_minutes,
    split_keys,
)

KEYS = st.from_regex(r"[a-z0-9][a-z0-9_.:-]{0,10}", fullmatch=True)
WORDS = st.text(alphabet=st.characters(exclude_characters="{}"), max_size=20)


@given(st.lists(st.tuples(WORDS, KEYS), max_size=6), WORDS)
def test_a_text_is_its_words_and_its_figures_in_order(parts, end):
    text = "".join(f"{words}{{{key}}}" for words, key in parts) + end
    assert split_keys(text) == [*parts, (end, "")]
    assert keys_in(text) == list(dict.fromkeys(key for _, key in parts))


def test_a_figure_that_is_not_listed_is_named():
    check_keys(["Có {nha} và {cau}"], ["nha", "cau", "thua"])
    with pytest.raises(UnknownFigures, match=r"\{cau\}"):
        check_keys(["Có {nha} và {cau}"], ["nha"])


def test_reading_time_counts_words_and_not_markup():
    assert reading_minutes(["ngắn"]) == 1
    assert reading_minutes(["<p>" + "chữ " * 440 + "</p>"]) == 2


def test_only_a_value_that_differs_is_a_change():
    frozen = [Frozen("nha", "400 căn", "400/1", "t1"), Frozen("cau", "13 cây cầu", "13/1", "t2")]
    now = {"nha": ("399/1", "399 căn"), "cau": ("13/1", "13 cầu")}
    (one,) = changed_since(frozen, now, {"nha": "Nhà"})
    assert (one.key, one.label, one.before, one.now, one.trace) == ("nha", "Nhà", "400 căn", "399 căn", "t1")
    assert changed_since(frozen, {}, {}) == []
