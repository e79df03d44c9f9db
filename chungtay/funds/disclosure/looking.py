"""Search among all published lines: the words of the published files and nothing else, so that nobody finds what was hidden.

One index per process, brought up to the newest frozen day before every answer; a day that was published anew gives a new one.
"""

import csv
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from io import StringIO
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from chungtay.funds.disclosure.frozen import file_name, folder
from chungtay.funds.disclosure.lines import PublicLine
from chungtay.funds.models import BankAccount, FrozenDay, StatementLine
from chungtay.textsearch.index import Row, TextIndex
from chungtay.textsearch.query import Query

_NUMBERS = ("id", "received", "paid", "corrects")


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
    found = []
    for number in answer.ids:
        place = bisect_right(starts, number) - 1
        frozen = days[place]
        found.append(PublishedLine(lines_of(frozen)[number - starts[place]], frozen))
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
        told.id: PublishedLine(told, frozen)
        for place, frozen in newest.items()
        for told in lines_of(frozen)
        if told.id in ids[place]
    }


def lines_of(frozen: FrozenDay) -> tuple[PublicLine, ...]:
    """Return the lines of an edition as its file has them. Raises OSError when the file is gone."""
    return _read(file_name(frozen, "csv"), frozen.csv_sha256)


@lru_cache(maxsize=256)
def _read(name: str, digest: str) -> tuple[PublicLine, ...]:
    """A file never changes: its name holds its edition, and its hash stands in the database."""
    text = (folder() / name).read_bytes().decode("utf-8")
    rows = csv.DictReader(StringIO(text, newline=""))
    return tuple(PublicLine(**{key: _cell(key, value) for key, value in row.items()}) for row in rows)


def _cell(key: str, value: str) -> Any:
    if key in _NUMBERS:
        return int(value)
    if key == "day":
        return date.fromisoformat(value)
    return value[1:] if value[:1] == "'" and value[1:2] in "=+-@\t\r" else value


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
    following: int = 1
    starts: list[int] = field(default_factory=list)
    days: list[FrozenDay] = field(default_factory=list)
    codes: dict[UUID, int] = field(default_factory=dict)

    def bring_up(self) -> None:
        """Take in days that were frozen since; begin again when an earlier day was published anew or the database went back."""
        state = _state()
        if state == self.state:
            return
        last = self.state[1]
        still_there = last is None or FrozenDay.objects.filter(**last._asdict()).exists()
        fresh = list(_newest().filter(pk__gt=last.pk if last else 0).order_by("pk"))
        grows = still_there and len(fresh) + self.state[0] == state[0]
        if not grows or any(frozen.edition > 1 for frozen in fresh):
            self._empty()
            newest = {(f.account_id, f.day): f for f in _newest().order_by("edition", "pk")}
            fresh = sorted(newest.values(), key=lambda frozen: frozen.pk)
        self.index.append(self._rows(fresh))
        self.state = state

    def _empty(self) -> None:
        self.index, self.following = TextIndex(), 1
        self.starts, self.days, self.codes = [], [], {}

    def _rows(self, fresh: list[FrozenDay]) -> Iterator[Row]:
        for frozen in fresh:
            code = self.codes.setdefault(frozen.account_id, len(self.codes))
            self.starts.append(self.following)
            self.days.append(frozen)
            for line in lines_of(frozen):
                words = " ".join(part for part in (line.text, line.giver, line.account, str(line.id)) if part)
                yield self.following, words, line.received - line.paid, line.day.toordinal(), code
                self.following += 1


def _shared() -> _Held:
    with _registry_lock:
        return _registry.setdefault(str(connection.settings_dict["NAME"]), _Held())


_registry: dict[str, _Held] = {}
_registry_lock = Lock()
