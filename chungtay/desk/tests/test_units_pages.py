"""The map as a list and the history of a unit, through HTTP; and that neither grows with the size of the map."""

import pytest
from django.urls import reverse

from chungtay.desk.tests import units_story
from chungtay.desk.tests.units_story import MERGED_ON, NOW, TODAY, Tale, area, merged
from chungtay.desk.units import directory
from chungtay.places.models import Area, AreaVersion
from chungtay.places.rules import Level
from chungtay.web import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def tale(monkeypatch) -> Tale:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return units_story.tell()


def names(answer) -> list[str]:
    return [row.node.name for row in answer.context["rows"]]


def test_the_list_goes_down_from_the_tops_and_searches_without_marks(client, tale):
    client.force_login(tale.cast.clerk)
    assert names(client.get("/dia-ban/")) == ["Tỉnh Đồng Tháp"]
    assert names(client.get("/dia-ban/", {"thuoc": "866"})) == ["Phường 11", "Phường 1", "Phường 2"]
    assert names(client.get("/dia-ban/", {"q": "sa dec"})) == ["Thành phố Sa Đéc"]
    assert names(client.get("/dia-ban/", {"q": "29866"})) == ["Phường 1"]
    assert set(names(client.get("/dia-ban/", {"cap": "city"}))) == {"Thành phố Cao Lãnh", "Thành phố Sa Đéc"}
    assert client.get("/dia-ban/", {"thuoc": "khong-co"}).status_code == 404
    assert "Ghi một lần sắp xếp" not in client.get("/dia-ban/").content.decode()


def test_the_list_is_that_of_the_day_and_names_who_is_not_on_it(client, tale):
    merged(tale.cast)
    client.force_login(tale.cast.admin)
    later = client.get("/dia-ban/", {"ngay": "01/01/2023", "q": "phuong"})
    assert names(later) == ["Phường 2", "Phường Sen Hồng"]
    assert [one.name for one in later.context["former"]] == ["Phường 1", "Phường 11"]
    assert "không phải một ngày" in client.get("/dia-ban/", {"ngay": "31/02/2023"}).content.decode()
    assert "01/01/2023" in client.get("/dia-ban/").content.decode(), "the days on which the map changed are offered"


def test_an_ended_unit_says_where_it_went_and_keeps_its_own_history(client, tale, monkeypatch):
    merged(tale.cast)
    monkeypatch.setattr(clock, "today", lambda: MERGED_ON)
    client.force_login(tale.cast.clerk)
    answer = client.get(reverse("unit-history", args=[area(tale.ten, TODAY)]))
    told, page = answer.context["told"], answer.content.decode()
    assert [name for name, _ in told.now_in] == ["Phường Sen Hồng"]
    assert [event["what"] for event in told.events] == ["Kết thúc, nhập vào Phường Sen Hồng", "Phường 11"]
    assert [(kin.older, kin.newer, kin.share) for kin in told.kin] == [
        ("Phường 1", "Phường Sen Hồng", "toàn bộ"),
        ("Phường 11", "Phường Sen Hồng", "toàn bộ"),
    ]
    assert page.count('<svg class="chart lineage') == 2
    assert units_story.BASIS in page


def test_the_successor_names_what_it_was_formed_from(client, tale):
    merged(tale.cast)
    client.force_login(tale.cast.clerk)
    told = client.get("/dia-ban/29901/").context["told"]
    assert told.formed_from == "Phường 1 và Phường 11"
    assert told.above == "Thành phố Cao Lãnh"


def test_a_code_that_two_units_bore_asks_which_is_meant(client, tale):
    plan = units_story.merge_plan()
    plan["changes"][0]["unit"]["code"] = "29866"
    merged(tale.cast, plan)
    client.force_login(tale.cast.clerk)
    answer = client.get("/dia-ban/29866/")
    assert answer.status_code == 300
    assert "Mã 29866 đã dùng cho nhiều đơn vị" in answer.content.decode()
    assert client.get("/dia-ban/29866@2023-01-01/").context["told"].name == "Phường Sen Hồng"
    assert client.get("/dia-ban/khong-co/").status_code == 404


def test_people_of_a_unit_are_shown_to_who_manages_accounts_alone(client, tale):
    client.force_login(tale.cast.admin)
    assert "Lê Thị Cúc" in client.get("/dia-ban/29863/").content.decode()
    client.force_login(tale.cast.clerk)
    assert client.get("/dia-ban/29863/").context["posts"] is None


def test_pages_stay_short_and_cheap_on_a_map_of_many_units(client, tale, django_assert_max_num_queries):
    city = tale.cast.city
    areas = Area.objects.bulk_create([Area() for _ in range(400)])
    AreaVersion.objects.bulk_create(
        AreaVersion(
            area=one,
            name=f"Xã Số {number}",
            code=f"9{number:04}",
            level=Level.COMMUNE,
            parent=city,
            valid_from=units_story.date(2020, 1, 1),
            recorded_at=NOW,
        )
        for number, one in enumerate(areas)
    )
    client.force_login(tale.cast.admin)
    client.get("/dia-ban/")
    for query in ({"thuoc": "866"}, {"q": "xa so"}, {"cap": "commune"}):
        with django_assert_max_num_queries(20):
            answer = client.get("/dia-ban/", query)
        assert len(answer.context["rows"]) == directory.ROWS_ON_PAGE
    with django_assert_max_num_queries(25):
        assert client.get("/dia-ban/90007/").status_code == 200
