"""Feedback through the services: routed, joined, answered by two, closed; its contact sealed, logged, erased; the database holds."""

import pytest
from django.db import IntegrityError, connection, transaction

from chungtay.access.selectors import NotAllowed, keys_of
from chungtay.audit.models import AuditEvent
from chungtay.programmes.services import create_programme
from chungtay.supervision import selectors, services
from chungtay.supervision.handling import BadFeedback
from chungtay.supervision.models import Board, Contact, ContactLook, Feedback, FeedbackAnswer, VisitorAct
from chungtay.supervision.receiving import BadContact, NoSuchCode
from chungtay.supervision.rules import NotNow, Satisfaction, State
from chungtay.supervision.services import ContactGone, Person
from chungtay.supervision.tests.making import Office
from chungtay.supervision.throttle import TooMany
from chungtay.tasks.models import Task

pytestmark = pytest.mark.django_db


def row_of(office: Office, text: str, **more) -> tuple[Feedback, str]:
    code = office.told(text, **more)
    return Feedback.objects.latest("received_at"), code


def test_a_repeated_matter_is_joined_and_its_citizen_follows_the_first(office: Office) -> None:
    first = office.routed()
    again, code = row_of(office, "Đèn đường ở khóm 2 hỏng lâu rồi", address="10.0.0.2")
    keys = keys_of(office.unit_writer, on=office.today)
    assert selectors.like_this(again, selectors.feedback_seen_by(keys)) == [first]
    with pytest.raises(BadFeedback):
        services.merge(feedback=again, into=again, revision=1, now=office.tick(), by=office.unit_writer)
    services.merge(feedback=again, into=first, revision=1, now=office.tick(), by=office.unit_writer)
    with pytest.raises(BadFeedback, match="Đã có phản ánh khác"):
        services.merge(feedback=first, into=row_of(office, "Khác")[0], revision=2, now=office.tick(), by=office.writer)
    services.draft_reply(feedback=first, text="Đã sửa", revision=2, now=office.tick(), by=office.cast.clerk)
    services.sign_reply(feedback=first, revision=3, now=office.tick(), by=office.cast.leader)
    told = services.look_up(code=code, address="10.0.0.2", now=office.tick())
    assert (told.state, told.answers[0][2]) == ("Đã trả lời", "Đã sửa")
    assert "giải quyết chung" in told.note
    assert told.may_rate and told.may_ask_again, "who was joined has a word on the answer too"
    services.rate(code=code, satisfaction=Satisfaction.UNHAPPY, address="10.0.0.2", now=office.tick())
    again.refresh_from_db()
    first.refresh_from_db()
    assert (again.satisfaction, first.satisfaction) == ("unhappy", "")
    services.ask_again(code=code, text="Vẫn tối", address="10.0.0.2", now=office.tick())
    first.refresh_from_db()
    assert (first.state, selectors.rated(Feedback.objects.all(), Satisfaction.UNHAPPY)) == ("routed", 1)


def test_the_contact_is_sealed_opened_with_a_purpose_and_erased_for_ever(office: Office) -> None:
    row, _ = row_of(office, "Rác ở chợ", person=Person("Bà Năm", "0907 000 111", "nam@example.vn"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT name_sealed, phone_sealed, email_sealed FROM supervision_contact")
        assert not any(
            b"Nam" in bytes(cell) or b"0907" in bytes(cell) or b"example" in bytes(cell) for cell in cursor.fetchone()
        )
    logged = str(list(AuditEvent.objects.values_list("data", flat=True)))
    assert "0907" not in logged
    with pytest.raises(NotAllowed):
        services.look_at_contact(feedback=row, purpose="Xem", now=office.tick(), by=office.cast.clerk)
    seen = services.look_at_contact(feedback=row, purpose="Hẹn gặp", now=office.tick(), by=office.unit_writer)
    assert (seen.name, seen.phone, seen.email) == ("Bà Năm", "0907 000 111", "nam@example.vn")
    assert ContactLook.objects.get().purpose == "Hẹn gặp"
    kept = Contact.objects.values_list("phone_sealed", flat=True).get()
    services.erase_contact(feedback=row, reason="Người dân yêu cầu", now=office.tick(), by=office.unit_writer)
    Contact.objects.update(phone_sealed=kept)  # as a copy of the database would still hold it
    with pytest.raises(ContactGone):
        services.look_at_contact(feedback=row, purpose="Xem lại", now=office.tick(), by=office.unit_writer)


def test_what_cannot_be_is_refused_and_unknown_codes_are_all_alike(office: Office) -> None:
    with pytest.raises(BadContact):
        office.told(person=Person(phone="abc"))
    with pytest.raises(BadContact):
        office.told(person=Person(email="abc"))
    for code in ("", "ABCD", "ABCD-EFGH-2345", "0" * 12, "x" * 500):
        with pytest.raises(NoSuchCode):
            services.look_up(code=code, address="10.0.0.3", now=office.tick())
    for _ in range(15):
        with pytest.raises(NoSuchCode):
            services.look_up(code="ABCD-EFGH-2345", address="10.0.0.3", now=office.now)
    with pytest.raises(TooMany):
        services.look_up(code="ABCD-EFGH-2345", address="10.0.0.3", now=office.now)
    assert "10.0.0.3" not in str(list(VisitorAct.objects.values()))


def test_a_matter_is_refused_with_a_reason_or_closed_after_an_answer(office: Office) -> None:
    row, code = row_of(office, "Nói xấu người khác")
    services.refuse(
        feedback=row, reason="Không có nội dung cụ thể", revision=1, now=office.tick(), by=office.unit_writer
    )
    told = services.look_up(code=code, address="a", now=office.tick())
    assert (told.state, told.note) == ("Không tiếp nhận", "Không có nội dung cụ thể")
    led = office.routed()
    with pytest.raises(NotNow):
        services.close_feedback(feedback=led, note="Xong", revision=2, now=office.tick(), by=office.unit_writer)
    services.draft_reply(feedback=led, text="Đã sửa", revision=2, now=office.tick(), by=office.cast.clerk)
    answer = services.sign_reply(feedback=led, revision=3, now=office.tick(), by=office.cast.leader)
    assert answer.drafted_by != answer.signed_by
    services.close_feedback(feedback=led, note="Đã xem tại chỗ", revision=4, now=office.tick(), by=office.unit_writer)
    led.refresh_from_db()
    assert led.state == State.CLOSED


def test_a_matter_becomes_a_recommendation_and_a_task(office: Office) -> None:
    row, first = office.routed(), office.cast.communes[0]
    made = office.written(feedback=row, addressee=office.unit)
    assert made.feedback == row
    days = {"signed_on": office.today, "starts_on": office.today, "ends_on": office.today.replace(year=2024)}
    plan = create_programme(
        code="500-p11", number="02/KH", kind="Kế hoạch", title="Tại Phường 11", area=first, parties=[office.unit, office.front],
        now=office.tick(), by=None, **days,
    )  # fmt: skip
    said = {"title": "Thay đèn khóm 2", "product": "Biên bản", "due_on": office.today.replace(month=4)}
    with pytest.raises(NotAllowed):
        services.task_from_feedback(feedback=row, programme=plan, **said, now=office.tick(), by=office.unit_writer)
    task = services.task_from_feedback(feedback=row, programme=plan, **said, now=office.tick(), by=office.cast.clerk)
    assert (task.lead, Task.objects.count()) == (office.unit, 1)
    with pytest.raises(BadFeedback, match="đã được lập"):
        services.task_from_feedback(feedback=row, programme=plan, **said, now=office.tick(), by=office.cast.clerk)


def test_the_database_itself_refuses(office: Office) -> None:
    row = office.routed()
    for change in (
        {"state": State.CLOSED},
        {"state": State.ANSWERED},
        {"body": None},
        {"state": State.MERGED},
        {"merged_into": row},
        {"satisfaction": Satisfaction.CONTENT},
        {"text": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Feedback.objects.filter(pk=row.pk).update(**change)
    said = {"feedback": row, "version": 1, "body": office.unit, "at": office.now, "text": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        FeedbackAnswer.objects.create(**said, drafted_by=office.writer, signed_by=office.writer)
    days = {"term_from": office.today, "term_to": office.today, "area": office.cast.city, "kind": "inspection"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Board.objects.create(**days, decision="x", member_count=1, head="x", written_by=office.writer)
