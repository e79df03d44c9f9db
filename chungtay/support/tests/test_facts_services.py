"""Cases become figures: three ways of counting what was given, houses on acceptance, taken back when a step is."""

from datetime import date

import pytest
from django.db.models import F

from chungtay.audit.models import HistoryIsFixed
from chungtay.figures import selectors as figures
from chungtay.figures.models import Fact
from chungtay.figures.registry import describe_sources
from chungtay.indicators import services as indicators
from chungtay.indicators.records import set_record_source
from chungtay.indicators.rules import Keeper, Kind
from chungtay.indicators.selectors import indicator_by_code
from chungtay.indicators.services import Definition
from chungtay.kernel.periods import parse_period
from chungtay.support import facts, services
from chungtay.support.models import Handover, Role
from chungtay.support.rules import Share, Source, State
from chungtay.support.tests.test_way_services import told

FLOWS = ("support.bridges", "support.times")
BROKEN = (("support.houses", "house_work"), ("support.packages", "gift_kind"), ("support.package_value", "gift_kind"))


@pytest.fixture
def counted(place):
    """The dictionary knows the six indicators, and the registers keep them on record."""
    said = {"now": place.now, "by": None}
    indicators.define_dimension(code="house_work", name="Cách làm", values={"new": "Mới", "repair": "Sửa"}, **said)
    indicators.define_dimension(code="gift_kind", name="Loại", values={"gift": "Quà"}, **said)
    flows = [Definition(code, code, "x", code, Kind.FLOW) for code in FLOWS]
    flows += [Definition(code, code, "x", code, Kind.FLOW, dimensions=(axis,)) for code, axis in BROKEN]
    indicators.define_indicators([*flows, Definition(facts.SERVED, "Hộ", "hộ", "Hộ", Kind.STOCK)], **said)
    for code in facts.CODES:
        set_record_source(
            indicator=indicator_by_code(code), keeper=Keeper.REGISTERS, valid_from=date(2025, 1, 1), **said
        )
    return place


def value(place, code, key="", period="2025-03"):
    asked = figures.consolidate(
        indicators=[code],
        area_ids=[place.area.pk],
        periods=[parse_period(period)],
        by_dimension=bool(key),
        status="approved",
    )
    return next((one.value for one in asked if one.dimension == key), None)


def test_packages_times_and_households_are_three(counted):
    place = counted
    case = place.lead(place.list_of(), State.FUNDED)
    lines = list(case.lines.order_by("position"))
    give = {"by": place.clerk, "on": place.today}
    told(place, case, services.hand_out, lines=[lines[0].pk, lines[2].pk], **give)
    place.keep(case, Role.RECEIPT)
    told(place, case, services.deliver, gives_rest=True, **give)
    again = place.lead(
        place.list_of(services.LineDraft("Nguyễn Thị Sáu", "Khóm 2", 200_000, household=place.households[0])),
        State.POSTED,
    )
    place.tick(days=9)
    place.approve(again, again_reason="Quà dịp khác")
    voucher = place.pay(200_000)
    told(place, again, services.link_voucher, voucher=voucher, amount=200_000, by=place.office.accountant)
    told(place, again, services.confirm_funded, by=place.office.accountant)
    told(place, again, services.hand_out, lines=[again.lines.get().pk], by=place.clerk, on=place.today)
    month = f"{place.today:%Y-%m}"
    first = f"{case.handovers.first().day:%Y-%m}"
    assert value(place, facts.PACKAGES, "gift", first) == 5
    assert value(place, facts.VALUE, "gift", first) == 2_000_000
    assert value(place, facts.TIMES, period=first) == 4
    assert value(place, facts.SERVED, period=month) == 3  # Sáu twice in the year is one household
    assert value(place, facts.HOUSES, "new", first) == 0


def test_a_house_counts_when_it_is_accepted_and_no_more_when_that_is_taken_back(counted):
    place = counted
    case = place.lead(place.propose(), State.DELIVERED)
    assert not Fact.objects.filter(indicator__code=facts.HOUSES, value__gt=0).exists()
    for role in (Role.MINUTES, Role.PICTURE):
        place.keep(case, role)
    told(place, case, services.accept, minutes="05", on=place.today, by=place.leader)
    month = f"{place.today:%Y-%m}"
    assert value(place, facts.HOUSES, "new", month) == 1
    told(place, case, services.send_back, reason="Mái chưa xong", by=place.leader)
    assert value(place, facts.HOUSES, "new", month) == 0
    told(place, case, services.accept, minutes="06", on=place.today, by=place.leader)
    assert value(place, facts.HOUSES, "new", month) == 1
    assert services.tell_facts(area=place.area, now=place.tick(), by=None) == 0


def test_a_list_that_is_sent_back_is_given_by_nobody(counted):
    place = counted
    case = place.lead(place.list_of(), State.DELIVERED)
    told(place, case, services.send_back, reason="Nhầm danh sách", by=place.leader)
    assert value(place, facts.PACKAGES, "gift", f"{place.today:%Y-%m}") == 0
    assert value(place, facts.SERVED, period=f"{place.today:%Y-%m}") == 0
    assert Handover.objects.count() == 6
    assert sum(Handover.objects.values_list("quantity", flat=True)) == 0
    told(place, case, services.deliver, on=place.today, gives_rest=True, by=place.clerk)
    assert value(place, facts.PACKAGES, "gift", f"{place.today:%Y-%m}") == 4


def test_every_source_says_for_ever_what_it_said_and_its_parts_add_up(counted):
    place = counted
    case = place.lead(place.propose(), State.ACCEPTED)
    told(place, case, services.send_back, reason="Kiểm tra lại", by=place.leader)
    place.lead(place.list_of(), State.DELIVERED)
    rows = list(Fact.objects.filter(source_kind=facts.SOURCE))
    shown = describe_sources({(one.source_kind, one.source_id) for one in rows})
    assert len(rows) > 10
    for fact in rows:
        view = shown[fact.source_kind, fact.source_id]
        assert sum(part.value for part in view.parts_of([fact.source_cell])) == fact.value, fact.source_cell
        assert view.locked == ("case", place.area.pk)
    assert not any("Sáu" in part.title for view in shown.values() for part in view.parts)


def test_only_registers_tell_and_unknown_kinds_are_taught(counted):
    place = counted
    more = {"kind": "emergency", "details": {"event": "Cháy", "happened_on": "2025-03-09"}}
    case = place.propose(total=5_000_000, shares=(Share(Source.FUND, 5_000_000),), **more)
    place.lead(case, State.DELIVERED)
    assert value(place, facts.PACKAGES, "emergency", f"{place.today:%Y-%m}") == 1
    with pytest.raises(HistoryIsFixed):
        Handover.objects.update(quantity=F("quantity") + 1)
