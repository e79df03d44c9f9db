"""Lists ask a fixed number of questions, however many rows they show."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

MOST = 30


def asked(client, url):
    """Return how many queries a page starts."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_pages_of_groups_activities_and_hamlets_ask_as_much_for_many_as_for_few(village, client):
    client.force_login(village.cast.officer)
    urls = [reverse(name) for name in ("group-list", "activity-list", "hamlet-list", "movement-list")]
    urls.append(f"{reverse('group-list')}?loai=hoi-quan&q=hoi&xep=moi&ngay=01/06/2022")

    def more(first, last):
        for at in range(first, last):
            village.found(f"Hội quán {at}", on=date(2020, 1, 1 + at), members=20 + at)
            village.write(title=f"Tuyên truyền {at}", on=date(2023, 1, 1 + at))
            village.hamlet(f"Số {at}")

    more(1, 3)
    for url in urls:
        asked(client, url)  # what is read once for all pages is read
    few = {url: asked(client, url) for url in urls}
    more(3, 12)
    assert {url: asked(client, url) for url in urls} == few
    assert max(few.values()) <= MOST
