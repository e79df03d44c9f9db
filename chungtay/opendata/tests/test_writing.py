"""Every form of a dataset says the same, equal rows give equal bytes, and many rows need no more memory than few."""

import csv
import json
import sqlite3
import tracemalloc
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.opendata import tables, writing
from chungtay.opendata.rules import checked, parsed, tidy
from chungtay.opendata.tables import NotOnePicture, write_base
from chungtay.opendata.tests.making import FIELDS, things

LICENCE = {"code": "c", "name": "n", "url": "", "basis": "b", "is_verified": False}
SAID = {"title": "T", "description": "D", "office": "O"}
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=12)
ROWS = st.lists(
    st.tuples(
        st.one_of(st.none(), WORDS, st.sampled_from(["=1+1", "'=", 'a,"b"\r\nc', "Ủng hộ\nquỹ", "-", "true", "null"])),
        st.none() | st.decimals(-(10**9), 10**9, places=6),
        st.none() | st.booleans(),
        st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    ),
    max_size=12,
)


def numbered(rows):
    return [(number, *row, number - 1 if number > 1 else None) for number, row in enumerate(rows, 1)]


def write(rows, folder, name="things"):
    folder.mkdir(parents=True, exist_ok=True)
    dataset = things(rows, name)
    count = writing.write_tables(dataset, checked(dataset, rows), folder)
    writing.write_json(dataset, folder)
    return dataset, count


def of_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == [one.name for one in FIELDS]
    return [tuple(parsed(one, text) for one, text in zip(FIELDS, row, strict=True)) for row in rows]


def of_json(path):
    rows = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    dated = [row | {"day": date.fromisoformat(row["day"]) if row["day"] else None} for row in rows]
    return [tuple(row[one.name] for one in FIELDS) for row in dated]


def of_base(path):
    with closing(sqlite3.connect(path)) as base:
        rows = base.execute("SELECT * FROM things ORDER BY id").fetchall()
    return [
        (*row[:2], None if row[2] is None else tidy(Decimal(str(row[2]))), None if row[3] is None else bool(row[3]),
         date.fromisoformat(row[4]) if row[4] else None, row[5])
        for row in rows
    ]  # fmt: skip


@settings(max_examples=25)
@given(ROWS)
def test_every_form_says_the_same(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("forms")
    rows = numbered(rows)
    dataset, count = write(rows, folder)
    write_base([dataset], LICENCE, SAID, folder, folder / "base.db")
    told = [tuple(tidy(cell) for cell in row) for row in rows]
    assert count == len(told)
    assert of_csv(folder / "things.csv") == told
    assert of_json(folder / "things.json") == told
    assert list(writing.read_rows(dataset, folder / "things.parquet")) == told
    assert of_base(folder / "base.db") == told


def test_equal_rows_give_equal_bytes_and_other_rows_do_not(tmp_path):
    rows = numbered([(f"Nhóm {n}", Decimal(n) / 4, n % 2 == 0, date(2025, 1, 1) + timedelta(n)) for n in range(500)])
    made = {}
    for place, given_rows in {"a": rows, "b": rows, "c": [*rows[:-1], (rows[-1][0], "Khác", *rows[-1][2:])]}.items():
        dataset, _ = write(given_rows, tmp_path / place)
        write_base([dataset], LICENCE, SAID, tmp_path / place, tmp_path / place / "base.db")
        made[place] = {path.name: path.read_bytes() for path in (tmp_path / place).iterdir()}
    assert made["a"] == made["b"] and len(made["a"]) == 4
    assert all(made["a"][name] != made["c"][name] for name in made["a"])


def test_types_and_words_stand_in_the_files_themselves(tmp_path):
    dataset, _ = write(numbered([("Hội quán Đồng Tâm", Decimal("1.5"), True, date(2025, 1, 1))]), tmp_path)
    assert not (tmp_path / "things.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    schema = pq.read_schema(tmp_path / "things.parquet")
    assert [str(one.type) for one in schema] == [
        *("int64", "string", "decimal128(28, 6)", "bool", "date32[day]", "int64"),
    ]
    assert not schema.field("id").nullable and schema.field("name").nullable
    write_base([dataset], LICENCE, SAID, tmp_path, tmp_path / "base.db")
    with closing(sqlite3.connect(tmp_path / "base.db")) as base:
        assert base.execute("SELECT name FROM things_fts WHERE things_fts MATCH 'hoi quan'").fetchone()
        assert base.execute("SELECT title, rows FROM datasets").fetchall() == [("Vật", 1)]
        assert base.execute("SELECT count(*) FROM fields").fetchone() == (len(FIELDS),)
        assert base.execute("PRAGMA foreign_key_list(things)").fetchall()
        assert base.execute("SELECT typeof(amount) FROM things").fetchone() == ("real",)


def test_rows_that_do_not_fit_each_other_are_refused(tmp_path):
    row = ("a", None, None, None)
    for name, rows in {"twice": [(1, *row, None), (1, *row, None)], "nowhere": [(1, *row, 99)]}.items():
        dataset, _ = write(rows, tmp_path / name)
        with pytest.raises(NotOnePicture):
            write_base([dataset], LICENCE, SAID, tmp_path / name, tmp_path / name / "base.db")


def test_many_rows_need_no_more_memory_than_few(tmp_path, monkeypatch):
    """Of Python's own memory: what 8,000 rows need is a small part of what they would take together."""
    for module in (writing, tables):
        monkeypatch.setattr(module, "AT_ONCE", 200)

    def rows():
        for number in range(1, 8_001):
            yield (number, f"Ủng hộ quỹ lần {number}", Decimal(number), True, date(2025, 1, 1), None)

    dataset = things([])
    tracemalloc.start()
    try:
        held = list(rows())
        together = tracemalloc.get_traced_memory()[0]
        del held
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        assert writing.write_tables(dataset, rows(), tmp_path) == 8_000
        writing.write_json(dataset, tmp_path)
        tables.write_base([dataset], LICENCE, SAID, tmp_path, tmp_path / "base.db")
        most = tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
    assert most < together / 5, (most, together)
