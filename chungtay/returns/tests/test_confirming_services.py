"""Where a register keeps the record a return confirms it: no fact is added, and what differs is a discrepancy."""

from datetime import date

import pytest

from chungtay.figures import selectors as figures
from chungtay.figures import services as account
from chungtay.figures.claims import Standing
from chungtay.figures.models import Claim, Fact
from chungtay.figures.rules import Statement, Status
from chungtay.indicators import services as indicators
from chungtay.indicators.rules import Keeper
from chungtay.indicators.selectors import indicator_by_code
from chungtay.kernel.periods import parse_period
from chungtay.returns import facts, services
from chungtay.returns.rules import Entry
from chungtay.returns.tests import making
from tests.cast import make_cast

pytestmark = pytest.mark.django_db
NEW = "support.houses:new"
DIFFERS = making.WHOLE | {NEW: Entry(value=3, explain="Hai căn bàn giao sau ngày khóa sổ")}


@pytest.fixture
def cast(db):
    return make_cast(communes=2)


@pytest.fixture
def of(cast):
    """A return of 2022Q3 with 3 new houses and 4 repaired ones."""
    programme = making.make_programme(cast)
    return making.return_at(making.make_round(cast, making.make_form(cast, programme)), cast.communes[0])


def keep_in_register(day=date(2022, 1, 1)):
    indicators.set_record_source(
        indicator=indicator_by_code("support.houses"), keeper=Keeper.FUNDS, valid_from=day, now=making.NOW, by=None
    )


def register_says(area, new, repair=4, month="2022-08"):
    said = [
        Statement("support.houses", key, area.pk, parse_period(month), value)
        for key, value in (("new", new), ("repair", repair))
    ]
    account.record_facts(
        said, status=Status.APPROVED, source_kind="register", source_id=f"{month}-{new}", now=making.NOW, by=None
    )


def houses_facts():
    return Fact.objects.filter(indicator__code="support.houses", source_kind="return")


def test_a_cell_that_a_register_keeps_adds_no_fact_and_the_other_cells_do(cast, of):
    keep_in_register()
    register_says(cast.communes[0], new=3)
    making.send(of, cast.clerk, cast.leader)
    making.approve(of, cast.officer)
    assert not houses_facts().exists()
    assert set(Fact.objects.filter(source_kind="return").values_list("indicator__code", flat=True)) == {
        "groups.clubs",
        "poverty.poor",
        "poverty.all",
    }
    assert figures.figure("support.houses", cast.communes[0].pk, parse_period("2022Q3")).value == 7
    assert {one.standing for one in figures.discrepancies()} == {Standing.MATCHED}


def test_a_cell_that_differs_from_the_register_is_a_discrepancy(cast, of):
    keep_in_register()
    register_says(cast.communes[0], new=5)
    making.send(of, cast.clerk, cast.leader, DIFFERS)
    [one] = [one for one in figures.discrepancies() if one.is_open]
    assert (one.claimed.source_cell, one.claimed.value, one.derived) == (NEW, 3, 5)


def test_the_register_that_is_mended_later_closes_the_discrepancy(cast, of):
    keep_in_register()
    register_says(cast.communes[0], new=5)
    making.send(of, cast.clerk, cast.leader, DIFFERS)
    register_says(cast.communes[0], new=3)
    assert not [one for one in figures.discrepancies() if one.is_open]


def test_what_is_sent_back_is_confirmed_no_more(cast, of):
    keep_in_register()
    making.send(of, cast.clerk, cast.leader)
    services.send_back_return(of=of, remarks={NEW: "Sổ ghi khác."}, now=making.NOW, by=cast.officer)
    assert figures.discrepancies() == []
    making.send(of, cast.clerk, cast.leader, {NEW: Entry(value=2)})
    assert [one.claimed.value for one in figures.discrepancies() if one.claimed.source_cell == NEW] == [2]


def test_saying_a_version_again_adds_nothing(cast, of):
    keep_in_register()
    making.send(of, cast.clerk, cast.leader)
    of.refresh_from_db()
    counts = (Fact.objects.count(), Claim.objects.count())
    facts.record_version(of.current_version, status=Status.PROVISIONAL, now=making.NOW, by=cast.leader)
    assert (Fact.objects.count(), Claim.objects.count()) == counts


def test_a_period_that_the_change_of_source_cuts_is_only_confirmed(cast, of):
    """Else the register's months of the quarter would be added to it."""
    keep_in_register(date(2022, 9, 1))
    making.send(of, cast.clerk, cast.leader)
    assert not houses_facts().exists()


def test_before_the_register_began_the_return_is_the_record(cast, of):
    keep_in_register(date(2022, 10, 1))
    making.send(of, cast.clerk, cast.leader)
    assert houses_facts().count() == 2
    assert figures.discrepancies() == []


def test_a_version_told_as_facts_stays_so_when_the_source_is_changed_afterwards(cast, of):
    making.send(of, cast.clerk, cast.leader)
    keep_in_register()
    services.send_back_return(of=of, remarks={NEW: "Kiểm tra lại."}, now=making.NOW, by=cast.officer)
    assert figures.figure("support.houses", cast.communes[0].pk, parse_period("2022Q3"), status="all").value is None
