"""An indicator has one source of record at a time, dated, and it is audited."""

from datetime import date

import pytest

from chungtay.audit import selectors as audit
from chungtay.indicators import selectors, services
from chungtay.indicators.models import RecordSource
from chungtay.indicators.rules import Keeper, Kind
from chungtay.indicators.services import Definition
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def raised(db):
    said = Definition("raised", "Vận động", "đồng", "Định nghĩa.", Kind.FLOW, is_money=True)
    return services.define_indicators([said], now=NOW, by=None)[0]


def keep(indicator, keeper, day):
    return services.set_record_source(
        indicator=indicator, keeper=keeper, valid_from=day, legal_basis="Quyết định 1", now=NOW, by=None
    )


def during(indicator, first, last):
    return selectors.sources_during([indicator.pk], first, last)[indicator.pk]


def test_what_units_report_is_the_record_until_somebody_says_otherwise(raised):
    assert selectors.source_on(raised, date(2022, 5, 1)) is Keeper.RETURNS


def test_from_its_day_on_another_source_keeps_the_record(raised):
    assert keep(raised, Keeper.FUNDS, date(2022, 7, 1))
    assert selectors.source_on(raised, date(2022, 6, 30)) is Keeper.RETURNS
    assert selectors.source_on(raised, date(2022, 7, 1)) is Keeper.FUNDS
    assert during(raised, date(2022, 4, 1), date(2022, 9, 30)) == {Keeper.RETURNS, Keeper.FUNDS}
    assert during(raised, date(2022, 7, 1), date(2022, 9, 30)) == {Keeper.FUNDS}


def test_the_last_word_about_a_day_counts_and_the_earlier_one_stays_readable(raised):
    keep(raised, Keeper.FUNDS, date(2022, 7, 1))
    assert keep(raised, Keeper.RETURNS, date(2022, 7, 1))
    assert selectors.source_on(raised, date(2023, 1, 1)) is Keeper.RETURNS
    assert RecordSource.objects.count() == 2


def test_saying_it_again_adds_nothing(raised):
    assert not keep(raised, Keeper.RETURNS, date(2022, 1, 1))
    assert keep(raised, Keeper.FUNDS, date(2022, 1, 1))
    assert not keep(raised, Keeper.FUNDS, date(2023, 1, 1))
    assert RecordSource.objects.count() == 1


def test_a_source_begins_with_a_month_and_a_ratio_has_none(raised):
    with pytest.raises(services.NotAMonthsFirst):
        keep(raised, Keeper.FUNDS, date(2022, 7, 2))
    [*_, rate] = services.define_indicators(
        [
            Definition("poor", "Hộ nghèo", "hộ", "Định nghĩa.", Kind.STOCK),
            Definition("rate", "Tỷ lệ", "%", "Định nghĩa.", Kind.RATIO, numerator="poor", denominator="poor"),
        ],
        now=NOW,
        by=None,
    )
    with pytest.raises(services.NoSourceOfItsOwn):
        keep(rate, Keeper.FUNDS, date(2022, 7, 1))


def test_the_change_stands_in_the_chain_of_events(raised):
    keep(raised, Keeper.FUNDS, date(2022, 7, 1))
    assert [e.code for e in audit.events_of(raised)] == ["indicators.indicator.defined", "indicators.source.set"]


def test_within_one_dictionary_it_is_read_once_and_a_change_is_seen_at_once(raised, django_assert_num_queries):
    day = date(2022, 7, 1)
    with selectors.one_dictionary():
        assert during(raised, day, day) == {Keeper.RETURNS}
        with django_assert_num_queries(0):
            assert during(raised, day, day) == {Keeper.RETURNS}
        keep(raised, Keeper.FUNDS, day)
        assert during(raised, day, day) == {Keeper.FUNDS}
