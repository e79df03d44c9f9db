"""Wherever figures are shown, the map on which they are shown can be chosen: two wards became one on 01/07/2022."""

from datetime import UTC, date, datetime, timedelta

import pytest

from chungtay.places.plans import Form, NewUnit, Plan, Source
from chungtay.places.rules import ReorganisationKind
from chungtay.places.selectors import area_by_ref
from chungtay.places.services import reorganise

pytestmark = pytest.mark.django_db
DAY = date(2022, 7, 1)
ON_THE_NEW_MAP = {"ban-do": "2022-07-01"}


@pytest.fixture
def merged(account, client, monkeypatch):
    """The city after its two wards have merged, looked at by its officer, in November 2022."""
    monkeypatch.setattr("chungtay.web.clock.now", lambda: datetime(2022, 11, 2, 3, tzinfo=UTC))
    sources = (Source("29863"), Source("29866"))
    plan = Plan(
        ReorganisationKind.MERGE, DAY, "Nghị quyết thử", (Form(NewUnit("Phường Mới", "29999", "ward", "866"), sources),)
    )
    reorganise(plan=plan, now=account.now + timedelta(days=100), by=None)
    client.force_login(account.cast.officer)
    return account


def test_an_indicators_page_shows_what_a_new_unit_had_before_it_was(merged, client):
    page = client.get("/con-so/chi-tieu/HOUSES/", {"noi": "29999", **ON_THE_NEW_MAP})
    assert page.context["figure"].value == 12
    assert '<option value="2022-07-01" selected' in page.content.decode()


def test_the_index_asks_every_figure_on_the_chosen_map(merged, client):
    rows = client.get("/con-so/", {"noi": "29999", **ON_THE_NEW_MAP}).context["rows"]
    texts = {row["indicator"].code: row["cell"].text for row in rows}
    assert (texts["HOUSES"], texts["FUND"]) == ("12", "36.308.900.000")


def test_a_trace_on_the_new_map_says_what_stood_where_formerly(merged, client):
    new = area_by_ref("29999")
    page = client.get(f"/con-so/{merged.figure(area=new, on_map=DAY).trace}/").content.decode()
    assert "Trong đó, trước đây" in page
    assert "Phường 11" in page
    assert "Phường 1" in page.replace("Phường 11", "")


def test_a_trace_says_whose_number_is_carried_and_who_owes_one(merged, client):
    page = client.get(f"/con-so/{merged.figure('POOR', period='2022').trace}/").content.decode()
    assert "Phường Mới chưa báo: còn tính số của đơn vị cũ Phường 11 và Phường 1." in page
    assert page.count("Số của đơn vị cũ, Phường Mới chưa báo") == 2


def test_the_pivot_puts_old_periods_on_the_chosen_map(merged, client):
    question = {"ct": "HOUSES", "noi": "866", "tu": "01/2022", "den": "03/2022", "buoc": "quy"}
    own = client.get("/con-so/bang/", question).content.decode()
    new = client.get("/con-so/bang/", question | ON_THE_NEW_MAP).content.decode()
    assert "Phường 11" in own
    assert "Phường Mới" not in own
    assert "Phường Mới" in new


def test_the_maps_to_choose_from_are_those_that_the_place_has_had(merged, client):
    page = client.get("/con-so/chi-tieu/HOUSES/", {"noi": "866"})
    labels = [choice.label for choice in page.context["maps"]]
    assert labels == ["2 đơn vị (đến 30/06/2022)", "1 đơn vị (từ 01/07/2022)"]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ({"noi": "866", "ban-do-ngay": "31/02/2022"}, "31/02/2022"),
        ({"noi": "866", "ban-do-ngay": "01/01/1800"}, "Không có bản đồ của ngày 01/01/1800. Hãy chọn một ngày khác."),
        ({"noi": "29863", **ON_THE_NEW_MAP}, "Đơn vị đang xem không có trên bản đồ ngày 01/07/2022."),
    ],
)
def test_a_map_that_cannot_be_is_refused_with_a_sentence(merged, client, question, sentence):
    page = client.get("/con-so/chi-tieu/HOUSES/", question)
    assert page.status_code == 200
    assert sentence in page.content.decode()


def test_a_code_that_has_left_the_map_opens_where_it_last_stood(merged, client):
    page = client.get("/con-so/chi-tieu/HOUSES/", {"noi": "29863"})
    assert page.status_code == 200
    assert page.context["area"].name == "Phường 11"


def test_a_new_units_page_opens_while_its_number_still_is_that_of_the_units_before_it(account, client, monkeypatch):
    """Its years are those of a unit that was not there yet: there is nothing to show by years."""
    monkeypatch.setattr("chungtay.web.clock.now", lambda: datetime(2023, 5, 2, 3, tzinfo=UTC))
    account.tell(account.cast.communes[0], "2021", ("POOR", "", 25))
    sources = (Source("29863"), Source("29866"))
    form = Form(NewUnit("Phường Mới", "29999", "ward", "866"), sources)
    plan = Plan(ReorganisationKind.MERGE, date(2023, 1, 1), "Nghị quyết thử", (form,))
    reorganise(plan=plan, now=account.now + timedelta(days=100), by=None)
    new = area_by_ref("29999@2023-05-02")
    account.tell(new, "2023Q1", ("FUND", "", 5_000_000), at=datetime(2023, 4, 5, 3, tzinfo=UTC))
    client.force_login(account.cast.officer)
    page = client.get("/con-so/chi-tieu/POOR/", {"noi": "29999"})
    assert page.context["figure"].value == 30
    assert page.context["span"] is None
