"""Reads of the staff home, over the returns in a person's sight."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chungtay.access.selectors import Keys
from chungtay.kernel.periods import parse_period
from chungtay.returns import grid, history
from chungtay.returns.grid import Grid, GridCell
from chungtay.returns.models import Event, Return, Round
from chungtay.returns.rules import State

NEWEST_EVENTS = 6
ROUNDS_SHOWN = 3


@dataclass(frozen=True)
class Progress:
    """How one round stands among the units that a person sees."""

    round: Round
    period: str
    cells: tuple[GridCell, ...]
    names: Mapping[UUID, str]

    @property
    def sent(self) -> int:
        """How many units have sent."""
        return sum(1 for cell in self.cells if cell.is_sent)

    @property
    def not_sent(self) -> list[str]:
        """The units that have not, by name."""
        return [self.names[cell.area_id] for cell in self.cells if not cell.is_sent]

    @property
    def late(self) -> list[GridCell]:
        """The units that are past their deadline without having sent."""
        return [cell for cell in self.cells if cell.late_days and not cell.is_sent and cell.state is not State.RETURNED]

    def in_state(self, *states: State) -> list[str]:
        """Return the units in a state, by name."""
        return [self.names[cell.area_id] for cell in self.cells if cell.state in states]


def rounds_under_way(keys: Keys, *, now: datetime) -> list[Progress]:
    """Return how the unsettled rounds stand, the newest deadline first."""
    rounds = grid.latest_rounds(keys, limit=ROUNDS_SHOWN)
    table: Grid = grid.status_grid(keys, rounds, now=now)
    return [
        Progress(one, parse_period(one.period_code).label(), tuple(table.column(one.pk)), table.names) for one in rounds
    ]


def elsewhere(keys: Keys) -> list[Return]:
    """Return what the person's own units owe and somebody else has in hand, nearest deadline first."""
    mine = keys.areas_for("fill", "return") | keys.areas_for("sign", "return")
    rows = Return.objects.with_round().filter(area_id__in=mine).exclude(state=State.APPROVED)
    others = [row for row in rows if not keys.can("fill", row) and not keys.can("sign", row)]
    return sorted(others, key=lambda row: (row.due_at, row.round.period_end, str(row.area_id)))


def last_events(returns: Iterable[Return]) -> dict[UUID, Event]:
    """Return the last event of each return that moved it, with its person and remarks (two queries)."""
    events = Event.objects.filter(of__in=[row.pk for row in returns]).exclude(verb="extend")
    events = events.select_related("by", "version").prefetch_related("remarks__cell").order_by("pk")
    return {event.of_id: event for event in events}


def newest_events(keys: Keys) -> list[Event]:
    """Return the newest events of the returns in a person's sight, without what went on within units of others."""
    seen, own = keys.areas_for("view", "return"), keys.areas_for("withdraw", "return")
    events = Event.objects.filter(of__area_id__in=seen)
    inner = events.filter(verb__in=history.WITHIN_THE_UNIT | {"withdraw"}).exclude(of__area_id__in=own)
    events = events.exclude(pk__in=inner.values("pk"))
    events = events.select_related("by", "version", "of__round__form").prefetch_related("remarks__cell")
    return list(events.order_by("-at", "-pk")[:NEWEST_EVENTS])
