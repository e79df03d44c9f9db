"""The pages of the checks: handing in, reading the answer, choosing, the marked-up copy, and who may."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from chungtay.checking.models import CheckedText, Choice
from chungtay.reviews.tests.world import PERIOD, TODAY
from tests.cast import PASSWORD

TEXT = "Vận động Quỹ được 9 tỷ đồng.\nĐã trao 5 suất hỗ trợ.\nTrồng 500 ha lúa."


@pytest.fixture
def at_work(world, monkeypatch):
    """The clock of the screens stands at the story's day."""
    from chungtay.web import clock

    monkeypatch.setattr(clock, "now", lambda: TODAY)
    monkeypatch.setattr(clock, "today", TODAY.date)
    return world


@pytest.fixture
def officer(at_work, client):
    assert client.login(username=at_work.cast.officer.username, password=PASSWORD)
    return client


def hand_in(client, world, **more):
    given = {"programme": "500", "area": str(world.cast.city.pk), "period": PERIOD, "title": "", "text": TEXT}
    return client.post(reverse("check-list"), given | more)


def test_a_pasted_text_gets_its_answer(at_work, officer):
    answer = hand_in(officer, at_work)
    page = officer.get(answer["Location"]).content.decode()
    assert "Lệch so với “Vận động Quỹ”" in page
    assert 'data-verdict="no_source"' in page
    assert '<a href="/con-so/' in page
    assert "9 tỷ đồng" in page
    only = officer.get(answer["Location"] + "?loai=no_source").content.decode()
    assert "Lệch so với" not in only


def word(*lines: str) -> bytes:
    out, paper = io.BytesIO(), Document()
    for line in lines:
        paper.add_paragraph(line)
    paper.save(out)
    return out.getvalue()


def test_a_word_file_is_read_and_given_back_with_comments(at_work, officer):
    upload = SimpleUploadedFile("bài viết.docx", word(*TEXT.split("\n")))
    answer = hand_in(officer, at_work, text="", file=upload)
    kept = CheckedText.objects.get()
    assert kept.title == "bài viết.docx"
    copy = officer.get(reverse("check-download", args=[kept.pk]))
    paper = Document(io.BytesIO(copy.content))
    assert "\n".join(p.text for p in paper.paragraphs).startswith("Vận động Quỹ được 9 tỷ đồng.")
    said = [comment.text for comment in paper.comments]
    assert len(said) == 3
    assert said[0].startswith("Lệch. ")
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "kiểu cũ"),
        ("a.docx", b"PK\x03\x04broken", "hỏng"),
        ("a.pdf", b"%PDF-broken", "hỏng"),
        ("a.bin", b"\xff\x00\xfe\x81", "không phải văn bản"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(at_work, officer, name, data, sentence):
    answer = hand_in(officer, at_work, text="", file=SimpleUploadedFile(name, data))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not CheckedText.objects.exists()


def test_neither_file_nor_text_is_asked_for(at_work, officer):
    answer = hand_in(officer, at_work, text=" ")
    assert answer.status_code == 422
    assert "dán nội dung" in answer.content.decode()


def test_a_choice_on_the_page_is_kept(at_work, officer):
    hand_in(officer, at_work)
    kept = CheckedText.objects.get()
    url = reverse("check-choose", args=[kept.pk])
    answer = officer.post(url, {"so": "3", "nghia": "-|"})
    assert answer["Location"].endswith("#s3")
    assert Choice.objects.get().indicator is None
    assert (
        "không phải số liệu của chương trình" in officer.get(reverse("check-detail", args=[kept.pk])).content.decode()
    )
    assert officer.post(url, {"so": "9", "nghia": "-|"}).status_code == 404
    officer.post(url, {"so": "2"})
    assert Choice.objects.count() == 1


def test_strangers_do_not_learn_of_a_text(at_work, officer, client):
    hand_in(officer, at_work)
    kept = CheckedText.objects.get()
    assert client.login(username=at_work.cast.outsider.username, password=PASSWORD)
    for name in ("check-detail", "check-download"):
        assert client.get(reverse(name, args=[kept.pk])).status_code == 404
    assert client.post(reverse("check-choose", args=[kept.pk]), {"so": "1", "nghia": "-|"}).status_code == 404
