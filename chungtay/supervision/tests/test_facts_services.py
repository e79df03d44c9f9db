"""Visits, recommendations and answers become figures that open to the very visits and recommendations."""

from datetime import date

import pytest
from django.urls import reverse

from chungtay.figures import selectors as account
from chungtay.figures.models import Fact
from chungtay.indicators import services as dictionary
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Keeper, Kind
from chungtay.indicators.services import Definition
from chungtay.kernel.periods import parse_period
from chungtay.supervision import services
from chungtay.supervision.facts import CODES, SOURCE, describe, tell_all
from chungtay.supervision.rules import BoardKind, Measure
from chungtay.supervision.tests.making import NOW, Office

pytestmark = pytest.mark.django_db


def define(office: Office) -> None:
    words = [Definition(code, f"Số {code}", "lượt", "Số lượt trong kỳ.", Kind.FLOW) for code in CODES]
    dictionary.define_indicators(words, now=NOW, by=office.cast.admin)
    for one in Indicator.objects.filter(code__in=CODES):
        dictionary.set_record_source(
            indicator=one,
            keeper=Keeper.REGISTERS,
            valid_from=date(2022, 1, 1),
            legal_basis="Quy ước",
            now=NOW,
            by=office.cast.admin,
        )


def value(office: Office, measure: Measure, area, period: str) -> int | None:
    return account.figure(f"supervision.{measure}", area.pk, parse_period(period)).value


def test_what_happened_is_told_once_by_month_and_level_and_opens_to_its_records(office: Office) -> None:
    define(office)
    row = office.running()
    visit = services.plan_visit(
        supervision=row, place="Khóm 2", planned_on=office.today, now=office.tick(), by=office.writer
    )
    services.make_visit(visit=visit, made_on=office.today, summary="Nghe 12 hộ", now=office.tick(), by=office.writer)
    board = services.write_board(
        area=office.cast.communes[0], kind=BoardKind.INVESTMENT, decision="02/NQ", term_from=date(2022, 1, 1),
        term_to=date(2024, 1, 1), member_count=5, head="Ông Tám", now=office.tick(), by=office.unit_writer,
    )  # fmt: skip
    services.record_board_visit(
        board=board,
        held_on=date(2022, 2, 20),
        subject="Đường khóm 3",
        result="Không",
        now=office.tick(),
        by=office.unit_writer,
    )
    on_time = office.signed(office.sent(supervision=row))
    late = office.sent()
    office.tick(45)
    office.signed(late)
    assert tell_all(now=office.tick()) > 0
    before = Fact.objects.count()
    assert tell_all(now=office.tick()) == 0, "telling again adds nothing"
    assert Fact.objects.count() == before
    city, unit = office.cast.city, office.cast.communes[0]
    assert value(office, Measure.VISITS, city, "2022-03") == 1, "of the city's own team"
    assert value(office, Measure.VISITS, unit, "2022-02") == 1
    assert value(office, Measure.VISITS, city, "2022-02..2022-03") == 2, "both levels add up"
    assert value(office, Measure.RECOMMENDATIONS, city, "2022-03") == 2
    office.tick(40)
    tell_all(now=office.now)
    assert value(office, Measure.ANSWERED, city, "2022-03..2022-04") == 2
    assert value(office, Measure.ON_TIME, city, "2022-03..2022-04") == 1
    source = Fact.objects.filter(area=city, source_kind=SOURCE, period_start=date(2022, 3, 1)).latest("id").source_id
    view = describe([source])[source]
    links = {part.url for part in view.parts_of([Measure.RECOMMENDATIONS.value])}
    assert links == {reverse("recommendation-detail", args=[one.pk]) for one in (on_time, late)}
    assert [part.url for part in view.parts_of([Measure.VISITS.value])] == [
        reverse("supervision-detail", args=[row.pk])
    ]


def test_without_the_indicators_nothing_is_told(office: Office) -> None:
    office.sent()
    assert tell_all(now=office.tick(60)) == 0
