"""Every write of the portal that does not happen in the editors' pages: drafts out of other rooms, publication, pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.timezone import localdate
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Revision
from wagtail.rich_text import RichText

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.kernel.errors import DomainError
from chungtay.kernel.folding import fold
from chungtay.places.models import Area
from chungtay.portal import reading
from chungtay.portal.blocks import PROSE
from chungtay.portal.editing import Written
from chungtay.portal.models import ArticleFigure, ArticlePage, Category, HomePage, NewsIndexPage, Picture
from chungtay.portal.rules import Form, check_keys
from chungtay.programmes.models import Programme
from chungtay.reviews.models import Review


@dataclass(frozen=True)
class FigureGiven:
    """A figure for an article. `trace`: its id or the address of its page; `given`: the words of a paper that printed it."""

    key: str
    label: str
    trace: str
    form: Form = Form.SPOKEN
    given: str = ""
    note: str = ""
    in_box: bool = False


@dataclass(frozen=True)
class Draft:
    """An article as it is handed over. `body`: (kind of block, value), paragraphs as plain text or simple HTML."""

    title: str
    lead: str
    author: str
    category: str
    body: Sequence[tuple[str, Any]]
    figures: Sequence[FigureGiven] = ()
    data_on: date | None = None
    picture: Picture | None = None
    tags: Sequence[str] = ()
    programme: Programme | None = None
    review: Review | None = None
    slug: str = ""


@transaction.atomic
def write_article(*, draft: Draft, area_id: UUID, now: datetime, by: User) -> ArticlePage:
    """Begin an article that is not out. Raises NotAllowed, UnknownFigures, UnknownTrace."""
    access.require(by, "edit", Written(area_id, "draft"), localdate(now))
    page = ArticlePage(
        title=draft.title,
        slug=draft.slug or slugify(fold(draft.title))[:200],
        lead=draft.lead,
        author=draft.author,
        category=Category.objects.get(slug=draft.category),
        data_on=draft.data_on,
        picture=draft.picture,
        programme=draft.programme,
        review=draft.review,
        area_id=area_id,
        owner=by,
        live=False,
        has_unpublished_changes=True,
    )
    page.body = [(kind, _block(kind, value)) for kind, value in draft.body]
    check_keys(page.texts, [one.key for one in draft.figures])
    page.figures = [_figure(one, order) for order, one in enumerate(draft.figures)]
    page.tags.add(*draft.tags)
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=by, log_action=True)
    data = {"title": page.title, "figures": len(draft.figures)}
    audit.record("portal.article.written", obj=page, area_id=area_id, data=data, now=now, by=by)
    return page


def _block(kind: str, value: Any) -> Any:
    """A part of the body, prose written as the editors' field writes it: saving it again there changes no word."""
    if kind != "paragraph":
        return value
    marked = value if value.lstrip().startswith("<") else f"<p>{escape(value)}</p>"
    converter = ContentstateConverter(features=PROSE)
    return RichText(converter.to_database_format(converter.from_database_format(marked)))


def _figure(one: FigureGiven, order: int) -> ArticleFigure:
    return ArticleFigure(
        key=one.key,
        label=one.label,
        trace=reading.trace_in(one.trace),
        form=one.form.value,
        given=one.given,
        note=one.note,
        in_box=one.in_box,
        sort_order=order,
    )


def publish_article(*, article: ArticlePage, now: datetime, by: User) -> ArticlePage:
    """Publish the newest revision of an article, its figures frozen as known at `now`.

    Raises NotAllowed (no right, or it is their own work), UnknownFigures, UnknownTrace.
    """
    page = ArticlePage.objects.get(pk=article.pk)
    # Wagtail asks for its groups; the table of rights, which they repeat, is asked by a receiver of `publishing`.
    page.publish(page.get_latest_revision(), user=by, at=now, skip_permission_checks=True)
    return ArticlePage.objects.get(pk=article.pk)


@dataclass(frozen=True)
class Due:
    """What a round of the clock did; `refused`: why an article could not go out, by its title."""

    published: int
    taken_down: int
    refused: dict[str, str]


def publish_due(*, now: datetime) -> Due:
    """Take down what is past its day and let out what somebody decided for this hour; one that cannot keeps no other back.

    Wagtail's own command would stop at the first refusal, and come to it again at every round.
    """
    expired = list(ArticlePage.objects.live().filter(expire_at__lt=now).order_by("expire_at"))
    for page in expired:
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    published, refused = 0, {}
    waiting = Revision.page_revisions.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in waiting:
        try:
            ArticlePage.objects.get(pk=revision.object_id).publish(
                revision, at=now, log_action="wagtail.publish.scheduled"
            )
        except DomainError as why:
            refused[revision.object_str] = str(why)
        else:
            published += 1
    return Due(published, len(expired), refused)


@transaction.atomic
def keep_picture(*, data: bytes, name: str, shows: str, credit: str, by: User) -> Picture:
    """Keep a picture. `shows` is read to those who do not see it."""
    file = ImageFile(BytesIO(data), name=name)
    picture = Picture(title=shows[:255], file=file, description=shows[:255], credit=credit, uploaded_by_user=by)
    picture._set_image_file_metadata()
    picture.save()
    return picture


@transaction.atomic
def name_portal(*, area: Area, place: str, office: str, now: datetime, by: User | None) -> HomePage:
    """Say whose portal it is: `place` in words, `area` on the map."""
    home = HomePage.objects.get()
    home.area, home.place, home.office = area, place, office
    home.save()
    audit.record(
        "portal.home.named", obj=home, area_id=area.pk, data={"place": place, "office": office}, now=now, by=by
    )
    return home
