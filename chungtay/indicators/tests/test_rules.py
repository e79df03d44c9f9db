"""Keys of a breakdown: cells, parts, what earlier versions called them; and mappings that make no sense."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from chungtay.indicators.rules import ANY, Keys, composed, dimension_key, fits, mapping_problems, parts_of

AXES = st.lists(st.integers(1, 3), min_size=1, max_size=3)


def cells(sizes: list[int]) -> list[str]:
    return [dimension_key(tuple(f"v{v}" for v in cell)) for cell in product(*(range(size) for size in sizes))]


def test_a_part_of_a_breakdown_leaves_some_dimensions_open():
    assert fits("new/*", "new/a") and fits("*/a", "new/a") and fits("new/a", "new/a")
    assert not fits("new/*", "repair/a") and not fits("new/*", "new") and not fits("*", "new/a")
    assert sorted(parts_of("new/a/m")) == sorted(["new/a/*", "new/*/m", "*/a/m", "new/*/*", "*/a/*", "*/*/m"])
    assert parts_of("new") == []


@given(AXES, st.data())
def test_the_values_of_an_open_dimension_share_out_every_part(sizes, data):
    """Each cell of a part belongs to exactly one of the parts that one more dimension tells apart."""
    keys = Keys(cells(sizes))
    pattern = [data.draw(st.sampled_from([ANY, "v0"])) for _ in sizes]
    at = data.draw(st.integers(0, len(sizes) - 1))
    pattern[at] = ANY
    whole = [key for key in keys.current if fits(dimension_key(tuple(pattern)), key)]
    shared: list[str] = []
    for value in range(sizes[at]):
        narrower = dimension_key((*pattern[:at], f"v{value}", *pattern[at + 1 :]))
        assert narrower in keys
        shared += keys.chosen(narrower, keys.current)
    assert sorted(shared) == sorted(whole)


def test_old_keys_are_seen_under_the_new_ones():
    keys = Keys(["gift", "study"], {"tet": "gift", "food": "gift"})
    stated = ["tet", "study", "food", "gift"]
    assert keys.chosen("gift", stated) == ["tet", "food", "gift"]
    assert keys.chosen("tet", stated) == ["tet", "food", "gift"]  # an old address opens as what it is called now
    assert keys.may_be_stated("tet") and keys.may_be_stated("gift")
    assert not keys.may_be_stated("*") and not keys.may_be_stated("") and not keys.may_be_stated("other")


def test_a_part_may_be_asked_but_not_stated():
    keys = Keys(["new/a", "new/b"])
    assert "new/*" in keys and "" not in keys and "*/*" not in keys
    assert not keys.may_be_stated("new/*")
    assert Keys([""]).may_be_stated("") and "" in Keys([""])


def test_mappings_of_successive_versions_follow_each_other():
    assert composed([{"a": "b"}, {"b": "c", "x": "c"}]) == {"a": "c", "b": "c", "x": "c"}
    assert composed([{"": "x"}, {"x": "", "y": ""}]) == {"x": "", "y": ""}  # a breakdown that came and went
    assert composed([{"a": "a", "b": "c"}]) == {"b": "c"}
    assert composed([]) == {}


def test_every_fault_of_a_mapping_is_named():
    problems = mapping_problems(
        {"tet": "nowhere", "never": "gift"}, before=["tet", "food"], after=["gift"], is_new_breakdown=True
    )
    assert len(problems) == 3
    assert "never" in problems[0] and "nowhere" in problems[1] and "food" in problems[2]
    assert mapping_problems({"tet": "gift"}, before=["tet", "gift"], after=["gift"], is_new_breakdown=False) == []
    assert mapping_problems({"": "gift"}, before=[""], after=["gift", "study"], is_new_breakdown=True) == []
    # In a new breakdown the same code may mean something else: it has to be placed too.
    (left_out,) = mapping_problems({}, before=["gift"], after=["gift"], is_new_breakdown=True)
    assert "chưa được xếp" in left_out
