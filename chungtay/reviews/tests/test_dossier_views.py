"""The screens around the report, as each person meets them."""

import uuid
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from chungtay.reviews import dossier, services
from chungtay.reviews.dossier_rules import RecordKind
from chungtay.reviews.models import Assessment, Comment, DossierRecord
from chungtay.reviews.rules import State
from chungtay.reviews.tests.world import TODAY, paragraph_of
from tests.cast import PASSWORD

PAGES = ("review-dossier", "review-assessments", "review-comments", "review-publish", "review-news")


@pytest.fixture
def come(at_work, client):
    def sign_in(who):
        assert client.login(username=getattr(at_work.cast, who).username, password=PASSWORD)
        return client

    return sign_in


def url(name, review, *more):
    return reverse(name, args=[review.pk, *more])


def picture():
    held = BytesIO()
    Image.new("RGB", (64, 48), "red").save(held, "JPEG")
    return SimpleUploadedFile("hoi-nghi.jpg", held.getvalue(), "image/jpeg")


ARRANGED = {
    "kind": "mid_term",
    "held_on": "25/04/2023",
    "starts_at": "08:00",
    "place": "Hội trường",
    "chair": "Chủ tịch",
    "agenda": "Khai mạc",
    "seen": 0,
}


def test_strangers_find_none_of_the_pages(at_work, come):
    review = at_work.create()
    client = come("outsider")
    assert {client.get(url(name, review)).status_code for name in PAGES} == {404}
    assert client.post(url("review-publish", review)).status_code == 404


def test_readers_see_every_page_and_no_form_to_write_with(at_work, come):
    review = at_work.create()
    client = come("auditor")
    for name in PAGES:
        page = client.get(url(name, review))
        assert page.status_code == 200
        assert "Thêm vào hồ sơ" not in page.content.decode()
    assert client.post(url("review-arrange", review), ARRANGED).status_code == 403
    block = paragraph_of(review, "lessons")
    assert client.post(url("review-comment-add", review, block.pk), {"text": "Ý"}).status_code == 403


def test_the_office_fills_the_file(at_work, come):
    review, client = at_work.create(), come("officer")
    assert client.post(url("review-arrange", review), ARRANGED).status_code == 302
    assert client.post(url("review-arrange", review), ARRANGED).status_code == 422
    assert client.post(url("review-arrange", review), {**ARRANGED, "held_on": "31/02/2023"}).status_code == 422
    lines = {RecordKind.DELEGATE: ("Ông Ba", "Chủ tịch xã"), RecordKind.COMMENDATION: ("Xã A", "Giấy khen")}
    for kind, (name, detail) in lines.items():
        sent = {f"{kind}-name": name, f"{kind}-detail": detail}
        assert client.post(url("review-record-add", review, kind), sent).status_code == 302
    sent = {"picture-name": "Ảnh 1", "picture-detail": "Quang cảnh", "picture-file": picture()}
    assert client.post(url("review-record-add", review, "picture"), sent).status_code == 302
    refused = client.post(url("review-record-add", review, "picture"), {"picture-name": "Ảnh", "picture-detail": "Q"})
    assert refused.status_code == 422
    assert "Hãy chọn tệp" in refused.content.decode()
    assert client.post(url("review-record-add", review, "khác"), {}).status_code == 404
    one = DossierRecord.objects.get(kind="picture")
    assert client.get(url("review-record-file", review, one.pk) + "?nho=1").headers["Content-Type"] == "image/jpeg"
    delegate = DossierRecord.objects.get(kind="delegate")
    assert client.get(url("review-record-invitation", review, delegate.pk)).content[:2] == b"PK"
    assert client.get(url("review-record-invitation", review, one.pk)).status_code == 404
    client.post(url("review-attendance", review), {"present": [str(delegate.pk), "rác"]})
    assert dossier.present_of(review) == {delegate.pk: True}
    assert client.post(url("review-hold", review)).status_code == 302
    text = client.get(url("review-dossier", review)).content.decode()
    for word in ("có mặt 1", "Mở sổ họp", "Quang cảnh", "Giấy khen"):
        assert word in text
    client.post(url("review-record-end", review, one.pk))
    assert "Quang cảnh" not in client.get(url("review-dossier", review)).content.decode()
    assert client.get(url("review-record-file", review, uuid.uuid4())).status_code == 404


def test_a_unit_speaks_and_the_city_joins_and_takes_up(at_work, come):
    review, cast = at_work.create(), at_work.cast
    said = {
        "programme": "500",
        "area": str(cast.communes[0].pk),
        "period": "2022",
        "aspect": "limit",
        "text": "Phối hợp chưa thường xuyên.",
        "indicator": "support.houses",
    }
    client = come("clerk")
    assert client.get(reverse("assessment-list")).status_code == 200
    assert client.post(reverse("assessment-list"), {**said, "text": " "}).status_code == 422
    assert client.post(reverse("assessment-list"), {**said, "area": str(cast.city.pk)}).status_code == 422
    assert client.post(reverse("assessment-list"), said).status_code == 302
    part = Assessment.objects.get()
    client = come("officer")
    assert "Phối hợp chưa" in client.get(url("review-assessments", review)).content.decode()
    joined = {"part": [str(part.pk)], "text": "Phối hợp chưa thường xuyên."}
    assert client.post(url("review-assessment-join", review), joined).status_code == 302
    assert client.post(url("review-assessment-join", review), joined).status_code == 422
    assert client.post(url("review-assessment-take-up", review, "limit")).status_code == 302
    assert client.post(url("review-assessment-take-up", review, "khác")).status_code == 404
    assert "Phối hợp chưa thường xuyên" in client.get(url("review-detail", review)).content.decode()
    page = client.get(url("review-assessments", review)).content.decode()
    assert "Đưa lại vào báo cáo" in page
    assert "Gộp từ" in page
    client = come("outsider")
    assert client.post(reverse("assessment-end", args=[part.pk])).status_code == 404


def test_a_comment_is_made_by_the_leader_and_settled_by_the_office(at_work, come):
    review, client = at_work.create(), come("upper_leader")
    block = paragraph_of(review, "support.houses")
    assert "Góp ý cho đoạn này" in client.get(url("review-comments", review) + f"?doan={block.pk}").content.decode()
    assert client.post(url("review-comment-add", review, block.pk), {"text": ""}).status_code == 422
    assert client.post(url("review-comment-add", review, block.pk), {"text": "Nêu xã làm tốt."}).status_code == 302
    comment = Comment.objects.get()
    assert client.post(url("review-comment-settle", review, comment.pk), {"note": "Xong"}).status_code == 403
    client = come("officer")
    assert "1 góp ý chưa xử lý" in client.get(url("review-detail", review)).content.decode()
    client.post(url("review-comment-settle", review, comment.pk), {"note": "Đã thêm câu."})
    assert "Đã thêm câu." in client.get(url("review-comments", review)).content.decode()


def test_the_leader_publishes_and_one_click_tells_what_has_changed(at_work, come, monkeypatch):
    review, officer = at_work.create(), at_work.cast.officer
    for block in review.blocks.filter(is_suggestion=True):
        services.edit_block(block=block, text=block.text, now=TODAY, by=officer)
    services.submit_review(review=review, now=TODAY, by=officer)
    review.refresh_from_db()
    sent = {"revision": review.revision, "note": "Đồng ý"}
    assert come("officer").post(url("review-publish", review), sent).status_code == 403
    client = come("upper_leader")
    assert client.post(url("review-publish", review), {**sent, "revision": 1}).status_code == 422
    assert client.post(url("review-publish", review), sent).status_code == 302
    review.refresh_from_db()
    assert review.state == State.PUBLISHED
    page = client.get(url("review-changes", review, 1)).content.decode()
    assert "lập lại được nguyên vẹn" in page
    assert "Không số nào đổi" in page
    at_work.correct(at=TODAY)
    from chungtay.web import clock

    monkeypatch.setattr(clock, "now", lambda: TODAY.replace(hour=10))
    page = client.get(url("review-changes", review, 1)).content.decode()
    assert "Không số nào đổi" not in page
    assert "lập lại được nguyên vẹn" in page
    assert client.get(url("review-publication-download", review, 1, "docx")).content[:2] == b"PK"
    assert client.get(url("review-publication-download", review, 1, "exe")).status_code == 404
    assert client.get(url("review-changes", review, 2)).status_code == 404


def test_the_news_is_kept_and_a_typed_figure_is_sent_back(at_work, come):
    review, client = at_work.create(), come("officer")
    page = client.get(url("review-news", review))
    assert 'class="chip" href="/con-so/' in page.content.decode()
    sent = dict(page.context["form"].initial)
    assert client.post(url("review-news", review), {**sent, "lead": "Vận động 18 tỷ đồng."}).status_code == 422
    assert client.post(url("review-news", review), sent).status_code == 302
    assert "Bản 1" in client.get(url("review-news", review)).content.decode()
