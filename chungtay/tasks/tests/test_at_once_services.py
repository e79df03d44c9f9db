"""Several people report or confirm one task at the same moment, on both databases: each step is taken once."""

import pytest

from chungtay.kernel.errors import DomainError
from chungtay.tasks import services
from chungtay.tasks.models import Act, Reminder, Task
from chungtay.tasks.rules import State, Verb
from chungtay.tasks.tests.making import make_office
from tests.databases.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 6


@pytest.fixture
def office():
    return make_office()


def won(answers):
    """Return how many went through; whatever did not was refused in words."""
    lost = [one for one in answers if isinstance(one, Exception)]
    assert all(isinstance(one, DomainError) for one in lost), lost
    return len(answers) - len(lost)


def test_a_task_is_reported_once_and_confirmed_once(office):
    task = office.active(parts=())
    given = {"task": task, "now": office.tick()}
    report = {"verb": Verb.REPORT, "note": "Đã xong", "by": office.cast.officer}
    assert won(at_once(lambda _: services.move(**given, **report), WORKERS)) == 1
    confirm = {"verb": Verb.CONFIRM, "note": "Đúng", "by": office.city_leader}
    assert won(at_once(lambda _: services.move(**given, **confirm), WORKERS)) == 1
    assert Task.objects.get(pk=task.pk).state == State.DONE
    assert list(Act.objects.filter(task=task, verb__in=["report", "confirm"]).values_list("verb", flat=True)) == [
        "report",
        "confirm",
    ]


def test_reminders_asked_for_at_once_are_recorded_once(office):
    office.active()
    at_once(lambda _: services.remind(now=office.now.replace(day=29)), WORKERS)
    keys = list(Reminder.objects.values_list("key", flat=True))
    assert keys
    assert len(keys) == len(set(keys))
