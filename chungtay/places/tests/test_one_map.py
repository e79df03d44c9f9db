"""The state of the map is asked for once while a page is made, and anew as soon as somebody changes the map."""

from datetime import date

import pytest
from django.db import transaction

from chungtay.places import selectors, services
from tests.cast import NOW

pytestmark = pytest.mark.django_db
DAY = date(2024, 1, 1)


def add(cast, code):
    services.add_area(
        name=f"Xã {code}",
        code=code,
        level="commune",
        parent=cast.city,
        valid_from=DAY,
        legal_basis="NQ",
        now=NOW,
        by=None,
    )


def count(cast):
    return len(selectors.tree_on(DAY).children(cast.city.pk))


def test_what_is_read_together_asks_once(cast, django_assert_num_queries):
    before = count(cast)
    with selectors.steady(), django_assert_num_queries(1):
        assert [count(cast), count(cast)] == [before, before]
    with django_assert_num_queries(2):
        assert [count(cast), count(cast)] == [before, before]


def test_a_change_within_is_seen_at_once_and_so_is_its_undoing(cast):
    before = count(cast)
    with selectors.steady():
        assert count(cast) == before
        with transaction.atomic():
            add(cast, "29998")
            with selectors.steady():
                assert count(cast) == before + 1
            transaction.set_rollback(True)
        assert count(cast) == before
    add(cast, "29999")
    assert count(cast) == before + 1
