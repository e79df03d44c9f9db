"""Supervision in a browser: a citizen tells something and follows it by its code, and an answer that waited is signed."""

import json
import re

import pytest

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.browser]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_citizen_without_an_account_is_read_by_the_front_and_follows_by_code(chromium, site, person, width):
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{site}/phan-anh/")
    page.get_by_label("Xảy ra ở xã, phường").select_option(label="Xã Hòa An")
    told = f"Cây ngã chắn đường vào ấp, màn hình {width}"
    page.get_by_label("Bạn muốn phản ánh điều gì?").fill(told)
    page.get_by_label("Điện thoại").fill("0900 000 009")
    page.get_by_role("button", name="Gửi phản ánh").click()
    code = page.locator(".sup-code").inner_text()
    assert re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", code)
    page.get_by_role("link", name="Tra cứu", exact=True).click()
    page.get_by_label("Mã tra cứu").fill(code)
    page.get_by_role("button", name="Tra cứu").click()
    page.get_by_text("Mới tiếp nhận").wait_for()
    assert code not in page.url
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()
    front = person("hoa-an.mattran", width)
    front.follow("Kiểm duyệt")
    front.follow(told)
    assert "0900" not in front.text()
    front.page.get_by_label("Cơ quan trả lời").select_option(label="Ủy ban nhân dân xã Hòa An")
    front.press("Chuyển cơ quan trả lời")
    front.sees("Đã chuyển.")
    assert front.page.evaluate("document.documentElement.scrollWidth") == width
    front.leave()


def test_an_answer_that_waited_is_signed_and_the_front_accepts_it(person):
    leader = person("hoa-an.lanhdao")
    leader.page.locator("li, article").filter(has_text="Dự thảo trả lời chờ ký").get_by_role("link").last.click()
    leader.rest()
    leader.press("Ký trả lời")
    leader.sees("Đã ký trả lời.")
    leader.leave()
    front = person("thanhpho.mattran", 390)
    front.go("/giam-sat/?tinh_trang=late")
    assert "Quá hạn 52 ngày" in front.text()
    front.go("/giam-sat/?q=bo+sung+phieu")
    front.follow("Bổ sung phiếu")
    front.press("Chấp nhận trả lời")
    front.sees("Đã chấp nhận trả lời.")
    assert front.page.evaluate("document.documentElement.scrollWidth") == 390
    front.leave()


def test_figures_by_level_open_to_the_very_visits(demo, person):
    front = person("thanhpho.mattran", 390)
    front.go("/giam-sat/so-lieu/")
    city = front.page.get_by_role("row").filter(has_text="cả cấp này và cấp dưới").get_by_role("link").first
    address, said = city.get_attribute("href"), int(city.inner_text())
    trace = json.loads(demo.run("trace", address.strip("/").rpartition("/")[2], "--json").stdout)
    parts = [part for fact in trace["facts"] for part in fact["parts"]]
    assert said == sum(part["value"] for part in parts) == 7, "three of teams, four of the boards of Hòa An"
    assert all(part["url"].startswith("/giam-sat/") for part in parts)
    city.click()
    front.rest()
    front.sees("Cầu ấp Hòa Lợi")
    front.leave()
