"""Records joined and separated by several people at once, on both databases: one wins, and everybody stands for somebody."""

from dataclasses import replace
from functools import partial

import pytest
from django.db.models import F

from chungtay.households import telling
from chungtay.households.models import Classification, Household, Merge
from chungtay.households.rules import Kind
from chungtay.households.services import CannotMerge, classify, merge, unmerge
from chungtay.households.tests.people import AN, NOW, decision, household
from tests.cast import make_cast
from tests.databases.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast():
    return make_cast(2)


def people(cast, count):
    names = ("An", "Bình", "Cường", "Dũng")[:count]
    return [household(cast, replace(AN, head_name=f"Nguyễn Văn {name}", cccd="", phone="")) for name in names]


def refused(answers):
    """Return how many were refused, each in words."""
    lost = [one for one in answers if isinstance(one, Exception)]
    assert all(isinstance(one, CannotMerge) for one in lost), lost
    return len(lost)


def holds_together():
    """Whoever was merged stands for nobody, and whatever is said of a record is said of who stands for it."""
    for row in Household.objects.exclude(merged_into=None):
        assert row.root.merged_into_id is None
    assert not Household.objects.filter(merged_into=None).exclude(root=F("id")).exists()
    assert not Classification.objects.exclude(root=F("household__root")).exists()


def test_two_records_joined_both_ways_are_joined_once(cast):
    a, b = people(cast, 2)
    given = {"reason": "Cùng một hộ", "now": NOW, "by": cast.clerk}
    acts = [partial(merge, kept=a, absorbed=b, **given), partial(merge, kept=b, absorbed=a, **given)] * 3
    assert refused(at_once(lambda at: acts[at](), len(acts))) == len(acts) - 1
    assert Merge.objects.count() == 1
    holds_together()


def test_a_chain_joined_at_once_counts_its_household_once(cast):
    rows = people(cast, 4)
    for row in rows:
        classify(household=row, decision=decision(), now=NOW, by=cast.clerk)
    given = {"reason": "Cùng một hộ", "now": NOW, "by": cast.clerk}
    answers = at_once(lambda at: merge(kept=rows[at], absorbed=rows[at + 1], **given), 3)
    joined = 3 - refused(answers)
    assert joined >= 1
    holds_together()
    area = cast.communes[0].pk
    assert dict(telling.counts([area], NOW.date()))[area, Kind.POOR] == 4 - joined


def test_separating_while_others_join_waits_instead_of_failing(cast):
    a, b, c = people(cast, 3)
    given = {"now": NOW, "by": cast.clerk}
    merge(kept=a, absorbed=b, reason="Cùng một hộ", **given)
    acts = [
        partial(merge, kept=c, absorbed=a, reason="Cùng một hộ", **given),
        partial(unmerge, absorbed=b, reason="Hai anh em", **given),
    ]
    refused(at_once(lambda at: acts[at](), 2))
    holds_together()
