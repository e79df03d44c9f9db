"""Rounds of many cases: each act refuses what the single act refuses, changes all or none, and is one event."""

import pytest

from chungtay.access.selectors import NotAllowed
from chungtay.audit.models import AuditEvent
from chungtay.evidence import services as evidence
from chungtay.support import services
from chungtay.support.models import Case, CaseStep, Handover, Role
from chungtay.support.moving import CaseMovedOn
from chungtay.support.rules import NotReady, Share, Source, State
from chungtay.support.services import NotThisVoucher, Payment, Proposal
from chungtay.support.tests.making import picture


def proposals(place):
    lines = place.drafts()
    total = sum(line.quantity * line.value for line in lines)
    gift = place.gift(total=total, shares=(Share(Source.SPONSOR, total, "Bà con xa quê"),))
    return [Proposal(place.content()), Proposal(gift, lines)]


def opened(place):
    return services.propose_all(area=place.area, proposals=proposals(place), now=place.tick(), by=place.clerk)


def verified(place, cases):
    said = {"found": "Đúng", "verified_by": "Ông Ba", "day": place.today}
    return services.verify_all(cases=cases, **said, now=place.tick(), by=place.clerk)


def approved(place, cases, **more):
    cases = services.post_all(
        cases=verified(place, cases), first=place.today, place="Nhà văn hóa", now=place.tick(), by=place.clerk
    )
    place.tick(days=10)
    said = {"decision": "12/QĐ", "related": False, "by": place.leader} | more
    return services.approve_all(cases=cases, now=place.tick(), **said)


def funded(place, cases):
    voucher = place.pay(50_000_000)
    return services.fund_all(
        cases=cases, payments=[Payment(cases[0], voucher, 50_000_000)], now=place.tick(), by=place.office.accountant
    )


def test_a_round_goes_all_the_way_with_one_event_an_act(place):
    cases = funded(place, approved(place, opened(place)))
    kept = evidence.keep(upload=picture(), name="anh.png", now=place.tick(), by=place.clerk)
    papers = [(case, role, kept) for case in cases for role in (Role.RECEIPT, Role.MINUTES, Role.PICTURE)]
    services.lay_beside_all(papers=papers, now=place.tick(), by=place.clerk)
    days = {case.pk: place.today for case in cases}
    cases = services.deliver_all(cases=cases, days=days, now=place.tick(), by=place.clerk)
    minutes = {case.pk: "05/BB" for case in cases}
    services.accept_all(cases=cases, minutes=minutes, days=days, now=place.tick(), by=place.leader)
    assert set(Case.objects.values_list("state", flat=True)) == {State.ACCEPTED}
    assert CaseStep.objects.count() == 2 * 7
    assert sum(Handover.objects.values_list("quantity", flat=True)) == 4
    past = ["proposed", "verified", "posted", "approved", "funded", "evidence", "delivered", "accepted"]
    said = AuditEvent.objects.filter(code__startswith="support.cases.").order_by("id").values_list("code", flat=True)
    assert list(said) == [f"support.cases.{one}" for one in past]


def test_numbers_follow_those_given_one_by_one(place):
    first = place.propose()
    assert [case.number for case in opened(place)] == [first.number + 1, first.number + 2]


def test_one_bad_proposal_refuses_all(place):
    bad = Proposal(place.gift(total=1), place.drafts())
    with pytest.raises(NotReady, match="Hồ sơ 3"):
        services.propose_all(area=place.area, proposals=[*proposals(place), bad], now=place.tick(), by=place.clerk)
    assert not Case.objects.exists()


def test_who_prepared_does_not_approve(place):
    with pytest.raises(NotAllowed):
        approved(place, opened(place), by=place.clerk)


def test_a_case_that_another_changed_refuses_the_round(place):
    cases = opened(place)
    place.verify(cases[0])
    with pytest.raises((CaseMovedOn, NotReady)):
        verified(place, cases)
    assert place.fresh(cases[1]).state == State.PROPOSED


def test_posting_has_to_end_first(place):
    cases = verified(place, opened(place))
    cases = services.post_all(cases=cases, first=place.today, place="Nhà văn hóa", now=place.tick(), by=place.clerk)
    with pytest.raises(NotReady, match="Đang niêm yết"):
        services.approve_all(cases=cases, decision="12", related=False, now=place.tick(), by=place.leader)


def test_helping_again_needs_a_reason(place):
    approved(place, opened(place))
    with pytest.raises(NotReady, match="hỗ trợ"):
        approved(place, opened(place))
    again = approved(place, opened(place), again_reason="Đợt khác")
    step = CaseStep.objects.get(case=again[0], act="approve")
    assert step.data["again"]
    assert step.data["again_reason"] == "Đợt khác"


def test_a_voucher_pays_no_more_than_it_holds(place):
    cases = approved(place, opened(place))
    voucher = place.pay(30_000_000)
    with pytest.raises(NotThisVoucher, match="còn"):
        services.fund_all(
            cases=cases,
            payments=[Payment(cases[0], voucher, 50_000_000)],
            now=place.tick(),
            by=place.office.accountant,
        )
    with pytest.raises(NotReady, match="còn thiếu"):
        services.fund_all(cases=cases, payments=[], now=place.tick(), by=place.office.accountant)


def test_nothing_is_delivered_without_a_receipt(place):
    cases = funded(place, approved(place, opened(place)))
    with pytest.raises(NotReady, match="ký nhận"):
        services.deliver_all(
            cases=cases, days={case.pk: place.today for case in cases}, now=place.tick(), by=place.clerk
        )
    assert not Handover.objects.exists()
