"""Writers of one process take turns, nobody waits for ever, and a turn that does not come is not waited for for ever."""

from threading import Thread
from time import monotonic, sleep

import pytest
from django.db import connection

from chungtay.config.sqlite.turns import Turns


def in_order(burst_s: float) -> list[int]:
    """Return who was served when three threads came one after the other and the first wants it again at once."""
    turns, served = Turns(burst_s), []
    assert turns.take(1)

    def work(number):
        assert turns.take(5)
        served.append(number)
        turns.give()

    threads = [Thread(target=work, args=[number]) for number in range(3)]
    for thread in threads:
        thread.start()
        sleep(0.05)
    turns.give()
    assert turns.take(5)
    served.append(9)
    turns.give()
    for thread in threads:
        thread.join()
    return served


def test_who_came_first_is_served_first():
    assert in_order(burst_s=0) == [0, 1, 2, 9]


def test_within_a_burst_one_may_go_on():
    served = in_order(burst_s=60)
    assert sorted(served) == [0, 1, 2, 9]


def test_a_turn_that_does_not_come_is_given_up():
    turns, start = Turns(), monotonic()
    assert turns.take(1)
    assert not turns.take(0.05)
    assert monotonic() - start < 1
    turns.give()
    assert turns.take(0)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL queues by itself")
def test_the_database_of_a_workspace_has_turns():
    assert type(connection.ops.connection).__module__ == "chungtay.config.sqlite.base"
