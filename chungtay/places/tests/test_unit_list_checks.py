"""Lists of units on a day: each fault is found at its row, a clean list is taken whole."""

import random
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.nation_lists import UNIT_HEADS, as_csv
from chungtay.places.rules import Level
from chungtay.places.tests.planted import nation
from chungtay.places.unit_atlas import Atlas, Unit
from chungtay.places.unit_checking import check_lists
from chungtay.places.unit_findings import Kind, Weight
from chungtay.places.unit_lists import read_list

CODE, NAME, LEVEL, PARENT, DAY, LAW = range(6)
HEAD = "mã,tên,cấp,mã cấp trên,từ ngày,căn cứ\n"
PROVINCE = "87,Tỉnh Đồng Tháp,tỉnh,,01/01/2020,NQ\n"
CITY = "866,Thành phố Cao Lãnh,thành phố,87,01/01/2020,NQ\n"


def check(text, atlas=None, heads=HEAD):
    return check_lists([read_list("a.csv", (heads + text).encode())], atlas or Atlas([]))


def found(checked, *, weight=Weight.ERROR):
    return [(f.line, f.kind) for f in checked.findings if f.weight is weight]


def unit(number, name, code, *, since=date(2020, 1, 1), until=None, level=Level.PROVINCE, parent=None):
    return Unit(UUID(int=number), name, code, level, parent and UUID(int=parent), since, until)


def test_units_are_added_under_their_parents_in_whatever_order_they_stand():
    checked = check("29893,Hòa An,xã,866,01/01/2020,NQ\n" + CITY + PROVINCE)
    (step,) = checked.steps
    commune, city, province = (one for one, _ in step.added)
    assert (commune.name, commune.level, commune.parent_id) == ("Xã Hòa An", Level.COMMUNE, city.area_id)
    assert (city.parent_id, province.parent_id, city.level) == (province.area_id, None, Level.CITY)


def test_a_parent_may_be_named_by_the_names_above_from_below_upwards():
    heads = "mã,tên,cấp,cấp trên,từ ngày\n"
    text = (
        "87,Tỉnh Đồng Tháp,tỉnh,,1/1/2020\n82,Tỉnh Tiền Giang,tỉnh,,1/1/2020\n"
        '877,Huyện Châu Thành,huyện,Tỉnh Đồng Tháp,1/1/2020\n821,Huyện Châu Thành,huyện,"Tiền Giang",1/1/2020\n'
        '1,Xã An,xã,"H. Châu Thành, Tỉnh Tiền Giang",1/1/2020\n2,Xã Bình,xã,Huyện Châu Thành,1/1/2020\n'
        "3,Xã Cường,xã,Huyện Châu Thanh > Tỉnh Tiền Giang,1/1/2020\n"
    )
    checked = check(text, heads=heads)
    assert found(checked) == [(7, Kind.AMBIGUOUS), (8, Kind.UNKNOWN_PARENT)]
    assert found(checked, weight=Weight.WARNING) == [(6, Kind.SPELLING)]
    fine = check("".join(text.splitlines(keepends=True)[:5]), heads=heads)
    units = {one.code: one for one, _ in fine.steps[0].added}
    assert units["1"].parent_id == units["821"].area_id


def test_a_circle_is_named_at_each_of_its_rows():
    checked = check(
        "1,Tỉnh Một,tỉnh,3,1/1/2020,\n2,Huyện Hai,huyện,1,1/1/2020,\n3,Xã Ba,xã,2,1/1/2020,\n4,Xã Bốn,xã,2,1/1/2020,\n"
    )
    assert found(checked) == [(2, Kind.CIRCLE), (3, Kind.CIRCLE), (4, Kind.CIRCLE)]
    assert "Tỉnh Một (mã 1, dòng 2)" in checked.findings[0].sentence


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("1,Xã An,xã,999,1/1/2020,", Kind.UNKNOWN_PARENT),
        ("1,Xã An,xã,,1/1/2020,", Kind.EMPTY_CELL),
        (",Xã An,xã,866,1/1/2020,", Kind.EMPTY_CELL),
        ("1,,xã,866,1/1/2020,", Kind.EMPTY_CELL),
        ("1,Xã An,bản,866,1/1/2020,", Kind.BAD_LEVEL),
        ("1,Xã An,xã,866,hôm qua,", Kind.BAD_DATE),
        ("1,Huyện An,huyện,866,1/1/2020,", Kind.LEVEL_ORDER),
        ("866,Thành phố Cao Lãnh,thành phố,87,1/1/2020,", Kind.DUPLICATE),
        ("866,Thành phố Sa Đéc,thành phố,87,1/1/2020,", Kind.TWO_NAMES),
        ("867,TP Cao Lãnh,thành phố,87,1/1/2020,", Kind.TWO_CODES),
    ],
)
def test_a_row_that_cannot_be_a_unit_says_why(row, kind):
    checked = check(PROVINCE + CITY + row + "\n")
    assert (4, kind) in found(checked)
    assert {line for line, _ in found(checked)} <= {3, 4}
    assert checked.steps == []


def test_what_stands_on_the_map_already_is_not_added_again_and_must_agree():
    atlas = Atlas([unit(1, "Tỉnh Đồng Tháp", "87"), unit(2, "Thành phố Cao Lãnh", "866", level=Level.CITY, parent=1)])
    same = check(PROVINCE + CITY, atlas)
    assert (same.errors, same.steps) == (0, [])
    assert found(same, weight=Weight.NOTE) == [(0, Kind.ALREADY_THERE)]
    assert found(check("87,Tỉnh Ðồng Tháp,tỉnh,,1/1/2020,\n", atlas), weight=Weight.WARNING) == [(2, Kind.SPELLING)]
    assert found(check("87,Tỉnh Đồng Thấp,tỉnh,,1/1/2020,\n", atlas)) == [(2, Kind.OTHER_MARKS)]
    assert found(check("87,Tỉnh An Giang,tỉnh,,1/1/2020,\n", atlas)) == [(2, Kind.CODE_TAKEN)]
    assert found(check("87,Thành phố Đồng Tháp,thành phố,,1/1/2020,\n", atlas)) == [(2, Kind.CODE_TAKEN)]


def test_a_code_is_free_after_its_bearer_has_left_and_not_before_a_later_one_comes():
    past = Atlas([unit(1, "Tỉnh Cũ", "87", until=date(2021, 1, 1))])
    assert check("87,Tỉnh Mới,tỉnh,,1/1/2021,\n", past).errors == 0
    later = check("87,Tỉnh Mới,tỉnh,,1/1/2019,\n", past)
    assert found(later) == [(2, Kind.CODE_TAKEN)]
    assert "từ 01/01/2020 đến 31/12/2020" in later.findings[0].sentence
    gone = check("866,Thành phố Sen,thành phố,87,1/1/2022,\n", past)
    assert found(gone) == [(2, Kind.UNKNOWN_PARENT)]
    assert "Tỉnh Cũ từ 01/01/2020 đến 31/12/2020" in gone.findings[0].sentence


def _level(row, rng, rows):
    row[LEVEL] = "thôn"
    return Kind.BAD_LEVEL


def _day(row, rng, rows):
    row[DAY] = rng.choice(["43831", "32/01/2020", ""])
    return Kind.BAD_DATE


def _parent(row, rng, rows):
    row[PARENT] = "999"
    return Kind.UNKNOWN_PARENT


def _sibling(row, rng, rows):
    row[PARENT] = next(one[CODE] for one in rows if len(one[CODE]) == 5 and one is not row)
    return Kind.LEVEL_ORDER


def _itself(row, rng, rows):
    row[PARENT] = row[CODE]
    return Kind.CIRCLE


def _nameless(row, rng, rows):
    row[NAME] = ""
    return Kind.EMPTY_CELL


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from([_level, _day, _parent, _sibling, _itself, _nameless]), min_size=1, max_size=6),
    st.integers(0, 10**6),
)
def test_planted_faults_are_all_found_at_their_rows_and_no_other_row_is_blamed(faults, seed):
    rng = random.Random(seed)
    rows = [list(row) for row in nation().before]
    communes = [number for number, row in enumerate(rows) if len(row[CODE]) == 5]
    chosen = rng.sample(communes[1:], len(faults))  # the first is the parent that `_sibling` points to
    expected = {(n + 2, fault(rows[n], rng, rows)) for n, fault in zip(chosen, faults, strict=True)}
    checked = check_lists([read_list("a.csv", as_csv(UNIT_HEADS, rows))], Atlas([]))
    assert set(found(checked)) == expected
    assert checked.steps == []
