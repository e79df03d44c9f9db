"""Workload S: 2 M lines of a fund's statement over 60 days; each call asks the next of sixty queries of six kinds.

Every way answers with the exact count, the exact sum and the first 50 lines by amount, over texts folded once. The ordinary
engines have what a careful house would give them: the folded column, indexes on amount and day, trigram indexes where they
exist. Names and memos are invented. PostgreSQL is left out where its server programs are not installed.
"""

import atexit
import os
import random
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import psycopg
import pyarrow as pa
from numba import njit

from bench.harness import LIMIT, OURS, Goal
from chungtay.kernel.folding import fold
from chungtay.textsearch import compiled, saving
from chungtay.textsearch.index import Row, TextIndex
from chungtay.textsearch.lines import Lines
from chungtay.textsearch.query import Answer, Query
from tests.databases import cluster

LINES, DAYS, KINDS, OF_EACH = 2_000_000, 60, 6, 10
FIRST_DAY = date(2024, 9, 10).toordinal()
POSTGRESQL = "postgresql trigram"
SURNAMES = (
    "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi",
    "Đỗ", "Hồ", "Dương", "Lý", "Đinh", "Mạc", "Tống", "Quách",
)  # fmt: skip
MIDDLES = (
    "Văn", "Thị", "Hữu", "Đức", "Minh", "Thanh", "Ngọc", "Bích", "Quốc", "Xuân",
)  # fmt: skip
GIVEN = (
    "An", "Bình", "Cường", "Dũng", "Đạt", "Giang", "Hạnh", "Hương", "Khôi", "Lan", "Mỹ", "Nga",
    "Oanh", "Phúc", "Quyên", "Sơn", "Thảo", "Tuyết", "Uyên", "Vinh", "Yến",
)  # fmt: skip
GIFTS = (
    "ủng hộ đồng bào bị bão lũ", "ủng hộ quỹ vì người nghèo", "đóng góp xây nhà đại đoàn kết", "ung ho xay cau nong thon",
    "ủng hộ học bổng cho học sinh nghèo", "gửi tặng bà con vùng lũ", "chuyen tien ung ho", "ủng hộ quỹ cứu trợ",
)  # fmt: skip
GIVERS = ("Gia đình", "Ông", "Bà", "Tập thể lớp 9A", "Cháu", "Công ty TNHH", "Nhóm bạn", "")
COMMONS = (
    "ủng hộ",
    "ung ho",
    "UNG",
    "đồng bào",
    "quỹ",
    "nguyễn",
    "người nghèo",
    "chuyen",
    "gia đình",
    "người",
)
AMOUNTS = (50_000, 100_000, 200_000, 300_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 20_000_000)

Engine = Callable[[Query], Answer]


def made_lines(count: int) -> Iterator[Row]:
    """Yield the lines, in order of their days; always the same."""
    dice = random.Random(2024)
    for at in range(0, count, 100_000):
        size = min(100_000, count - at)
        draws = [dice.choices(some, k=size) for some in (GIVERS, SURNAMES, MIDDLES, GIVEN, GIFTS, AMOUNTS)]
        numbers = [dice.getrandbits(40) for _ in range(size)]
        for n, (number, giver, surname, middle, given, gift, amount) in enumerate(zip(numbers, *draws, strict=True)):
            text = f"{giver} {surname} {middle} {given} {gift} FT{number % 10**11:011d}"
            if number & 1:
                text = _bare(text)
            exact = amount if number & 6 else amount + number % 997 * 1000
            yield at + n + 1, text, exact, FIRST_DAY + (at + n) * DAYS // count, number % 5


_BARE = str.maketrans({chr(code): fold(chr(code)) for code in [*range(0xC0, 0x1B5), *range(0x1E00, 0x1F00)]})


def _bare(text: str) -> str:
    """Return what most banks print: no accents, upper case."""
    return text.translate(_BARE).upper()


def made_queries(references: Sequence[str]) -> list[Query]:
    """Return ten queries of each kind, one kind after the other in turn."""
    dice = random.Random(7)
    names = [tuple(dice.choice(some) for some in (SURNAMES, MIDDLES, GIVEN)) for _ in range(OF_EACH)]
    starts = [FIRST_DAY + dice.randrange(DAYS - 3) for _ in range(OF_EACH)]
    return [
        query
        for n, name in enumerate(names)
        for query in (
            Query((" ".join(name),) if n % 2 else name),
            Query((references[n],)),
            Query((COMMONS[n],)),
            Query(amount_from=AMOUNTS[n % 9] + n // 9 * 3000, amount_to=AMOUNTS[n % 9] + n // 9 * 3000),
            Query(COMMONS[n : n + 1] if n % 2 else (), day_from=starts[n], day_to=starts[n] + 2),
            Query(
                (name[2] if len(name[2]) > 2 else name[0], "ủng hộ"),
                amount_from=200_000,
                amount_to=5_000_000,
                day_from=starts[n] - 10,
                day_to=starts[n] + 10,
                purposes=frozenset({1, 3}),
            ),
        )
    ]


class StatementSearch:
    """Ours searches the index as a process finds it after a start: mapped from its file."""

    name = "statement-search"
    title = f"S statement search: {LINES:,} lines, {KINDS} kinds of query, count + sum + first 50 by amount"
    rounds = KINDS * OF_EACH
    goals: Sequence[Goal] = (Goal(OURS, most_ms=10), Goal(OURS, p95_ms=80), Goal(OURS, times_limit=2))

    def prepare(self, folder: Path) -> None:
        compiled.warm_up()
        made = TextIndex()
        made.append(made_lines(LINES))
        saving.save(folder / "index", made, "bench")
        loaded = saving.load(folder / "index", "bench")
        assert loaded is not None
        self.index = loaded
        [lines] = loaded.parts
        self.text = lines.blob[: lines.text_bytes // 8 * 8].view(np.uint64)
        self.ratio = lines.memory / (lines.text_bytes - len(lines))
        rows = random.Random(1).sample(range(LINES), OF_EACH)
        self.queries = made_queries([lines.text(row).decode()[-13:] for row in rows])
        self.next_id = LINES
        folded = lines.blob[: lines.text_bytes].tobytes().decode().split("\n")[:-1]
        self.peers: dict[str, Engine] = {
            "duckdb contains": _duckdb(lines, folded),
            "sqlite fts5 trigram": _sqlite(folder / "fts.sqlite3", lines, folded),
        }
        try:
            self.peers[POSTGRESQL] = _postgresql(lines, folded)
        except cluster.NoServer as reason:
            print(f"    {POSTGRESQL} is missing: {reason}")
        else:
            self.goals = (*self.goals, Goal(OURS, faster_than=POSTGRESQL, times=5))

    def check(self) -> str:
        """Compare count, sum and page of every query, and the size of the index with the text."""
        found = 0
        for query in self.queries:
            mine = self.index.search(query)
            found += mine.count
            for name, engine in self.peers.items():
                theirs = engine(query)
                assert theirs == mine, (name, query, theirs, mine)
        assert self.ratio <= 1.5, self.ratio
        return (
            f"{len(self.queries)} answers with {found:,} hits equal in {1 + len(self.peers)} engines; "
            f"index {self.ratio:.2f} × its text of {self.text.nbytes / 1e6:.0f} MB"
        )

    def runners(self) -> Mapping[str, Callable[[], object]]:
        ways = {name: self._asking(engine) for name, engine in self.peers.items()}
        return {
            LIMIT: self._read,
            OURS: self._asking(self.index.search),
            "ours, 100 new lines found": self._add,
            **ways,
        }

    def _asking(self, engine: Engine) -> Callable[[], object]:
        turn = cycle(self.queries)
        return lambda: engine(next(turn))

    def _add(self) -> None:
        """Append lines, and find the last of them."""
        first = self.next_id = self.next_id + 100
        word = f"moi{first}"
        self.index.append((first + n, f"Dòng {word} {n}", 1, FIRST_DAY + DAYS, 0) for n in range(100))
        assert self.index.search(Query((word,))).count == 100

    def _read(self) -> int:
        return sum(_readers.map(_touch, np.array_split(self.text, 8)))


_readers = ThreadPoolExecutor(min(2, os.cpu_count() or 1))


@njit(nogil=True, cache=True)
def _touch(words):  # type: ignore[no-untyped-def]  # compiled: numba finds the types
    total = np.uint64(0)
    for at in range(len(words)):
        total += words[at]
    return total


def _where(query: Query, words: Sequence[str], mark: str) -> tuple[str, list[Any]]:
    """Return the condition of a query in SQL, with a condition for each word, and its values."""
    asked = [
        ("amount >= {}", query.amount_from),
        ("amount <= {}", query.amount_to),
        ("day >= {}", query.day_from),
        ("day <= {}", query.day_to),
    ]
    given = [(text.format(mark), value) for text, value in asked if value is not None]
    terms = [*words, *(text for text, _ in given)]
    if query.purposes:
        terms.append(f"purpose in ({', '.join(map(str, sorted(query.purposes)))})")
    return " and ".join(terms) or "true", [value for _, value in given]


def _answer(row: Any) -> Answer:
    count, total, ids = row
    return Answer(int(count), int(total or 0), tuple(ids))


def _duckdb(lines: Lines, folded: list[str]) -> Engine:
    connection = duckdb.connect()
    columns = {"id": lines.ids, "amount": lines.amounts, "day": lines.days, "purpose": lines.purposes}
    table = pa.table({name: pa.array(column) for name, column in columns.items()} | {"folded": pa.array(folded)})
    connection.register("given", table)
    connection.execute("create table lines as select * from given")
    connection.unregister("given")

    def ask(query: Query) -> Answer:
        where, values = _where(query, ["contains(folded, ?)"] * len(query.keys), "?")
        sql = f"""with hits as materialized (select id, amount from lines where {where})
            select count(*), sum(amount),
            (select list(id order by amount desc, id) from (select * from hits order by amount desc, id limit {query.limit}))
            from hits"""
        count, total, ids = connection.execute(sql, [*query.keys, *values]).fetchall()[0]
        return _answer((count, total, ids or ()))

    return ask


def _sqlite(path: Path, lines: Lines, folded: list[str]) -> Engine:
    connection = sqlite3.connect(path, check_same_thread=False)
    connection.executescript(
        """pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -1000000;
        create table lines (id integer primary key, amount integer, day integer, purpose integer);
        create virtual table found using fts5(folded, content='', tokenize='trigram');"""
    )
    columns = [column.tolist() for column in (lines.ids, lines.amounts, lines.days, lines.purposes)]
    connection.executemany("insert into lines values (?, ?, ?, ?)", zip(*columns, strict=True))
    connection.executemany("insert into found (rowid, folded) values (?, ?)", zip(columns[0], folded, strict=True))
    connection.executescript("create index by_amount on lines (amount); create index by_day on lines (day); analyze;")

    def ask(query: Query) -> Answer:
        where, values = _where(query, ["found match ?"] if query.keys else [], "?")
        match = [" AND ".join(f'"{key}"' for key in query.keys)] if query.keys else []
        source = "found join lines on lines.id = found.rowid" if query.keys else "lines"
        sql = f"with hits as materialized (select id, amount from {source} where {where}) "
        sql += "select (select count(*) from hits), (select sum(amount) from hits), id from hits "
        sql += f"order by amount desc, id limit {query.limit}"
        rows = connection.execute(sql, [*match, *values]).fetchall()
        return _answer((*rows[0][:2], [row[2] for row in rows]) if rows else (0, 0, ()))

    return ask


def _postgresql(lines: Lines, folded: list[str]) -> Engine:
    running = ExitStack()
    connection = psycopg.connect(running.enter_context(cluster.running()), autocommit=True)
    running.callback(connection.close)
    atexit.register(running.close)
    for sql in (
        "create extension pg_trgm",
        "create unlogged table lines (id bigint primary key, amount bigint, day int, purpose smallint, folded text)",
        "set work_mem = '256MB'",
        "set maintenance_work_mem = '1GB'",
        "set random_page_cost = 1.1",
        "set jit = off",
    ):
        connection.execute(sql)
    columns = [column.tolist() for column in (lines.ids, lines.amounts, lines.days, lines.purposes)]
    rows = zip(*columns, folded, strict=True)
    with connection.cursor() as cursor, cursor.copy("copy lines from stdin") as copy:
        while piece := list(islice(rows, 10_000)):
            copy.write("".join("\t".join(map(str, row)) + "\n" for row in piece))
    for sql in (
        "create index on lines (amount)",
        "create index on lines (day)",
        "create index on lines using gin (folded gin_trgm_ops)",
        "vacuum analyze lines",
    ):
        connection.execute(sql)

    def ask(query: Query) -> Answer:
        where, values = _where(query, ["folded like %s"] * len(query.keys), "%s")
        sql = f"""with hits as materialized (select id, amount from lines where {where})
            select (select count(*) from hits), (select sum(amount) from hits),
            array(select id from hits order by amount desc, id limit {query.limit})"""
        return _answer(connection.execute(sql, [*(f"%{key}%" for key in query.keys), *values]).fetchone())

    return ask


CASES = [StatementSearch()]
