"""Random histories through the services: on every day, at every moment of knowledge, the map is sound and life has no hole."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.places import selectors, services
from chungtay.places.models import AreaVersion, Succession
from chungtay.places.plans import Plan
from chungtay.places.rules import WHOLE, ReorganisationKind
from chungtay.places.tests.random_plans import day, plans, sound_changes

pytestmark = pytest.mark.django_db
EPOCH = datetime(2022, 1, 1, tzinfo=UTC)
DAYS = [day(number) for number in range(6)]
UNITS = (("1", "", "province"), ("2", "1", "district"), ("3", "1", "district"), ("4", "2", "commune"))
UNITS += (("5", "2", "commune"), ("6", "3", "commune"), ("7", "3", "commune"))


def begin():
    areas = {}
    for code, above, level in UNITS:
        areas[code] = services.add_area(
            name=f"Đơn vị {code}",
            code=code,
            level=level,
            parent=areas.get(above),
            valid_from=DAYS[0],
            legal_basis="",
            now=EPOCH,
            by=None,
        )


def check_lives(known_at=None):
    """No hole and no overlap in any life."""
    rows = defaultdict(list)
    for row in AreaVersion.objects.known(known_at).order_by("valid_from"):
        rows[row.area_id].append(row)
    for versions in rows.values():
        assert [row.valid_to for row in versions[:-1]] == [row.valid_from for row in versions[1:]]


def check_maps(known_at=None):
    """Every day has its map, every unit of it a way up to a root, and no code two units."""
    for when in [*DAYS, DAYS[-1] + timedelta(days=9)]:
        tree = selectors.tree_on(when, known_at)
        assert all(node.parent_id is None or node.parent_id in tree for node in tree)
        assert all(tree.path(node.area_id)[0].parent_id is None for node in tree)
        codes = [node.code for node in tree if node.code]
        assert len(codes) == len(set(codes))


def check_shares():
    parts = defaultdict(int)
    for row in Succession.objects.filter(reorganisation__replaced_by=None):
        parts[row.from_area_id] += row.share_ppm
    assert set(parts.values()) <= {WHOLE}
    found = selectors.successions()
    for area_id in parts:
        assert found.lives[area_id][1] is not None  # who handed on has ended


def maps():
    return [selectors.tree_on(when) for when in DAYS]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_every_history_is_sound_on_every_day_and_remembered_at_every_moment(data):
    with transaction.atomic():
        begin()
        remembered = []
        for step in range(1, 7):
            now = EPOCH + timedelta(hours=step)
            remembered.append((now - timedelta(minutes=1), maps()))
            write(data.draw, now)
        for moment, known in remembered:
            assert [selectors.tree_on(when, moment) for when in DAYS] == known
            check_lives(moment)
        check_lives()
        check_maps()
        check_shares()
        transaction.set_rollback(True)


def write(draw, now):
    """Record something sound, something arbitrary, or a correction of something recorded; a refusal leaves nothing."""
    acts = selectors.reorganisations()
    kind = draw(st.sampled_from(("sound", "arbitrary", "correct", "correct")))
    before = maps()
    if kind == "correct" and acts:
        earlier = draw(st.sampled_from(acts))
        plan = draw(st.sampled_from([selectors.plan_of(earlier), draw(plans(DAYS[1:]))]))
        write_ = lambda: services.correct_reorganisation(earlier=earlier, plan=plan, now=now, by=None)  # noqa: E731
    else:
        when = draw(st.sampled_from(DAYS[1:]))
        tree = selectors.tree_on(when - timedelta(days=1))
        if kind == "arbitrary" or not any(node.code for node in tree):
            plan = draw(plans(DAYS[1:]))
        else:
            plan = Plan(ReorganisationKind.MIXED, when, "NQ", sound_changes(draw, tree))
        write_ = lambda: services.reorganise(plan=plan, now=now, by=None)  # noqa: E731
    try:
        write_()
    except services.PlanRefused as refused:
        assert refused.problems
        assert maps() == before


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_correction_that_says_the_same_changes_no_map_and_no_identity(data):
    with transaction.atomic():
        begin()
        tree = selectors.tree_on(DAYS[0])
        plan = Plan(ReorganisationKind.MIXED, DAYS[2], "NQ", sound_changes(data.draw, tree))
        act = services.reorganise(plan=plan, now=EPOCH, by=None)
        before = maps()
        services.correct_reorganisation(earlier=act, plan=plan, now=EPOCH + timedelta(hours=1), by=None)
        assert maps() == before
        transaction.set_rollback(True)
