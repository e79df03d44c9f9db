"""What is hashed, and how a break is named."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.audit.rules import GENESIS, MOST_PROBLEMS, Head, Row, canonical, find_breaks, plain, seal

AT = datetime(2023, 5, 30, 8, 0, tzinfo=UTC)


class Colour(StrEnum):
    RED = "red"


def chain(length=6):
    rows, previous = [], GENESIS
    for number in range(1, length + 1):
        row = Row(
            number, AT, AT.date(), None, "", "test.thing.done", "thing", str(number), None, {"n": number}, previous
        )
        rows.append(replace(row, hash=seal(previous, row)))
        previous = rows[-1].hash
    return rows


def head_of(rows):
    return Head(None, rows[-1].id, rows[-1].hash) if rows else Head(None, 0, GENESIS)


def breaks(rows, stored, published=()):
    return find_breaks(rows, stored, lambda: stored, published)


def sentences(rows, stored=None, published=()):
    return [problem.sentence for problem in breaks(rows, stored or head_of(chain()), published)]


def test_an_event_keeps_only_what_every_database_gives_back_unchanged():
    given_ = {
        "day": date(2023, 5, 30),
        "id": UUID(int=1),
        "colour": Colour.RED,
        "parts": (1, True, None),
        "set": {"b", "a"},
    }
    assert plain(given_) == {
        "day": "2023-05-30",
        "id": "00000000-0000-0000-0000-000000000001",
        "colour": "red",
        "parts": [1, True, None],
        "set": ["a", "b"],
    }


@pytest.mark.parametrize("value", [1.5, Decimal("1.5"), b"x", object()])
def test_floats_and_other_inexact_things_are_refused(value):
    with pytest.raises(TypeError):
        plain({"n": [value]})


def test_the_same_moment_in_another_zone_hashes_alike_and_a_naive_one_is_refused():
    row = chain(1)[0]
    elsewhere = replace(row, at=AT.astimezone(timezone(timedelta(hours=7))))
    assert canonical(elsewhere) == canonical(row)
    with pytest.raises(ValueError, match="aware"):
        canonical(replace(row, at=datetime(2023, 5, 30)))


@settings(max_examples=50)
@given(st.dictionaries(st.text(), st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists)))
def test_the_order_of_keys_does_not_change_the_hash(data):
    row = chain(1)[0]
    turned = dict(reversed(list(data.items())))
    assert seal(GENESIS, replace(row, data=data)) == seal(GENESIS, replace(row, data=turned))


def test_a_whole_chain_has_no_break_and_neither_has_an_empty_one():
    assert sentences(chain()) == []
    assert breaks([], Head(None, 0, GENESIS)) == []


def test_an_altered_row_is_named():
    rows = chain()
    rows[2] = replace(rows[2], data={"n": 30})
    assert sentences(rows) == ["Dòng nhật ký số 3 đã bị sửa: nội dung không khớp mã băm khi ghi."]


def test_a_missing_row_is_named():
    rows = chain()
    del rows[2]
    assert sentences(rows)[0] == "Thiếu dòng nhật ký số 3: sau dòng số 2 là dòng số 4."


def test_rows_that_changed_places_are_named():
    rows = chain()
    rows[1], rows[3] = replace(rows[3], id=2), replace(rows[1], id=4)
    assert sentences(rows)[0].startswith("Dòng nhật ký số 2 không nối tiếp dòng trước nó")


def test_a_row_resealed_after_a_change_breaks_the_next_one():
    rows = chain()
    altered = replace(rows[2], code="other.thing.done")
    rows[2] = replace(altered, hash=seal(altered.previous_hash, altered))
    assert sentences(rows)[0].startswith("Dòng nhật ký số 4 không nối tiếp")


def test_a_tail_cut_is_found_against_the_head_that_writers_keep():
    assert sentences(chain()[:4]) == ["Nhật ký bị cắt đuôi từ dòng số 5: đã ghi 6 dòng, chỉ còn 4."]


def test_a_row_added_outside_is_found_against_the_head_that_writers_keep():
    assert sentences(chain(7))[0].startswith("Đầu chuỗi không khớp dòng cuối (số 7)")


def test_rows_that_others_write_during_the_check_are_no_break():
    rows = chain(8)
    assert find_breaks(rows[:7], head_of(rows[:6]), lambda: head_of(rows)) == []
    assert find_breaks(rows[:5], head_of(rows[:6]), lambda: head_of(rows)) != []
    assert find_breaks(rows[:7], head_of(rows[:6]), lambda: head_of(rows[:6])) != []


def test_a_head_with_another_hash_than_its_row_is_found():
    rows = chain()
    forged = Head(None, 6, "f" * 64)
    assert breaks(rows, forged)[0].where == "nhật ký, dòng 6"
    assert find_breaks(rows, Head(None, 4, "f" * 64), lambda: head_of(rows))[0].where == "nhật ký, dòng 4"


def test_a_tail_cut_with_its_head_is_found_against_a_published_head():
    cut = chain()[:4]
    assert breaks(cut, head_of(cut)) == []
    published = chain()[5].hash
    assert published in sentences(cut, head_of(cut), [published])[0]
    assert sentences(cut, head_of(cut), [chain()[3].hash.upper(), GENESIS]) == []


def test_a_reader_is_told_the_first_breaks_not_all():
    rows = [replace(row, data={}) for row in chain(100)]
    assert len(breaks(rows, head_of(chain(100)))) == MOST_PROBLEMS
