"""The two ways of looking through lines, and the plainest one, which both must agree with."""

from functools import cache

import pytest

from chungtay.kernel.folding import fold
from chungtay.textsearch import compiled, plain
from chungtay.textsearch.index import TextIndex
from chungtay.textsearch.plan import plan_of
from chungtay.textsearch.query import Answer, Order
from chungtay.textsearch.searching import merged

WAYS = ("plain", "compiled")


def ready(way):
    """Skip what cannot be tested here; compile what can."""
    if way == "compiled":
        if not compiled.is_available():
            pytest.skip("numba is not installed: the plain way is the only one")
        if not compiled.is_ready():
            compiled.warm_up()


def asked(index, query, way):
    """Answer a query in one of the ways, however few lines there are."""
    plan = plan_of(query, index.parts)
    if plan is None:
        return Answer(0, 0, ())
    if way == "compiled":
        return merged(compiled.scan(index.parts, plan), plan, query)
    return merged([plain.scan(lines, plan) for lines in index.parts], plan, query)


def in_parts(rows, *, frozen):
    """Return an index whose first `frozen` lines stand as if loaded, and the others in its tail."""
    base = TextIndex()
    base.append(rows[:frozen])
    index = TextIndex(base.parts[0] if base.parts else None)
    index.append(rows[frozen:])
    return index


@cache
def key_of(text):
    return fold(text)


def oracle(rows, query):
    """Go through the lines one by one."""
    found = [row for row in rows if matches(row, query)]
    sign = -1 if query.descending else 1
    key = {
        Order.AMOUNT: lambda row: (sign * row[2], row[0]),
        Order.DAY: lambda row: (sign * row[3], row[0]),
        Order.NEWEST: lambda row: sign * row[0],
    }[query.order]
    page = sorted(found, key=key)[query.offset : query.offset + query.limit]
    return Answer(len(found), sum(row[2] for row in found), tuple(row[0] for row in page))


def matches(row, query):
    _, text, amount, day, purpose = row
    key = key_of(text)
    return (
        all(key_of(word) in key for word in query.words)
        and (query.amount_from is None or amount >= query.amount_from)
        and (query.amount_to is None or amount <= query.amount_to)
        and (query.day_from is None or day >= query.day_from)
        and (query.day_to is None or day <= query.day_to)
        and (not query.purposes or purpose in query.purposes)
    )
