"""Search among all lines of all accounts: one index per process, brought up to the newest line before every answer.

What the index calls a purpose is the account here, as `account_codes` numbers them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Min

from chungtay.funds.models import BankAccount, LineHead, StatementFile, StatementLine
from chungtay.textsearch import saving
from chungtay.textsearch.index import Row, TextIndex
from chungtay.textsearch.query import Answer, Query

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


def find_ids(account: BankAccount, query: Query) -> Answer:
    """Return how many lines of one account a query asks for, their sum, and the ids of its page."""
    code = account_codes().get(account.pk)
    if code is None:
        return Answer(0, 0, ())
    return _shared().search(replace(query, purposes=frozenset({code})))


def account_codes() -> dict[UUID, int]:
    """Return {account: code}: the order in which accounts got their first file, which never changes afterwards."""
    firsts = StatementFile.objects.values_list("account_id").annotate(first=Min("id")).order_by("first")
    return {account: code for code, (account, _) in enumerate(firsts)}


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
    codes = account_codes()
    columns = ("id", "text", "party_name", "ref", "debit", "credit", "booked_on", "account_id")
    rows = StatementLine.objects.filter(pk__gt=after).order_by("pk").values_list(*columns)
    for number, text, name, ref, debit, credit, day, account in rows.iterator(chunk_size=20_000):
        yield number, words_of(text, name, ref), credit - debit, day.toordinal(), codes[account]


def _shared() -> TextIndex:
    with _registry_lock:
        held = _registry.setdefault(str(connection.settings_dict["NAME"]), _Held())
    return held.brought_up()


def _identity() -> str:
    """Name the database and what its index holds: the key of its first line, lines by account."""
    key = StatementLine.objects.order_by("pk").values_list("key", flat=True).first()
    return f"by account {key}" if key else ""


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "search"


_registry: dict[str, _Held] = {}
_registry_lock = Lock()
