"""Requests of somebody signed in and of a visitor, without a database."""

from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

PERSON = SimpleNamespace(pk="1", is_authenticated=True, full_name="Nguyễn Thị An", title="Chuyên viên tổng hợp")


def request_of(path: str = "/", user: Any = PERSON) -> HttpRequest:
    """Return a GET request of a person, without a session."""
    request = RequestFactory().get(path)
    request.user = user
    return request


def visitor_request(path: str = "/") -> HttpRequest:
    """Return a GET request of somebody who has not signed in."""
    return request_of(path, AnonymousUser())
