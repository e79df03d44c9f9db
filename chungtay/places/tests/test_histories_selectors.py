"""Reads of reorganisations: life lines, successions, days of change, previews."""

from datetime import timedelta

import pytest

from chungtay.places import selectors, services
from chungtay.places.models import Reorganisation
from chungtay.places.tests.atlas import JAN, JULY, LATER, form, january, july, plan
from tests.cast import START

pytestmark = pytest.mark.django_db
BY = {"now": LATER, "by": None}


@pytest.fixture
def atlas(cast):
    services.reorganise_all(plans=[january(), july()], **BY)
    return cast


def ref(text):
    return selectors.area_by_ref(text).id


def test_a_life_line_leads_back_and_forth_over_several_acts(atlas):
    middle = ref("29866@2025-01-01")
    line = selectors.history_of(middle)
    assert [(one.name, one.first, one.end, one.parent_name) for one in line.stretches] == [
        ("Phường 1", JAN, JULY, "Thành phố Cao Lãnh")
    ]
    assert line.stretches[0].legal_basis == "NQ 1284/NQ-UBTVQH15"
    assert [(one.generation, one.code, one.name) for one in line.relatives] == [
        (-1, "29866", "Phường 1"),
        (-1, "29869", "Phường 2"),
        (0, "29866", "Phường 1"),
        (1, "29869", "Phường Cao Lãnh"),
    ]
    assert {link.from_area for link in line.predecessors()} == {atlas.communes[1].id, atlas.communes[2].id}
    (ahead,) = line.successors()
    assert (ahead.to_area, ahead.on, ahead.legal_basis) == (ref("29869@2025-07-01"), JULY, "NQ 1663/NQ-UBTVQH15")
    assert [one.generation for one in selectors.history_of(ref("29869@2025-07-01")).relatives] == [-2, -2, -1, -1, 0]


def test_a_life_line_of_a_unit_that_only_moved_has_its_stretches(atlas):
    line = selectors.history_of(atlas.other_city.id)
    assert [(one.first, one.end, one.parent_name) for one in line.stretches] == [
        (START, JULY, "Tỉnh Đồng Tháp"),
        (JULY, None, "Tỉnh Đồng Tháp"),
    ]
    assert line.links == ()


def test_an_abolished_unit_hands_on_to_its_heir_which_does_not_stem_from_it(atlas):
    (link,) = selectors.history_of(atlas.city.id).successors()
    assert link.is_keeping
    assert [one.from_area for one in selectors.history_of(ref("82")).predecessors()] == [atlas.province.id]


def test_successions_say_who_came_after_whom(atlas):
    found = selectors.successions()
    new, merged = ref("29869@2025-07-01"), ref("29866@2025-01-01")
    assert found.forward[atlas.communes[1].id] == ((merged, 1_000_000),)
    assert found.forward[merged] == ((new, 1_000_000),)
    assert found.forward[atlas.city.id] == ((ref("82"), 1_000_000),)
    assert dict(found.backward[new]) == {merged: None, atlas.communes[0].id: None}
    assert found.backward[ref("82")] == ((atlas.province.id, None),)  # not of the city that it is heir of
    assert found.lives[merged] == (JAN, JULY)
    assert found.lives[atlas.other_city.id] == (START, None)
    assert found.parents[merged] == atlas.city.id


def test_successions_are_read_once(atlas, django_assert_num_queries):
    first = selectors.successions()
    with django_assert_num_queries(1):
        assert selectors.successions() is first


def test_successions_as_known_before_a_reorganisation_are_empty(atlas):
    earlier = selectors.successions(LATER - timedelta(days=1))
    assert (earlier.forward, earlier.backward) == ({}, {})
    assert earlier.lives[atlas.communes[1].id] == (START, None)


def test_days_of_change_have_a_label_and_a_count(atlas):
    assert [(one.day, one.units) for one in selectors.map_days()] == [(START, 6), (JAN, 5), (JULY, 3)]
    assert selectors.map_days()[1].label == "Từ 01/01/2025 (NQ 1284/NQ-UBTVQH15)"


def test_a_preview_shows_both_maps_and_writes_nothing(cast):
    services.reorganise(plan=january(), **BY)
    preview = selectors.preview_reorganisation(july())
    assert not preview.is_refused
    assert [node.name for node in preview.begun] == ["Tỉnh Đồng Tháp", "Phường Cao Lãnh"]
    assert {node.name for node in preview.ended} == {"Tỉnh Đồng Tháp", "Phường 1", "Phường 11", "Thành phố Cao Lãnh"}
    ((was, now),) = preview.revised
    assert (was.name, was.parent_id, now.parent_id) == ("Thành phố Sa Đéc", cast.province.id, preview.begun[0].area_id)
    assert [(node.depth, node.name) for node in preview.after] == [
        (0, "Tỉnh Đồng Tháp"),
        (1, "Phường Cao Lãnh"),
        (1, "Thành phố Sa Đéc"),
    ]
    assert Reorganisation.objects.count() == 1


def test_a_preview_of_a_broken_map_says_why(cast):
    preview = selectors.preview_reorganisation(plan({"do": "revise", "unit": "87", "parent": "866"}))
    assert preview.is_refused
    assert preview.after == ()
    assert "vòng lặp" in preview.problems[-1].sentence


def test_a_preview_of_a_correction_stands_on_the_map_without_what_it_corrects(cast):
    first = services.reorganise(plan=january(), **BY)
    again = plan(form("29866", "Phường Một", "29866", "29869"), on=JAN, corrects=str(first.id))
    preview = selectors.preview_reorganisation(again)
    assert preview.problems == ()
    assert {node.area_id for node in preview.ended} == {cast.communes[1].id, cast.communes[2].id}
    assert [node.area_id for node in preview.begun] == [ref("29866@2025-01-01")]


def test_a_reorganisation_is_found_by_its_id(cast):
    act = services.reorganise(plan=january(), **BY)
    assert selectors.reorganisation(act.id) == act
    with pytest.raises(selectors.UnknownReorganisation):
        selectors.reorganisation(cast.city.id)
