from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from chungtay.audit.models import AuditEvent, HistoryIsFixed
from chungtay.figures import selectors, services
from chungtay.figures.models import Batch, BatchHead, Expectation, Fact
from chungtay.figures.rules import MAX_VALUE, DuplicateStatement, OverlappingPeriod, Statement
from chungtay.figures.tests.ground import SINCE, Ground
from chungtay.indicators.selectors import UnknownIndicator
from chungtay.kernel.periods import parse_period


def test_batches_count_from_one_and_each_is_audited(ground: Ground) -> None:
    first, second = ground.tell(("HOUSES", "A", "2022-01", 1)), ground.tell(("HOUSES", "A", "2022-02", 1))
    assert (first.id, second.id, selectors.last_batch_id()) == (1, 2, 2)
    assert AuditEvent.objects.filter(code="figures.batch.recorded").count() == 2


def test_the_same_call_again_adds_nothing(ground: Ground) -> None:
    facts = [("HOUSES", "A", "2022-01", 1), ("HOUSES", "B", "2022-01", 2)]
    assert ground.tell(*facts, source="v1") is not None
    events = AuditEvent.objects.count()
    assert ground.tell(*facts, source="v1") is None
    assert (Fact.objects.count(), Batch.objects.count(), AuditEvent.objects.count()) == (2, 1, events)


def test_a_source_can_say_more_later_but_nothing_else(ground: Ground) -> None:
    ground.tell(("HOUSES", "A", "2022-01", 1), source="v1")
    assert ground.tell(("HOUSES", "A", "2022-01", 1), ("HOUSES", "A", "2022-02", 1), source="v1").facts.count() == 1
    with pytest.raises(services.SourceRestated):
        ground.tell(("HOUSES", "A", "2022-01", 7), source="v1")
    with pytest.raises(services.SourceRestated):
        ground.tell(("HOUSES", "A", "2022-01", None), source="v1")


def together(ground: Ground, said: dict[str, list[Statement]]) -> list[Batch]:
    return services.record_sources(said, status="approved", source_kind="test", now=ground.now, by=None)


def test_several_sources_are_recorded_together_each_in_a_batch_and_an_event_of_its_own(ground: Ground) -> None:
    months = {
        code: [Statement("HOUSES", "", ground.id("A"), parse_period(code), value)]
        for code, value in (("2022-01", 1), ("2022-02", 2))
    }
    batches = together(ground, months)
    assert [(one.id, one.source_id, one.facts.get().value) for one in batches] == [(1, "2022-01", 1), (2, "2022-02", 2)]
    assert BatchHead.objects.get().last_batch == 2
    assert AuditEvent.objects.filter(code="figures.batch.recorded").count() == 2
    march = {"2022-03": [Statement("HOUSES", "", ground.id("A"), parse_period("2022-03"), 3)]}
    assert [one.source_id for one in together(ground, months | march)] == ["2022-03"], "what was said is not said again"
    overlapping = {"quarter": [Statement("HOUSES", "", ground.id("A"), parse_period("2022Q2"), 3)]}
    april = {"april": [Statement("HOUSES", "", ground.id("A"), parse_period("2022-04"), 3)]}
    with pytest.raises(OverlappingPeriod):
        together(ground, overlapping | april)
    assert Batch.objects.count() == 3, "all or none"


def test_one_source_states_provisional_and_later_approved(ground: Ground) -> None:
    ground.tell(("HOUSES", "A", "2022-01", 1), status="provisional", source="v1")
    assert ground.tell(("HOUSES", "A", "2022-01", 1), status="approved", source="v1") is not None


def test_overlapping_periods_are_refused_and_leave_no_trace(ground: Ground) -> None:
    ground.tell(("HOUSES", "A", "2022Q1", 3))
    with pytest.raises(OverlappingPeriod):
        ground.tell(("HOUSES", "A", "2022-03", 1))
    with pytest.raises(OverlappingPeriod):
        ground.tell(("HOUSES", "A", "2022", 1), status="provisional")
    assert (Batch.objects.count(), BatchHead.objects.get().last_batch) == (1, 1)
    ground.tell(("HOUSES", "B", "2022-03", 1), ("PLAN", "A", "2022-03", 1))  # another area, another indicator


def test_a_provisional_quarter_keeps_approved_months_out_until_it_is_withdrawn(ground: Ground) -> None:
    ground.tell(("HOUSES", "A", "2022Q1", 3), status="provisional")
    with pytest.raises(OverlappingPeriod):
        ground.tell(("HOUSES", "A", "2022-03", 1))
    ground.tell(("HOUSES", "A", "2022Q1", None), status="provisional")
    assert ground.tell(("HOUSES", "A", "2022-03", 1)) is not None


def test_an_approved_quarter_withdrawn_only_provisionally_still_stands_in_the_approved_view(ground: Ground) -> None:
    ground.tell(("HOUSES", "A", "2022Q1", 3))
    ground.tell(("HOUSES", "A", "2022Q1", None), status="provisional")
    ground.tell(("HOUSES", "A", "2022-03", 1), status="provisional")
    with pytest.raises(OverlappingPeriod):
        ground.tell(("HOUSES", "A", "2022-03", 1))
    assert ground.value("HOUSES", "A", "2022Q1") == 3
    assert ground.value("HOUSES", "A", "2022-03", status="all") == 1


def test_a_cell_stated_twice_in_one_call_is_refused(ground: Ground) -> None:
    with pytest.raises(DuplicateStatement):
        ground.tell(("HOUSES", "A", "2022-01", 1), ("HOUSES", "A", "2022-01", 1))


def test_a_ratio_cannot_be_stated(ground: Ground) -> None:
    with pytest.raises(services.RatioStated):
        ground.tell(("POOR_RATE", "A", "2022-01", 1))


def test_only_keys_of_the_breakdown_are_taken(ground: Ground) -> None:
    ground.tell(("GIFTS", "A", "2022-01", 1, "food"))
    for key in ("", "toys"):
        with pytest.raises(services.UnknownKey):
            ground.tell(("GIFTS", "A", "2022-01", 1, key))
    with pytest.raises(services.UnknownKey):
        ground.tell(("HOUSES", "A", "2022-01", 1, "food"))


def test_unknown_indicators_and_values_out_of_range_are_refused(ground: Ground) -> None:
    with pytest.raises(UnknownIndicator):
        ground.tell(("NOTHING", "A", "2022-01", 1))
    for value in (MAX_VALUE + 1, -MAX_VALUE - 1):
        with pytest.raises(services.ValueOutOfRange):
            ground.tell(("HOUSES", "A", "2022-01", value))
    assert ground.tell(("HOUSES", "A", "2022-01", MAX_VALUE)) is not None


def test_nothing_stated_is_nothing_recorded(ground: Ground) -> None:
    assert ground.tell() is None


def test_an_expectation_is_said_once_and_can_be_replaced(ground: Ground) -> None:
    assert ground.expect("HOUSES", "A", "B", "A") == 2
    assert ground.expect("HOUSES", "A", "B") == 0
    assert ground.see("HOUSES", "P", "2022").expected == 2
    assert ground.expect("HOUSES", "B", valid_to=date(2022, 1, 1)) == 1
    assert ground.see("HOUSES", "P", "2022").expected == 1
    assert ground.see("HOUSES", "P", "2021").expected == 2
    ground.expect("HOUSES", "A", valid_to=SINCE)
    assert ground.see("HOUSES", "P", "2021").missing == (ground.id("B"),)
    assert Expectation.objects.count() == 4


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("figures_fact_status_known", {"status": "guessed"}),
        ("figures_fact_period_has_days", {"period_end": date(2022, 1, 1)}),
        ("figures_fact_value_in_range", {"value": MAX_VALUE + 1}),
        ("figures_source_states_a_cell_once", {}),
    ],
)
def test_the_database_holds_the_invariants_of_a_fact(ground: Ground, name: str, change: dict) -> None:
    ground.tell(("HOUSES", "A", "2022-01", 1))
    fact = Fact.objects.get()
    fields = {f.attname: getattr(fact, f.attname) for f in Fact._meta.fields if f.attname != "id"}
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Fact(**(fields | change)).save()
    assert name in str(error.value) or "source_kind" in str(
        error.value
    )  # SQLite names the columns of a unique constraint


def test_facts_batches_and_expectations_cannot_be_changed(ground: Ground) -> None:
    ground.tell(("HOUSES", "A", "2022-01", 1))
    ground.expect("HOUSES", "A")
    for model in (Fact, Batch, Expectation):
        with pytest.raises(HistoryIsFixed):
            model.objects.all().delete()
        with pytest.raises(HistoryIsFixed):
            model.objects.get().save()


def test_what_a_source_stated_can_be_listed(ground: Ground) -> None:
    ground.tell(("HOUSES", "A", "2022-01", 1), ("GIFTS", "A", "2022-01", 5, "food"), source="v1")
    ground.tell(("HOUSES", "A", "2022-02", 1), source="v2", after=timedelta(days=1))
    rows = selectors.facts_of_source("test", "v1")
    assert [(r.indicator_code, r.dimension, r.value, r.cell, r.batch_id) for r in rows] == [
        ("HOUSES", "", 1, "D1", 1),
        ("GIFTS", "food", 5, "D2", 1),
    ]
