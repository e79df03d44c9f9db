"""Meetings whose conclusions become tasks, and letters that wait for their answer."""

from datetime import date, timedelta

import pytest

from chungtay.access.selectors import NotAllowed, keys_of
from chungtay.audit.models import HistoryIsFixed
from chungtay.tasks import selectors, services
from chungtay.tasks.models import Letter, Meeting
from chungtay.tasks.tests.making import TODAY, Office

pytestmark = pytest.mark.django_db


def meet(office: Office, **more: object) -> Meeting:
    said = {"title": "Họp giao ban quý I", "held_on": TODAY, "chair": "Phó Chủ tịch", "agenda": "Tiến độ nhà ở"}
    said |= {"bodies": [office.city_ubnd, office.city_mttq]} | more
    return services.record_meeting(programme=office.programme, now=office.tick(), by=office.cast.officer, **said)


def test_a_conclusion_becomes_a_task_linked_both_ways(office: Office) -> None:
    meeting = meet(office)
    said = services.conclude(meeting=meeting, text="Hoàn thành 15 căn", now=office.tick(), by=office.cast.officer)
    (task,) = services.task_from_conclusion(
        conclusion=said, plan=office.agreed(), now=office.tick(), by=office.cast.officer
    )
    assert task.from_conclusion.conclusion == said
    assert [link.task for link in said.made.all()] == [task]


def test_minutes_are_versions_and_nothing_is_overwritten(office: Office) -> None:
    meeting = meet(office)
    for text in ("Bản đầu", "Bản sửa"):
        services.write_minutes(meeting=meeting, text=text, now=office.tick(), by=office.cast.officer)
    assert [(one.number, one.text) for one in meeting.minutes.order_by("number")] == [(1, "Bản đầu"), (2, "Bản sửa")]
    with pytest.raises(HistoryIsFixed):
        meeting.delete()


def test_a_meeting_has_two_bodies_and_is_concluded_after_it_was_held(office: Office) -> None:
    with pytest.raises(services.BadExchange, match="hai cơ quan"):
        meet(office, bodies=[office.city_ubnd])
    coming = meet(office, held_on=TODAY + timedelta(days=5))
    with pytest.raises(services.BadExchange, match="mới diễn ra"):
        services.conclude(meeting=coming, text="x", now=office.tick(), by=office.cast.officer)
    with pytest.raises(NotAllowed):
        services.conclude(meeting=coming, text="x", now=office.tick(), by=office.cast.clerk)


def test_an_answer_goes_back_the_way_the_letter_came(office: Office) -> None:
    def write(sender: object, receiver: object, number: str, **more: object) -> Letter:
        said = {"sender": sender, "receiver": receiver, "number": number, "dated_on": date(2022, 2, 1)}
        said |= {"subject": "Kiến nghị của Nhân dân", "now": office.tick(), "by": office.cast.officer} | more
        return services.record_letter(programme=office.programme, **said)

    asked = write(office.city_mttq, office.city_ubnd, "12/MTTQ-BTT", answer_by=date(2022, 2, 20))
    with pytest.raises(services.BadExchange, match="từ nơi nhận"):
        write(office.city_mttq, office.city_ubnd, "13/MTTQ-BTT", answers=asked)
    with pytest.raises(services.BadExchange, match="đã được ghi"):
        write(office.city_mttq, office.city_ubnd, "12/MTTQ-BTT")
    with pytest.raises(services.BadExchange, match="trước ngày văn bản"):
        write(office.city_mttq, office.city_ubnd, "14/MTTQ-BTT", answer_by=date(2022, 1, 20))
    answer = write(office.city_ubnd, office.city_mttq, "30/UBND", answers=asked, dated_on=date(2022, 3, 1))
    found = {letter.pk: letter for letter in selectors.letters_seen_by(keys_of(office.cast.clerk, on=TODAY))}
    assert list(found[asked.pk].answered_by.all()) == [answer]
    assert list(selectors.letters_seen_by(keys_of(office.cast.outsider, on=TODAY))) == []
