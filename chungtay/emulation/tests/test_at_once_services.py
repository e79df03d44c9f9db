"""People who score, vote, publish and issue at the same moment, on both databases: each thing happens once."""

import pytest

from chungtay.emulation import services
from chungtay.emulation.models import BookEntry, CertificateStep, Publication, Score, SheetStep, Urn, VoteMark
from chungtay.emulation.rules import Recipient, Stage
from chungtay.emulation.services import Given, Line
from chungtay.emulation.tests.making import make_council
from chungtay.kernel.errors import DomainError
from tests.databases.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 4


@pytest.fixture
def council():
    return make_council()


def won(answers):
    """Return how many went through; whatever did not was refused in words."""
    lost = [one for one in answers if isinstance(one, Exception)]
    assert all(isinstance(one, DomainError) for one in lost), lost
    return len(answers) - len(lost)


def test_of_many_who_score_or_hand_on_one_sheet_at_once_one_does(council):
    sheet = council.fresh(council.sheet(council.open()))
    given = {"sheet": sheet, "revision": sheet.revision, "now": council.tick(), "by": council.cast.clerk}
    answers = at_once(lambda at: services.save_scores(**given, given={"2.1": Given(100 + at, "x")}), WORKERS)
    assert won(answers) == 1
    assert Score.objects.filter(sheet=sheet).count() == 1
    council.score(sheet, council.cast.clerk)
    row = council.fresh(sheet)
    seal = {"sheet": row, "content_hash": services.standing_of(row).hash, "revision": row.revision}
    answers = at_once(lambda _: services.forward(**seal, now=council.now, by=council.cast.leader), WORKERS)
    assert won(answers) == 1
    assert SheetStep.objects.filter(sheet=sheet, act="forward").count() == 1


def test_every_paper_is_counted_once_and_results_are_published_once(council):
    contest = council.open()
    for at in (0, 1):
        council.lead(council.sheet(contest, at), Stage.COUNCIL)
    contest.refresh_from_db()
    opening = {"contest": contest, "revision": contest.revision, "now": council.tick(), "by": council.cast.officer}
    answers = at_once(lambda _: services.open_vote(**opening), WORKERS)
    assert won(answers) == 1
    vote = next(one for one in answers if not isinstance(one, Exception))
    papers = {
        juror.user: {sheet.pk: True for sheet in services.candidates_of(vote, juror)}
        for juror in vote.jurors.select_related("user")
    }
    people = list(papers) * 2  # each tries twice
    answers = at_once(
        lambda at: services.cast(vote=vote, choices=papers[people[at]], now=council.now, by=people[at]), len(people)
    )
    assert won(answers) == VoteMark.objects.count() == 3
    assert sorted(Urn.objects.values_list("agree", "entitled")) == [(2, 2), (3, 3)]
    services.close_vote(vote=vote, now=council.tick(), by=council.cast.officer)
    for at in (0, 1):
        council.forward(council.sheet(contest, at), council.jurors[0])
    assert won(at_once(lambda _: council.publish(type(contest).objects.get(pk=contest.pk)), WORKERS)) == 1
    assert Publication.objects.count() == 1


def test_decisions_issued_at_once_get_numbers_without_gaps_and_no_achievement_twice(council):
    lines = [[Line(Recipient.COLLECTIVE, f"Tổ {at} {n}", "Việc tốt") for n in range(3)] for at in range(3)]
    decisions = [council.decision(lines=one) for one in lines]
    twin = council.decision(lines=lines[0])
    answers = at_once(lambda at: council.issue([*decisions, twin][at], str(at + 1)), 4)
    assert won(answers) == 3, answers
    assert sorted(BookEntry.objects.values_list("number", flat=True)) == list(range(1, 10))


def test_a_certificate_is_taken_back_once(council):
    decision = council.issue(council.decision())
    entry = council.entry(decision)
    ask = {"entry": entry, "reason": "Sai", "now": council.tick(), "by": council.cast.officer}
    assert won(at_once(lambda _: services.ask_revocation(**ask), WORKERS)) == 1
    decide = {"entry": entry, "confirms": True, "reason": "Sai", "now": council.tick(), "by": council.cast.upper_leader}
    assert won(at_once(lambda _: services.decide_revocation(**decide), WORKERS)) == 1
    assert list(CertificateStep.objects.order_by("id").values_list("act", flat=True)) == ["ask", "confirm"]
