"""Figures with their coverage, one figure opened to its sources, and the facts behind them in bulk."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from chungtay.accounts.models import User
from chungtay.api import paging
from chungtay.api.doors import READ, user_of
from chungtay.api.naming import unit_ref
from chungtay.api.problems import Refused
from chungtay.api.shapes import Code, Day, Page, Paged, UnitRef
from chungtay.figures import reach, wording
from chungtay.figures import selectors as figures
from chungtay.figures.asking import known_on as known_on_day
from chungtay.figures.models import Fact
from chungtay.figures.rules import Figure
from chungtay.figures.trace_ids import decode_trace
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.indicators.selectors import indicators_by_code
from chungtay.kernel.periods import parse_period
from chungtay.places import selectors as places
from chungtay.web import clock

router = Router(tags=["Số liệu"], auth=READ)
MOST_FIGURES = 5_000
EVER = date(1900, 1, 1)
Codes = Annotated[list[Code], Field(min_length=1, max_length=50)]


class Coverage(Schema):
    """Of how many units that are expected the figure holds the report, and which are missing."""

    reported: int
    expected: int
    missing: list[UnitRef]


class FigureOut(Schema):
    """One consolidated number. `value`: scaled by 10^decimals, null without data and for ratios; `amount`: exact decimal text.

    `certainty`: official, provisional, estimated or missing. `trace` opens the figure down to its sources.
    """

    indicator: str
    dimension: str
    unit: UnitRef
    period: str
    value: int | None
    decimals: int
    numerator: int | None
    denominator: int | None
    amount: str | None
    measured_in: str
    said: str
    status: str
    certainty: str
    coverage: Coverage
    as_of: date | None
    known_at: datetime | None
    on_map: date | None
    is_estimated: bool
    trace: str


class Figures(Schema):
    """Figures in the order asked: indicator, key of its breakdown, unit, period."""

    items: list[FigureOut]


class FactOut(Schema):
    """A statement of a source about a cell. `value` null: withdrawn."""

    id: int
    indicator: str
    dimension: str
    unit: UnitRef
    period: str
    value: int | None
    status: str
    source_kind: str
    source_id: str
    cell: str
    recorded_at: datetime


class SourceFact(Schema):
    """A fact inside a traced figure, with its source in words."""

    unit: UnitRef
    period: str
    dimension: str
    value: int | None
    counted: int | None
    status: str
    source: str
    recorded_at: datetime


class TraceOut(Schema):
    """A figure opened: `own` and `by_child` add up to it; `facts` is one page of `fact_count`."""

    figure: FigureOut
    own: FigureOut
    by_child: list[FigureOut]
    numerator: FigureOut | None
    denominator: FigureOut | None
    facts: list[SourceFact]
    fact_count: int
    page: int
    pages: int


class FiguresAsked(Schema):
    """Which figures are wanted."""

    indicator: Annotated[Codes, Field(description="Mã chỉ tiêu, nhiều mã thì lặp lại tham số")]
    unit: Annotated[Codes, Field(description="Mã đơn vị, có thể kèm ngày: 29869@2023-05-30")]
    period: Annotated[Codes, Field(description="Kỳ: 2022, 2022Q3, 2022-05, 2020-01..2023-05, 2022Q3@15")]
    map_as_of: Annotated[Day | None, Field(description="Cộng theo bản đồ ngày này; thường theo ngày cuối kỳ")] = None
    known_on: Annotated[Day | None, Field(description="Như đã biết đến hết ngày này")] = None
    status: Annotated[Literal["approved", "all"], Field(description="all: tính cả số tạm tính")] = "approved"
    by_dimension: Annotated[Literal["true", "false"], Field(description="true: tách theo phân tổ")] = "false"


@router.get("/figures", response=Figures, url_name="api-figures", summary="Số liệu tổng hợp")
def figure_list(request: HttpRequest, asked: Query[FiguresAsked]) -> Figures:
    """Mỗi số kèm độ phủ (đơn vị nào chưa báo cáo), tình trạng và mã nguồn để mở ở /trace."""
    user, today = user_of(request), clock.today()
    codes, refs = list(dict.fromkeys(asked.indicator)), list(dict.fromkeys(asked.unit))
    periods = list({one.code: one for one in map(parse_period, asked.period)}.values())
    if len(codes) * len(refs) * len(periods) > MOST_FIGURES:
        raise Refused(
            422,
            "too_many_figures",
            f"Một lần hỏi được nhiều nhất {MOST_FIGURES} số. Hãy chia nhỏ.",
            f"At most {MOST_FIGURES} figures are asked for at once. Ask in parts.",
        )
    found = indicators_by_code(codes)
    area_ids = list(
        dict.fromkeys(_area_in_reach(ref, user, asked.map_as_of or periods[0].last_day, today) for ref in refs)
    )
    known = known_on_day(asked.known_on.isoformat() if asked.known_on else "", today=today)
    if known.problem:
        raise Refused(422, "bad_day", known.problem, "That day is still to come or too long ago.")
    answer = figures.consolidate(
        indicators=codes,
        area_ids=area_ids,
        periods=periods,
        on_map=asked.map_as_of,
        known_at=known.moment,
        status=asked.status,
        by_dimension=asked.by_dimension == "true",
    )
    return Figures(items=figures_out(answer, found))


def _area_in_reach(ref: str, user: User, day: date, today: date) -> UUID:
    """Return the area of a code. Raises UnknownArea also where it is not for this person to see."""
    try:
        area = places.area_by_ref(ref, day)
    except places.AmbiguousArea:
        area = places.area_by_ref(f"{ref}@{day}")
    if not reach.may_open(user, area.pk, on=today):
        raise places.UnknownArea(ref)
    return area.pk


def figures_out(answer: Iterable[Figure], known: Mapping[str, Indicator]) -> list[FigureOut]:
    """Return figures as the API shows them, with their coverage."""
    listed = list(answer)
    refs: dict[tuple[UUID, date], UnitRef] = {}

    def unit_of(area_id: UUID, day: date) -> UnitRef:
        if (area_id, day) not in refs:
            refs[area_id, day] = unit_ref(area_id, day)
        return refs[area_id, day]

    shown = []
    for one in listed:
        indicator, day = known[one.indicator_code], one.on_map or one.period.last_day
        coverage = Coverage(
            reported=one.reported, expected=one.expected, missing=[unit_of(area_id, day) for area_id in one.missing]
        )
        shown.append(
            FigureOut(
                indicator=one.indicator_code,
                dimension=one.dimension,
                unit=unit_of(one.area_id, day),
                period=one.period.code,
                value=one.value,
                decimals=one.decimals,
                numerator=one.numerator,
                denominator=one.denominator,
                amount=_amount(one, indicator),
                measured_in=indicator.unit,
                said=wording.said(one, indicator).text,
                status=one.status,
                certainty=wording.certainty(one)[0],
                coverage=coverage,
                as_of=one.as_of,
                known_at=one.known_at,
                on_map=one.on_map,
                is_estimated=one.is_estimated,
                trace=one.trace,
            )
        )
    return shown


def _amount(one: Figure, indicator: Indicator) -> str | None:
    """Return the number as decimal text: exact, of a ratio rounded to six places."""
    if indicator.kind != Kind.RATIO:
        return None if one.value is None else _decimal(one.value, one.decimals)
    if one.ratio is None:
        return None
    return _decimal(round(one.ratio * indicator.times * Fraction(10**6)), 6)


def _decimal(scaled: int, decimals: int) -> str:
    sign, digits = "-" if scaled < 0 else "", str(abs(scaled)).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


class TraceAsked(Schema):
    """Which page of the sources is wanted."""

    page: Annotated[int, Field(ge=1, le=100_000)] = 1


@router.get("/trace/{trace_id}", response=TraceOut, url_name="api-trace", summary="Mở một số đến tận nguồn")
def trace(request: HttpRequest, trace_id: str, asked: Query[TraceAsked]) -> TraceOut:
    """Phần của chính đơn vị và từng đơn vị dưới cộng lại đúng bằng số; mỗi dòng nguồn ghi rõ từ báo cáo, phiếu hay sổ nào."""
    user, today = user_of(request), clock.today()
    try:
        key = decode_trace(trace_id)
        if not reach.may_open(user, key.area_id, on=today):
            raise Http404
        opened = figures.trace(trace_id, asked.page)
    except figures.UnknownTrace:
        raise Http404 from None
    parts = [opened.figure, opened.own, *opened.by_child]
    terms = [one for one in (opened.numerator, opened.denominator) if one is not None]
    known = indicators_by_code(dict.fromkeys(one.indicator_code for one in [*parts, *terms]))
    figure, own, *by_child = figures_out(parts, known)
    numerator, denominator, *_ = (*figures_out(terms, known), None, None)
    day = opened.figure.on_map or opened.figure.period.last_day
    facts = [
        SourceFact(
            unit=unit_ref(row.area_id, day),
            period=row.period.code,
            dimension=row.dimension,
            value=row.value,
            counted=row.counted,
            status=row.status,
            source=row.source.title if row.source else row.source_kind,
            recorded_at=row.recorded_at,
        )
        for row in opened.facts
    ]
    return TraceOut(
        figure=figure,
        own=own,
        by_child=by_child,
        numerator=numerator,
        denominator=denominator,
        facts=facts,
        fact_count=opened.fact_count,
        page=opened.page,
        pages=opened.pages,
    )


class FactsAsked(Paged):
    """Which facts are wanted."""

    indicator: Annotated[Code | None, Field(description="Chỉ một chỉ tiêu")] = None
    unit: Annotated[Code | None, Field(description="Chỉ một đơn vị")] = None
    status: Literal["approved", "provisional"] | None = None


@router.get("/facts", response=Page[FactOut], url_name="api-facts", summary="Số liệu gốc hàng loạt")
def fact_list(request: HttpRequest, asked: Query[FactsAsked]) -> Page[FactOut]:
    """Theo thứ tự ghi nhận: giữ con trỏ cuối cùng thì lần sau chỉ đọc phần mới. Dòng sau về cùng một ô thay dòng trước."""
    user, today = user_of(request), clock.today()
    rows = Fact.objects.filter(area_id__in=reach.ids_in_reach(user, on=today)).select_related("indicator", "batch")
    if asked.indicator is not None:
        rows = rows.filter(indicator=indicators_by_code([asked.indicator])[asked.indicator])
    if asked.unit is not None:
        rows = rows.filter(area_id=_area_in_reach(asked.unit, user, today, today))
    if asked.status is not None:
        rows = rows.filter(status=asked.status)
    page, after = paging.page_of_rows(rows, "facts", asked)
    items = [
        FactOut(
            id=row.pk,
            indicator=row.indicator.code,
            dimension=row.dimension,
            unit=unit_ref(row.area_id, row.period_start),
            period=row.period_code,
            value=row.value,
            status=row.status,
            source_kind=row.source_kind,
            source_id=row.source_id,
            cell=row.source_cell,
            recorded_at=row.batch.recorded_at,
        )
        for row in page
    ]
    return Page[FactOut](items=items, next=after)
