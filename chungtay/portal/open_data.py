"""The portal as the open data see it: the same programmes, articles and places that its pages show, and where each opens."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate

from chungtay.opendata.registry import Printed, Shown, Window
from chungtay.portal import programmes, selectors
from chungtay.portal.models import ArticlePage
from chungtay.portal.reading import Shown as Figure
from chungtay.portal.rules import split_keys


def _area_id() -> UUID | None:
    front = selectors.home()
    return None if front is None else front.area_id


def _office() -> str:
    front = selectors.home()
    return "" if front is None else front.office


def _programmes() -> Iterator[Shown]:
    return (Shown(one.programme, one.area_id, one.period) for one in programmes.public_programmes())


def _printed() -> Iterator[Printed]:
    for page in selectors.articles().order_by("pk"):
        figures = selectors.figures_of(page, is_draft=False)
        if figures.edition is None:
            continue
        title = "".join(
            words + (figures.by_key[key].text if key in figures.by_key else "") for words, key in split_keys(page.title)
        )
        shown = [*figures.by_key.values(), *(point for points in figures.points.values() for point in points)]
        day = localdate(figures.edition.at)
        yield from (_as_printed(page, title, figures.edition.number, day, one) for one in shown)


def _as_printed(page: ArticlePage, title: str, edition: int, day: date, one: Figure) -> Printed:
    return Printed(
        article=page.pk,
        title=title,
        address=page.url,
        edition=edition,
        published_on=day,
        key=one.key,
        label=one.label,
        text=one.text,
        unit=one.unit,
        mark=one.mark,
        state=one.state,
        reported=one.reported,
        expected=one.expected,
        coverage=one.coverage,
        trace=one.trace,
    )


@cache
def _lines() -> str:
    """Where published lines stand; asked once, for there are hundreds of thousands of them."""
    return reverse("published-line", args=[0]).removesuffix("0/")


WINDOW = Window(
    area_id=_area_id,
    office=_office,
    areas=selectors.areas_of_portal,
    programmes=_programmes,
    printed=_printed,
    trace_address=lambda trace: reverse("public-trace", args=[trace]),
    line_address=lambda line_id: f"{_lines()}{line_id}/",
    certificate_address=lambda code: reverse("certificate-check", args=[code]),
)
