"""A member declares an interest: the vote refuses their paper on that entrant, they still count as present, and it stays said."""

from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.access.selectors import NotAllowed
from chungtay.audit.models import AuditEvent
from chungtay.emulation import services
from chungtay.emulation.models import Interest, Urn, VoteMark, VoteResult
from chungtay.emulation.rules import Recused, Stage
from chungtay.emulation.services import NoReason, NotThisVote
from chungtay.emulation.tests.making import Council
from chungtay.emulation.tests.test_votes_services import paper
from chungtay.kernel.errors import DomainError
from tests.databases.at_once import at_once

pytestmark = pytest.mark.django_db


def opened(council: Council):
    contest = council.open()
    for at in (0, 1):
        council.lead(council.sheet(contest, at), Stage.COUNCIL)
    contest.refresh_from_db()
    return services.open_vote(contest=contest, revision=contest.revision, now=council.tick(), by=council.cast.officer)


@pytest.fixture
def vote(council: Council):
    return opened(council)


def declare(council, vote, at=0, by=None, reason="Em ruột là Chủ tịch phường"):
    sheet = council.sheet(vote.contest, at)
    return services.declare_interest(
        vote=vote, sheet=sheet, reason=reason, now=council.tick(), by=by or council.jurors[0]
    )


def test_the_vote_refuses_who_declared_and_counts_the_others(council: Council, vote):
    one, two, three = council.jurors
    first, second = council.sheet(vote.contest), council.sheet(vote.contest, 1)
    declare(council, vote)
    assert set(paper(vote, one)) == {second.pk}
    with pytest.raises(Recused, match="khai có liên quan"):
        services.cast(vote=vote, choices={first.pk: True, second.pk: True}, now=council.tick(), by=one)
    for juror in (one, two, three):
        services.cast(vote=vote, choices=paper(vote, juror), now=council.tick(), by=juror)
    services.close_vote(vote=vote, now=council.tick(), by=council.cast.officer)
    counted = {row.sheet_id: (row.agree, row.entitled) for row in VoteResult.objects.all()}
    assert counted == {first.pk: (2, 2), second.pk: (2, 2)}, "three voted: the quorum counts who declared"
    [event] = AuditEvent.objects.filter(code="emulation.interest.declared")
    assert event.data["reason"] == "Em ruột là Chủ tịch phường"


def test_who_may_not_declare_and_when(council: Council, vote):
    one, two, _ = council.jurors
    with pytest.raises(NoReason):
        declare(council, vote, reason="  ")
    with pytest.raises(NotAllowed):
        declare(council, vote, by=council.cast.officer)
    with pytest.raises(Recused, match="vốn không có"):
        declare(council, vote, at=1, by=two)
    declare(council, vote)
    with pytest.raises(Recused):
        declare(council, vote)
    services.cast(vote=vote, choices=paper(vote, one), now=council.tick(), by=one)
    with pytest.raises(NotThisVote, match="đã bỏ phiếu"):
        declare(council, vote, at=1)
    same = {"vote": vote, "sheet": council.sheet(vote.contest), "user": one, "at": council.now}
    for more in ({"reason": "lần nữa"}, {"reason": "", "user": two}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Interest.objects.create(**same | more)


def test_it_holds_for_later_votes_and_for_scores_of_the_council(council: Council, vote):
    one = council.jurors[0]
    declare(council, vote)
    services.close_vote(vote=vote, gives_up=True, now=council.tick(), by=council.cast.officer)
    vote.contest.refresh_from_db()
    again = services.open_vote(
        contest=vote.contest, revision=vote.contest.revision, now=council.tick(), by=council.cast.officer
    )
    assert set(paper(again, one)) == {council.sheet(vote.contest, 1).pk}
    assert Urn.objects.get(vote=again, sheet=council.sheet(vote.contest)).entitled == 2
    with pytest.raises(Recused, match="khai có liên quan"):
        council.forward(council.sheet(vote.contest), one)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["cast", 0, 1])), max_size=8))
def test_in_any_story_no_entrant_has_more_papers_than_members_who_may_vote_on_it(council: Council, vote, story):
    with transaction.atomic():
        for at, act in story:
            juror = council.jurors[at]
            with suppress(DomainError):
                if act == "cast":
                    services.cast(vote=vote, choices=paper(vote, juror), now=council.tick(), by=juror)
                else:
                    declare(council, vote, at=act, by=juror)
        for urn in Urn.objects.filter(vote=vote):
            own = sum(str(urn.sheet_id) in juror.recused for juror in vote.jurors.all())
            declared = Interest.objects.filter(sheet=urn.sheet_id).count()
            assert urn.agree + urn.disagree <= urn.entitled == 3 - own - declared
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_who_votes_and_declares_at_the_same_moment_does_one_of_both(council: Council):
    vote = opened(council)
    one = council.jurors[0]
    choices = paper(vote, one)

    def act(at):
        with suppress(DomainError):
            if at % 2:
                services.cast(vote=vote, choices=choices, now=council.now, by=one)
            else:
                services.declare_interest(
                    vote=vote, sheet=council.sheet(vote.contest), reason="người thân", now=council.now, by=one
                )

    at_once(act, 4)
    assert Interest.objects.count() + VoteMark.objects.count() == 1
    urn = Urn.objects.get(vote=vote, sheet=council.sheet(vote.contest))
    assert (urn.agree, urn.entitled) in {(1, 3), (0, 2)}
