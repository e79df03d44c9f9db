from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.test import Client

from chungtay.web.middleware import SecurityHeaders
from chungtay.web.tests.people import request_of


def answer(session: dict[str, Any] | None = None, **headers: str) -> HttpResponse:
    request = request_of()
    if session is not None:
        request.session = session

    def view(_: HttpRequest) -> HttpResponse:
        return HttpResponse("ok", headers=headers)

    return SecurityHeaders(view)(request)


def test_nothing_is_loaded_from_elsewhere_and_nothing_inline():
    policy = answer().headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_page_may_not_stand_in_a_frame():
    assert answer().headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer().headers["Content-Security-Policy"]


def test_a_page_of_somebody_signed_in_is_not_kept_by_the_browser():
    assert answer({SESSION_KEY: "1"}).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("session", [None, {}])
def test_a_page_for_everybody_may_be_kept(session: dict[str, Any] | None):
    assert "Cache-Control" not in answer(session).headers


def test_a_view_keeps_the_header_that_it_has_set():
    response = answer({SESSION_KEY: "1"}, **{"Cache-Control": "private, max-age=60"})
    assert response.headers["Cache-Control"] == "private, max-age=60"


@pytest.mark.django_db
def test_a_redirect_leaves_its_sentence_on_the_next_page(client: Client):
    page = client.get("/gui/", follow=True).content.decode()
    assert "Đã gửi báo cáo." in page
    assert 'data-state="approved"' in page


@pytest.mark.django_db
def test_a_message_of_failure_is_shown_as_one(client: Client):
    page = client.get("/sai/").content.decode()
    assert 'class="alert" data-state="wrong"' in page


@pytest.mark.django_db
def test_an_htmx_request_is_sent_on_by_header(client: Client):
    response = client.get("/gui/", headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["HX-Redirect"]) == (200, "/nhap/")
