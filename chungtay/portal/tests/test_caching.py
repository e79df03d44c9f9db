"""A page is given again while nothing has happened, never after something has, and never to whoever has a session."""

import gzip

import pytest
from django.db import transaction

from chungtay.audit import services as audit
from chungtay.portal import caching
from chungtay.portal.caching import _Kept, _Page


@pytest.fixture(autouse=True)
def _empty():
    caching.kept.clear()
    yield
    caching.kept.clear()


def test_a_visitor_is_given_the_page_of_another_visitor(room, web, django_assert_num_queries):
    page = room.published()
    first = web().get(page.url)
    assert first.status_code == 200 and first.headers["Cache-Control"] == caching.KEEP
    with django_assert_num_queries(1):  # the head of the chain
        again = web().get(page.url)
    assert (
        again.content == first.content
        and again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    )
    unchanged = web().get(page.url, headers={"if-none-match": first.headers["ETag"]})
    assert unchanged.status_code == 304 and not unchanged.content


def test_a_correction_is_seen_at_once(room, web):
    page = room.published()
    assert "Số gốc" not in web().get(page.url).content.decode()
    room.count(1, 10)
    assert "Số gốc" in web().get(page.url).content.decode()


def test_what_an_editor_takes_down_is_gone_at_once(room, web):
    page = room.published()
    assert web().get(page.url).status_code == 200
    page.unpublish()
    assert web().get(page.url).status_code == 404
    assert "Bốn trăm mái nhà" not in web().get("/tin-tuc/").content.decode()


def test_whoever_has_a_session_is_never_given_a_kept_page(room, web):
    page = room.published()
    web().get(page.url)
    seen = web(room.cast.clerk).get(page.url)
    assert seen.status_code == 200 and seen.headers["Cache-Control"] == "no-store"
    assert "ETag" not in seen.headers


def test_a_day_makes_every_page_old(room, web):
    web().get("/")
    state = caching.house_state()
    room.tick(days=1)
    assert caching.house_state() != state


def test_any_write_of_the_house_makes_every_page_old(room, web):
    state = caching.house_state()
    with transaction.atomic():
        audit.record("test.thing.done", data={}, now=room.now, by=None)
    assert caching.house_state() != state


def test_a_kept_page_goes_out_packed_to_whoever_can_unpack_it(room, web):
    page = room.published()
    plain = web().get(page.url)
    small = web().get(page.url, headers={"accept-encoding": "gzip, br"})
    assert small.headers["Content-Encoding"] == "gzip" and gzip.decompress(small.content) == plain.content
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_what_is_kept_has_a_bound():
    kept = _Kept()
    body = b"x" * (caching.MOST_BYTES // 4)
    for number in range(6):
        kept.put(("host", f"/{number}"), _Page((1,), body, b"", ()))
    assert [number for number in range(6) if kept.get(("host", f"/{number}"), (1,))] == [2, 3, 4, 5]
    assert kept.get(("host", "/5"), (2,)) is None
