"""Who is told what of a return: the next person, the unit when it comes back, one after the other when it is late."""

from datetime import timedelta

import pytest

from chungtay.notices.models import Notice
from chungtay.notices.services import tell_due
from chungtay.returns import services
from chungtay.returns.rules import Entry
from chungtay.returns.tests.making import DUE, NOW, approve, fill, send

pytestmark = pytest.mark.django_db


def told(kind):
    """Return (who, subject) of the notices of a kind, in order."""
    return [(one.to.username, one.subject) for one in Notice.objects.filter(kind=kind).order_by("at", "to__username")]


def test_the_next_person_is_told_and_the_unit_when_it_comes_back_or_is_approved(cast, mine):
    send(mine, cast.clerk, cast.leader)
    waits = told("returns.waits")
    assert [who for who, _ in waits] == ["leader", "officer"]
    assert waits[0][1].endswith("chờ bạn ký gửi")
    services.send_back_return(of=mine, remarks={}, note="Số nhà lặp", now=NOW, by=cast.officer)
    back = Notice.objects.filter(kind="returns.came_back")
    assert {one.to.username for one in back} == {"clerk", "leader"}
    assert back[0].text == f"{cast.officer.full_name}: “Số nhà lặp”"
    mine.refresh_from_db()
    send(mine, cast.clerk, cast.leader)
    mine.refresh_from_db()
    approve(mine, cast.officer)
    assert {who for who, _ in told("returns.approved")} == {"clerk", "leader"}


def test_what_is_refused_tells_nobody(cast, mine):
    fill(mine, cast.clerk, {"groups.clubs": Entry(value=2)})
    mine.refresh_from_db()
    with pytest.raises(services.NotReady):
        services.submit_return(of=mine, now=NOW, by=cast.clerk)
    assert not Notice.objects.exists()


def test_a_deadline_is_told_before_it_and_one_after_the_other_behind_it(cast, mine):
    def people(days):
        before = set(Notice.objects.values_list("pk", flat=True))
        tell_due(now=DUE + timedelta(days=days))
        about = Notice.objects.filter(area=mine.area_id, kind="returns.deadline").exclude(pk__in=before)
        return sorted(one.to.username for one in about)

    assert [people(days) for days in (-9, -3, -2, 1, 2, 3, 7, 9)] == [
        [],
        ["clerk"],
        [],
        ["clerk"],
        [],
        ["leader"],
        ["officer"],
        [],
    ]
