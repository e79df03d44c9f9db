"""A query and the parts of an index become an answer."""

from collections.abc import Sequence

import numpy as np

from chungtay.textsearch import compiled, plain
from chungtay.textsearch.lines import Lines
from chungtay.textsearch.plan import Hits, Plan, plan_of
from chungtay.textsearch.query import Answer, Query


def answer(parts: Sequence[Lines], query: Query) -> Answer:
    """Return how many lines of all parts match, the sum of their amounts, and a page of their ids."""
    plan = plan_of(query, parts)
    if plan is None:
        return Answer(0, 0, ())
    if sum(map(len, parts)) >= compiled.ROWS_WORTH_COMPILING and compiled.is_ready():
        return merged(compiled.scan(parts, plan), plan, query)
    return merged([plain.scan(lines, plan) for lines in parts], plan, query)


def merged(hits: Sequence[Hits], plan: Plan, query: Query) -> Answer:
    """Add up what was found in the parts, and put its best on the page; equals stand by their ids."""
    keys = np.concatenate([found.keys for found in hits])
    ids = np.concatenate([found.ids for found in hits])
    if 0 < plan.keep < len(keys):
        best = keys >= np.partition(keys, len(keys) - plan.keep)[len(keys) - plan.keep]
        keys, ids = keys[best], ids[best]
    page = np.lexsort((ids, ~keys))[query.offset : query.offset + query.limit]
    return Answer(sum(found.count for found in hits), sum(found.total for found in hits), tuple(ids[page].tolist()))
