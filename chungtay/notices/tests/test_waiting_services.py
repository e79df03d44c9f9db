"""What waits is told once until it was read, however much comes, and whoever comes at the same moment."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chungtay.notices import services
from chungtay.notices.models import Notice
from chungtay.notices.tests.conftest import KIND
from tests.databases.at_once import at_once

NOW = datetime(2025, 3, 3, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
pytestmark = pytest.mark.django_db


def waits(people, key="fund/1/drafts", by=None, now=NOW):
    words = {"subject": "Có chứng từ chờ ghi sổ", "url": "/quy/1/"}
    return services.tell_waiting(kind=KIND.code, to=people, key=key, now=now, by=by, **words)


def test_of_three_hundred_that_come_one_is_told_until_it_is_read(people):
    clerk, officer = people
    assert waits(people) == 2
    assert [waits(people) for _ in range(5)] == [0] * 5
    assert waits(people, key="fund/1/drafts2") == 2, "another sort begins anew"
    services.mark_read(notices=None, now=NOW + timedelta(hours=1), by=clerk)
    assert waits(people, now=NOW + timedelta(hours=2)) == 1
    assert Notice.objects.filter(to=clerk, key__startswith="fund/1/drafts/").count() == 2
    services.mark_read(notices=None, now=NOW + timedelta(hours=3), by=officer)
    assert waits(people, by=officer) == 0, "whoever did it is not told"


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_moment_tell_each_person_once(people):
    at_once(lambda _: waits(people), 6)
    assert Notice.objects.count() == 2
