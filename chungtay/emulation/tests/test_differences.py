"""What a correction changes: nothing for the same, everything for another, and applied to the old list it gives the new one."""

from hypothesis import given
from hypothesis import strategies as st

from chungtay.emulation.differences import Change, Said, differences

NAMES = st.lists(st.tuples(st.sampled_from(["Tổ 1", "Tổ 2", "Bà Sáu"]), st.sampled_from(["a", "b"])), max_size=5)
HEADS = st.dictionaries(st.sampled_from(["Ngày ký", "Người ký"]), st.sampled_from(["", "x", "y"]))


@given(HEADS, NAMES, HEADS, NAMES)
def test_only_the_same_says_nothing_and_every_line_is_accounted_for(head, lines, new_head, new_lines):
    before, after = Said(head, lines), Said(new_head, new_lines)
    found = differences(before, after)
    assert differences(before, before) == []
    assert all(one.before != one.after for one in found)
    if not found:
        assert {name: said for name, said in head.items() if said} == {
            name: said for name, said in new_head.items() if said
        }
        assert lines == new_lines
    added = sum(one.what.startswith("Thêm ") for one in found)
    gone = sum(one.what.startswith("Bỏ ") for one in found)
    assert len(lines) + added - gone == len(new_lines)


def test_it_reads_as_an_officer_would_say_it():
    before = Said({"Người ký": "Trần Văn Bình"}, [("Tổ 1", "tập thể: a"), ("Tổ 2", "tập thể: a")])
    after = Said({"Người ký": "Lê Thị Hoa"}, [("Tổ 2", "tập thể: b"), ("Tổ 3", "tập thể: a")])
    assert differences(before, after) == [
        Change("Người ký", "Trần Văn Bình", "Lê Thị Hoa"),
        Change("Bỏ Tổ 1", "tập thể: a", ""),
        Change("Tổ 2", "tập thể: a", "tập thể: b"),
        Change("Thêm Tổ 3", "", "tập thể: a"),
    ]
    turned = Said(before.head, before.lines[::-1])
    assert [one.what for one in differences(before, turned)] == ["Thứ tự danh sách"]
