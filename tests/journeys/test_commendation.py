"""The ten collectives of the demonstration: out of scores, a secret vote and a decision; a paper in somebody's hand is checked."""

import re
import sqlite3

import docx
import pypdfium2
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]
REVIEWED = "2020-01..2023-05"


def read(demo, query, *values):
    with sqlite3.connect(demo.data / "chungtay.sqlite3") as db:
        return db.execute(query, values).fetchall()


def test_ten_collectives_came_out_of_scores_a_vote_and_a_decision(demo):
    """Each certificate names a sheet that was published, carried by the vote, and one of the first five of its block."""
    rows = read(
        demo,
        "SELECT a.name, r.place, v.is_carried, b.amount, b.number FROM emulation_bookentry b JOIN emulation_award a ON a.id = b.award_id"
        " JOIN emulation_result r ON r.sheet_id = a.sheet_id JOIN emulation_voteresult v ON v.sheet_id = a.sheet_id"
        " WHERE b.replaces_id IS NULL ORDER BY b.number",
    )
    assert len(rows) == 10
    assert all(place <= 5 and carried and amount == 900_000 for _, place, carried, amount, _ in rows)
    assert [number for *_, number in rows] == list(range(1, 11))
    word = docx.Document(next(demo.out.glob(f"*{REVIEWED}.docx")))
    (annex,) = [table for table in word.tables if "Hình thức khen, thành tích" in table.rows[0].cells[-1].text]
    assert [row.cells[1].text for row in annex.rows[1:]] == [name for name, *_ in rows], "the report lists whom it was"
    assert all("418/QĐ-UBND" in row.cells[2].text for row in annex.rows[1:])


@pytest.mark.parametrize("width", [1280, 390])
def test_a_certificate_is_printed_and_anybody_checks_it(person, chromium, demo, width):
    officer = person("thanhpho.tonghop", width)
    officer.go("/thi-dua/quyet-dinh/")
    officer.follow("Quyết định số 418/QĐ-UBND")
    assert "0,6 × 1.490.000 = 894.000 đồng" in officer.text()
    assert "chưa kiểm chứng" in officer.text()
    address = officer.page.get_by_role("link", name=re.compile("giấy khen \\(PDF\\)")).get_attribute("href")
    document = pypdfium2.PdfDocument(officer.page.request.get(officer.site + address).body())
    said = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert len(said) == 10, "of eleven lines of the book one was replaced"
    officer.leave()
    replaced, new = (
        code for (code,) in read(demo, "SELECT code FROM emulation_bookentry WHERE number > 9 ORDER BY number")
    )
    visitor = chromium.new_page(viewport={"width": width, "height": 900})
    for code, words in (
        (new, "đang có giá trị"),
        (replaced, "đã được thay bằng bản khác"),
        ("234567ABCDEF", "Không có giấy khen"),
    ):
        visitor.goto(f"{officer.site}/khen-thuong/kiem-tra/{code}/")
        visitor.get_by_text(words).first.wait_for()
        assert visitor.evaluate("document.documentElement.scrollWidth") == width
    visitor.close()
    assert any(new in page for page in said)
    assert not any(replaced in page for page in said)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_member_of_the_council_votes_in_secret(person, width):
    juror = person({1280: "hoidong.hai", 390: "hoidong.ba"}[width], width)
    juror.follow("Bỏ phiếu")
    candidates = juror.page.get_by_label("Đồng ý", exact=True).count()
    juror.page.get_by_role("link", name="Tôi có liên quan").first.click()
    juror.page.get_by_label("Vì sao bạn không bỏ phiếu").fill("Em ruột là lãnh đạo đơn vị này")
    assert juror.page.evaluate("document.documentElement.scrollWidth") == width
    juror.press("Ghi, không bỏ phiếu cho đơn vị này")
    juror.sees("Bạn đã khai có liên quan")
    assert juror.page.get_by_label("Đồng ý", exact=True).count() == candidates - 1
    for choice in juror.page.get_by_label("Đồng ý", exact=True).all():
        choice.check()
    assert juror.page.evaluate("document.documentElement.scrollWidth") == width
    juror.press("Bỏ phiếu", exact=True)
    juror.sees("Đã bỏ phiếu")
    juror.leave()


@pytest.mark.parametrize("width", [1280, 390])
def test_an_administrator_decides_anew_who_hears_of_an_answer_that_is_late(person, width):
    admin = person("tinh.quantri", width)
    admin.go("/thong-bao/trinh-tu/")
    assert admin.page.evaluate("document.documentElement.scrollWidth") == width
    admin.follow("Kiến nghị chưa trả lời")
    assert "chưa kiểm chứng" in admin.text()
    admin.page.get_by_label("Lãnh đạo cấp trên của cơ quan đó").fill("15")
    admin.page.get_by_label("Căn cứ").fill(f"Quy chế phối hợp, màn hình {width}")
    admin.page.get_by_label("Vì sao đổi").fill("Thống nhất tại họp giao ban")
    admin.press("Ghi trình tự mới")
    admin.sees("Đã ghi trình tự nhắc.")
    assert "trễ 15 ngày" in admin.text()
    admin.leave()
