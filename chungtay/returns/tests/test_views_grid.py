"""The status grid: every state in its words, lateness, totals, filters, reach, cost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from chungtay.returns import services
from chungtay.returns.grid import GridCell
from chungtay.returns.rules import Entry, State, late_days
from chungtay.returns.tests.making import DUE, NOW, ZONE, approve, fill, make_round, return_at, send
from chungtay.returns.views.grid import box

pytestmark = pytest.mark.django_db


def grid(client, **query):
    return client.get(reverse("return-grid"), query)


def texts(page):
    return [[box and box.text for box in boxes] for _, boxes in page.context["rows"]]


def test_units_stand_in_map_order_and_rounds_newest_first(cast, web, opened):
    make_round(cast, opened.form, "2022Q4", DUE + timedelta(days=92))
    page = grid(web(cast.officer))
    assert [name for name, _ in page.context["rows"]] == ["Phường 11", "Phường 1", "Phường 2"]
    assert [column.title for column in page.context["columns"]] == ["Quý IV/2022", "Quý III/2022"]
    assert texts(page) == [["chưa có", "chưa có"]] * 3


def test_each_state_has_its_words_and_the_column_counts_who_has_sent(cast, web, opened, mine):
    other, third = (return_at(opened, area) for area in cast.communes[1:])
    send(mine, cast.clerk, cast.leader)
    fill(other, cast.other_clerk, {"groups.clubs": Entry(value=2), "poverty.poor": Entry(text="sáu")})
    page = grid(web(cast.officer))
    assert texts(page) == [["10/10"], ["1/5 ô"], ["chưa có"]]
    assert [(c.sent, c.owed) for c in page.context["columns"]] == [(1, 3)]
    services.send_back_return(of=mine, remarks={"poverty.poor": "?", "groups.clubs": "?"}, now=NOW, by=cast.officer)
    assert texts(grid(web(cast.officer)))[0] == ["trả 2 ô"]
    assert third.state == State.NOT_STARTED


def test_late_units_say_by_how_many_days_and_timely_ones_stay_timely(cast, web, at, opened, mine):
    send(mine, cast.clerk, cast.leader)
    at(DUE + timedelta(days=3))
    page = grid(web(cast.officer))
    assert texts(page) == [["10/10"], ["trễ 3 ngày"], ["trễ 3 ngày"]]
    assert [boxes[0].late for _, boxes in page.context["rows"]] == [False, True, True]


def test_a_day_is_counted_late_by_the_calendar():
    assert late_days(DUE, DUE) == 0
    assert late_days(DUE, DUE + timedelta(minutes=1)) == 1
    assert late_days(DUE, DUE + timedelta(days=3, hours=6)) == 3


def test_the_day_of_sending_is_the_day_here_not_in_greenwich(cast, web, mine):
    send(mine, cast.clerk, cast.leader, now=NOW.replace(hour=5))
    assert texts(grid(web(cast.officer)))[0] == ["10/10"]


def test_a_correction_long_after_does_not_make_a_timely_return_late(cast, web, at, mine):
    send(mine, cast.clerk, cast.leader)
    approve(mine, cast.officer)
    services.reopen_return(of=mine, note="Sửa", now=NOW + timedelta(days=90), by=cast.officer)
    at(DUE + timedelta(days=90))
    assert next(boxes[0].late for _, boxes in grid(web(cast.officer)).context["rows"]) is False


def test_a_cell_opens_the_check_page_for_who_decides_and_the_return_for_the_others(cast, web, mine):
    check, detail = (reverse(name, args=[mine.pk]) for name in ("return-check", "return-detail"))
    assert check in grid(web(cast.officer)).content.decode()
    html = grid(web(cast.auditor)).content.decode()
    assert detail in html
    assert check not in html


def test_years_and_forms_are_chosen_by_address(cast, web, opened):
    make_round(cast, opened.form, "2021Q4", DUE - timedelta(days=180))
    client = web(cast.officer)
    assert [c.title for c in grid(client, nam="2021").context["columns"]] == ["Quý IV/2021"]
    assert len(grid(client, nam="tat-ca").context["columns"]) == 2
    assert grid(client, bieu="B99", nam="x").context["chosen"] == "B01"


def test_a_clerk_sees_only_the_own_unit_as_a_list(cast, web, opened):
    html = grid(web(cast.clerk)).content.decode()
    assert "Báo cáo của đơn vị" in html
    assert "Phường 1:" not in html
    assert "Quý III/2022" in html


def test_who_follows_no_unit_is_told_what_to_do(cast, web, opened):
    assert "Chưa có báo cáo nào trong phạm vi của bạn" in grid(web(cast.admin)).content.decode()
    assert "Chưa có báo cáo nào trong phạm vi của bạn" in grid(web(cast.outsider)).content.decode()


def test_the_grid_costs_the_same_for_many_rounds(cast, web, opened, django_assert_max_num_queries):
    for quarter in (1, 2, 4):
        make_round(cast, opened.form, f"2022Q{quarter}", DUE + timedelta(days=quarter))
    client = web(cast.officer)
    with django_assert_max_num_queries(22):
        grid(client, nam="tat-ca")


def test_every_state_is_drawn():
    for state in State:
        cell = GridCell(
            return_id="00000000-0000-0000-0000-000000000001",
            area_id=None,
            state=state,
            sent_on=NOW.astimezone(ZONE).date(),
            filled=7,
            cell_count=19,
            remarks=2,
            due=DUE,
            late_days=5,
        )
        drawn = box(cell, frozenset())
        assert drawn.text
        assert drawn.late
        assert "trễ 5 ngày" in drawn.spoken
