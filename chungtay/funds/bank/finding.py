"""Search among all lines of all accounts: one index per process, brought up to the newest line before every answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.db import connection

from chungtay.funds.models import LineHead, StatementLine
from chungtay.textsearch import saving
from chungtay.textsearch.index import Row, TextIndex
from chungtay.textsearch.query import Query

LINES_BETWEEN_SAVES = 50_000


@dataclass(frozen=True)
class Found:
    """How many lines there are, what they add up to (integer đồng, in less out), and the first page of them in order."""

    count: int
    total: int
    lines: tuple[StatementLine, ...]


def find_lines(query: Query) -> Found:
    """Return the lines that a query asks for."""
    answer = _shared().search(query)
    rows = StatementLine.objects.select_related("account__fund", "standing").in_bulk(list(answer.ids))
    return Found(answer.count, answer.total, tuple(rows[number] for number in answer.ids))


def words_of(text: str, name: str, ref: str) -> str:
    """Return what of a line is searched."""
    return " ".join(part for part in (text, name, ref) if part)


class _Held:
    """The index of one database in this process."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.index: TextIndex | None = None
        self.saved = 0

    def brought_up(self) -> TextIndex:
        """Append what is newer; a database that went back in time gets a new index."""
        last = LineHead.objects.values_list("last_line", flat=True).first() or 0
        with self.lock:
            if self.index is None:
                self.index = saving.load(_folder(), _identity()) or TextIndex()
                self.saved = self.index.upto or 0
            if (self.index.upto or 0) > last:
                self.index, self.saved = TextIndex(), 0
            if (self.index.upto or 0) < last:
                self.index.append(_rows(self.index.upto or 0))
            if last - self.saved >= LINES_BETWEEN_SAVES:
                saving.save(_folder(), self.index, _identity())
                self.saved = last
            return self.index


def _rows(after: int) -> Iterator[Row]:
    columns = ("id", "text", "party_name", "ref", "debit", "credit", "booked_on")
    rows = StatementLine.objects.filter(pk__gt=after).order_by("pk").values_list(*columns)
    for number, text, name, ref, debit, credit, day in rows.iterator(chunk_size=20_000):
        yield number, words_of(text, name, ref), credit - debit, day.toordinal(), 0


def _shared() -> TextIndex:
    with _registry_lock:
        held = _registry.setdefault(str(connection.settings_dict["NAME"]), _Held())
    return held.brought_up()


def _identity() -> str:
    """Name the database: the key of its first line."""
    return StatementLine.objects.order_by("pk").values_list("key", flat=True).first() or ""


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "search"


_registry: dict[str, _Held] = {}
_registry_lock = Lock()
