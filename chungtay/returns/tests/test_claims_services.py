"""A unit's own total and a second body's form: held against the figures, never added, gone when the return comes back."""

from datetime import timedelta

import pytest

from chungtay.figures import selectors as figures
from chungtay.figures.claims import Standing
from chungtay.figures.models import Expectation, Fact
from chungtay.kernel.periods import parse_period
from chungtay.places.rules import BodyKind
from chungtay.returns import services
from chungtay.returns.rules import Entry
from chungtay.returns.services import CellDraft
from chungtay.returns.tests import making
from tests.cast import make_cast

pytestmark = pytest.mark.django_db
NEW, ALL = "support.houses:new", "support.houses"


@pytest.fixture
def cast(db):
    return make_cast(communes=2)


@pytest.fixture
def programme(cast):
    return making.make_programme(cast)


def publish(cast, programme, code, cells, body_kind=BodyKind.MTTQ):
    return services.publish_form(
        programme=programme,
        code=code,
        title="Kết quả",
        cells=cells,
        body_kind=body_kind,
        now=making.NOW,
        by=cast.officer,
    )


def houses(area, period="2022Q3"):
    return figures.figure("support.houses", area.pk, parse_period(period), status="all").value


def test_a_second_bodys_form_is_taken_in_as_claims_beside_the_first_bodys_facts(cast, programme):
    unit = cast.communes[0]
    first = making.return_at(making.make_round(cast, making.make_form(cast, programme)), unit)
    making.send(first, cast.clerk, cast.leader)
    making.approve(first, cast.officer)
    second = publish(cast, programme, "M01", [CellDraft("A", "Nhà ở", "support.houses", "new")])
    assert [cell.is_second for cell in second.cells.all()] == [True]
    facts = Fact.objects.count()
    expected = Expectation.objects.count()
    of = making.return_at(making.make_round(cast, second), unit)
    making.send(of, cast.clerk, cast.leader, {NEW: Entry(value=5)})
    making.approve(of, cast.officer)
    assert (Fact.objects.count(), Expectation.objects.count(), houses(unit)) == (facts, expected, 7)
    [one] = figures.discrepancies()
    assert (one.claimed.value, one.derived, one.difference, one.standing) == (5, 3, 2, Standing.OPEN)
    assert one.claimed.said_by == cast.body(unit, BodyKind.MTTQ).name
    assert one.claimed.source_kind == "return"


def test_a_second_form_for_longer_periods_is_not_refused(cast, programme):
    """As facts its year would overlap the quarters of the first."""
    unit = cast.communes[0]
    first = making.return_at(making.make_round(cast, making.make_form(cast, programme)), unit)
    making.send(first, cast.clerk, cast.leader)
    second = publish(cast, programme, "M01", [CellDraft("A", "Nhà ở", "support.houses", "new")])
    of = making.return_at(making.make_round(cast, second, "2022"), unit)
    making.send(of, cast.clerk, cast.leader, {NEW: Entry(value=3)})
    assert [one.claimed.period.code for one in figures.discrepancies()] == ["2022"]


def test_the_same_body_may_ask_again_in_another_form(cast, programme):
    making.make_form(cast, programme)
    again = publish(cast, programme, "B09", [CellDraft("A", "Nhà ở", "support.houses", "new")], BodyKind.UBND)
    assert [cell.is_claim for cell in again.cells.all()] == [False]


def test_what_nobody_else_asks_for_is_the_second_bodys_own(cast, programme):
    form = publish(cast, programme, "M01", [CellDraft("A", "Hội quán", "groups.clubs")])
    assert [cell.is_claim for cell in form.cells.all()] == [False]


def total_form(cast, programme):
    cells = [
        CellDraft("A", "Xây mới, phường tự làm", "support.houses", "new"),
        CellDraft("A", "Tổng số nhà", "support.houses", is_total=True),
    ]
    return publish(cast, programme, "T01", cells, BodyKind.UBND)


def test_a_units_own_total_is_a_claim_and_goes_when_the_return_is_sent_back(cast, programme):
    unit = cast.communes[0]
    of = making.return_at(making.make_round(cast, total_form(cast, programme)), unit)
    making.send(of, cast.clerk, cast.leader, {NEW: Entry(value=3), ALL: Entry(value=9)})
    assert Fact.objects.get().value == 3
    [one] = figures.discrepancies()
    assert (one.claimed.value, one.claimed.source_cell, one.derived) == (9, ALL, None)  # nothing is approved yet
    services.send_back_return(of=of, remarks={ALL: "Tổng không khớp."}, now=making.NOW, by=cast.officer)
    assert figures.discrepancies() == []
    making.send(of, cast.clerk, cast.leader, {ALL: Entry(value=3)})
    making.approve(of, cast.officer)
    [one] = figures.discrepancies()
    assert (one.claimed.value, one.derived, one.standing) == (3, 3, Standing.MATCHED)


def test_a_correction_that_is_withdrawn_leaves_the_approved_claim(cast, programme):
    unit = cast.communes[0]
    of = making.return_at(making.make_round(cast, total_form(cast, programme)), unit)
    making.send(of, cast.clerk, cast.leader, {NEW: Entry(value=3), ALL: Entry(value=9)})
    making.approve(of, cast.officer)
    later = making.NOW + timedelta(days=3)
    services.reopen_return(of=of, note="Đính chính.", now=later, by=cast.officer)
    making.send(of, cast.clerk, cast.leader, {ALL: Entry(value=8)}, now=later)
    assert [one.claimed.value for one in figures.discrepancies()] == [8]
    services.withdraw_return(of=of, note="Gửi nhầm.", now=later + timedelta(hours=2), by=cast.leader)
    assert [one.claimed.value for one in figures.discrepancies()] == [9]
    assert houses(unit) == 3
