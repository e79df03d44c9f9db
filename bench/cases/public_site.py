"""The public site over HTTP, as visitors meet it: pages from the cache, and the search in two million published lines."""

import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import cycle, groupby
from pathlib import Path
from statistics import quantiles
from threading import Thread
from urllib.parse import urlencode

from bench import served, workspace
from bench.cases.statement_search import LINES, OF_EACH, made_lines, made_queries
from bench.harness import LIMIT, OURS, Goal, Took
from chungtay.textsearch.index import TextIndex
from chungtay.textsearch.query import Query

AT_ONCE, PAGES = 8, 480
SLOWEST, ANEW = "ours, slowest of a hundred", "made anew for each"
NOBODY = "sessionid=nobody"  # whoever brings a session is never given a kept page


class _Site:
    """A newsroom with one article, served."""

    def _begin(self, folder: Path) -> None:
        from django.db import connection

        workspace.open_workspace(folder)
        from chungtay.portal.tests.making import make_newsroom

        connection.close()
        connection.settings_dict["NAME"] = str(folder / "chungtay.sqlite3")  # as the command line calls it
        (folder / "bench.sqlite3").rename(folder / "chungtay.sqlite3")
        self.room = make_newsroom()
        self.page = self.room.published(title="Bài thứ nhất", slug="bai")
        self.path = "/tin-tuc/bai/"


class PublicPages(_Site):
    """A published article, asked by eight visitors at once; what is published in between is seen by the next of them."""

    name = "public-pages"
    title = f"F public pages: {PAGES} times one article, {AT_ONCE} visitors at once, over HTTP"
    rounds = 25
    goals: Sequence[Goal] = (
        Goal(OURS, most_ms=PAGES / 5_000 * 1e3),
        Goal(SLOWEST, most_ms=25),
        Goal(OURS, faster_than=ANEW, times=5),
    )

    def prepare(self, folder: Path) -> None:
        self._begin(folder)
        served.product(folder).stop()  # the first start of a workspace cuts the fonts and packs the style sheets
        self.served = served.product(folder)
        self.clients = [served.Client(self.served.port) for _ in range(AT_ONCE)]
        body = folder / "page.html"
        body.write_bytes(self.clients[0].get(self.path)[1])
        self.bare = served.bare(body)
        self.plain_clients = [served.Client(self.bare.port) for _ in range(AT_ONCE)]

    def check(self) -> str:
        """A kept page is the page; after a publication nobody is given the old one; a session is never given a kept page."""
        status, kept = self.clients[0].get(self.path)
        assert status == 200
        assert "Bài thứ nhất".encode() in kept
        assert all(client.get(self.path) == (200, kept) for client in self.clients for _ in range(3))
        assert self.clients[0].get(self.path, NOBODY)[1] == kept, "made anew it is the same page"
        for number in range(5):
            self.page.title = f"Bài sửa lần {number}"
            self.page.save_revision(user=self.room.editor)
            self.page = self.room.publish(self.page)
            assert all(self.page.title.encode() in client.get(self.path)[1] for client in self.clients)
        memory, began = self.served.memory_mb, self.served.began_in
        return (
            f"{len(kept):,} bytes equal on {AT_ONCE} connections and made anew; 5 publications each seen by all at once; "
            f"healthy after {began:.1f} s, {memory:.0f} MB"
        )

    def runners(self) -> Mapping[str, Callable[[], object]]:
        return {
            LIMIT: lambda: self._all(self.plain_clients, "/", PAGES),
            OURS: lambda: self._all(self.clients, self.path, PAGES),
            SLOWEST: lambda: Took(quantiles(self._all(self.clients, self.path, PAGES), n=100)[98]),
            ANEW: lambda: self._all(self.clients, self.path, PAGES, NOBODY),
        }

    def _all(self, clients: Sequence[served.Client], path: str, times: int, cookie: str = "") -> list[float]:
        """Ask so many times, shared among the clients; return how long each answer took, in milliseconds."""
        taken: list[float] = []

        def visit(client: served.Client) -> None:
            for _ in range(times // AT_ONCE):
                start = time.perf_counter()
                client.get(path, cookie)
                taken.append((time.perf_counter() - start) * 1e3)

        threads = [Thread(target=visit, args=(client,)) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return taken


class PublicSearch(_Site):
    """The page of the search, asked by words, amounts and days; never from the cache."""

    name = "public-search"
    title = f"B over HTTP: the public's search in {LINES:,} published lines, whole pages of 25"
    rounds = 6 * OF_EACH
    goals: Sequence[Goal] = (Goal(OURS, p95_ms=120),)

    def prepare(self, folder: Path) -> None:
        self._begin(folder)
        self.index = TextIndex()
        days = {day: list(rows) for day, rows in groupby(made_lines(LINES), key=lambda row: row[3])}
        _publish(self.room, days)
        said = {number: f"{text} {number}" for rows in days.values() for number, text, *_ in rows}
        self.index.append((row[0], said[row[0]], *row[2:]) for rows in days.values() for row in rows)
        picked = random.Random(1).sample(sorted(said), OF_EACH)
        references = [said[number].rpartition(" ")[0][-13:] for number in picked]
        self.queries = [replace(query, purposes=frozenset()) for query in made_queries(references)]
        self.served = served.product(folder)
        self.client = served.Client(self.served.port)
        self.turn = cycle(self.queries)

    def check(self) -> str:
        """Compare count and sum of every query with an index that never saw the site; then once more after a restart."""
        found = 0
        for query in self.queries:
            answer, (count, total) = self.index.search(query), self._ask(query)
            assert (count, total) == (answer.count, answer.total), query
            found += count
        return f"{len(self.queries)} pages with {found:,} hits: count and sum equal; {self.served.memory_mb:.0f} MB in all processes"

    def runners(self) -> Mapping[str, Callable[[], object]]:
        bare = cycle(self.queries)
        return {LIMIT: lambda: self.index.search(next(bare)), OURS: lambda: self._ask(next(self.turn))}

    def _ask(self, query: Query) -> tuple[int, int]:
        said = {
            "q": " ".join(f'"{word}"' if " " in word else word for word in query.words),
            "it_nhat": query.amount_from or "",
            "nhieu_nhat": query.amount_to or "",
            "tu": _day(query.day_from),
            "den": _day(query.day_to),
            "xep": "so-tien",
        }
        status, body = self.client.get(f"/cong-khai/tra-cuu/?{urlencode(said)}", NOBODY)
        assert status == 200, body[:500]
        numbers = re.findall(rb'<strong class="num">(-?[0-9.]+)</strong>', body)
        count, total = (int(text.replace(b".", b"")) for text in numbers[:2])
        return count, total


def _day(ordinal: int | None) -> str:
    return "" if ordinal is None else f"{date.fromordinal(ordinal):%d/%m/%Y}"


def _publish(room: object, days: Mapping[int, Sequence[tuple[int, str, int, int, int]]]) -> None:
    """Write the days of one account as their published files, past the statement that they would come from."""
    import hashlib

    from chungtay.funds import services
    from chungtay.funds.disclosure.files import as_csv, as_sqlite
    from chungtay.funds.disclosure.frozen import file_name, folder
    from chungtay.funds.disclosure.lines import PublicLine
    from chungtay.funds.models import FrozenDay
    from chungtay.places.rules import BodyKind

    cast, now = room.cast, room.now  # type: ignore[attr-defined]
    services.load_chart()
    body = cast.body(cast.city, BodyKind.MTTQ)
    fund = services.open_fund(
        body=body, code="vnn", name="Quỹ", opened_on=date(2020, 1, 1), purposes=[], now=now, by=None
    )
    account = services.open_account(
        fund=fund, code="cl", bank="970436", number="1017999888", holder="QUY", now=now, by=None
    )
    folder().mkdir(parents=True, exist_ok=True)
    for ordinal, rows in days.items():
        day = date.fromordinal(ordinal)
        lines = [PublicLine(number, day, amount, 0, text, "", "", "unmatched", 0) for number, text, amount, *_ in rows]
        table, base = as_csv(lines), as_sqlite(lines)
        frozen = FrozenDay(
            account=account, day=day, edition=1, lines=len(lines), received=sum(row[2] for row in rows), paid=0,
            csv_sha256=hashlib.sha256(table).hexdigest(), sqlite_sha256=hashlib.sha256(base).hexdigest(), at=now, by=cast.admin,
        )  # fmt: skip
        (folder() / file_name(frozen, "csv")).write_bytes(table)
        (folder() / file_name(frozen, "sqlite3")).write_bytes(base)
        frozen.save()


CASES = [PublicPages(), PublicSearch()]
