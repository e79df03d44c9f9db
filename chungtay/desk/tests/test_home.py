"""The staff home: what waits for each role, in which words, within whose reach."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chungtay.returns import services
from chungtay.returns.tests.making import DUE, NOW, ZONE, approve, fill, make_round, return_at, send
from chungtay.web import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch):
    def stop(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)
        monkeypatch.setattr(clock, "today", lambda: moment.astimezone(ZONE).date())

    stop(NOW)
    return stop


@pytest.fixture
def home(cast, at):
    def look(user):
        client = Client()
        client.force_login(user)
        return client.get(reverse("desk-home"))

    return look


@pytest.fixture
def opened(cast):
    return make_round(cast)


@pytest.fixture
def mine(cast, opened):
    return return_at(opened, cast.communes[0])


def tasks(page):
    return [(task.state, task.title) for task in page.context["tasks"]]


def test_a_visitor_is_sent_to_sign_in(client):
    assert client.get(reverse("desk-home")).status_code == 302


def test_the_clerk_sees_what_to_fill_with_its_deadline(cast, home, opened):
    page = home(cast.clerk)
    [task] = page.context["tasks"]
    assert (task.state, task.title) == ("not_started", "Nhập biểu B01 quý III năm 2022")
    assert "Hạn 20/10/2022, 17:00, còn 10 ngày." in task.text
    assert "Thứ Hai, 10/10/2022. Một việc chờ bạn." in page.content.decode()


def test_the_nearest_deadline_comes_first(cast, home, opened):
    make_round(cast, opened.form, "2022Q2", DUE - timedelta(days=90))
    assert [title for _, title in tasks(home(cast.clerk))] == [
        "Nhập biểu B01 quý II năm 2022",
        "Nhập biểu B01 quý III năm 2022",
    ]


def test_what_came_back_says_why(cast, home, mine):
    send(mine, cast.clerk, cast.leader)
    services.send_back_return(of=mine, remarks={"poverty.poor": "Sổ ghi 60?"}, now=NOW, by=cast.officer)
    [task] = home(cast.clerk).context["tasks"]
    assert (task.state, task.state_label) == ("returned", "Trả lại 1 ô")
    assert "Hộ nghèo: “Sổ ghi 60?”" in task.text


def test_a_late_return_says_by_how_much(cast, home, at, mine):
    fill(mine, cast.clerk)
    at(DUE + timedelta(days=3))
    [task] = home(cast.clerk).context["tasks"]
    assert (task.state, task.state_label) == ("late", "Trễ 3 ngày")


def test_the_leader_sees_what_waits_for_the_signature_and_the_clerk_that_it_is_there(cast, home, mine):
    fill(mine, cast.clerk)
    services.submit_return(of=mine, now=NOW, by=cast.clerk)
    assert ("for_signing", "Ký biểu B01 quý III năm 2022 của Phường 11") in tasks(home(cast.leader))
    page = home(cast.clerk)
    assert page.context["tasks"] == []
    assert [row["label"] for row in page.context["elsewhere"]] == ["Chờ lãnh đạo ký"]


def test_the_officer_sees_what_to_check_and_who_is_late(cast, home, at, mine):
    send(mine, cast.clerk, cast.leader)
    at(DUE + timedelta(days=2))
    page = home(cast.officer)
    assert tasks(page) == [
        ("late", "2 đơn vị chưa gửi biểu B01 quý III năm 2022"),
        ("submitted", "Phường 11 gửi biểu B01 quý III năm 2022"),
    ]
    assert "Phường 1 và Phường 2" in page.context["tasks"][0].text
    [panel] = page.context["progress"]
    assert (panel["sent"], panel["owed"]) == (1, 3)


def test_who_only_follows_sees_the_rounds_and_no_task(cast, home, opened):
    page = home(cast.auditor)
    assert page.context["tasks"] == []
    assert "Bạn theo dõi, không phải nhập hay duyệt." in page.content.decode()
    assert (
        "0 / 3" in " ".join(page.content.decode().replace("</a>", "").split())
        or page.context["progress"][0]["sent"] == 0
    )


def test_who_has_no_part_in_returns_is_told_where_to_go(cast, home, opened):
    assert "Chưa có việc nào dành cho vai trò của bạn" in home(cast.admin).content.decode()


def test_another_city_sees_nothing_of_ours(cast, home, mine):
    send(mine, cast.clerk, cast.leader)
    page = home(cast.outsider)
    assert page.context["tasks"] == []
    assert page.context["events"] == []
    assert page.context["progress"] == []


def test_the_levels_above_do_not_read_what_goes_on_within_a_unit(cast, home, mine):
    fill(mine, cast.clerk)
    services.submit_return(of=mine, now=NOW, by=cast.clerk)
    services.hand_back_return(of=mine, note="Số này sai quá", now=NOW, by=cast.leader)
    assert home(cast.officer).context["events"] == []
    assert "Số này sai quá" in home(cast.clerk).content.decode()


def test_a_settled_round_leaves_the_officer_free(cast, home, opened):
    for area, clerk in zip(cast.communes[:2], (cast.clerk, cast.other_clerk), strict=True):
        of = return_at(opened, area)
        send(of, clerk, cast.leader)
        approve(of, cast.officer)
    page = home(cast.officer)
    assert "Không có việc nào đang chờ bạn" in page.content.decode()


def test_the_home_costs_a_bounded_number_of_queries(cast, home, mine, django_assert_max_num_queries):
    send(mine, cast.clerk, cast.leader)
    with django_assert_max_num_queries(45):
        home(cast.officer)


def test_the_frame_tells_the_place_and_marks_samples(cast, home, opened):
    html = home(cast.clerk).content.decode()
    assert '<span class="brand__place">Phường 11</span>' in html
    assert "Số liệu minh họa" not in html
    programme = opened.form.programme
    programme.is_sample = True
    programme.save()
    assert "Số liệu minh họa" in home(cast.clerk).content.decode()
