"""Threads that start together, each with its own database connection: how concurrency is tested on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


def at_once(work: Callable[[int], T], workers: int) -> list[T | Exception]:
    """Run work(0) … work(workers - 1) at the same moment; return what each returned or raised, in that order.

    Use it in tests marked `django_db(transaction=True)`: other threads do not see what an open transaction wrote.
    """
    barrier = Barrier(workers)

    def run(number: int) -> T:
        try:
            barrier.wait()
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(run, number) for number in range(workers)]
    return [future.exception() or future.result() for future in futures]
