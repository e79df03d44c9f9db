"""Words may change; figures stay questions."""

from uuid import uuid4

import pytest

from chungtay.reviews.rules import (
    Ask,
    BadWording,
    NotDraft,
    Shape,
    TypedNumber,
    UnknownPlaceholder,
    ask_from_json,
    check_draft,
    check_wording,
    keys_in,
)

KEYS = ("nhà ở", "nhà ở: % kế hoạch", "vận động quỹ 2021")
PRINTED = {"nhà ở": "400\u00a0căn", "nhà ở: % kế hoạch": "107,2%"}


def check(text, **given):
    return check_wording(text, keys=KEYS, names=("Phường 11",), printed=PRINTED, **given)


def test_a_question_survives_being_kept_as_json():
    ask = Ask(
        key="nhà ở",
        label="Nhà ở",
        shape=Shape.OF_TARGET,
        indicator="support.houses",
        area_id=uuid4(),
        period_code="2022",
        unit="căn",
        target=480,
        areas=(uuid4(),),
    )
    assert ask_from_json(ask.as_json()) == ask
    assert "divisor" not in ask.as_json()


def test_words_around_a_figure_are_kept_as_typed():
    assert (
        check("Xây được {nhà ở}, đạt {nhà ở: % kế hoạch} kế hoạch.")
        == "Xây được {nhà ở}, đạt {nhà ở: % kế hoạch} kế hoạch."
    )


def test_a_token_is_recognised_without_marks_or_capitals():
    assert check("Xây được {Nhà Ở} và {nha o}.") == "Xây được {nhà ở} và {nhà ở}."


def test_lines_become_one_paragraph():
    assert check("Xây được\r\n{nhà ở}.\n") == "Xây được {nhà ở}."


def test_an_unknown_token_asks_whether_the_near_one_was_meant():
    with pytest.raises(UnknownPlaceholder, match=r"Có phải \{nhà ở\}\?"):
        check("Xây được {nhà ơi}.")


def test_a_number_typed_by_hand_is_refused_and_named():
    with pytest.raises(TypedNumber, match="“401”") as refused:
        check("Xây được 401 căn nhà.")
    assert "chèn số liệu" in str(refused.value)


def test_a_typed_number_that_is_a_figure_already_says_which():
    with pytest.raises(TypedNumber, match=r"Số “400” có sẵn ở \{nhà ở\}"):
        check("Xây được 400 căn nhà.")


def test_dates_periods_documents_and_places_are_no_figures():
    text = "Năm 2021, theo Kế hoạch số 18/KH-UBND ngày 15 tháng 01 năm 2020, Phường 11 xây được {nhà ở}."
    assert check(text) == text


@pytest.mark.parametrize("text", ["", "  \n ", "Xây được {nhà ở", "Xây } được"])
def test_empty_words_and_lone_braces_are_refused(text):
    with pytest.raises(BadWording):
        check(text)


def test_keys_are_read_in_order():
    assert keys_in("{nhà ở} rồi {vận động quỹ 2021}") == ["nhà ở", "vận động quỹ 2021"]


def test_a_review_before_its_signer_is_fixed():
    check_draft("draft")
    with pytest.raises(NotDraft):
        check_draft("for_signing")
