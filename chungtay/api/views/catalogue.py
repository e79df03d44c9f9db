"""What figures are about: units through time, what each indicator means, the programmes. Open to everybody."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from chungtay.api import paging
from chungtay.api.naming import unit_ref
from chungtay.api.shapes import Code, Day, Page, Paged, UnitRef, Words
from chungtay.indicators import selectors as indicators
from chungtay.indicators.models import Indicator
from chungtay.kernel.folding import fold
from chungtay.places import selectors as places
from chungtay.places.rules import Level, Node, Tree
from chungtay.programmes import selectors as programmes
from chungtay.programmes.models import Programme
from chungtay.web import clock

router = Router(tags=["Danh mục (công khai)"])


class Unit(Schema):
    """A unit on a day. `parent`: the code of the unit above, null for a root."""

    code: str
    name: str
    level: str
    parent: str | None


class UnitVersion(Schema):
    """What a unit was during [valid_from, valid_to)."""

    code: str
    name: str
    level: str
    parent: UnitRef | None
    valid_from: date
    valid_to: date | None
    legal_basis: str


class UnitHistory(Schema):
    """A unit through time, and the bodies that stand at it."""

    id: str
    versions: list[UnitVersion]
    bodies: list[str]


class IndicatorLine(Schema):
    """An indicator. Values are integers scaled by 10^decimals."""

    code: str
    name: str
    name_en: str
    unit: str
    kind: str
    decimals: int
    is_money: bool


class Definition(Schema):
    """One version of a definition, in force from a day (null: from the beginning)."""

    number: int
    valid_from: date | None
    definition: str
    method: str
    legal_basis: str


class IndicatorWhole(IndicatorLine):
    """An indicator with its definitions, breakdown keys and, of a ratio, its two terms."""

    numerator: str | None
    denominator: str | None
    keys: dict[str, str]
    definitions: list[Definition]


class ProgrammeLine(Schema):
    """A coordination programme as it was signed."""

    code: str
    kind: str
    number: str
    title: str
    signed_on: date
    starts_on: date
    ends_on: date
    unit: UnitRef
    is_sample: bool


class ProgrammeWhole(ProgrammeLine):
    """A programme with its parties, areas of work and the units that carry it out by plans of their own."""

    parties: list[str]
    areas_of_work: list[str]
    plans: list[str]


class UnitsAsked(Paged):
    """Which units are wanted."""

    on: Annotated[Day | None, Field(description="Ngày của bản đồ, thường là hôm nay")] = None
    under: Annotated[Code | None, Field(description="Chỉ đơn vị này và các đơn vị bên dưới, theo mã")] = None
    level: Annotated[Level | None, Field(description="Chỉ một cấp")] = None
    q: Annotated[Words, Field(description="Tìm theo tên, không cần dấu")] = ""


@router.get("/units", response=Page[Unit], url_name="api-units", summary="Các đơn vị trên bản đồ một ngày")
def units(request: HttpRequest, asked: Query[UnitsAsked]) -> Page[Unit]:
    """Xếp theo mã. Mỗi đơn vị kèm mã đơn vị cấp trên, nên dựng lại được cả cây."""
    tree = places.tree_on(asked.on or clock.today())
    nodes = list(tree.subtree(_in(tree, asked.under).area_id)) if asked.under else list(tree.nodes)
    words = fold(asked.q).split()
    found = [
        node for node in nodes if asked.level in (None, node.level) and all(word in fold(node.name) for word in words)
    ]
    page, after = paging.page_of_list(found, "units", asked, key=lambda node: f"{node.code} {node.area_id}")
    return Page[Unit](items=[_unit(node, tree) for node in page], next=after)


def _in(tree: Tree, code: str) -> Node:
    node = next((one for one in tree.nodes if one.code == code), None)
    if node is None:
        raise places.UnknownArea(code)
    return node


def _unit(node: Node, tree: Tree) -> Unit:
    parent = None if node.parent_id is None else tree.node(node.parent_id).code
    return Unit(code=node.code, name=node.name, level=node.level.value, parent=parent)


@router.get("/units/{code}", response=UnitHistory, url_name="api-unit", summary="Một đơn vị qua thời gian")
def unit(request: HttpRequest, code: str) -> UnitHistory:
    """Mã dùng cho nhiều nơi thì ghi kèm ngày: 29869@2023-05-30."""
    try:
        area = places.area_by_ref(code)
    except places.AmbiguousArea as error:
        raise places.UnknownArea(code) from error
    versions = [
        UnitVersion(
            code=row.code,
            name=row.name,
            level=row.level,
            parent=None if row.parent_id is None else unit_ref(row.parent_id, row.valid_from),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            legal_basis=row.legal_basis,
        )
        for row in places.versions_of(area.pk)
    ]
    return UnitHistory(id=str(area.pk), versions=versions, bodies=[body.name for body in places.bodies_of(area.pk)])


class IndicatorsAsked(Paged):
    """Which indicators are wanted."""

    q: Annotated[Words, Field(description="Tìm theo tên và mã, không cần dấu")] = ""


@router.get("/indicators", response=Page[IndicatorLine], url_name="api-indicators", summary="Các chỉ tiêu")
def indicator_list(request: HttpRequest, asked: Query[IndicatorsAsked]) -> Page[IndicatorLine]:
    """Xếp theo mã."""
    words = fold(asked.q).split()
    found = [one for one in indicators.catalogue() if all(word in fold(f"{one.name} {one.code}") for word in words)]
    page, after = paging.page_of_list(found, "indicators", asked, key=lambda one: one.code)
    return Page[IndicatorLine](items=[IndicatorLine(**_line(one)) for one in page], next=after)


def _line(one: Indicator) -> dict[str, Any]:
    return {name: getattr(one, name) for name in IndicatorLine.model_fields}


@router.get(
    "/indicators/{code}", response=IndicatorWhole, url_name="api-indicator", summary="Một chỉ tiêu và định nghĩa"
)
def indicator(request: HttpRequest, code: str) -> IndicatorWhole:
    """Kèm mọi lần thay đổi định nghĩa và các khóa phân tổ."""
    one = indicators.indicator_by_code(code)
    return IndicatorWhole(
        **_line(one),
        numerator=one.numerator.code if one.numerator else None,
        denominator=one.denominator.code if one.denominator else None,
        keys={key: label for key, label in indicators.dimension_keys(one) if key},
        definitions=[
            Definition(
                number=version.number,
                valid_from=version.valid_from,
                definition=version.definition,
                method=version.method,
                legal_basis=version.legal_basis,
            )
            for version in indicators.versions_of(one)
        ],
    )


@router.get("/programmes", response=Page[ProgrammeLine], url_name="api-programmes", summary="Các chương trình phối hợp")
def programme_list(request: HttpRequest, asked: Query[Paged]) -> Page[ProgrammeLine]:
    """Xếp theo mã; kế hoạch của cấp dưới nằm trong từng chương trình."""
    found = programmes.root_programmes()
    page, after = paging.page_of_list(found, "programmes", asked, key=lambda one: one.code)
    return Page[ProgrammeLine](items=[ProgrammeLine(**_signed(one)) for one in page], next=after)


def _signed(one: Programme) -> dict[str, Any]:
    plain = ("code", "kind", "number", "title", "signed_on", "starts_on", "ends_on", "is_sample")
    return {name: getattr(one, name) for name in plain} | {"unit": unit_ref(one.area_id, one.signed_on)}


@router.get("/programmes/{code}", response=ProgrammeWhole, url_name="api-programme", summary="Một chương trình")
def programme(request: HttpRequest, code: str) -> ProgrammeWhole:
    """Kèm các bên ký, nội dung phối hợp và kế hoạch của cấp dưới."""
    one = programmes.programme_by_code(code)
    return ProgrammeWhole(
        **_signed(one),
        parties=[row.body.name for row in one.parties.select_related("body").order_by("position")],
        areas_of_work=list(one.areas_of_work.order_by("number").values_list("title", flat=True)),
        plans=list(one.plans.order_by("code").values_list("code", flat=True)),
    )
