"""What a plan makes of the map, and every reason to refuse it: pure, on a small map."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from chungtay.kernel.errors import Severity
from chungtay.places.plans import Abolish, Create, Form, NewUnit, Plan, Revise, Source
from chungtay.places.reorganising import Ground, check_plan, work_out
from chungtay.places.rules import Level, Place, ReorganisationKind, build_tree

DAY = date(2025, 7, 1)
PROVINCE, CITY, OTHER, P1, P2, P3 = (UUID(int=number) for number in range(1, 7))
PLACES = (
    Place(PROVINCE, "Tỉnh Đồng Tháp", "87", Level.PROVINCE, None),
    Place(CITY, "Thành phố Cao Lãnh", "866", Level.CITY, PROVINCE),
    Place(OTHER, "Huyện Cao Lãnh", "873", Level.DISTRICT, PROVINCE),
    Place(P1, "Phường 1", "29866", Level.WARD, CITY),
    Place(P2, "Phường 2", "29869", Level.WARD, CITY),
    Place(P3, "Xã Nhị Mỹ", "30000", Level.COMMUNE, OTHER),
)
TREE = build_tree(PLACES)


def plan(*changes, **given):
    values = {"kind": ReorganisationKind.MIXED, "effective_on": DAY, "legal_basis": "NQ 1663"} | given
    return Plan(changes=changes, **values)


def unit(**given):
    return NewUnit(**{"name": "Phường Mới", "code": "29869", "level": "ward", "parent": "866"} | given)


def merge(*refs, into=None):
    return Form(into or unit(), tuple(Source(ref) for ref in refs))


def wrong(*changes, ground=TREE, **given):
    """Return the sentences of what is wrong with the plan, with their places."""
    found = check_plan(plan(*changes, **given), ground)
    return [f"{one.where}: {one.sentence}" for one in found if one.severity is Severity.WRONG]


def test_a_merger_ends_its_sources_and_makes_one_new_unit_which_may_bear_a_code_that_falls_free():
    outcome = work_out(plan(merge("29866", "29869")), TREE)
    assert outcome.problems == []
    assert set(outcome.ended) == {P1, P2}
    (new,) = outcome.begun.values()
    assert (new.name, new.code, new.parent_id) == ("Phường Mới", "29869", CITY)
    assert new.area_id not in TREE
    assert {(one.from_area, one.to_area, one.share_ppm) for one in outcome.handings} == {
        (P1, new.area_id, 1_000_000),
        (P2, new.area_id, 1_000_000),
    }
    assert set(outcome.applied(TREE)) == {PROVINCE, CITY, OTHER, P3, new.area_id}


def test_a_unit_may_be_divided_and_its_parts_go_to_units_of_several_parents():
    first = Form(unit(), (Source("29866"), Source("29869", 600_000, basis="số hộ")))
    second = Form(unit(code="30000", name="Xã Nhị Mỹ", parent="873"), (Source("30000"), Source("29869", 400_000)))
    assert wrong(first, second) == []


def test_shares_of_a_unit_add_up_to_one():
    first = Form(unit(), (Source("29866"), Source("29869", 600_000)))
    second = Form(unit(code="9"), (Source("29869", 300_000),))
    (found,) = wrong(first, second)
    assert "Các phần của Phường 2 (29869) cộng lại là 0,6 + 0,3 = 0,9, phải đúng bằng 1" in found


def test_shares_of_the_new_unit_add_up_to_one_where_they_are_stated():
    sources = (Source("29866", back_share_ppm=200_000), Source("29869", back_share_ppm=700_000))
    (found,) = wrong(Form(unit(), sources))
    assert "Các phần “back_share” của Phường Mới cộng lại là 0,9" in found
    assert wrong(Form(unit(), (sources[0], Source("29869")))) == []  # the others are not stated
    assert wrong(Form(unit(), (sources[0], Source("29869", back_share_ppm=800_000)))) == []


def test_a_unit_is_not_orphaned():
    found = wrong(Abolish("866"))
    assert [one.split(":")[0] for one in found] == ["Phường 1 (29866)", "Phường 2 (29869)"]
    assert "đang thuộc Thành phố Cao Lãnh (866), đơn vị không còn từ ngày 01/07/2025" in found[0]
    assert wrong(Abolish("866"), Revise("29866", parent="87"), merge("29869", into=unit(parent="87"))) == []


def test_no_unit_hangs_under_itself():
    (found,) = wrong(Revise("87", parent="29866"))
    assert "vòng lặp đơn vị cấp trên" in found


def test_a_code_has_one_bearer_on_a_day():
    assert "mã 30000 là của cả" in wrong(merge("29866", "29869", into=unit(code="30000")))[0]
    assert "mã 30000 là của cả" in wrong(Revise("29866", code="30000"))[0]
    assert wrong(Revise("29866", code="29869"), Revise("29869", code="29866")) == []  # they swap


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": " "}, "Thay đổi 1: Chưa có tên"),
        ({"level": "hamlet"}, "Thay đổi 1: Không có cấp “hamlet”"),
        ({"name": "x" * 121}, "Thay đổi 1: Tên dài quá 120 chữ"),
        ({"parent": "99"}, "Thay đổi 1: Bản đồ mới (ngày 01/07/2025) không có đơn vị mang mã 99"),
        ({"parent": "29866"}, "29866: Phường 1 (29866) kết thúc trong chính đợt này"),
    ],
)
def test_a_new_unit_is_complete(given, said):
    found = wrong(merge("29866", "29869", into=unit(**given)))
    assert any(said.split(": ")[1] in one for one in found), found


def test_an_odd_level_above_is_only_a_warning():
    (found,) = check_plan(plan(merge("29866", "29869", into=unit(level="district"))), TREE)
    assert found.severity is Severity.EXPLAIN
    assert "là huyện mà thuộc Thành phố Cao Lãnh (866) là thành phố" in found.sentence


def test_a_unit_ends_once():
    assert "bị kết thúc hai lần" in wrong(Abolish("29866"), Abolish("29866"))[0]
    assert "bị kết thúc hai lần" in wrong(merge("29866"), Abolish("29866"))[0]
    assert "vừa sửa vừa kết thúc" in wrong(Revise("29866", name="Phường Một"), Abolish("29866"))[0]
    assert "sửa hai lần" in wrong(Revise("29866", name="Phường Một"), Revise("29866", code="7"))[0]
    assert "được nêu hai lần làm nguồn" in wrong(merge("29866", "29866"))[0]


def test_what_changes_is_on_the_map_of_the_day_before():
    (found,) = wrong(Abolish("12345"))
    assert found == (
        "Thay đổi 1: Trước ngày 01/07/2025 không có đơn vị nào mang mã 12345. Hãy kiểm tra lại mã hoặc ngày."
    )
    late = Place(UUID(int=9), "Phường Muộn", "777", Level.WARD, CITY)
    ground = Ground(TREE, TREE, later=((date(2026, 1, 1), build_tree((*PLACES, late))),))
    assert "Phường Muộn (777) chỉ có trên bản đồ từ 01/01/2026" in wrong(Abolish("777"), ground=ground)[0]


def test_a_unit_whose_history_goes_on_already_is_refused_by_name():
    ground = Ground(TREE, TREE, settled={P1: "đã có thay đổi được ghi nhận từ ngày 01/07/2025."})
    assert (
        "Phường 1 (29866) đã có thay đổi được ghi nhận từ ngày 01/07/2025." in wrong(Abolish("29866"), ground=ground)[0]
    )


def test_later_maps_are_looked_at_too():
    """A unit that begins later hangs under the one that is to end now."""
    late = Place(UUID(int=9), "Xã Muộn", "777", Level.COMMUNE, OTHER)
    ground = Ground(TREE, TREE, later=((date(2026, 1, 1), build_tree((*PLACES, late))),))
    found = wrong(Abolish("873"), Revise("30000", parent="866"), ground=ground)
    assert len(found) == 1
    assert "Xã Muộn (777) đang thuộc Huyện Cao Lãnh (873), đơn vị không còn từ ngày 01/01/2026" in found[0]


def test_references_with_a_day_are_looked_up_by_it():
    ground = Ground(TREE, TREE, refs={"100@2019-01-01": P1})
    assert set(work_out(plan(Abolish("100@2019-01-01")), ground).ended) == {P1}
    assert wrong(merge("29866", into=unit(parent="866@2025-07-01", code="1")), ground=ground) == []


def test_a_plan_says_what_changes_and_by_which_act():
    assert wrong() == [": Chưa có thay đổi nào. Hãy ghi ít nhất một thay đổi."]
    assert "Chưa ghi căn cứ" in wrong(Create(unit(code="1")), legal_basis=" ")[0]
    assert "không đổi gì ở Phường 1" in wrong(Revise("29866", name="Phường 1"))[0]
    assert "ít nhất một đơn vị cũ" in wrong(Form(unit(code="1"), ()))[0]


def test_everything_wrong_is_said_at_once():
    assert len(wrong(Abolish("1"), Abolish("2"), Create(unit(name="", code="30000")))) == 4


def test_an_heir_keeps_what_an_abolished_unit_leaves_and_does_not_stem_from_it():
    changes = (Abolish("866", heir="87"), Revise("29866", parent="87"), Revise("29869", parent="87"))
    (handing,) = work_out(plan(*changes), TREE).handings
    assert (handing.from_area, handing.to_area, handing.share_ppm, handing.back_share_ppm) == (
        CITY,
        PROVINCE,
        1_000_000,
        0,
    )
    assert "không có đơn vị mang mã 866" in wrong(replace(changes[0], heir="866"), *changes[1:])[0]
