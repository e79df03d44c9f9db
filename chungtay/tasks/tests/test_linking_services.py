"""A later deadline comes before the plans that have a part in the task; what they take over moves their own parts."""

from datetime import date, timedelta

import pytest

from chungtay.access.selectors import keys_of
from chungtay.programmes.link_rules import Way
from chungtay.programmes.links import standings_of
from chungtay.programmes.models import Proposal
from chungtay.programmes.registry import BadAnswer
from chungtay.programmes.services import decide, draft_answer
from chungtay.tasks import services
from chungtay.tasks.models import Extension
from chungtay.tasks.tests.making import Office
from chungtay.web.waiting import Asked, waiting_for

pytestmark = pytest.mark.django_db
UNTIL = date(2022, 5, 31)


def extended(office: Office) -> Proposal:
    task = office.active()
    services.extend(task=task, until=UNTIL, reason="Thiếu vật liệu", now=office.tick(), by=office.city_leader)
    return Proposal.objects.get(plan=office.plan)


def answer(office: Office, proposal: Proposal, way: Way, typed: str = "") -> None:
    given = {"way": way, "typed": typed, "reason": "vì mưa", "seen": 0}
    draft_answer(proposal=proposal, now=office.tick(), by=office.cast.clerk, **given)
    decide(proposal=proposal, holds=True, seen=1, now=office.tick(), by=office.cast.leader)


def test_a_later_deadline_taken_over_moves_the_parts_of_the_plan_and_keeps_both_days(office: Office) -> None:
    proposal = extended(office)
    assert (proposal.held, proposal.change.after) == ("2022-03-01", "2022-05-31")
    answer(office, proposal, Way.TAKE)
    duty = office.made[0].duties.get()
    assert (duty.deadline, duty.due_on) == (UNTIL, date(2022, 3, 1))
    assert Extension.objects.get(duty=duty).before == date(2022, 3, 1)


def test_an_earlier_day_may_be_chosen_a_later_one_not(office: Office) -> None:
    proposal = extended(office)
    for typed, said in (("01/07/2022", "hạn của cấp trên"), ("31/02/2022", "có trong lịch")):
        with pytest.raises(BadAnswer, match=said):
            answer(office, proposal, Way.ADAPT, typed)
    answer(office, proposal, Way.ADAPT, "15/04/2022")
    assert office.made[0].duties.get().deadline == date(2022, 4, 15)


def test_who_declines_keeps_the_deadline_and_a_part_is_nobodys_change_above(office: Office) -> None:
    proposal = extended(office)
    answer(office, proposal, Way.DECLINE)
    assert office.made[0].duties.get().deadline == date(2022, 3, 1)
    duty = office.made[0].duties.get()
    services.extend(
        task=office.made[0], duty=duty, until=date(2022, 4, 1), reason="Mưa", now=office.tick(), by=office.city_leader
    )
    assert len(standings_of([office.plan])) == 1


def test_a_reminder_waits_on_the_staff_home_of_whose_part_it_is(office: Office) -> None:
    office.active()
    today = office.now.date()
    services.remind(now=office.tick())
    for person, count in ((office.cast.clerk, 1), (office.cast.other_clerk, 0)):
        asked = Asked(person, keys_of(person, on=today), today)
        found = [one for one in waiting_for(asked) if one.url.startswith("/nhiem-vu/")]
        assert len(found) == count
    assert found == [] or found[0].due <= today + timedelta(7)
