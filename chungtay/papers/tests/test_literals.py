"""Which typed digits state a figure."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.papers.rules import unsourced_numbers

NAMES = ("Phường 11", "Phường 1", "Khóm 3")
HARMLESS = (
    "ngày 13 tháng 12 năm 2019",
    "ngày\u00a013 tháng\u00a012 năm\u00a02019",
    "30/5/2023",
    "ngày 30/5/2023",
    "ngày 30/5",
    "tháng 5 năm 2023",
    "tháng 5/2023",
    "năm 2022",
    "Từ năm 2020 đến nay",
    "các năm 2020, 2021 và 2022",
    "2020 - 2024",
    "giai đoạn 2020–2024",
    "quý I năm 2020",
    "Quý III/2022",
    "6 tháng đầu năm 2022",
    "4 tháng 2023",
    "từ tháng 01/2020 đến tháng 5/2023",
    "01/2020–05/2023",
    "(15/12/2021 - 14/3/2022)",
    "01/01 - 30/4/2023",
    "IV. NHIỆM VỤ ĐẾN NĂM 2024",
    "so với cùng kỳ năm trước (2022)",
    "15 giờ 30 phút ngày 30/5",
    "Chương trình phối hợp số 500 ngày 13 tháng 12 năm 2019",
    "Số: 05/BC-UBND",
    "152/BC-UBND",
    "Nghị định 30/2020/NĐ-CP",
    "Hướng dẫn 91/HD-MTTW-BTT",
    "Số 41-BC/TU",
    "Biểu M-05 và B01",
    "1. Nhà ở",
    "2.1. Nhà ở",
    "Bảng 1 và Hình 1",
    "Phụ lục II, mục II.3, khoản 2 Điều 5",
    "Cột (3), (4)",
    "cột 15",
    "(1) (2) (3)",
    "Hội Cựu chiến binh Phường\u00a011",
    "Khóm 3, Phường 1, ngày 05 tháng 01",
)
STATING = {
    "sửa chữa 400 căn": ["400"],
    "400\u00a0căn": ["400"],
    "58,1 tỷ đồng": ["58,1"],
    "đạt 107,3% kế hoạch": ["107,3"],
    "15/15 xã, phường": ["15/15"],
    "14/15 đơn vị đã báo cáo": ["14/15"],
    "06 HTX": ["06"],
    "18.153.450.000 đồng": ["18.153.450.000"],
    "tổng số 500 hộ": ["500"],
    "trong số 500 người": ["500"],
    "số 500 căn": ["500"],
    "năm 2022 có 30 hộ": ["30"],
    "Phường 112": ["112"],
    "Phường 1 có 200 hộ": ["200"],
    "trong tháng 12 hộ được hỗ trợ": ["12"],
    "kế hoạch 2022 căn": ["2022"],
    "thời hạn 12 tháng": ["12"],
    "Bảng 1 ghi 5 hộ": ["5"],
    "ngày 45 tháng 13": ["45", "13"],
    "2045": ["2045"],
}


@pytest.mark.parametrize("shape", ["NFC", "NFD"])
@pytest.mark.parametrize("text", HARMLESS)
def test_dates_documents_references_and_names_state_no_figure(text, shape):
    assert unsourced_numbers(unicodedata.normalize(shape, text), NAMES) == []


@pytest.mark.parametrize("shape", ["NFC", "NFD"])
@pytest.mark.parametrize("text", STATING)
def test_a_number_of_something_is_found(text, shape):
    found = unsourced_numbers(unicodedata.normalize(shape, text), NAMES)
    assert [span.text for span in found] == STATING[text]


def test_a_span_points_into_the_nfc_text():
    text = unicodedata.normalize("NFD", "sửa chữa 400 căn")
    (span,) = unsourced_numbers(text)
    assert unicodedata.normalize("NFC", text)[span.start : span.end] == "400"


def test_a_name_that_is_not_given_is_a_number():
    assert [span.text for span in unsourced_numbers("Phường 11")] == ["11"]


@given(st.integers(min_value=0, max_value=10**9), st.sampled_from(["căn", "hộ", "tỷ đồng", "%", "lượt người", "HTX"]))
def test_any_number_with_its_unit_is_found_in_a_sentence_full_of_dates(number, unit):
    text = f"Năm 2022, theo Kế hoạch số 12/KH-UBND ngày 30/5/2022, đã thực hiện {number} {unit} (Bảng 2)."
    assert [span.text for span in unsourced_numbers(text)] == [str(number)]
