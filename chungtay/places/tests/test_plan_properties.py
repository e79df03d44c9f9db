"""Whatever somebody writes into a plan: it is refused with sentences, or the map after it is sound and its shares are whole."""

from collections import Counter, defaultdict
from datetime import date
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.kernel.errors import Severity
from chungtay.places.plan_json import plan_from_json, plan_to_json
from chungtay.places.plans import Plan
from chungtay.places.reorganising import check_plan, work_out
from chungtay.places.rules import WHOLE, Level, Place, ReorganisationKind, build_tree
from chungtay.places.tests.random_plans import plans, sound_changes

DAY = date(2025, 7, 1)


def province():
    """One province (1) with two districts (2, 3) of two communes each (4 to 7)."""
    ids = {code: UUID(int=int(code)) for code in "1234567"}
    above = {"1": None, "2": "1", "3": "1", "4": "2", "5": "2", "6": "3", "7": "3"}
    levels = {"1": Level.PROVINCE, "2": Level.DISTRICT, "3": Level.DISTRICT}
    return build_tree(
        Place(ids[code], f"Đơn vị {code}", code, levels.get(code, Level.COMMUNE), ids.get(up or ""))
        for code, up in above.items()
    )


def check_outcome(outcome, before):
    places = outcome.applied(before)
    assert all(place.parent_id is None or place.parent_id in places for place in places.values())
    assert max(Counter(place.code for place in places.values() if place.code).values(), default=1) == 1
    assert len(build_tree(places.values())) == len(places)  # no circle: every unit is reached from a root
    assert all(place.name for place in places.values())
    parts = defaultdict(int)
    for handing in outcome.handings:
        assert handing.from_area in outcome.ended
        assert handing.to_area in places
        parts[handing.from_area] += handing.share_ppm
    assert set(parts.values()) <= {WHOLE}
    assert not places.keys() & outcome.ended.keys()


@settings(max_examples=400, deadline=None)
@given(plans([DAY]))
def test_a_plan_is_refused_or_leaves_a_sound_map(plan):
    tree = province()
    outcome = work_out(plan, tree)
    assert all(problem.sentence for problem in outcome.problems)
    if not outcome.is_refused:
        check_outcome(outcome, tree)
    assert plan_from_json(plan_to_json(plan)) == plan


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_sound_changes_are_accepted_one_after_the_other(data):
    """Else the first test would be empty: a checker that refuses everything keeps every map sound."""
    tree = province()
    for _ in range(4):
        plan = Plan(ReorganisationKind.MIXED, DAY, "NQ", sound_changes(data.draw, tree))
        wrong = [problem for problem in check_plan(plan, tree) if problem.severity is Severity.WRONG]
        assert wrong == []
        outcome = work_out(plan, tree)
        check_outcome(outcome, tree)
        tree = build_tree(outcome.applied(tree).values())
