"""What many tests begin with is worked out once by a worker; after that its writes to the database are only repeated.

    cast = remembered(make_cast)()      each time objects of its own, with the same keys

Within a transaction that is taken back and has recorded nothing yet; else everything is made anew.
"""

import pickle
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, TypeVar
from unittest.mock import patch

from django.db import connection

_T = TypeVar("_T")
_WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass
class _Memory:
    """counters: what gave out keys before and after. writes: (statement, parameters, whether these are many rows)."""

    counters: tuple[Mapping[str, int], Mapping[str, int]] = ({}, {})
    writes: list[tuple[str, Any, bool]] = field(default_factory=list)
    script: str = ""
    made: bytes = b""

    def note(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Let a statement through and keep it when it writes."""
        if sql.lstrip().upper().startswith(_WRITES):
            params = [tuple(row) for row in params] if many else params
            self.writes.append((sql, params, many))
        return execute(sql, params, many, context)

    def repeat(self) -> None:
        """Write again what was written."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                self.script = self.script or self._as_script()
                cursor.execute(self.script)
                return
            for sql, params, many in self.writes:
                (cursor.executemany if many else cursor.execute)(sql, params)

    def _as_script(self) -> str:
        """Everything in one message, counters first: PostgreSQL's are not taken back with a transaction."""
        from psycopg import ClientCursor

        before, after = self.counters
        moved = [name for name in after if after[name] != before.get(name)]
        counters = [f"SELECT setval('\"{name}\"', {before.get(name) or 1}, {name in before})" for name in moved]
        bind = ClientCursor(connection.connection).mogrify
        bound = [bind(sql, row) for sql, params, many in self.writes for row in (params if many else [params])]
        return ";\n".join(counters + bound)


class Remembered(Generic[_T]):
    """Makes something in an empty database by `make`, the first time; what it returns must be picklable."""

    def __init__(self, make: Callable[[], _T]) -> None:
        self._make = make
        self._memories: dict[frozenset[tuple[str, int]], _Memory] = {}

    def __call__(self) -> _T:
        """Make it, or write again what was written; on SQLite one memory for each state of the counters of keys."""
        from chungtay.audit import selectors as audit  # no model can be imported before Django is set up

        if not connection.in_atomic_block or audit.head().count:
            return self._make()
        before = _counters()
        state = frozenset(before.items() if connection.vendor == "sqlite" else ())
        if state not in self._memories:
            memory = _Memory()
            with connection.execute_wrapper(memory.note), patch("chungtay.audit.rows.FEW", sys.maxsize):
                made = self._make()  # what goes another way than by statements would not be noted
            memory.counters, memory.made = (before, _counters()), pickle.dumps(made)
            self._memories[state] = memory
            return made
        memory = self._memories[state]
        memory.repeat()
        found: _T = pickle.loads(memory.made)  # pickled above
        return found


@cache
def remembered(make: Callable[[], _T]) -> Remembered[_T]:
    """Return what makes something, one for the whole worker."""
    return Remembered(make)


_COUNTERS = {
    "sqlite": "SELECT name, seq FROM sqlite_sequence",
    "postgresql": "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL",
}


def _counters() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTERS[connection.vendor])
        return dict(cursor.fetchall())
