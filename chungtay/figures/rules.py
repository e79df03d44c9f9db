"""What the account takes in and gives out, and the two rules that guard its door.

The latest fact about (indicator, dimension, area, period) wins; a fact whose value is None withdraws what stood there.
In the view "approved" only approved facts exist, in the view "all" also provisional ones. Within a view the periods of
a series at an area never overlap, so a quarter and its months cannot be added up together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from chungtay.figures.trace_ids import TraceKey, encode_trace
from chungtay.indicators.rules import Kind
from chungtay.kernel.errors import DomainError
from chungtay.kernel.periods import Period

MAX_VALUE = 10**15
"""Largest scaled value of one fact, either sign: 9,000 of them still fit an int64 sum; larger sums are checked."""


class Status(StrEnum):
    """What a fact is."""

    PROVISIONAL = "provisional"
    APPROVED = "approved"


class View(StrEnum):
    """Which facts a question sees."""

    APPROVED = "approved"
    ALL = "all"

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses of the facts in this view."""
        return (Status.APPROVED,) if self is View.APPROVED else (Status.PROVISIONAL, Status.APPROVED)


class UnknownView(DomainError):
    """The asked status is neither "approved" nor "all"."""


class OverlappingPeriod(DomainError):
    """A fact would overlap, without being equal to, the period of another one of the same series and area."""


class DuplicateStatement(DomainError):
    """One call states the same cell twice."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One number somebody states: `value` scaled by 10**decimals, None when withdrawn or left without a number."""

    indicator_code: str
    dimension: str
    area_id: UUID
    period: Period
    value: int | None
    cell: str = ""
    body_id: UUID | None = None


class Figure(NamedTuple):
    """One consolidated number with its coverage.

    value: scaled by 10**decimals; None when there is no data at all (never 0) and for every ratio.
    numerator, denominator: sums over the units that have both, only for a ratio, each scaled by its own decimals.
    missing: the expected units that are not complete, in tree order; reported + len(missing) == expected.
    as_of: the last day of the newest value, for stocks and for ratios with a stock.
    on_map: the day whose map it stands on, None for that of the period's last day. is_estimated: part of it is a share of
    what a unit stated that was divided, so that only the whole of that unit is certain.
    """

    indicator_code: str
    dimension: str
    area_id: UUID
    period: Period
    value: int | None
    numerator: int | None
    denominator: int | None
    reported: int
    expected: int
    missing: tuple[UUID, ...]
    as_of: date | None
    status: str
    known_at: datetime | None
    on_map: date | None = None
    kind: Kind = Kind.FLOW
    decimals: int = 0
    numerator_decimals: int = 0
    denominator_decimals: int = 0
    is_estimated: bool = False

    @property
    def trace(self) -> str:
        """The id under which this figure opens down to its sources."""
        return encode_trace(
            TraceKey(
                self.indicator_code,
                self.dimension,
                self.area_id,
                self.period.code,
                self.status,
                self.known_at,
                self.on_map,
            )
        )

    @property
    def is_known(self) -> bool:
        """Whether there is any data behind the figure."""
        return self.value is not None or self.numerator is not None

    @property
    def is_complete(self) -> bool:
        """Whether units are expected and every one of them is in the figure."""
        return 0 < self.expected == self.reported

    @property
    def amount(self) -> Fraction | None:
        """The value in its unit, decimals taken into account."""
        return None if self.value is None else Fraction(self.value, 10**self.decimals)

    @property
    def ratio(self) -> Fraction | None:
        """numerator / denominator in their units; None when unknown or when the denominator is 0."""
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(self.numerator * 10**self.denominator_decimals, self.denominator * 10**self.numerator_decimals)


def by_key(figures: Iterable[Figure]) -> dict[tuple[str, str, UUID, str], Figure]:
    """Index figures by (indicator code, dimension, area, period code)."""
    return {(f.indicator_code, f.dimension, f.area_id, f.period.code): f for f in figures}


def view_of(status: str) -> View:
    """Return the view of a question's status. Raises UnknownView."""
    try:
        return View(status)
    except ValueError:
        raise UnknownView(
            f"Không có loại số liệu “{status}”: chỉ có “approved” (đã duyệt) và “all” (cả tạm tính)."
        ) from None


Cell = tuple[str, str, UUID]
"""(indicator code, dimension, area): where facts of different periods meet."""

Standing = Mapping[Cell, Mapping[Period, bool]]
"""What a view holds: per cell, the periods ever stated and whether a value stands there now."""


def check_overlaps(statements: Sequence[Statement], standing: Standing) -> None:
    """Refuse statements that would leave two overlapping values in one view.

    standing: what the view holds before. Withdrawals of the same call free their periods.
    Raises DuplicateStatement when a cell is stated twice, OverlappingPeriod otherwise.
    """
    after: dict[Cell, dict[Period, bool]] = {}
    stated: set[tuple[Cell, Period]] = set()
    for statement in statements:
        cell = (statement.indicator_code, statement.dimension, statement.area_id)
        if (cell, statement.period) in stated:
            raise DuplicateStatement(
                f"Chỉ tiêu {_named(cell)} của {statement.period.label()} được ghi hai lần trong cùng một lần gửi: "
                "hãy giữ một dòng."
            )
        stated.add((cell, statement.period))
        if cell not in after:  # a copy for each statement would be a square of its periods
            after[cell] = dict(standing.get(cell, {}))
        after[cell][statement.period] = statement.value is not None
    for cell, periods in after.items():
        live = sorted(period for period, stands in periods.items() if stands)
        for one, other in pairwise(live):
            if other.start < one.end:
                raise OverlappingPeriod(
                    f"Chỉ tiêu {_named(cell)}: kỳ {one.label()} và kỳ {other.label()} chồng lên nhau "
                    "nên sẽ bị cộng hai lần. Hãy rút số liệu của một kỳ trước khi ghi kỳ kia."
                )


def _named(cell: Cell) -> str:
    return f"{cell[0]} ({cell[1]})" if cell[1] else cell[0]
