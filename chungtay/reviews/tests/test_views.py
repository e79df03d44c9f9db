"""The screens: what each person finds, without and with htmx."""

import json

import pytest
from django.urls import reverse

from chungtay.reviews import services
from chungtay.reviews.tests.world import TODAY, paragraph_of
from tests.cast import PASSWORD


def url(name, review, *more):
    return reverse(name, args=[review.pk, *more])


def test_the_editor_shows_words_chips_gates_and_versions(at_work, officer):
    review = at_work.create()
    page = officer.get(url("review-detail", review))
    text = page.content.decode()
    assert page.status_code == 200
    assert 'class="chip" href="/con-so/' in text
    assert "chặn trước khi trình ký" in text
    assert "Phần mềm soạn từ số liệu" in text
    assert "Số liệu minh họa" in text or page.context["sample"] is False
    assert "{nhà ở}" not in text


@pytest.mark.parametrize("who", ["outsider", "clerk", "province_officer"])
def test_strangers_do_not_learn_that_a_review_exists(at_work, client, who):
    review = at_work.create()
    assert client.login(username=getattr(at_work.cast, who).username, password=PASSWORD)
    for name in ("review-detail", "review-preview", "review-head"):
        assert client.get(url(name, review)).status_code == 404
    assert client.get(url("review-download", review, "docx")).status_code == 404
    assert client.post(url("review-submit", review)).status_code == 404
    block = paragraph_of(review, "lessons")
    assert client.get(url("review-block-edit", review, block.pk)).status_code == 404


@pytest.mark.parametrize("who", ["upper_leader", "auditor"])
def test_readers_see_the_report_and_cannot_write_in_it(at_work, client, who):
    review = at_work.create()
    assert client.login(username=getattr(at_work.cast, who).username, password=PASSWORD)
    page = client.get(url("review-detail", review))
    assert page.status_code == 200
    assert url("review-block-edit", review, paragraph_of(review, "lessons").pk) not in page.content.decode()
    assert client.get(url("review-block-edit", review, paragraph_of(review, "lessons").pk)).status_code == 403
    assert client.post(url("review-refresh", review)).status_code == 403
    assert client.get(reverse("review-create")).status_code == 404


def test_a_visitor_is_asked_to_sign_in(at_work, client):
    review = at_work.create()
    for address in (reverse("review-list"), url("review-detail", review), reverse("review-create")):
        page = client.get(address)
        assert page.status_code == 302
        assert page.url.startswith(reverse("sign-in"))


def test_a_paragraph_is_edited_without_javascript(at_work, officer):
    review = at_work.create()
    address = url("review-block-edit", review, paragraph_of(review, "support.houses").pk)
    page = officer.get(address)
    assert "{nhà ở}" in page.content.decode()
    done = officer.post(address, {"text": "Xây, sửa {nhà ở}.", "revision": 1})
    assert done.status_code == 302
    assert paragraph_of(review, "support.houses").text == "Xây, sửa {nhà ở}."


def test_a_typed_number_comes_back_with_the_words_and_the_reason(at_work, officer):
    review = at_work.create()
    address = url("review-block-edit", review, paragraph_of(review, "support.houses").pk)
    page = officer.post(address, {"text": "Xây, sửa 416 căn.", "revision": 1})
    text = page.content.decode()
    assert page.status_code == 422
    assert "số gõ tay: “416”" in text
    assert "Số “416” có sẵn ở {nhà ở}" in text
    assert "Xây, sửa 416 căn." in text


def test_a_figure_is_put_into_the_words_by_its_button(at_work, officer):
    review = at_work.create()
    address = url("review-block-edit", review, paragraph_of(review, "lessons").pk)
    page = officer.post(address, {"text": "Đã có", "revision": 1, "chen": "nhà ở"})
    assert "Đã có {nhà ở}" in page.content.decode()
    assert not review.edits.exists()


def test_one_more_figure_is_asked_for_from_the_form(at_work, officer):
    review = at_work.create()
    address = url("review-block-edit", review, paragraph_of(review, "lessons").pk)
    asked = {"indicator": "support.houses|new", "area": str(at_work.cast.communes[0].pk), "period": "2022"}
    page = officer.post(address, {"text": "Đã có", "revision": 1, "them": "1", **asked})
    assert page.status_code == 200
    assert "Đã có {nhà ở, xây mới 2022, " in page.content.decode()
    wrong = officer.post(address, {"text": "Đã có", "revision": 2, "them": "1", **asked, "period": "2022X"})
    assert wrong.status_code == 422
    assert "Mã kỳ" in wrong.content.decode()
    assert "Đã có" in wrong.content.decode()


def test_htmx_gets_the_form_alone(at_work, officer):
    review = at_work.create()
    address = url("review-block-edit", review, paragraph_of(review, "lessons").pk)
    text = officer.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in text
    assert "<textarea" in text


def test_a_paragraph_is_brought_back_and_the_rest_written_again(at_work, officer):
    review = at_work.create()
    block = paragraph_of(review, "support.houses")
    services.edit_block(block=block, text="Xây, sửa {nhà ở}.", now=TODAY, by=at_work.cast.officer)
    assert officer.post(url("review-block-restore", review, block.pk)).status_code == 302
    assert paragraph_of(review, "support.houses").text == block.generated
    assert officer.post(url("review-refresh", review), {"known_on": "25/04/2023", "revision": 3}).status_code == 302
    review.refresh_from_db()
    assert review.known_at == TODAY


def test_a_review_is_asked_for_on_one_page(at_work, officer):
    asked = {
        "programme": "500", "area": str(at_work.cast.city.pk), "period": "2022", "other_period": "2020-01..2023-03",
        "header": "joint", "known_on": "20/04/2023",
    }  # fmt: skip
    assert officer.get(reverse("review-create")).status_code == 200
    done = officer.post(reverse("review-create"), asked)
    assert done.status_code == 302
    page = officer.get(done.url)
    assert "từ tháng 01/2020 đến tháng 3/2023" in page.content.decode()
    bad = officer.post(reverse("review-create"), {**asked, "known_on": "20/04/2024"})
    assert "chưa đến" in bad.content.decode()


def test_the_list_shows_reviews_and_opens_codes(at_work, officer):
    review = at_work.create()
    from chungtay.reviews import selectors

    page = officer.get(reverse("review-list"))
    assert url("review-detail", review) in page.content.decode()
    code = selectors.content_of(review).printed["nhà ở"].trace
    opened = officer.get(reverse("review-list"), {"ma": code})
    assert opened.status_code == 302
    assert opened.url.startswith("/con-so/")
    assert "Không thấy mã này" in officer.get(reverse("review-list"), {"ma": "0000-0000"}).content.decode()


def test_files_come_with_their_names_and_kinds(at_work, officer):
    review = at_work.create()
    for kind, start in (("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK"), ("pptx", b"PK"), ("html", b"<!doc")):
        answer = officer.get(url("review-download", review, kind))
        assert answer.content.startswith(start)
        assert f"bao-cao-so-ket-500-866-2020-01..2023-03.{kind}" in answer["Content-Disposition"]
    assert json.loads(officer.get(url("review-download", review, "manifest.json")).content)
    assert officer.get(url("review-download", review, "exe")).status_code == 404


def test_the_preview_looks_like_the_paper(at_work, officer):
    text = officer.get(url("review-preview", at_work.create())).content.decode()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert 'class="paper"' in text


def test_the_head_is_edited_and_its_issuer_changed(at_work, officer):
    review = at_work.create()
    page = officer.get(url("review-head", review))
    initial = dict(page.context["form"].initial)
    initial["dated_on"] = "26/05/2023"
    done = officer.post(url("review-head", review), {**initial, "number": "152"})
    assert done.status_code == 302
    assert "152/BC-UBND" in officer.get(url("review-preview", review)).content.decode()
    changed = officer.post(url("review-head", review), {**initial, "header": "mttq", "revision": 2})
    assert changed.url == url("review-head", review)


def test_the_gate_that_stops_is_said_when_somebody_insists(at_work, officer):
    review = at_work.create()
    page = officer.post(url("review-submit", review), follow=True)
    assert "Chưa trình ký được" in page.content.decode()


def test_the_editor_asks_the_database_little(at_work, officer, django_assert_max_num_queries):
    review = at_work.create()
    with django_assert_max_num_queries(60):
        officer.get(url("review-detail", review))


def test_the_entry_of_the_navigation_is_for_those_who_may_look(at_work, client):
    assert client.login(username=at_work.cast.officer.username, password=PASSWORD)
    assert "Sơ kết" in client.get(reverse("review-list")).content.decode()
    client.logout()
    assert client.login(username=at_work.cast.clerk.username, password=PASSWORD)
    assert client.get(reverse("review-list")).status_code == 404
