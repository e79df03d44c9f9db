"""The account as it was known at a moment: built from the facts, and the last few kept for the next question.

Nothing that was known at a moment changes afterwards; all the same an account is used again only while the head row says
what it said, for a slow transaction may still add what it recorded before. Inside an open transaction nothing is kept.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate
from threading import Lock
from uuid import UUID

from django.db import connection

from chungtay.figures.account import Account, account_known_at
from chungtay.figures.models import BatchHead
from chungtay.figures.rules import View

_MOST = 16
_ROOM = 128 << 20
"""Bytes that all kept cubes take together at most: of a nation's facts none is kept, of a city's every review's."""

_Key = tuple[object, ...]


@dataclass(frozen=True)
class _Kept:
    key: _Key
    indicator_ids: frozenset[UUID]
    account: Account
    lock: Lock = field(default_factory=Lock)


@contextmanager
def past_account(view: View, indicator_ids: Collection[UUID], known_at: datetime) -> Iterator[Account]:
    """Give the account as it was known at a moment, with at least these indicators, for the time of the `with` block."""
    wanted, key = frozenset(indicator_ids), _key(view, known_at)
    kept = next((one for one in _kept if one.key == key), None)
    if kept is None or not kept.indicator_ids >= wanted:
        if kept is not None:  # one paper asks several times: what answers all of them is kept
            wanted |= kept.indicator_ids
        kept = _Kept(key, wanted, account_known_at(view, wanted, known_at))
    if key:
        _keep(kept)
    with kept.lock:
        yield kept.account


def _keep(account: _Kept) -> None:
    """Put an account before the others of other moments; the last ones go where there is no room."""
    ahead = [account, *(one for one in _kept if one.key != account.key)][:_MOST]
    sizes = [one.account.cube.values.nbytes + one.account.cube.spans.nbytes for one in ahead]
    _kept[:] = [one for one, taken in zip(ahead, accumulate(sizes), strict=True) if taken <= _ROOM]


def _key(view: View, known_at: datetime) -> _Key:
    """Return what an account may be found again by; nothing where it may not."""
    head = None if connection.in_atomic_block else BatchHead.objects.first()
    if head is None:
        return ()
    seen = (head.identity, head.last_batch, head.last_stamp, head.expectation_revision)
    return (str(connection.settings_dict["NAME"]), view, known_at, *seen)


_kept: list[_Kept] = []
