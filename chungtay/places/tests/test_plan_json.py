"""A plan as JSON: what is read, what is refused with its place, and back again."""

from datetime import date
from uuid import UUID

import pytest

from chungtay.places.plan_json import BadPlan, plan_from_json, plan_to_json
from chungtay.places.plans import Abolish, Create, Form, NewUnit, Revise, Source

SAID = {
    "kind": "mixed",
    "effective_on": "2025-07-01",
    "legal_basis": "NQ 1663",
    "note": "",
    "corrects": "00000000-0000-0000-0000-000000000007",
    "changes": [
        {
            "do": "form",
            "unit": {"code": "29869", "name": "Phường Cao Lãnh", "level": "ward", "parent": "82"},
            "from": [{"unit": "29866", "share": "0.6", "back_share": "0,21", "basis": "số hộ"}, {"unit": "29872"}],
        },
        {"do": "create", "unit": {"name": "Đặc khu Mới", "level": "special_zone"}},
        {"do": "revise", "unit": "29872", "name": "Phường Tư", "parent": ""},
        {"do": "abolish", "unit": "866", "heir": "82@2025-07-01"},
    ],
}


def test_a_plan_is_read():
    plan = plan_from_json(SAID)
    assert (plan.kind, plan.effective_on, plan.legal_basis) == ("mixed", date(2025, 7, 1), "NQ 1663")
    assert plan.corrects == UUID(int=7)
    assert plan.changes == (
        Form(
            NewUnit("Phường Cao Lãnh", "29869", "ward", "82"),
            (Source("29866", 600_000, 210_000, "số hộ"), Source("29872")),
        ),
        Create(NewUnit("Đặc khu Mới", "", "special_zone", "")),
        Revise("29872", name="Phường Tư", parent=""),
        Abolish("866", "82@2025-07-01"),
    )


def test_what_is_written_is_read_back():
    plan = plan_from_json(SAID)
    assert plan_from_json(plan_to_json(plan)) == plan


@pytest.mark.parametrize(
    ("change", "where", "said"),
    [
        ({"effective_on": "hôm nay"}, "effective_on", "“hôm nay” không phải ngày dạng 2025-07-01"),
        ({"kind": "war"}, "kind", "không phải một trong: merge"),
        ({"corrects": "7"}, "corrects", "không phải mã của một đợt"),
        ({"changes": {}}, "changes", "Thiếu danh sách thay đổi"),
        ({"changes": [7]}, "Thay đổi 1", "Không rõ phải làm gì"),
        ({"changes": [{"do": "burn"}]}, "Thay đổi 1", "Không rõ phải làm gì"),
        ({"changes": [{"do": "form", "unit": {}}]}, "Thay đổi 1", "Thiếu danh sách đơn vị cũ"),
        ({"changes": [{"do": "create", "unit": "x"}]}, "Thay đổi 1, đơn vị mới", "phải là một đối tượng"),
        ({"changes": [{"do": "abolish", "unit": 866}]}, "Thay đổi 1", "“unit” phải là chữ trong ngoặc kép"),
        ({"changes": [{"do": "abolish", "unit": "1", "to": "2"}]}, "Thay đổi 1", "Không có mục “to”"),
        ({"typo": 1}, "", "Không có mục “typo”"),
    ],
)
def test_a_fault_is_named_with_its_place(change, where, said):
    with pytest.raises(BadPlan) as caught:
        plan_from_json(SAID | change)
    (found,) = caught.value.problems
    assert found.where == where
    assert said in found.sentence
    assert said in str(caught.value)


@pytest.mark.parametrize("share", ["0", "1.1", "-0.5", "0.0000001", "nửa", "NaN", "Infinity", None, 0.3333333])
def test_a_share_is_a_part_with_at_most_six_places(share):
    changes = [{"do": "form", "unit": {}, "from": [{"unit": "1", "share": share}]}]
    with pytest.raises(BadPlan, match="Thay đổi 1, nguồn 1"):
        plan_from_json(SAID | {"changes": changes})


def test_every_fault_is_said_at_once():
    with pytest.raises(BadPlan) as caught:
        plan_from_json({"kind": "war", "changes": [{}, {"do": "revise", "unit": 1}]})
    assert len(caught.value.problems) == 4


@pytest.mark.parametrize("text", [None, [], "x", 7])
def test_something_else_is_no_plan(text):
    with pytest.raises(BadPlan):
        plan_from_json(text)
