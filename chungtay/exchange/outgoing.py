"""What goes out: the figures that units stated, under the names of the other system; totals only when asked for, and marked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chungtay.accounts.models import User
from chungtay.exchange.adx import write_adx
from chungtay.exchange.dhis_csv import write_csv
from chungtay.exchange.dhis_json import write_json
from chungtay.exchange.dhis_xml import write_xml
from chungtay.exchange.gathering import known, names_for
from chungtay.exchange.models import Partner
from chungtay.exchange.naming import Known, Namer
from chungtay.exchange.periods_of_theirs import NoCounterpart, dhis_period, iso_interval
from chungtay.exchange.report_csv import Sent
from chungtay.exchange.rules import Format, Scheme
from chungtay.exchange.values import MOST_VALUES, DataValue
from chungtay.figures import reach
from chungtay.figures import selectors as figures
from chungtay.figures.models import Fact
from chungtay.figures.rules import View, view_of
from chungtay.indicators import selectors as dictionary
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import Period
from chungtay.places import selectors as places

MOST_TOTALS = 20_000
SHOWN = 20


class NotToSend(DomainError):
    """What was asked for is not sent: a ratio, an area out of reach, totals without named periods, too much at once."""


class Unnamed(DomainError):
    """The other system has no name for some of what was asked for. problems: each a sentence."""

    def __init__(self, problems: Sequence[str]) -> None:
        more = f" Và {len(problems) - SHOWN} chỗ nữa." if len(problems) > SHOWN else ""
        super().__init__(f"Chưa xuất được: {' '.join(problems[:SHOWN])}{more} Hãy bổ sung bảng quy đổi.")
        self.problems = problems


@dataclass(frozen=True)
class Ask:
    """What is wanted. periods: exactly these; without any, those inside [first, end). areas: with all below them when `descendants`.

    updated_since: only what was stated from then on. includes_deleted: also what was taken back.
    """

    indicators: Sequence[str]
    areas: Sequence[UUID]
    periods: Sequence[Period] = ()
    first: date | None = None
    end: date | None = None
    descendants: bool = False
    status: str = "approved"
    updated_since: datetime | None = None
    includes_totals: bool = False
    includes_deleted: bool = False


@dataclass(frozen=True)
class Going:
    """One cell that goes out. value: scaled, None where it was taken back."""

    indicator: Indicator
    dimension: str
    area_id: UUID
    period: Period
    value: int | None
    stated_at: datetime | None = None
    is_total: bool = False
    coverage: str = ""

    @property
    def text(self) -> str | None:
        """The value as decimal text, exact, without zeros at its end."""
        return None if self.value is None else decimal_text(self.value, self.indicator.decimals)


def decimal_text(scaled: int, decimals: int) -> str:
    """Return a scaled integer as decimal text."""
    sign, digits = "-" if scaled < 0 else "", str(abs(scaled)).rjust(decimals + 1, "0")
    part = digits[len(digits) - decimals :].rstrip("0")
    return f"{sign}{digits[: len(digits) - decimals]}{'.' if part else ''}{part}"


def going_out(ask: Ask, *, actor: User | None, on: date) -> list[Going]:
    """Return what is asked for, by indicator, place and time; actor None: the system itself. Raises NotToSend, UnknownIndicator."""
    indicators = dictionary.indicators_by_code(dict.fromkeys(ask.indicators))
    for one in indicators.values():
        if one.kind == Kind.RATIO:
            raise NotToSend(f"“{one.name}” là tỷ lệ, được tính ra: hãy xuất tử số và mẫu số của nó.")
    areas = _areas(ask, on)
    if actor is not None and not set(areas) <= reach.ids_in_reach(actor, on=on):
        raise NotToSend("Có đơn vị ngoài phạm vi bạn được xem số liệu. Hãy chọn lại đơn vị.")
    found = _facts(ask, indicators, areas)
    if ask.includes_totals:
        found |= _totals(ask, indicators, areas, found)
    if len(found) > MOST_VALUES:
        raise NotToSend(f"Có {len(found)} giá trị, nhiều hơn {MOST_VALUES}. Hãy chọn ít chỉ tiêu, đơn vị hoặc kỳ hơn.")
    place_of = {area: at for at, area in enumerate(areas)}
    order = {one.pk: at for at, one in enumerate(indicators.values())}
    return sorted(
        found.values(), key=lambda one: (place_of[one.area_id], one.period, order[one.indicator.pk], one.dimension)
    )


Cell = tuple[UUID, str, UUID, Period]


def _areas(ask: Ask, on: date) -> list[UUID]:
    """Return the places asked for, with those below them on the map of the last day asked about (or as it stands on `on`)."""
    if not ask.descendants:
        return list(dict.fromkeys(ask.areas))
    last = max((period.last_day for period in ask.periods), default=None) or on
    tree = places.tree_on(last)
    return list(dict.fromkeys(one for area in ask.areas for one in (tree.ids_under(area) if area in tree else (area,))))


def _facts(ask: Ask, indicators: Mapping[str, Indicator], areas: Sequence[UUID]) -> dict[Cell, Going]:
    """Return what stands of the cells asked for: the last word about each."""
    by_id = {one.pk: one for one in indicators.values()}
    wanted, allowed = set(ask.periods), set(areas)
    rows = Fact.objects.filter(indicator_id__in=list(by_id), status__in=view_of(ask.status).statuses)
    if len(areas) <= SHOWN:
        rows = rows.filter(area_id__in=areas)
    first = min((period.start for period in wanted), default=ask.first)
    end = max((period.end for period in wanted), default=ask.end)
    if first is not None:
        rows = rows.filter(period_start__gte=first)
    if end is not None:
        rows = rows.filter(period_end__lte=end)
    names = (
        "indicator_id",
        "dimension",
        "area_id",
        "period_start",
        "period_end",
        "period_code",
        "value",
        "batch__recorded_at",
    )
    periods: dict[str, Period] = {}
    found: dict[Cell, Going] = {}
    for pk, dimension, area_id, start, stop, code, value, at in (
        rows.order_by("batch_id", "id").values_list(*names).iterator(chunk_size=5_000)
    ):
        if code not in periods:
            periods[code] = Period(start, stop, code)
        period = periods[code]
        if area_id in allowed and (not wanted or period in wanted):
            found[pk, dimension, area_id, period] = Going(by_id[pk], dimension, area_id, period, value, at)
    since = ask.updated_since
    return {
        cell: one
        for cell, one in found.items()
        if (one.value is not None or ask.includes_deleted)
        and (since is None or (one.stated_at is not None and one.stated_at >= since))
    }


def _totals(
    ask: Ask, indicators: Mapping[str, Indicator], areas: Sequence[UUID], facts: Mapping[Cell, Going]
) -> dict[Cell, Going]:
    """Return the derived totals of the places that stand above others, where no fact of their own stands."""
    if not ask.periods:
        raise NotToSend("Muốn xuất cả số tổng hợp thì phải chọn từng kỳ. Hãy ghi các kỳ.")
    found: dict[Cell, Going] = {}
    for period in ask.periods:
        tree = places.tree_on(period.last_day)
        upper = [area for area in areas if area in tree and len(tree.ids_under(area)) > 1]
        if len(upper) * len(indicators) * len(ask.periods) > MOST_TOTALS:
            raise NotToSend(f"Nhiều hơn {MOST_TOTALS} số tổng hợp. Hãy chọn ít chỉ tiêu, đơn vị hoặc kỳ hơn.")
        if not upper:
            continue
        keys = {code: known(one).keys for code, one in indicators.items()}
        for one in figures.consolidate(
            indicators=list(indicators), area_ids=upper, periods=[period], status=ask.status, by_dimension=True
        ):
            cell = (indicators[one.indicator_code].pk, one.dimension, one.area_id, period)
            if one.value is not None and one.dimension in keys[one.indicator_code] and cell not in facts:
                said = f"{one.reported}/{one.expected}"
                indicator = indicators[one.indicator_code]
                found[cell] = Going(indicator, one.dimension, one.area_id, period, one.value, None, True, said)
    return found


def named(
    rows: Iterable[Going],
    partner: Partner | None,
    form: Format,
    *,
    elements: Scheme | None = None,
    units: Scheme | None = None,
) -> list[DataValue]:
    """Return cells under the names of a system (None: under our codes). Raises Unnamed with every name that is missing."""
    rows = list(rows)
    elements = elements or Scheme(partner.element_scheme if partner else Scheme.CODE)
    units = units or Scheme(partner.unit_scheme if partner else Scheme.CODE)
    indicators = {one.indicator.code: known(one.indicator) for one in {row.indicator.pk: row for row in rows}.values()}
    namer, bearing = _namer(partner, indicators, elements, units), _Bearing()
    values: list[DataValue] = []
    problems: dict[str, None] = {}
    for row in rows:
        try:
            period = iso_interval(row.period) if form is Format.ADX else dhis_period(row.period)
        except NoCounterpart as missing:
            problems[str(missing)] = None
            continue
        day = row.period.last_day
        element = namer.element(row.indicator.code, row.dimension, day)
        unit = _unit(namer, row.area_id, day, units, bearing)
        if element is None:
            problems[f"Chưa có mã của “{row.indicator.name}”{f' ({row.dimension})' if row.dimension else ''}."] = None
        if unit is None:
            problems[f"Chưa có mã của {places.name_on(row.area_id, day)}."] = None
        if element is not None and unit is not None:
            values.append(_value(row, element, unit, period, indicators[row.indicator.code], form))
    if problems:
        raise Unnamed(list(problems))
    return values


def _namer(partner: Partner | None, indicators: Mapping[str, Known], elements: Scheme, units: Scheme) -> Namer:
    if partner is None:
        return Namer(indicators, {}, {}, elements, units)
    tables = names_for(partner, (), elements=Scheme.UID, units=Scheme.UID)
    return Namer(indicators, tables.elements, tables.units, elements, units)


def _unit(namer: Namer, area_id: UUID, day: date, units: Scheme, bearing: "_Bearing") -> str | None:
    mapped = namer.unit(area_id, day)
    if mapped is not None or units is Scheme.UID:
        return mapped
    code, name = bearing(area_id, day)
    return name if units is Scheme.NAME else code or None


class _Bearing:
    """What places are called on days: the map of each day is looked at once."""

    def __init__(self) -> None:
        self._days: dict[date, dict[UUID, tuple[str, str]]] = {}

    def __call__(self, area_id: UUID, day: date) -> tuple[str, str]:
        """Return the code and name of a place on a day; outside its life its last ones, or its first."""
        if day not in self._days:
            self._days[day] = {node.area_id: (node.code, node.name) for node in places.tree_on(day)}
        known = self._days[day]
        if area_id not in known:
            known[area_id] = places.code_on(area_id, day), places.name_on(area_id, day)
        return known[area_id]


def _value(row: Going, element: tuple[str, str], unit: str, period: str, about: Known, form: Format) -> DataValue:
    theirs, combo = element
    dimensions: tuple[tuple[str, str], ...] = ()
    if form is Format.ADX and combo == row.dimension and combo:
        dimensions = tuple(sorted(zip(about.axes, combo.split("/"), strict=True)))
        combo = ""
    return DataValue(
        theirs,
        period,
        unit,
        combo,
        value=row.text,
        comment=f"Số tổng hợp, {row.coverage} đơn vị" if row.is_total else "",
        deleted=row.value is None,
        last_updated=row.stated_at.isoformat(timespec="milliseconds") if row.stated_at else "",
        dimensions=dimensions,
    )


def written(values: Iterable[DataValue], form: Format, *, now: datetime, data_set: str = "") -> Iterator[str]:
    """Yield a file piece by piece."""
    if form is Format.JSON:
        return write_json(values, data_set=data_set)
    if form is Format.CSV:
        return write_csv(values)
    if form is Format.XML:
        return write_xml(values, data_set=data_set)
    return write_adx(values, exported=now.isoformat(timespec="seconds"), data_set=data_set)


def sent(rows: Iterable[Going], *, status: str = "approved") -> list[Sent]:
    """Return cells in our own words, for the flat table and for SDMX; what was taken back is left out."""
    bearing = _Bearing()
    label = "approved" if view_of(status) is View.APPROVED else "all"
    return [
        Sent(
            one.indicator.code,
            one.indicator.name,
            one.dimension,
            *bearing(one.area_id, one.period.last_day),
            one.period,
            one.indicator.unit,
            one.text,
            label,
            one.is_total,
            one.coverage,
        )
        for one in rows
        if one.text is not None
    ]
