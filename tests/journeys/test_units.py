"""The administrator records a merge on the screens: figures before and after, the record, and the new unit's history."""

import re

import pytest

from tests.journeys.people import Person

pytestmark = pytest.mark.browser
BASIS = "Nghị quyết số 99/NQ-UBTVQH15 (giả định)"
DAY = "01/01/2027"


def numbers(cell):
    """Return the figures that stand in a cell, unit by unit."""
    return [int(text.replace(".", "")) for text in re.findall(r": ([\d.]+)\s", cell.inner_text())]


def test_two_communes_are_merged_on_the_screens_and_the_figures_add_up(chromium, site_of_july):
    admin = Person(chromium, site_of_july, "tinh.quantri")
    page = admin.page
    admin.follow("Đơn vị")
    admin.follow("Ghi một lần sắp xếp")
    page.get_by_label("Có hiệu lực từ ngày").fill(DAY)
    page.get_by_label("Căn cứ").fill(BASIS)
    admin.press("Tiếp: chọn đơn vị")
    for name in ("Phường Mỹ Ngãi", "Phường Mỹ Trà"):
        page.locator("main").get_by_role("searchbox").fill(name)
        admin.press("Tìm", exact=True)
        admin.press(f"Thêm {name}", exact=True)
    admin.press("Tiếp: đơn vị mới")
    page.get_by_label("Tên đầy đủ").fill("Phường Sen Hồng")
    page.get_by_label("Mã", exact=True).fill("29999")
    admin.press("Xem trước")

    rows = page.locator("table.effect tbody tr")
    added = [
        (numbers(rows.nth(at).get_by_role("cell").nth(0)), numbers(rows.nth(at).get_by_role("cell").nth(1)))
        for at in range(rows.count())
        if "%" not in rows.nth(at).inner_text()
    ]
    whole = [(before, after) for before, after in added if len(before) == 2]
    assert whole, "both communes have approved figures"
    assert all(sum(before) == after[0] for before, after in whole)
    assert "Không đổi" in admin.text()

    page.get_by_label("Tôi đã đối chiếu với văn bản").check()
    admin.press("Ghi vào bản đồ")
    admin.sees("Đã ghi vào bản đồ.")
    admin.sees("2 đơn vị kết thúc, 1 đơn vị lập mới")
    admin.follow("Phường Sen Hồng")
    assert "Lập từ Phường Mỹ Ngãi và Phường Mỹ Trà" in admin.text()
    page.go_back()
    admin.follow("Đính chính")
    assert page.get_by_label("Căn cứ").input_value() == BASIS
    admin.leave()

    clerk = Person(chromium, site_of_july, "hoa-an.canbo", width=390)
    clerk.go("/dia-ban/29999/")
    assert clerk.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert clerk.page.get_by_role("link", name="Ghi một lần sắp xếp").count() == 0
    clerk.leave()
