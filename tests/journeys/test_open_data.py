"""A visitor takes the open data, checks a file and finds the article's numbers in it; the city's leader gives a licence and releases."""

import csv
import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest


@pytest.fixture
def reader(chromium, site):
    """A visitor's page on a phone, without scripts."""
    context = chromium.new_context(viewport={"width": 390, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def taken(page, name):
    """Click a file's name and return where it was put."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).click()
    return Path(download.value.path())


def test_a_visitor_checks_a_file_and_finds_the_articles_numbers(reader, site):
    reader.goto(f"{site}/")
    reader.get_by_role("navigation", name="Chính").get_by_role("link", name="Dữ liệu mở").click()
    reader.get_by_role("link", name="bản 1", exact=False).last.click()
    figures, printed, base = (taken(reader, name) for name in ("figures.csv", "article_figures.csv", "chung-tay.db"))
    shown = reader.locator(".hash").all_inner_texts()
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() in shown for path in (figures, printed, base))
    with figures.open(encoding="utf-8", newline="") as file:
        rows = {(row["indicator_code"], row["unit_name"]): row for row in csv.DictReader(file)}
    city = "Thành phố Cao Lãnh"
    assert rows["support.houses", city]["value"] == "400" and rows["fund.raised", city]["value"] == "58100000000"
    houses = [int(row["value"]) for (code, unit), row in rows.items() if code == "support.houses" and unit != city]
    assert (len(houses), sum(houses)) == (15, 400), "the units add up to what the article prints"
    with printed.open(encoding="utf-8", newline="") as file:
        said = {row["key"]: row for row in csv.DictReader(file) if row["title"].startswith("Sơ kết")}
    assert said["nha"]["text"].replace("\xa0", " ") == "400 căn" and said["nha"]["numerator"] == "400"
    with closing(sqlite3.connect(base)) as opened:
        total = opened.execute(
            "SELECT sum(value) FROM figures WHERE indicator_code = 'support.bridges' AND NOT is_total"
        )
        assert total.fetchone() == (13,)
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
    reader.goto(site + rows["support.houses", city]["trace_address"])
    assert "400" in reader.locator("main").inner_text()


def test_the_demonstration_released_twice_and_every_file_is_whole(demo):
    found = json.loads(demo.run("opendata", "verify", "--json").stdout)
    assert (found["ok"], found["releases"]) == (True, 2)


def test_the_leader_gives_a_licence_and_releases(person):
    leader = person("thanhpho.lanhdao", 390)
    page = leader.page
    page.goto(f"{leader.site}/du-lieu-mo/")
    page.locator("#id_code").select_option("CC0-1.0")
    page.get_by_label("Căn cứ").fill("Quyết định minh họa số 9")
    page.get_by_role("button", name="Ghi giấy phép").click()
    page.get_by_role("button", name="Phát hành ngay").click()
    assert (
        "Đã phát hành bản 3" in page.locator("main, [role=status]").all_inner_texts()[0]
        or page.get_by_text("bản 3").count()
    )
    page.goto(f"{leader.site}/data/")
    assert page.get_by_role("link", name="Creative Commons CC0 1.0").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    leader.leave()
