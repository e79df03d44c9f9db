"""The leader's signature, the officer's check, extension and reopening, and the page of differences."""

from datetime import timedelta

import pytest
from django.urls import reverse

from chungtay.returns import services
from chungtay.returns.rules import Entry, State
from chungtay.returns.tests.making import DUE, NOW, approve, fill, return_at, send

pytestmark = pytest.mark.django_db


def submitted(of, cast):
    fill(of, cast.clerk)
    return services.submit_return(of=of, now=NOW, by=cast.clerk)


def url(name, of, *args):
    return reverse(name, args=[of.pk, *args])


def state(of):
    of.refresh_from_db()
    return of.state


def test_the_leader_reads_the_whole_return_and_signs_what_was_read(cast, web, mine):
    version = submitted(mine, cast)
    client = web(cast.leader)
    page = client.get(url("return-detail", mine), follow=True)
    html = page.content.decode()
    assert page.redirect_chain[-1][0] == url("return-sign", mine)
    assert "4.512" in html
    assert version.content_hash[:12] in html
    assert "Ký và gửi lên thành phố" in html
    client.post(url("return-sign", mine), {"do": "sign", "content_hash": version.content_hash})
    assert state(mine) == State.SUBMITTED


def test_a_signature_on_other_content_is_refused(cast, web, mine):
    submitted(mine, cast)
    answer = web(cast.leader).post(url("return-sign", mine), {"do": "sign", "content_hash": "0" * 64})
    assert answer.status_code == 409
    assert "Nội dung báo cáo đã khác" in answer.content.decode()
    assert state(mine) == State.FOR_SIGNING


def test_the_leader_gives_the_return_back_only_with_a_reason(cast, web, mine):
    submitted(mine, cast)
    client = web(cast.leader)
    empty = client.post(url("return-sign", mine), {"do": "hand_back", "hand-back-note": " "})
    assert empty.status_code == 422
    client.post(url("return-sign", mine), {"do": "hand_back", "hand-back-note": "Xem lại số hộ"})
    assert state(mine) == State.DRAFT
    assert "Xem lại số hộ" in web(cast.clerk).get(url("return-detail", mine)).content.decode()


def test_after_signing_the_leader_goes_on_to_the_next_return_that_waits(cast, web, opened, mine):
    other = return_at(opened, cast.communes[1])
    version = submitted(mine, cast)
    fill(other, cast.other_clerk)
    services.submit_return(of=other, now=NOW, by=cast.other_clerk)
    answer = web(cast.leader).post(url("return-sign", mine), {"do": "sign", "content_hash": version.content_hash})
    assert answer.url == url("return-sign", other)


def test_only_the_leader_opens_the_signing_page(cast, web, mine):
    submitted(mine, cast)
    assert web(cast.clerk).get(url("return-sign", mine)).status_code == 403
    assert web(cast.officer).get(url("return-sign", mine)).status_code == 403


def test_the_officer_approves_what_was_seen(cast, web, mine):
    send(mine, cast.clerk, cast.leader)
    client = web(cast.officer)
    page = client.get(url("return-detail", mine), follow=True)
    assert page.redirect_chain[-1][0] == url("return-check", mine)
    mine.refresh_from_db()
    wrong = client.post(url("return-decide", mine), {"do": "approve", "content_hash": "0" * 64})
    assert (wrong.status_code, state(mine)) == (409, State.SUBMITTED)
    right = {"do": "approve", "content_hash": mine.current_version.content_hash}
    assert client.post(url("return-decide", mine), right).status_code == 302
    assert state(mine) == State.APPROVED


def test_marked_cells_hinder_an_approval(cast, web, mine):
    send(mine, cast.clerk, cast.leader)
    mine.refresh_from_db()
    data = {
        "do": "approve",
        "content_hash": mine.current_version.content_hash,
        "cell": ["poverty.poor"],
        "reason:poverty.poor": "Vì sao?",
    }
    answer = web(cast.officer).post(url("return-decide", mine), data)
    assert answer.status_code == 409
    assert "Vì sao?" in answer.content.decode()
    assert state(mine) == State.SUBMITTED


def test_a_cell_goes_back_only_with_its_reason(cast, web, mine):
    send(mine, cast.clerk, cast.leader)
    client = web(cast.officer)
    silent = client.post(url("return-decide", mine), {"do": "send_back", "cell": ["poverty.poor"]})
    assert (silent.status_code, state(mine)) == (409, State.SUBMITTED)
    nothing = client.post(url("return-decide", mine), {"do": "send_back"})
    assert (nothing.status_code, state(mine)) == (409, State.SUBMITTED)
    data = {"do": "send_back", "cell": ["poverty.poor"], "reason:poverty.poor": "Sổ ghi 60"}
    assert client.post(url("return-decide", mine), data).status_code == 302
    assert state(mine) == State.RETURNED


def test_after_a_decision_the_officer_goes_on_to_the_next_return(cast, web, opened, mine):
    other = return_at(opened, cast.communes[1])
    send(mine, cast.clerk, cast.leader)
    send(other, cast.other_clerk, cast.leader)
    mine.refresh_from_db()
    data = {"do": "approve", "content_hash": mine.current_version.content_hash}
    client = web(cast.officer)
    assert client.post(url("return-decide", mine), data).url == url("return-check", other)
    other.refresh_from_db()
    data["content_hash"] = other.current_version.content_hash
    assert client.post(url("return-decide", other), data).url == f"{reverse('return-grid')}?bieu=B01"


def test_only_the_level_directly_above_decides(cast, web, mine):
    send(mine, cast.clerk, cast.leader)
    for reader in (cast.province_officer, cast.auditor, cast.upper_leader):
        client = web(reader)
        assert client.get(url("return-check", mine)).status_code == 403
        assert client.post(url("return-decide", mine), {"do": "approve"}).status_code == 403
        page = client.get(url("return-detail", mine))
        assert page.status_code == 200
        assert "4.512" in page.content.decode()


def test_a_resubmission_shows_what_changed_and_how_it_was_answered(cast, web, mine):
    send(mine, cast.clerk, cast.leader)
    services.send_back_return(of=mine, remarks={"poverty.poor": "Sổ ghi 60"}, now=NOW, by=cast.officer)
    later = NOW + timedelta(hours=5)
    send(mine, cast.clerk, cast.leader, {"poverty.poor": Entry(value=60, reply="Đã sửa theo sổ")}, now=later)
    client = web(cast.officer)
    html = client.get(url("return-check", mine)).content.decode()
    assert "Bị trả lại lần trước, đã sửa 61 thành 60. Trả lời: “Đã sửa theo sổ”" in html
    assert "Đã sửa theo sổ" in html
    diff = client.get(url("return-diff", mine, 1, 2)).content.decode()
    assert "khác nhau ở 1 ô" in diff
    assert "Sổ ghi 60" in diff
    assert "Đã sửa theo sổ" in diff
    assert client.get(url("return-diff", mine, 1, 9)).status_code == 404


def test_lateness_is_that_of_the_day_it_came_in_not_of_today(cast, web, at, mine):
    send(mine, cast.clerk, cast.leader)
    at(DUE + timedelta(days=30))
    assert "trễ" not in web(cast.officer).get(url("return-check", mine)).content.decode().casefold()


def test_the_officer_gives_a_unit_more_time_only_forwards(cast, web, mine):
    client = web(cast.officer)
    assert "Gia hạn cho đơn vị" in client.get(url("return-check", mine)).content.decode()
    back = client.post(url("return-extend", mine), {"extend-until": "01/10/2022", "extend-note": "Nghỉ ốm"})
    assert back.status_code == 422
    assert "Hạn mới phải sau" in back.content.decode()
    done = client.post(url("return-extend", mine), {"extend-until": "25/10/2022", "extend-note": "Nghỉ ốm"})
    assert done.status_code == 302
    mine.refresh_from_db()
    assert mine.due_at == DUE + timedelta(days=5)


def test_an_approved_return_is_reopened_with_a_reason_and_keeps_its_numbers_meanwhile(cast, web, mine):
    send(mine, cast.clerk, cast.leader)
    approve(mine, cast.officer)
    client = web(cast.officer)
    assert client.post(url("return-reopen", mine), {"reopen-note": ""}).status_code == 422
    client.post(url("return-reopen", mine), {"reopen-note": "Một căn trùng"})
    assert state(mine) == State.DRAFT
    html = client.get(url("return-check", mine)).content.decode()
    assert "Đang mở lại để sửa" in html
    assert "Một căn trùng" in web(cast.clerk).get(url("return-detail", mine)).content.decode()


def test_what_leader_and_clerk_say_to_each_other_stays_in_the_unit(cast, web, mine):
    submitted(mine, cast)
    services.hand_back_return(of=mine, note="Số này sai quá", now=NOW, by=cast.leader)
    send(mine, cast.clerk, cast.leader, now=NOW + timedelta(hours=1))
    assert "Số này sai quá" not in web(cast.officer).get(url("return-check", mine)).content.decode()
    assert "Số này sai quá" in web(cast.clerk).get(url("return-detail", mine)).content.decode()
