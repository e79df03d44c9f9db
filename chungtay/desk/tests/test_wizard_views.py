"""The steps that record a reorganisation, through HTTP: from the first choice to the record, its page and its correction."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from chungtay.desk.tests import units_story
from chungtay.desk.tests.units_story import MERGED_ON, NEW, NOW, TODAY, Tale, Walk, area, merge_plan, merged
from chungtay.figures import selectors as figures
from chungtay.kernel.periods import parse_period
from chungtay.kernel.text import NBSP
from chungtay.places import selectors as places
from chungtay.places.models import Reorganisation
from chungtay.web import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def tale(monkeypatch) -> Tale:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return units_story.tell()


@pytest.fixture
def walk(client, tale) -> Walk:
    return Walk(client, tale.cast.admin)


def houses(answer):
    """Return the effect on the houses of 2022."""
    found = [one for one in answer.context["preview"].effects if one.indicator == "Nhà ở" and "2022" in one.period]
    assert len(found) == 1
    return found[0]


def test_the_whole_road_from_the_first_choice_to_the_record_and_its_page(client, tale, walk):
    assert client.get(reverse("reorganise-start")).status_code == 200
    assert walk.begin().url == walk.url("units")
    found = client.get(walk.url("units"), {"q": "phuong 1"}).content.decode()
    assert "Phường 11" in found and "29866" in found
    assert walk.pick(tale.ten, tale.eleven).url == walk.url("result")
    assert "Các đơn vị nhập vào" in client.get(walk.url("result")).content.decode()
    assert walk.tell(NEW).url == walk.url("preview")

    seen = walk.look()
    effect = houses(seen)
    assert [(one.name, one.text) for one in effect.before] == [
        ("Phường 1", f"11{NBSP}căn"),
        ("Phường 11", f"10{NBSP}căn"),
    ]
    assert [(one.name, one.text) for one in effect.after] == [("Phường Sen Hồng", f"21{NBSP}căn")]
    assert effect.holds and effect.whole_after.name == "Thành phố Cao Lãnh"
    assert {one.name for one in seen.context["preview"].touched} == {"Phường 1", "Phường 11"}
    assert not Reorganisation.objects.exists(), "looking records nothing"
    assert len(places.tree_on(MERGED_ON).children(tale.cast.city.pk)) == 3

    done = walk.record()
    act = Reorganisation.objects.get()
    assert done.url == reverse("reorganisation-detail", args=[act.pk])
    assert (act.recorded_by_name, act.recorded_at) == (tale.cast.admin.full_name, NOW)
    page = client.get(done.url).content.decode()
    assert "Đã ghi vào bản đồ." in page and "Huỳnh Văn Phúc" in page
    assert "2 đơn vị kết thúc, 1 đơn vị lập mới" in page
    sen = figures.figure("support.houses", area("29901", MERGED_ON), parse_period("2022"), on_map=MERGED_ON)
    assert sen.value == 21
    was = figures.figure("support.houses", area(tale.ten, TODAY), parse_period("2022"), on_map=TODAY)
    assert was.value == 10


def test_a_second_submit_records_nothing_and_leads_to_what_was_recorded(client, tale, walk):
    walk.to_the_preview(tale.ten, tale.eleven)
    seal = walk.look().context["seal"]
    walk.record(seal)
    again = walk.record(seal)
    assert again.url == reverse("reorganisation-detail", args=[Reorganisation.objects.get().pk])
    assert "không ghi lần thứ hai" in client.get(again.url).content.decode()


def test_what_is_recorded_is_what_was_seen(tale, walk):
    stale = walk.to_the_preview(tale.ten, tale.eleven).context["seal"]
    walk.tell(NEW, **{"moi-0-ten": "Phường Sen Trắng"})
    answer = walk.record(stale)
    assert answer.status_code == 422
    assert "Bản ghi đã đổi từ lúc bạn xem" in answer.content.decode()
    assert not Reorganisation.objects.exists()


def test_without_the_tick_nothing_is_recorded(tale, walk):
    walk.to_the_preview(tale.ten, tale.eleven)
    answer = walk.record(agreed="")
    assert answer.status_code == 422
    assert "Hãy đánh dấu rằng bạn đã đối chiếu với văn bản" in answer.content.decode()
    assert not Reorganisation.objects.exists()


def test_a_recorded_reorganisation_is_corrected_by_a_new_version(client, tale, walk):
    act = merged(tale.cast)
    page = client.get(reverse("reorganisation-detail", args=[act.pk])).content.decode()
    assert f"{reverse('reorganise-start')}?dinh-chinh={act.pk}" in page
    form = client.get(reverse("reorganise-start"), {"dinh-chinh": str(act.pk)}).content.decode()
    assert "Đính chính một lần sắp xếp" in form and units_story.BASIS in form
    walk.begin(correcting=act.pk, day="01/02/2023")
    assert [one["node"].name for one in client.get(walk.url("units")).context["picked"]] == ["Phường 11", "Phường 1"]
    walk.pick()
    assert "29901" in client.get(walk.url("result")).content.decode(), "the new unit stands there as recorded"
    walk.tell(NEW, **{"moi-0-ten": "Phường Sen Vàng"})
    assert houses(walk.look()).after[0].text == f"21{NBSP}căn"
    done = walk.record()
    mended = Reorganisation.objects.get(replaces=act)
    assert done.url.endswith(f"{mended.pk}/")
    sen = area("29901", mended.effective_on)
    assert places.name_on(sen, mended.effective_on) == "Phường Sen Vàng"
    assert "29901" not in {node.code for node in places.tree_on(MERGED_ON)}, "it begins a month later now"
    old = client.get(reverse("reorganisation-detail", args=[act.pk])).content.decode()
    assert "Bản này đã được đính chính." in old and "dinh-chinh" not in old
    assert "Thay cho" in client.get(done.url).content.decode()
    rows = client.get(reverse("reorganisation-list")).context["rows"]
    assert [row.pk for row in rows] == [mended.pk]
    rows = client.get(reverse("reorganisation-list"), {"ca": "1"}).context["rows"]
    assert {row.pk for row in rows} == {mended.pk, act.pk}


def test_a_divided_unit_hands_on_its_parts_and_they_are_marked_as_estimates(tale, walk):
    walk.begin(kind="split")
    walk.pick(tale.ten)
    parts = {
        "so-moi": "2",
        "moi-1-ten": "Phường Sen Xanh",
        "moi-1-ma": "29902",
        "moi-1-cap": "ward",
        "moi-1-tren": "866",
    }
    walk.tell(NEW | parts, **{"phan-0-0": "60", "phan-0-1": "30", "co-so-0": "Số hộ 31/12/2022"})
    refused = walk.look()
    assert "cộng lại là 0,6 + 0,3 = 0,9" in refused.content.decode()
    assert not refused.context["preview"].is_possible
    walk.tell(NEW | parts, **{"phan-0-0": "60", "phan-0-1": "40", "co-so-0": "Số hộ 31/12/2022"})
    seen = walk.look()
    assert [(one.text, one.is_estimated) for one in houses(seen).after] == [
        (f"5{NBSP}căn", True),  # 6 built and 4 repaired, each fact cut to whole houses: 3 + 2 and 3 + 2
        (f"5{NBSP}căn", True),
    ]
    assert "ước tính" in seen.content.decode()


def test_a_share_that_is_no_number_is_said_at_the_step_where_it_was_typed(tale, walk):
    walk.begin(kind="mixed")
    walk.pick(tale.ten)
    answer = walk.tell(NEW, **{"phan-0-0": "một nửa"})
    assert answer.status_code == 422
    assert "“một nửa” không phải một tỷ lệ" in answer.content.decode()
    assert walk.look().url == walk.url("result")


def test_a_unit_renamed_keeps_what_was_not_typed(tale, walk):
    walk.begin(kind="rename")
    walk.pick(tale.ten)
    walk.tell({"doi-0-ten": "Phường Sen", "doi-0-ma": tale.ten, "doi-0-cap": "ward", "doi-0-tren": "866"})
    walk.record()
    (change,) = json.loads(Reorganisation.objects.get().plan)["changes"]
    assert change == {"do": "revise", "unit": tale.ten, "name": "Phường Sen"}


def test_a_unit_created_and_one_abolished(client, tale, walk):
    walk.begin(kind="create")
    assert client.get(walk.url("units")).url == walk.url("result")
    walk.tell(NEW)
    walk.record()
    walk.begin(kind="abolish", day="01/02/2023")
    walk.pick("29869")
    walk.tell({"thua-0": "29901"})
    done = walk.record()
    assert "giữ số liệu riêng và người xem" in client.get(done.url).content.decode()


def test_the_refusal_of_places_is_told_in_the_words_of_the_steps(tale, walk):
    walk.begin()
    walk.pick(tale.ten, tale.eleven)
    walk.tell(NEW, **{"moi-0-ma": "29869", "moi-0-ten": ""})
    answer = walk.look()
    said = answer.content.decode()
    assert "Chưa ghi được như thế này." in said and "Chưa có tên" in said and "Mỗi mã chỉ dùng cho một đơn vị" in said
    assert "Đợt sắp xếp chưa được ghi nhận vì" not in said
    assert 'name="da-xem"' not in said, "there is nothing to record"


def test_who_may_not_reorganise_is_told_who_may(client, tale):
    client.force_login(tale.cast.officer)
    answer = client.get(reverse("reorganise-start"))
    assert answer.status_code == 403
    assert "Chỉ quản trị hệ thống" in answer.content.decode()
    assert "Ghi một lần sắp xếp" not in client.get(reverse("reorganisation-list")).content.decode()


def test_nobody_reaches_beyond_their_units(client, tale, walk):
    walk.begin()
    client.post(walk.url("units"), {"them": "867"})
    assert client.get(walk.url("units")).context["picked"] == []
    walk.pick(tale.ten, tale.eleven)
    walk.tell(NEW, **{"moi-0-tren": "867"})
    assert "Bạn chưa có quyền ghi việc sắp xếp đơn vị hành chính của Thành phố Sa Đéc" in walk.look().content.decode()
    assert walk.record(seal="x").status_code == 200
    walk.tell(NEW, **{"moi-0-tren": ""})
    assert "Đơn vị không thuộc đơn vị nào" in walk.look().content.decode()
    assert not Reorganisation.objects.exists()


def test_a_reorganisation_with_a_unit_out_of_reach_is_not_corrected(client, tale):
    unit = {"code": "867", "name": "Thành phố Sen", "level": "city", "parent": "87"}
    plan = merge_plan(changes=[{"do": "form", "unit": unit, "from": [{"unit": "867"}]}], kind="mixed")
    act = merged(tale.cast, plan)
    client.force_login(tale.cast.admin)
    assert "dinh-chinh" not in client.get(reverse("reorganisation-detail", args=[act.pk])).content.decode()
    answer = client.get(reverse("reorganise-start"), {"dinh-chinh": str(act.pk)})
    assert answer.status_code == 403
    assert "ngoài phạm vi được giao cho bạn" in answer.content.decode()


def test_a_draft_is_its_owners_and_an_unknown_one_is_not_there(client, tale, walk):
    walk.begin()
    url = walk.url("units")
    client.force_login(tale.cast.admin)
    assert client.get(reverse("reorganise-units", args=["no-such-draft"])).status_code == 404
    assert client.get(reverse("reorganise-start"), {"dinh-chinh": "x"}).status_code == 404
    assert client.get(reverse("reorganisation-detail", args=[uuid4()])).status_code == 404
    client.logout()
    assert client.get(url).url.startswith("/dang-nhap/")


def test_every_step_costs_a_bounded_number_of_queries(client, tale, walk, django_assert_max_num_queries):
    walk.to_the_preview(tale.ten, tale.eleven)
    for step, most in (("head", 15), ("units", 15), ("result", 15), ("preview", 90)):
        with django_assert_max_num_queries(most):
            assert client.get(walk.url(step)).status_code == 200
    act = merged(tale.cast)
    for url in (reverse("reorganisation-list"), reverse("reorganisation-detail", args=[act.pk])):
        with django_assert_max_num_queries(25):
            assert client.get(url).status_code == 200


def test_the_plan_is_given_as_it_was_recorded(client, tale):
    act = merged(tale.cast)
    client.force_login(tale.cast.clerk)
    answer = client.get(reverse("reorganisation-plan", args=[act.pk]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sap-xep-2023-01-01.json"'
    assert json.loads(answer.content)["changes"][0]["unit"]["name"] == "Phường Sen Hồng"
