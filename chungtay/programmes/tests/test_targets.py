"""Targets in versions, handed down with a check of the sum, undone by new versions, and shown on later maps."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from chungtay.audit import selectors as audit
from chungtay.audit.models import HistoryIsFixed
from chungtay.indicators.rules import Kind
from chungtay.indicators.services import Definition, define_indicators
from chungtay.kernel.periods import parse_period
from chungtay.programmes import selectors, services
from chungtay.programmes.allocating import NotBelow, SumDiffers, TargetMoved
from chungtay.programmes.models import Allocation, Comparison, Target
from chungtay.programmes.rules import SumRule
from chungtay.programmes.services import TargetValueWrong
from chungtay.programmes.target_trees import target_gaps, target_tree
from chungtay.programmes.tests.test_services import create
from tests.cast import NOW

pytestmark = pytest.mark.django_db

HOUSES = Definition("houses", "Nhà", "căn", "Định nghĩa.", Kind.FLOW)
TERMS = [Definition(code, code, "hộ", "Định nghĩa.", Kind.STOCK) for code in ("poor", "all")]
RATE = Definition("rate", "Tỷ lệ hộ nghèo", "%", "Định nghĩa.", Kind.RATIO, numerator="poor", denominator="all")


@pytest.fixture
def houses(db):
    return define_indicators([HOUSES, *TERMS, RATE], now=NOW, by=None)[0]


@pytest.fixture
def plan(cast):
    return create(cast, "500-866", cast.city, create(cast))


def give(cast, plan, indicator, value=120, period="2022", now=NOW, **more):
    given = {"area": cast.city, "basis": "KH 18", "by": cast.officer} | more
    return services.set_target(programme=plan, indicator=indicator, period_code=period, value=value, now=now, **given)


def hand_down(target, parts, rule=SumRule.EQUAL, now=NOW, **more):
    return services.allocate_target(target=target, parts=parts, rule=rule, basis="KH 20", now=now, by=None, **more)


def units(cast, *values):
    return {area.pk: value for area, value in zip(cast.communes, values, strict=True)}


def values(plan, cast, **more):
    return [[t.value for t in selectors.targets_for(plan, area.pk, **more)] for area in cast.communes]


def test_a_target_is_mended_by_a_new_version_and_the_old_one_is_known_of_then(cast, plan, houses):
    give(cast, plan, houses)
    later = NOW + timedelta(days=30)
    target = give(cast, plan, houses, 150, now=later, basis="KH 25")
    assert [(t.number, t.value) for t in selectors.target_versions(target)] == [(1, 120), (2, 150)]
    assert [t.value for t in selectors.targets_for(plan, cast.city.pk)] == [150]
    assert [t.value for t in selectors.targets_for(plan, cast.city.pk, known_at=NOW)] == [120]
    give(cast, plan, houses, None, now=later + timedelta(days=1))
    assert selectors.targets_for(plan, cast.city.pk) == []
    assert [t.value for t in selectors.targets_of(plan.parent, known_at=later)] == [150]
    with pytest.raises(HistoryIsFixed):
        target.save()
    with pytest.raises(TargetValueWrong, match="từ 0 trở lên"):
        give(cast, plan, houses, -1)


def test_parts_that_equal_the_target_become_targets_of_the_units(cast, plan, houses):
    target = give(cast, plan, houses)
    act = hand_down(target, units(cast, 60, 40, 20))
    assert values(plan, cast) == [[60], [40], [20]]
    assert (act.total, act.rule, act.targets.count()) == (120, "equal", 3)
    tree = target_tree(plan.parent, houses, parse_period("2022"), cast.city.pk)
    assert (tree.value, tree.parts_sum, tree.gap) == (120, 120, 0)
    assert [child.value for child in tree.children] == [60, 40, 20]
    assert target_gaps(plan.parent) == []
    assert audit.latest_events(limit=1)[0].code == "programmes.target.allocated"


@pytest.mark.parametrize(
    ("parts", "rule", "said"),
    [
        ((60, 40, 10), SumRule.EQUAL, "còn thiếu 10"),
        ((60, 40, 30), SumRule.EQUAL, "vượt 10"),
        ((60, 40, 10), SumRule.AT_LEAST, "còn thiếu 10"),
        ((60, 40, 20), SumRule.FREE, "không phân bổ theo cách"),
        ((60, 40, 20), SumRule.AT_MOST, "không phân bổ theo cách"),
        ((None, None, None), SumRule.EQUAL, "ít nhất một số"),
    ],
)
def test_parts_that_do_not_agree_are_refused_with_the_difference(cast, plan, houses, parts, rule, said):
    target = give(cast, plan, houses)
    with pytest.raises(SumDiffers, match=said):
        hand_down(target, units(cast, *parts), rule)
    assert not Allocation.objects.exists() and values(plan, cast) == [[], [], []]


def test_more_than_the_target_may_be_given_when_it_is_a_least(cast, plan, houses):
    hand_down(give(cast, plan, houses), units(cast, 60, 60, 60), SumRule.AT_LEAST)
    least = give(cast, plan, houses, 10, "2023", comparison=Comparison.AT_MOST)
    hand_down(least, units(cast, 3, None, 4), SumRule.AT_MOST)
    assert values(plan, cast) == [[60, 3], [60], [60, 4]]
    assert selectors.targets_for(plan, cast.communes[0].pk)[1].is_at_most


def test_a_ratio_is_handed_down_freely_and_never_added_up(cast, plan, houses):
    from chungtay.indicators.selectors import indicator_by_code

    rate = indicator_by_code("rate")
    target = give(cast, plan, rate, 80, comparison=Comparison.AT_MOST)
    hand_down(target, units(cast, 80, 90, 70), SumRule.FREE)
    tree = target_tree(plan.parent, rate, parse_period("2022"), cast.city.pk)
    assert (tree.parts_sum, tree.gap) == (None, None)
    assert [child.value for child in tree.children] == [80, 90, 70]
    with pytest.raises(SumDiffers, match="tỷ lệ, không cộng"):
        hand_down(target, units(cast, 80, 90, 70), SumRule.EQUAL)


def test_only_units_directly_below_get_a_part(cast, plan, houses):
    target = give(cast, plan, houses)
    for stranger in (cast.other_city, cast.city):
        with pytest.raises(NotBelow):
            hand_down(target, {stranger.pk: 120})
    bottom = give(cast, plan, houses, area=cast.communes[0])
    with pytest.raises(NotBelow):
        hand_down(bottom, {cast.communes[1].pk: 120})


def test_who_is_left_out_of_a_new_allocation_loses_the_part(cast, plan, houses):
    target = give(cast, plan, houses)
    hand_down(target, units(cast, 60, 40, 20))
    hand_down(target, {cast.communes[0].pk: 120})
    assert values(plan, cast) == [[120], [], []]


def test_an_allocation_of_a_target_that_moved_is_refused(cast, plan, houses):
    old = give(cast, plan, houses)
    new = give(cast, plan, houses, 150)
    with pytest.raises(TargetMoved):
        hand_down(old, units(cast, 60, 40, 20))
    act = hand_down(new, units(cast, 60, 40, 50), seen=0)
    with pytest.raises(TargetMoved):
        hand_down(new, units(cast, 50, 50, 50), seen=0)  # somebody else was faster
    hand_down(new, units(cast, 50, 50, 50), seen=act.pk)
    give(cast, plan, houses, None)
    with pytest.raises(TargetMoved):
        hand_down(new, units(cast, 50, 50, 50))


def test_a_later_change_of_the_target_or_of_a_part_is_a_discrepancy(cast, plan, houses):
    hand_down(give(cast, plan, houses), units(cast, 60, 40, 20))
    give(cast, plan, houses, 150)
    (gap,) = target_gaps(plan.parent)
    assert (gap.target.value, gap.total_then, gap.parts_sum, gap.gap) == (150, 120, 120, 30)
    assert target_tree(plan, houses, parse_period("2022"), cast.city.pk).gap == 30
    give(cast, plan, houses, 50, area=cast.communes[2])
    assert target_gaps(plan.parent) == []
    give(cast, plan, houses, 55, area=cast.communes[2])
    assert target_gaps(plan.parent)[0].gap == -5


def test_undoing_gives_back_what_was_before_as_new_versions(cast, plan, houses):
    target = give(cast, plan, houses)
    first = hand_down(target, units(cast, 60, 40, 20))
    second = hand_down(target, units(cast, 10, None, 110))
    with pytest.raises(TargetMoved, match="phân bổ lại"):
        services.undo_allocation(allocation=first, now=NOW, by=None)
    undone = services.undo_allocation(allocation=second, now=NOW, by=None)
    assert values(plan, cast) == [[60], [40], [20]]
    assert undone.undoes == second
    assert len(selectors.target_versions(selectors.targets_for(plan, cast.communes[0].pk)[0])) == 3
    with pytest.raises(TargetMoved):
        services.undo_allocation(allocation=second, now=NOW, by=None)
    services.undo_allocation(allocation=undone, now=NOW, by=None)  # and back again
    assert values(plan, cast) == [[10], [], [110]]
    assert audit.latest_events(limit=1)[0].code == "programmes.allocation.undone"


def test_a_part_that_was_changed_since_keeps_an_allocation_from_being_undone(cast, plan, houses):
    act = hand_down(give(cast, plan, houses), units(cast, 60, 40, 20))
    give(cast, plan, houses, 70, area=cast.communes[0])
    with pytest.raises(TargetMoved):
        services.undo_allocation(allocation=act, now=NOW, by=None)


def test_a_target_is_handed_down_through_several_levels(cast, plan, houses):
    programme = plan.parent
    top = give(cast, programme, houses, 200, area=cast.province)
    hand_down(top, {cast.city.pk: 120, cast.other_city.pk: 80})
    give(cast, plan, houses, 130)  # the city's own plan promises more than it was given
    own = selectors.targets_for(programme, cast.city.pk)
    hand_down(next(t for t in own if t.programme == programme), units(cast, 60, 40, 20))
    tree = target_tree(programme, houses, parse_period("2022"), cast.province.pk)
    city = next(child for child in tree.children if child.area_id == cast.city.pk)
    assert (tree.gap, city.value, city.gap, city.target.programme) == (0, 120, 0, programme)


def test_targets_of_ended_units_stay_and_count_in_the_successor_on_a_later_map(cast, plan, houses):
    from chungtay.places.plan_json import plan_from_json
    from chungtay.places.services import reorganise

    hand_down(give(cast, plan, houses), units(cast, 61, 40, 19))
    codes = ["29863", "29866"]
    merged = {"code": "30001", "name": "Phường Mới", "level": "ward", "parent": "866"}
    sources = [{"unit": codes[0], "share": "1"}, {"unit": codes[1], "share": "1"}]
    reorganise(
        plan=plan_from_json(
            {
                "kind": "merge",
                "effective_on": "2023-01-01",
                "legal_basis": "NQ thử",
                "changes": [{"do": "form", "unit": merged, "from": sources}],
            }
        ),
        now=NOW,
        by=None,
    )
    then = target_tree(plan, houses, parse_period("2022"), cast.city.pk)
    assert [child.value for child in then.children] == [61, 40, 19]
    now = target_tree(plan, houses, parse_period("2022"), cast.city.pk, on_map=date(2023, 1, 1))
    new = next(child for child in now.children if child.name == "Phường Mới")
    assert (new.value, new.is_restated, new.is_estimated) == (101, True, False)
    assert sorted((former.name, former.value) for former in new.formerly) == [("Phường 1", 40), ("Phường 11", 61)]
    assert (now.parts_sum, now.gap) == (120, 0)


def test_the_database_refuses_versions_that_cannot_be(cast, plan, houses):
    target = give(cast, plan, houses)
    what = {"programme": plan, "indicator": houses, "area": cast.city, "period_code": "2022", "recorded_at": NOW}
    for wrong in ({"number": 1, "value": 3}, {"number": 2, "value": -3}, {"number": 0, "value": 3}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Target.objects.create(**what | wrong)
    for wrong in ({"rule": "whatever", "total": 1}, {"rule": "equal", "total": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Allocation.objects.create(**what | wrong)
    assert target_tree(plan, houses, parse_period("2022"), target.pk) is None
