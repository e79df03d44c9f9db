"""Secret votes: who voted is known, what they chose is not, and nothing that is kept could tell."""

import json
from itertools import permutations

import pytest
from django.db import IntegrityError, connection, transaction

from chungtay.access.selectors import NotAllowed
from chungtay.audit.models import AuditEvent
from chungtay.emulation import services
from chungtay.emulation.ballots import NoQuorum
from chungtay.emulation.models import Urn, VoteMark, VoteResult
from chungtay.emulation.rules import Recused, Stage, WrongTurn
from chungtay.emulation.services import BadPaper, NotThisVote
from chungtay.emulation.tests.making import Council

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote(council: Council):
    contest = council.open()
    for at in (0, 1):
        council.lead(council.sheet(contest, at), Stage.COUNCIL)
    contest.refresh_from_db()
    return services.open_vote(contest=contest, revision=contest.revision, now=council.tick(), by=council.cast.officer)


def paper(vote, user, *agrees):
    juror = vote.jurors.get(user=user)
    sheets = services.candidates_of(vote, juror)
    return dict(zip([sheet.pk for sheet in sheets], agrees or [True] * len(sheets), strict=True))


def test_each_member_has_one_paper_and_none_for_their_own_body(council: Council, vote):
    one, two, _ = council.jurors
    assert len(paper(vote, one)) == 2
    assert len(paper(vote, two)) == 1, "a member with a post in the second commune has no line for it"
    own = council.sheet(vote.contest, 1)
    given = {"vote": vote, "now": council.tick()}
    with pytest.raises(Recused):
        services.cast(**given, choices=paper(vote, two) | {own.pk: True}, by=two)
    with pytest.raises(BadPaper):
        services.cast(**given, choices={}, by=one)
    services.cast(**given, choices=paper(vote, one), by=one)
    with pytest.raises(NotThisVote, match="không mở lại"):
        services.cast(**given, choices=paper(vote, one), by=one)
    with pytest.raises(NotAllowed):
        services.cast(**given, choices={}, by=council.cast.officer)
    assert {urn.entitled for urn in Urn.objects.filter(vote=vote)} == {2, 3}


def rows_kept() -> str:
    """Return everything that the room's vote tables and the audit hold, times of events and chain apart."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sheet_id, agree, disagree FROM emulation_urn ORDER BY sheet_id")
        found = [[str(cell) for cell in row] for row in cursor.fetchall()]
        cursor.execute("SELECT juror_id FROM emulation_votemark ORDER BY juror_id")
        found += [[str(cell) for cell in row] for row in cursor.fetchall()]
    events = AuditEvent.objects.filter(code="emulation.vote.cast").order_by("id")
    return json.dumps([found, [event.data for event in events]])


def test_who_chose_what_cannot_be_told_from_anything_that_is_kept(council: Council, vote):
    """The same papers given by whichever member in whichever order leave the very same rows behind."""
    one, _, three = council.jurors
    papers = ([True, False], [False, True])
    kept = set()
    for people in permutations((one, three)):
        for first, second in permutations(papers):
            with transaction.atomic():
                services.cast(vote=vote, choices=paper(vote, people[0], *first), now=council.now, by=people[0])
                services.cast(vote=vote, choices=paper(vote, people[1], *second), now=council.now, by=people[1])
                kept.add(rows_kept())
                transaction.set_rollback(True)
    assert len(kept) == 1


def test_no_table_that_knows_the_voter_has_a_column_for_a_choice_or_a_time(council: Council, vote):
    """The shape of the tables: a voter's mark points to the member and says nothing else."""
    assert {field.name for field in VoteMark._meta.concrete_fields} == {"id", "juror"}
    assert not {"juror", "user", "by", "at"} & {field.name for field in Urn._meta.concrete_fields}


def test_too_few_voters_stop_the_count_and_a_vote_given_up_decides_nothing(council: Council, vote):
    services.cast(vote=vote, choices=paper(vote, council.jurors[0]), now=council.tick(), by=council.jurors[0])
    with pytest.raises(NoQuorum, match="1/3"):
        services.close_vote(vote=vote, now=council.tick(), by=council.cast.officer)
    services.close_vote(vote=vote, gives_up=True, now=council.tick(), by=council.cast.officer)
    assert VoteResult.objects.count() == 0
    with pytest.raises(WrongTurn):
        services.close_vote(vote=vote, now=council.tick(), by=council.cast.officer)
    with pytest.raises(NotThisVote):
        services.cast(vote=vote, choices={}, now=council.tick(), by=council.jurors[2])
    with pytest.raises(IntegrityError), transaction.atomic():
        Urn.objects.filter(vote=vote).update(agree=3)


def test_the_count_says_who_is_carried(council: Council, vote):
    one, two, three = council.jurors
    for juror, agrees in (
        (one, (True, False)),
        (two, (True,)),
        (three, (True, True)),
    ):  # the second commune comes first
        services.cast(vote=vote, choices=paper(vote, juror, *agrees), now=council.tick(), by=juror)
    with pytest.raises(WrongTurn, match="đang mở"):
        vote.contest.refresh_from_db()
        services.open_vote(
            contest=vote.contest, revision=vote.contest.revision, now=council.tick(), by=council.cast.officer
        )
    services.close_vote(vote=vote, now=council.tick(), by=council.cast.officer)
    counted = {
        one.sheet_id: (one.agree, one.disagree, one.entitled, one.is_carried) for one in VoteResult.objects.all()
    }
    first, second = council.sheet(vote.contest), council.sheet(vote.contest, 1)
    assert counted == {first.pk: (2, 1, 3, False), second.pk: (2, 0, 2, True)}
