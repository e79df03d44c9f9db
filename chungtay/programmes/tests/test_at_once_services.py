"""Two people answer one change at the same moment, on both databases: one decision holds and is carried out once."""

import pytest

from chungtay.kernel.errors import DomainError
from chungtay.programmes import services
from chungtay.programmes.link_rules import Way
from chungtay.programmes.models import Answer, Decision, Proposal, Wording
from chungtay.programmes.tests.linked import make_linked
from tests.databases.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 6


@pytest.fixture
def proposal():
    made = make_linked()
    services.reword(
        area_of_work=made.first_area,
        title="Giảm nghèo đa chiều",
        basis="Sửa đổi 01",
        seen=1,
        now=made.tick(),
        by=made.cast.officer,
    )
    return made, Proposal.objects.get(plan=made.plan)


def won(answers):
    """Return how many went through; whatever did not was refused in words."""
    lost = [one for one in answers if isinstance(one, Exception)]
    assert all(isinstance(one, DomainError) for one in lost), lost
    return len(answers) - len(lost)


def test_drafts_sent_at_once_do_not_overwrite_each_other(proposal):
    made, one = proposal
    given = {"proposal": one, "way": Way.TAKE, "seen": 0, "now": made.tick(), "by": made.cast.clerk}
    assert won(at_once(lambda _: services.draft_answer(**given), WORKERS)) == 1
    assert Answer.objects.count() == 1


def test_a_change_is_decided_once(proposal):
    made, one = proposal
    services.draft_answer(proposal=one, way=Way.TAKE, seen=0, now=made.tick(), by=made.cast.clerk)
    given = {"proposal": one, "holds": True, "seen": 1, "now": made.tick(), "by": made.cast.leader}
    before = Wording.objects.count()
    assert won(at_once(lambda _: services.decide(**given), WORKERS)) == 1
    assert Decision.objects.count() == 1
    assert Wording.objects.count() - before <= 1
