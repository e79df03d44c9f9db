"""A long way back to the account is told: on standard error by commands, on a page of its own by the site."""

import time

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from chungtay.figures import account, rebuilding, selectors
from chungtay.figures.middleware import Rebuilds
from chungtay.figures.rebuilding import Progress, Rebuilding, in_a_hurry, watched
from chungtay.figures.tests.ground import Ground, new_process
from chungtay.kernel.periods import parse_period


@pytest.fixture
def long(live: Ground, monkeypatch) -> Ground:
    """A workspace whose seven facts are much, read two at a time."""
    monkeypatch.setattr(rebuilding, "LONG", 5)
    monkeypatch.setattr(account, "_FACTS_AT_ONCE", 2)
    live.tell(*(("HOUSES", "A", f"2022-{month:02d}", month) for month in range(1, 8)))
    new_process()
    return live


def houses(ground: Ground) -> int | None:
    [figure] = selectors.consolidate(indicators=["HOUSES"], area_ids=[ground.id("A")], periods=[parse_period("2022")])
    return figure.value


def test_who_waits_is_told_how_far_it_is(long: Ground) -> None:
    seen: list[Progress] = []
    with watched(seen.append):
        assert houses(long) == 28
        assert houses(long) == 28
    assert seen == [Progress(2, 7), Progress(4, 7), Progress(6, 7), Progress(7, 7)]


def test_a_short_way_is_not_worth_a_word(live: Ground) -> None:
    live.tell(("HOUSES", "A", "2022-01", 5))
    new_process()
    seen: list[Progress] = []
    with watched(seen.append), in_a_hurry():
        assert houses(live) == 5
    assert seen == []


def test_who_is_in_a_hurry_is_told_to_come_back_and_then_finds_it(long: Ground) -> None:
    with in_a_hurry():
        with pytest.raises(Rebuilding, match="đã đọc 0 trên 7 số liệu gốc"):
            houses(long)
        patience = time.monotonic() + 20
        while True:
            try:
                assert houses(long) == 28
                break
            except Rebuilding:
                assert time.monotonic() < patience
                time.sleep(0.05)


def test_while_another_reads_the_progress_is_that_of_its_work(long: Ground) -> None:
    told: list[str] = []

    def ask_meanwhile(progress: Progress) -> None:
        with in_a_hurry(), pytest.raises(Rebuilding) as problem, rebuilding.held(busy, lambda: progress):
            pass
        told.append(str(problem.value.progress))

    busy = rebuilding.Lock()
    with busy, watched(ask_meanwhile):
        houses(long)
    assert told[0] == "đã đọc 2 trên 7 số liệu gốc"


@pytest.mark.parametrize(("method", "comes_back"), [("get", True), ("post", False)])
def test_the_page_says_how_far_it_is_and_comes_back_by_itself(method: str, comes_back: bool) -> None:
    def view(request) -> HttpResponse:
        assert rebuilding.is_in_a_hurry()
        return HttpResponse("")

    site, request = Rebuilds(view), getattr(RequestFactory(), method)("/con-so/")
    assert site(request).status_code == 200
    answer = site.process_exception(request, Rebuilding(Progress(1_000_000, 76_000_000)))
    assert answer is not None
    assert (answer.status_code, answer["Retry-After"], "Refresh" in answer) == (503, "3", comes_back)
    assert "đã đọc 1.000.000 trên 76.000.000 số liệu gốc" in answer.content.decode()
    assert site.process_exception(request, ValueError()) is None
