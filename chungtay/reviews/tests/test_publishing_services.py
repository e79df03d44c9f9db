"""Publishing: the second person decides, the version is frozen, comes out the same years later, and says what has changed."""

import hashlib
from datetime import timedelta

import pytest

from chungtay.access.selectors import NotAllowed
from chungtay.audit import selectors as audit
from chungtay.audit.models import HistoryIsFixed
from chungtay.figures import services as figures
from chungtay.figures.rules import Statement
from chungtay.kernel.periods import parse_period
from chungtay.reviews import dossier, publishing, selectors, services
from chungtay.reviews.changing import MovedOn
from chungtay.reviews.dossier_rules import NotNow
from chungtay.reviews.files import papers_of
from chungtay.reviews.readiness import gates_before
from chungtay.reviews.rules import NotDraft, NotReady, State
from chungtay.reviews.tests.world import LATER, TODAY, paragraph_of

YEARS_LATER = LATER + timedelta(days=3 * 365)


@pytest.fixture
def submitted(world):
    review = world.create()
    for block in review.blocks.filter(is_suggestion=True):
        services.edit_block(block=block, text=block.text, now=TODAY, by=world.cast.officer)
    # the last unit never counts its groups: the text says so
    services.submit_review(review=review, now=TODAY, by=world.cast.officer)
    review.refresh_from_db()
    return review


def publish(world, review, by=None, **given):
    return publishing.publish_review(review=review, now=TODAY, by=by or world.cast.upper_leader, **given)


def test_the_leader_publishes_what_others_wrote(world, submitted):
    made = publish(world, submitted, note="Đồng ý ban hành")
    submitted.refresh_from_db()
    assert submitted.state == State.PUBLISHED
    assert (made.number, made.by, made.known_at) == (1, world.cast.upper_leader, submitted.known_at)
    assert len(made.manifest) > 50
    assert [e.code for e in audit.events_of(submitted)][-1] == "reviews.review.published"


def test_nobody_publishes_their_own_work_and_nobody_without_the_right(world, submitted):
    for who in ("officer", "auditor", "clerk", "outsider"):
        with pytest.raises(NotAllowed):
            publish(world, submitted, by=getattr(world.cast, who))


def test_only_what_waits_for_the_signature_is_published(world):
    review = world.create()
    with pytest.raises((NotAllowed, NotNow)):
        publish(world, review)


def test_of_two_decisions_the_second_is_refused(world, submitted):
    seen = submitted.revision
    publish(world, submitted)
    with pytest.raises((NotAllowed, NotNow, MovedOn)):
        publish(world, submitted, revision=seen)
    assert submitted.publications.count() == 1


def test_a_published_version_is_never_changed(world, submitted):
    made = publish(world, submitted)
    with pytest.raises(HistoryIsFixed):
        made.save()
    with pytest.raises(HistoryIsFixed):
        submitted.publications.all().delete()
    submitted.refresh_from_db()
    with pytest.raises(NotDraft):
        services.edit_block(
            block=paragraph_of(submitted, "support.houses"), text="Xây {nhà ở}.", now=TODAY, by=world.cast.officer
        )


def test_built_again_years_later_it_is_the_same_to_the_byte(world, submitted):
    made = publish(world, submitted)
    world.correct()
    services.reopen_review(review=submitted, now=LATER, by=world.cast.officer)
    services.edit_block(
        block=paragraph_of(submitted, "support.houses"), text="Cả vùng xây {nhà ở}.", now=LATER, by=world.cast.officer
    )
    made.refresh_from_db()
    assert publishing.is_same_again(made)
    again = papers_of(publishing.content_again(made)).files()
    assert {name: hashlib.sha256(data).hexdigest() for name, data in again.items()} == made.files


def test_a_version_that_does_not_come_out_the_same_is_told(world, submitted):
    made = publish(world, submitted)
    made.content["blocks"][3]["text"] += " Thêm."
    assert not publishing.is_same_again(made)


def test_what_has_changed_since_is_told_figure_by_figure(world, submitted):
    made = publish(world, submitted)
    assert not [one for one in publishing.changes_since(made, now=TODAY) if one.is_changed]
    world.correct()
    changes = publishing.changes_since(made, now=YEARS_LATER)
    moved = [one for one in changes if one.is_changed]
    assert 0 < len(moved) < len(changes)
    assert all("Vận động" in one.label or "quỹ" in one.label.lower() for one in moved)
    assert any(one.then != one.now for one in moved)
    assert all(one.then_url and one.now_url and one.then_url != one.now_url for one in moved)


def test_a_correction_is_a_second_version_beside_the_first(world, submitted):
    first = publish(world, submitted)
    officer = world.cast.officer
    services.reopen_review(review=submitted, now=LATER, by=officer)
    services.submit_review(review=submitted, now=LATER, by=officer)
    submitted.refresh_from_db()
    second = publishing.publish_review(review=submitted, now=LATER, by=world.cast.upper_leader)
    assert (first.number, second.number) == (1, 2)
    assert publishing.newest(submitted) == second


def test_an_open_comment_keeps_the_report_back(world):
    review, leader, officer = world.create(), world.cast.upper_leader, world.cast.officer
    for block in review.blocks.filter(is_suggestion=True):
        services.edit_block(block=block, text=block.text, now=TODAY, by=officer)
    block = paragraph_of(review, "support.houses")
    made = dossier.comment_on(block=block, text="Nêu thêm xã làm tốt.", now=TODAY, by=leader)
    with pytest.raises(NotReady, match="góp ý"):
        services.submit_review(review=review, now=TODAY, by=officer)
    with pytest.raises(NotAllowed):
        dossier.settle_comment(review=review, comment_id=made.pk, note="Đã thêm.", now=TODAY, by=leader)
    dossier.settle_comment(review=review, comment_id=made.pk, note="Đã thêm.", now=TODAY, by=officer)
    with pytest.raises(dossier.NotOpen):
        dossier.settle_comment(review=review, comment_id=made.pk, note="Lần nữa.", now=TODAY, by=officer)
    assert services.submit_review(review=review, now=TODAY, by=officer).state == State.FOR_SIGNING


def test_figures_that_wait_for_approval_are_listed_and_do_not_stop(world):
    review = world.create()

    def waiting():
        blocks = selectors.blocks_of(review)
        return gates_before(review, selectors.content_of(review, blocks), blocks)[-2]

    assert not waiting().findings
    period = parse_period("2023Q1")
    statement = Statement("support.houses", "new", world.cast.communes[0].pk, period, 25)
    at = review.known_at - timedelta(hours=1)
    figures.record_facts([statement], status="provisional", source_kind="test", source_id="sent", now=at, by=None)
    found = waiting()
    assert found.findings
    assert not found.stops
