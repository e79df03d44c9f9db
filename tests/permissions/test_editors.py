"""The editors' pages are Wagtail's: each of its addresses is asked by somebody without a right there, and none opens."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from chungtay.portal import ground
from tests.cast import Cast
from tests.permissions.asking import is_wagtails

EXAMPLES = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000001"}
CONVERTER = re.compile(r"<(?:(\w+):)?\w+>")


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Yield an example of every path below a resolver."""
    for entry in resolver.url_patterns:
        route = re.sub(r"[\^$]|\\Z", "", str(entry.pattern))
        path = before + CONVERTER.sub(lambda found: EXAMPLES.get(found[1] or "", "x"), route)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, path)
        elif isinstance(entry, URLPattern):
            yield path


def editors_addresses() -> list[str]:
    """Return every path under /bien-tap/."""
    (admin,) = [
        entry
        for entry in get_resolver().url_patterns
        if isinstance(entry, URLResolver) and is_wagtails(entry) and str(entry.pattern).startswith("bien-tap/")
    ]
    return [path for path in addresses(admin, "/bien-tap/") if "(" not in path]


@pytest.mark.django_db
def test_no_address_of_the_editors_opens_to_others(cast: Cast) -> None:
    """A visitor is sent to the one sign-in page; a clerk, an administrator and an officer of another office find nothing."""
    ground.lay()
    paths = editors_addresses()
    assert len(paths) > 150, "the walk found too few addresses to mean anything"
    opened = {}
    for name in ("visitor", "clerk", "admin"):
        client = Client()
        if name != "visitor":
            client.force_login(cast.people[name])
        for path in paths:
            response = client.get(path)
            is_closed = (
                response.headers.get("Location", "").startswith(reverse("sign-in"))
                if name == "visitor"
                else response.status_code == 404
            )
            if not is_closed:
                opened[name, path] = response.status_code
    assert opened == {}


@pytest.mark.django_db
def test_the_editors_pages_open_to_those_of_the_table(cast: Cast) -> None:
    """The question above is a question: an officer writes, a leader lets out."""
    ground.lay()
    for name in ("officer", "upper.leader"):
        client = Client()
        client.force_login(cast.people[name])
        response = client.get("/bien-tap/")
        assert response.status_code == 200, name
        assert "default-src 'none'" in response.headers["Content-Security-Policy"], "nothing from another address"


@pytest.mark.django_db
def test_a_right_too_many_is_found(cast: Cast) -> None:
    """A planted fault: a clerk who was put into the group past the table is thrown out again at the next visit."""
    from django.contrib.auth.models import Group

    ground.lay()
    cast.clerk.groups.set(Group.objects.all())
    client = Client()
    client.force_login(cast.clerk)
    assert client.get("/bien-tap/").status_code == 404
    assert not cast.clerk.groups.exists()
