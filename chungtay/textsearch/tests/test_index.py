"""Appending: lines are there at once, each once, and readers see whole beginnings of the statement."""

from threading import Thread

import pytest

from chungtay.textsearch import compiled
from chungtay.textsearch import index as index_module
from chungtay.textsearch.index import TextIndex
from chungtay.textsearch.query import Answer, Order, Query
from chungtay.textsearch.tests.ways import ready


def row(number, text="ủng hộ", amount=1):
    return number, text, amount, number // 10, 0


def test_a_line_is_found_right_after_it_was_appended():
    index = TextIndex()
    for number in range(1, 300):
        assert index.append([row(number, f"Đóng góp số {number}.", number)]) == 1
        assert index.search(Query((f"dong gop so {number}.",))) == Answer(1, number, (number,))
        assert (len(index), index.upto) == (number, number)


def test_appending_again_changes_nothing():
    index = TextIndex()
    assert index.upto is None
    assert index.append(row(n) for n in (3, 5, 8)) == 3
    assert index.append(row(n) for n in (3, 5, 8, 9)) == 1
    assert index.append([]) == 0
    assert index.search(Query(order=Order.NEWEST)).ids == (9, 8, 5, 3)


@pytest.mark.parametrize("ids", [(2, 2), (3, 2)])
def test_ids_that_do_not_ascend_are_refused(ids):
    index = TextIndex()
    with pytest.raises(ValueError, match="ascend"):
        index.append(map(row, ids))
    assert len(index) == 0


def test_a_number_that_does_not_fit_is_refused_and_nothing_of_its_piece_is_kept():
    index = TextIndex()
    with pytest.raises(OverflowError):
        index.append([row(1), row(2, amount=2**63)])
    assert len(index) == 0
    assert index.append([row(1)]) == 1


def test_a_tail_beyond_its_offsets_is_refused(monkeypatch):
    monkeypatch.setattr(index_module, "_MOST_BYTES", 1000)
    index = TextIndex()
    index.append([row(1)])
    with pytest.raises(OverflowError, match="4 GiB"):
        index.append([row(2, "x" * 1000)])
    assert index.search(Query()).ids == (1,)


def test_many_lines_are_taken_in_pieces(monkeypatch):
    monkeypatch.setattr(index_module, "_AT_ONCE", 7)
    index = TextIndex()
    assert index.append(row(n) for n in range(1, 101)) == 100
    assert index.search(Query(("ung",))).count == 100


@pytest.mark.parametrize("way", ["plain", "compiled"])
def test_whoever_searches_meanwhile_sees_a_whole_beginning(way, monkeypatch):
    """Batches of 50 lines of one đồng each, while another thread searches: count, sum and newest id belong together."""
    ready(way)
    monkeypatch.setattr(compiled, "ROWS_WORTH_COMPILING", 0 if way == "compiled" else 1 << 60)
    index = TextIndex()
    writer = Thread(
        target=lambda: [index.append([row(50 * batch + n + 1) for n in range(50)]) for batch in range(400)],
    )
    writer.start()
    seen = []
    while writer.is_alive() or not seen or seen[-1] < 20_000:
        answer = index.search(Query(("UNG HO",), order=Order.NEWEST, limit=1))
        assert answer.count == answer.total == (answer.ids or (0,))[0]
        assert answer.count % 50 == 0
        seen.append(answer.count)
    writer.join()
    assert seen == sorted(seen)


def test_memory_stays_within_one_and_a_half_times_the_text():
    index = TextIndex()
    index.append(row(n, "NGUYEN VAN A chuyen tien ung ho dong bao bi bao lu FT22312345678") for n in range(5000))
    [lines] = index.parts
    assert lines.memory <= 1.5 * (lines.text_bytes - len(lines))
