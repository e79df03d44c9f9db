"""What others state otherwise keeps a review back, with the difference and the page to settle it, until it is explained."""

import pytest

from chungtay.figures import services as figures
from chungtay.figures.rules import Statement
from chungtay.figures.selectors import discrepancies
from chungtay.kernel.periods import parse_period
from chungtay.reviews import selectors, services
from chungtay.reviews.gates import gates_of
from chungtay.reviews.rules import NotReady, State
from chungtay.reviews.tests.world import PERIOD, TODAY

WHY = "Văn bản cộng hai lần số của năm đầu."


def state(world, code="fund.raised", period=PERIOD, area=None, value=1):
    return figures.state_claim(
        said=Statement(code, "", (area or world.cast.city).pk, parse_period(period), value),
        said_by="Ủy ban MTTQ thành phố",
        paper="Báo cáo số 45/BC-MTTQ",
        now=TODAY,
        by=world.cast.province_officer,
    )


def explain(world, claim):
    [one] = discrepancies(claim_id=claim.pk)
    figures.explain_claim(claim_id=claim.pk, claimed=1, derived=one.derived, text=WHY, now=TODAY, by=world.cast.officer)


def gate(review):
    blocks = selectors.blocks_of(review)
    return gates_of(selectors.content_of(review, blocks), blocks)[1]


def test_an_open_discrepancy_stops_the_review_until_it_is_explained(world):
    claim, officer = state(world), world.cast.officer
    review = world.create()
    for block in review.blocks.filter(is_suggestion=True):
        services.edit_block(block=block, text=block.text, now=TODAY, by=officer)
    review.refresh_from_db()
    found = gate(review)
    assert (found.stops, found.state, len(found.findings)) == (True, "discrepancy", 1)
    assert "ít hơn" in found.findings[0].text
    assert found.findings[0].url == f"/con-so/lech-so/{claim.pk}/"
    with pytest.raises(NotReady, match="chênh lệch chưa giải trình"):
        services.submit_review(review=review, now=TODAY, by=officer)
    explain(world, claim)
    found = gate(review)
    assert (found.stops, found.state, len(found.findings)) == (False, "explain", 1)
    services.submit_review(review=review, now=TODAY, by=officer)
    review.refresh_from_db()
    assert review.state == State.FOR_SIGNING


@pytest.mark.parametrize(
    ("code", "period", "unit", "stops"),
    [
        ("fund.raised", "2021", None, True),  # a year of the report
        ("support.houses", PERIOD, 0, True),  # a unit of the annex
        ("poverty.poor_households", PERIOD, None, True),  # a term of a ratio
        ("fund.raised", "2020Q4", None, False),
        ("fund.raised", "2021Q1", 0, False),
    ],
)
def test_only_what_the_report_prints_stops_it(world, code, period, unit, stops):
    state(world, code, period, None if unit is None else world.cast.communes[unit])
    assert gate(world.create()).stops is stops
