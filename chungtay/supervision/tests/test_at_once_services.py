"""Several people answer, judge, end or send at the same moment, on both databases: each step is taken once."""

import pytest

from chungtay.kernel.errors import DomainError
from chungtay.supervision import services
from chungtay.supervision.answering import draft_hash
from chungtay.supervision.models import Act, Answer, AnswerDraft, Counted, Feedback, Recommendation
from chungtay.supervision.rules import State
from chungtay.supervision.tests.making import make_office
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


def test_one_answer_is_signed_judged_and_ended_once_and_counted_once(office):
    row = office.sent()
    office.drafted(row)
    row.refresh_from_db()
    seen = draft_hash(AnswerDraft.objects.get())
    given = {"recommendation": row, "revision": row.revision, "now": office.tick()}
    signed = at_once(lambda _: services.sign_answer(**given, content_hash=seen, by=office.cast.leader), WORKERS)
    assert won(signed) == 1
    row.refresh_from_db()
    given = {"recommendation": row, "revision": row.revision, "now": office.tick()}
    ways = (
        lambda: services.accept_answer(**given, by=office.writer),
        lambda: services.send_answer_back(**given, reason="Chưa đủ", by=office.chair),
        lambda: services.decide(**given, decision="Kết luận 1", by=office.chair),
    )
    assert won(at_once(lambda number: ways[number % 3](), WORKERS)) == 1
    row = Recommendation.objects.get()
    assert row.state in (State.ACCEPTED, State.RETURNED, State.CLOSED)
    assert Answer.objects.count() == 1
    assert Act.objects.filter(thing_id=row.pk).count() == row.revision
    assert sorted(Counted.objects.values_list("measure", flat=True)) == [
        "answered",
        "answered_on_time",
        "recommendations",
    ]


def test_numbers_codes_and_the_door_hold_when_many_citizens_write_at_once(office):
    area, now = office.cast.communes[0], office.tick()

    def send(number):
        return services.receive_feedback(area=area, text=f"Đường hỏng {number}", address="10.0.0.9", now=now)

    codes = at_once(send, WORKERS + 2)
    assert won(codes) == 5, "five an hour from one address, however many come at once"
    assert sorted(Feedback.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    others = at_once(
        lambda number: services.receive_feedback(area=area, text="x", address=f"10.0.1.{number}", now=now), 4
    )
    assert won(others) == 4, "another address is another visitor"
