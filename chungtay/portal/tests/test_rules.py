"""Figures in texts, reading time, and what has changed since an edition."""

import json

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
    words_of,
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


def _revision(**said):
    body = [
        {"type": "paragraph", "value": '<p data-block-key="a1">Có {nha} nhà.</p>', "id": "1"},
        {"type": "figures", "value": {"title": "Số", "keys": [{"type": "item", "value": "nha", "id": "2"}]}, "id": "3"},
    ]
    figures = [{"pk": 5, "key": "nha", "label": "Nhà", "trace": "t", "form": "spoken", "sort_order": 0}]
    return {
        "pk": 9,
        "title": "Tít",
        "live": False,
        "figures": figures,
        "tagged": [],
        "body": json.dumps(body, ensure_ascii=False),
    } | said


def test_saving_alone_changes_no_word():
    body = json.loads(_revision()["body"])
    body[0] |= {"id": "77", "value": body[0]["value"].replace("a1", "zz")}
    body[1]["value"]["keys"][0]["id"] = "78"
    figures = [_revision()["figures"][0] | {"pk": 6}]
    again = _revision(body=json.dumps(body), live=True, latest_revision_created_at="later", figures=figures)
    assert words_of(again) == words_of(_revision())


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Tít khác"},
        {"slug": "dia-chi-khac"},
        {"picture": 3},
        {"tagged": [{"pk": 1, "tag": 4}]},
        {"figures": []},
        {"figures": [_revision()["figures"][0] | {"trace": "u"}]},
        {"body": _revision()["body"].replace("nhà.", "nhà mới.")},
        {"body": _revision()["body"].replace('"value": "nha"', '"value": "cau"')},
        {"body": "[]"},
    ],
)
def test_every_change_that_a_reader_sees_is_a_change_of_words(changed):
    assert words_of(_revision(**changed)) != words_of(_revision())
