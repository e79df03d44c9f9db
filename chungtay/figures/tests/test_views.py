"""The pages of the account through HTTP: a figure opens down to its reports, adds up, and shows what was known when."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from chungtay.accounts.models import User
from chungtay.figures.rules import Figure
from chungtay.figures.tests.city import MENDED
from chungtay.figures.trace_ids import decode_trace, encode_trace
from chungtay.kernel.text import NBSP

pytestmark = pytest.mark.django_db
MOST_QUERIES = 75


def opened(client, user: User, figure: Figure, **question):
    client.force_login(user)
    return client.get(f"/con-so/{figure.trace}/", question)


def test_the_title_asks_what_the_number_is_made_of(client, account):
    page = opened(client, account.cast.officer, account.figure()).content.decode()
    assert f"<h1>12{NBSP}căn gồm những gì?</h1>" in page
    assert "Nhà tình thương · Thành phố Cao Lãnh · 6 tháng đầu năm 2022" in page


def test_a_total_is_the_sum_of_its_units_and_each_opens_further(client, account):
    answer = opened(client, account.cast.officer, account.figure())
    units = answer.context["units"]
    assert [(bar.label, bar.value, bar.text) for bar in units.bars] == [
        ("Phường 11", 8, "8 (66,7%)"),
        ("Phường 1", 4, "4 (33,3%)"),
    ]
    assert (units.sum.words, units.sum.written, units.sum.difference) == ("tổng của 2 đơn vị", "8 + 4 = 12", 0)
    assert sum(bar.value for bar in units.bars) == answer.context["figure"].value
    below = client.get(units.bars[0].url)
    assert f"8{NBSP}căn gồm những gì?" in below.content.decode()
    assert f'href="/con-so/{answer.context["figure"].trace}/">12{NBSP}căn</a>' in below.content.decode()


def test_the_periods_and_the_parts_of_the_breakdown_add_up(client, account):
    span = opened(client, account.cast.officer, account.figure()).context["span"]
    assert (span.title, span.columns, span.sum.difference) == ("Theo kỳ báo cáo", ("Xây mới", "Sửa chữa"), 0)
    shown = [(row.label, [cell.text for cell in row.cells], row.total.text) for row in (*span.rows, span.foot)]
    assert shown == [
        ("Quý I/2022", ["5", "5"], "10"),
        ("Quý II/2022", ["2", "0"], "2"),
        ("Cộng", ["7", "5"], "12"),
    ]


def test_over_more_than_a_year_the_years_stand_in_the_table(client, account):
    span = opened(client, account.cast.officer, account.figure(period="2021-07..2022-06")).context["span"]
    assert [row.label for row in span.rows] == ["6 tháng cuối 2021", "6 tháng đầu 2022"]
    assert [row.total.text for row in span.rows] == [None, "12"]


def test_at_the_foot_stand_the_reports_cell_by_cell(client, account):
    answer = opened(client, account.cast.clerk, account.figure(area=account.cast.communes[0]))
    sources = answer.context["sources"]
    assert (sources.fact_count, sources.source_count, sources.sum.difference) == (4, 3, 0)
    page = answer.content.decode()
    assert "Biểu B01, bản 1" in page
    assert "Mã niêm phong 9f3a" in page
    assert 'href="/bao-cao/7/#HOUSES:repair">4</a>' in page


def test_a_ratio_is_two_sums_and_is_not_added_up(client, account):
    answer = opened(client, account.cast.officer, account.figure("RATE"))
    page = answer.content.decode()
    assert "<h1>1,0% tính từ đâu?</h1>" in page
    terms = answer.context["terms"]
    assert (terms.numerator, terms.denominator, terms.holds) == (f"30{NBSP}hộ nghèo", f"3.000{NBSP}hộ dân cư", True)
    assert answer.context["units"].sum is None
    assert [bar.text for bar in answer.context["units"].bars] == ["2,0%", "0,5%"]
    assert client.get(terms.numerator_url).context["figure"].value == 30


def test_money_is_said_short_and_stands_in_full_beside_it(client, account):
    page = opened(client, account.cast.officer, account.figure("FUND", account.cast.communes[0])).content.decode()
    assert f"<h1>Gần 18,2{NBSP}tỷ{NBSP}đồng gồm những gì?</h1>" in page
    assert f"18.154.450.000{NBSP}đồng" in page


def test_what_was_known_on_an_earlier_day_is_another_figure_with_its_own_address(client, account):
    there = opened(client, account.cast.officer, account.figure(), biet="21/05/2022")
    assert there.status_code == 302
    answer = client.get(there.url)
    assert answer.context["figure"].value == 13
    page = answer.content.decode()
    assert "Đang xem số như đã biết đến hết ngày" in page
    assert client.get(answer.context["now_url"]).context["figure"].value == 12


def test_the_history_names_the_day_on_which_a_number_was_mended(client, account):
    changes = opened(client, account.cast.officer, account.figure()).context["changes"]
    assert [change.when for change in changes] == ["22/05/2022", "10/04/2022"]
    assert changes[0].what == f"Đã sửa: 13 thành 12{NBSP}căn"
    assert (changes[0].state, changes[0].current) == ("returned", True)
    assert client.get(changes[1].url).context["figure"].value == 13


def test_a_wrong_day_is_told_and_today_is_shown(client, account):
    answer = opened(client, account.cast.officer, account.figure(), biet="30/02/2022")
    assert answer.status_code == 200
    assert "không phải một ngày có trong lịch" in answer.content.decode()
    assert answer.context["figure"].value == 12


def test_numbers_that_are_not_approved_show_only_when_asked_for(client, account):
    first = account.cast.communes[0]
    account.tell(first, "2022Q3", ("HOUSES", "new", 6), ("HOUSES", "repair", 0), status="provisional", at=MENDED)
    answer = opened(client, account.cast.clerk, account.figure(area=first, period="2022Q3"))
    assert "Vì sao chưa có số?" in answer.content.decode()
    assert "Chưa có số không phải là 0." in answer.content.decode()
    every = client.get(answer.context["all_url"])
    assert every.context["figure"].value == 6
    assert "Chưa duyệt" in every.content.decode()


def test_units_that_are_awaited_are_named_and_the_figure_is_provisional(client, account):
    account.tell(account.cast.communes[0], "2022Q3", ("HOUSES", "new", 6), ("HOUSES", "repair", 0), at=MENDED)
    answer = opened(client, account.cast.officer, account.figure(period="2022Q3"))
    assert (answer.context["missing"], answer.context["state_label"]) == (["Phường 1"], "Sơ bộ")
    assert answer.context["units"].bars[1].value is None
    assert answer.context["units"].sum.words == "tổng của 1 đơn vị đã có số"


def test_a_figure_of_an_area_out_of_reach_is_not_there(client, account):
    city, other = account.figure(), account.figure(area=account.cast.communes[1])
    assert opened(client, account.cast.outsider, city).status_code == 404
    assert opened(client, account.cast.clerk, city).status_code == 404
    assert opened(client, account.cast.clerk, other).status_code == 404
    assert opened(client, account.cast.other_clerk, other).status_code == 200
    assert opened(client, account.cast.admin, city).status_code == 404


def test_a_unit_is_not_told_the_total_it_is_part_of(client, account):
    answer = opened(client, account.cast.clerk, account.figure(area=account.cast.communes[0]))
    assert answer.context["parent"] is None
    assert "Là một phần của" not in answer.content.decode()


def test_an_address_that_names_no_figure_says_what_to_do(client, account):
    client.force_login(account.cast.officer)
    key = decode_trace(account.figure().trace)
    unknown = [encode_trace(replace(key, indicator_code="NONE")), encode_trace(replace(key, period_code="2022Q9"))]
    for trace in ("khong-co", account.figure().trace[:-3], *unknown):
        answer = client.get(f"/con-so/{trace}/")
        assert answer.status_code == 404
        assert "không đúng hoặc bị cắt ngắn" in answer.content.decode()


def test_a_visitor_is_led_to_the_sign_in_page(client, account):
    for address in ("/con-so/", "/con-so/chi-tieu/HOUSES/", f"/con-so/{account.figure().trace}/"):
        assert client.get(address).url.startswith("/dang-nhap/")


def test_indicators_are_found_without_marks(client, account):
    client.force_login(account.cast.officer)
    answer = client.get("/con-so/", {"q": "NHA tinh thuong"})
    assert [row["indicator"].code for row in answer.context["rows"]] == ["HOUSES"]
    assert "1 chỉ tiêu có “NHA tinh thuong”" in answer.content.decode()
    assert "Không có chỉ tiêu nào khớp" in client.get("/con-so/", {"q": "xyz"}).content.decode()


def test_the_index_shows_the_figures_of_the_persons_own_area(client, account, monkeypatch):
    monkeypatch.setattr("chungtay.web.clock.now", lambda: MENDED + timedelta(days=60))
    client.force_login(account.cast.clerk)
    rows = {row["indicator"].code: row for row in client.get("/con-so/").context["rows"]}
    assert rows["HOUSES"]["cell"].text == "8"
    assert rows["RATE"]["cell"].text == "2,0"
    assert rows["POOR"]["when"] == "có đến 30/06/2022"
    assert client.get("/con-so/", {"noi": "866"}).status_code == 404


def test_an_indicators_page_defines_it_and_shows_its_years(client, account, monkeypatch):
    monkeypatch.setattr("chungtay.web.clock.now", lambda: MENDED + timedelta(days=60))
    client.force_login(account.cast.officer)
    answer = client.get("/con-so/chi-tieu/HOUSES/")
    page = answer.content.decode()
    assert "Đã nghiệm thu, bàn giao trong kỳ." in page
    assert "Xây mới · Sửa chữa" in page
    assert "Phát sinh trong kỳ" in page
    assert answer.context["figure"].value == 12
    assert client.get("/con-so/chi-tieu/KHONG/").status_code == 404
    assert client.get("/con-so/chi-tieu/HOUSES/", {"noi": "867"}).status_code == 404


def test_whoever_has_no_figures_still_reads_the_definition(client, account):
    client.force_login(account.cast.admin)
    assert "Đã nghiệm thu" in client.get("/con-so/chi-tieu/HOUSES/").content.decode()
    assert client.get(reverse("figure-index")).status_code == 200


def test_the_number_of_queries_is_bounded(client, account, django_assert_max_num_queries):
    client.force_login(account.cast.officer)
    for address in ("/con-so/", "/con-so/chi-tieu/HOUSES/", f"/con-so/{account.figure().trace}/"):
        client.get(address)
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(address).status_code == 200
