"""What registers that tell the account a month of a place at a time share: the mark of such a source, and what was told before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chungtay.figures.models import Fact
from chungtay.kernel.periods import Period, month_of


@dataclass(frozen=True)
class MonthMark:
    """A month of a place as a register stood at a position of its rows, which are only ever added to."""

    area_id: UUID
    month: Period
    position: int

    def __str__(self) -> str:
        return f"{self.area_id}:{self.month.code}:{self.position}"

    @classmethod
    def read(cls, source_id: str) -> "MonthMark":
        """Return the mark that a source id names."""
        area_id, month, position = source_id.split(":")
        return cls(UUID(area_id), month_of(date.fromisoformat(f"{month}-01")), int(position))


def ended_months(first: date, today: date) -> Iterator[Period]:
    """Yield the months from that of a day on that are over today."""
    month = month_of(first)
    while month.end <= today:
        yield month
        month = month_of(month.end)


def told_before(source_kind: str, area_id: UUID, indicators: Sequence[UUID]) -> dict[tuple[UUID, date], int | None]:
    """Return {(indicator, first day): value} that a source told last; what another source said last counts as not told."""
    facts = Fact.objects.filter(area_id=area_id, indicator_id__in=indicators).order_by("batch_id", "id")
    last = {
        (indicator, start): (source, value)
        for indicator, start, source, value in facts.values_list("indicator", "period_start", "source_kind", "value")
    }
    return {where: value for where, (source, value) in last.items() if source == source_kind}
