"""What holds when an article goes out: the second person, the right, every figure listed, and an edition that freezes them."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.portal import reading
from chungtay.portal.models import ArticlePage, Edition, EditionFigure, Schedule
from chungtay.portal.reading import Shown
from chungtay.portal.rules import check_keys, words_of


class NotScheduled(DomainError):
    """The clock would publish what nobody has decided to publish."""

    def __init__(self) -> None:
        super().__init__("Chưa ai quyết định cho đăng bản này, nên nó không tự đăng.")


class NoPlace(DomainError):
    """An article of no office: nobody could answer for it."""

    def __init__(self) -> None:
        super().__init__("Bài chưa thuộc đơn vị nào. Hãy để một người có quyền viết lưu bài trước.")


@dataclass(frozen=True)
class Written:
    """An article, as rights are asked about it: `authors` wrote what has not gone out yet."""

    access_area_id: UUID
    access_state: str
    access_authors: frozenset[UUID] = frozenset()
    access_type: str = "article"


def writers_of(page: ArticlePage, revision_number: int) -> frozenset[UUID]:
    """Return who wrote what a revision would publish: everybody who changed a word since the last edition.

    Wagtail also keeps a revision when somebody only lets the article out: that makes nobody its author.
    """
    last = page.editions.order_by("-number").first()
    since = 0 if last is None else last.revision_number
    rows = page.revisions.filter(pk__gte=since, pk__lte=revision_number).order_by("pk")
    found, before = set(), None
    for number, user_id, content in rows.values_list("pk", "user_id", "content"):
        words = words_of(content)
        if number > since and words != before and user_id:
            found.add(user_id)
        before = words
    return frozenset(found)


def guarded(page: ArticlePage, revision_number: int = 0) -> Written:
    """Return an article as rights are asked about it. Raises NoPlace."""
    if page.area_id is None:
        raise NoPlace
    state = "published" if page.live else "draft"
    return Written(page.area_id, state, writers_of(page, revision_number))


def require_publish(page: ArticlePage, revision_number: int, *, on: date, by: User) -> None:
    """Return if the person may publish a revision. Raises NotAllowed (no right, or they wrote it), NoPlace."""
    access.require(by, "publish", guarded(page, revision_number), on)


def before_publication(page: ArticlePage, revision: Any, user: User | None, at: datetime, **kwargs: Any) -> None:
    """Refuse what may not go out. Raises NotAllowed, NotScheduled, UnknownFigures, UnknownTrace."""
    draft = revision.as_object()
    figures = list(draft.figures.all())
    check_keys(draft.texts, [one.key for one in figures])
    reading.read(figures, None)
    if user is None:
        if not Schedule.objects.filter(page_id=page.pk, revision_number=revision.pk).exists():
            raise NotScheduled
        return
    require_publish(page, revision.pk, on=localdate(at), by=user)


def after_scheduling(page: ArticlePage, revision: Any, user: User | None, at: datetime, **kwargs: Any) -> None:
    """Keep who decided that a revision goes out on a later day: the clock acts in their name."""
    if user is None:
        return  # the clock moved it to another day: who decided stands already
    goes_out_at = revision.as_object().go_live_at
    Schedule.objects.create(page_id=page.pk, revision_number=revision.pk, goes_out_at=goes_out_at, at=at, by=user)


def after_publication(page: ArticlePage, revision: Any, user: User | None, at: datetime, **kwargs: Any) -> None:
    """Freeze the figures of what is live now as the next edition of the article."""
    by = user or Schedule.objects.filter(page_id=page.pk, revision_number=revision.pk).latest("id").by
    before = page.editions.order_by("-number").first()
    shown = _all_figures(page, at)
    edition = Edition.objects.create(
        page_id=page.pk,
        number=1 if before is None else before.number + 1,
        title=page.title,
        revision_number=revision.pk,
        content_hash=_hash(page, shown),
        writers=sorted(str(writer) for writer in writers_of(page, revision.pk)),
        at=at,
        by=by,
    )
    EditionFigure.objects.bulk_create(_row(edition, one) for one in shown)
    if page.published_on is None:
        ArticlePage.objects.filter(pk=page.pk).update(published_on=at)
    audit.record(
        "portal.edition.published",
        obj=page,
        area_id=page.area_id,
        data={"edition": edition.number, "figures": len(shown), "hash": edition.content_hash},
        now=at,
        by=by,
    )


def _all_figures(page: ArticlePage, at: datetime) -> list[Shown]:
    """Return every figure of an article and every point of its charts."""
    figures = {one.key: one for one in page.figures.all()}
    shown = list(reading.read(figures.values(), at).values())
    charted = dict.fromkeys(part.value["key"] for part in page.body if part.block_type == "chart")
    for key in charted:
        shown += reading.points_of(figures[key], at)
    return shown


def _row(edition: Edition, one: Shown) -> EditionFigure:
    return EditionFigure(
        edition=edition,
        key=one.key,
        label=one.label,
        trace=one.trace,
        text=one.text,
        number=one.number,
        unit=one.unit,
        form=one.form,
        mark=one.mark,
        state=one.state,
        reported=one.reported,
        expected=one.expected,
        coverage=one.coverage,
    )


def _hash(page: ArticlePage, shown: list[Shown]) -> str:
    """Return the hash of what a reader is given: words, pictures by name, figures as printed."""
    content = {
        "title": page.title,
        "lead": page.lead,
        "author": page.author,
        "body": page.body.get_prep_value(),
        "figures": [[one.key, one.text, one.mark, one.trace] for one in shown],
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
