"""Programmes: parties, plans of lower levels, targets, and what the database refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from chungtay.indicators.rules import Kind
from chungtay.indicators.services import Definition, define_indicators
from chungtay.kernel.periods import BadPeriod
from chungtay.places.selectors import tree_on
from chungtay.programmes import selectors, services
from chungtay.programmes.models import Comparison, Programme, Target
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def create(cast, code="500", area=None, parent=None, **changes):
    area = area or cast.province
    given = {
        "number": "500",
        "kind": "Chương trình phối hợp",
        "title": "về thực hiện một số nhiệm vụ trọng tâm",
        "signed_on": date(2019, 12, 13),
        "starts_on": date(2020, 1, 1),
        "ends_on": date(2024, 12, 31),
        "parties": [cast.body(area, "ubnd"), cast.body(area, "mttq")],
        "areas_of_work": ["Giảm nghèo", "Nông thôn mới"],
    }
    return services.create_programme(code=code, area=area, parent=parent, now=NOW, by=cast.officer, **given | changes)


@pytest.fixture
def programme(cast):
    return create(cast)


@pytest.fixture
def houses(cast):
    return define_indicators([Definition("houses", "Nhà", "căn", "Định nghĩa.", Kind.FLOW)], now=NOW, by=None)[0]


def test_parties_and_areas_of_work_keep_the_order_of_the_document(cast, programme):
    assert [p.body.kind for p in programme.parties.order_by("position")] == ["ubnd", "mttq"]
    assert [(a.number, a.title) for a in programme.areas_of_work.order_by("number")] == [
        (1, "Giảm nghèo"),
        (2, "Nông thôn mới"),
    ]


def test_a_programme_is_found_by_its_code_and_an_unknown_one_is_named(programme):
    assert selectors.programme_by_code("500") == programme
    with pytest.raises(selectors.UnknownProgramme, match="501"):
        selectors.programme_by_code("501")


def test_a_plan_stays_linked_and_an_area_without_one_follows_the_programme(cast, programme):
    plan = create(cast, "500-866", cast.city, programme)
    assert selectors.plan_at(programme, cast.city) == plan
    assert selectors.plan_at(programme, cast.communes[0]) == programme
    assert selectors.plan_at(programme, cast.province) == programme
    assert selectors.root_programmes() == [programme]
    assert selectors.plan_areas(programme, tree_on(date(2022, 1, 1))) == [cast.province.pk, cast.city.pk]


def test_targets_of_the_programme_and_of_its_plans_are_found_for_an_area(cast, programme, houses):
    plan = create(cast, "500-866", cast.city, programme)
    services.set_target(
        programme=plan, indicator=houses, area=cast.city, period_code="2022", value=120, basis="KH 18", now=NOW, by=None
    )
    (target,) = selectors.targets_for(programme, cast.city.pk)
    assert (target.value, target.comparison, target.programme) == (120, Comparison.AT_LEAST, plan)
    assert selectors.targets_for(programme, cast.communes[0].pk) == []


def test_a_target_for_no_period_is_refused(cast, programme, houses):
    with pytest.raises(BadPeriod):
        services.set_target(
            programme=programme,
            indicator=houses,
            area=cast.city,
            period_code="2022Q5",
            value=1,
            basis="",
            now=NOW,
            by=None,
        )
    assert not Target.objects.exists()


def test_the_database_refuses_a_second_plan_a_second_code_and_an_end_before_the_start(cast, programme):
    create(cast, "500-866", cast.city, programme)
    for wrong in (
        lambda: create(cast, "500-866-b", cast.city, programme),
        lambda: create(cast),
        lambda: create(cast, "501", ends_on=date(2019, 12, 31)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
    assert Programme.objects.count() == 2
