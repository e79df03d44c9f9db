"""Writes of the account: state facts, and say who is expected to state them.

What other bodies say of the figures is written in `stating`; it is entered through this door.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from chungtay.audit import services as audit
from chungtay.audit.rows import insert_new, insert_saved
from chungtay.figures.answering import keys_by_indicator
from chungtay.figures.models import Batch, BatchHead, Expectation, Fact
from chungtay.figures.rules import MAX_VALUE, Cell, Statement, Status, View, check_overlaps
from chungtay.figures.stating import ClaimIncomplete as ClaimIncomplete
from chungtay.figures.stating import ClaimMovedOn as ClaimMovedOn
from chungtay.figures.stating import ClaimOfReturn as ClaimOfReturn
from chungtay.figures.stating import NotClaimable as NotClaimable
from chungtay.figures.stating import NothingToExplain as NothingToExplain
from chungtay.figures.stating import explain_claim as explain_claim
from chungtay.figures.stating import record_claims as record_claims
from chungtay.figures.stating import state_claim as state_claim
from chungtay.figures.stating import withdraw_claim as withdraw_claim
from chungtay.indicators.models import Indicator
from chungtay.indicators.rules import Kind
from chungtay.indicators.selectors import indicators_by_code
from chungtay.kernel.errors import DomainError
from chungtay.kernel.numerals import format_integer
from chungtay.kernel.periods import Period
from chungtay.places.registry import Entry
from chungtay.places.rules import Actor

_AT_ONCE = 500
_Key = tuple[UUID, str, UUID, date, date]


class SourceRestated(DomainError):
    """A source says something else than it said before."""


class UnknownKey(DomainError):
    """The indicator has no such cell in its breakdown."""


class RatioStated(DomainError):
    """Somebody states a ratio, which is only ever computed."""


class ValueOutOfRange(DomainError):
    """A value beyond ±MAX_VALUE."""


def record_facts(
    statements: Sequence[Statement],
    *,
    status: Status | str,
    source_kind: str,
    source_id: str,
    now: datetime,
    by: Actor | None,
) -> Batch | None:
    """Add what a source states and return the batch; None when everything was already known from this source.

    A statement with value None withdraws what stood there. A source never changes its word: a correction comes from a
    new source_id. Raises UnknownIndicator, RatioStated, UnknownKey, ValueOutOfRange, DuplicateStatement, SourceRestated,
    OverlappingPeriod.
    """
    made = record_sources({source_id: statements}, status=status, source_kind=source_kind, now=now, by=by)
    return made[0] if made else None


def record_sources(
    said: Mapping[str, Sequence[Statement]],
    *,
    status: Status | str,
    source_kind: str,
    now: datetime,
    by: Actor | None,
) -> list[Batch]:
    """Add what several sources of a kind state (by source_id), each as `record_facts` does: a batch for each that says something new.

    No two of them state the same cell. Raises as `record_facts`, and then nothing of any is kept.
    """
    status = Status(status)
    statements = [statement for of_one in said.values() for statement in of_one]
    indicators = indicators_by_code(dict.fromkeys(s.indicator_code for s in statements))
    _check_statements(statements, indicators)
    with transaction.atomic():
        head = _locked_head()
        new = _not_yet_said(said, indicators, status, source_kind)
        if not new:
            return []
        _check_standing([statement for of_one in new.values() for statement in of_one], indicators, status)
        batches = [
            Batch(id=number, recorded_at=now, status=status, source_kind=source_kind, source_id=source_id)
            for number, source_id in enumerate(new, head.last_batch + 1)
        ]
        insert_saved(Batch, batches)
        insert_new(
            Fact,
            (
                _fact(statement, indicators[statement.indicator_code], batch)
                for batch in batches
                for statement in new[batch.source_id]
            ),
        )
        head.last_batch, head.last_stamp = batches[-1].id, batches[-1].stamp
        head.save()
        audit.record_all((_event(batch, len(new[batch.source_id])) for batch in batches), now=now, by=by)
    return batches


def expect(
    *,
    indicator_code: str,
    area_ids: Iterable[UUID],
    valid_from: date,
    valid_to: date | None = None,
    now: datetime,
    by: Actor | None,
) -> int:
    """Say that areas are expected to report an indicator during [valid_from, valid_to); return how many rows are new.

    Saying it again with another valid_to replaces it; valid_to == valid_from takes it back. Raises UnknownIndicator.
    """
    indicator = indicators_by_code([indicator_code])[indicator_code]
    wanted = list(dict.fromkeys(area_ids))
    with transaction.atomic():
        head = _locked_head()
        said = Expectation.objects.filter(indicator=indicator, valid_from=valid_from, area_id__in=wanted).order_by("id")
        known = {row.area_id: row.valid_to for row in said}
        new = [area_id for area_id in wanted if area_id not in known or known[area_id] != valid_to]
        if not new:
            return 0
        Expectation.objects.bulk_create(
            Expectation(indicator=indicator, area_id=area_id, valid_from=valid_from, valid_to=valid_to, recorded_at=now)
            for area_id in new
        )
        head.expectation_revision += 1
        head.save()
        data = {"indicator": indicator_code, "areas": [str(a) for a in new], "from": valid_from, "to": valid_to}
        audit.record("figures.expectation.stated", obj=indicator, data=data, now=now, by=by)
    return len(new)


def inherit_expectations(heirs: Mapping[UUID, frozenset[UUID]], effective_on: date, now: datetime) -> None:
    """Expect of units that begin, from that day on, what was expected of those that they come from.

    Else a total would look whole in which they have not stated yet what their predecessors used to.
    """
    head = _locked_head()
    latest = {
        (row.indicator_id, row.area_id, row.valid_from): row
        for row in Expectation.objects.filter(area_id__in=list(heirs)).order_by("id")
    }
    wanted = {
        (row.indicator_id, heir)
        for row in latest.values()
        if row.valid_from < effective_on and (row.valid_to is None or row.valid_to > effective_on)
        for heir in heirs[row.area_id]
    }
    new = [
        Expectation(indicator_id=indicator_id, area_id=heir, valid_from=effective_on, valid_to=None, recorded_at=now)
        for indicator_id, heir in sorted(wanted)
    ]
    if new:
        Expectation.objects.bulk_create(new, batch_size=_AT_ONCE)
        head.expectation_revision += 1
        head.save()


def _check_statements(statements: Sequence[Statement], indicators: Mapping[str, Indicator]) -> None:
    keys = keys_by_indicator(indicators.values())
    for statement in statements:
        indicator = indicators[statement.indicator_code]
        if indicator.kind == Kind.RATIO:
            raise RatioStated(
                f"Chỉ tiêu “{indicator.name}” là tỷ lệ, được tính từ tử số và mẫu số: hãy ghi hai chỉ tiêu đó."
            )
        if not keys[indicator.id].may_be_stated(statement.dimension):
            raise UnknownKey(
                f"Chỉ tiêu “{indicator.name}” không có phân tổ “{statement.dimension}”: "
                "hãy dùng đúng mã phân tổ trong danh mục."
            )
        if statement.value is not None and abs(statement.value) > MAX_VALUE:
            raise ValueOutOfRange(
                f"Chỉ tiêu “{indicator.name}”: giá trị {format_integer(statement.value)} quá lớn, "
                "hãy kiểm tra lại số chữ số."
            )


def _not_yet_said(
    said: Mapping[str, Sequence[Statement]], indicators: Mapping[str, Indicator], status: Status, source_kind: str
) -> dict[str, list[Statement]]:
    """Keep the statements that their sources have not made yet. Raises SourceRestated when one said something else."""
    facts = Fact.objects.filter(source_kind=source_kind, source_id__in=list(said), status=status)
    known: dict[tuple[str, _Key], int | None] = {
        (f.source_id, (f.indicator_id, f.dimension, f.area_id, f.period_start, f.period_end)): f.value for f in facts
    }
    new: dict[str, list[Statement]] = {}
    for source_id, statements in said.items():
        for statement in statements:
            indicator, period = indicators[statement.indicator_code], statement.period
            key = (source_id, (indicator.id, statement.dimension, statement.area_id, period.start, period.end))
            if key not in known:
                new.setdefault(source_id, []).append(statement)
            elif known[key] != statement.value:
                raise SourceRestated(
                    f"Nguồn này đã ghi chỉ tiêu “{indicator.name}” của {period.label()} với giá trị khác: "
                    "hãy lập bản mới để đính chính."
                )
    return new


def _check_standing(statements: Sequence[Statement], indicators: Mapping[str, Indicator], status: Status) -> None:
    """Check the new statements against what stands in every view that they enter."""
    facts = Fact.objects.filter(
        indicator__in={indicators[s.indicator_code].id for s in statements},
        area__in={s.area_id for s in statements},
        period_start__lt=max(s.period.end for s in statements),
        period_end__gt=min(s.period.start for s in statements),
    ).order_by("batch_id", "id")
    code_of = {indicator.id: code for code, indicator in indicators.items()}
    standing: dict[View, dict[Cell, dict[Period, bool]]] = {v: {} for v in View if status in v.statuses}
    for fact in facts:
        cell = (code_of[fact.indicator_id], fact.dimension, fact.area_id)
        period = Period(fact.period_start, fact.period_end, fact.period_code)
        for view, cells in standing.items():
            if Status(fact.status) in view.statuses:
                cells.setdefault(cell, {})[period] = fact.value is not None
    for cells in standing.values():
        check_overlaps(statements, cells)


def _fact(statement: Statement, indicator: Indicator, batch: Batch) -> Fact:
    return Fact(
        batch=batch,
        indicator=indicator,
        dimension=statement.dimension,
        area_id=statement.area_id,
        body_id=statement.body_id,
        period_start=statement.period.start,
        period_end=statement.period.end,
        period_code=statement.period.code,
        value=statement.value,
        status=batch.status,
        source_kind=batch.source_kind,
        source_id=batch.source_id,
        source_cell=statement.cell,
    )


def _event(batch: Batch, facts: int) -> Entry:
    data = {"status": batch.status, "source": f"{batch.source_kind}:{batch.source_id}", "facts": facts}
    return Entry("figures.batch.recorded", batch, data=data)


def _locked_head() -> BatchHead:
    """Return the head row, locked until commit (SQLite locks the whole file at BEGIN IMMEDIATE), made at first use."""
    head = BatchHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        BatchHead.objects.bulk_create([BatchHead(identity=uuid4())], ignore_conflicts=True)
        head = BatchHead.objects.select_for_update().get(pk=1)
    return head
