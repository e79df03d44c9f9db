"""Giving and ending roles."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from chungtay.access import selectors, services
from chungtay.access.models import Assignment
from chungtay.access.rules import Role
from chungtay.audit import selectors as audit
from tests.cast import NOW, START

pytestmark = pytest.mark.django_db
D2021, D2022 = date(2021, 1, 1), date(2022, 1, 1)
BY = {"now": NOW, "by": None}


def test_an_assignment_is_recorded(cast):
    given = services.assign(user=cast.outsider, role="auditor", area=cast.city, valid_from=START, **BY)
    event = audit.events_of(given).get()
    assert (event.code, event.area_id) == ("access.assignment.given", cast.city.id)
    assert event.data["role"] == "auditor"


def test_a_role_that_a_person_has_is_not_given_twice(cast):
    with pytest.raises(services.AlreadyAssigned, match=r"Lê Thị Cúc đã có vai trò .* tại Phường 11"):
        services.assign(user=cast.clerk, role=Role.CLERK, area=cast.communes[0], valid_from=D2021, **BY)


def test_an_ended_role_can_be_given_again_from_the_day_it_ended(cast):
    assignment = Assignment.objects.get(user=cast.clerk)
    services.end_assignment(assignment, valid_to=D2021, **BY)
    again = {"user": cast.clerk, "role": Role.CLERK, "area": cast.communes[0]}
    with pytest.raises(services.AlreadyAssigned):
        services.assign(**again, valid_from=date(2020, 12, 31), **BY)
    services.assign(**again, valid_from=D2021, valid_to=D2022, **BY)
    assert selectors.roles_of(cast.clerk, D2021) != []
    assert selectors.roles_of(cast.clerk, D2022) == []


@pytest.mark.parametrize("day", [START, date(2019, 1, 1)])
def test_an_assignment_ends_after_it_began(cast, day):
    with pytest.raises(services.AssignmentEnded):
        services.end_assignment(Assignment.objects.get(user=cast.clerk), valid_to=day, **BY)


def test_an_assignment_ends_once(cast):
    assignment = Assignment.objects.get(user=cast.clerk)
    services.end_assignment(assignment, valid_to=D2021, **BY)
    with pytest.raises(services.AssignmentEnded):
        services.end_assignment(assignment, valid_to=D2022, **BY)


@pytest.mark.parametrize(
    "given",
    [{"role": "king"}, {"role": "visitor"}, {"valid_to": START}, {"role": "clerk"}],
    ids=lambda given: str(given),
)
def test_the_database_refuses_unknown_roles_empty_times_and_twins(cast, given):
    values = {"role": "auditor", "valid_from": START} | given
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(user=cast.clerk, area=cast.communes[0], **values)
