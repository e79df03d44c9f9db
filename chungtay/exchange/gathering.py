"""What the judges of a file need to know, read from the dictionary, the map, the tables of codes and the account."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from uuid import UUID

from chungtay.exchange.judging import Cell, Ground, Row, Standing
from chungtay.exchange.models import MappingLine, Partner
from chungtay.exchange.naming import AreaNames, Known, Line, Names
from chungtay.exchange.rules import MappingKind, Scheme
from chungtay.exchange.values import DataValue
from chungtay.figures.models import Fact
from chungtay.figures.rules import Status
from chungtay.indicators import selectors as dictionary
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Keeper, Kind
from chungtay.kernel.folding import fold
from chungtay.kernel.periods import Period
from chungtay.places import selectors as places

SOURCE = "exchange"
UNDONE = "exchange-undo"
OURS = frozenset({SOURCE, UNDONE})


def names_for(partner: Partner, values: Iterable[DataValue], *, elements: Scheme, units: Scheme) -> Names:
    """Return everything by which the names in a file are understood, as its partner and its schemes say."""
    lines = list(MappingLine.objects.filter(partner=partner).select_related("indicator").order_by("id"))
    of_elements: dict[tuple[str, str], list[Line]] = defaultdict(list)
    of_units: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.kind == MappingKind.ELEMENT:
            meant = (line.indicator.code, line.dimension) if line.indicator is not None else None
            of_elements[line.theirs, line.combo].append(Line(line.valid_from, meant))
        else:
            of_units[line.theirs].append(Line(line.valid_from, line.place_id))
    wanted = {line.indicator.code for line in lines if line.indicator is not None}
    if elements is Scheme.NAME:
        found = dictionary.catalogue()
    else:
        said = {one.data_element for one in values} if elements is Scheme.CODE else set()
        found = list(
            Indicator.objects.filter(
                code__in=wanted | {one for one in said if 0 < len(one) <= 80 and "\x00" not in one}
            )
        )
    return Names(
        indicators={one.code: known(one) for one in found},
        areas_on=areas_on(partner.area_id),
        elements=of_elements,
        units=of_units,
        element_scheme=elements,
        unit_scheme=units,
    )


def known(indicator: Indicator) -> Known:
    """Return what a file has to know of an indicator."""
    labels = dict(dictionary.dimension_keys(indicator))
    return Known(
        indicator.code,
        indicator.name,
        indicator.decimals,
        indicator.kind == Kind.RATIO,
        frozenset(labels) | frozenset(dictionary.key_mapping(indicator)),
        tuple(code for code, _ in dictionary.dimensions_of(indicator)),
        labels,
    )


def areas_on(office: UUID) -> Callable[[date], AreaNames]:
    """Return what gives the map of a day as the files of an office see it; each day is worked out once."""

    @cache
    def on(day: date) -> AreaNames:
        tree = places.tree_on(day)
        by_code: dict[str, list[UUID]] = defaultdict(list)
        by_name: dict[str, list[UUID]] = defaultdict(list)
        for node in tree:
            by_code[node.code].append(node.area_id)
            by_name[fold(node.name)].append(node.area_id)
        by_code.pop("", None)
        within = frozenset(tree.ids_under(office)) if office in tree else frozenset()
        return AreaNames(
            by_code, by_name, within, {node.area_id: node.parent_id if node.depth else None for node in tree}
        )

    return on


def ground_for(rows: Sequence[Row], areas: Callable[[date], AreaNames]) -> Ground:
    """Return what the account holds of the indicators of some lines, whatever the place, while their periods run."""
    codes = sorted({row.cell.indicator for row in rows})
    indicators = dictionary.indicators_by_code(codes)
    standing: dict[Cell, dict[Period, Standing]] = defaultdict(dict)
    if rows:
        first, end = min(row.period.start for row in rows), max(row.period.end for row in rows)
        for cell, period, stands in _standing({i.pk: code for code, i in indicators.items()}, first, end):
            standing[cell][period] = stands
    kept = _kept({(row.cell.indicator, row.period) for row in rows}, indicators)
    return Ground(standing, lambda code, period: kept[code, period] == {Keeper.EXCHANGE}, areas)


def _standing(codes: dict[UUID, str], first: date, end: date) -> Iterable[tuple[Cell, Period, Standing]]:
    """Yield the facts of indicators that meet [first, end), later ones after those that they replace."""
    facts = (
        Fact.objects.filter(indicator_id__in=list(codes), period_start__lt=end, period_end__gt=first)
        .order_by("batch_id", "id")
        .values_list(
            *("indicator_id", "dimension", "area_id", "period_start", "period_end", "period_code"),
            *("value", "source_kind", "status"),
        )
    )
    periods: dict[tuple[date, date, str], Period] = {}
    for indicator_id, dimension, area_id, start, stop, code, value, source, status in facts.iterator(chunk_size=5_000):
        key = (start, stop, code)
        if key not in periods:
            periods[key] = Period(start, stop, code)
        is_waiting = source == SOURCE and status == Status.PROVISIONAL
        yield Cell(codes[indicator_id], dimension, area_id), periods[key], Standing(value, source in OURS, is_waiting)


def _kept(
    asked: set[tuple[str, Period]], indicators: dict[str, Indicator]
) -> dict[tuple[str, Period], frozenset[Keeper]]:
    """Return where each indicator is kept on record during each of its periods."""
    ids = [one.pk for one in indicators.values()]
    with dictionary.one_dictionary():
        by_period = {
            period: dictionary.sources_during(ids, period.start, period.last_day) for period in {p for _, p in asked}
        }
    return {(code, period): by_period[period][indicators[code].pk] for code, period in asked}
