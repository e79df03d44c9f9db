"""The system's Chromium for every test that needs a real browser. A machine without it is told what to install."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

LOOK_EVERY, RESTS = 25, 3  # milliseconds; so many looks in a row at which nothing is asked


class Rest:
    """Waits until a page rests. Playwright's own wait for that takes half a second of silence, page after page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._asked: set[Request] = set()
        page.on("request", lambda request: self._asked.add(request))
        page.on("requestfinished", lambda request: self._asked.discard(request))
        page.on("requestfailed", lambda request: self._asked.discard(request))

    def wait(self, limit: float = 20.0) -> None:
        """Return when the page has loaded and waits for no answer; AssertionError after some seconds."""
        self._page.wait_for_load_state("load")
        self._page.locator("html:not([data-starts])").wait_for(state="attached")  # its scripts have begun
        until, rests = time.monotonic() + limit, 0
        while rests < RESTS:
            assert time.monotonic() < until, [request.url for request in self._asked]
            self._page.wait_for_timeout(LOOK_EVERY)
            rests = 0 if self._asked else rests + 1


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a worker; skipped without Chromium, but in CI that is a failure."""
    if not Path(CHROMIUM).exists():
        reason = "Chromium is missing: install Debian's package chromium to run the tests in a browser"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
