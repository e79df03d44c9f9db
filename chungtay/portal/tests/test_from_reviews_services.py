"""The news of a review becomes an article: the same words, the figures alive, once."""

from io import BytesIO

import pytest
from PIL import Image

from chungtay.access.selectors import NotAllowed
from chungtay.evidence import services as evidence
from chungtay.portal import ground, selectors, services
from chungtay.portal.from_reviews import NoNewsYet, way_on, write_from_review
from chungtay.portal.models import ArticlePage
from chungtay.reviews import dossier, news
from chungtay.reviews import selectors as reviews
from chungtay.reviews.dossier_rules import RecordKind
from chungtay.reviews.tests.world import TODAY, make_world
from tests.databases.at_once import at_once
from tests.remembering import remembered


@pytest.fixture
def world(db):
    made = remembered(make_world)()
    ground.lay()
    return made


def told(world):
    """A review whose news somebody has kept, with a picture."""
    review = world.create()
    out = BytesIO()
    Image.new("RGB", (320, 200), "#0b4f5c").save(out, "PNG")
    picture = evidence.keep(upload=out.getvalue(), name="hoi-nghi.png", now=TODAY, by=world.cast.officer)
    record = dossier.add_record(
        review=review, kind=RecordKind.PICTURE, name="Hội nghị", detail="Quang cảnh hội nghị", note="", attachment=picture,
        now=TODAY, by=world.cast.officer,
    )  # fmt: skip
    content = reviews.content_of(review)
    story = news.first_story(content, "Thành phố Cao Lãnh")
    slots = (news.Slot("Quang cảnh hội nghị.", str(record.pk)), news.Slot("Trao khen thưởng."))
    story = news.Story(story.title, story.lead, story.body, slots)
    dossier.write_news(review=review, story=story, seen=0, now=TODAY, by=world.cast.officer)
    return review, content, story


def words(runs):
    return "".join(run.text for run in runs).replace("\xa0", " ")


def test_every_word_and_figure_of_the_news_stands_in_the_article(world):
    review, content, story = told(world)
    page = write_from_review(review=review, now=TODAY, by=world.cast.officer)
    assert not page.live and page.review_id == review.pk and page.area_id == review.area_id
    page = services.publish_article(article=page, now=TODAY, by=world.cast.upper_leader)
    assert selectors.plain_lead(page).replace("\xa0", " ") == words(news.runs_of(story.lead, content))
    texts = {row.text.replace("\xa0", " ") for row in selectors.edition_of(page).figures.all()}
    spoken = {
        content.printed[key].text.replace("\xa0", " ")
        for key in content.asks
        if f"{{{key}}}" in story.lead + story.body
    }
    assert spoken and spoken <= texts
    assert {figure.form for figure in page.figures.all()} >= {"spoken"}
    (picture,) = [part for part in page.body if part.block_type == "picture"]
    assert picture.value["alt"] == "Quang cảnh hội nghị." and page.picture is not None


def test_it_is_made_once_and_the_way_becomes_a_link(world):
    review, _, _ = told(world)
    officer, on = world.cast.officer, TODAY.date()
    assert not way_on(review, officer, on).is_there
    first = write_from_review(review=review, now=TODAY, by=officer)
    assert write_from_review(review=review, now=TODAY, by=officer) == first
    assert way_on(review, officer, on).is_there
    assert way_on(review, world.cast.auditor, on) is None


def test_without_kept_news_or_the_right_nothing_is_made(world):
    review = world.create()
    with pytest.raises(NoNewsYet):
        write_from_review(review=review, now=TODAY, by=world.cast.officer)
    with pytest.raises(NotAllowed):
        write_from_review(review=review, now=TODAY, by=world.cast.auditor)
    assert not ArticlePage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_it_is_one_article(transactional_db):
    world = make_world()
    ground.lay()
    review, _, _ = told(world)
    done = at_once(lambda number: write_from_review(review=review, now=TODAY, by=world.cast.officer).pk, 4)
    assert len(set(done)) == 1 and ArticlePage.objects.count() == 1
