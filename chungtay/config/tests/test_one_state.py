"""A page that only reads asks once for the map, the dictionary and who acts where; one that writes asks each time."""

import pytest

from chungtay.access.selectors import keys_of
from chungtay.config.middleware import OneState
from chungtay.indicators.selectors import sources_during
from tests.cast import START

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("method", "queries"), [("GET", 3), ("HEAD", 3), ("POST", 6)])
def test_a_page_that_only_reads_stands_on_one_state(cast, rf, django_assert_num_queries, method, queries):
    clerk, asked_for = cast.clerk, [cast.city.pk]

    def ask(request):
        return [(keys_of(clerk, on=START), sources_during(asked_for, START, START)) for _ in "ab"]

    keys_of(clerk, on=START)  # the map itself is kept by the process
    with django_assert_num_queries(queries):
        once, again = OneState(ask)(rf.generic(method, "/"))
    assert once == again
