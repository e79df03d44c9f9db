"""A draft and the plan that it makes: what `places` reads, shares typed in per cent, and a recorded plan as a draft again."""

import pytest

from chungtay.desk.tests.units_story import merge_plan
from chungtay.desk.wizard.draft import BadShare, Draft, NewUnit, Part, as_percent, as_share, draft_of, draft_of_plan
from chungtay.places.plan_json import plan_from_json, plan_to_json

SEN = NewUnit("29901", "Phường Sen", "ward", "866")
HEAD = {"effective_on": "2023-01-01", "legal_basis": "Nghị quyết 99"}


def drafts() -> dict[str, Draft]:
    parts = {"0/0": Part("33,3333", "50", "Số hộ"), "0/1": Part("66,6667"), "1/1": Part("100")}
    second = NewUnit("29902", "Phường Xanh", "ward")
    return {
        "merge": Draft("merge", **HEAD, units=("29863", "29866"), new=(SEN,)),
        "mixed": Draft("mixed", **HEAD, units=("29863", "29866"), new=(SEN, second), parts=parts),
        "rename": Draft("rename", **HEAD, units=("29863",), revised={"29863": NewUnit(name="Phường Sen")}),
        "abolish": Draft("abolish", **HEAD, units=("866", "867"), heirs={"866": "87"}),
        "create": Draft("create", **HEAD, new=(SEN, second)),
    }


@pytest.mark.parametrize("kind", drafts())
def test_every_kind_makes_a_plan_that_places_reads_and_the_plan_makes_the_same_draft(kind):
    draft = drafts()[kind]
    plan = plan_from_json(draft.plan())
    assert str(plan.kind) == kind
    again = draft_of_plan(plan_to_json(plan), corrects="")
    assert again is not None
    assert plan_from_json(again.plan()) == plan


@pytest.mark.parametrize("kind", drafts())
def test_the_session_keeps_a_draft_whole(kind):
    draft = drafts()[kind]
    assert draft_of(draft.as_json()) == draft


def test_shares_are_read_exactly_or_refused():
    assert [f"{as_share(text):f}" for text in ("21", "33,3333", "100 %", "", "0.5")] == [
        "0.21",
        "0.333333",
        "1",
        "0",
        "0.005",
    ]
    for wrong in ("một nửa", "-1", "100,1", "33,33333", "NaN", "Infinity"):
        with pytest.raises(BadShare):
            as_share(wrong)
    assert as_percent("0.333333") == "33,3333"


def test_a_plan_too_mixed_or_too_long_for_the_steps_is_no_draft():
    form = merge_plan()["changes"][0]
    assert draft_of_plan(merge_plan(changes=[form, {"do": "abolish", "unit": "867"}]), corrects="") is None
    many = [{"do": "abolish", "unit": str(code)} for code in range(41)]
    assert draft_of_plan(merge_plan(changes=many), corrects="") is None


def test_what_still_has_to_be_picked_is_said():
    assert Draft("merge", units=("1",)).missing_units == "Hãy chọn ít nhất hai đơn vị để nhập."
    assert Draft("split", units=("1", "2")).missing_units == "Hãy chọn đúng một đơn vị để chia."
    assert Draft("rename").missing_units == "Hãy chọn ít nhất một đơn vị."
    assert Draft("create").missing_units == ""


def test_a_unit_taken_out_takes_the_parts_with_it():
    draft = drafts()["mixed"].without_unit("29863")
    assert draft.units == ("29866",)
    assert draft.parts == {}
    assert draft.with_unit("29866") == draft
