"""What the database puts into the lake: the statements of an indicator, and the small tables around the facts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, NamedTuple
from uuid import UUID

import pyarrow as pa
from django.db.models import QuerySet

from chungtay.figures.lake.facts import StatedFact
from chungtay.figures.lake.layout import TABLES
from chungtay.figures.models import Expectation, Fact
from chungtay.figures.rules import Status
from chungtay.indicators.models import Indicator
from chungtay.places.models import Area, AreaVersion
from chungtay.places.selectors import lineages_on, links

_ROWS_AT_ONCE = 20_000
Numbers = dict[UUID, int]


@dataclass(frozen=True)
class Numbering:
    """The lake's small numbers of indicators and areas, by id. They only ever grow."""

    indicators: Numbers
    areas: Numbers


class Held(NamedTuple):
    """What an area last was."""

    code: str
    name: str
    level: str
    parent_id: UUID | None


def numbering(before: Numbering, today: date) -> Numbering:
    """Return numbers for everything that is there now: old ones as they were, new areas in tree order, new indicators by code."""
    codes = Indicator.objects.order_by("code").values_list("id", flat=True)
    return Numbering(_grown(before.indicators, codes), _grown(before.areas, areas_in_order(today)))


def areas_in_order(today: date) -> list[UUID]:
    """Return every area that ever was, in the order of the tree; one that is gone stands where it stood last.

    Also one that a correction of the map took back altogether: somebody may have stated something of it.
    """
    names = {area_id: (held.code, held.name) for area_id, held in last_held().items()}
    ways = lineages_on(today)

    def place(area_id: UUID) -> tuple[bool, list[tuple[str, str, str]]]:
        way = ways.get(area_id, (area_id,))
        return area_id not in ways, [(*names.get(step, ("", "")), step.hex) for step in way]

    return sorted(Area.objects.values_list("id", flat=True), key=place)


def stated_facts(indicator_id: UUID, last_batch: int, areas: Numbers) -> Iterator[StatedFact]:
    """Yield every statement about an indicator up to a batch, in no order."""
    facts = Fact.objects.filter(indicator_id=indicator_id, batch_id__lte=last_batch).order_by()
    columns = ("batch_id", "status", "dimension", "area_id", "period_start", "period_end", "value")
    for batch, status, dimension, area_id, start, end, value in facts.values_list(*columns).iterator(_ROWS_AT_ONCE):
        yield batch, status == Status.APPROVED, dimension, areas[area_id], start, end, value


def indicators_table(numbers: Numbers) -> pa.Table:
    """Return the dictionary, as far as it is needed to add figures up."""
    rows = sorted(
        (
            numbers[i.id],
            str(i.id),
            i.code,
            i.name,
            i.unit,
            str(i.kind),
            i.decimals,
            numbers.get(i.numerator_id) if i.numerator_id else None,
            numbers.get(i.denominator_id) if i.denominator_id else None,
        )
        for i in Indicator.objects.all()
    )
    return table_of("indicators", rows)


def versions_rows(numbers: Numbers) -> list[tuple[Any, ...]]:
    """Return what every area was called and where it belonged, as the map is known now."""
    columns = ("area_id", "code", "name", "level", "parent_id", "valid_from", "valid_to")
    rows = live_versions().order_by("valid_from", "id").values_list(*columns)
    return sorted(
        (
            (numbers[area], code, name, level, numbers[parent] if parent else None, valid_from, valid_to)
            for area, code, name, level, parent, valid_from, valid_to in rows
        ),
        key=lambda row: (row[0], row[5]),
    )


def areas_table(numbers: Numbers, versions: Iterable[tuple[Any, ...]]) -> pa.Table:
    """Return every area: what it last was and its life. Versions come in order of area and time."""
    lives: dict[int, tuple[date, date | None]] = {}
    for area, *_, valid_from, valid_to in versions:
        lives[area] = (lives[area][0] if area in lives else valid_from, valid_to)
    held = last_held()
    nothing = Held("", "", "", None)
    rows = []
    for area_id, number in sorted(numbers.items(), key=lambda pair: pair[1]):
        last = held.get(area_id, nothing)
        parent = numbers[last.parent_id] if last.parent_id else None
        life = lives.get(number, (None, None))
        rows.append((number, str(area_id), last.code, last.name, last.level, parent, *life))
    return table_of("areas", rows)


def expectations_table(numbering: Numbering) -> pa.Table:
    """Return who is expected for what: of rows with the same indicator, area and start the last one, unless it is empty."""
    parts = [TABLES["expectations"].empty_table()]
    for indicator_id, number in sorted(numbering.indicators.items(), key=lambda pair: pair[1]):
        said = Expectation.objects.filter(indicator_id=indicator_id).order_by("id")
        last: dict[tuple[int, date], date | None] = {}
        for area_id, start, end in said.values_list("area_id", "valid_from", "valid_to").iterator(_ROWS_AT_ONCE):
            last[numbering.areas[area_id], start] = end
        rows = sorted((number, area, start, end) for (area, start), end in last.items() if end is None or end > start)
        parts.append(table_of("expectations", rows))
    return pa.concat_tables(parts)


def successions_table(numbers: Numbers) -> pa.Table:
    """Return who handed on to whom, as the map is known now, in order of days."""
    rows = (
        (numbers[link.from_area], numbers[link.to_area], link.share_ppm, link.back_share_ppm, link.on)
        for link in links()
    )
    return table_of("successions", rows)


def table_of(name: str, rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    """Return rows as a table of the lake."""
    schema = TABLES[name]
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


def live_versions() -> QuerySet[AreaVersion]:
    """Return the versions of areas as the map is known now."""
    return AreaVersion.objects.known()


def last_held() -> dict[UUID, Held]:
    """Return what every area last was; one that no map has any more is what it was last held to be."""
    lost = AreaVersion.objects.exclude(area_id__in=live_versions().values("area_id")).order_by("id")
    columns = ("area_id", "code", "name", "level", "parent_id")
    rows = chain(lost.values_list(*columns), live_versions().order_by("valid_from", "id").values_list(*columns))
    return {area_id: Held(*held) for area_id, *held in rows}


def _grown(before: Mapping[UUID, int], ids: Iterable[UUID]) -> Numbers:
    grown = dict(before)
    for found in ids:
        grown.setdefault(found, len(grown) + 1)
    return grown
