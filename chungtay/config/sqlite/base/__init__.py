"""Django's backend for SQLite, with turns for those who write; Django asks for it under this name.

SQLite lets a writer that finds the file locked sleep and try again, longer each time: of sixteen busy writers one may try
in vain for 20 seconds, which ends in "database is locked". Within a process they queue here first; between processes, and
when a turn does not come in time, SQLite's own waiting holds as before.
"""

from collections import defaultdict
from functools import lru_cache
from uuid import UUID

from django.db.backends.sqlite3 import base, operations

from chungtay.config.sqlite.turns import Turns

_TURNS: defaultdict[str, Turns] = defaultdict(Turns)

# SQLite keeps an id as text. Rows name few units, indicators and people over and over: to make each id anew took an eighth of
# the time that it takes to read a long list.
_id_of_text = lru_cache(maxsize=1 << 15)(UUID)


class DatabaseOperations(operations.DatabaseOperations):
    """What Django does with values, with ids that are remembered."""

    def convert_uuidfield_value(self, value: str | None, expression: object, connection: object) -> UUID | None:
        return None if value is None else _id_of_text(value)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that has its file's turn from BEGIN to the end of the transaction."""

    ops_class = DatabaseOperations
    # SQLite 3.40 refuses JSON_VALID in a constraint as unsafe while `trusted_schema` is off; packages' own tables have such columns.
    data_type_check_constraints = {
        kind: sql for kind, sql in base.DatabaseWrapper.data_type_check_constraints.items() if kind != "JSONField"
    }
    _turn: Turns | None = None

    def _start_transaction_under_autocommit(self) -> None:
        turns = _TURNS[str(self.settings_dict["NAME"])]
        if self._turn is None and turns.take(self.settings_dict["OPTIONS"].get("timeout", 5)):
            self._turn = turns
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # after one that fails a rollback follows, still within the turn
        self._give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _give_turn(self) -> None:
        turns, self._turn = self._turn, None
        if turns is not None:
            turns.give()
