"""The clerk's screens: the form, autosave and its conflicts, live checks, preview, sending, taking back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from chungtay.returns import services
from chungtay.returns.models import Version
from chungtay.returns.rules import Entry, State
from chungtay.returns.tests.making import DUE, NOW, WHOLE, approve, fill, make_round, return_at, send

pytestmark = pytest.mark.django_db
TYPED = {
    "value:support.houses:new": "3",
    "value:support.houses:repair": "4",
    "value:groups.clubs": "2",
    "value:poverty.poor": "61",
    "value:poverty.all": "4.512",
}
AUTOSAVE = {"HTTP_X_AUTOSAVE": "1"}


def detail(of):
    return reverse("return-detail", args=[of.pk])


def save(client, of, typed, *, revision=None, do="save", **headers):
    of.refresh_from_db()
    data = {"revision": of.revision if revision is None else revision, "do": do, **typed}
    return client.post(reverse("return-entry", args=[of.pk]), data, **headers)


def test_the_clerk_gets_the_form_with_every_cell_a_box_and_last_periods_numbers(cast, web, mine):
    send(mine, cast.clerk, cast.leader)
    next_round = make_round(cast, mine.round.form, "2022Q4", DUE + timedelta(days=90))
    page = web(cast.clerk).get(detail(return_at(next_round, cast.communes[0])))
    html = page.content.decode()
    assert page.status_code == 200
    assert all(f'name="value:{key}"' in html for key in WHOLE)
    assert "4.512" in html
    assert 'data-autosave-url="' in html


def test_strangers_do_not_learn_that_a_return_exists(cast, web, mine):
    for name, args in (
        ("return-detail", []),
        ("return-print", []),
        ("return-workbook", []),
        ("return-preview", []),
        ("return-upload", []),
        ("return-sign", []),
        ("return-check", []),
        ("return-version", [1]),
        ("return-diff", [1, 2]),
    ):
        for stranger in (cast.outsider, cast.other_clerk):
            assert web(stranger).get(reverse(name, args=[mine.pk, *args])).status_code == 404, name


def test_a_visitor_is_asked_to_sign_in(client, mine):
    answer = client.get(detail(mine))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("sign-in"))


def test_saving_without_script_keeps_numbers_and_typed_text_that_is_no_number(cast, web, mine):
    client = web(cast.clerk)
    answer = save(client, mine, {**TYPED, "value:groups.clubs": "hai  hội quán"}, do="save")
    assert answer.status_code == 302
    mine.refresh_from_db()
    assert mine.state == State.DRAFT
    assert mine.draft["poverty.all"] == {"value": 4512}
    assert mine.draft["groups.clubs"] == {"text": "hai  hội quán"}
    html = client.get(detail(mine)).content.decode()
    assert 'value="hai  hội quán"' in html
    assert "1 ô phải sửa" in html


def test_autosave_answers_in_json_with_the_next_revision(cast, web, mine):
    answer = save(web(cast.clerk), mine, TYPED, **AUTOSAVE)
    mine.refresh_from_db()
    assert answer.json() == {"saved_at": "09:00", "revision": mine.revision, "status": "đủ số, gửi được"}


def test_a_stale_revision_is_refused_with_409_and_nothing_is_overwritten(cast, web, mine):
    fill(mine, cast.clerk)
    answer = save(web(cast.clerk), mine, {"value:groups.clubs": "9"}, revision=0, **AUTOSAVE)
    assert answer.status_code == 409
    assert "Hãy tải lại trang" in answer.json()["message"]
    mine.refresh_from_db()
    assert mine.draft["groups.clubs"] == {"value": 2}


def test_without_script_a_conflict_shows_what_was_typed_beside_what_is_stored(cast, web, mine):
    fill(mine, cast.clerk)
    answer = save(web(cast.clerk), mine, {"value:groups.clubs": "9"}, revision=0)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "bạn nhập <b" in html
    assert 'value="9"' in html
    again = save(web(cast.clerk), mine, {"value:groups.clubs": "9"})
    assert again.status_code == 302
    mine.refresh_from_db()
    assert mine.draft["groups.clubs"] == {"value": 9}


def test_the_button_wins_over_an_autosave_of_the_same_content_that_came_just_before(cast, web, mine):
    client = web(cast.clerk)
    save(client, mine, TYPED, **AUTOSAVE)
    assert save(client, mine, TYPED, revision=0, do="submit").status_code == 302
    mine.refresh_from_db()
    assert mine.state == State.FOR_SIGNING


def test_a_page_without_a_revision_never_overwrites(cast, web, mine):
    fill(mine, cast.clerk)
    answer = web(cast.clerk).post(reverse("return-entry", args=[mine.pk]), {"value:groups.clubs": "9"}, **AUTOSAVE)
    assert answer.status_code == 409


def test_saving_after_the_return_was_sent_says_so_instead_of_ending_the_session(cast, web, mine):
    send(mine, cast.clerk, cast.leader)
    answer = save(web(cast.clerk), mine, {"value:groups.clubs": "9"}, **AUTOSAVE)
    assert answer.status_code == 409
    assert "Đã gửi" in answer.json()["message"]


def test_live_checks_say_what_is_wrong_and_save_nothing(cast, web, mine):
    url = reverse("return-entry-check", args=[mine.pk])
    said = web(cast.clerk).post(url, {**TYPED, "value:poverty.poor": "9.000"}).json()
    assert said["cells"]["poverty.poor"]["wrong"] == ["Hộ nghèo (9.000) nhiều hơn tổng số hộ (4.512)."]
    assert said["left"] == "còn 1 ô phải sửa"
    mine.refresh_from_db()
    assert mine.draft == {}


def test_sending_with_empty_cells_shows_the_form_again_with_each_sentence(cast, web, mine):
    answer = save(web(cast.clerk), mine, {**TYPED, "value:groups.clubs": ""}, do="submit")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Còn 1 ô phải sửa, điền hoặc giải thích trước khi gửi" in html
    assert "Không phát sinh thì ghi 0" in html


def test_a_missing_number_with_its_reason_may_be_sent_and_goes_before_the_leader(cast, web, mine):
    typed = {**TYPED, "value:groups.clubs": "", "absent:groups.clubs": "Đang rà soát"}
    answer = save(web(cast.clerk), mine, typed, do="submit")
    assert answer.status_code == 302
    mine.refresh_from_db()
    assert mine.state == State.FOR_SIGNING
    assert mine.current_version.cells.get(cell__key="groups.clubs").absent == "Đang rà soát"


def test_a_number_and_a_reason_for_having_none_contradict_each_other(cast, web, mine):
    typed = {**TYPED, "absent:groups.clubs": "Đang rà soát"}
    answer = save(web(cast.clerk), mine, typed, do="submit")
    assert answer.status_code == 422
    assert "vừa có số vừa ghi" in answer.content.decode()


def test_an_unusual_number_is_sent_only_with_its_reason(cast, web, mine):
    send(mine, cast.clerk, cast.leader)
    later = return_at(make_round(cast, mine.round.form, "2022Q4", DUE + timedelta(days=90)), cast.communes[0])
    client = web(cast.clerk)
    save(client, later, {**TYPED, "value:groups.clubs": "40"})
    html = client.get(detail(later)).content.decode()
    assert "Gấp 20 lần kỳ trước (2). Hãy ghi vì sao." in html
    assert save(client, later, {}, do="submit").status_code == 422
    assert save(client, later, {"explain:groups.clubs": "Lập mới theo NQ"}, do="submit").status_code == 302


def test_the_preview_shows_the_sheet_and_sends_what_was_seen(cast, web, mine):
    client = web(cast.clerk)
    save(client, mine, TYPED)
    mine.refresh_from_db()
    html = client.get(reverse("return-preview", args=[mine.pk])).content.decode()
    assert "Đủ số" in html
    assert "Nhà hộ" not in html
    stale = client.post(reverse("return-submit", args=[mine.pk]), {"revision": mine.revision - 1})
    mine.refresh_from_db()
    assert (stale.status_code, mine.state) == (302, State.DRAFT)
    client.post(reverse("return-submit", args=[mine.pk]), {"revision": mine.revision})
    mine.refresh_from_db()
    assert mine.state == State.FOR_SIGNING


def test_what_came_back_must_be_mended_or_answered(cast, web, mine):
    send(mine, cast.clerk, cast.leader)
    services.send_back_return(of=mine, remarks={"poverty.poor": "Sổ ghi 60 hộ?"}, now=NOW, by=cast.officer)
    client = web(cast.clerk)
    html = client.get(detail(mine)).content.decode()
    assert "Thành phố trả lại 1 ô, 4 ô còn lại giữ nguyên." in html
    assert "Sổ ghi 60 hộ?" in html
    assert save(client, mine, {}, do="submit").status_code == 422
    assert save(client, mine, {"reply:poverty.poor": "Một hộ mới thoát nghèo."}, do="submit").status_code == 302
    mine.refresh_from_db()
    assert mine.current_version.cells.get(cell__key="poverty.poor").reply == "Một hộ mới thoát nghèo."


def test_an_answer_of_an_earlier_round_does_not_answer_a_new_question(cast, web, mine):
    send(mine, cast.clerk, cast.leader)
    services.send_back_return(of=mine, remarks={"poverty.poor": "Vì sao?"}, now=NOW, by=cast.officer)
    fill(mine, cast.clerk, {"poverty.poor": Entry(value=61, reply="Đúng.")})
    version = services.submit_return(of=mine, now=NOW, by=cast.clerk)
    services.sign_return(of=mine, content_hash=version.content_hash, now=NOW, by=cast.leader)
    services.send_back_return(
        of=mine, remarks={"poverty.poor": "Danh sách đâu?"}, now=NOW + timedelta(hours=2), by=cast.officer
    )
    assert save(web(cast.clerk), mine, {}, do="submit").status_code == 422


def test_the_unit_takes_a_sent_return_back_with_a_reason(cast, web, mine):
    send(mine, cast.clerk, cast.leader)
    client, url = web(cast.clerk), reverse("return-withdraw", args=[mine.pk])
    assert "Thu hồi để sửa" in client.get(detail(mine)).content.decode()
    assert client.post(url, {"withdraw-note": ""}).status_code == 422
    assert client.post(url, {"withdraw-note": "Nhầm số"}).status_code == 302
    mine.refresh_from_db()
    assert mine.state == State.DRAFT


def test_nobody_but_the_clerk_reads_the_working_copy(cast, web, mine):
    fill(mine, cast.clerk, {"groups.clubs": Entry(value=7_654_321)})
    for reader in (cast.officer, cast.upper_leader, cast.auditor, cast.province_officer, cast.leader):
        client = web(reader)
        assert "7.654.321" not in client.get(detail(mine), follow=True).content.decode()
        assert "7.654.321" not in client.get(reverse("return-print", args=[mine.pk])).content.decode()
        assert client.get(reverse("return-preview", args=[mine.pk])).status_code == 403
        refused = client.post(reverse("return-entry", args=[mine.pk]), {"revision": "1"})
        assert refused.status_code == 403
        assert "7.654.321" not in refused.content.decode()


def test_the_levels_above_do_not_see_a_version_before_it_is_signed(cast, web, mine):
    fill(mine, cast.clerk)
    services.submit_return(of=mine, now=NOW, by=cast.clerk)
    assert Version.objects.count() == 1
    officer = web(cast.officer)
    assert officer.get(reverse("return-version", args=[mine.pk, 1])).status_code == 404
    assert "4.512" not in officer.get(detail(mine), follow=True).content.decode()
    assert web(cast.clerk).get(reverse("return-version", args=[mine.pk, 1])).status_code == 200


def test_a_version_page_has_an_anchor_for_each_cell_and_shows_the_ratio(cast, web, mine):
    send(mine, cast.clerk, cast.leader)
    html = web(cast.auditor).get(reverse("return-version", args=[mine.pk, 1])).content.decode()
    assert all(f'id="{key}"' in html for key in WHOLE)
    assert "Tỷ lệ hộ nghèo 1,35% = 61 / 4.512" in html


def test_the_print_shows_who_made_signed_and_approved_it(cast, web, mine):
    send(mine, cast.clerk, cast.leader)
    approve(mine, cast.officer)
    html = web(cast.clerk).get(reverse("return-print", args=[mine.pk])).content.decode()
    mine.refresh_from_db()
    assert cast.clerk.full_name in html
    assert cast.leader.full_name in html
    assert cast.officer.full_name in html
    assert mine.current_version.content_hash in html


def test_the_form_costs_a_bounded_number_of_queries(cast, web, mine, django_assert_max_num_queries):
    send(mine, cast.clerk, cast.leader)
    services.send_back_return(of=mine, remarks={"poverty.poor": "Vì sao?"}, now=NOW, by=cast.officer)
    client = web(cast.clerk)
    with django_assert_max_num_queries(32):
        client.get(detail(mine))
