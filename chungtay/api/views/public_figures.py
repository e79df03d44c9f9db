"""Figures without a token: what the portal shows to everybody, and nothing that it does not."""

from typing import Annotated, Literal

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from chungtay.api.naming import unit_ref
from chungtay.api.shapes import Code, UnitRef
from chungtay.api.views.figures import FigureOut, Figures, figures_out
from chungtay.figures import registry
from chungtay.figures import selectors as figures
from chungtay.indicators.selectors import indicators_by_code
from chungtay.places import selectors as places

router = Router(tags=["Đã công khai"])


class PublicProgrammeOut(Schema):
    """A programme whose figures are public: of which unit, for which period, which indicators."""

    code: str
    title: str
    unit: UnitRef
    period: str
    indicators: list[str]


class PublicProgrammes(Schema):
    """Every one of them."""

    items: list[PublicProgrammeOut]


class PublicTrace(Schema):
    """A public figure opened: its own part and the units' parts; the reports behind them need a token."""

    figure: FigureOut
    own: FigureOut
    by_child: list[FigureOut]


class PublicFiguresAsked(Schema):
    """Of which programme, and whether of each unit below."""

    programme: Code
    by_unit: Annotated[Literal["true", "false"], Field(description="true: từng đơn vị cấp dưới")] = "false"


@router.get(
    "/public/programmes",
    response=PublicProgrammes,
    url_name="api-public-programmes",
    summary="Chương trình có số liệu công khai",
)
def programme_list(request: HttpRequest) -> PublicProgrammes:
    """Những chương trình mà cổng công khai đã có bài viết: đơn vị, kỳ và chỉ tiêu được công khai."""
    return PublicProgrammes(
        items=[
            PublicProgrammeOut(
                code=one.code,
                title=one.title,
                unit=unit_ref(one.area_id, one.period.last_day),
                period=one.period.code,
                indicators=list(one.indicators),
            )
            for one in registry.public_programmes()
        ]
    )


@router.get("/public/figures", response=Figures, url_name="api-public-figures", summary="Số liệu công khai")
def public_figures(request: HttpRequest, asked: Query[PublicFiguresAsked]) -> Figures:
    """Đúng các số trên trang chương trình của cổng công khai: số chính thức, của đơn vị chủ trì hoặc từng đơn vị cấp dưới."""
    found = next((one for one in registry.public_programmes() if one.code == asked.programme), None)
    if found is None:
        raise Http404
    units = [found.area_id]
    if asked.by_unit == "true":
        units = [node.area_id for node in places.tree_on(found.period.last_day).children(found.area_id)]
    if not units or not found.indicators:
        return Figures(items=[])
    codes = list(found.indicators)
    answer = figures.consolidate(indicators=codes, area_ids=units, periods=[found.period])
    return Figures(items=figures_out(answer, indicators_by_code(codes)))


@router.get(
    "/public/trace/{trace_id}", response=PublicTrace, url_name="api-public-trace", summary="Mở một số đã công khai"
)
def public_trace(request: HttpRequest, trace_id: str) -> PublicTrace:
    """Số trên trang chương trình, hoặc số đã in trong một bài đã đăng, như lúc đăng: đơn vị nào đã góp bao nhiêu."""
    if not registry.is_public(trace_id):
        raise Http404
    try:
        opened = figures.trace(trace_id)
    except figures.UnknownTrace:
        raise Http404 from None
    parts = [opened.figure, opened.own, *opened.by_child]
    figure, own, *by_child = figures_out(parts, indicators_by_code(dict.fromkeys(one.indicator_code for one in parts)))
    return PublicTrace(figure=figure, own=own, by_child=by_child)
