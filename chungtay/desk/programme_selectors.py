"""Reads of the programme page that join the rooms below: who sees which programme, how its rounds stand, which periods."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from django.db.models import Count, Q

from chungtay.access import selectors as access
from chungtay.accounts.models import User
from chungtay.indicators.models import Indicator
from chungtay.kernel.periods import Period, month_after, period_of
from chungtay.programmes.models import Programme, Target
from chungtay.returns.models import Form, Return
from chungtay.returns.rules import State

HEADLINES_AT_MOST = 8
_SENT = [State.SUBMITTED.value, State.APPROVED.value]


@dataclass(frozen=True)
class RoundStatus:
    """A reporting round and how many of its returns have been sent (approved ones included) and approved."""

    round_id: UUID
    period: Period
    due_at: datetime
    owed: int
    sent: int
    approved: int

    @property
    def is_approved(self) -> bool:
        """Whether every return is approved."""
        return 0 < self.owed == self.approved


def programmes_seen_by(actor: User, *, on: date) -> list[Programme]:
    """Return the programmes, not their plans, that the person may view, newest first, with parties and plans."""
    areas = access.areas_for(actor, "view", "programme", on=on)
    found = Programme.objects.filter(parent=None, area_id__in=areas).select_related("area")
    return list(found.prefetch_related("parties__body", "plans").order_by("-signed_on", "code"))


def programme_seen_by(actor: User, code: str, *, on: date) -> Programme | None:
    """Return the programme or plan with its parties, None when there is none or not for this person."""
    found = (
        Programme.objects.select_related("area", "parent").prefetch_related("parties__body").filter(code=code).first()
    )
    if found is None or found.area_id not in access.areas_for(actor, "view", "programme", on=on):
        return None
    return found


def headlines(indicators: list[Indicator], targets: list[Target]) -> list[Indicator]:
    """Return what stands on top: what a target was set for, then the next of the dictionary that is no term of a ratio."""
    promised = {target.indicator_id for target in targets}
    terms = {i.numerator_id for i in indicators} | {i.denominator_id for i in indicators}
    others = [i.pk for i in indicators if i.pk not in promised and i.pk not in terms]
    chosen = promised | set(others[: max(0, HEADLINES_AT_MOST - len(promised))])
    return [indicator for indicator in indicators if indicator.pk in chosen]


def round_statuses(form: Form | None) -> list[RoundStatus]:
    """Return the rounds of a form, newest first (one query)."""
    if form is None:
        return []
    counted = form.rounds.annotate(
        owed=Count("returns"),
        sent=Count("returns", filter=Q(returns__state__in=_SENT)),
        approved=Count("returns", filter=Q(returns__state=State.APPROVED.value)),
    )
    return [
        RoundStatus(r.pk, Period(r.period_start, r.period_end, r.period_code), r.due_at, r.owed, r.sent, r.approved)
        for r in counted.order_by("-period_end", "-period_start")
    ]


def asked_indicators(form: Form | None) -> set[UUID]:
    """Return the ids of the indicators that a form asks for (one query)."""
    return set() if form is None else set(form.cells.values_list("indicator_id", flat=True))


def return_in_round(actor: User, round_id: UUID, area_id: UUID, *, on: date) -> Return | None:
    """Return what one area owes in a round, None when nothing or when the person may not view it."""
    if area_id not in access.areas_for(actor, "view", "return", on=on):
        return None
    return Return.objects.select_related("round").filter(round_id=round_id, area_id=area_id).first()


def round_under_way(statuses: list[RoundStatus]) -> RoundStatus | None:
    """Return the newest round that is not wholly approved, None when there is nothing to wait for."""
    return next((status for status in statuses if not status.is_approved), None)


def default_period(programme: Programme, statuses: list[RoundStatus], today: date) -> Period:
    """Return the programme from its start to the end of the newest round whose returns are all approved.

    Without such a round: to the end of the newest round, else of this month.
    """
    start = first_day(programme)
    whole = [s.period for s in statuses if s.is_approved] or [s.period for s in statuses]
    ends = [period.end for period in whole if period.end > start]
    return period_of(start, max(ends) if ends else month_after(max(today, start)))


def first_day(programme: Programme) -> date:
    """Return the first day of the month in which the programme starts: periods begin on a 1st."""
    return programme.starts_on.replace(day=1)


@dataclass(frozen=True)
class PeriodGroup:
    """Some periods to choose from, under one heading: (code, words)."""

    label: str
    choices: tuple[tuple[str, str], ...]


def period_groups(programme: Programme, statuses: list[RoundStatus], chosen: Period) -> list[PeriodGroup]:
    """Return the periods to choose from: the programme to date up to each round, its years, its halves."""
    start = first_day(programme)
    rounds = [s for s in statuses if s.period.end > start]
    last = max([s.period.end for s in rounds], default=chosen.end)
    years = period_of(start, last).years()
    halves = [half for year in years for half in _halves(year)]
    shown = {period.code for period in (*years, *halves)}
    to_date = [(period_of(start, s.period.end), "" if s.is_approved else " (đang thu)") for s in rounds]
    choices = [(p.code, f"Từ đầu đến {_month(p)}{note}") for p, note in to_date if p.code not in shown]
    groups = [
        PeriodGroup("Cả chương trình", tuple(choices)),
        PeriodGroup("Từng năm", tuple((p.code, _year_words(p)) for p in reversed(years))),
        PeriodGroup("Từng nửa năm", tuple((p.code, p.short()) for p in reversed(halves))),
    ]
    known = {code for group in groups for code, _ in group.choices}
    if chosen.code not in known:
        groups.insert(0, PeriodGroup("Đang xem", ((chosen.code, chosen.short()),)))
    return [group for group in groups if group.choices]


def _halves(year: Period) -> list[Period]:
    """The halves of a year that have begun."""
    edges = [date(year.start.year, 1, 1), date(year.start.year, 7, 1), date(year.start.year + 1, 1, 1)]
    return [period_of(a, b) for a, b in pairwise(edges) if a < year.end and b > year.start]


def _month(period: Period) -> str:
    return f"tháng {period.last_day.month}/{period.last_day.year}"


def _year_words(period: Period) -> str:
    whole = period.end.month == 1 and period.start.month == 1
    return f"Năm {period.start.year}" if whole else f"Năm {period.last_day.year}, đến tháng {period.last_day.month}"
