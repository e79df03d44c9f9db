"""Search among all published lines: the words of the published files and nothing else, so that nobody finds what was hidden.

One index per process, brought up to the newest frozen day before every answer, and kept on disk for the next process. What is
found is read from the files themselves: a process holds words to search, never the lines.
"""

import hashlib
import sqlite3
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from chungtay.funds.disclosure.frozen import file_name, folder
from chungtay.funds.disclosure.lines import COLUMNS, PublicLine
from chungtay.funds.models import BankAccount, FrozenDay, StatementLine
from chungtay.textsearch import saving
from chungtay.textsearch.index import Row, TextIndex
from chungtay.textsearch.query import Query

LINES_BETWEEN_SAVES = 50_000
_ALL = f"SELECT {', '.join(COLUMNS)} FROM lines"  # noqa: S608  # names of ours


@dataclass(frozen=True)
class PublishedLine:
    """A published line with the edition of its day that says so."""

    line: PublicLine
    frozen: FrozenDay


@dataclass(frozen=True)
class Looked:
    """How many published lines fit, what came in less what went out (integer đồng), and the page of them."""

    count: int
    total: int
    lines: tuple[PublishedLine, ...]


def look(query: Query, account: BankAccount | None = None) -> Looked:
    """Return the published lines that a query asks for, of one account or of all."""
    held = _shared()
    with held.lock:
        held.bring_up()
        index, starts, days, codes = held.index, list(held.starts), list(held.days), dict(held.codes)
    if account is not None:
        code = codes.get(account.pk)
        if code is None:
            return Looked(0, 0, ())
        query = replace(query, purposes=frozenset({code}))
    answer = index.search(query)
    places = [
        (days[place], number - starts[place]) for number in answer.ids for place in [bisect_right(starts, number) - 1]
    ]
    wanted: dict[FrozenDay, list[int]] = defaultdict(list)
    for frozen, offset in places:
        wanted[frozen].append(int(_ids_of(frozen)[offset]))
    told = {frozen: lines_in(frozen, ids) for frozen, ids in wanted.items()}
    found = [PublishedLine(told[frozen][int(_ids_of(frozen)[offset])], frozen) for frozen, offset in places]
    return Looked(answer.count, answer.total, tuple(found))


def published_line(line_id: int) -> PublishedLine | None:
    """Return a line as it was last published; None for one that never was."""
    return as_published(StatementLine.objects.filter(pk=line_id)).get(line_id)


def as_published(lines: Iterable[StatementLine]) -> dict[int, PublishedLine]:
    """Return {id: the line as it was last published} of those that were: one query, and the file of each of their days."""
    ids: dict[tuple[UUID, date], set[int]] = defaultdict(set)
    for line in lines:
        ids[line.account_id, line.booked_on].add(line.pk)
    asked = Q(pk__in=[])
    for account_id, day in ids:
        asked |= Q(account_id=account_id, day=day)
    newest = {(frozen.account_id, frozen.day): frozen for frozen in _newest().filter(asked).order_by("edition")}
    return {
        number: PublishedLine(told, frozen)
        for place, frozen in newest.items()
        for number, told in lines_in(frozen, sorted(ids[place])).items()
    }


def lines_in(frozen: FrozenDay, ids: Sequence[int]) -> dict[int, PublicLine]:
    """Return the lines of an edition with these ids, as its file has them. Raises OSError when the file is gone."""
    marks = ", ".join("?" * len(ids))
    with closing(_opened(frozen)) as base:
        rows = base.execute(f"{_ALL} WHERE id IN ({marks})", ids)
        return {row[0]: _line(row) for row in rows}


def lines_read(frozen: FrozenDay) -> Iterator[PublicLine]:
    """Yield every line of an edition in order, keeping none: for whoever reads every day there is. Raises OSError as above."""
    with closing(_opened(frozen)) as base:
        yield from map(_line, base.execute(f"{_ALL} ORDER BY id"))


def _line(row: Sequence[Any]) -> PublicLine:
    return PublicLine(row[0], date.fromisoformat(row[1]), *row[2:])


def _opened(frozen: FrozenDay) -> sqlite3.Connection:
    """Open the file of an edition: it never changes, so nothing has to be locked."""
    path = folder() / file_name(frozen, "sqlite3")
    if not path.is_file():
        raise FileNotFoundError(path)
    return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)


def _ids_of(frozen: FrozenDay) -> "npt.NDArray[np.int64]":
    return _ids_in(frozen.pk, frozen.sqlite_sha256, frozen)


@lru_cache(maxsize=1_000)
def _ids_in(pk: int, digest: str, frozen: FrozenDay) -> "npt.NDArray[np.int64]":
    """The ids of an edition's lines in order; an edition never changes, and its key and hash say which it is."""
    with closing(_opened(frozen)) as base:
        return np.fromiter((number for (number,) in base.execute("SELECT id FROM lines ORDER BY id")), np.int64)


def _newest() -> "QuerySet[FrozenDay]":
    return FrozenDay.objects.select_related("account__fund__body")


class _Mark(NamedTuple):
    """What tells the newest frozen day from any other, also in a database that went back in time and gave its number again."""

    pk: int
    account_id: UUID
    manifest_sha256: str


_State = tuple[int, _Mark | None]


def _state() -> _State:
    """Return how many days are frozen, and the newest of them."""
    newest = FrozenDay.objects.order_by("-pk").values_list(*_Mark._fields).first()
    return FrozenDay.objects.count(), None if newest is None else _Mark(*newest)


@dataclass
class _Held:
    """The index of one database in this process. starts: the first number of each day's lines, days: their editions."""

    lock: Lock = field(default_factory=Lock)
    index: TextIndex = field(default_factory=TextIndex)
    state: _State = (0, None)
    saved: int = 0
    starts: list[int] = field(default_factory=list)
    days: list[FrozenDay] = field(default_factory=list)
    codes: dict[UUID, int] = field(default_factory=dict)

    def bring_up(self) -> None:
        """Take in days that were frozen since; begin again when an earlier day was published anew or the database went back."""
        state = _state()
        if state == self.state:
            return
        newest = {(f.account_id, f.day): f for f in _newest().order_by("edition", "pk")}
        now = sorted(newest.values(), key=lambda frozen: frozen.pk)
        if [_name(frozen) for frozen in now[: len(self.days)]] != [_name(frozen) for frozen in self.days]:
            self._empty()
        if not self.days:
            self._load(now)
        fresh = now[len(self.days) :]
        self.index.append(self._rows(fresh))
        if len(self.index) - self.saved >= LINES_BETWEEN_SAVES:
            saving.save(_folder(), self.index, _identity(self.days))
            self.saved = len(self.index)
        self.state = state

    def _empty(self) -> None:
        self.index, self.saved = TextIndex(), 0
        self.starts, self.days, self.codes = [], [], {}

    def _load(self, now: list[FrozenDay]) -> None:
        """Begin with what another process has kept, when the days that it holds are the first of those that stand."""
        held = saving.newest(_folder())
        ends = list(accumulate(frozen.lines for frozen in now))
        if held is None or held not in ends:
            return
        days = now[: ends.index(held) + 1]
        kept = saving.load(_folder(), _identity(days))
        if kept is not None and len(kept) == held:
            self.index, self.saved = kept, held
            for frozen in days:
                self._hold(frozen)

    def _hold(self, frozen: FrozenDay) -> int:
        """Count a day's lines in; return the number of its first."""
        start = self.starts[-1] + self.days[-1].lines if self.days else 1
        self.codes.setdefault(frozen.account_id, len(self.codes))
        self.starts.append(start)
        self.days.append(frozen)
        return start

    def _rows(self, fresh: list[FrozenDay]) -> Iterator[Row]:
        for frozen in fresh:
            number, code = self._hold(frozen), self.codes[frozen.account_id]
            with closing(_opened(frozen)) as base:
                rows = base.execute("SELECT text, giver, account, id, received - paid, day FROM lines ORDER BY id")
                for text, giver, account, line_id, amount, day in rows:
                    words = " ".join(part for part in (text, giver, account, str(line_id)) if part)
                    yield number, words, amount, _ordinal(day), code
                    number += 1


@lru_cache(maxsize=4_096)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _name(frozen: FrozenDay) -> tuple[object, ...]:
    """What tells an edition from any other, also in a database that went back in time and gave its number again."""
    return frozen.pk, frozen.account_id, frozen.sqlite_sha256, frozen.manifest_sha256


def _identity(days: Sequence[FrozenDay]) -> str:
    """Name what an index holds: every day by its key and the hash of its file, in their order."""
    said = hashlib.sha256("".join(f"{_name(frozen)}\n" for frozen in days).encode())
    return f"published {said.hexdigest()}"


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "search-published"


def _shared() -> _Held:
    with _registry_lock:
        return _registry.setdefault(str(connection.settings_dict["NAME"]), _Held())


_registry: dict[str, _Held] = {}
_registry_lock = Lock()
