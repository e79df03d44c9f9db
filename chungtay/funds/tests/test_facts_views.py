"""A figure's page names the vouchers that make it; only who may look into the fund finds a way to them."""

import pytest
from django.urls import reverse

from chungtay.access.rules import Role
from chungtay.figures import selectors as figures
from chungtay.funds import services
from chungtay.funds.tests.test_facts_services import MARCH, MEASURES, define
from chungtay.kernel.periods import parse_period

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(office, client):
    """The page of what was raised in March, as somebody sees it; and the address of its one voucher."""
    define(office)
    services.set_measures(fund=office.fund, measures=MEASURES, now=office.now, by=None)
    voucher = office.receive(5_000_000)
    asked = figures.figure("fund.raised", office.cast.city.pk, parse_period(MARCH), dimension="cash")

    def seen_by(user):
        client.force_login(user)
        return client.get(reverse("figure-trace", args=[asked.trace])).content.decode()

    return seen_by, str(voucher), reverse("voucher-detail", args=[office.fund.pk, str(voucher)])


def test_the_officer_goes_from_the_figure_to_the_voucher(office, page):
    seen_by, _label, url = page
    shown = seen_by(office.cast.officer)
    assert f'href="{url}"' in shown
    assert "tháng sổ quỹ" in shown


def test_who_may_not_look_into_the_fund_is_shown_no_way_that_leads_nowhere(office, page):
    seen_by, label, url = page
    clerk = office.cast.person("thi.dua", "Đinh Thị Đua", "Thư ký", (Role.CLERK, office.cast.city))
    shown = seen_by(clerk)
    assert label in shown
    assert url not in shown
    assert reverse("fund-detail", args=[office.fund.pk]) not in shown
