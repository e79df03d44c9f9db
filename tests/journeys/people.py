"""Somebody who works in the served demonstration, at a browser of their own."""

import re

from tests.browser import Rest

PASSWORD = "chungtay-500"


class Person:
    """Somebody at a browser of their own; whatever the page complains of is kept in `complaints`."""

    def __init__(self, browser, site, username, width=1280):
        self.page = browser.new_page(viewport={"width": width, "height": 900}, accept_downloads=True)
        self.page.set_default_timeout(10_000)
        self.site, self.complaints, self._rest = site, [], Rest(self.page)
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.go("/dang-nhap/")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        self.page.get_by_label("Mật khẩu", exact=True).press("Enter")
        self.page.wait_for_url(re.compile(r"/$"))

    def go(self, path):
        self.page.goto(self.site + path)
        self.rest()

    def rest(self):
        self._rest.wait()

    def press(self, name, exact=False):
        self.page.get_by_role("button", name=name, exact=exact).first.click()
        self.rest()

    def follow(self, name):
        self.page.get_by_role("link", name=name).first.click()
        self.rest()

    def sees(self, words):
        self.page.get_by_text(words).first.wait_for()

    def text(self):
        return self.page.locator("main").inner_text()

    def leave(self):
        assert self.complaints == []
        self.page.close()
