"""What is booked makes figures in the same transaction, each to the đồng and open to every voucher; telling again adds nothing."""

from datetime import date, timedelta

import pytest

from chungtay.figures import selectors as figures
from chungtay.figures.models import Batch, Fact
from chungtay.funds import services
from chungtay.funds.rules import Line, Measure
from chungtay.funds.services import MeasureDraft
from chungtay.indicators import services as indicators
from chungtay.indicators.rules import Keeper, Kind
from chungtay.indicators.selectors import indicator_by_code
from chungtay.indicators.services import Definition
from chungtay.kernel.periods import parse_period
from chungtay.ledger.entries import VoucherKind
from chungtay.places.rules import BodyKind

pytestmark = pytest.mark.django_db
MARCH = "2025-03"
MEASURES = (
    MeasureDraft(Measure.RECEIVED, "fund.raised", "cash", ("511",)),
    MeasureDraft(Measure.RECEIVED, "fund.raised", "in_kind", ("512",)),
    MeasureDraft(Measure.OUTSIDE, "fund.raised", "outside"),
    MeasureDraft(Measure.CAMPAIGN, "fund.by_campaign", accounts=("511", "512")),
    MeasureDraft(Measure.PLEDGED, "fund.pledged"),
    MeasureDraft(Measure.SPENT, "fund.spent"),
    MeasureDraft(Measure.SPENT, "fund.spent", "goods", ("6120",)),
)


def define(office):
    money = {"now": office.now, "by": None}
    indicators.define_dimension(
        code="amount", name="Nguồn", values={"cash": "Tiền", "in_kind": "Hiện vật", "outside": "Ngoài quỹ"}, **money
    )
    indicators.define_dimension(code="campaign", name="Đợt", values={}, **money)
    indicators.define_dimension(code="spending", name="Loại chi", values={"goods": "Hiện vật đã trao"}, **money)
    said = (
        ("fund.raised", ("amount",)),
        ("fund.by_campaign", ("campaign",)),
        ("fund.pledged", ()),
        ("fund.spent", ("spending",)),
    )
    indicators.define_indicators(
        [
            Definition(code, code, "đồng", "Định nghĩa.", Kind.FLOW, is_money=True, dimensions=dimensions)
            for code, dimensions in said
        ],
        **money,
    )
    for code, _ in said:
        keep(office, code, Keeper.FUNDS, date(2025, 1, 1))


def keep(office, code, keeper, day):
    indicators.set_record_source(
        indicator=indicator_by_code(code), keeper=keeper, valid_from=day, now=office.now, by=None
    )


@pytest.fixture
def told(office):
    """The office whose books make figures."""
    define(office)
    services.set_measures(fund=office.fund, measures=MEASURES, now=office.now, by=None)
    return office


def value(office, code, dimension="", period=MARCH):
    return figures.figure(code, office.cast.city.pk, parse_period(period), dimension=dimension).value


def parts(office, code, dimension="", period=MARCH):
    found = figures.figure(code, office.cast.city.pk, parse_period(period), dimension=dimension)
    rows = figures.trace(found.trace).facts
    return [(part.title.split(",")[0], part.value) for row in rows for part in row.source.parts_of([row.cell])]


def test_a_voucher_makes_figures_when_it_is_booked_and_not_before(told):
    draft = told.draft(VoucherKind.RECEIPT, Line("112", "511", 5_000_000))
    assert value(told, "fund.raised") is None
    told.post(draft)
    assert value(told, "fund.raised", "cash") == value(told, "fund.raised") == 5_000_000
    assert value(told, "fund.raised", "in_kind") == 0, "the month is told whole"


def test_the_four_amounts_stay_apart(told):
    told.receive(5_000_000)
    told.post(told.draft(VoucherKind.IN_KIND_RECEIPT, Line("152", "512", 3_000_000, item="Gạo", quantity=100)))
    day = told.now.date()
    services.record_outside_gift(
        fund=told.fund, amount=700_000, given_on=day, what="Khóm 2", now=told.now, by=told.accountant
    )
    services.record_pledge(
        fund=told.fund, amount=9_000_000, pledged_on=day, donor="Công ty A", now=told.now, by=told.accountant
    )
    apart = {key: value(told, "fund.raised", key) for key in ("cash", "in_kind", "outside")}
    assert apart == {"cash": 5_000_000, "in_kind": 3_000_000, "outside": 700_000}
    assert value(told, "fund.raised") == 8_700_000
    assert value(told, "fund.pledged") == 9_000_000


def test_transfers_between_levels_and_interest_are_not_raised(told):
    told.post(told.draft(VoucherKind.RECEIPT, Line("112", "511", 1_000_000), Line("112", "515", 40_000)))
    told.post(told.draft(VoucherKind.TRANSFER, Line("112", "518", 6_000_000), transfer="T1"))
    told.post(told.draft(VoucherKind.TRANSFER, Line("618", "112", 2_000_000), transfer="T2"))
    assert value(told, "fund.raised") == 1_000_000
    assert value(told, "fund.spent") == 0


def test_a_figure_opens_to_every_voucher_that_makes_it_and_they_add_up(told):
    first, second = told.receive(5_000_000), told.receive(2_500_000)
    told.spend(1_000_000)
    assert parts(told, "fund.raised", "cash") == [(str(first), 5_000_000), (str(second), 2_500_000)]
    [fact] = figures.trace(
        figures.figure("fund.raised", told.cast.city.pk, parse_period(MARCH), dimension="cash").trace
    ).facts
    assert fact.source.parts[0].url == f"/quy/{told.fund.pk}/chung-tu/{first}/"
    assert told.drafts[0].party not in str(fact.source), "who gave is not told to who sees figures"


def test_an_earlier_state_of_the_month_shows_the_vouchers_of_then(told):
    first = told.receive(5_000_000)
    before = told.now + timedelta(seconds=1)
    told.receive(2_500_000)
    then = figures.figure("fund.raised", told.cast.city.pk, parse_period(MARCH), dimension="cash", known_at=before)
    [fact] = figures.trace(then.trace).facts
    shown = [(part.title.split(",")[0], part.value) for part in fact.source.parts_of([fact.cell])]
    assert (then.value, shown) == (5_000_000, [(str(first), 5_000_000)])


def test_a_reversal_takes_away_in_the_month_in_which_it_is_made(told):
    told.receive(4_000_000)
    wrong = told.receive(5_000_000)
    told.now += timedelta(days=30)
    services.reverse_voucher(
        voucher=wrong, reason="Ghi nhầm", drafted_by=told.accountant, now=told.now, by=told.controller
    )
    assert (value(told, "fund.raised"), value(told, "fund.raised", period="2025-04")) == (9_000_000, -5_000_000)
    assert value(told, "fund.raised", period="2025-03..2025-04") == 4_000_000


def test_what_is_given_in_a_campaign_is_cut_by_campaign_whatever_the_year(told):
    drive = services.open_campaign(
        fund=told.fund,
        code="tet-2025",
        name="Tết vì người nghèo 2025",
        starts_on=date(2024, 12, 1),
        ends_on=date(2025, 3, 31),
        now=told.now,
        by=None,
    )
    content = told.content(VoucherKind.RECEIPT, Line("112", "511", 3_000_000))
    told.post(services.write_draft(fund=told.fund, content=content, campaign=drive, now=told.now, by=told.accountant))
    told.receive(1_000_000)
    assert value(told, "fund.by_campaign", "tet-2025") == 3_000_000, "the dictionary has learned the campaign"
    assert value(told, "fund.by_campaign", "ngoai-dot") == 1_000_000
    assert value(told, "fund.by_campaign") == value(told, "fund.raised") == 4_000_000


def test_spending_is_cut_by_kind_and_goods_handed_out_are_a_kind_of_their_own(told):
    told.receive(90_000_000)
    told.spend(50_000_000, kind="6111")
    told.spend(300_000)
    told.post(told.draft(VoucherKind.IN_KIND_RECEIPT, Line("152", "512", 800_000, item="Gạo", quantity=40)))
    told.post(told.draft(VoucherKind.IN_KIND_ISSUE, Line("6120", "152", 800_000, item="Gạo", quantity=40)))
    by_kind = {key: value(told, "fund.spent", key) for key in ("house-new", "gift", "goods", "relief")}
    assert by_kind == {"house-new": 50_000_000, "gift": 300_000, "goods": 800_000, "relief": 0}
    assert value(told, "fund.spent") == 51_100_000


def test_several_drafts_are_booked_at_once_and_told_once(told):
    drafts = [told.draft(VoucherKind.RECEIPT, Line("112", "511", 1_000_000)) for _ in range(3)]
    batches = Batch.objects.count()
    vouchers = services.post_drafts(drafts=drafts, now=told.now, by=told.controller)
    assert (len(vouchers), Batch.objects.count() - batches) == (3, 1)
    assert value(told, "fund.raised", "cash") == 3_000_000


def test_telling_again_adds_nothing(told):
    told.receive(5_000_000)
    facts = Fact.objects.count()
    assert services.tell_facts(fund=told.fund, now=told.now, by=told.controller) == 0
    assert Fact.objects.count() == facts


def test_what_was_booked_before_the_measures_were_set_is_told_afterwards(office):
    define(office)
    office.receive(5_000_000)
    assert not Fact.objects.exists()
    services.set_measures(fund=office.fund, measures=MEASURES, now=office.now, by=None)
    assert services.tell_facts(fund=office.fund, now=office.now, by=office.controller) > 0
    assert value(office, "fund.raised") == 5_000_000
    assert services.tell_facts(fund=office.fund, now=office.now, by=office.controller) == 0


def test_a_month_without_anything_is_zero_once_it_is_closed_and_unknown_before(told):
    told.receive(1_000_000)
    told.now += timedelta(days=60)
    april = date(2025, 4, 15)
    assert value(told, "fund.raised", period="2025-04") is None
    services.ask_period(body=told.fund.body, day=april, to_close=True, now=told.now, by=told.accountant)
    services.confirm_period(body=told.fund.body, day=april, now=told.now, by=told.controller)
    assert value(told, "fund.raised", period="2025-04") == 0


def test_a_fund_tells_nothing_that_another_source_keeps(told):
    keep(told, "fund.raised", Keeper.RETURNS, date(2025, 3, 1))
    told.receive(5_000_000)
    assert value(told, "fund.raised") is None
    assert value(told, "fund.by_campaign") == 5_000_000


def test_a_fund_without_measures_makes_no_figures(office):
    define(office)
    office.receive(5_000_000)
    assert not Fact.objects.exists()


def test_what_cannot_be_told_is_not_booked(told, monkeypatch):
    """Books and figures are one transaction: neither is ever without the other."""

    def fail(*args, **kwargs):
        raise RuntimeError("the account is not there")

    draft = told.draft(VoucherKind.RECEIPT, Line("112", "511", 5_000_000))
    monkeypatch.setattr("chungtay.funds.facts.figures.record_facts", fail)
    with pytest.raises(RuntimeError):
        told.post(draft)
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert not told.fund.vouchers.exists()


def test_two_funds_of_a_place_do_not_make_the_same_figure(told):
    sister = services.open_fund(
        body=told.cast.body(told.cast.city, BodyKind.MTTQ),
        code="cuu-tro",
        name="Quỹ cứu trợ",
        opened_on=date(2025, 1, 1),
        now=told.now,
        by=None,
    )
    with pytest.raises(services.CellTaken):
        services.set_measures(fund=sister, measures=MEASURES[:1], now=told.now, by=None)
    with pytest.raises(services.CellTaken):
        services.set_measures(fund=told.fund, measures=(*MEASURES, MEASURES[0]), now=told.now, by=None)


def test_a_gift_that_says_nothing_is_refused(told):
    day = told.now.date()
    for amount, on, what in ((0, day, "Khóm 2"), (5, day, " "), (5, day + timedelta(days=1), "Khóm 2")):
        with pytest.raises(services.BadGift):
            services.record_outside_gift(
                fund=told.fund, amount=amount, given_on=on, what=what, now=told.now, by=told.accountant
            )
    with pytest.raises(services.BadGift):
        services.record_pledge(fund=told.fund, amount=5, pledged_on=day, donor="", now=told.now, by=told.accountant)
