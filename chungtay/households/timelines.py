"""Days during which a household is in a class, and the steps by which a ledger of classes comes to say so. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

_P = TypeVar("_P")

Span = tuple[date, date | None]
"""[first day, first day after), None for no end known."""

Steps = Mapping[date, int]
"""{day: how many more from then on}."""


def union(spans: Iterable[Span]) -> list[Span]:
    """Return the same days as spans that neither meet nor overlap, in order."""
    found: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], span[1] or date.max)):
        if found and (found[-1][1] is None or start <= found[-1][1]):
            last = found[-1][1]
            found[-1] = (found[-1][0], None if last is None or end is None else max(last, end))
        else:
            found.append((start, end))
    return found


def stays(last: _P, moves: Sequence[tuple[date, _P]]) -> list[tuple[_P, date, date]]:
    """Return where something was: (place, first day, first day after). moves: (day, place left), in order of days; last: where it is."""
    days, places = [day for day, _ in moves], [left for _, left in moves]
    return list(zip([*places, last], [date.min, *days], [*days, date.max], strict=True))


def within(spans: Iterable[Span], start: date, end: date) -> list[Span]:
    """Return the days of spans that lie in [start, end); an open end stays open where nothing ends it."""
    found: list[Span] = []
    for first, after in spans:
        first, stop = max(first, start), min(after or date.max, end)
        if first < stop:
            found.append((first, None if stop == date.max else stop))
    return found


def steps_of(spans: Iterable[Span]) -> Counter[date]:
    """Return the steps that count one household during the days of spans, however they overlap."""
    steps: Counter[date] = Counter()
    for start, end in union(spans):
        steps[start] += 1
        if end is not None:
            steps[end] -= 1
    return steps


def missing_steps(wanted: Steps, told: Steps) -> list[tuple[date, int]]:
    """Return the steps, by day, that make what was told into what is wanted; none of nothing."""
    days = sorted(set(wanted) | set(told))
    steps = ((day, wanted.get(day, 0) - told.get(day, 0)) for day in days)
    return [(day, step) for day, step in steps if step]


def overlaps(first: Span, second: Span) -> bool:
    """Whether two spans share a day."""
    return (second[1] is None or first[0] < second[1]) and (first[1] is None or second[0] < first[1])
