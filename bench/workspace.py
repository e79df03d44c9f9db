"""A workspace with a real database for the cases that need one: a map, a dictionary, and a million facts told at once.

Rows are written with SQL: telling them through the services would take longer than every measurement. What is measured
goes through the services.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import django
from django.apps import apps

from bench.province import FIRST_YEAR, FLOWS

TOLD = datetime(FIRST_YEAR + 6, 1, 2, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Unit:
    """A unit of a map that never changes."""

    area_id: UUID
    name: str
    code: str
    level: str
    parent_id: UUID | None


def open_workspace(folder: Path) -> None:
    """Begin an empty workspace in a folder; the one before it is left. With DATABASE_URL its tables are that server's, emptied.

    The cases of lists can be asked of PostgreSQL so: python -m tests.databases.cluster -- python -m bench register_list
    """
    if not apps.ready:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "chungtay.config.settings", "CHUNGTAY_DATA": str(folder)}
        django.setup()
    from django.conf import settings
    from django.db import connection

    from chungtay.audit import schema

    connection.close()
    settings.DATA_DIR = folder
    if connection.vendor == "sqlite":
        connection.settings_dict["NAME"] = str(folder / "bench.sqlite3")
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    schema.bring_up_to_date(verbosity=0)


def settle() -> None:
    """Let PostgreSQL count what it holds, which it does by itself a minute after many rows came; SQLite never does."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def make_map(units: Iterable[Unit]) -> None:
    """Put units on the map, from the first day of the workload on."""
    from chungtay.places.models import Area, AreaVersion
    from chungtay.places.versions import stamp_map

    listed = list(units)
    since = date(FIRST_YEAR, 1, 1)
    Area.objects.bulk_create([Area(id=unit.area_id) for unit in listed], batch_size=500)
    rows = [
        AreaVersion(
            area_id=unit.area_id,
            name=unit.name,
            code=unit.code,
            level=unit.level,
            parent_id=unit.parent_id,
            valid_from=since,
            recorded_at=TOLD,
        )
        for unit in listed
    ]
    AreaVersion.objects.bulk_create(rows, batch_size=500)
    stamp_map()


def define(series: Sequence[int]) -> dict[int, UUID]:
    """Define the flows and stocks of a workload; return their ids."""
    from chungtay.indicators.rules import Kind
    from chungtay.indicators.services import Definition, define_indicators

    made = define_indicators(
        [
            Definition(code_of(s), f"Chỉ tiêu số {s}", "căn", "Đếm.", Kind.FLOW if s < FLOWS else Kind.STOCK)
            for s in series
        ],
        now=TOLD,
        by=None,
    )
    return {s: indicator.id for s, indicator in zip(series, made, strict=True)}


def code_of(series: int) -> str:
    """Return the code of a series' indicator."""
    return f"bench.s{series:03d}"


def tell(facts: Iterable[tuple[UUID, UUID, int, int]]) -> int:
    """Write approved facts (indicator, area, month from 0, value), as one batch; return how many."""
    from django.db import connection, transaction

    from chungtay.figures.models import Batch, BatchHead

    months = [_month(month) for month in range(12 * 10)]
    stamp = uuid4()
    head, _ = BatchHead.objects.get_or_create(pk=1)
    number = head.last_batch + 1
    columns = "batch_id, indicator_id, dimension, area_id, period_start, period_end, period_code, value"
    sql = (
        f"INSERT INTO figures_fact ({columns}, status, source_kind, source_id, source_cell) "
        f"VALUES ({number}, ?, '', ?, ?, ?, ?, ?, 'approved', 'bench', ?, '')"
    )
    with transaction.atomic():
        Batch.objects.create(
            id=number, stamp=stamp, recorded_at=TOLD, status="approved", source_kind="bench", source_id=str(number)
        )
        connection.connection.executemany(
            sql,
            ((i.hex, a.hex, *months[month], value, f"{number}-{month}") for i, a, month, value in facts),
        )
        told = connection.connection.execute("SELECT count(*) FROM figures_fact").fetchone()[0]
        head.last_batch, head.last_stamp = number, stamp
        head.save()
    return int(told)


def expect_all(indicator_ids: Iterable[UUID], area_ids: Sequence[UUID]) -> None:
    """Say that units are expected to report indicators from the first day on."""
    from chungtay.figures.models import BatchHead, Expectation

    since = date(FIRST_YEAR, 1, 1)
    Expectation.objects.bulk_create(
        [
            Expectation(indicator_id=indicator, area_id=area, valid_from=since, recorded_at=TOLD)
            for indicator in indicator_ids
            for area in area_ids
        ],
        batch_size=2_000,
    )
    head, _ = BatchHead.objects.get_or_create(pk=1)
    head.expectation_revision += 1
    head.save()


def _month(number: int) -> tuple[str, str, str]:
    year, month = FIRST_YEAR + number // 12, number % 12 + 1
    end = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1).isoformat(), end.isoformat(), f"{year}-{month:02d}"
