"""Who may let an article out, what an edition freezes, and what is said once the account has changed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction

from chungtay.access.selectors import NotAllowed
from chungtay.audit.models import AuditEvent, HistoryIsFixed
from chungtay.figures.trace_ids import UnknownTrace, decode_trace
from chungtay.portal import editing, membership, selectors, services
from chungtay.portal.editing import NotScheduled
from chungtay.portal.ground import PUBLISHERS, WRITERS
from chungtay.portal.models import ArticlePage, Edition, EditionFigure
from chungtay.portal.models.pages import PastTheRule
from chungtay.portal.rules import Form, UnknownFigures
from chungtay.portal.tests.making import RAISED
from chungtay.web import clock


def test_an_edition_freezes_every_figure_and_each_point_of_a_chart(room):
    page = room.published()
    edition = selectors.edition_of(page)
    rows = {row.key: row for row in edition.figures.all()}
    assert edition.number == 1 and edition.by == room.cast.upper_leader and edition.writers == [str(room.editor.pk)]
    assert rows["nha"].text.replace("\xa0", " ") == "21 căn" and rows["nha"].mark == "21/1"
    assert (rows["nha"].reported, rows["nha"].expected) == (2, 2)
    assert rows["nha@2022"].mark == "21/1"
    assert decode_trace(rows["nha"].trace).known_at == edition.at
    assert AuditEvent.objects.get(code="portal.edition.published").data["figures"] == 2


def test_a_later_correction_changes_no_word_and_is_said_with_both_values(room):
    page = room.published()
    assert selectors.figures_of(page, is_draft=False).changed == ()
    room.count(1, 10)
    shown = selectors.figures_of(page, is_draft=False)
    assert shown.by_key["nha"].text.replace("\xa0", " ") == "21 căn"
    (one,) = shown.changed
    assert (one.before.replace("\xa0", " "), one.now.replace("\xa0", " ")) == ("21 căn", "20 căn")


def test_a_new_edition_takes_the_new_value_and_the_first_stays(room):
    page = room.published()
    room.count(1, 10)
    page.save_revision(user=room.editor)
    room.publish(page)
    first, second = Edition.objects.filter(page_id=page.pk).order_by("number")
    assert [edition.figures.get(key="nha").mark for edition in (first, second)] == ["21/1", "20/1"]
    assert selectors.figures_of(page, is_draft=False).changed == ()


def test_nobody_lets_out_what_they_wrote(room):
    both = room.cast.person("both", "Hồ Thị Hai Vai", "Phó Chủ tịch", *[(role, room.cast.city) for role in _roles()])
    page = room.write(by=both)
    with pytest.raises(NotAllowed):
        room.publish(page, by=both)
    page.save_revision(user=room.editor)
    with pytest.raises(NotAllowed):
        room.publish(page, by=both)  # part of it is still theirs
    assert not ArticlePage.objects.get(pk=page.pk).live and not Edition.objects.exists()
    assert room.publish(page).live


def test_who_only_lets_an_article_out_is_no_author_of_it(room):
    page = room.write()
    page.save_revision(user=room.cast.upper_leader)  # as Wagtail does when its button is pressed
    assert editing.writers_of(page, page.get_latest_revision().pk) == {room.editor.pk}
    assert room.publish(page).live
    page = ArticlePage.objects.get(pk=page.pk)
    page.lead = "Một câu khác về {nha}."
    page.save_revision(user=room.cast.upper_leader)
    with pytest.raises(NotAllowed):
        room.publish(page)


def test_a_later_edition_keeps_its_place_and_its_first_day(room):
    page = room.published()
    first = page.published_on
    page.title = "Tít mới"
    page.save_revision(user=room.editor)
    again = room.publish(page)
    assert (again.title, again.area_id, again.published_on) == ("Tít mới", room.cast.city.pk, first)


def test_nothing_shows_an_article_past_the_rule(room):
    page = room.write()
    revision = page.get_latest_revision()
    with pytest.raises(PastTheRule), transaction.atomic():
        PublishPageRevisionAction(revision, user=room.cast.upper_leader).execute(skip_permission_checks=True)
    page.live = True
    with pytest.raises(PastTheRule), transaction.atomic():
        page.save()
    with pytest.raises(PastTheRule), transaction.atomic():
        room.published(slug="khac").copy(update_attrs={"slug": "ban-sao"}, keep_live=True)
    assert ArticlePage.objects.live().count() == 0 or ArticlePage.objects.live().get().slug == "khac"


def test_an_article_goes_out_and_comes_down_on_the_day_that_was_decided(room, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: room.now)  # Wagtail's clock, held to ours
    monkeypatch.setattr(clock, "now", lambda: room.now)
    page = room.write()
    page.go_live_at = room.now + timedelta(days=2)
    page.expire_at = room.now + timedelta(days=5)
    page.save_revision(user=room.editor)
    assert not room.publish(page).live
    other = room.write(slug="khong-ai-quyet")
    other.save_revision(user=room.editor, approved_go_live_at=room.now)  # past the rule: nobody decided it
    for days, new, is_live in ((1, 0, False), (2, 1, True), (1, 0, True), (2, 0, False)):
        room.tick(days)
        done = services.publish_due(now=room.now)
        assert (done.published, list(done.refused)) == (new, [other.title])
        assert ArticlePage.objects.get(pk=page.pk).live == is_live
    (edition,) = Edition.objects.all()
    assert edition.by == room.cast.upper_leader


def _roles():
    from chungtay.access.rules import Role

    return Role.EDITOR, Role.UPPER_LEADER


@pytest.mark.parametrize("who", ["clerk", "officer", "auditor", "admin", "outsider", "editor"])
def test_only_a_leader_of_the_place_lets_out(room, who):
    page = room.write(by=room.cast.officer)
    person = room.cast.people[who]
    with pytest.raises(NotAllowed):
        room.publish(page, by=person)


@pytest.mark.parametrize("who", ["clerk", "leader", "auditor", "outsider"])
def test_only_those_of_the_office_write(room, who):
    with pytest.raises(NotAllowed):
        room.write(by=room.cast.people[who])


def test_the_clock_publishes_only_what_somebody_decided(room):
    page = room.write()
    with pytest.raises(NotScheduled), transaction.atomic():
        page.publish(page.get_latest_revision(), user=None)
    assert not ArticlePage.objects.get(pk=page.pk).live


def test_a_text_with_an_unlisted_figure_is_not_kept(room):
    with pytest.raises(UnknownFigures):
        room.write(lead="Có {cau} cây cầu")
    with pytest.raises(UnknownTrace):
        room.write(figures=[room.figure(trace="khong-phai-dau-vet")])
    assert not ArticlePage.objects.exists()


def test_money_is_written_as_a_sentence_wants_it(room):
    def figures(form):
        return [room.figure(key="tien", trace=room.trace(RAISED), form=form)]

    said = {
        form: room.published(lead="{tien}", body=[], figures=figures(form), slug=f"tien-{form}")
        for form in (Form.SPOKEN, Form.FULL)
    }
    texts = {form: selectors.plain_lead(page).replace("\xa0", " ") for form, page in said.items()}
    assert texts == {Form.SPOKEN: "trên 58,1 tỷ đồng", Form.FULL: "58.120.000.000 đồng"}


def test_what_was_published_cannot_be_changed(room):
    page = room.published()
    with pytest.raises(HistoryIsFixed):
        EditionFigure.objects.filter(edition__page_id=page.pk).update(text="22 căn")
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(page_id=page.pk, number=1, title="", revision_number=0, at=room.now, by=room.editor)


def test_groups_repeat_the_table_of_rights(room):
    assert membership.renew(room.editor) == {WRITERS}
    assert membership.renew(room.cast.upper_leader) == {PUBLISHERS}
    assert membership.renew(room.cast.clerk) == frozenset()
    room.cast.clerk.groups.add(*room.editor.groups.all())  # somebody put them in past the table
    assert membership.renew(room.cast.clerk) == frozenset() and not room.cast.clerk.groups.exists()
