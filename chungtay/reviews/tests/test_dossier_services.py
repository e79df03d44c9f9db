"""What surrounds the report: arrangement, file, attendance, the conference with its conclusions, statements, news."""

from datetime import date, time
from io import BytesIO

import pytest
from docx import Document

from chungtay.access.selectors import NotAllowed
from chungtay.audit import selectors as audit
from chungtay.places.rules import BodyKind
from chungtay.reviews import assessing, dossier, news, selectors, services
from chungtay.reviews.changing import MovedOn
from chungtay.reviews.dossier_rules import Aspect, BadRecord, RecordKind, ReviewKind
from chungtay.reviews.invitations import invitation_file
from chungtay.reviews.rules import TypedNumber
from chungtay.reviews.tests.world import TODAY
from chungtay.tasks import services as tasks
from chungtay.tasks.drafts import Plan
from chungtay.tasks.rules import Kind

SAID = {
    "kind": ReviewKind.MID_TERM,
    "held_on": date(2023, 4, 25),
    "starts_at": time(8, 0),
    "place": "Hội trường Thành ủy",
    "chair": "Chủ tịch Ủy ban nhân dân",
    "agenda": "Khai mạc\nBáo cáo sơ kết\nTham luận",
}


@pytest.fixture
def review(world):
    return world.create()


def arrange(world, review, seen=0, **given):
    return dossier.arrange(review=review, seen=seen, now=TODAY, by=world.cast.officer, **{**SAID, **given})


def record(world, review, kind=RecordKind.DELEGATE, name="Ông Nguyễn Văn Ba", detail="Chủ tịch xã", **given):
    return dossier.add_record(
        review=review, kind=kind, name=name, detail=detail, now=TODAY, by=given.pop("by", world.cast.officer), **given
    )


def test_an_arrangement_is_written_over_the_version_that_was_seen(world, review):
    arrange(world, review)
    with pytest.raises(MovedOn):
        arrange(world, review)
    second = arrange(world, review, seen=1, place="Nhà văn hóa")
    assert dossier.arrangement_of(review) == second
    assert review.arrangements.get(number=1).place == SAID["place"]


def test_the_file_is_written_by_the_office_only(world, review):
    for who in ("upper_leader", "auditor", "outsider"):
        with pytest.raises(NotAllowed):
            record(world, review, by=getattr(world.cast, who))


def test_a_line_taken_out_stays_in_the_history(world, review):
    made = record(world, review)
    dossier.end_record(review=review, record_id=made.pk, now=TODAY, by=world.cast.officer)
    assert dossier.live_records(review) == []
    assert review.records.count() == 1
    with pytest.raises(dossier.NotOpen):
        dossier.end_record(review=review, record_id=made.pk, now=TODAY, by=world.cast.officer)
    assert [e.code for e in audit.events_of(review)][-2:] == ["reviews.record.added", "reviews.record.ended"]


def test_minutes_and_pictures_need_a_file(world, review):
    for kind in (RecordKind.MINUTES, RecordKind.PICTURE):
        with pytest.raises(BadRecord, match="tệp"):
            record(world, review, kind)


def test_the_last_word_on_attendance_counts(world, review):
    one, two = record(world, review), record(world, review, name="Bà Lê Thị Tư")
    note = {"review": review, "now": TODAY, "by": world.cast.officer}
    assert dossier.note_attendance(present=[one.pk], **note) == 2
    assert dossier.note_attendance(present=[one.pk], **note) == 0
    assert dossier.note_attendance(present=[one.pk, two.pk], **note) == 1
    assert dossier.present_of(review) == {one.pk: True, two.pk: True}


def test_the_invitation_names_the_delegate_day_and_place(world, review):
    delegate = record(world, review)
    with pytest.raises(BadRecord, match="ngày"):
        invitation_file(review, dossier.arrangement_of(review), delegate)
    arrange(world, review)
    paper = Document(BytesIO(invitation_file(review, dossier.arrangement_of(review), delegate)))
    text = "\n".join(p.text for p in paper.paragraphs) + "".join(
        c.text for t in paper.tables for r in t.rows for c in r.cells
    )
    for word in ("GIẤY MỜI", "Nguyễn Văn Ba", "08 giờ 00", "25/04/2023", "Hội trường Thành ủy"):
        assert word in text


def test_a_conclusion_becomes_a_task_and_each_leads_to_the_other(world, review):
    with pytest.raises(dossier.NotOpen):
        dossier.hold_conference(review=review, now=TODAY, by=world.cast.officer)
    arrange(world, review)
    meeting = dossier.hold_conference(review=review, now=TODAY, by=world.cast.officer)
    assert meeting.programme.area_id == review.area_id
    said = tasks.conclude(meeting=meeting, text="Mặt trận xóa nhà tạm.", now=TODAY, by=world.cast.officer)
    lead = world.cast.body(world.cast.city, BodyKind.MTTQ)
    plan = Plan("Xóa nhà tạm", "Báo cáo", Kind.ONCE, lead, date(2023, 5, 1), date(2023, 12, 31))
    (task,) = tasks.task_from_conclusion(conclusion=said, plan=plan, now=TODAY, by=world.cast.officer)
    assert review.conference.meeting.conclusions.get().made.get().task == task
    assert task.from_conclusion.conclusion.meeting.of_review.review == review
    with pytest.raises(dossier.NotOpen):
        dossier.hold_conference(review=review, now=TODAY, by=world.cast.officer)


# ---------------------------------------------------------------- statements


def state(world, text, place=0, aspect=Aspect.LIMIT, period="2022", by=None):
    area = world.cast.communes[place]
    return assessing.state_assessment(
        programme=world.programme,
        area=area,
        period_code=period,
        aspect=aspect,
        text=text,
        now=TODAY,
        by=by or world.cast.clerk,
    )


ALIKE = (
    "Công tác phối hợp giữa các ngành có lúc chưa thường xuyên.",
    "Công tác phối hợp giữa các ngành chưa được thường xuyên",
)


def test_a_unit_speaks_for_itself_only(world):
    state(world, ALIKE[0])
    for who in ("officer", "outsider", "auditor"):
        with pytest.raises(NotAllowed):
            state(world, ALIKE[0], by=getattr(world.cast, who))


def test_likely_duplicates_are_offered_and_a_person_joins_them(world, review):
    parts = [state(world, text) for text in ALIKE]
    state(world, "Kinh phí xây cầu còn thiếu.")
    groups = assessing.groups_of(review)
    assert [len(group.parts) for group in groups] == [2, 1]
    whole = assessing.join(review=review, parts=parts, text=groups[0].text, now=TODAY, by=world.cast.officer)
    assert (whole.area_id, set(whole.parts.all())) == (review.area_id, set(parts))
    assert [len(group.parts) for group in assessing.groups_of(review)] == [1]
    with pytest.raises(assessing.BadAssessment):
        assessing.join(review=review, parts=parts, text="Lần nữa", now=TODAY, by=world.cast.officer)
    with pytest.raises(assessing.BadAssessment, match="Cấp trên"):
        assessing.take_back(assessment=parts[0], now=TODAY, by=world.cast.clerk)


def test_taking_the_joined_one_back_sets_its_parts_free(world, review):
    part = state(world, ALIKE[0])
    whole = assessing.join(review=review, parts=[part], text=ALIKE[0], now=TODAY, by=world.cast.officer)
    assessing.take_back(assessment=whole, now=TODAY, by=world.cast.officer)
    assert [group.parts for group in assessing.groups_of(review)] == [(part,)]
    assessing.take_back(assessment=part, now=TODAY, by=world.cast.clerk)
    assert assessing.groups_of(review) == []


def test_aspects_are_not_mixed(world, review):
    parts = [state(world, "Đoàn kết.", aspect=Aspect.STRENGTH), state(world, "Chậm.")]
    with pytest.raises(assessing.BadAssessment, match="cùng một mặt"):
        assessing.join(review=review, parts=parts, text="Cả hai", now=TODAY, by=world.cast.officer)


def test_statements_of_another_window_are_not_collected(world, review):
    state(world, ALIKE[0], period="2019")
    assert assessing.groups_of(review) == []


def test_what_was_joined_becomes_an_editable_paragraph_that_stays(world, review):
    part, officer = state(world, ALIKE[0]), world.cast.officer
    assessing.join(review=review, parts=[part], text=ALIKE[0], now=TODAY, by=officer)
    block = assessing.take_up(review=review, aspect=Aspect.LIMIT, now=TODAY, by=officer)
    assert (block.section, block.text) == ("iii-2", ALIKE[0])
    positions = [b.position for b in selectors.blocks_of(review)]
    assert len(set(positions)) == len(positions)
    services.edit_block(block=block, text="Phối hợp có lúc chưa thường xuyên.", now=TODAY, by=officer)
    review.refresh_from_db()
    services.refresh_review(review=review, now=TODAY, by=officer)
    order = [b.name for b in selectors.blocks_of(review) if b.section == "iii-2"]
    assert "said-limit" in order
    again = assessing.take_up(review=review, aspect=Aspect.LIMIT, now=TODAY, by=officer)
    assert again.pk == block.pk
    assert review.edits.filter(verb="take_up").count() == 2


def test_a_statement_with_a_typed_number_does_not_enter_the_report(world, review):
    part = state(world, "Còn 35 căn nhà chưa xây.")
    assessing.join(review=review, parts=[part], text=part.text, now=TODAY, by=world.cast.officer)
    with pytest.raises(TypedNumber):
        assessing.take_up(review=review, aspect=Aspect.LIMIT, now=TODAY, by=world.cast.officer)


# ---------------------------------------------------------------- news


def test_the_first_news_draft_is_good_to_keep_and_its_figures_are_the_reports(world, review):
    content = selectors.content_of(review)
    story = news.first_story(content, "Thành phố Cao Lãnh", held_on=SAID["held_on"], place=SAID["place"])
    made = dossier.write_news(review=review, story=story, seen=0, now=TODAY, by=world.cast.officer)
    assert dossier.news_of(review) == story
    runs = news.runs_of(made.body, content)
    assert sum(1 for run in runs if run.url) > 3
    with pytest.raises(MovedOn):
        dossier.write_news(review=review, story=story, seen=0, now=TODAY, by=world.cast.officer)


def test_a_figure_typed_into_the_news_is_refused(world, review):
    story = news.Story("Tít", "Vận động được 18 tỷ đồng.", "Thân bài.")
    with pytest.raises(TypedNumber):
        dossier.write_news(review=review, story=story, seen=0, now=TODAY, by=world.cast.officer)
