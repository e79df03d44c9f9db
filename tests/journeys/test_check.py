"""Texts about Programme 500 against the demonstration: what is right is found right, what is wrong is found wrong."""

import json

ASKED = ("--programme", "500", "--area", "866", "--period", "2020-01..2023-05", "--json")
RIGHT = """Kết quả nổi bật của Chương trình phối hợp số 500, ngày 13/12/2019

Hộ nghèo của thành phố đến cuối năm 2022 chỉ còn chiếm 1%.
Kể từ năm 2020, qua các Tháng cao điểm, Mặt trận các cấp vận động được 58,1 tỷ đồng; nhờ đó 400 căn nhà đại đoàn kết, nhà nhân ái,
nhà tình thương được xây mới hoặc sửa chữa, cùng với 13 cây cầu nông thôn. Hơn 22.000 suất học bổng, khám chữa bệnh, quà và hỗ trợ
sản xuất đã đến tay bà con, tổng giá trị trên 8,7 tỷ đồng. Riêng 2021 không phát động Tháng cao điểm vì dịch Covid-19, song Quỹ
các cấp vẫn vận động trên 18,15 tỷ đồng.
Thành phố hiện có 15 Hội quán, quy tụ 886 thành viên; từ đó ra đời 06 HTX.
Dịp sơ kết (30/5), 10 tập thể được tặng giấy khen. Điện thoại liên hệ: 0277 385 1234.
"""
WRONG = """Từ năm 2020 đến nay vận động được 61,3 tỷ đồng chăm lo cho người nghèo. Đã xây dựng, sửa chữa 420 căn nhà đại đoàn kết,
gồm 263 căn xây mới và 137 căn sửa chữa. Xây 12 cây cầu nông thôn. Trao trên 23.000 suất học bổng, quà, hỗ trợ sản xuất.
Tỷ lệ hộ nghèo cuối năm 2022 còn 1,4%. Hội quán thu hút 900 thành viên. Diện tích lúa 4.500 ha.
"""


def checked(demo, tmp_path, text):
    file = tmp_path / "bai.txt"
    file.write_text(text, encoding="utf-8")
    return json.loads(demo.run("check", str(file), *ASKED).stdout)


def test_every_figure_of_a_true_article_agrees_and_opens(demo, tmp_path):
    said = checked(demo, tmp_path, RIGHT)
    assert [f["verdict"] for f in said["figures"]] == ["agrees"] * 11
    assert [f["account"]["indicator"] for f in said["figures"]] == [
        "poverty.rate",
        "fund.raised",
        "support.houses",
        "support.bridges",
        "support.packages",
        "support.package_value",
        "fund.raised",
        "groups.hoi_quan",
        "groups.hoi_quan_members",
        "groups.htx_from_hoi_quan",
        "awards.collectives",
    ]
    assert all(f["account"]["trace"] for f in said["figures"])


def test_it_is_asked_whether_the_year_is_inside_the_total(demo, tmp_path):
    open_text = RIGHT.replace("Riêng 2021", "Năm 2021")
    notes = checked(demo, tmp_path, open_text)["notes"]
    assert [note["kind"] for note in notes] == ["inclusion"]
    assert "18,15 tỷ đồng" in notes[0]["sentence"]
    assert "đã gồm cả năm 2021" in notes[0]["sentence"]


def test_wrong_figures_are_found_with_their_difference(demo, tmp_path):
    said = checked(demo, tmp_path, WRONG)
    found = {f["text"]: (f["verdict"], f["difference"]) for f in said["figures"]}
    assert found == {
        "61,3 tỷ đồng": ("differs", 3_200_000_000),
        "420": ("differs", 20),
        "263": ("agrees", 0),
        "137": ("agrees", 0),
        "12": ("differs", -1),
        "23.000": ("differs", 953),
        "1,4%": ("differs", 0.4),
        "900": ("differs", 14),
        "4.500": ("no_source", None),
    }
    assert [note["kind"] for note in said["notes"]] == ["sum"]
