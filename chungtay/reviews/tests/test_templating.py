"""Offices' templates: refused with every fault, kept version by version, chosen, frozen with the publication; and their page."""

import io
import zipfile
from datetime import date, timedelta

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chungtay.access.selectors import NotAllowed
from chungtay.audit import selectors as audit
from chungtay.audit.models import HistoryIsFixed
from chungtay.papers.rereading import leftover_numbers, text_of_docx
from chungtay.papers.rules import HeadKind, prints
from chungtay.papers.tags import Format
from chungtay.papers.templatestart import starting_template
from chungtay.reviews import dossier, publishing, selectors, services, templating
from chungtay.reviews.content import paper_of
from chungtay.reviews.dossier_rules import RecordKind, ReviewKind
from chungtay.reviews.files import one_file
from chungtay.reviews.invitations import invitation_file
from chungtay.reviews.models import OfficeTemplate
from chungtay.reviews.rules import NotDraft
from chungtay.reviews.tests.world import LATER, TODAY

DAY = date(2023, 1, 1)


def upload(data=None, name="mau.docx"):
    return SimpleUploadedFile(name, starting_template(Format.REPORT) if data is None else data)


def own(*lines):
    """A template of an office's own, which says who made it."""
    document = docx.Document()
    for line in (*lines, "{{p noi_dung }}", "{{p phu_luc }}"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def keep(world, data=None, **given):
    said = {"area": world.cast.city, "header": HeadKind.UBND, "form": Format.REPORT, "valid_from": DAY, "now": TODAY}
    file = None if data == "" else upload(data)
    return templating.keep_template(upload=file, **{**said, "by": world.cast.officer, **given})


def test_a_template_without_fault_is_kept_and_audited(world):
    made = keep(world, note="Theo mẫu của  Văn phòng")
    assert (made.number, made.note) == (1, "Theo mẫu của Văn phòng")
    assert [event.code for event in audit.events_of(made)] == ["reviews.template.kept"]
    with pytest.raises(HistoryIsFixed):
        made.save()


def test_a_template_with_faults_is_refused_with_all_of_them_and_nothing_is_kept(world):
    with pytest.raises(templating.BadTemplate) as refused:
        keep(world, own("{{ trich_yue }}", "Đã xây 400 căn."))
    assert len(refused.value.findings) == 2
    assert "đoạn 1: thẻ {{ trich_yue }}" in str(refused.value)
    assert not OfficeTemplate.objects.exists()


def test_only_who_writes_for_the_office_keeps_its_templates(world):
    for who in ("upper_leader", "auditor", "clerk", "outsider"):
        with pytest.raises(NotAllowed):
            keep(world, by=getattr(world.cast, who))


def test_the_newest_version_in_force_counts_and_one_without_file_goes_back_to_the_common_form(world):
    city = world.cast.city.pk
    first, second = keep(world), keep(world, valid_from=date(2023, 3, 1))

    def on(day):
        return templating.in_force(city, "ubnd", Format.REPORT, day)

    assert on(DAY - timedelta(days=1)) is None
    assert on(date(2023, 2, 1)) == first
    assert on(date(2023, 3, 1)) == second
    assert templating.in_force(city, "mttq", Format.REPORT, DAY) is None
    keep(world, "", valid_from=date(2023, 4, 1))
    assert on(date(2023, 4, 1)) is None
    assert on(date(2023, 3, 31)) == second


def test_a_new_report_is_written_in_the_template_in_force_and_obeys_the_law(world):
    made = keep(world, own("MẪU CỦA VĂN PHÒNG", "{{ so }}"))
    review = world.create()
    assert review.template == made
    content = selectors.content_of(review)
    paper, text = paper_of(content), text_of_docx(one_file(content, "docx")[1])
    assert text.startswith("MẪU CỦA VĂN PHÒNG")
    assert leftover_numbers(text, prints(paper), paper.names) == []


def test_a_report_may_go_back_to_the_common_form_while_it_is_written(world):
    made, officer = keep(world), world.cast.officer
    review = world.create()
    templating.choose_template(review=review, template_id=None, now=TODAY, by=officer)
    review.refresh_from_db()
    assert review.template is None
    assert [edit.verb for edit in selectors.history_of(review)] == ["template"]
    templating.choose_template(review=review, template_id=made.pk, now=TODAY, by=officer)
    other = keep(world, header=HeadKind.MTTQ)
    with pytest.raises(templating.NoSuchTemplate):
        templating.choose_template(review=review, template_id=other.pk, now=TODAY, by=officer)
    services.set_header(review=review, header=HeadKind.MTTQ, now=TODAY, by=officer)
    review.refresh_from_db()
    assert review.template == other


def test_the_published_version_keeps_its_template_whatever_comes_later(world):
    keep(world, own("MẪU MỘT"))
    review, officer = world.create(), world.cast.officer
    for block in review.blocks.filter(is_suggestion=True):
        services.edit_block(block=block, text=block.text, now=TODAY, by=officer)
    services.submit_review(review=review, now=TODAY, by=officer)
    review.refresh_from_db()
    with pytest.raises(NotDraft):
        templating.choose_template(review=review, template_id=None, now=TODAY, by=officer)
    made = publishing.publish_review(review=review, now=TODAY, by=world.cast.upper_leader)
    second = keep(world, own("MẪU HAI"))
    services.reopen_review(review=review, now=LATER, by=officer)
    templating.choose_template(review=review, template_id=second.pk, now=LATER, by=officer)
    made.refresh_from_db()
    assert publishing.is_same_again(made)
    data = one_file(publishing.content_again(made), "docx")[1]
    assert text_of_docx(data).startswith("MẪU MỘT")


def test_an_invitation_is_written_in_the_template_in_force(world):
    document = docx.Document()
    document.add_paragraph(
        "Kính mời {{ dai_bieu }}, {{ chuc_vu_dai_bieu }}, dự họp lúc {{ thoi_gian }} tại {{ dia_diem }}"
    )
    out = io.BytesIO()
    document.save(out)
    keep(world, out.getvalue(), form=Format.INVITATION)
    review, officer = world.create(), world.cast.officer
    held = {"held_on": date(2023, 5, 4), "place": "Hội trường", "kind": ReviewKind.YEAR}
    last = dossier.arrange(review=review, seen=0, now=TODAY, by=officer, **held)
    who = dossier.add_record(
        review=review, kind=RecordKind.DELEGATE, name="Bà Tư", detail="Phó Chủ tịch xã", now=TODAY, by=officer
    )
    text = text_of_docx(invitation_file(review, last, who))
    assert text.strip() == "Kính mời Bà Tư, Phó Chủ tịch xã, dự họp lúc ngày 04/05/2023 tại Hội trường"


# ---------------------------------------------------------------- the page


def test_the_page_says_which_version_is_in_force(world, officer):
    keep(world)
    keep(world, valid_from=date(2099, 1, 1))
    text = officer.get(reverse("office-templates")).content.decode()
    assert "đang dùng" in text
    assert "chưa đến ngày" in text
    assert "{{p noi_dung }}" in text


def test_faults_are_told_one_by_one_beside_the_file(world, officer):
    said = {"form": "report", "header": "ubnd", "area": str(world.cast.city.pk), "valid_from": "01/05/2023", "note": ""}
    answer = officer.post(reverse("office-templates"), {**said, "file": upload(own("{{ so", "{{ trich_yeu }}"))})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Thân, đoạn 1: dấu “{{” lẻ" in text
    assert "Thân, đoạn 2: thẻ {{ trich_yeu }} là danh sách" in text
    answer = officer.post(reverse("office-templates"), {**said, "file": upload()})
    assert answer.status_code == 302
    made = OfficeTemplate.objects.get()
    data = officer.get(reverse("office-template-file", args=[made.pk])).content
    assert data == starting_template(Format.REPORT)


def test_the_template_to_begin_with_is_there_for_both_papers(world, officer):
    for form in Format:
        data = officer.get(reverse("office-template-start", args=[form])).content
        assert zipfile.is_zipfile(io.BytesIO(data))
    assert officer.get(reverse("office-template-start", args=["letter"])).status_code == 404


def test_the_choice_stands_beside_the_head_of_the_report(world, officer):
    made = keep(world)
    review = world.create()
    page = reverse("review-head", args=[review.pk])
    assert f'value="{made.pk}" selected' in officer.get(page).content.decode()
    officer.post(reverse("review-template", args=[review.pk]), {"template": ""})
    review.refresh_from_db()
    assert review.template is None
