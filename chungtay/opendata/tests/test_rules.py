"""What a cell may be, how it is written, and that nothing of it is lost on the way through a spreadsheet's table."""

import re
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.opendata.datasets import DATASETS
from chungtay.opendata.rules import (
    Asked,
    Dataset,
    Field,
    Kind,
    NotAsDeclared,
    checked,
    digest_of,
    fault_of,
    guarded,
    parsed,
    plain,
    schema_of,
    tidy,
    unguarded,
)

CELLS = {
    Kind.TEXT: st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    Kind.INTEGER: st.integers(-(2**63) + 1, 2**63 - 1),
    Kind.NUMBER: st.decimals(-(10**12), 10**12, places=6),
    Kind.BOOLEAN: st.booleans(),
    Kind.DATE: st.dates(),
}


def field(kind=Kind.TEXT, **more):
    return Field("x", kind, "X", "Thử.", **more)


@given(st.sampled_from(list(Kind)).flatmap(lambda kind: st.tuples(st.just(kind), CELLS[kind])))
def test_a_cell_that_was_written_is_read_back(pair):
    kind, cell = pair
    assert parsed(field(kind), plain(tidy(cell))) == tidy(cell)
    assert fault_of(field(kind), tidy(cell)) == ""


@given(st.text())
def test_no_text_begins_as_a_formula_and_none_is_lost(text):
    assert guarded(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"} or text == ""
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    ("one", "cell"),
    [
        (field(), None),
        (field(), 3),
        (field(Kind.INTEGER), True),
        (field(Kind.INTEGER), Decimal("1.5")),
        (field(Kind.INTEGER), 2**63),
        (field(Kind.INTEGER, minimum=0), -1),
        (field(Kind.NUMBER), Decimal("0.1234567")),
        (field(Kind.NUMBER), 0.5),
        (field(Kind.BOOLEAN), 1),
        (field(Kind.DATE), datetime(2025, 1, 1)),
        (field(Kind.DATE), "2025-01-01"),
        (field(choices=("a",)), "b"),
    ],
)
def test_a_cell_that_is_not_as_declared_is_found(one, cell):
    assert fault_of(one, cell)


def test_a_row_that_is_not_as_declared_is_named_with_its_place():
    dataset = Dataset("things", "Vật", "", (field(Kind.INTEGER),), ("x",), lambda asked: iter([]))
    with pytest.raises(NotAsDeclared, match="things, dòng 2, cột x"):
        list(checked(dataset, [(1,), ("",)]))
    with pytest.raises(NotAsDeclared, match="có 2 ô"):
        list(checked(dataset, [(1, 2)]))


def test_what_a_release_says_depends_on_words_and_licence_not_on_order():
    one, other = DATASETS[:2]
    said = {"title": "T"}
    base = digest_of({"a": "1", "b": "2"}, [one, other], {"code": "x"}, said)
    assert base == digest_of({"b": "2", "a": "1"}, [one, other], {"code": "x"}, said)
    others = {
        digest_of({"a": "1", "b": "3"}, [one, other], {"code": "x"}, said),
        digest_of({"a": "1", "b": "2"}, [one], {"code": "x"}, said),
        digest_of({"a": "1", "b": "2"}, [one, other], {"code": "y"}, said),
        digest_of({"a": "1", "b": "2"}, [one, other], {"code": "x"}, {"title": "U"}),
    }
    assert len(others | {base}) == 5


def test_every_dataset_is_declared_whole():
    names = [one.name for one in DATASETS]
    assert len(set(names)) == len(names) and not {"datasets", "fields", "licence", "about", "ban"} & set(names)
    seen = {}
    for one in DATASETS:
        assert re.fullmatch(r"[a-z_]+", one.name) and one.title and one.description.endswith(".")
        by_name = {column.name: column for column in one.fields}
        assert len(by_name) == len(one.fields)
        assert all(by_name[name].is_required for name in one.key)
        assert all(by_name[name].kind is Kind.TEXT for name in one.searched)
        for column in one.fields:
            assert re.fullmatch(r"[a-z_]+", column.name) and column.title and column.description
            if column.points_to:
                table, _, name = column.points_to.partition(".")
                assert seen.get(table, one).key == (name,), "it stands after what it points to"
        seen[one.name] = one


def test_the_schema_names_types_keys_and_what_may_be_empty():
    schema = schema_of(next(one for one in DATASETS if one.name == "figures"))
    assert schema["primaryKey"] == ["programme_code", "indicator_code", "unit_id"] and schema["missingValues"] == [""]
    assert {"fields": ["unit_id"], "reference": {"resource": "units", "fields": ["id"]}} in schema["foreignKeys"]
    by_name = {one["name"]: one for one in schema["fields"]}
    assert by_name["value"]["type"] == "number" and "constraints" not in by_name["value"]
    assert by_name["reported"]["constraints"] == {"required": True, "minimum": 0}
    assert Asked(datetime(2025, 1, 1), date(2025, 1, 1)).day.year == 2025
