"""The account as it was known at a moment: kept for the next question, and never more than the facts say."""

from datetime import timedelta

import pytest
from django.db import transaction

from chungtay.figures import past
from chungtay.figures.models import Batch
from chungtay.figures.rules import Figure
from chungtay.figures.tests.ground import Ground
from chungtay.figures.tests.test_account import everything, fill


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[frozenset]:
    """Which accounts were built from the facts, by the indicators in them."""
    seen: list[frozenset] = []
    build = past.account_known_at

    def counting(view, indicator_ids, known_at):
        seen.append(frozenset(indicator_ids))
        return build(view, indicator_ids, known_at)

    monkeypatch.setattr(past, "account_known_at", counting)
    monkeypatch.setattr(past, "_kept", [])
    return seen


def known_at(ground: Ground) -> list[Figure]:
    return everything(ground, known_at=Batch.objects.order_by("id").last().recorded_at)


def test_the_same_moment_is_built_once_and_answers_the_same(live: Ground, built: list[frozenset]) -> None:
    fill(live)
    first = known_at(live)
    assert known_at(live) == first
    assert len(built) == 1


def test_a_fact_that_is_recorded_before_the_moment_is_seen(live: Ground, built: list[frozenset]) -> None:
    """As a slow transaction would: its moment is earlier than that of what is there already."""
    fill(live)
    moment = Batch.objects.order_by("id").last().recorded_at
    before = everything(live, known_at=moment)
    live.tell(("HOUSES", "B", "2022-02", 6), after=timedelta(seconds=-1))
    after = everything(live, known_at=moment)
    assert after != before
    assert len(built) == 2


def test_inside_a_transaction_nothing_is_kept(live: Ground, built: list[frozenset]) -> None:
    fill(live)
    moment = Batch.objects.order_by("id").last().recorded_at
    before = everything(live, known_at=moment)
    with transaction.atomic():
        live.tell(("HOUSES", "B", "2022-02", 6), after=timedelta())
        assert everything(live, known_at=moment) != before
        transaction.set_rollback(True)
    assert everything(live, known_at=moment) == before
    assert len(built) == 2


def test_only_a_few_are_kept(live: Ground, built: list[frozenset]) -> None:
    fill(live)
    moment = Batch.objects.order_by("id").last().recorded_at
    for days in range(2 * past._MOST):
        everything(live, known_at=moment + timedelta(days=days))
    assert len(past._kept) == past._MOST
    everything(live, known_at=moment)
    assert len(built) == 2 * past._MOST + 1
