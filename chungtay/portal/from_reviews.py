"""From the news draft of a review to an article: the same words, and the same figures alive."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import count

from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.evidence import selectors as evidence
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold
from chungtay.papers.rules import PrintedFigure, split_text
from chungtay.places import selectors as places
from chungtay.portal import reading
from chungtay.portal.editing import Written
from chungtay.portal.models import ArticlePage, Picture
from chungtay.portal.rules import Form
from chungtay.portal.services import Draft, FigureGiven, keep_picture, write_article
from chungtay.reviews import dossier
from chungtay.reviews.models import DossierRecord, Review
from chungtay.reviews.news import Slot
from chungtay.reviews.registry import Way
from chungtay.reviews.selectors import content_of

SECTION = "so-ket"
MOST_OF_KEY = 50
CREDIT = "Ảnh trong hồ sơ hội nghị"


class NoNewsYet(DomainError):
    """Nobody has kept a news draft of the review."""

    def __init__(self) -> None:
        super().__init__("Báo cáo chưa có tin nào được ghi. Hãy đọc lại tin gợi ý, sửa nếu cần rồi bấm “Ghi tin”.")


def article_of(review: Review) -> ArticlePage | None:
    """Return the article that a review's news became."""
    return ArticlePage.objects.filter(review=review).order_by("pk").first()


def way_on(review: Review, by: User, on: date) -> Way | None:
    """Offer the news of a review to the portal; to whoever may write there."""
    if not access.keys_of(by, on=on).can("edit", Written(review.area_id, "draft")):
        return None
    if (made := article_of(review)) is not None:
        return Way("Mở bài trên cổng", reverse("wagtailadmin_pages:edit", args=[made.pk]), is_there=True)
    if not review.news.exists():
        return None
    return Way("Đưa thành bài của cổng công khai", reverse("review-article", args=[review.pk]))


@transaction.atomic
def write_from_review(*, review: Review, now: datetime, by: User) -> ArticlePage:
    """Begin an article out of the newest news draft of a review; the one that was made before is returned as it is.

    A figure that a sentence writes as the account does stays alive: it is told as known when the article goes out. One
    whose words only the report has (a comparison, a list of places) keeps them, with the figure that it rests on as it
    was known to the report. Raises NotAllowed, NoNewsYet.
    """
    row = Review.objects.select_for_update(of=("self",)).select_related("programme").get(pk=review.pk)
    access.require(by, "edit", Written(row.area_id, "draft"), localdate(now))
    if (made := article_of(row)) is not None:
        return made
    story = dossier.news_of(row)
    if story is None:
        raise NoNewsYet
    content = content_of(row)
    names = _names(key for text in (story.title, story.lead, story.body) for _, key in split_text(text) if key)
    pictures = list(_pictures(story.slots, dossier.live_records(row), by))
    body: list[tuple[str, object]] = [("paragraph", _told(part, names)) for part in story.paragraphs]
    for place, (picture, caption) in zip((0, len(body) + 1), pictures[:2], strict=False):
        value = {"image": picture, "alt": caption[:250], "caption": caption[:300], "credit": CREDIT}
        body.insert(place, ("picture", value))
    figures = [_figure(content.printed[key], name) for key, name in names.items()]
    draft = Draft(
        title=_plain(story.title, content.printed)[:250],
        lead=_told(story.lead, names),
        author=places.name_on(row.area_id, content.period.last_day),
        category=SECTION,
        body=body,
        figures=figures,
        data_on=localdate(row.known_at),
        picture=pictures[0][0] if pictures else None,
        programme=row.programme,
        review=row,
        slug=_free_slug(_plain(story.title, content.printed)),
    )
    return write_article(draft=draft, area_id=row.area_id, now=now, by=by)


def _names(keys: Iterator[str]) -> dict[str, str]:
    """Return a key of an article for each key of a review, in order: those of reviews are words with marks and spaces."""
    found: dict[str, str] = {}
    for key in keys:
        if key not in found:
            base = slugify(fold(key))[:MOST_OF_KEY] or "so"
            numbered = (base if number == 1 else f"{base}-{number}" for number in count(1))
            found[key] = next(name for name in numbered if name not in found.values())
    return found


def _told(text: str, names: Mapping[str, str]) -> str:
    return "".join(f"{{{names[key]}}}" if key else words for words, key in split_text(text))


def _plain(text: str, printed: Mapping[str, PrintedFigure]) -> str:
    return "".join(printed[key].text if key else words for words, key in split_text(text))


def _figure(printed: PrintedFigure, name: str) -> FigureGiven:
    trace = reading.trace_in(printed.url)
    figure, indicator = reading.asked(trace, None)
    if reading.written(figure, indicator, Form.SPOKEN) == printed.text:
        return FigureGiven(name, printed.label[:200], reading.live_key(trace))
    return FigureGiven(name, printed.label[:200], trace, Form.GIVEN, given=printed.text[:120])


def _pictures(slots: Iterable[Slot], records: list[DossierRecord], by: User) -> Iterator[tuple[Picture, str]]:
    kept = {str(record.pk): record.attachment for record in records}
    for slot in slots:
        attachment = kept.get(slot.record)
        if attachment is not None:
            data = evidence.opened(attachment)
            yield keep_picture(data=data, name=attachment.name, shows=slot.caption, credit=CREDIT, by=by), slot.caption


def _free_slug(title: str) -> str:
    base = slugify(fold(title))[:190]
    taken = set(ArticlePage.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for number in count(1) if (slug := base if number == 1 else f"{base}-{number}") not in taken)
