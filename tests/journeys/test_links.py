"""Every link on every page leads somewhere, for each kind of person, before and after the map has changed under them."""

import re
from collections import Counter, deque
from html import unescape
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from tests.journeys.people import PASSWORD

A_FEW = 3  # links of one shape, which differ in ids and numbers only
HOME = "/ban-lam-viec/"
VISITOR = ""
PEOPLE = (VISITOR, "tinh.kiemtoan", "thanhpho.tonghop", "hoa-an.canbo", "hoa-an.lanhdao", "tinh.quantri")


def signed_in(site, username):
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    with opener.open(f"{site}/dang-nhap/") as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())[1]
    form = {"csrfmiddlewaretoken": token, "username": username, "password": PASSWORD}
    with opener.open(f"{site}/dang-nhap/", urlencode(form).encode()) as page:
        assert page.url == site + HOME
    return opener


def shape(path):
    return re.sub(r"[0-9a-f-]{30,}|[A-Za-z0-9_-]{40,}|\d+", "#", path)


def is_of_everybody(path):
    """Pages that the visitor sees, and Wagtail's own behind the editors' first page, which is asked elsewhere."""
    return path == "/" or path.startswith(("/cong-khai/", "/tin-tuc/", "/data/", "/anh/", "/bien-tap/"))


def broken_links(site, username):
    """Follow links from the first page; return how many pages were seen, and (status, address, page with the link)."""
    opener = signed_in(site, username) if username else build_opener()
    start = HOME if username else "/"
    seen, shapes, broken, ahead = {start}, Counter(), [], deque([(start, "")])
    while ahead:
        path, found_on = ahead.popleft()
        try:
            with opener.open(site + path, timeout=60) as page:
                text = page.read().decode() if "html" in page.headers["Content-Type"] else ""
        except HTTPError as error:
            broken.append((error.code, path, found_on))
            continue
        for link in re.findall(r'href="([^"#]+)', text):
            there = urljoin(path, unescape(link))
            if (
                there.startswith("/")
                and not (username and is_of_everybody(there))
                and there not in seen
                and shapes[shape(there)] < A_FEW
            ):
                shapes[shape(there)] += 1
                seen.add(there)
                ahead.append((there, path))
    return len(seen), broken


@pytest.mark.crawl
@pytest.mark.parametrize("when", ["site", "site_of_july"])
def test_every_link_leads_somewhere(request, when):
    site = request.getfixturevalue(when)
    for username in PEOPLE:
        count, broken = broken_links(site, username)
        assert broken == [], username
        assert count > 30, f"{username or 'a visitor'} finds ways to go on"
