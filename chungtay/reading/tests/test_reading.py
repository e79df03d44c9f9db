"""Single spellings: what each is worth, and what is no figure at all."""

from fractions import Fraction
from typing import Any

import pytest

from chungtay.reading import Figure, Qualifier, read


def the_one(text: str) -> Figure:
    """Return the only figure of a text."""
    [figure] = read(text)
    return figure


@pytest.mark.parametrize(
    ("text", "span", "value", "unit"),
    [
        ("Thu 58,1 tỷ đồng.", "58,1 tỷ đồng", 58_100_000_000, "VND"),
        ("Thu 1 tỷ 557 triệu đồng.", "1 tỷ 557 triệu đồng", 1_557_000_000, "VND"),
        ("Chi 2 tỷ rưỡi.", "2 tỷ rưỡi", 2_500_000_000, "VND"),
        ("Chi 3,2 tỉ đồng", "3,2 tỉ đồng", 3_200_000_000, "VND"),
        ("Đón 300 ngàn lượt khách", "300 ngàn", 300_000, "lượt"),
        ("Thu 4.104 triệu đồng", "4.104 triệu đồng", 4_104_000_000, "VND"),
        ("Thu 1.175,249 tỷ", "1.175,249 tỷ", 1_175_249_000_000, "VND"),
        ("Vốn 12 nghìn tỷ đồng", "12 nghìn tỷ đồng", 12 * 10**12, "VND"),
        ("Gửi 185.860.000đ ủng hộ", "185.860.000đ", 185_860_000, "VND"),
        ("Gửi 25 000 000 đồng", "25 000 000 đồng", 25_000_000, "VND"),
        ("Gửi 25000000 VNĐ", "25000000 VNĐ", 25_000_000, "VND"),
        ("Bán 20,800 đồng/kg", "20,800 đồng", 20_800, "VND"),
        ("Xuất khẩu 1,35 tỷ USD", "1,35 tỷ USD", 1_350_000_000, "USD"),
        ("Đạt 98,10% kế hoạch", "98,10%", Fraction("98.1"), "%"),
        ("Đạt 98,10 % kế hoạch", "98,10 %", Fraction("98.1"), "%"),
        ("Lãi suất 3.8%", "3.8%", Fraction("3.8"), "%"),
        ("Xây 400 căn nhà đại đoàn kết", "400", 400, "căn nhà"),
        ("Có 06 HTX", "06", 6, "HTX"),
        ("Trao hai mươi ba suất học bổng", "hai mươi ba", 23, "suất"),
        ("Có một trăm linh năm hộ", "một trăm linh năm", 105, "hộ"),
        ("Góp gần nửa tỷ đồng", "nửa tỷ đồng", 500_000_000, "VND"),
        ("Trị giá một tỷ hai trăm triệu đồng", "một tỷ hai trăm triệu đồng", 1_200_000_000, "VND"),
        ("Góp hai phẩy năm tỷ đồng", "hai phẩy năm tỷ đồng", 2_500_000_000, "VND"),
        ("Tặng ba chục phần quà", "ba chục", 30, "phần quà"),
        ("Dài 12km", "12", 12, "km"),
        ("Rộng 48 m2", "48", 48, "m2"),
        ("Năng suất 7,2 tấn/ha", "7,2", Fraction("7.2"), "tấn/ha"),
        ("Tăng 1,5 lần", "1,5", Fraction("1.5"), "lần"),
        ("Vận động 1,500 suất", "1,500", 1500, "suất"),
        ("Diện tích 1,500 ha", "1,500", Fraction("1.5"), "ha"),
        ("Diện tích (ha): 1.250,5", "1.250,5", Fraction("1250.5"), "ha"),
        ("Tổng chi 12,5 (tỷ đồng)", "12,5", 12_500_000_000, "VND"),
        ("Thu 58,1\ntỷ đồng", "58,1\ntỷ đồng", 58_100_000_000, "VND"),
        ("Trao 22.\n000 suất quà", "22.\n000", 22_000, "suất"),
        ("Phạt 50\u00a0triệu\u00a0đồng", "50\u00a0triệu\u00a0đồng", 50_000_000, "VND"),
    ],
)
def test_a_figure_is_its_number_scale_and_money(text: str, span: str, value: Any, unit: str) -> None:
    figure = the_one(text)
    assert (figure.text, figure.value, figure.value_max, figure.unit) == (span, value, None, unit)


@pytest.mark.parametrize(
    ("text", "span", "low", "high"),
    [
        ("Hỗ trợ 50 - 200 triệu/căn", "50 - 200 triệu", 50_000_000, 200_000_000),
        ("Phạt từ 3 đến 5 triệu đồng", "3 đến 5 triệu đồng", 3_000_000, 5_000_000),
        ("Từ 1,5 tỷ đến 2 tỷ đồng", "1,5 tỷ đến 2 tỷ đồng", 1_500_000_000, 2_000_000_000),
        ("Rộng 40-48 mét vuông", "40-48", 40, 48),
        ("Tăng từ 15 đến 20%", "15 đến 20%", 15, 20),
        ("Đề án 3 - 5 tỷ đồng", "3 - 5 tỷ đồng", 3 * 10**9, 5 * 10**9),
    ],
)
def test_a_range_is_one_figure(text: str, span: str, low: int, high: int) -> None:
    figure = the_one(text)
    assert (figure.text, figure.value, figure.value_max) == (span, low, high)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("lần lượt 3,2; 4,1 và 5 tỷ đồng", [3_200_000_000, 4_100_000_000, 5_000_000_000]),
        ("tăng từ 45,2 lên 62 triệu đồng/người", [45_200_000, 62_000_000]),
        ("tăng từ 30 triệu đồng đến 50 triệu đồng", [30_000_000, 50_000_000]),
        ("giảm từ 412 hộ xuống 297", [412, 297]),
        ("Tổng vốn (tỷ đồng): 3,2; 4,1 và 5", [3_200_000_000, 4_100_000_000, 5_000_000_000]),
        (
            "tổng 151,7 tỷ: tỉnh 16,9; huyện 32,6; xã 102,2",
            [151_700_000_000, 16_900_000_000, 32_600_000_000, 102_200_000_000],
        ),
        ("10, 15 và 20 căn", [10, 15, 20]),
    ],
)
def test_numbers_beside_each_other_share_scale_and_unit(text: str, values: list[int]) -> None:
    figures = read(text)
    assert [figure.value for figure in figures] == values
    assert len({figure.unit for figure in figures}) == 1


@pytest.mark.parametrize(
    ("text", "value", "whole", "unit"),
    [
        ("10/17 xã đạt chuẩn", 10, 17, "xã"),
        ("đạt 19/19 tiêu chí", 19, 19, "tiêu chí"),
        ("có 3/5 tuyến xong", 3, 5, "tuyến"),
    ],
)
def test_so_many_of_so_many(text: str, value: int, whole: int, unit: str) -> None:
    figure = the_one(text)
    assert (figure.value, figure.of, figure.unit) == (value, whole, unit)


def test_a_share_of_a_whole_is_a_ratio() -> None:
    figure = the_one("Khoảng 1/3 diện tích đã có mã số")
    assert (figure.value, figure.of, figure.unit, figure.qualifier) == (Fraction(1, 3), None, "", Qualifier.ABOUT)
    assert figure.as_json()["value"] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("thu 18 tỷ", "exact"),
        ("thu trên 18 tỷ", "over"),
        ("thu hơn 18 tỷ", "over"),
        ("ít nhất 18 hộ", "over"),
        ("từ 18 hộ trở lên", "over"),
        ("gần 18 tỷ", "nearly"),
        ("khoảng 18 tỷ", "about"),
        ("xấp xỉ 18 tỷ", "about"),
        ("ước đạt 18 tỷ", "about"),
        ("ước cả năm thực hiện 18 tỷ", "about"),
        ("dưới 18 tỷ", "under"),
        ("chưa đến 18 tỷ", "under"),
        ("không quá 18 tỷ", "under"),
        ("không dưới 18 tỷ", "over"),
        ("hương ước của 18 hộ", "exact"),
        ("cao hơn 18% so với cùng kỳ", "exact"),
        ("triển khai trên 3 lĩnh vực", "exact"),
    ],
)
def test_the_words_beside_a_figure_hedge_it(text: str, qualifier: str) -> None:
    assert the_one(text).qualifier == qualifier


@pytest.mark.parametrize(
    "text",
    [
        "ngày 30/5, 13-12-2019, 5.6.2023, ngày 13 tháng 12 năm 2019, tháng 5/2023, quý II/2023",
        "Sáng 30/5 và chiều 2-9, từ 17/10 đến 18/11, ngày 10 - 12/5, các ngày 3, 5 và 7",
        "năm 2021, 2022 và 2023; giai đoạn 2020 - 2025; năm học 2023-2024; cuối 2022; (2019)",
        "lúc 7 giờ 30, 7h30, 15:40 và 07g15, trong 5 năm, sau 3 tháng, hạn 30 ngày",
        "Nghị định 15/2023/NĐ-CP, số 500/CTPH-UBND-MTTQ, Chỉ thị 05-CT/TW, Nghị quyết 16, TCVN 11930:2017",
        "khoản 2 Điều 14, Điều 5, 6 và 7, Phụ lục 3, Bảng 1, Mẫu số 02, Chương 4",
        "điện thoại 0277.3851.431, 0907 123 456, tài khoản 7100201001234, biển số 66P1-234.56",
        "số 12 đường 30/4, Quốc lộ 30, khóm 3, ấp 4, 5 và 6, Phường 11, hẻm 45/2, Km34+200",
        "65 tuổi, từ 18 đến 60 tuổi, tuổi 18, Huy hiệu 30, 40, 50 năm tuổi Đảng, lớp 9A2",
        "lần thứ XIII, lần thứ 3, thứ 5/63 tỉnh, khóa 12, kỳ họp thứ 10, đợt 2, vòng 1, hạng 3",
        "COVID-19, cách mạng 4.0, G7, H5N1, iPhone 15, xe VF 8, Trung đoàn 320, vitamin B12",
        "mô hình “3 không”, “5 không 3 sạch”, “4 tại chỗ”, “3 giảm 3 tăng”, 5 trong 1",
        "một số hộ, hai bên, một trong những, ba cấp hội, chú Ba, thứ hai, tháng Tám, hàng chục hộ, vài trăm hộ",
        "https://vidu.gov.vn/2023/12 và to12@vidu.vn, mở 24/7, tỷ lệ bản đồ 1/2.000",
        "1. Kết quả\n2.1. Vận động\n3) Tồn tại\n(4) Khác\n12\n",
    ],
)
def test_what_only_looks_like_a_figure_is_left_alone(text: str) -> None:
    assert [figure.text for figure in read(text)] == []


def test_noun_period_and_sentence_stand_beside() -> None:
    text = "Báo cáo. Trong 6 tháng đầu năm 2023, xã xây 13 cây cầu nông thôn. Tỷ lệ hộ nghèo đến cuối năm 2022 còn 1%."
    bridges, rate = read(text)
    assert (bridges.noun, bridges.unit, bridges.period) == ("cầu nông thôn", "cây cầu", "2023H1")
    assert bridges.sentence == "Trong 6 tháng đầu năm 2023, xã xây 13 cây cầu nông thôn."
    assert (rate.noun, rate.period) == ("hộ nghèo", "2022")
    assert the_one("Từ năm 2020 đến nay, xã vận động 58,1 tỷ đồng.").period is None


def test_cells_of_a_table_count_what_their_column_says() -> None:
    rows = "STT\tĐơn vị\tSố hộ\tSố tiền (triệu đồng)\n1\tPhường 1\t25\t125,5\n2\tXã Tân Thuận\t30\t150\nTổng cộng\t\t55\t275,5\n"
    figures = read(f"Kết quả\n{rows}\nHết.")
    assert [(figure.value, figure.unit) for figure in figures] == [
        (25, "hộ"),
        (125_500_000, "VND"),
        (30, "hộ"),
        (150_000_000, "VND"),
        (55, "hộ"),
        (275_500_000, "VND"),
    ]
