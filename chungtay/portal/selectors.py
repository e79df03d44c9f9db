"""Every read of the portal: articles that are out, what surrounds one, and figures that were published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from chungtay.kernel.folding import fold
from chungtay.places import selectors as places
from chungtay.portal import reading
from chungtay.portal.blocks import papers_of
from chungtay.portal.models import ArticlePage, ArticleTag, Category, Edition, EditionFigure, HomePage, NewsIndexPage
from chungtay.portal.reading import POINT, Shown
from chungtay.portal.rules import Changed, split_keys

RELATED = 3
_SAME_PROGRAMME, _SAME_CATEGORY, _A_TAG = 4, 2, 3


def articles() -> "QuerySet[ArticlePage]":
    """Return the articles that are out, newest first."""
    found = ArticlePage.objects.live().public().select_related("category", "picture", "programme")
    return found.order_by("-published_on", "-pk")


def found_articles(query: str = "", category: str = "", tag: str = "") -> "QuerySet[ArticlePage]":
    """Return the articles that have every word, whatever its marks, in a section, under a tag."""
    found = articles()
    for word in fold(query).split():
        found = found.filter(folded__contains=word)
    if category:
        found = found.filter(category__slug=category)
    return found.filter(tags__slug=tag).distinct() if tag else found


def home() -> HomePage | None:
    """Return the front page."""
    return HomePage.objects.first()


def news_url() -> str:
    """Return where the list of news stands."""
    page = NewsIndexPage.objects.first()
    return page.url if page else "/"


def categories() -> list[Category]:
    """Return the sections that hold articles."""
    return list(Category.objects.filter(articles__live=True).distinct())


def edition_of(page: ArticlePage) -> Edition | None:
    """Return the edition in force."""
    return Edition.objects.filter(page_id=page.pk).select_related("by").order_by("-number").first()


def editions_of(page: ArticlePage) -> list[Edition]:
    """Return every edition, newest first."""
    return list(Edition.objects.filter(page_id=page.pk).order_by("-number"))


@dataclass(frozen=True)
class Figures:
    """The figures of an article as a page shows them: by key, those of its box, the points of its charts, what has changed."""

    by_key: Mapping[str, Shown]
    box: Sequence[Shown]
    points: Mapping[str, Sequence[Shown]]
    changed: Sequence[Changed] = ()
    edition: Edition | None = None


def figures_of(page: ArticlePage, *, is_draft: bool) -> Figures:
    """Return the figures of an article: frozen as its edition has them, or for a draft as the account gives them now."""
    listed = list(page.figures.all())
    boxed = [one.key for one in listed if one.in_box]
    edition = None if is_draft else edition_of(page)
    if edition is None:
        by_key = reading.read(listed, None)
        of_key = {one.key: one for one in listed}
        points = {key: reading.points_of(of_key[key], None) for key in _charted(page) if key in of_key}
        return Figures(by_key, [by_key[key] for key in boxed], points)
    rows = [_shown(row) for row in EditionFigure.objects.filter(edition=edition).order_by("id")]
    notes = {one.key: one.note for one in listed}
    by_key = {row.key: row for row in rows if POINT not in row.key}
    points = {key: [row for row in rows if row.key.startswith(key + POINT)] for key in _charted(page)}
    box = [_with_note(by_key[key], notes) for key in boxed if key in by_key]
    return Figures(by_key, box, points, reading.changes_of(edition), edition)


def _charted(page: ArticlePage) -> list[str]:
    return list(dict.fromkeys(part.value["key"] for part in page.body if part.block_type == "chart"))


def _with_note(shown: Shown, notes: Mapping[str, str]) -> Shown:
    return replace(shown, note=notes.get(shown.key, ""))


def _shown(row: EditionFigure) -> Shown:
    return Shown(
        key=row.key,
        label=row.label,
        text=row.text,
        number=row.number,
        unit=row.unit,
        mark=row.mark,
        state=row.state,
        coverage=row.coverage,
        reported=row.reported,
        expected=row.expected,
        trace=row.trace,
        form=row.form,
    )


def plain_lead(page: ArticlePage) -> str:
    """Return an article's lead in plain words, its figures as published."""
    by_key = figures_of(page, is_draft=not page.live).by_key
    return "".join(words + (by_key[key].text if key in by_key else "") for words, key in split_keys(page.lead))


def is_published(trace: str) -> bool:
    """Return whether an article that was published shows the figure of this id."""
    return EditionFigure.objects.filter(trace=trace).exists()


def articles_with(trace: str) -> "QuerySet[ArticlePage]":
    """Return the articles that are out and whose editions show a figure."""
    pages = EditionFigure.objects.filter(trace=trace).values("edition__page_id")
    return articles().filter(pk__in=pages)


def related_to(page: ArticlePage) -> list[ArticlePage]:
    """Return what a reader may want next: of the same programme, section and tags, and of like words; newest where alike."""
    tags = set(ArticleTag.objects.filter(content_object_id=page.pk).values_list("tag_id", flat=True))
    words = set(page.folded.split())
    others = articles().exclude(pk=page.pk).defer("body")[:200]
    of_tags: dict[int, int] = {}
    if tags:
        for found in ArticleTag.objects.filter(tag_id__in=tags).values_list("content_object_id", flat=True):
            of_tags[found] = of_tags.get(found, 0) + 1

    def likeness(other: ArticlePage) -> float:
        own = set(other.folded.split())
        shared = len(words & own) / max(1, len(words | own))
        same = _SAME_PROGRAMME * (page.programme_id is not None and other.programme_id == page.programme_id)
        return (
            same + _SAME_CATEGORY * (other.category_id == page.category_id) + _A_TAG * of_tags.get(other.pk, 0) + shared
        )

    return sorted(others, key=likeness, reverse=True)[:RELATED]


def is_offered(document_id: int) -> bool:
    """Return whether an article that is out offers a paper."""
    told = articles().annotate(written=Cast("body", TextField())).filter(written__contains="document")
    return any(document_id in papers_of(page.body) for page in told)


def areas_of_portal(day: date) -> frozenset[UUID]:
    """Return the ids of the areas whose portal this is: a place and all below it; the whole map where none is named or it ended."""
    tree, front = places.tree_on(day), home()
    if front is not None and front.area_id is not None and front.area_id in tree:
        return frozenset(tree.ids_under(front.area_id))
    return frozenset(node.area_id for node in tree.nodes)
