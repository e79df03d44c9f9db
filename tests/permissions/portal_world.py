"""An article that is out, about the programme; and the addresses of what nobody published."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from chungtay.figures.trace_ids import TraceKey, encode_trace
from chungtay.opendata import selectors as open_data
from chungtay.opendata.services import release
from chungtay.portal import ground, services
from chungtay.portal.models import ArticlePage
from chungtay.portal.services import Draft
from chungtay.programmes.models import Programme
from tests.cast import Cast

SLUG = "matrix"
DATA: dict[str, tuple[Any, ...]] = dict.fromkeys(
    ("data-home", "data-catalogue", "open-data-desk", "open-data-release"), ()
)
DATA |= {"data-set": ("units",), "data-newest": ("units.csv",), "data-release": (1,), "data-file": (1, "units.csv")}


def args_of(cast: Cast, url_name: str, now: datetime) -> tuple[Any, ...]:
    """Return what stands in the address of a public page."""
    nowhere = UUID(int=7)
    key = TraceKey("support.houses", "", cast.communes[0].pk, "2022", "approved", None, None)
    fixed: dict[str, tuple[Any, ...]] = {
        "picture": ("images/none.webp",),
        "public-about": ("tiep-can",),
        "public-file": (nowhere, "2025-01-02", 1, "csv"),
        "public-fund-days": (nowhere,),
        "public-fund-book": (nowhere,),
        "public-fund-year": (nowhere, 2024),
        "public-fund-year-file": (nowhere, 2024, "pdf"),
        "public-campaign": (nowhere, "tet"),
        "boundary-detail": (nowhere,),
        "public-trace": (encode_trace(key),),
        "published-line": (1,),
    }
    if url_name in fixed:
        return fixed[url_name]
    if url_name in DATA:
        _released(cast, now)
        return DATA[url_name]
    page = _article(cast, now)
    return (page.programme.code,) if url_name == "public-programme" else (page.pk,)


def _released(cast: Cast, now: datetime) -> None:
    """The portal is the city's, and its data are out."""
    if open_data.newest() is None:
        ground.lay()
        services.name_portal(area=cast.city, place="Cao Lãnh", office="Ủy ban", now=now, by=cast.officer)
        release(now=now, by=None)


def _article(cast: Cast, now: datetime) -> ArticlePage:
    found = ArticlePage.objects.filter(slug=SLUG).first()
    if found is not None:
        return found
    ground.lay()
    draft = Draft(
        title="Tin để thử", lead="Một bài không có con số.", author="Ban biên tập", category="tin-tuc", slug=SLUG,
        body=[("paragraph", "Chỉ có chữ.")], programme=Programme.objects.get(code="500"), data_on=date(2023, 5, 14),
    )  # fmt: skip
    article = services.write_article(draft=draft, area_id=cast.city.pk, now=now, by=cast.officer)
    return services.publish_article(article=article, now=now, by=cast.upper_leader)
