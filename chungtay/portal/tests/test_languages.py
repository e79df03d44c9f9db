"""The language of a public page is in its address and nowhere else; an English page says nothing of its own in Vietnamese."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import translation

from chungtay.places.selectors import names_on
from chungtay.portal import caching
from chungtay.portal.models import EditionFigure
from chungtay.web import formats, languages

VIETNAMESE = re.compile("[À-ɏḀ-ỿ]")
ATTRIBUTES = ("aria-label", "placeholder", "title", "data-label", "alt")
VOID = frozenset({"meta", "link", "input", "br", "img", "source", "hr", "path", "rect", "use"})
PAGES = (
    *("/", "/tin-tuc/", "/tin-tuc/?q=zzz", "/cong-khai/chuong-trinh/", "/cong-khai/quy/", "/cong-khai/quy/?ma=1"),
    *("/cong-khai/van-dong/", "/data/", "/cong-khai/tra-cuu/", "/cong-khai/tra-cuu/?q=a&tu=x", "/cong-khai/cong-dong/"),
    *("/cong-khai/kien-nghi/", "/cong-khai/khen-thuong/", "/cong-khai/tim/", "/cong-khai/tim/?q=zzz"),
    *("/cong-khai/tro-giup/cach-doc-so/", "/cong-khai/tro-giup/du-lieu-ca-nhan/", "/cong-khai/tro-giup/tiep-can/"),
    *("/phan-anh/", "/phan-anh/tra-cuu/", "/khen-thuong/kiem-tra/", "/khen-thuong/kiem-tra/KHONGCO/", "/khong-co/"),
)


class Spoken(HTMLParser):
    """Collects what a page says in its own language: texts and labels whose nearest `lang` is English."""

    def __init__(self) -> None:
        super().__init__()
        self.langs, self.said = [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        lang = given.get("lang") or (self.langs[-1] if self.langs else "")
        if lang == "en":
            self.said += [given[name] for name in ATTRIBUTES if given.get(name)]
        if tag not in VOID:
            self.langs.append(lang)

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.langs.pop()

    def handle_data(self, data):
        if data.strip() and self.langs and self.langs[-1] == "en":
            self.said.append(data.strip())


def in_vietnamese(html, *content):
    """Return what an English page says of its own in Vietnamese; `content` are words that were published so."""
    page = Spoken()
    page.feed(html)
    kept = re.compile("|".join(map(re.escape, ("đồng", "Hội quán", "“tiền:”", "tiền:", "nhà đại đoàn kết", *content))))
    return [text for text in page.said if VIETNAMESE.search(kept.sub("", text))]


@pytest.fixture(autouse=True)
def _empty():
    caching.kept.clear()
    yield
    caching.kept.clear()


def english(path):
    return languages.in_both(path)[1]


def test_no_english_page_says_anything_of_its_own_in_vietnamese(room, web):
    room.published()
    units = names_on([unit.pk for unit in room.cast.communes], room.now.date()).values()
    found = {}
    for path in PAGES:
        html = web().get(english(path)).content.decode()
        assert '<html lang="en">' in html, path
        found[path] = in_vietnamese(html, "căn", *units)
        assert '<html lang="vi">' in web().get(path).content.decode(), path
    assert {path: words for path, words in found.items() if words} == {}


def test_an_article_and_its_figure_in_english(room, web):
    page = room.published()
    trace = EditionFigure.objects.get(edition__page_id=page.pk, key="nha").trace
    with translation.override("en"):
        paths = [page.url, reverse("public-trace", args=[trace]), reverse("article-editions", args=[page.pk])]
    city = names_on([room.cast.city.pk], room.now.date())[room.cast.city.pk]
    titles = (f"{page.title} – Chung Tay", f"“{page.title}”", "Nhà xây mới, sửa chữa – Chung Tay", city)
    for path in paths:
        assert path.startswith("/en/")
        html = web().get(path).content.decode()
        assert in_vietnamese(html, "căn", *titles) == [], path
    assert "2 of 2 units" in web().get(paths[0]).content.decode()


def test_a_planted_word_is_found():
    html = (
        '<html lang="en"><p>Tin tức</p><p lang="vi">Tin <b>tức</b></p><input placeholder="Tìm"><p>100 đồng</p></html>'
    )
    assert in_vietnamese(html) == ["Tin tức", "Tìm"]


def test_pages_of_two_languages_never_stand_in_for_each_other(room, web):
    page = room.published()
    for _ in range(2):  # made, then kept
        vietnamese, in_english = web().get(page.url), web().get(english(page.url))
        assert "Bài này dùng" in vietnamese.content.decode() and "This article uses" in in_english.content.decode()
        assert (vietnamese.headers["Content-Language"], in_english.headers["Content-Language"]) == ("vi", "en")
        assert vietnamese.headers["ETag"] != in_english.headers["ETag"]
        assert vietnamese.headers["Cache-Control"] == in_english.headers["Cache-Control"] == caching.KEEP


def test_neither_a_browser_nor_a_cookie_chooses_the_language(room, web):
    client = web()
    client.cookies["django_language"] = "en"
    answer = client.get("/tin-tuc/", headers={"accept-language": "en-GB,en"})
    assert '<html lang="vi">' in answer.content.decode()
    assert "Accept-Language" not in answer.headers.get("Vary", "") and not answer.cookies


def test_machines_and_people_are_led_to_the_same_page_in_the_other_language(room, web):
    page = room.published()
    for path, own, code, name in (
        (page.url, page.url, "en", "English"),
        (english(page.url), english(page.url), "vi", "Tiếng Việt"),
    ):
        answer = web().get(f"{path}?chu=lon")
        html, links = answer.content.decode(), answer.headers["Link"]
        target = english(page.url) if code == "en" else page.url
        assert f'<a class="language" href="{target}?chu=lon" hreflang="{code}" lang="{code}">{name}</a>' in html
        assert f'<http://testserver{page.url}>; rel="alternate"; hreflang="vi"' in links
        assert f'<http://testserver{english(page.url)}>; rel="alternate"; hreflang="en"' in links
        assert f'<link rel="canonical" href="http://testserver{own}">' in html
        assert f'content="{"vi_VN" if code == "en" else "en_GB"}"><meta property="og:locale:alternate"' in html
    assert '<http://testserver/en/>; rel="canonical"' in web().get("/en/").headers["Link"]
    assert "Link" not in web().get("/robots.txt").headers and "Link" not in web().get("/dang-nhap/").headers
    listed = web().get("/sitemap.xml").content.decode()
    assert listed.count(f"<loc>http://testserver{english(page.url)}</loc>") == 1
    assert listed.count(f'hreflang="vi" href="http://testserver{page.url}"') == 2


def test_links_of_an_english_page_stay_english(room, web):
    room.published()
    html = web().get("/en/").content.decode()
    inside = set(re.findall(r'<a [^>]*href="(/[^"?#]*)"', html)) - {"/"}
    assert {path for path in inside if not path.startswith("/en/")} == {reverse("desk-home")}


@pytest.mark.parametrize(
    "path", ["/en/dang-nhap/", "/en/bien-tap/", "/en/lam-viec/", "/en/bao-cao/", "/en/api/v1/", "/en/ui/"]
)
def test_pages_of_staff_have_no_english_address(room, web, path):
    assert web().get(path).status_code == 404
    assert web(room.cast.officer).get(path).status_code == 404


def test_dates_and_numbers_are_english_on_english_pages_only(room):
    with translation.override("en"):
        assert (formats.integer(22047), formats.date_vn(date(2023, 5, 30))) == ("22,047", "30 May 2023")
        assert formats.spoken_money(58_140_000_000) == "over 58.1\u00a0billion đồng"
        assert "No figure yet" in formats.integer(None)
        assert formats.in_words(["a", "b", "c"]) == "a, b and c"
    assert (formats.integer(22047), formats.date_vn(date(2023, 5, 30))) == ("22.047", "30/05/2023")
