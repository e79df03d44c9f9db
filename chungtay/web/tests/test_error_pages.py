import pytest
from django.template.loader import render_to_string
from django.test import Client

from chungtay.web.middleware import CONTENT_SECURITY_POLICY


@pytest.mark.django_db
def test_an_unknown_address_is_answered_in_vietnamese(client: Client):
    response = client.get("/khong-co/")
    assert response.status_code == 404
    assert "Không thấy trang này" in response.content.decode()
    assert response.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def test_a_refusal_repeats_the_sentence_that_says_who_may(client: Client):
    response = client.get("/cam/")
    assert response.status_code == 403
    assert "Người có quyền: chuyên viên tổng hợp thành phố." in response.content.decode()


def test_a_broken_page_says_that_nothing_was_written(client: Client):
    client.raise_request_exception = False
    response = client.get("/hong/")
    assert response.status_code == 500
    assert "Việc vừa rồi chưa được ghi." in response.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
def test_a_page_of_last_resort_needs_no_context(name: str):
    assert "Chưa có gì được ghi" in render_to_string(name) or "chưa được ghi" in render_to_string(name)


def test_a_form_from_elsewhere_is_refused_in_words():
    response = Client(enforce_csrf_checks=True).post("/nhap/")
    assert response.status_code == 403
    assert "Trang đã mở quá lâu" in response.content.decode()
