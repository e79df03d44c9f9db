"""Comparisons and lists of the report: on equal terms only, no rank by ties, what is missing by name, commendations frozen."""

from datetime import timedelta

import pytest

from chungtay.papers.rereading import leftover_numbers, text_of_docx
from chungtay.papers.rules import prints
from chungtay.reviews import dossier, publishing, selectors, services
from chungtay.reviews.content import paper_of
from chungtay.reviews.dossier_rules import BadRecord, RecordKind
from chungtay.reviews.files import papers_of
from chungtay.reviews.rules import NotDraft
from chungtay.reviews.slides import deck_of
from chungtay.reviews.tests.world import LATER, TODAY


def said(content, name, section="ii-compare"):
    """A paragraph of the draft as it prints."""
    block = next((b for b in content.blocks if (b.section, b.name) == (section, name)), None)
    if block is None:
        return ""
    text = block.text
    for key in block.keys:
        text = text.replace("{" + key + "}", content.printed[key].text)
    return text.replace("\u00a0", " ")


def table(content, section, name):
    """A table's rows as printed."""
    block = next(b for b in content.blocks if (b.section, b.name) == (section, name))
    return [
        [
            cell.get("text") or cell.get("ordinal") or cell.get("mark") or content.printed[cell["figure"]].text
            for cell in row
        ]
        for row in block.spec["rows"]
    ]


def test_the_same_window_of_the_year_before_stands_beside_the_newest_that_has_one(world):
    rows = table(world.content(), "ii-compare", "same-table")
    assert rows[0] == ["Vận động (triệu đồng)", "44,61", "52,61", "-15,3%"]
    assert ["Nhà ở (căn)", "32", "32", "0%"] in rows
    assert not [row for row in rows if row[0].startswith("Tổ tự quản")]  # a unit is missing: no growth is said


def test_who_is_first_and_last_is_named_where_nobody_equals_them(world):
    text = said(world.content(), "leaders")
    assert text.startswith("Về vận động Quỹ: cao nhất là Phường 4 (trên 152,99 triệu đồng); thấp nhất là Phường 11")
    assert "nhà ở" not in text  # all the same
    assert "Tổ" not in text  # one of the units has no figure


def test_the_last_published_review_is_held_beside_this_one(world):
    assert said(world.content(), "last") == ""
    officer = world.cast.officer
    first = world.create(period_code="2020-01..2022-06")
    for block in first.blocks.filter(is_suggestion=True):
        services.edit_block(block=block, text=block.text, now=TODAY, by=officer)
    services.submit_review(review=first, now=TODAY, by=officer)
    first.refresh_from_db()
    publishing.publish_review(review=first, now=TODAY, by=world.cast.upper_leader)
    text = said(world.content(known_at=LATER), "last")
    assert text.startswith(
        "So với lần sơ kết trước (số liệu từ tháng 01/2020 đến tháng 6/2022): vận động Quỹ kỳ trước "
    )
    assert "nhà ở hỗ trợ kỳ trước 320 căn, kỳ này 416 căn" in text
    assert said(world.content(), "last") == ""  # as known before it was published


def test_units_are_listed_by_how_complete_their_figures_are(world):
    rows = table(world.content(), "annex-coverage", "list")
    assert rows[0] == ["1", "Phường 4", "còn thiếu", "Tổ Nhân dân tự quản"]
    assert [row[2:] for row in rows[1:]] == [["đủ số liệu", "không"]] * 3


def award(world, review, name="Phường 1", detail="Giấy khen, ba năm liền dẫn đầu", now=TODAY):
    given = {"review": review, "kind": RecordKind.COMMENDATION, "now": now, "by": world.cast.officer}
    return dossier.add_record(name=name, detail=detail, **given)


def test_commendations_are_an_annex_and_a_slide_and_stay_when_the_report_is_written_again(world):
    review = world.create()
    one = award(world, review)
    award(world, review, "Ban Công tác Mặt trận Khóm Ba", "Bằng khen", now=TODAY + timedelta(minutes=1))
    services.refresh_review(review=review, now=TODAY, by=world.cast.officer)
    content = selectors.content_of(review)
    assert [row[1] for row in table(content, "annex-awards", "list")] == ["Phường 1", "Ban Công tác Mặt trận Khóm Ba"]
    paper = paper_of(content)
    assert [annex.title[0] for annex in paper.annexes][-2:] == [
        "Danh sách đề nghị khen thưởng",
        "Nguồn số liệu của Báo cáo",
    ]
    assert leftover_numbers(text_of_docx(papers_of(content).docx), prints(paper), paper.names) == []
    slide = next(slide for slide in deck_of(content, paper).slides if slide.title == "Đề nghị khen thưởng")
    assert slide.parts[0].items[0] == "Phường 1: Giấy khen, ba năm liền dẫn đầu"
    dossier.end_record(review=review, record_id=one.pk, now=TODAY, by=world.cast.officer)
    assert len(table(selectors.content_of(review), "annex-awards", "list")) == 1


def test_a_number_typed_into_a_commendation_is_refused(world):
    with pytest.raises(BadRecord, match="“400” gõ tay"):
        award(world, world.create(), detail="Giấy khen, xây 400 căn")


def test_the_list_of_commendations_is_fixed_with_the_wording(world):
    review, officer = world.create(), world.cast.officer
    one = award(world, review)
    for block in review.blocks.filter(is_suggestion=True):
        services.edit_block(block=block, text=block.text, now=TODAY, by=officer)
    services.submit_review(review=review, now=TODAY, by=officer)
    with pytest.raises(NotDraft):
        award(world, review, "Phường 2")
    with pytest.raises(NotDraft):
        dossier.end_record(review=review, record_id=one.pk, now=TODAY, by=officer)
