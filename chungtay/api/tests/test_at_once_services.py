"""The same request twenty times at the same moment is one act, on both databases."""

import json
from typing import Any

import pytest
from django.test import Client

from chungtay.api import services
from chungtay.api.models import KeptReply
from chungtay.api.tests.asking import secret_of
from chungtay.funds.models import Draft, Voucher
from chungtay.funds.tests.making import Office, make_office
from chungtay.web import clock
from tests.databases.at_once import at_once

TIMES = 20
RECEIPT = {
    "kind": "receipt",
    "occurred_on": "2025-03-10",
    "memo": "Ủng hộ Quỹ",
    "party": "Không nêu tên",
    "lines": [{"debit": "112", "credit": "511", "amount": 500_000}],
}


def _send(secret: str, path: str, key: str, body: object = None, match: str = "") -> Any:
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key} | ({"If-Match": match} if match else {})
    sent = "" if body is None else json.dumps(body)
    return Client().post(f"/api/v1{path}", sent, content_type="application/json", headers=headers)


@pytest.mark.django_db(transaction=True)
def test_twenty_sends_are_one_effect() -> None:
    """Of writing and of booking money; every sender gets the first answer."""
    office: Office = make_office()
    writer, booker = secret_of(office.accountant), secret_of(office.controller)
    drafts = f"/funds/{office.fund.pk}/drafts"
    made = at_once(lambda _: _send(writer, drafts, "mot-lan-01", RECEIPT), TIMES)
    assert [one.status_code for one in made] == [201] * TIMES
    assert len({one.json()["id"] for one in made}) == 1 == Draft.objects.count()
    [draft] = Draft.objects.all()
    booked = at_once(lambda _: _send(booker, f"{drafts}/{draft.pk}/post", "mot-lan-02", match='"1"'), TIMES)
    assert [one.status_code for one in booked] == [200] * TIMES
    assert len({one.json()["number"] for one in booked}) == 1 == Voucher.objects.count()
    assert KeptReply.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_check_is_no_ornament() -> None:
    """A planted fault: under keys of their own the twenty are twenty drafts, and only one of twenty bookings goes through."""
    office: Office = make_office()
    writer, booker = secret_of(office.accountant), secret_of(office.controller)
    drafts = f"/funds/{office.fund.pk}/drafts"
    at_once(lambda number: _send(writer, drafts, f"khac-nhau-{number}", RECEIPT), 5)
    assert Draft.objects.count() == 5
    first = Draft.objects.order_by("pk")[0]
    path = f"{drafts}/{first.pk}/post"
    booked = at_once(lambda number: _send(booker, path, f"khac-nhau-{number}", match='"1"'), 5)
    assert sorted(one.status_code for one in booked) == [200, 412, 412, 412, 412]


@pytest.mark.django_db(transaction=True)
def test_tokens_stay_bounded_whoever_asks_at_once() -> None:
    """Twelve at once on top of fifteen are five more."""
    office: Office = make_office()
    now, person = clock.now(), office.accountant

    def issue(number: int) -> object:
        return services.issue_token(user=person, name=f"Máy {number}", scopes=["read"], days=1, now=now, by=person)

    for number in range(15):
        issue(number)
    refused = [one for one in at_once(issue, 12) if isinstance(one, Exception)]
    assert len(refused) == 7
    assert {type(one) for one in refused} == {services.BadToken}
