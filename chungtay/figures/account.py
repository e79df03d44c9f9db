"""The account as it can be asked: a cube of live facts and who is expected, kept per process and view.

Every question reads the head row first. Newer batches are replayed in place under a lock that readers hold too, so nobody
sees half an approval. A cube that is no prefix of the database's batches (another database, a restored backup) is thrown
away; stamps tell, since ids can return after a rollback. Inside an open transaction what is not yet committed goes into a
private copy, never into the shared cube.
"""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from threading import Lock, Thread
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Max, Min, QuerySet

from chungtay.figures import rebuilding, snapshot
from chungtay.figures.cube import Cube, FactTuple, rows_of
from chungtay.figures.expectations import Expectations
from chungtay.figures.maps import newest_map
from chungtay.figures.models import Batch, BatchHead, Expectation, Fact
from chungtay.figures.rebuilding import Progress, Rebuilding
from chungtay.figures.restated import Restated
from chungtay.figures.restating import order_of
from chungtay.figures.rules import View
from chungtay.figures.snapshot import Mark
from chungtay.kernel.periods import bin_of

_FACTS_AT_ONCE = 200_000
_BATCHES_BETWEEN_SNAPSHOTS = 200
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Account:
    """What a question is answered from. `upto`: the last batch in it, None where the moment says what is in it."""

    cube: Cube
    expectations: Expectations
    upto: int | None = None
    restated: Restated = field(default_factory=Restated)


@contextmanager
def current_account(view: View) -> Iterator[Account]:
    """Give the account as it stands now, for the time of the `with` block: do not keep it.

    New places of the cube are sorted into the newest map, former units behind their successors. Raises Rebuilding where a
    long way back to it is not waited for.
    """
    with _registry_lock:
        shared = _registry.setdefault((str(connection.settings_dict["NAME"]), view), _Shared(view))
    with rebuilding.held(shared.lock, lambda: shared.progress):
        head = BatchHead.objects.first()
        if head is None:
            yield Account(Cube(), Expectations())
        elif connection.in_atomic_block and not shared.is_at(head):
            yield shared.private(head)
        else:
            yield shared.refreshed(head)


def account_known_at(view: View, indicator_ids: Collection[UUID], known_at: datetime) -> Account:
    """Return the account as it was known at a moment, for some indicators only; built from the facts."""
    return account_of(
        fact_tuples(_facts(view).filter(indicator_id__in=indicator_ids, batch__recorded_at__lte=known_at)),
        Expectations(expected_rows(indicator_ids, known_at)),
    )


def account_of(facts: Iterator[FactTuple], expectations: Expectations) -> Account:
    """Return an account of its own over facts, given oldest first."""
    cube = Cube()
    while chunk := list(islice(facts, _FACTS_AT_ONCE)):
        cube.apply(rows_of(chunk))
    cube.grow(place_ids=sorted(expectations.area_ids))
    return Account(cube, expectations)


def fact_tuples(facts: "QuerySet[Fact]") -> Iterator[FactTuple]:
    """Yield facts as the cube takes them, oldest first."""
    bins: dict[date, int] = {}
    columns = ("indicator_id", "dimension", "area_id", "period_start", "period_end", "value")
    rows = facts.order_by("batch_id", "id").values_list(*columns).iterator(chunk_size=20_000)
    for indicator_id, dimension, area_id, start, end, value in rows:
        for day in (start, end):
            if day not in bins:
                bins[day] = bin_of(day)
        yield indicator_id, dimension, area_id, bins[start], bins[end], value


def expected_rows(
    indicator_ids: Collection[UUID], known_at: datetime | None
) -> Iterator[tuple[UUID, UUID, date, date | None]]:
    """Yield the rows of expectation for some indicators, as known at a moment (None: now), oldest first."""
    rows = Expectation.objects.filter(indicator_id__in=indicator_ids)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    yield from rows.order_by("id").values_list("indicator_id", "area_id", "valid_from", "valid_to")


def expected_rows_by_moment(
    indicator_ids: Collection[UUID],
) -> list[tuple[datetime, tuple[UUID, UUID, date, date | None]]]:
    """Return every row of expectation for some indicators with the moment it was said, oldest first."""
    rows = Expectation.objects.filter(indicator_id__in=indicator_ids).order_by("recorded_at", "id")
    columns = ("recorded_at", "indicator_id", "area_id", "valid_from", "valid_to")
    return [
        (moment, (indicator, area, start, end)) for moment, indicator, area, start, end in rows.values_list(*columns)
    ]


def _facts(view: View) -> "QuerySet[Fact]":
    return Fact.objects.filter(status__in=[status.value for status in view.statuses])


@dataclass(frozen=True)
class _Private:
    """What an open transaction saw, up to which batch and which row of the expectations."""

    mark: Mark
    account: Account
    expected: object


class _Shared:
    """The one cube of a view in this process."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.lock = Lock()
        self._account = Account(Cube(), Expectations())
        self._mark: Mark | None = None
        self._revision = -1
        self._private: _Private | None = None
        self._saved_batch = 0
        self._aside: Thread | None = None
        self.progress: Progress | None = None
        """How far a long rebuild is, None when there is none."""

    def is_at(self, head: BatchHead) -> bool:
        """Whether the cube has seen exactly what the head row says."""
        return self._mark == self._mark_of(head) and self._revision == head.expectation_revision

    def private(self, head: BatchHead) -> Account:
        """Return a copy that has seen what the open transaction sees.

        It is kept for the next question of the same transaction: a long one would else read its own facts again each time.
        """
        kept = self._private
        if kept is not None and kept.mark != self._mark_of(head) and not _is_prefix(kept.mark, head):
            kept = None  # of a transaction that was undone
        if kept is not None:
            cube, seen = kept.account.cube, kept.mark.batch_id
        elif self._mark and _is_prefix(self._mark, head):
            cube, seen = self._account.cube.copy(), self._mark.batch_id
        else:
            cube, seen = Cube(), 0
        # Who is expected is read again only after a change: of such rows there are more than facts of a batch.
        # Whoever asks once pays no query for it; from the second question on it is known which row was the last.
        last = None if kept is None else Expectation.objects.order_by("-id").values_list().first()
        expected = None if last is None else (head.identity, last)
        same = kept is not None and expected is not None and kept.expected == expected
        expectations = kept.account.expectations if kept is not None and same else _all_expectations()
        self._private = None  # until the facts below are read
        account = self._replayed(cube, seen, head, expectations)
        self._private = _Private(self._mark_of(head), account, expected)
        return account

    def refreshed(self, head: BatchHead) -> Account:
        """Bring the shared cube up to the head row and return it."""
        self._private = None
        if self.is_at(head):
            return self._account
        cube, mark = self._base(head)
        self._begin(mark.batch_id, head)
        is_new_revision = self._revision != head.expectation_revision or self._mark is None
        expectations = _all_expectations() if is_new_revision else self._account.expectations
        places = cube.place_ids
        self._mark = None  # until everything below has succeeded
        account = self._replayed(cube, mark.batch_id, head, expectations)
        if account.cube.place_ids != places:
            account.cube.sort_places(order_of(account.cube.place_ids, newest_map()))
        self._account, self._mark, self._revision = account, self._mark_of(head), head.expectation_revision
        if mark.batch_id == 0 or self._mark.batch_id - self._saved_batch >= _BATCHES_BETWEEN_SNAPSHOTS:
            self._save()
        self.progress = None
        return account

    def _begin(self, seen: int, head: BatchHead) -> None:
        """See how long the way is. Raises Rebuilding, once another thread is on its way, for who is in a hurry."""
        self.progress = None
        if head.last_batch == seen:
            return
        ids = Fact.objects.filter(batch_id__gt=seen).aggregate(first=Min("id"), last=Max("id"))
        total = ids["last"] - ids["first"] + 1 if ids["last"] else 0
        if total < rebuilding.LONG:
            return
        progress = Progress(0, total)
        if rebuilding.is_in_a_hurry():
            if self._aside is None or not self._aside.is_alive():
                self._aside = Thread(target=_rebuild, args=(self.view,), name="rebuilding", daemon=True)
                self._aside.start()
            raise Rebuilding(progress)
        self.progress = progress

    def _read(self, facts: int) -> None:
        if self.progress:
            self.progress = Progress(min(self.progress.done + facts, self.progress.total), self.progress.total)
            rebuilding.tell(self.progress)

    def _base(self, head: BatchHead) -> tuple[Cube, Mark]:
        """Return the newest cube to go on from: the one in memory, the one on disk, or an empty one."""
        if self._mark and _is_prefix(self._mark, head):
            return self._account.cube, self._mark
        found = snapshot.load(_folder(), head.identity, self.view)
        if found and _is_prefix(found[1], head):
            self._saved_batch = found[1].batch_id
            return found
        self._saved_batch = 0
        return Cube(), Mark(head.identity, self.view, 0, None)

    def _replayed(self, cube: Cube, seen: int, head: BatchHead, expectations: Expectations) -> Account:
        news = fact_tuples(_facts(self.view).filter(batch_id__gt=seen, batch_id__lte=head.last_batch))
        while chunk := list(islice(news, _FACTS_AT_ONCE)):
            cube.apply(rows_of(chunk))
            self._read(len(chunk))
        cube.grow(place_ids=sorted(expectations.area_ids))
        return Account(cube, expectations, head.last_batch, self._account.restated.after(cube))

    def _save(self) -> None:
        if self._mark and self._mark.batch_id:
            try:
                snapshot.save(_folder(), self._account.cube, self._mark)
                self._saved_batch = self._mark.batch_id
            except OSError:
                _log.warning("The cube could not be saved; the next process will read the facts again", exc_info=True)

    def _mark_of(self, head: BatchHead) -> Mark:
        return Mark(head.identity, self.view, head.last_batch, head.last_stamp)


def _rebuild(view: View) -> None:
    """Bring a view's account up to date, in a thread of its own."""
    try:
        with current_account(view):
            pass
    except Exception:  # noqa: BLE001  # nobody waits for this thread: whoever asks next tries again and is told
        _log.exception("The account could not be rebuilt")
    finally:
        connection.close()


def _is_prefix(mark: Mark, head: BatchHead) -> bool:
    """Whether a cube with this mark has seen only batches that the database still has."""
    if mark.identity != head.identity or mark.batch_id > head.last_batch:
        return False
    if mark.stamp is None:  # nothing seen yet
        return True
    return Batch.objects.filter(id=mark.batch_id, stamp=mark.stamp).exists()


def _all_expectations() -> Expectations:
    rows = Expectation.objects.order_by("id").values_list("indicator_id", "area_id", "valid_from", "valid_to")
    return Expectations(rows.iterator(chunk_size=20_000))


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "cube"


_registry: dict[tuple[str, View], _Shared] = {}
_registry_lock = Lock()
