"""The programme's pages through HTTP: the figures are the account's, each opens to its source, each person sees their own."""

import re

import pytest
from django.urls import reverse

from chungtay.desk.tests import programme_story
from chungtay.desk.tests.programme_story import Tale
from chungtay.figures import selectors as figures
from chungtay.figures.rules import Figure
from chungtay.kernel.periods import parse_period
from chungtay.kernel.text import NBSP
from tests.remembering import remembered

pytestmark = pytest.mark.django_db
PAGE = "/chuong-trinh/500/"
TO_DATE = "2020-01..2022-09"
MOST_QUERIES = 40


@pytest.fixture
def tale() -> Tale:
    return remembered(programme_story.tell)()


def signed_in(client, user):
    client.force_login(user)
    return client


def card(answer, code: str):
    return next(one for one in answer.context["board"].cards if one.indicator.code == code)


def figure(area, code="support.houses", period=TO_DATE, **more) -> Figure:
    return figures.figure(code, area.id, parse_period(period), **more)


def test_a_visitor_is_led_to_the_sign_in_page(client, tale):
    for name in ("programme-detail", "programme-indicators", "programme-parties"):
        assert client.get(reverse(name, args=["500"])).url.startswith("/dang-nhap/")
    assert client.get(reverse("programme-list")).url.startswith("/dang-nhap/")


def test_the_list_names_the_programme_its_parties_and_years(client, tale):
    page = signed_in(client, tale.cast.officer).get("/chuong-trinh/").content.decode()
    assert "Chương trình phối hợp số 500" in page
    assert "Ủy ban Mặt trận Tổ quốc Việt Nam Tỉnh Đồng Tháp" in page
    assert "giai đoạn 2020–2024, 1 kế hoạch của cấp dưới" in page


def test_a_programme_elsewhere_is_neither_listed_nor_opened(client, tale):
    tale.programme.area = tale.cast.city
    tale.programme.save()
    signed_in(client, tale.cast.outsider)
    assert "số 500" not in client.get("/chuong-trinh/").content.decode()
    assert client.get(PAGE).status_code == 404
    assert client.get(PAGE + "chi-tieu/").status_code == 404
    assert client.get(PAGE + "cac-ben/").status_code == 404
    assert client.get("/chuong-trinh/khong-co/").status_code == 404


def test_headline_figures_are_the_accounts_and_open_to_their_trace(client, tale):
    answer = signed_in(client, tale.cast.upper_leader).get(PAGE)
    houses = figure(tale.cast.city)
    assert houses.value == 15
    assert card(answer, "support.houses").figure == houses
    page = answer.content.decode()
    assert f'href="/con-so/{houses.trace}/">15<' in page
    assert client.get(f"/con-so/{houses.trace}/").status_code == 200


def test_the_period_runs_from_the_start_to_the_newest_wholly_approved_round(client, tale):
    answer = signed_in(client, tale.cast.officer).get(PAGE)
    assert answer.context["ask"].period.code == TO_DATE
    codes = [code for group in answer.context["ask"].period_groups for code, _ in group.choices]
    assert {TO_DATE, "2020", "2022", "2022H2"} <= set(codes)  # a programme to date is a year when it ends one
    assert "2020-01..2022-12" in codes


def test_the_round_under_way_is_told_with_the_way_to_the_grid(client, tale):
    page = signed_in(client, tale.cast.officer).get(PAGE).content.decode()
    assert "Đợt báo cáo quý IV năm 2022: 1/2 đơn vị đã gửi." in page
    assert "Hạn gửi 20/01/2023 đã qua." in page
    assert f'href="{reverse("return-grid")}"' in page


def test_a_target_is_met_only_as_far_as_the_figure_goes(client, tale):
    reached = card(signed_in(client, tale.cast.officer).get(PAGE), "support.houses").achievement
    assert (reached.percent, reached.is_reached) == (93, False)  # 15 of 16 is 93,75%
    assert reached.text.startswith(f"Đạt 93% kế hoạch 16{NBSP}căn giai đoạn 2020")


def test_a_ratio_is_shown_with_its_terms_and_its_target(client, tale):
    answer = signed_in(client, tale.cast.officer).get(PAGE)
    rate = card(answer, "poverty.rate")
    assert rate.said.number == "1,4"
    assert rate.note.startswith(f"122{NBSP}hộ nghèo / 9.024{NBSP}hộ dân")
    assert rate.achievement.text == "Mục tiêu không quá 0,8% năm 2024"
    assert rate.trend.target == pytest.approx(0.8)


def test_an_unfinished_year_is_dashed_and_a_year_without_a_number_is_not_zero(client, tale):
    trend = card(signed_in(client, tale.cast.officer).get(PAGE), "support.houses").trend
    assert [(p.label, p.value, p.partial) for p in trend.points] == [
        ("2020", None, False),
        ("2021", None, False),
        ("9/22", 15.0, True),
    ]


def test_the_parts_of_the_units_add_up_to_the_total(client, tale):
    parts = signed_in(client, tale.cast.officer).get(PAGE).context["board"].parts
    at = [column.code for column in parts.columns].index("support.houses")
    assert [row.name for row in parts.rows] == ["Phường 11", "Phường 1"]
    assert [row.cells[at].text for row in parts.rows] == ["8", "7"]
    assert parts.total.cells[at].text == "15"
    assert all(cell.url for row in parts.rows for cell in row.cells)


def test_what_was_known_on_an_earlier_day_is_shown_with_a_banner_and_a_way_back(client, tale):
    signed_in(client, tale.cast.officer)
    answer = client.get(PAGE, {"biet": "04/11/2022"})
    shown = card(answer, "support.houses").figure
    assert shown.value == 14
    assert shown == figure(tale.cast.city, known_at=answer.context["ask"].known.moment)
    page = answer.content.decode()
    assert "Đang xem số liệu như đã biết đến hết ngày" in page
    assert "Trở lại số liệu hôm nay" in page
    assert card(client.get(PAGE, {"biet": "2022-11-05"}), "support.houses").figure.value == 15


def test_a_day_that_is_none_or_is_still_to_come_is_told_and_today_is_shown(client, tale):
    signed_in(client, tale.cast.officer)
    for typed, words in (("31/02/2023", "không phải một ngày có trong lịch"), ("01/01/2190", "chưa tới")):
        answer = client.get(PAGE, {"biet": typed})
        assert words in answer.content.decode()
        assert card(answer, "support.houses").figure.value == 15
        assert answer.context["ask"].known.moment is None


def test_an_unknown_period_is_told_and_the_usual_one_is_shown(client, tale):
    answer = signed_in(client, tale.cast.officer).get(PAGE, {"ky": "2022Q9"})
    assert "Không xem được kỳ đã chọn." in answer.content.decode()
    assert answer.context["ask"].period.code == TO_DATE


def test_units_that_are_awaited_are_named_and_the_figure_is_provisional(client, tale):
    answer = signed_in(client, tale.cast.officer).get(PAGE, {"ky": "2022Q4", "tat-ca": "1"})
    houses = card(answer, "support.houses")
    assert (houses.figure.value, houses.figure.reported, houses.names) == (7, 1, ("Phường 11",))
    assert (houses.state, houses.state_label) == ("provisional", "Sơ bộ")
    page = re.sub(r"\s+", " ", answer.content.decode())
    assert "1/2 đơn vị,</span> chưa có Phường 11" in page
    assert "Đang tính cả số chưa duyệt." in page


def test_without_any_approved_number_there_is_no_zero(client, tale):
    answer = signed_in(client, tale.cast.officer).get(PAGE, {"ky": "2022Q4"})
    houses = card(answer, "support.houses")
    assert (houses.said.number, houses.state) == (None, "missing")
    assert "Chưa có số" in answer.content.decode()


def test_a_unit_sees_its_own_figures_by_period_and_its_own_return(client, tale):
    answer = signed_in(client, tale.cast.clerk).get(PAGE, {"ky": "2020-01..2022-12"})
    assert answer.context["ask"].area.name == "Phường 11"
    assert card(answer, "support.houses").figure == figure(tale.cast.communes[0], period="2020-01..2022-12")
    parts = answer.context["board"].parts
    assert (parts.head, [row.name for row in parts.rows]) == ("Kỳ", ["Quý III/2022", "Quý IV/2022"])
    page = answer.content.decode()
    assert "báo cáo của Phường 11 chưa bắt đầu" in page
    assert "Phường 1<" not in page


def test_a_unit_cannot_ask_for_another_units_figures(client, tale):
    signed_in(client, tale.cast.clerk)
    for code in (tale.cast.communes[1], tale.cast.city):
        ref = "29866" if code is tale.cast.communes[1] else "866"
        assert client.get(PAGE, {"noi": ref}).status_code == 404
        assert client.get(PAGE + "chi-tieu/", {"noi": ref}).status_code == 404


def test_an_officer_may_choose_a_unit(client, tale):
    answer = signed_in(client, tale.cast.officer).get(PAGE, {"noi": "29866"})
    assert answer.context["ask"].area.name == "Phường 1"
    assert card(answer, "support.houses").figure.value == 7


def test_whoever_has_no_figures_sees_what_was_agreed_but_no_number(client, tale):
    signed_in(client, tale.cast.admin)
    answer = client.get(PAGE)
    assert answer.context["board"] is None
    assert "Bạn không được giao xem số liệu" in answer.content.decode()
    assert client.get(PAGE + "cac-ben/").status_code == 200


def test_every_indicator_stands_with_coverage_target_and_achievement(client, tale):
    signed_in(client, tale.cast.officer)
    answer = client.get(PAGE + "chi-tieu/")
    rows = {row.indicator.code: row for row in answer.context["rows"]}
    assert set(rows) == {"support.houses", "groups.clubs", "poverty.poor", "poverty.all", "poverty.rate"}
    assert (rows["support.houses"].cell.text, rows["support.houses"].achievement.short) == ("15", "93%")
    assert rows["groups.clubs"].as_of == "có đến 30/09/2022"
    quarter = client.get(PAGE + "chi-tieu/", {"ky": "2022Q3"}).context["rows"]
    assert {row.coverage for row in quarter} == {"2/2 đơn vị"}


def test_parties_areas_of_work_and_plans_stand_on_their_page(client, tale):
    page = signed_in(client, tale.cast.officer).get(PAGE + "cac-ben/").content.decode()
    assert "Kế hoạch thực hiện số 18/KH" in page
    assert "Ủy ban nhân dân Tỉnh Đồng Tháp" in page


def test_a_plans_address_leads_to_its_areas_results(client, tale):
    answer = signed_in(client, tale.cast.officer).get("/chuong-trinh/500-866/")
    assert (answer.status_code, answer.url) == (302, "/chuong-trinh/500/?noi=866")


def test_the_navigation_leads_here_and_says_where_one_is(client, tale):
    page = signed_in(client, tale.cast.officer).get("/chuong-trinh/").content.decode()
    assert '<a href="/chuong-trinh/" aria-current="page">Chương trình</a>' in page
    assert '<a href="/con-so/">Con số</a>' in page


@pytest.mark.parametrize("question", [{}, {"tat-ca": "1"}, {"biet": "04/11/2022"}])
def test_the_page_asks_the_account_at_most_three_times(client, tale, monkeypatch, question):
    asked = []
    consolidate = figures.consolidate
    monkeypatch.setattr(figures, "consolidate", lambda **given: asked.append(given) or consolidate(**given))
    signed_in(client, tale.cast.officer).get(PAGE, question)
    assert 2 <= len(asked) <= 3


def test_the_number_of_queries_is_bounded_whatever_the_number_of_units(client, django_assert_max_num_queries):
    tale = programme_story.tell(communes=15)
    signed_in(client, tale.cast.officer)
    client.get(PAGE)
    for address in (PAGE, PAGE + "chi-tieu/", PAGE + "cac-ben/", "/chuong-trinh/"):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(address).status_code == 200
