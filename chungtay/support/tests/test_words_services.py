"""Who hears of a case: who decides once it may be decided, who prepared it when it moves, who pays; a batch once, no name ever."""

import pytest
from django.db import transaction

from chungtay.notices import services as notices
from chungtay.notices.models import Notice
from chungtay.support import services
from chungtay.support.rules import State
from chungtay.support.tests.test_batches_services import approved, opened

pytestmark = pytest.mark.django_db


def told(kind):
    rows = Notice.objects.filter(kind=kind).select_related("to")
    return sorted(one.to.username for one in rows)


def no_names():
    words = " ".join(f"{one.subject} {one.text}" for one in Notice.objects.filter(kind__startswith="support."))
    return not any(name in words for name in ("Sáu", "Tám", "bà", "thiếu giấy", "80.000.000"))


def test_a_case_comes_back_and_is_decided_for_who_prepared_it(place):
    case = place.lead(place.propose(), State.POSTED)
    assert told("support.waits") == [], "it hangs: nobody can decide yet"
    row = place.fresh(case)
    services.send_back(case=row, revision=row.revision, reason="bà Sáu thiếu giấy", now=place.tick(), by=place.leader)
    assert told("support.came_back") == [place.clerk.username]
    case = place.lead(place.propose(place.gift(total=1)), State.PROPOSED)
    case = place.lead(place.propose(), State.APPROVED)
    assert told("support.approved") == [place.clerk.username]
    assert told("support.waits") == ["ketoan", "kiemsoat", "thuquy"], "who pays hears that money is asked for"
    assert no_names()


def test_what_has_hung_long_enough_is_told_once_to_who_decides(place):
    place.lead(place.propose(), State.POSTED)
    until = place.now
    for days, count in ((0, 0), (9, 2), (12, 2), (20, 2)):
        notices.tell_due(now=until.replace(day=10) if not days else place.tick(days=days))
        assert len(told("support.waits")) == count, days
    assert told("support.waits") == [place.leader.username, "pho"]
    assert no_names()


def test_a_round_of_cases_is_one_notice_to_each(place):
    approved(place, opened(place))
    assert told("support.approved") == [place.clerk.username]
    one = Notice.objects.get(kind="support.approved")
    assert one.subject == "2 hồ sơ hỗ trợ đã được duyệt"
    assert told("support.waits") == ["ketoan", "kiemsoat", "thuquy"]
    assert no_names()


def test_what_was_not_decided_was_never_told(place):
    case = place.lead(place.propose(), State.POSTED)
    place.tick(days=10)
    with pytest.raises(RuntimeError), transaction.atomic():
        place.approve(case)
        raise RuntimeError("the act fails")
    assert not Notice.objects.filter(kind__startswith="support.").exists()
    place.approve(case)
    assert told("support.approved") == [place.clerk.username]
