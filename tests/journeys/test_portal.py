"""A visitor reads the news, opens a figure, looks up money, on a screen and on a phone; and nothing of it needs a script or an account."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import Rest

PAGES = (
    "/",
    "/tin-tuc/",
    "/tin-tuc/so-ket-chuong-trinh-phoi-hop-so-500/",
    "/tin-tuc/mot-con-so-duoc-sua-nhu-the-nao/",
    "/cong-khai/chuong-trinh/",
    "/cong-khai/chuong-trinh/500/",
    "/cong-khai/quy/",
    "/cong-khai/van-dong/",
    "/cong-khai/tra-cuu/?q=ung+ho",
    "/cong-khai/cong-dong/",
    "/cong-khai/kien-nghi/",
    "/cong-khai/khen-thuong/",
    "/cong-khai/tim/?q=nha+dai+doan+ket",
    "/cong-khai/tro-giup/tiep-can/",
    "/data/",
    "/data/figures/",
    "/data/ban/1/",
)
MOST_BYTES = 150_000  # of a first visit, pictures aside
MOST_REQUESTS = 20


@pytest.fixture
def visitor(chromium, site):
    """Open a page as somebody without an account: visitor(width)."""
    opened = []

    def open_(width=1280, **more):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **more)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.complaints = []
        page.on("console", lambda m: page.complaints.append(m.text) if m.type in ("error", "warning") else None)
        opened.append(context)
        return page

    yield open_
    for context in opened:
        context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_every_public_page_fits_its_screen_and_bars_nobody(visitor, site, width):
    page = visitor(width)
    barred = {}
    for path in PAGES:
        page.goto(site + path)
        Rest(page).wait()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.locator("h1").count() == 1, path
        for one in Axe().run(page).response["violations"]:
            barred[path, one["id"]] = [node["target"] for node in one["nodes"]][:3]
    assert barred == {}
    assert page.complaints == []


def test_an_article_opens_to_the_units_and_goes_no_further(visitor, site):
    page = visitor(390, java_script_enabled=False)
    page.goto(f"{site}/")
    page.get_by_role("link", name=re.compile("^Sơ kết Chương trình")).first.click()
    page.locator("a.live", has_text="400").click()
    rows = page.locator("main tbody tr")
    assert rows.count() == 15
    numbers = [int(cell.replace(".", "")) for cell in page.locator("main tbody td.num").all_inner_texts()]
    assert sum(numbers) == 400
    page.get_by_role("link", name="Cán bộ: mở đến chứng từ").click()
    assert page.url.startswith(f"{site}/dang-nhap/"), "vouchers are for those who answer for them"


def test_a_corrected_figure_is_said_with_both_values(visitor, site):
    page = visitor()
    page.goto(f"{site}/tin-tuc/mot-con-so-duoc-sua-nhu-the-nao/")
    said = page.locator(".alert").inner_text().replace("\u00a0", " ")
    assert "155 căn" in said and "154 căn" in said
    assert "155 căn" in page.locator(".lead").inner_text().replace("\u00a0", " "), "no word changed by itself"


def test_a_giver_finds_a_line_without_marks_and_checks_its_file(visitor, site):
    page = visitor(390)
    page.goto(f"{site}/cong-khai/tra-cuu/")
    page.get_by_label("Tên, lời ghi, mã giao dịch").fill("ỦNG HỘ quỹ")
    page.get_by_role("button", name="Tìm trong mọi ngày").click()
    page.locator("main tbody th a").first.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tệp CSV của ngày").click()
    import hashlib
    from pathlib import Path

    digest = hashlib.sha256(Path(download.value.path()).read_bytes()).hexdigest()
    assert digest in page.locator(".hash").all_inner_texts()


def test_a_first_visit_is_light_and_nothing_jumps(visitor, site):
    page, taken, asked = visitor(390), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfinished", lambda request: taken.append(request) if request.resource_type != "image" else None)
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) window.moved += entry.value; })"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(f"{site}/tin-tuc/so-ket-chuong-trinh-phoi-hop-so-500/")
    Rest(page).wait()
    assert [url for url in asked if not url.startswith(site)] == [], "no other address is asked"
    sizes = {request.url: request.sizes()["responseBodySize"] for request in taken}
    assert sum(sizes.values()) <= MOST_BYTES, sorted(sizes.items(), key=lambda one: -one[1])[:6]
    assert len(asked) <= MOST_REQUESTS, asked
    assert page.evaluate("window.moved") < 0.1


def test_an_editor_works_in_the_editors_pages(person):
    """Wagtail's pages open under our content policy and say nothing on the console; the writer is not offered to publish."""
    editor = person("thanhpho.bientap")
    editor.page.goto(editor.site + "/bien-tap/pages/search/?q=Sơ kết")
    editor.page.locator("main a[href*='/edit/']").first.click()
    title = editor.page.locator("#id_title")
    title.wait_for()
    assert "Chương trình phối hợp" in title.input_value()
    editor.page.locator("#id_figures-0-key").first.wait_for()
    assert editor.page.locator("button[name='action-publish']").count() == 0
    editor.leave()
