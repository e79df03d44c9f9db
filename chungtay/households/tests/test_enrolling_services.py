"""Lists entered and reviewed by one decision: all or nothing, counted from the decision's day, one event each."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localdate

from chungtay.access.selectors import NotAllowed
from chungtay.audit.models import AuditEvent
from chungtay.households import services
from chungtay.households.classifying import counts_on
from chungtay.households.models import Household, Need
from chungtay.households.rules import Ground, Kind, NeedKind, Personal
from chungtay.households.services import Decision, Enrolment, LegalGround, NotClassed
from tests.cast import make_cast

NOW = datetime(2025, 3, 10, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
SINCE, LATER = date(2024, 1, 1), date(2024, 12, 15)


@pytest.fixture
def ward(db):
    return make_cast(2)


def entered(cast, by=None):
    decision = Decision(Kind.POOR, SINCE, "12/QĐ-UBND", SINCE)
    people = [Personal(f"Nguyễn Thị {name}", "Khóm 2") for name in ("Sáu", "Bảy", "Tám")]
    entries = [Enrolment(one, [decision], [(NeedKind.HOUSING, SINCE)]) for one in people]
    ground = LegalGround(Ground.LAW, "Quyết định 12/QĐ-UBND", SINCE)
    return services.enrol(area=cast.communes[0], entries=entries, ground=ground, now=NOW, by=by or cast.clerk)


def review(cast, ends, begins=(), day=LATER):
    said = {"day": day, "decision_number": "99/QĐ-UBND", "now": NOW, "by": cast.clerk}
    services.review_classes(area=cast.communes[0], ends=ends, begins=begins, **said)


def count(cast, day, kind):
    return counts_on([cast.communes[0].pk], day).get((cast.communes[0].pk, kind), 0)


def test_a_list_is_entered_with_classes_and_needs_in_one_event(ward):
    rows = entered(ward)
    assert (count(ward, SINCE, Kind.POOR), Need.objects.count(), len(rows)) == (3, 3, 3)
    (event,) = AuditEvent.objects.filter(code__startswith="households.")
    assert event.data["households"] == 3


def test_only_who_keeps_the_register_enters(ward):
    with pytest.raises(NotAllowed):
        entered(ward, by=ward.officer)
    assert not Household.objects.exists()


def test_a_review_ends_and_begins_classes(ward):
    first, second, _ = entered(ward)
    near = Decision(Kind.NEAR_POOR, LATER, "99/QĐ-UBND", LATER)
    review(ward, {first.pk: Kind.POOR, second.pk: Kind.POOR}, [(first, near)])
    before = LATER - timedelta(days=1)
    assert (count(ward, before, Kind.POOR), count(ward, LATER, Kind.POOR)) == (3, 1)
    assert count(ward, LATER, Kind.NEAR_POOR) == 1


def test_a_class_that_is_not_there_ends_nothing(ward):
    first, second, _ = entered(ward)
    with pytest.raises(NotClassed):
        review(ward, {first.pk: Kind.POOR, second.pk: Kind.POLICY})
    with pytest.raises(NotClassed):
        review(ward, {first.pk: Kind.POOR}, day=SINCE)
    assert count(ward, LATER, Kind.POOR) == 3


def test_needs_are_met_together(ward):
    rows = entered(ward)
    said = {"kind": NeedKind.HOUSING, "day": localdate(NOW), "now": NOW, "by": ward.clerk}
    assert services.meet_needs(area=ward.communes[0], households=rows[:2], **said) == 2
    assert Need.objects.filter(until=None).count() == 1
