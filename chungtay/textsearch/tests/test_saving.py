"""An index on disk is what it was, or it is not there."""

import json

import pytest

from chungtay.textsearch import saving
from chungtay.textsearch.index import TextIndex
from chungtay.textsearch.query import Answer, Order, Query

ROWS = [(n, f"Bà Lê Thị Đào {n % 7} ủng hộ", n * 10, n // 100, n % 3) for n in range(1, 5001)]
QUERIES = [Query(("dao 3",)), Query(day_from=7, day_to=9), Query(amount_from=500, amount_to=500), Query(("le", "ho"))]


@pytest.fixture
def saved(tmp_path):
    index = TextIndex()
    index.append(ROWS)
    saving.save(tmp_path, index, "here")
    return tmp_path


def test_what_was_saved_is_found_again_and_goes_on(saved):
    whole = TextIndex()
    whole.append(ROWS)
    index = saving.load(saved, "here")
    assert (index.upto, len(index)) == (5000, 5000)
    assert [index.search(query) for query in QUERIES] == [whole.search(query) for query in QUERIES]
    assert index.append([ROWS[-1], (5001, "Mới", 1, 99, 0)]) == 1
    assert index.search(Query(("moi",))) == Answer(1, 1, (5001,))


def test_a_part_that_was_loaded_and_a_tail_are_saved_as_one(saved):
    index = saving.load(saved, "here")
    index.append((n, f"Thêm {n}", 1, 60, 0) for n in range(6001, 6101))
    saving.save(saved, index, "here")
    assert len(list(saved.iterdir())) == 1
    again = saving.load(saved, "here")
    assert len(again.parts) == 1
    assert again.upto == 6100
    for query in (*QUERIES, Query(("them 60",)), Query(order=Order.NEWEST)):
        assert again.search(query) == index.search(query)


def test_what_is_appended_to_a_loaded_index_stays_in_memory(saved):
    saving.load(saved, "here").append([(6000, "Thêm", 1, 1, 1)])
    assert saving.load(saved, "here").upto == 5000


def test_nothing_there_is_no_index(tmp_path):
    assert saving.load(tmp_path / "none", "here") is None
    saving.save(tmp_path, TextIndex(), "here")
    empty = saving.load(tmp_path, "here")
    assert empty is None or len(empty) == 0


@pytest.mark.parametrize("name", ["ids", "amounts", "days", "purposes", "offsets", "blob"])
@pytest.mark.parametrize("fault", ["rot", "cut", "gone", "longer"])
def test_a_broken_array_is_refused(saved, name, fault):
    [path] = saved.glob(f"lines-*/{name}.npy")
    data = bytearray(path.read_bytes())
    if fault == "gone":
        path.unlink()
    else:
        middle = len(data) // 2
        data[middle] ^= 0x10
        path.write_bytes({"rot": data, "cut": data[:middle], "longer": data + b"\0" * 8}[fault])
    assert saving.load(saved, "here") is None


def test_an_array_with_bytes_behind_it_is_refused_only_if_they_count(saved):
    """Bytes behind an array are not read; what is read is checked."""
    [path] = saved.glob("lines-*/ids.npy")
    path.write_bytes(path.read_bytes() + b"\0" * 64)
    assert saving.load(saved, "here").upto == 5000


@pytest.mark.parametrize(
    "change", [{"format": 0}, {"rules": "0"}, {"identity": "elsewhere"}, {"upto": 4999}, {"checks": {}}, {"checks": 1}]
)
def test_a_header_that_does_not_fit_is_refused(saved, change):
    [path] = saved.glob("lines-*/header.json")
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    assert saving.load(saved, "here") is None


@pytest.mark.parametrize("text", ["", "[]", "{"])
def test_a_broken_header_is_refused(saved, text):
    [path] = saved.glob("lines-*/header.json")
    path.write_text(text)
    assert saving.load(saved, "here") is None


def test_an_index_beyond_its_offsets_is_not_saved(saved, monkeypatch):
    index = saving.load(saved, "here")
    monkeypatch.setattr(saving, "_MOST_BYTES", 1000)
    with pytest.raises(OverflowError, match="4 GiB"):
        saving.save(saved, index, "here")
    assert len(list(saved.iterdir())) == 1
