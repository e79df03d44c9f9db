"""What a register holds stands in the return already: confirmed as it is, or differed from with a reason that is kept."""

import pytest

from chungtay.figures import selectors as figures
from chungtay.figures.claims import Standing
from chungtay.returns import selectors, services
from chungtay.returns.background import background_of
from chungtay.returns.models import VersionCell
from chungtay.returns.records import said_when_sent
from chungtay.returns.rules import Entry
from chungtay.returns.tests import making
from chungtay.returns.tests.test_confirming_services import NEW, keep_in_register, register_says
from tests.cast import make_cast

pytestmark = pytest.mark.django_db
REPAIR = "support.houses:repair"
OWN = {key: entry for key, entry in making.WHOLE.items() if not key.startswith("support.")}


@pytest.fixture
def cast(db):
    return make_cast(communes=2)


@pytest.fixture
def of(cast):
    """A return of 2022Q3 whose houses a register keeps: 5 new and 4 repaired."""
    found = making.return_at(making.make_round(cast), cast.communes[0])
    keep_in_register()
    register_says(cast.communes[0], new=5)
    return found


def test_a_cell_nobody_typed_into_shows_the_register_and_follows_it(cast, of):
    assert {key: e.value for key, e in selectors.draft_entries(of).items()} == {NEW: 5, REPAIR: 4}
    making.fill(of, cast.clerk, {**OWN, NEW: Entry(value=5), REPAIR: Entry(value=4)})
    of.refresh_from_db()
    assert NEW not in of.draft, "what only repeats the register is not typed"
    register_says(cast.communes[0], new=2, month="2022-09")
    assert selectors.draft_entries(of)[NEW].value == 7


def test_the_clerk_only_confirms(cast, of):
    making.send(of, cast.clerk, cast.leader, OWN)
    cells = VersionCell.objects.filter(version__of=of, cell__key__in=[NEW, REPAIR]).order_by("cell__position")
    assert [(c.value, c.recorded) for c in cells] == [(5, 5), (4, 4)]
    assert {one.standing for one in figures.discrepancies()} == {Standing.MATCHED}


def test_another_number_needs_a_reason_that_goes_up_with_the_return(cast, of):
    making.fill(of, cast.clerk, {**OWN, NEW: Entry(value=3)})
    of.refresh_from_db()
    with pytest.raises(services.NotReady):
        services.submit_return(of=of, now=making.NOW, by=cast.clerk)
    said = [p.sentence for p in selectors.problems_of(of, selectors.draft_entries(of)) if p.key == NEW]
    assert said == ["Khác sổ quỹ: sổ quỹ ghi 5. Hãy ghi vì sao."]
    making.send(of, cast.clerk, cast.leader, {NEW: Entry(value=3, explain="Hai căn chưa bàn giao")})
    cell = VersionCell.objects.get(version__of=of, cell__key=NEW)
    assert (cell.value, cell.recorded, cell.explain) == (3, 5, "Hai căn chưa bàn giao")
    [one] = [one for one in figures.discrepancies() if one.is_open]
    assert (one.claimed.value, one.derived) == (3, 5)


def test_a_register_without_a_number_asks_for_nothing(cast, of):
    other = making.return_at(of.round, cast.communes[1])
    assert selectors.draft_entries(other) == {}
    assert background_of(other).records[NEW].value is None
    making.fill(other, cast.other_clerk)
    assert services.submit_return(of=other, now=making.NOW, by=cast.other_clerk).number == 1


def test_what_the_register_said_when_sent_is_kept_beside_what_it_says_now(cast, of):
    making.send(of, cast.clerk, cast.leader, OWN)
    of.refresh_from_db()
    register_says(cast.communes[0], new=1, repair=0, month="2022-09")
    found = background_of(of, of.current_version)
    assert (found.recorded_then[NEW], found.records[NEW].value) == (5, 6)
    assert said_when_sent(of.current_version) == {NEW: 5, REPAIR: 4}


def test_where_the_return_is_the_record_nothing_is_filled_in(cast):
    of = making.return_at(making.make_round(cast), cast.communes[0])
    assert selectors.draft_entries(of) == {}
    assert background_of(of).records == {}
