"""Reads over many returns: the status grid of a form, and what waits for a person."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count
from django.utils.timezone import localtime

from chungtay.access.selectors import Keys
from chungtay.places import selectors as places
from chungtay.returns import rules
from chungtay.returns.models import Event, Form, FormCell, Return, Round
from chungtay.returns.rules import State

SENT = frozenset({State.SUBMITTED, State.APPROVED})


@dataclass(frozen=True)
class GridCell:
    """One unit × round. `late_days` counts the days past the deadline by the calendar, 0 when in time."""

    return_id: UUID
    area_id: UUID
    state: State
    sent_on: date | None  # the day of the last signature
    filled: int
    cell_count: int
    remarks: int
    due: datetime
    late_days: int

    @property
    def is_sent(self) -> bool:
        """Whether the upper level has it in hand."""
        return self.state in SENT


@dataclass(frozen=True)
class Grid:
    """Units × rounds of one form; `cells[area_id][round_id]` is missing where nothing is owed."""

    rounds: tuple[Round, ...]  # newest first
    areas: tuple[UUID, ...]  # in the order of the map
    names: Mapping[UUID, str]
    cells: Mapping[UUID, Mapping[UUID, GridCell]]

    def column(self, round_id: UUID) -> list[GridCell]:
        """Return what is owed for one round, in the order of the units."""
        return [self.cells[area][round_id] for area in self.areas if round_id in self.cells[area]]


def forms_in_use(keys: Keys) -> dict[str, Form]:
    """Return the current forms that units in the person's sight fill, by a short name: "B01", or "500.B01" when that is taken."""
    seen = Form.objects.filter(is_current=True, rounds__returns__area_id__in=keys.areas_for("view", "return"))
    forms = list(seen.distinct().select_related("programme").order_by("programme__signed_on", "code"))
    count = Counter(form.code for form in forms)
    return {form.code if count[form.code] == 1 else f"{form.programme.code}.{form.code}": form for form in forms}


def rounds_of(form: Form) -> list[Round]:
    """Return the rounds of a form in all its versions, newest first."""
    every = Round.objects.filter(form__programme_id=form.programme_id, form__code=form.code)
    return list(every.select_related("form").order_by("-period_end", "-period_start"))


def status_grid(keys: Keys, rounds: Iterable[Round], *, now: datetime) -> Grid:
    """Return the status of every return of the rounds that the person may see (five queries)."""
    rounds = tuple(rounds)
    mine = Return.objects.with_due().filter(area_id__in=keys.areas_for("view", "return"), round__in=rounds)
    returns = list(mine.select_related("round"))
    sent, remarks = _last_signed(returns), _remark_counts(returns)
    counts = dict(
        FormCell.objects.filter(form__in={r.form_id for r in rounds})
        .values_list("form_id")
        .annotate(Count("pk"))
        .order_by()
    )
    cells: dict[UUID, dict[UUID, GridCell]] = {}
    for of in returns:
        cells.setdefault(of.area_id, {})[of.round_id] = _cell(of, counts, sent, remarks, localtime(now))
    areas = _in_map_order(cells, rounds)
    day = rounds[0].period_start if rounds else now.date()
    return Grid(rounds, areas, places.names_on(areas, day), cells)


def _cell(
    of: Return,
    counts: Mapping[UUID, int],
    signed: Mapping[UUID, tuple[datetime, datetime]],
    remarks: Mapping[UUID, int],
    now: datetime,
) -> GridCell:
    first, last = signed.get(of.pk, (None, None))
    # A return that came in on time stays so while it is sent back or corrected; one that was withdrawn is not in.
    came_in = first if first and (of.state in {*SENT, State.RETURNED} or of.approved_version_id) else now
    due = localtime(of.due_at)
    return GridCell(
        return_id=of.pk,
        area_id=of.area_id,
        state=State(of.state),
        sent_on=last.date() if last else None,
        filled=sum(1 for entry in of.draft.values() if "value" in entry or "absent" in entry),
        cell_count=counts[of.round.form_id],
        remarks=remarks.get(of.pk, 0) if of.state == State.RETURNED else 0,
        due=due,
        late_days=rules.late_days(due, came_in),
    )


def _last_signed(returns: Iterable[Return]) -> dict[UUID, tuple[datetime, datetime]]:
    """When each return was signed first and last, in local time."""
    found: dict[UUID, tuple[datetime, datetime]] = {}
    events = Event.objects.filter(of__in=[r.pk for r in returns], verb="sign").order_by("pk")
    for return_id, at in events.values_list("of_id", "at"):
        moment = localtime(at)
        first, _ = found.get(return_id, (moment, moment))
        found[return_id] = (first, moment)
    return found


def _remark_counts(returns: Iterable[Return]) -> dict[UUID, int]:
    """How many cells came back at the last sending back."""
    ids = [r.pk for r in returns if r.state == State.RETURNED]
    counted = Event.objects.filter(of__in=ids, verb="send_back").annotate(count=Count("remarks")).order_by("pk")
    return dict(counted.values_list("of_id", "count"))


def _in_map_order(cells: Mapping[UUID, object], rounds: Iterable[Round]) -> tuple[UUID, ...]:
    """Return the areas as the newest map orders them; those that only older maps know follow."""
    found: dict[UUID, None] = {}
    for one in rounds:
        if len(found) == len(cells):
            break
        found.update(dict.fromkeys(n.area_id for n in places.tree_on(one.period_start).nodes if n.area_id in cells))
    found.update(dict.fromkeys(sorted(cells)))
    return tuple(found)


WAITS = (("fill", rules.WITH_THE_UNIT), ("sign", {State.FOR_SIGNING}), ("approve", {State.SUBMITTED}))


def waiting_for(keys: Keys) -> list[Return]:
    """Return the returns that wait for this person: to fill, to sign or to decide, nearest deadline first."""
    found: list[Return] = []
    for action, states in WAITS:
        areas = keys.areas_for(action, "return")
        if areas:
            rows = Return.objects.with_round().filter(area_id__in=areas, state__in=states)
            found.extend(row for row in rows if keys.can(action, row))
    return sorted(found, key=_order(found))


def _order(returns: Iterable[Return]) -> Callable[[Return], tuple[datetime, date, int]]:
    """Order by deadline, then period, then as the newest map orders the units."""
    newest = max((of.round.period_start for of in returns), default=date.min)
    nodes = places.tree_on(newest).nodes if newest > date.min else ()
    place = {node.area_id: number for number, node in enumerate(nodes)}
    return lambda of: (of.due_at, of.round.period_end, place.get(of.area_id, len(place)))


def latest_rounds(keys: Keys, *, limit: int) -> list[Round]:
    """Return the rounds in the person's sight that are not settled, the last deadline first; else the last round."""
    seen = Round.objects.filter(returns__area_id__in=keys.areas_for("view", "return")).select_related("form__programme")
    unsettled = seen.filter(returns__state__in=[s for s in State if s is not State.APPROVED])
    rounds = list(unsettled.distinct().order_by("-due_at")[:limit])
    return rounds or list(seen.distinct().order_by("-due_at")[:1])
