"""What others say of the figures: stated, withdrawn, explained by a second person; compared and never added."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.access.selectors import NotAllowed
from chungtay.audit import selectors as audit
from chungtay.audit.models import HistoryIsFixed
from chungtay.figures import selectors, services
from chungtay.figures.claims import Standing
from chungtay.figures.models import Claim, ClaimExplanation, Fact
from chungtay.figures.rules import Statement
from chungtay.figures.tests.city import Account
from chungtay.kernel.periods import parse_period
from chungtay.places.rules import BodyKind
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PAPER = "Báo cáo số 45/BC-MTTQ ngày 05/07/2022"
WHY = "Văn bản tính cả một căn bàn giao đầu tháng 7."


def state(account: Account, value, code="HOUSES", area=None, period="2022H1", dimension="", by=None, **more):
    """State what a paper says; by default the province's officer reads that of the city's Front."""
    said = Statement(code, dimension, (area or account.cast.city).pk, parse_period(period), value)
    given = {"said_by": "Ủy ban MTTQ thành phố", "body_kind": BodyKind.MTTQ, "paper": PAPER, **more}
    return services.state_claim(said=said, **given, now=account.now, by=by or account.cast.province_officer)


def explain(account: Account, claim: Claim, text=WHY, by=None, derived=12, claimed=13):
    return services.explain_claim(
        claim_id=claim.pk, claimed=claimed, derived=derived, text=text, now=account.now, by=by or account.cast.officer
    )


def found(**asked):
    [one] = selectors.discrepancies(**asked)
    return one


def test_a_number_of_another_paper_stands_beside_the_figure_with_its_difference(account):
    state(account, 13)
    one = found()
    assert (one.claimed.value, one.derived, one.difference, one.standing) == (13, 12, 1, Standing.OPEN)
    assert (one.claimed.said_by, one.claimed.paper) == ("Ủy ban MTTQ thành phố", PAPER)
    assert one.figure == account.figure()


def test_the_same_number_matches_and_asks_for_nothing(account):
    claim = state(account, 12)
    assert found().standing is Standing.MATCHED
    with pytest.raises(services.NothingToExplain):
        explain(account, claim, claimed=12)


def test_an_explanation_covers_one_pair_of_values_and_no_other(account):
    claim = state(account, 13)
    explain(account, claim)
    one = found()
    assert (one.standing, one.explanation.text, one.explanation.by) == (
        Standing.EXPLAINED,
        WHY,
        account.cast.officer.full_name,
    )
    account.tell(account.cast.communes[0], "2022Q2", ("HOUSES", "new", 4))
    one = found()
    assert (one.derived, one.standing, len(one.explanations)) == (15, Standing.OPEN, 1)
    account.tell(account.cast.communes[0], "2022Q2", ("HOUSES", "new", 1))
    assert found().standing is Standing.EXPLAINED


def test_a_claim_about_a_figure_without_data_is_open_until_explained(account):
    claim = state(account, 5, period="2021")
    one = found()
    assert (one.derived, one.difference, one.standing) == (None, None, Standing.OPEN)
    explain(account, claim, derived=None, claimed=5)
    assert found().standing is Standing.EXPLAINED


def test_who_stated_a_claim_does_not_explain_it_away(account):
    claim = state(account, 13, by=account.cast.officer)
    with pytest.raises(NotAllowed, match="không thể tự giải trình"):
        explain(account, claim)
    explain(account, claim, by=account.cast.province_officer)
    assert found().standing is Standing.EXPLAINED


@pytest.mark.parametrize("who", ["clerk", "leader", "upper_leader", "auditor", "outsider", "admin"])
def test_only_an_officer_of_the_unit_or_above_states_and_explains(account, who):
    person = getattr(account.cast, who)
    with pytest.raises(NotAllowed):
        state(account, 13, by=person)
    claim = state(account, 13)
    with pytest.raises(NotAllowed):
        explain(account, claim, by=person)
    assert not ClaimExplanation.objects.exists()


def test_an_explanation_of_values_that_moved_meanwhile_is_refused(account):
    claim = state(account, 13)
    account.tell(account.cast.communes[0], "2022Q2", ("HOUSES", "new", 4))
    with pytest.raises(services.ClaimMovedOn):
        explain(account, claim)


def test_a_decision_needs_its_words(account):
    claim = state(account, 13)
    with pytest.raises(services.ClaimIncomplete):
        explain(account, claim, text="  ")
    with pytest.raises(services.ClaimIncomplete):
        services.withdraw_claim(claim_id=claim.pk, note=" ", now=account.now, by=account.cast.officer)
    for lacking in ({"said_by": " "}, {"paper": " "}):
        with pytest.raises(services.ClaimIncomplete):
            state(account, 13, **lacking)


def test_a_withdrawn_claim_no_longer_stands_and_stays_in_the_history(account):
    claim = state(account, 13)
    gone = services.withdraw_claim(
        claim_id=claim.pk, note="Đọc nhầm dòng.", now=account.now, by=account.cast.province_officer
    )
    assert selectors.discrepancies() == []
    assert (Claim.objects.count(), gone.supersedes, gone.note) == (2, claim, "Đọc nhầm dòng.")
    with pytest.raises(services.ClaimMovedOn):
        explain(account, claim)


def test_what_cannot_be_held_against_a_figure_is_refused(account):
    for code, more in (("RATE", {}), ("HOUSES", {"dimension": "unheard"}), ("HOUSES", {"period": "1999"})):
        with pytest.raises(services.NotClaimable):
            state(account, 13, code, **more)
    with pytest.raises(services.NotClaimable):
        state(account, 10**15 + 1)


def record(account, value, source_id, kind="return", dimension=""):
    area_id = account.cast.communes[0].pk
    said = Statement("HOUSES", dimension, area_id, parse_period("2022Q1"), value, cell="HOUSES")
    return services.record_claims(
        [said],
        said_by="Hội Nông dân phường",
        thread="return:1",
        source_kind=kind,
        source_id=source_id,
        now=account.now,
        by=account.cast.leader,
    )


def test_versions_of_one_return_follow_each_other_and_the_same_again_adds_nothing(account):
    [first] = record(account, 9, "v1")
    assert record(account, 9, "v1") == record(account, 9, "v2") == []
    [second] = record(account, 8, "v3")
    assert second.supersedes == first
    assert found().claimed.value == 8
    record(account, None, "v4")
    assert selectors.discrepancies() == []
    record(account, 8, "v5")
    assert found().claimed.source_id == "v5"


def test_a_value_that_is_withdrawn_and_said_again_keeps_its_explanation(account):
    [claim] = record(account, 9, "v1")
    explain(account, claim, derived=7, claimed=9)
    record(account, None, "v2")
    record(account, 9, "v3")
    assert found().standing is Standing.EXPLAINED
    with pytest.raises(services.ClaimOfReturn):
        services.withdraw_claim(
            claim_id=found().claimed.claim_id, note="Sai.", now=account.now, by=account.cast.officer
        )


def test_a_part_of_a_breakdown_is_claimed_about_as_well(account):
    record(account, 4, "v1", dimension="repair")
    assert found().standing is Standing.MATCHED


def test_claims_are_asked_for_by_place_indicator_and_as_known_on_a_day(account):
    state(account, 13)
    state(account, 3, "POOR", account.cast.communes[0], "2022Q2")
    assert len(selectors.discrepancies()) == 2
    assert found(area_ids=[account.cast.city.pk]).claimed.indicator_code == "HOUSES"
    assert found(indicators=["POOR"]).derived == 20
    before = account.now - timedelta(days=3650)
    assert {one.derived for one in selectors.discrepancies(known_at=before)} == {None}


def test_many_claims_are_compared_in_few_questions(account, django_assert_max_num_queries):
    for value in range(6):
        state(account, value, area=account.cast.communes[value % 2])
        state(account, value, "FUND", period="2022Q1")
    with django_assert_max_num_queries(30):
        assert len(selectors.discrepancies()) == 12


def test_stating_explaining_and_withdrawing_are_audited(account):
    claim = state(account, 13)
    explain(account, claim)
    services.withdraw_claim(claim_id=claim.pk, note="Nhầm.", now=account.now, by=account.cast.officer)
    told = [event.code for event in audit.events_of(claim)]
    assert told == ["figures.claim.recorded", "figures.claim.explained"]


def test_the_history_of_claims_cannot_be_changed(account):
    claim = state(account, 13)
    claim.value = 12
    with pytest.raises(HistoryIsFixed):
        claim.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        super(type(Claim.objects.all()), Claim.objects.all()).update(value=12)
    with pytest.raises(HistoryIsFixed):
        explain(account, claim).delete()


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"said_by": ""}, "figures_claim_has_source"),
        ({"value": 10**15 + 1}, "figures_claim_value_in_range"),
        ({"value": None}, "figures_claim_withdraws_something"),
        ({"body_kind": "club"}, "figures_claim_body_known"),
    ],
)
def test_what_the_database_can_hold_of_a_claim_it_holds(account, wrong, name):
    good = Claim.objects.get(pk=state(account, 13).pk)
    fields = {f.attname: getattr(good, f.attname) for f in Claim._meta.concrete_fields if f.name != "id"}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Claim.objects.create(**{**fields, "source_id": "other", **wrong})


def test_a_claim_is_superseded_once(account):
    claim = state(account, 13)
    services.withdraw_claim(claim_id=claim.pk, note="Nhầm.", now=account.now, by=account.cast.officer)
    fields = {f.attname: getattr(claim, f.attname) for f in Claim._meta.concrete_fields if f.name != "id"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(**{**fields, "source_id": "other", "supersedes_id": claim.pk})


CODES = st.sampled_from(["HOUSES", "FUND", "POOR", "ALL"])
TOLD = st.tuples(
    CODES, st.integers(0, 2), st.sampled_from(["2022Q1", "2022Q2", "2022H1", "2021"]), st.integers(0, 10**12)
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TOLD, max_size=6), st.booleans())
def test_claims_never_change_any_figure(account, told, explains):
    cast: Cast = account.cast
    places = [cast.city, *cast.communes]

    def everything():
        return selectors.consolidate(
            indicators=["HOUSES", "FUND", "POOR", "ALL", "RATE"],
            area_ids=[cast.province.pk, *(area.pk for area in places)],
            periods=[parse_period(code) for code in ("2022Q1", "2022Q2", "2022H1", "2021")],
            status="all",
            by_dimension=True,
        )

    before, facts = everything(), Fact.objects.count()
    with transaction.atomic():
        for code, place, period, value in told:
            claim = state(account, value, code, places[place], period)
            [one] = selectors.discrepancies(claim_id=claim.pk)
            if explains and one.is_open:
                explain(account, claim, derived=one.derived, claimed=value)
        assert everything() == before
        assert Fact.objects.count() == facts
        transaction.set_rollback(True)
