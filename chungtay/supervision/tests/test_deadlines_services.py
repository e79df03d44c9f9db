"""Answers that are late: who has to give them first, then who leads, who asked and the level above; never with anybody's words."""

from datetime import timedelta

import pytest

from chungtay.notices import services as notices
from chungtay.notices.chains import Step, Who
from chungtay.notices.models import Notice
from chungtay.notices.selectors import versions_known
from chungtay.supervision import services
from chungtay.supervision.models import Recommendation

pytestmark = pytest.mark.django_db


def told(office, row, days):
    """Return who is told on the day so many days after the due day."""
    before = set(Notice.objects.values_list("pk", flat=True))
    day = office.now.replace(year=row.due_on.year, month=row.due_on.month, day=row.due_on.day) + timedelta(days=days)
    notices.tell_due(now=day)
    return sorted(one.to.username for one in Notice.objects.exclude(pk__in=before).select_related("to"))


def test_an_answer_that_is_owed_goes_up_the_ladder_once(office):
    row = office.sent()
    found = [(days, told(office, row, days)) for days in (-6, -5, -5, 0, 1, 2, 3, 9, 10, 11)]
    assert [(days, who) for days, who in found if who] == [
        (-5, ["clerk"]), (1, ["city.chair", "city.front", "clerk"]), (3, ["leader"]), (10, ["upper.leader"])
    ]  # fmt: skip
    assert Notice.objects.filter(key__contains="/near/").count() == 1
    assert not Notice.objects.filter(text__contains="Niêm yết").exists(), "what it is about stays on its page"


def test_who_is_told_may_open_what_they_are_told_of(office, web):
    row = office.sent()
    told(office, row, 30)
    assert Notice.objects.exists()
    for one in Notice.objects.select_related("to"):
        assert web(one.to).get(one.url).status_code == 200, one.to


def test_an_answer_sent_back_is_owed_again_and_its_chain_begins_anew(office):
    row = office.sent()
    assert "clerk" in told(office, row, 1)
    row = office.signed(row)
    assert told(office, row, 1) == [], "it was answered"
    services.send_answer_back(
        recommendation=row, reason="thiếu ngày", revision=row.revision, now=office.tick(), by=office.chair
    )
    assert "clerk" in told(office, Recommendation.objects.get(), 1)


def test_a_citizens_matter_is_told_of_without_a_word_of_it(office):
    row = office.routed()
    assert told(office, row, 1) == ["clerk"]
    assert told(office, row, 3) == ["leader"]
    assert told(office, row, 7) == ["city.chair", "city.front", "unit.front"]
    assert not Notice.objects.filter(words__contains="den duong").exists()


def test_what_nobody_has_looked_at_for_days_is_told_once_a_place(office):
    for number in range(3):
        office.told(address=f"10.0.0.{number}")
    Notice.objects.all().delete()
    people = []
    for days in (1, 3, 4, 9):
        notices.tell_due(now=office.now + timedelta(days=days))
        people.append(sorted(one.to.username for one in Notice.objects.select_related("to")))
    assert people == [[], *[["city.chair", "city.front", "unit.front"]] * 3]
    assert "3 phản ánh" in Notice.objects.first().subject


def test_a_place_has_a_chain_of_its_own(office):
    row = office.sent()
    notices.set_chain(
        area=office.cast.city, chain="supervision.answer", steps=[Step(Who.DOER, 2), Step(Who.ABOVE, 2)],
        valid_from=office.today, legal_basis="Quy chế phối hợp 5", reason="họp hai bên", seen=versions_known("supervision.answer"),
        now=office.tick(), by=office.cast.admin,
    )  # fmt: skip
    assert told(office, row, 1) == []
    assert told(office, row, 2) == ["clerk", "upper.leader"]
