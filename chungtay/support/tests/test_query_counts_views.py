"""The board, the limits and the register of households ask a fixed number of questions, however many rows they show."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chungtay.support.tests.households import make_household

MOST = 30


def asked(client, url):
    """Return how many queries a page starts."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_pages_ask_as_much_for_many_as_for_few(place, client):
    client.force_login(place.leader)
    urls = [reverse(name) for name in ("support-list", "limit-list", "left-out", "household-list", "handover-list")]
    urls.append(f"{reverse('support-list')}?q=xay&xep=gia-tri")
    place.propose()
    for url in urls:
        asked(client, url)  # what is read once for all pages is read
    few = {url: asked(client, url) for url in urls}
    for at in range(8):
        place.propose(title=f"Xây nhà {at}")
        make_household(place.area, f"Lê Văn {at}", "Khóm 2", by=place.clerk)
    assert {url: asked(client, url) for url in urls} == few
    assert max(few.values()) <= MOST
