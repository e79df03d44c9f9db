"""People who act on cases at the same moment, on both databases: one decides, money is spent once, a package is handed over once."""

from functools import partial

import pytest

from chungtay.kernel.errors import DomainError
from chungtay.support import services
from chungtay.support.checking import used_of_voucher
from chungtay.support.models import Case, CaseMoney, CaseStep, Handover, Role
from chungtay.support.rules import NotReady, Share, Source, State
from chungtay.support.tests.making import make_place
from tests.databases.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 6


@pytest.fixture
def place():
    return make_place()


def won(answers):
    """Return how many went through; whatever did not was refused in words."""
    lost = [one for one in answers if isinstance(one, Exception)]
    assert all(isinstance(one, DomainError) for one in lost), lost
    return len(answers) - len(lost)


def test_one_of_many_approves_a_case(place):
    case = place.lead(place.propose(), State.POSTED)
    place.tick(days=9)
    given = {"decision": "12/QĐ", "related": False, "now": place.tick(), "by": place.leader}
    answers = at_once(lambda _: services.approve(case=case, revision=case.revision, **given), WORKERS)
    assert won(answers) == 1
    assert CaseStep.objects.filter(case=case, act="approve").count() == 1


def test_two_cases_of_one_household_are_not_approved_past_each_other(place):
    cases = [place.lead(place.propose(), State.POSTED) for _ in range(2)]
    place.tick(days=9)
    given = {"decision": "12/QĐ", "related": False, "now": place.tick(), "by": place.leader}
    answers = at_once(lambda at: services.approve(case=cases[at], revision=cases[at].revision, **given), len(cases))
    assert won(answers) == 1
    assert [type(one) for one in answers if isinstance(one, Exception)] == [NotReady]


def test_a_case_and_a_batch_of_one_household_are_not_approved_past_each_other(place):
    cases = [place.lead(place.propose(), State.POSTED) for _ in range(2)]
    place.tick(days=9)
    given = {"decision": "12/QĐ", "related": False, "now": place.tick(), "by": place.leader}
    acts = [
        partial(services.approve, case=cases[0], revision=cases[0].revision, **given),
        partial(services.approve_all, cases=[cases[1]], **given),
    ]
    assert won(at_once(lambda at: acts[at](), 2)) == 1


def test_no_voucher_pays_more_than_it_is(place):
    other = place.content(household=place.households[1])
    cases = [place.lead(place.propose(said), State.APPROVED) for said in (None, other)]
    voucher = place.pay(50_000_000)
    given = {"voucher": voucher, "now": place.tick(), "by": place.office.accountant}

    def link(at):
        case = cases[at % 2]
        return services.link_voucher(case=case, amount=30_000_000, revision=case.revision, **given)

    assert won(at_once(link, WORKERS)) == 1
    assert used_of_voucher(voucher.pk) == 30_000_000
    assert CaseMoney.objects.count() == 1


def test_no_case_is_paid_past_the_share_of_the_fund(place):
    case = place.lead(place.propose(), State.APPROVED)
    vouchers = [place.pay(30_000_000) for _ in range(WORKERS)]
    given = {"case": case, "revision": case.revision, "now": place.tick(), "by": place.office.accountant}
    won(at_once(lambda at: services.link_voucher(voucher=vouchers[at], amount=30_000_000, **given), WORKERS))
    assert CaseMoney.objects.filter(case=case).count() == 1  # two would be 60 of 50 million


def test_a_list_is_handed_over_once(place):
    drafts = [services.LineDraft(f"Người {at}", "Khóm 3", 300_000) for at in range(20)]
    case = place.list_of(*drafts)
    row = place.fresh(case)
    shares = (Share(Source.FUND, row.total),)
    content = place.gift(total=row.total, shares=shares)
    services.revise(case=row, content=content, revision=row.revision, now=place.tick(), by=place.clerk)
    case = place.lead(case, State.FUNDED)
    place.keep(case, Role.RECEIPT)
    case = place.fresh(case)
    given = {"on": place.today, "gives_rest": True, "now": place.tick(), "by": place.clerk}
    answers = at_once(lambda _: services.deliver(case=case, revision=case.revision, **given), WORKERS)
    assert won(answers) == 1
    assert list(Handover.objects.order_by("id").values_list("id", flat=True)) == list(range(1, 21))
    assert Case.objects.get(pk=case.pk).state == State.DELIVERED


def test_lists_handed_over_at_once_get_ids_without_gaps(place):
    cases = []
    for at in range(4):
        case = place.list_of(*[services.LineDraft(f"Người {at} {n}", "Khóm 3", 300_000) for n in range(5)])
        row = place.fresh(case)
        content = place.gift(total=row.total, shares=(Share(Source.FUND, row.total),))
        services.revise(case=row, content=content, revision=row.revision, now=place.tick(), by=place.clerk)
        case = place.lead(case, State.FUNDED)
        place.keep(case, Role.RECEIPT)
        cases.append(place.fresh(case))
    given = {"on": place.today, "gives_rest": True, "now": place.tick(), "by": place.clerk}
    answers = at_once(lambda at: services.deliver(case=cases[at], revision=cases[at].revision, **given), len(cases))
    assert won(answers) == len(cases)
    assert sorted(Handover.objects.values_list("id", flat=True)) == list(range(1, 21))
