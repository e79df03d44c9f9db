"""What the story's units report divides into households and cases without a remainder."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.demo.homes import homes_of, review_days
from chungtay.demo.portions import divided, in_hands, quarters_of
from chungtay.demo.story import first_units, poverty, story, units
from chungtay.households.rules import Kind


@given(st.integers(1, 400), st.integers(1, 60))
def test_packages_add_up_to_the_dong(count, steps):
    value = count * 50_000 + steps * 50
    runs = list(divided(count, value))
    assert (sum(n for n, _ in runs), sum(n * each for n, each in runs)) == (count, value)
    hands = list(in_hands(runs, 4))
    assert sum(n * each for n, each in hands) == value
    assert all(0 < n <= 4 and each > 0 for n, each in hands)


def test_no_packages_are_nothing():
    assert list(divided(0, 0)) == []


def test_the_cases_up_to_the_review_are_the_facts_of_the_article():
    found = Counter()
    for unit in units():
        for quarter in quarters_of(unit):
            if quarter.period.last_day <= date(2023, 5, 31):
                found["houses"] += len(quarter.houses) - quarter.twice
                found["bridges"] += quarter.bridges
                for runs in quarter.packages.values():
                    found["packages"] += sum(n for n, _ in runs)
                    found["value"] += sum(n * each for n, each in runs)
    assert found == {"houses": 400, "bridges": 13, "packages": 22_047, "value": 8_712_600_000}


@pytest.mark.parametrize("unit", units(), ids=lambda unit: unit.ref)
def test_no_household_gets_two_houses(unit):
    given_to = [place for quarter in quarters_of(unit) for _, _, place in quarter.houses]
    assert len(given_to) == len(set(given_to))
    assert max(given_to) < len(homes_of(unit))


@pytest.mark.parametrize("unit", first_units(), ids=lambda unit: unit.ref)
def test_the_poor_of_every_december_are_as_many_as_reported(unit):
    for day in review_days(unit):
        poor = sum(
            kind is Kind.POOR and since <= day and (until is None or day < until)
            for home in homes_of(unit)
            for kind, since, until in home.classes
        )
        assert poor == poverty()[unit.ref, str(day.year)]["poverty.poor_households"].value
    assert len(list(review_days(unit))) == len(story()["poverty"])


def test_there_are_as_many_households_as_a_city_of_this_size_has_in_its_registers():
    assert 1_500 <= sum(len(homes_of(unit)) for unit in units()) <= 3_000
