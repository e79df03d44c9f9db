"""What people do on the screens, in the system's Chromium: a return's whole road, a workbook, a figure down to its cell."""

import re

import openpyxl
import pypdfium2
import pytest

pytestmark = pytest.mark.browser
REVIEWED = "2020-01..2023-05"


def test_a_return_that_came_back_goes_its_whole_road_to_the_total(person):
    clerk = person("hoa-an.canbo")
    clerk.sees("Trả lại 2 ô")
    clerk.follow("Sửa và gửi lại")
    assert "Danh sách ký nhận mới có một phần" in clerk.text()
    gifts = clerk.page.locator('[name="value:support.packages:gift"]')
    was = gifts.input_value()
    gifts.fill("31")
    gifts.press("Tab")
    why = clerk.page.locator('[name="explain:support.packages:gift"]')  # the register of cases says otherwise
    why.wait_for()
    why.fill("Sổ chưa ghi hai suất trao cuối tháng.")
    clerk.page.locator('[name="reply:support.packages:gift"]').fill("Đã bổ sung danh sách đủ 31 suất.")
    clerk.page.locator('[name="reply:fund.raised:in_kind"]').fill("Đã có bảng giá của hai mặt hàng.")
    clerk.press("Gửi lãnh đạo ký")
    clerk.sees("Chờ ký")
    clerk.leave()

    leader = person("hoa-an.lanhdao")
    leader.page.locator("main a[href*='/bao-cao/']", has_text=re.compile("ký", re.IGNORECASE)).first.click()
    leader.rest()
    leader.press(re.compile("^Ký và gửi lên"))
    leader.leave()

    officer = person("thanhpho.tonghop")
    officer.go("/bao-cao/")
    officer.page.get_by_role("row", name=re.compile("Xã Hòa An")).get_by_role("link").first.click()
    officer.rest()
    shown = officer.text()
    assert "Đã bổ sung danh sách đủ 31 suất." in shown, "the officer reads the answers"
    assert was in shown and "31" in shown, "and what changed, old and new"
    officer.press("Duyệt báo cáo")
    officer.go("/bao-cao/")
    row = officer.page.get_by_role("row", name=re.compile("Xã Hòa An")).get_by_role("link").first
    assert "Đã duyệt" in row.inner_text() or row.get_attribute("data-state") == "approved"
    officer.leave()


def test_an_officer_sends_cells_back_with_reasons_and_the_clerk_sees_exactly_those(person):
    officer = person("thanhpho.tonghop")
    officer.go("/bao-cao/")
    officer.page.get_by_role("row", name=re.compile("Phường 4")).get_by_role("link").first.click()
    officer.rest()
    row = officer.page.get_by_role("row", name=re.compile("Nhà xây mới"))
    row.get_by_role("checkbox").check()
    row.get_by_role("textbox").fill("Căn này đã báo cáo ở tháng 5. Hãy kiểm tra lại.")
    officer.press("Trả lại các ô đã đánh dấu")
    officer.leave()

    clerk = person("phuong-4.canbo", width=390)
    clerk.sees("Trả lại 1 ô")
    clerk.follow(re.compile("Sửa và gửi lại"))
    assert "Căn này đã báo cáo ở tháng 5." in clerk.text()
    assert clerk.page.locator('[data-state="returned"][data-key]').count() == 1
    clerk.leave()


def test_a_workbook_is_downloaded_filled_previewed_and_taken_in_and_a_bad_one_is_not(person, tmp_path):
    clerk = person("my-tan.canbo")
    clerk.page.locator(".tasks").get_by_role("link").first.click()
    clerk.rest()
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("link", name="Tải biểu").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    book = openpyxl.load_workbook(path)
    book.active["F10"] = "nhiều tiền"
    bad = tmp_path / "sai.xlsx"
    book.save(bad)
    clerk.follow("Nộp tệp")
    clerk.page.locator("input[type=file]").set_input_files(bad)
    clerk.press("Xem trước tệp này")
    shown = clerk.text()
    assert "F10" in shown and "nhiều tiền" in shown, "the problem names the cell and what stands there"
    assert clerk.page.get_by_role("button", name=re.compile("^Nhận")).count() == 0
    clerk.follow("Nộp tệp khác")
    book.active["F10"] = 55_000_000
    good = tmp_path / "đúng.xlsx"
    book.save(good)
    clerk.page.locator("input[type=file]").set_input_files(good)
    clerk.press("Xem trước tệp này")
    assert "55.000.000" in clerk.text()
    clerk.press(re.compile("^Nhận 1 ô"))
    assert clerk.page.locator('[name="value:fund.raised:cash"]').input_value() == "55.000.000"
    clerk.leave()


@pytest.mark.parametrize(
    ("label", "number", "unit", "source", "words"),
    [
        ("Nhà đại đoàn kết", "400", "Xã Mỹ Tân", "/ho-tro/", "Ảnh công trình, buổi trao"),
        ("Tỷ lệ hộ nghèo", "1,0", "Xã Mỹ Tân", "/bao-cao/", "Hộ nghèo"),
    ],
)
def test_a_leader_walks_from_a_headline_figure_down_to_a_house_or_the_cell_of_a_return(
    person, label, number, unit, source, words
):
    leader = person("thanhpho.lanhdao")
    leader.go(f"/chuong-trinh/500/?ky={REVIEWED}")
    figure = leader.page.locator("article.figure", has_text=label)
    assert "15/15 đơn vị" in figure.inner_text()
    figure.get_by_role("link", name=number).click()
    leader.rest()
    assert number in leader.page.locator("h1").inner_text()
    leader.page.locator(".bars").get_by_role("link", name=re.compile(unit)).click()
    leader.rest()
    leader.page.locator(f"main a[href*='{source}']:not([href*='?'])").first.click()
    leader.rest()
    assert re.search(source, leader.page.url)
    assert words in leader.text()
    leader.leave()


def headline(somebody, label):
    shown = somebody.page.locator("article.figure", has_text=label).locator(".figure__number").inner_text()
    return int(re.match(r"[\d.]+", shown)[0].replace(".", ""))


def test_a_figure_can_be_seen_as_known_on_an_earlier_day(person):
    leader = person("thanhpho.lanhdao")
    leader.go("/chuong-trinh/500/?ky=2022")
    now = headline(leader, "Nhà đại đoàn kết")
    leader.go("/chuong-trinh/500/?ky=2022&biet=2023-05-19")
    assert headline(leader, "Nhà đại đoàn kết") == now + 1
    leader.sees(re.compile("[Nn]hư đã biết"))
    leader.leave()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_published_review_stays_as_it_was_and_one_click_tells_what_has_changed(person, width):
    leader = person("thanhpho.lanhdao", width)
    leader.go("/so-ket/")
    leader.page.locator("main a[href*='/so-ket/']", has_text="Chương trình").last.click()
    leader.rest()
    leader.page.get_by_role("link", name="Ban hành").first.click()
    leader.rest()
    assert "Chưa có số liệu của Phường Hòa Thuận" in leader.text(), "what it lacked is said for ever"
    leader.follow("Từ đó đến nay đã đổi gì")
    shown = leader.text().replace("\u00a0", " ")
    assert "lập lại được nguyên vẹn" in shown, "built again it is the same"
    assert "155 căn" in shown and "154 căn" in shown, "the house that was taken off in May"
    assert leader.page.evaluate("document.documentElement.scrollWidth") == width
    leader.leave()


def test_an_officer_edits_the_report_and_the_figures_stay_references(person, tmp_path):
    officer = person("thanhpho.tonghop")
    officer.go("/so-ket/")
    officer.page.locator("main a[href*='/so-ket/']", has_text="Chương trình").first.click()
    officer.rest()
    officer.page.locator("main").get_by_role("link", name=re.compile("^Sửa đoạn")).first.click()
    words = officer.page.locator("textarea").first
    words.wait_for()
    before = words.input_value()
    words.fill(before + " Thành phố đã vận động thêm 45 tỷ đồng.")
    officer.press("Ghi đoạn này")
    officer.sees(re.compile("45"))
    refused = officer.text()
    assert "45 tỷ" in refused or "“45" in refused, "the sentence shows which digits have no source"
    officer.page.locator("textarea").first.fill(before.replace("như sau:", "cụ thể như sau:"))
    officer.press("Ghi đoạn này")
    officer.sees("cụ thể như sau:")
    with officer.page.expect_download() as download:
        officer.page.get_by_role("link", name="PDF").first.click()
    path = tmp_path / "bao-cao.pdf"
    download.value.save_as(path)
    pages = pypdfium2.PdfDocument(path)
    text = " ".join(pages[i].get_textpage().get_text_bounded() for i in range(len(pages)))
    assert "cụ thể như sau" in " ".join(text.split())
    assert "45 tỷ" not in text
    officer.page.close()


PAGES = (
    "/ban-lam-viec/",
    "/chuong-trinh/",
    "/chuong-trinh/500/",
    "/chuong-trinh/500/chi-tieu/",
    "/bao-cao/",
    "/con-so/",
    "/tro-giup/",
    "/tai-khoan/",
    "/ui/",
)


def test_no_page_of_a_review_or_a_trace_scrolls_sideways_on_a_phone(person):
    officer = person("thanhpho.tonghop", width=390)
    officer.go("/so-ket/")
    review = officer.page.locator("main a[href*='/so-ket/']", has_text="Chương trình").first.get_attribute("href")
    officer.go(review)
    trace = officer.page.locator("main a[href*='/con-so/']").first.get_attribute("href")
    for path in (review, f"{review}ban-in/", f"{review}phan-dau/", "/so-ket/lap/", trace):
        officer.go(path)
        assert officer.page.evaluate("document.documentElement.scrollWidth") <= 390, path
    officer.leave()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("username", ["hoa-an.canbo", "thanhpho.tonghop", "tinh.kiemtoan"])
def test_no_page_scrolls_sideways_or_complains(person, username, width):
    somebody = person(username, width)
    for path in PAGES:
        somebody.go(path)
        assert somebody.page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert somebody.page.locator("h1").count() == 1, path
    somebody.leave()
