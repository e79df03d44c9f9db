"""The scripts in the system's Chromium, under the real headers: what is typed, saved, opened and printed."""

from collections.abc import Iterator
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page

from chungtay.web.tests import pages
from tests.browser import Rest

pytestmark = pytest.mark.browser


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Quiet) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def page(address: str, chromium: Browser) -> Iterator[Page]:
    pages.received.clear()
    context = chromium.new_context(base_url=address)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda answer: complaints.append(answer.url) if answer.status == 404 else None)
    yield page
    context.close()
    expected = ("net::ERR_INTERNET_DISCONNECTED", "409 (Conflict)")
    assert [text for text in complaints if not any(known in text for known in expected)] == []


def visit(page: Page, path: str) -> None:
    rest = Rest(page)
    page.goto(path)
    rest.wait()


def wait_for(page: Page, text: str) -> None:
    page.locator("[data-autosave-status]", has_text=text).wait_for(timeout=20_000)


def test_the_kit_breaks_no_rule_of_its_headers_and_fits_a_phone(page: Page):
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        visit(page, "/ui/")
        assert page.evaluate("document.documentElement.scrollWidth") == width
    families = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert {family.strip('"') for family in families} == {"Be Vietnam Pro", "Inter"}
    drawn = page.evaluate("document.querySelector('.badge .icon').getBBox().width")
    assert drawn > 0, "the icon of the sprite is drawn"


def test_enter_and_arrows_walk_down_and_up_the_boxes(page: Page):
    visit(page, "/nhap/")
    page.focus("#a")
    assert page.evaluate("getSelection().toString()") == "7"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "b"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == "c"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "b"
    assert page.url.endswith("/nhap/"), "Enter sends nothing"


@pytest.mark.parametrize(
    ("box", "typed", "shown"),
    [
        ("#b", "22047", "22.047"),
        ("#b", "1.240", "1.240"),
        ("#b", "25.000.000.00", "25.000.000.00"),
        ("#b", "1.5", "1.5"),
        ("#b", "12,5", "12,5"),
        ("#b", "0", "0"),
        ("#c", "1234,50", "1.234,50"),
    ],
)
def test_a_plain_number_gets_its_dots_and_a_doubtful_one_stays(page: Page, box: str, typed: str, shown: str):
    visit(page, "/nhap/")
    page.fill(box, typed)
    page.locator(box).blur()
    assert page.input_value(box) == shown


def test_a_column_of_a_sheet_fills_downwards(page: Page):
    visit(page, "/nhap/")
    page.focus("#a")
    page.evaluate(
        """() => { const data = new DataTransfer(); data.setData("text", "142350000\\tđồng\\n3\\n5,5\\n");
        document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})) }"""
    )
    assert [page.input_value(box) for box in ("#a", "#b", "#c")] == ["142.350.000", "3", "5,5"]


def test_what_is_typed_is_saved_and_the_copy_on_the_computer_goes_away(page: Page):
    visit(page, "/nhap/")
    page.fill("#b", "22047")
    wait_for(page, "Đã lưu lúc 08:41 · còn 1 ô trống")
    assert pages.received[-1] == {"revision": "1", "a": "7", "b": "22047", "c": "", "header": "1"}
    assert page.input_value("[name=revision]") == "2"
    assert page.evaluate("Object.keys(localStorage)") == []


def test_without_network_the_numbers_stay_on_the_computer_and_go_up_when_it_returns(page: Page):
    visit(page, "/nhap/")
    page.context.set_offline(True)
    page.fill("#b", "5")
    wait_for(page, "Chưa lưu được vì mất mạng. Số bạn nhập vẫn còn trên máy này.")
    assert page.evaluate("Object.keys(localStorage).length") == 1
    page.context.set_offline(False)
    wait_for(page, "Đã lưu lúc 08:41")
    assert pages.received[-1]["b"] == "5"


def test_numbers_left_behind_are_offered_and_not_put_back_silently(page: Page):
    visit(page, "/nhap/")
    context = page.context
    context.set_offline(True)
    page.fill("#b", "5")
    wait_for(page, "mất mạng")
    page.close()  # a page that is only left may still hear that the network is back, and save the number itself
    context.set_offline(False)
    again = context.new_page()
    visit(again, "/nhap/")
    assert again.input_value("#b") == ""
    again.get_by_role("button", name="Lấy lại số đã nhập").click()
    assert again.input_value("#b") == "5"
    wait_for(again, "Đã lưu lúc 08:41")


def test_a_refusal_of_the_server_is_repeated_in_its_words(page: Page):
    visit(page, "/nhap/")
    page.fill("#a", "13")
    wait_for(page, "Người khác vừa sửa báo cáo này.")
    assert page.evaluate("Object.keys(localStorage).length") == 1


def test_a_dialog_opens_and_closes_without_leaving_the_page(page: Page):
    visit(page, "/nhap/")
    page.get_by_role("button", name="Thu hồi").click()
    assert page.locator("#thu-hoi").evaluate("dialog => dialog.matches(':modal')")
    page.get_by_text("Giữ nguyên").click()
    assert not page.locator("#thu-hoi").evaluate("dialog => dialog.open")
    assert page.url.endswith("/nhap/")


def test_a_dialog_is_readable_without_script(page: Page):
    visit(page, "/nhap/#thu-hoi")
    assert page.locator("#thu-hoi").is_visible()


def test_on_a_phone_all_filters_but_the_first_wait_behind_a_button_that_says_how_many_are_set(page: Page):
    page.set_viewport_size({"width": 390, "height": 800})
    visit(page, "/ui/")
    first, last = page.locator("#loc-bieu"), page.locator("#loc-tt")
    assert first.is_visible()
    assert last.is_hidden()
    page.get_by_role("button", name="Bộ lọc (1 đang dùng)").click()
    assert last.is_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.locator(".toolbar__more").first.is_hidden()
    assert last.is_visible()


def test_paper_shows_what_the_screen_folds(page: Page):
    visit(page, "/nhap/")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details[open]").count() == 1
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
