"""The account as it was known at a moment: built from the facts, and the last few kept for the next question.

Nothing that was known at a moment changes afterwards; all the same an account is used again only while the head row says
what it said, for a slow transaction may still add what it recorded before. Inside an open transaction nothing is kept.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from uuid import UUID

from django.db import connection

from chungtay.figures.account import Account, account_known_at
from chungtay.figures.models import BatchHead
from chungtay.figures.rules import View

_MOST = 4
_LARGE = 128 << 20
"""Bytes of a cube that is too large to be kept."""

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
    kept = next((one for one in _kept if one.key == key and one.indicator_ids >= wanted), None)
    if kept is None:
        kept = _Kept(key, wanted, account_known_at(view, wanted, known_at))
        if key and kept.account.cube.values.nbytes <= _LARGE:
            _kept[:] = [kept, *_kept[: _MOST - 1]]
    with kept.lock:
        yield kept.account


def _key(view: View, known_at: datetime) -> _Key:
    """Return what an account may be found again by; nothing where it may not."""
    head = None if connection.in_atomic_block else BatchHead.objects.first()
    if head is None:
        return ()
    seen = (head.identity, head.last_batch, head.last_stamp, head.expectation_revision)
    return (str(connection.settings_dict["NAME"]), view, known_at, *seen)


_kept: list[_Kept] = []
