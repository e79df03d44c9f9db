"""Whose money a case was: what a gift became adds up to the gift, over all the cases that its payment helped."""

from chungtay.support import services, tracing
from chungtay.support.rules import Share, Source, State


def test_a_gift_is_divided_among_the_cases_that_its_payment_helped(place):
    repair = place.content(household=place.households[1], total=30_000_000, shares=(Share(Source.FUND, 30_000_000),))
    cases = [place.lead(place.propose(one), State.APPROVED) for one in (place.content(), repair)]
    place.office.receive(30_000_000, party="Ông A")
    place.office.receive(70_000_000, party="Bà B")
    voucher = place.office.spend(80_000_000, kind="6111")
    place.now = place.office.now
    for case in cases:
        services.link_voucher(
            case=case,
            voucher=voucher,
            amount=case.fund_share,
            revision=case.revision,
            now=place.tick(),
            by=place.office.accountant,
        )
    found = tracing.trail(cases[0], lambda one: True, {place.area.pk})
    said = {gift.voucher.party: (gift.amount, [amount for _, amount in gift.others]) for gift in found.gifts}
    assert said == {"Bà B": (31_250_000, [18_750_000]), "Ông A": (18_750_000, [11_250_000])}
