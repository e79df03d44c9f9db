"""A return filled from prose: what is offered, and that nothing goes in without a person."""

import pytest
from django.urls import reverse

from chungtay.checking.narrative import kept_values, offers
from chungtay.returns import selectors
from chungtay.returns.rules import CellSpec
from tests.cast import PASSWORD

CELLS = (
    CellSpec("fund.raised:cash", "Tiền vận động cho người nghèo", "đồng", is_money=True),
    CellSpec("support.houses:new", "Nhà đại đoàn kết xây mới", "căn"),
    CellSpec("support.houses:repair", "Nhà đại đoàn kết sửa chữa", "căn"),
    CellSpec("support.bridges", "Cầu nông thôn", "cây cầu"),
    CellSpec("roads.km", "Đường nông thôn làm mới", "km", decimals=1),
    CellSpec("total", "Tổng số suất quà", "suất", is_total=True),
)


def found(text):
    return {offer.cell.key: offer.value for offer in offers(text, CELLS)}


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (
            "Trong quý, xã vận động cho người nghèo được 1 tỷ 250 triệu đồng tiền mặt.",
            {"fund.raised:cash": 1_250_000_000},
        ),
        (
            "Xây mới 03 căn nhà đại đoàn kết. Sửa chữa 5 căn nhà đại đoàn kết.",
            {"support.houses:new": 3, "support.houses:repair": 5},
        ),
        ("Bắc 2 cây cầu nông thôn, làm mới 3,5 km đường nông thôn.", {"support.bridges": 2, "roads.km": 35}),
        ("Làm mới 3,25 km đường nông thôn.", {}),
        ("Trao 900 suất quà, tổng số suất quà là 900 suất.", {}),
        ("Xây từ 3 đến 5 căn nhà đại đoàn kết xây mới.", {}),
        ("Họp 12 cuộc ngày 30/4, điện thoại 0277 385 1234.", {}),
    ],
)
def test_a_text_offers_what_it_clearly_says(text, cells):
    assert found(text) == cells


def test_a_hedged_number_is_marked_and_only_what_was_chosen_is_kept():
    offered = offers("Xây mới trên 10 căn nhà đại đoàn kết và bắc 2 cây cầu nông thôn.", CELLS)
    assert [offer.is_hedged for offer in offered] == [True, False]
    assert kept_values(offered, {"support.bridges": True}) == {"support.bridges": 2}


@pytest.fixture
def clerk(cast, client, monkeypatch):
    """The clerk of a commune that owes a return, on a day of its round."""
    from chungtay.returns.tests.making import NOW, make_round, return_at
    from chungtay.web import clock

    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", NOW.date)
    client.of = return_at(make_round(cast), cast.communes[0])
    assert client.login(username=cast.clerk.username, password=PASSWORD)
    return client


PROSE = "Trong quý đã xây mới 3 căn nhà ở. Đơn vị duy trì 2 Hội quán, rà soát có 61 hộ nghèo."


def draft(of) -> dict[str, int]:
    of.refresh_from_db()
    return {key: entry.value for key, entry in selectors.draft_entries(of).items() if entry.value is not None}


def test_values_are_shown_beside_their_sentences_and_taken_only_when_confirmed(clerk):
    url = reverse("return-from-text", args=[clerk.of.pk])
    page = clerk.post(url, {"text": PROSE}).content.decode()
    assert "<mark>61</mark>" in page
    assert draft(clerk.of) == {}
    answer = clerk.post(url, {"text": PROSE, "do": "take", "o": ["groups.clubs", "poverty.poor"]})
    assert answer.status_code == 302
    assert draft(clerk.of) == {"groups.clubs": 2, "poverty.poor": 61}
    nothing = clerk.post(url, {"text": PROSE, "do": "take"})
    assert nothing["Location"] == url


def test_a_return_that_was_sent_takes_nothing(clerk, cast):
    from chungtay.returns.tests.making import send

    send(clerk.of, cast.clerk, cast.leader)
    assert clerk.get(reverse("return-from-text", args=[clerk.of.pk])).status_code == 403
