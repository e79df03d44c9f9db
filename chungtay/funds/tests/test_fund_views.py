"""Who sees which fund, what its page says, and the months that two persons close."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from chungtay.access.rules import Role
from chungtay.funds import services
from chungtay.funds.models import OutsideGift, PeriodAct, Pledge
from chungtay.funds.rules import Line
from chungtay.funds.tests.test_voucher_views import at, page_of, text_of
from chungtay.ledger.entries import VoucherKind

PAGES = ("fund-detail", "voucher-list", "month-list", "book-list")


@pytest.fixture
def busy(office):
    """The office with one of everything."""
    office.receive(50_000_000, purpose="nha-o")
    office.post(office.draft(VoucherKind.IN_KIND_RECEIPT, Line("152", "512", 3_000_000, item="gạo, kg", quantity=150)))
    office.spend(20_000_000, purpose="nha-o", kind="6112")
    office.draft(VoucherKind.RECEIPT, Line("111", "511", 1_000_000))
    return office


def test_a_stranger_does_not_learn_that_a_fund_exists(busy):
    draft = busy.drafts[-1]
    addresses = [at(name, busy) for name in PAGES]
    addresses += [at("voucher-detail", busy, "PT-2025-000001"), at("voucher-print", busy, "PT-2025-000001")]
    addresses += [at("draft-detail", busy, draft.pk), at("draft-create", busy, "phieu-thu")]
    addresses += [at("book-detail", busy, "so-tien-gui"), at("book-file", busy, "so-tien-gui", "pdf")]
    for person in (busy.cast.outsider, busy.cast.clerk, busy.cast.admin):
        client = page_of(person)
        assert {client.get(url).status_code for url in addresses} == {404}
        assert client.post(at("draft-post", busy, draft.pk), {"revision": 1}).status_code == 404
    assert {Client().get(url).status_code for url in addresses} == {302}


def test_who_may_only_look_finds_no_button(busy):
    client = page_of(busy.cast.auditor)
    draft = busy.drafts[-1]
    for url in (*(at(name, busy) for name in PAGES), at("voucher-detail", busy, "PC-2025-000001")):
        page = client.get(url)
        assert page.status_code == 200
        assert page.content.decode().count('method="post"') == 1, f"only the way out: {url}"
        assert "/lap/" not in page.content.decode()
    assert client.get(at("draft-detail", busy, draft.pk)).status_code == 200
    assert client.get(at("draft-create", busy, "phieu-thu")).status_code == 403
    assert client.post(at("draft-post", busy, draft.pk), {"revision": 1}).status_code == 403
    assert client.post(at("month-list", busy), {"do": "ask_close"}).status_code == 403


def test_the_fund_stands_in_the_navigation_of_those_who_may_look(busy):
    link = f'href="{reverse("fund-list")}"'
    assert link in page_of(busy.cast.auditor).get(reverse("help")).content.decode()
    assert link not in page_of(busy.cast.clerk).get(reverse("help")).content.decode()


def test_the_list_shows_what_each_fund_holds_and_an_empty_one_teaches(busy):
    page = text_of(page_of(busy.cast.auditor).get(reverse("fund-list")))
    assert "30.000.000" in page
    assert "3.000.000" in page
    empty = text_of(page_of(busy.cast.clerk).get(reverse("fund-list")))
    assert "Chưa có quỹ nào trong phạm vi của bạn" in empty


def test_four_amounts_stand_apart_and_are_cut_by_year_campaign_or_days(busy):
    campaign = services.open_campaign(
        fund=busy.fund,
        code="tcd",
        name="Tháng cao điểm",
        starts_on=date(2025, 10, 17),
        ends_on=date(2025, 11, 18),
        now=busy.now,
        by=None,
    )
    said = {"recorded_at": busy.now, "recorded_by": busy.accountant, "fund": busy.fund}
    Pledge.objects.create(donor="A", amount=7_000_000, pledged_on=date(2025, 3, 2), campaign=campaign, **said)
    OutsideGift.objects.create(what="Nhà", amount=9_000_000, given_on=date(2024, 3, 2), **said)
    client = page_of(busy.cast.auditor)

    def amounts(**asked):
        found = client.get(at("fund-detail", busy), asked).context["amounts"]
        return found.pledged, found.in_money, found.in_kind, found.outside

    assert amounts(nam="2025") == (7_000_000, 50_000_000, 3_000_000, 0)
    assert amounts(nam="2024") == (0, 0, 0, 9_000_000)
    assert amounts(dot="tcd") == (7_000_000, 0, 0, 0)
    assert amounts(tu="01/03/2025", den="05/03/2025") == (7_000_000, 0, 0, 0)
    assert amounts(nam="tat-ca") == (7_000_000, 50_000_000, 3_000_000, 9_000_000)
    assert client.get(at("fund-detail", busy), {"tu": "05/03/2025", "den": "01/03/2025"}).status_code == 422


@pytest.mark.parametrize("cut", [{"nam": "2025"}, {"nam": "tat-ca"}, {"dot": "tcd"}, {"tu": "01/02/2025"}])
def test_an_amount_opens_to_the_list_that_adds_up_to_it(busy, cut):
    campaign = services.open_campaign(
        fund=busy.fund,
        code="tcd",
        name="Tháng cao điểm",
        starts_on=date(2024, 10, 17),
        ends_on=date(2024, 11, 18),
        now=busy.now,
        by=None,
    )
    early = services.write_draft(
        fund=busy.fund,
        content=busy.content(VoucherKind.RECEIPT, Line("111", "511", 4_000_000), on=date(2024, 12, 30)),
        campaign=campaign,
        now=busy.now,
        by=busy.accountant,
    )
    busy.post(early)
    client = page_of(busy.cast.auditor)
    page = client.get(at("fund-detail", busy), cut)
    wanted = {"2025": 50_000_000, "tat-ca": 54_000_000}.get(cut.get("nam"), 4_000_000 if "dot" in cut else 50_000_000)
    assert page.context["amounts"].in_money == wanted
    for name in ("in_money", "in_kind"):
        sheet = client.get(page.context["sources"][name]).context["sheet"]
        assert sheet.rows[-1].cells[-1] == getattr(page.context["amounts"], name)
        assert client.get(page.context["sources"][name].replace("/?", "/tep.pdf?")).status_code == 200


def test_what_waits_is_shown_to_whom_it_waits_for(busy):
    def titles(person):
        return [task["state_label"] for task in page_of(person).get(at("fund-detail", busy)).context["tasks"]]

    assert titles(busy.controller) == ["Chờ ghi sổ"]
    assert "Chờ chi tiền" in titles(busy.treasurer)
    assert "Bạn lập, chờ người khác ghi sổ" in titles(busy.accountant)
    assert titles(busy.cast.auditor) == []


def test_a_month_is_closed_and_opened_again_by_two_persons(busy):
    accountant, controller, url = page_of(busy.accountant), page_of(busy.controller), at("month-list", busy)
    month = {"month": "01/03/2025"}
    accountant.post(url, month | {"do": "ask_close", "key": "a"})
    accountant.post(url, month | {"do": "ask_close", "key": "a"})
    assert PeriodAct.objects.count() == 1
    assert accountant.post(url, month | {"do": "confirm", "key": "b"}).status_code == 403
    assert "Khóa sổ" in text_of(controller.get(url))
    controller.post(url, month | {"do": "confirm", "key": "b"})
    bare = accountant.post(url, month | {"do": "ask_reopen", "key": "c"})
    assert bare.status_code == 422
    assert "phải ghi rõ lý do" in text_of(bare)
    accountant.post(url, month | {"do": "ask_reopen", "key": "d", "reason": "Sót phiếu"})
    controller.post(url, month | {"do": "confirm", "key": "e"})
    assert [act.verb for act in PeriodAct.objects.order_by("id")] == ["ask_close", "close", "ask_reopen", "reopen"]


def test_who_holds_both_posts_still_does_not_confirm_the_own_request(busy):
    both = busy.cast.person(
        "ca.hai", "Phan Hai", "Kế toán", (Role.ACCOUNTANT, busy.cast.city), (Role.CONTROLLER, busy.cast.city)
    )
    client, url = page_of(both), at("month-list", busy)
    client.post(url, {"month": "01/03/2025", "do": "ask_close", "key": "a"})
    refused = client.post(url, {"month": "01/03/2025", "do": "confirm", "key": "b"})
    assert refused.status_code == 422
    assert "không được tự xác nhận" in text_of(refused)
