"""The pages of claims: the list with its filters, explaining, stating, withdrawing; and the trace that shows them."""

import pytest
from django.urls import reverse

from chungtay.figures import selectors
from chungtay.figures.claims import Standing
from chungtay.figures.models import Claim
from chungtay.figures.tests.test_claims_services import PAPER, WHY, explain, state
from chungtay.kernel.text import NBSP
from chungtay.web import clock

pytestmark = pytest.mark.django_db
LIST = "/con-so/lech-so/"


@pytest.fixture(autouse=True)
def _today(account, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: account.now)
    monkeypatch.setattr(clock, "today", lambda: account.now.date())


def opened(client, person, address, **question):
    client.force_login(person)
    return client.get(address, question)


def test_an_empty_list_teaches_where_claims_come_from(client, account):
    page = opened(client, account.cast.officer, LIST).content.decode()
    assert "Chưa có số nào của cơ quan khác để đối chiếu" in page
    assert 'href="/con-so/lech-so/moi/"' in page
    assert 'href="/con-so/lech-so/moi/"' not in opened(client, account.cast.clerk, LIST).content.decode()


def test_the_list_shows_the_difference_and_opens_both_numbers(client, account):
    claim = state(account, 13)
    answer = opened(client, account.cast.officer, LIST)
    [row] = answer.context["rows"]
    assert (row.claimed, row.derived, row.difference) == (f"13{NBSP}căn", f"12{NBSP}căn", f"nhiều hơn 1{NBSP}căn")
    page = answer.content.decode()
    assert f'href="/con-so/lech-so/{claim.pk}/"' in page
    assert f'href="/con-so/{account.figure().trace}/"' in page
    assert PAPER in page


def test_the_list_is_filtered_by_state_and_place(client, account):
    explain(account, state(account, 13))
    state(account, 20, "POOR", account.cast.communes[0], "2022Q2")
    state(account, 2, "POOR", account.cast.communes[1], "2022Q2")

    def shown(**question):
        return [row.one.claimed.value for row in opened(client, account.cast.officer, LIST, **question).context["rows"]]

    assert shown() == [2]
    assert shown(xem="da-giai-trinh") == [13]
    assert shown(xem="khop") == [20]
    assert shown(xem="tat-ca") == [2, 13, 20]
    codes = [node.code for node, _ in opened(client, account.cast.officer, LIST).context["levels"]]
    assert len(codes) == 3
    answer = opened(client, account.cast.clerk, LIST, xem="tat-ca")
    assert {row.one.claimed.area_id for row in answer.context["rows"]} == {account.cast.communes[0].pk}
    assert opened(client, account.cast.officer, LIST, noi="no-such").status_code == 404


def test_the_officer_explains_and_the_page_says_when_it_opens_again(client, account):
    claim = state(account, 13)
    address = f"{LIST}{claim.pk}/"
    form = opened(client, account.cast.officer, address).context["form"]
    client.post(address, {**form.initial, "text": WHY})
    page = client.get(address)
    assert page.context["one"].standing is Standing.EXPLAINED
    assert WHY in page.content.decode()
    account.tell(account.cast.communes[0], "2022Q2", ("HOUSES", "new", 4))
    page = client.get(address)
    assert page.context["one"].standing is Standing.OPEN
    assert "không còn dùng được" in page.content.decode()


def test_who_stated_it_is_told_that_somebody_else_explains(client, account):
    claim = state(account, 13, by=account.cast.officer)
    page = opened(client, account.cast.officer, f"{LIST}{claim.pk}/").content.decode()
    assert "Bạn đã ghi số này nên người khác giải trình." in page
    assert "Ghi giải trình" not in page
    assert client.post(f"{LIST}{claim.pk}/", {"text": WHY, "claimed": 13, "derived": 12}).status_code == 403


def typed(account, **more):
    return {
        "body_kind": "mttq",
        "said_by": "Ủy ban MTTQ thành phố",
        "paper": PAPER,
        "area": str(account.cast.city.pk),
        "indicator": "HOUSES",
        "period": "2022H1",
        "value": "1.013",
        **more,
    }


def test_a_number_of_a_paper_is_typed_in_as_people_write_it(client, account):
    client.force_login(account.cast.officer)
    answer = client.post(f"{LIST}moi/", typed(account))
    claim = Claim.objects.get()
    assert answer.headers["Location"] == f"{LIST}{claim.pk}/"
    assert (claim.value, claim.body_kind, claim.recorded_by) == (1013, "mttq", account.cast.officer)
    client.post(f"{LIST}moi/", typed(account, indicator="HOUSES|new", body_kind=""))
    assert Claim.objects.filter(dimension="new", body_kind="").count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"value": "nhiều"}, "value"), ({"period": "2022X"}, "period"), ({"indicator": "RATE"}, "indicator")],
)
def test_what_was_typed_wrong_is_said_at_its_field(client, account, wrong, field):
    client.force_login(account.cast.officer)
    answer = client.post(f"{LIST}moi/", typed(account, **wrong))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_a_number_read_wrongly_is_withdrawn_with_a_reason(client, account):
    claim = state(account, 13)
    client.force_login(account.cast.officer)
    assert client.post(f"{LIST}{claim.pk}/bo/", {"withdraw-note": ""}).status_code == 422
    assert client.post(f"{LIST}{claim.pk}/bo/", {"withdraw-note": "Nhầm dòng."}).headers["Location"] == LIST
    assert selectors.discrepancies() == []
    assert client.get(f"{LIST}{claim.pk}/").status_code == 404


def test_the_trace_of_the_figure_shows_who_says_otherwise(client, account):
    claim = state(account, 13)
    state(account, 1, period="2022Q1")
    answer = opened(client, account.cast.officer, f"/con-so/{account.figure().trace}/")
    assert [row.one.claimed.claim_id for row in answer.context["claims"]] == [claim.pk]
    assert 'data-state="discrepancy"' in answer.content.decode()
    state(account, 4, period="2021")
    unknown = opened(client, account.cast.officer, f"/con-so/{account.figure(period='2021').trace}/")
    assert "Cơ quan khác nêu" in unknown.content.decode()


def test_the_home_of_who_explains_counts_what_is_open(client, account):
    state(account, 13)
    state(account, 14, by=account.cast.officer)
    page = opened(client, account.cast.officer, reverse("desk-home")).content.decode()
    assert "1 số cơ quan khác nêu lệch" in page
    assert "số cơ quan khác nêu lệch" not in opened(client, account.cast.clerk, reverse("desk-home")).content.decode()
